"""The menu of a code in the codebook."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.codebook import actions as codebook_actions
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.mark_paint import paint_swatch

COMMANDS = (
    "code_with_chosen", "passages_of_code", "", "edit_code", "rename_code", "memo_code", "",
    "new_code", "move_under", "move_to_top", "merge_codes", "link_code", "",
)  # fmt: skip


def open_menu(desk: Desk, place: QPoint) -> None:
    """Open the menu of the current code at a place of the tree."""
    tree = desk.part(Codebook).tree
    line = next((line for line in desk.codes if line.id == tree.current_key()), None)
    menu = make_menu(desk, line)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(tree.viewport().mapToGlobal(place))


def make_menu(desk: Desk, line: CodeLine | None) -> QMenu:
    """The menu of a code; without one only what can be done to the whole codebook."""
    menu = QMenu(desk.window)
    if line is None:
        menu.addAction(desk.actions_by_id["new_code"])
        menu.addAction(desk.actions_by_id["show_all_codes"])
        return menu
    for name in COMMANDS:
        if not name:
            menu.addSeparator()
        elif name in desk.actions_by_id:
            menu.addAction(desk.actions_by_id[name])
    for key in line.links:
        words = _("Unlink from {code}").format(code=key)
        menu.addAction(words, partial(desk.attempt, codebook_actions.unlink, desk, line, key))
    _add_colours(desk, menu.addMenu(_("Colour")), line)
    _add_keys(desk, menu.addMenu(_("Key on the keyboard")), line)
    menu.addSeparator()
    for name in ("show_only_codes", "show_all_codes", "remove_codes"):
        menu.addAction(desk.actions_by_id[name])
    return menu


def _add_colours(desk: Desk, menu: QMenu, line: CodeLine) -> None:
    for number, name in enumerate(theme.CODE_COLOUR_NAMES, 1):
        icon = _swatch(desk.tokens, number, emic=line.perspective == "emic")
        action = menu.addAction(
            icon, _(name), partial(desk.attempt, codebook_actions.set_colour, desk, number)
        )
        action.setCheckable(True)
        action.setChecked(line.colour == number)
    if line.parent is not None:
        menu.addSeparator()
        menu.addAction(_("Its parent's"), partial(desk.attempt, codebook_actions.set_colour, desk, None))


def _swatch(tokens: theme.Theme, number: int, emic: bool) -> QIcon:
    side = tokens.px(theme.ICON)
    picture = QPixmap(QSize(side * 2, side * 2))
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(2)
    painter = QPainter(picture)
    paint_swatch(painter, QRectF(2, 2, side - 4, side - 4), tokens.code(number), emic)
    painter.end()
    return QIcon(picture)


def _add_keys(desk: Desk, menu: QMenu, line: CodeLine) -> None:
    for number in "123456789":
        taken = next((one.key for one in desk.codes if one.shortcut == number), "")
        words = f"{number}   {taken}" if taken else number
        action = menu.addAction(words, partial(desk.attempt, codebook_actions.set_shortcut, desk, number))
        action.setCheckable(True)
        action.setChecked(line.shortcut == number)
    menu.addSeparator()
    menu.addAction(_("No key"), partial(desk.attempt, codebook_actions.set_shortcut, desk, None))
