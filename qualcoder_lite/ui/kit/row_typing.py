"""Typing in a row of a tree: the line in which one types, and whether what was typed was kept."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from shiboken6 import isValid

Index = QModelIndex | QPersistentModelIndex


class TypingDelegate(QStyledItemDelegate):
    """Rows in which one can type; `key` is that of the row in which one does, `kept` whether it was kept."""

    def __init__(self, font: QFont, parent: QWidget) -> None:
        """Nothing is typed yet."""
        super().__init__(parent)
        self._font, self._editor = font, None
        self.key: Any = None
        self.kept = True

    _editor: QLineEdit | None

    @property
    def editor(self) -> QLineEdit | None:
        """The line, while it is open."""
        editor = self._editor
        return editor if editor is not None and isValid(editor) and not editor.isHidden() else None

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line to type in."""
        editor = self._editor = QLineEdit(parent)
        self.key, self.kept = index.data(Qt.ItemDataRole.UserRole).key, True
        editor.setFont(self._font)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the line; what was typed in it stays when the row changes."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand on what was typed, and note whether it was kept."""
        if isinstance(editor, QLineEdit):
            self.kept = model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)
