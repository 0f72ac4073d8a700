"""From the rows of commands to what Qt shows of them: actions with their keys, and the menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.desk.action import MENUS, Action, keys_said
from qualcoder_lite.ui.window import opening
from qualcoder_lite.ui.window.actions import ACTIONS

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk


def make_actions(desk: Desk) -> dict[str, QAction]:
    """An action of Qt for each command, in the language now spoken."""
    for old in desk.actions_by_id.values():
        old.deleteLater()
    return {row.id: _made(desk, row) for row in ACTIONS}


def _made(desk: Desk, row: Action) -> QAction:
    action = QAction(row.words, desk)
    action.setObjectName(row.id)
    action.setShortcuts([QKeySequence(key) for key in row.keys])
    action.setCheckable(row.ticked is not None)
    action.setToolTip(tip(action))
    action.triggered.connect(lambda: desk.attempt(row.run, desk))
    if row.where == "window":
        desk.window.addAction(action)
    else:
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return action


def place_keys(desk: Desk) -> None:
    """Let commands whose keys hold only in some parts be reached there."""
    for row in ACTIONS:
        for name in row.where.split():
            if name in desk.parts:
                desk.parts[name].addAction(desk.actions_by_id[row.id])


def tip(action: QAction) -> str:
    """What a button for a command says: its words and its keys."""
    keys = keys_said(action)
    words = action.text().rstrip("…")
    return f"{words} ({keys})" if keys else words


def fill_menus(desk: Desk) -> None:
    """Build the menus from the rows."""
    bar = desk.window.menu_row.menus
    bar.clear()
    for name in MENUS:
        menu = bar.addMenu(_(name))
        menu.setToolTipsVisible(False)
        group, under = 0, dict[str, QMenu]()
        for row in (row for row in ACTIONS if row.menu == name):
            if row.group != group and not menu.isEmpty():
                menu.addSeparator()
            group = row.group
            if row.under and row.under not in under:
                under[row.under] = menu.addMenu(_(row.under))
            (under[row.under] if row.under else menu).addAction(desk.actions_by_id[row.id])
            if row.id == "sample":
                menu.addMenu(opening.recent_menu(desk, menu))
        menu.aboutToShow.connect(lambda: enable(desk))
        menu.menuAction().setVisible(not menu.isEmpty())


def enable(desk: Desk) -> None:
    """Enable, tick and name commands as things now stand."""
    for row in ACTIONS:
        action = desk.actions_by_id[row.id]
        action.setEnabled(row.enabled(desk))
        if row.ticked is not None:
            action.setChecked(row.ticked(desk))
    name_steps(desk)


def name_steps(desk: Desk) -> None:
    """Name what undo would undo and redo would redo."""
    names = (("undo", _("Undo"), desk.undo_words), ("redo", _("Redo"), desk.redo_words))
    for name, plain, words in names:
        action = desk.actions_by_id[name]
        action.setEnabled(bool(words) and desk.project is not None and not desk.busy)
        action.setText(f"{plain}: {words}" if words else plain)
        action.setToolTip(tip(action))
