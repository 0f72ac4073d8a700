"""What the person does in the panels of sources and informants, joined to the gestures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit.panel import action_button, flat_button
from qualcoder_lite.ui.sources import actions as source_actions
from qualcoder_lite.ui.sources.panel import CLASS_HEADS

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk

LOW = 780  # pixels: in a window lower than this the groups of informants begin closed
ON_SOURCE = (
    "edit_source", "edit_speakers", "memo_source", "", "not_started", "in_progress", "done", "", "import", "",
    "remove_source",
)  # fmt: skip


def connect(desk: Desk) -> None:
    """Join the signals of both panels to what they mean, and put tools into their heads."""
    sources, people = desk.reduction.sources, desk.reduction.informants
    sources.tree.row_chosen.connect(lambda key: desk.attempt(desk.open_source, key))
    sources.tree.row_activated.connect(lambda _key: desk.text.setFocus())
    if desk.window.height() < desk.tokens.px(LOW):
        people.tree.closed = {f"class:{name}" for name in CLASS_HEADS}
    people.tree.row_activated.connect(partial(desk.attempt, source_actions.edit_informant, desk))
    for tree, menu in ((sources.tree, _source_menu), (people.tree, _informant_menu)):
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(partial(menu, desk))
    find = flat_button(desk.tokens, "search", _("Find in the text"), lambda: desk.window.do("find"))
    desk.document.tools.addWidget(find)
    note = flat_button(
        desk.tokens, "sticky-note", _("Memo on the source"), lambda: desk.window.do("memo_source")
    )
    desk.document.tools.addWidget(note)
    sources.head.add(action_button(desk.tokens, "plus", desk.actions_by_id["import"]))
    people.head.add(action_button(desk.tokens, "plus", desk.actions_by_id["new_informant"]))
    sources.hint.say(
        _("There are no sources yet."), _("Import transcripts…"), lambda: desk.window.do("import")
    )
    people.hint.say(_("There are no informants yet. They come with transcripts."))
    desk.document.hint.say(
        _("There are no sources yet."), _("Import transcripts…"), lambda: desk.window.do("import")
    )


def _source_menu(desk: Desk, place: QPoint) -> None:
    menu = QMenu(desk.window)
    for name in ON_SOURCE:
        if name:
            menu.addAction(desk.actions_by_id[name])
        else:
            menu.addSeparator()
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(desk.reduction.sources.tree.viewport().mapToGlobal(place))


def _informant_menu(desk: Desk, place: QPoint) -> None:
    tree = desk.reduction.informants.tree
    key = tree.current_key()
    menu = QMenu(desk.window)
    menu.addAction(desk.actions_by_id["new_informant"])
    if isinstance(key, bytes):
        menu.addAction(_("What is known…"), partial(desk.attempt, source_actions.edit_informant, desk, key))
        menu.addSeparator()
        menu.addAction(
            _("Remove the informant"), partial(desk.attempt, source_actions.remove_informant, desk, key)
        )
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(tree.viewport().mapToGlobal(place))
