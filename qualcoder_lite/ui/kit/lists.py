"""Lists of plain rows: a virtual model over any sequence, and rows painted by one function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.row_paint import Row, ground


class Rows(QAbstractListModel):
    """Plain rows of a list; `said` puts one into words."""

    def __init__(self, parent: QWidget, said: Callable[[Any], str]) -> None:
        """No rows."""
        super().__init__(parent)
        self.rows: Sequence[Any] = ()
        self._said = said

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, _parent: Any = None) -> int:
        """How many there are."""
        return len(self.rows)

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A row, or its words."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        return (
            self._said(row)
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            else None
        )


class RowDelegate(QStyledItemDelegate):
    """Paints the rows of a list with one function."""

    def __init__(
        self, tokens: theme.Theme, height: int, paint: Callable[[Row, Any], None], parent: QWidget
    ) -> None:
        """Rows of one height."""
        super().__init__(parent)
        self.tokens, self._height, self._paint = tokens, height, paint

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        """One height for all rows."""
        return QSize(40, self.tokens.px(self._height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Ground and row."""
        painter.save()
        ground(painter, option, self.tokens)
        self._paint(Row(painter, option.rect, self.tokens), index.data(Qt.ItemDataRole.UserRole))
        painter.restore()


def row_list(
    tokens: theme.Theme, height: int, paint: Callable[[Row, Any], None], said: Callable[[Any], str]
) -> tuple[QListView, Rows]:
    """A list whose rows one function paints, with its model."""
    view = QListView()
    model = Rows(view, said)
    view.setModel(model)
    view.setItemDelegate(RowDelegate(tokens, height, paint, view))
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    return view, model
