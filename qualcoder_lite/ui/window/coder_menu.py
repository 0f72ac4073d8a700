"""The two menus at the right of the status line: coder and size of the text, or language and theme."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from qualcoder_lite.analysis.panels.lists import coders_listed
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.window.main_window import MainWindow

SIZES = (12, 13, 15, 17, 19, 21, 24)


def connect(desk: Desk) -> None:
    """Put the menus on their buttons."""
    status = desk.part(MainWindow).status
    coder, zoom = QMenu(status.coder), QMenu(status.zoom)
    coder.aboutToShow.connect(partial(_fill_coders, desk, coder))
    zoom.aboutToShow.connect(partial(_fill_sizes, desk, zoom))
    status.coder.setMenu(coder)
    status.zoom.setMenu(zoom)


def _fill_coders(desk: Desk, menu: QMenu) -> None:
    menu.clear()
    if desk.project is None:
        menu.addActions([desk.actions_by_id[name] for name in ("indonesian", "english")])
        return
    for name in dict.fromkeys((*coders_listed(desk.study), desk.coder)):
        action = menu.addAction(name, partial(desk.attempt, desk.set_coder, name))
        action.setCheckable(True)
        action.setChecked(name == desk.coder)
    menu.addSeparator()
    menu.addAction(desk.actions_by_id["new_coder"])
    menu.addAction(desk.actions_by_id["all_coders"])


def _fill_sizes(desk: Desk, menu: QMenu) -> None:
    menu.clear()
    if desk.project is None:
        menu.addActions([desk.actions_by_id[name] for name in ("light", "dark", "contrast")])
        return
    for size in SIZES:
        words = f"{round(100 * size / theme.READING_SIZE)} %"
        action = menu.addAction(words, partial(desk.text.set_text_size, size))
        action.setCheckable(True)
        action.setChecked(size == desk.text.text_size)


def new_coder(desk: Desk) -> None:
    """Ask for the name of another coder, who joins the study with the first step."""
    sentence = _("Who codes now? Each coder's codings are kept apart.")
    then = partial(desk.attempt, desk.set_coder)
    AskingBox(
        desk.tokens, sentence, _("Name"), _("Code as this person"), then, desk.window, needed=True
    ).open()


def all_coders(desk: Desk) -> None:
    """Show the codings of all coders in the text, or only those of the one who codes."""
    desk.set_all_coders(not desk.all_coders)


def shows_all(desk: Desk) -> bool:
    """Whether the text shows the codings of all coders."""
    return desk.all_coders
