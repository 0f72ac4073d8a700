"""The table of a matrix: a virtual model, painted cells, heads of rows and columns that stay in sight."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.display.cells import Cells
from qualcoder_lite.ui.display.layout import BAND, FOOT, ROW, TEXTS, Column, Layout, Line
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.row_paint import write
from qualcoder_lite.ui.matrix.heads import ColumnHeads, RowHeads
from qualcoder_lite.ui.matrix.paint import (
    BAND_HIGH,
    FOOT_HIGH,
    HEAD_LINE,
    NARROW,
    ROW_TALL,
    WIDE_LEAST,
    WIDE_TIGHT,
    frame,
    paint_band,
    paint_cell,
)

Index = QModelIndex | QPersistentModelIndex
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
COMPACT = 58  # pixels of a row in which no column is wide: a name takes two lines
EMPTY = Layout((), (), "")


class MatrixModel(QAbstractTableModel):
    """Lines by columns; a cell is worked out when it is asked for."""

    def __init__(self, parent: QWidget) -> None:
        """No matrix."""
        super().__init__(parent)
        self.cells: Cells | None = None
        self.layout_shown = EMPTY

    def show_cells(self, cells: Cells | None) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self.cells, self.layout_shown = cells, cells.layout if cells else EMPTY
        self.endResetModel()

    def take_over(self, cells: Cells) -> None:
        """Show new cells in the same lines and columns: what is chosen and in sight stays."""
        self.cells, self.layout_shown = cells, cells.layout
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, _parent: Any = None) -> int:
        """How many lines."""
        return len(self.layout_shown.lines)

    def columnCount(self, _parent: Any = None) -> int:
        """How many columns."""
        return len(self.layout_shown.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell for the painter, or in words."""
        if self.cells is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.UserRole:
            return self.cells.shown(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.cells.shown(index.row(), index.column()).said
        if role == Qt.ItemDataRole.ToolTipRole:  # badges may stand there by their icons alone
            badges = self.cells.shown(index.row(), index.column()).badges
            return ", ".join(words for _tone, _icon, words in badges) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A head in words."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        shown = self.layout_shown
        part: Line | Column
        part = shown.columns[section] if orientation == Qt.Orientation.Horizontal else shown.lines[section]
        return f"{part.head.key} {part.head.name}".strip()


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


class MatrixView(QTableView):
    """The table. `cell_chosen`: another cell is current; `opened`: the keys go to what is written in it."""

    cell_chosen = Signal()
    cell_opened = Signal()
    band_toggled = Signal(str)
    head_opened = Signal(str)  # the reference of a head to be opened or closed in place
    width_changed = Signal()

    def __init__(self, tokens: theme.Theme) -> None:
        """An empty table."""
        super().__init__()
        self.tokens = tokens
        self.widths: dict[str, bool] = {}  # by reference or field of a column: whether it is wide
        self._odd: set[int] = set()  # lines that are not as high as a row
        self.table = MatrixModel(self)
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

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines."""
        return self.table.layout_shown.lines

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns."""
        return self.table.layout_shown.columns

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

    def _has_syntheses(self) -> bool:
        """Whether the last line shows texts, so that it needs the room of a row."""
        cells, last = self.table.cells, len(self.lines) - 1
        if cells is None or last < 0 or self.lines[last].kind != FOOT:
            return False
        return any(cells.shown(last, column).text for column in range(len(self.columns)))

    def set_sizes(self) -> None:
        """Heights by kind of line; wide columns share what the narrow ones leave."""
        px, number = self.tokens.px, len(self.columns)
        high = self.table.layout_shown.high or ROW_TALL
        any_wide = any(self.is_wide(column) for column in range(number))
        height = high if any_wide else COMPACT
        foot = ROW_TALL if self._has_syntheses() else FOOT_HIGH
        heights = {BAND: BAND_HIGH, FOOT: foot, ROW: height}
        self.heads.setDefaultSectionSize(px(height))
        for number_of_line in self._odd & set(range(len(self.lines))):
            self.setRowHeight(number_of_line, px(height))  # another layout had a band or the sums there
        self._odd = {at for at, line in enumerate(self.lines) if line.kind != ROW}
        for number_of_line, line in enumerate(self.lines):
            if line.kind != ROW:
                self.setRowHeight(number_of_line, px(heights[line.kind]))
            if line.kind == BAND and number > 1:
                self.setSpan(number_of_line, 0, 1, number)
        self.set_widths()

    def set_widths(self) -> None:
        """Give the columns their widths."""
        px, number = self.tokens.px, len(self.columns)
        wide = [column for column in range(number) if self.is_wide(column)]
        narrow = {c: px(self._narrow(c)) for c in range(number) if c not in wide}
        free = self.viewport().width() - sum(narrow.values())
        each = free // len(wide) if wide else 0
        each = max(px(WIDE_LEAST), each) if each < px(WIDE_TIGHT) else each
        for column in range(number):
            width = narrow.get(column, each)
            if wide and column == wide[-1] and each * len(wide) <= free:
                width = free - each * (len(wide) - 1)
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)

    def _narrow(self, column: int) -> int:
        shown = self.columns[column]
        return 118 if shown.field and not shown.head.key else NARROW

    def is_wide(self, column: int) -> bool:
        """Whether a column shows its text."""
        if not 0 <= column < len(self.columns):
            return False
        shown = self.columns[column]
        return self.widths.get(column_key(shown), shown.wide)

    def switch_width(self, column: int) -> None:
        """Let a column show its text, or only strip and count."""
        if 0 <= column < len(self.columns):
            self.widths[column_key(self.columns[column])] = not self.is_wide(column)
            self.set_sizes()
            self.viewport().update()
            self.tops.viewport().update()
            self.width_changed.emit()

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


def line_key(line: Line) -> str:
    """What tells a line apart from the others."""
    group = f"@{line.band}" if line.column else ""
    return f"{line.kind}:{line.band if line.kind == BAND else line.head.reference}{group}"


def column_key(column: Column) -> str:
    """What tells a column apart from the others."""
    return column.field or column.head.reference


def _same(one: Layout, other: Layout) -> bool:
    lines = [(line_key(line), line.head.opened) for line in one.lines]
    columns = [(column_key(c), c.head.opened) for c in one.columns]
    return (
        lines == [(line_key(line), line.head.opened) for line in other.lines]
        and columns == [(column_key(c), c.head.opened) for c in other.columns]
        and one.high == other.high
    )
