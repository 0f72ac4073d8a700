"""The panels of sources and informants joined to the desk."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit.panel import action_button
from qualcoder_lite.ui.sources import actions as source_actions
from qualcoder_lite.ui.sources import importing
from qualcoder_lite.ui.sources.panel import CLASS_HEADS, InformantsPanel, SourcesPanel

LOW = 780  # pixels: in a window lower than this the groups of informants begin closed
ON_SOURCE = (
    "edit_source", "edit_speakers", "memo_source", "", "not_started", "in_progress", "done", "", "import", "",
    "remove_source",
)  # fmt: skip


def connect(desk: Desk) -> None:
    """Join the signals of both panels to what they mean, and put tools into their heads."""
    sources, people = desk.part(SourcesPanel), desk.part(InformantsPanel)
    importing.carry_over(desk)
    desk.leavings.append(partial(importing.may_leave, desk))
    desk.bring_in = partial(importing.bring_in, desk)
    if desk.window.height() < desk.tokens.px(LOW):
        people.tree.closed = {f"class:{name}" for name in CLASS_HEADS}
    people.tree.row_activated.connect(partial(desk.attempt, source_actions.edit_informant, desk))
    for tree, menu in ((sources.tree, _source_menu), (people.tree, _informant_menu)):
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(partial(menu, desk))
    sources.head.add(action_button(desk.tokens, "plus", desk.actions_by_id["import"]))
    people.head.add(action_button(desk.tokens, "plus", desk.actions_by_id["new_informant"]))
    sources.hint.say(_("There are no sources yet."), _("Import transcripts…"), partial(desk.do, "import"))
    people.hint.say(_("There are no informants yet. They come with transcripts."))
    desk.refreshers += [lambda: sources.show_lines(desk.sources), lambda: people.show_lines(desk.people)]


def _source_menu(desk: Desk, place: QPoint) -> None:
    menu = QMenu(desk.window)
    for name in ON_SOURCE:
        if name:
            menu.addAction(desk.actions_by_id[name])
        else:
            menu.addSeparator()
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(desk.part(SourcesPanel).tree.viewport().mapToGlobal(place))


def _informant_menu(desk: Desk, place: QPoint) -> None:
    tree = desk.part(InformantsPanel).tree
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
