"""The menus, and what else Qt shows of the rows of commands: actions with their keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.desk.action import ANALYSIS, CODING, EDIT, FILE, HELP, VIEW, Action, keys_said
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.window.opening import recent_menu

MENUS = (FILE, EDIT, CODING, ANALYSIS, VIEW, HELP)  # in their order


class Commands:
    """The commands of one desk, in the language now spoken."""

    def __init__(self, desk: Desk, rows: Sequence[Action]) -> None:
        """An action of Qt for each row; those of an earlier language go."""
        self.desk, self.rows = desk, rows
        for old in desk.actions_by_id.values():
            old.deleteLater()
        desk.actions_by_id = {row.id: self._made(row) for row in rows}

    def _made(self, row: Action) -> QAction:
        desk = self.desk
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

    def place_keys(self) -> None:
        """Let commands whose keys hold only in some parts be reached there."""
        for row in self.rows:
            for name in row.where.split():
                if name in self.desk.scopes:
                    self.desk.scopes[name].addAction(self.desk.actions_by_id[row.id])

    def fill_menus(self, bar: QMenuBar) -> None:
        """Build the menus from the rows."""
        bar.clear()
        for name in MENUS:
            menu = bar.addMenu(_(name))
            menu.setToolTipsVisible(False)
            self._fill(menu, [row for row in self.rows if row.menu == name])
            menu.aboutToShow.connect(self.enable)
            menu.menuAction().setVisible(not menu.isEmpty())

    def _fill(self, menu: QMenu, rows: Sequence[Action]) -> None:
        group, under = 0, dict[str, QMenu]()
        for row in rows:
            if row.group != group and not menu.isEmpty():
                menu.addSeparator()
            group = row.group
            if row.under and row.under not in under:
                under[row.under] = menu.addMenu(_(row.under))
            (under[row.under] if row.under else menu).addAction(self.desk.actions_by_id[row.id])
            if row.id == "sample":
                menu.addMenu(recent_menu(self.desk, menu))

    def enable(self) -> None:
        """Enable, tick and name commands as things now stand."""
        for row in self.rows:
            action = self.desk.actions_by_id[row.id]
            action.setEnabled(row.enabled(self.desk))
            if row.ticked is not None:
                action.setChecked(row.ticked(self.desk))
        self.name_steps()

    def name_steps(self) -> None:
        """Name what undo would undo and redo would redo."""
        desk = self.desk
        for name, plain, words in (
            ("undo", _("Undo"), desk.undo_words),
            ("redo", _("Redo"), desk.redo_words),
        ):
            action = desk.actions_by_id[name]
            action.setEnabled(bool(words) and desk.project is not None and not desk.busy)
            action.setText(f"{plain}: {words}" if words else plain)
            action.setToolTip(tip(action))


def tip(action: QAction) -> str:
    """What a button for a command says: its words and its keys."""
    keys = keys_said(action)
    words = action.text().rstrip("…")
    return f"{words} ({keys})" if keys else words
