"""The table of a matrix: a virtual model, painted cells, heads of rows and columns that stay in sight."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.row_paint import write
from qualcoder_lite.ui.matrix.head_paint import HEAD_LINE, paint_band
from qualcoder_lite.ui.matrix.heads import ColumnHeads, RowHeads
from qualcoder_lite.ui.matrix.lines import BAND, TEXTS, Layout, column_key, line_key
from qualcoder_lite.ui.matrix.paint import frame, paint_cell
from qualcoder_lite.ui.matrix.shown import Cells
from qualcoder_lite.ui.matrix.table import MatrixTable

Index = QModelIndex | QPersistentModelIndex
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellDelegate(QStyledItemDelegate):
    """Paints cells; the current one wears a frame."""

    def __init__(self, view: MatrixView) -> None:
        """For one view."""
        super().__init__(view)
        self.view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        view, box = self.view, option.rect
        tokens, line = view.tokens, view.lines[index.row()]
        if line.kind == BAND:
            note = _("the researcher’s summary, not emic") if line.band == TEXTS else ""
            paint_band(painter, box, line, -view.heads.width(), tokens, note)  # it stays while cells scroll
            if view.hasFocus() and index == view.currentIndex():
                frame(painter, box, tokens)
            return
        painter.save()
        painter.setClipRect(box)
        painter.fillRect(box, tokens.page)
        shown = index.data(Qt.ItemDataRole.UserRole)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, tokens.accent_tint)
            shown = shown if not shown.grey else replace(shown, grey=False)
        paint_cell(painter, box, shown, view.is_wide(index.column()), tokens)
        if option.state & QStyle.StateFlag.State_Selected:
            frame(painter, box, tokens)
        painter.restore()


class MatrixView(MatrixTable):
    """The table. `cell_chosen`: another cell is current; `opened`: the keys go to what is written in it."""

    cell_chosen = Signal()
    cell_opened = Signal()

    def __init__(self, tokens: theme.Theme) -> None:
        """An empty table."""
        super().__init__(tokens)
        self.heads, self.tops, self.corner = RowHeads(self), ColumnHeads(self), Corner(self)
        self.setModel(self.table)
        self.setItemDelegate(CellDelegate(self))
        self.setVerticalHeader(self.heads)
        self.setHorizontalHeader(self.tops)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setAccessibleName(_("Matrix"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What is shown

    def show_cells(self, cells: Cells | None) -> None:
        """Show a matrix; where lines and columns are the same, what is chosen and in sight stays."""
        if (
            cells is not None
            and self.table.cells is not None
            and _same(cells.layout, self.table.layout_shown)
        ):
            self.table.take_over(cells)
            self.heads.viewport().update()
            self.tops.viewport().update()
            return
        place, across = self.chosen_key(), self.horizontalScrollBar().value()
        down = self.verticalScrollBar().value()
        self.setUpdatesEnabled(False)
        self.clearSpans()
        self.table.show_cells(cells)
        self.set_sizes()
        self.choose(place)
        self.verticalScrollBar().setValue(down)
        self.horizontalScrollBar().setValue(across)
        self.setUpdatesEnabled(True)
        self.corner.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground that no cell covers, then the cells: all is opaque, so that scrolling moves pixels."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.tokens.page)
        painter.end()
        super().paintEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Cells move; the words of bands stay where they are."""
        super().scrollContentsBy(dx, dy)
        if dx:
            for number, line in enumerate(self.lines):
                if line.kind == BAND:
                    top, high = self.rowViewportPosition(number), self.rowHeight(number)
                    self.viewport().update(0, top, self.viewport().width(), high)

    # What is chosen

    def chosen_key(self) -> tuple[str, str]:
        """The current cell by its line and column, whatever their numbers."""
        index = self.currentIndex()
        if not index.isValid() or index.row() >= len(self.lines):
            return "", ""
        return line_key(self.lines[index.row()]), column_key(self.columns[index.column()])

    def choose(self, key: tuple[str, str]) -> bool:
        """Make a cell current by its line and column; returns False where it does not stand."""
        rows = [i for i, line in enumerate(self.lines) if line_key(line) == key[0]]
        columns = [i for i, column in enumerate(self.columns) if column_key(column) == key[1]]
        if not rows or not columns:
            return False
        self.setCurrentIndex(self.table.index(rows[0], columns[0]))
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another cell is current."""
        super().currentChanged(current, previous)
        self.heads.viewport().update()
        self.cell_chosen.emit()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell or switches the band; arrow up from the first line goes to the head."""
        index = self.currentIndex()
        if event.key() in ENTER and index.isValid():
            line = self.lines[index.row()]
            if line.kind == BAND:
                self.band_toggled.emit(line.band)
            else:
                self.cell_opened.emit()
            return
        if event.key() == Qt.Key.Key_Up and index.row() == 0:
            self.tops.take_keys(index.column())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a band closes or opens it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.lines[index.row()].kind == BAND:
            self.band_toggled.emit(self.lines[index.row()].band)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click goes to what is written in the cell."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.lines[index.row()].kind != BAND:
            self.cell_opened.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wide columns share the new width."""
        super().resizeEvent(event)
        self.set_widths()
        self.place_corner()

    def updateGeometries(self) -> None:
        """The corner follows the heads."""
        super().updateGeometries()
        self.place_corner()

    def place_corner(self) -> None:
        """Put the corner over the heads of the rows."""
        self.corner.setGeometry(0, 0, self.heads.width(), self.tops.height())
        self.corner.raise_()


class Corner(QWidget):
    """What the heads of the rows are."""

    def __init__(self, view: MatrixView) -> None:
        """Of one view."""
        super().__init__(view)
        self.view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, tokens, box = QPainter(self), self.view.tokens, self.rect()
        painter.fillRect(box, tokens.panel)
        middle = box.bottom() - tokens.px(HEAD_LINE) / 2
        words = self.view.table.layout_shown.corner
        write(painter, words, tokens.px(theme.SPACE_12), middle, tokens.font("secondary"), tokens.ink2)
        painter.setPen(tokens.separator)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomRight())
        painter.end()


def _same(one: Layout, other: Layout) -> bool:
    lines = [(line_key(line), line.head.opened) for line in one.lines]
    columns = [(column_key(c), c.head.opened) for c in one.columns]
    return (
        lines == [(line_key(line), line.head.opened) for line in other.lines]
        and columns == [(column_key(c), c.head.opened) for c in other.columns]
        and one.high == other.high
    )
