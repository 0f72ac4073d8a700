"""The menu at a place of the text: codes used lately, and what can be done to the coding there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.desk.desk import Desk

RECENT = 5
ON_CODING = (
    "plus", "minus", "zero", "both", "", "star", "memo", "condense", "evidence", "",
    "code_again", "recode", "resize_to_selection", "remove_coding",
)  # fmt: skip


def open_menu(desk: Desk, place: QPoint, position: int, coding: bytes | None) -> None:
    """Open the menu at a place of the screen."""
    menu = make_menu(desk, position, coding)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)


def make_menu(desk: Desk, position: int, coding: bytes | None) -> QMenu:
    """The menu for a position of the text; `coding` is the one that was pointed at."""
    menu = QMenu(desk.window)
    start, end = desk.text.selection()
    if start < end:
        _add_codes(desk, menu)
    here = desk.text.body.codings.by_id.get(coding) if coding else None
    there = [here] if here else list(reversed(desk.text.body.codings.at(position)))
    for one in there[:1]:
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addSection(f"{one.key} {one.name}")
        if desk.text.active is not one and start == end:
            desk.text.activate(one.id)
        _add_commands(desk, menu, ON_CODING)
    for one in there[1:]:
        menu.addAction(f"{one.key} {one.name}", partial(desk.text.activate, one.id))
    if not menu.isEmpty():
        menu.addSeparator()
    for name in ("copy", "correct", "select_sentence", "select_turn"):
        menu.addAction(desk.actions_by_id[name])
    return menu


def _add_codes(desk: Desk, menu: QMenu) -> None:
    """The codes used lately, choosing, and the words themselves as a code."""
    names = {line.id: line.called for line in desk.codes}
    for code in [one for one in desk.recent if one in names][:RECENT]:
        menu.addAction(names[code], partial(desk.attempt, coding_actions.apply, desk, code))
    if not menu.isEmpty():
        menu.addSeparator()
    _add_commands(desk, menu, ("pick", "in_vivo", "memo_range"))


def _add_commands(desk: Desk, menu: QMenu, names: tuple[str, ...]) -> None:
    for name in names:
        if name:
            menu.addAction(desk.actions_by_id[name])
        else:
            menu.addSeparator()
