"""The table below the matrix view: a virtual model of lines and columns, and how high and wide these are."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QTableView, QWidget

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.matrix.head_paint import BAND_HIGH
from qualcoder_lite.ui.matrix.lines import BAND, FOOT, ROW, Column, Layout, Line, column_key
from qualcoder_lite.ui.matrix.paint import ROW_TALL
from qualcoder_lite.ui.matrix.shown import Cells

Index = QModelIndex | QPersistentModelIndex
COMPACT = 58  # pixels of a row in which no column is wide: a name takes two lines
FOOT_HIGH, NARROW, WIDE_LEAST = 28, 69, 180  # pixels: the line of sums; the widths of columns
WIDE_TIGHT = 150  # pixels of a wide column where all are in sight then
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
            shown = self.cells.shown(index.row(), index.column())
            badges = ", ".join(words for _tone, _icon, words in shown.badges)
            return "\n".join(words for words in (shown.count, shown.counted, badges) if words) or None
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


class MatrixTable(QTableView):
    """Lines and columns with their sizes; heads and cells are painted by what is built on it."""

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

    # What is shown

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines."""
        return self.table.layout_shown.lines

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns."""
        return self.table.layout_shown.columns

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
        self.verticalHeader().setDefaultSectionSize(px(height))
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
            self.horizontalHeader().viewport().update()
            self.width_changed.emit()
