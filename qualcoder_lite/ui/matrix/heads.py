"""The heads of a matrix's rows and columns; both stay in sight, and columns can be reached by keys."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit.row_paint import elided, write
from qualcoder_lite.ui.matrix.head_paint import (
    BAND_HIGH,
    HEAD_COLUMN,
    HEAD_LINE,
    chevron_place,
    paint_band,
    paint_column_head,
    paint_row_head,
)
from qualcoder_lite.ui.matrix.lines import BAND
from qualcoder_lite.ui.matrix.paint import PAD
from qualcoder_lite.ui.matrix.table import MatrixTable


class RowHeads(QHeaderView):
    """Heads of rows: key and name; a click opens those that hold others, or makes the row current."""

    def __init__(self, view: MatrixTable) -> None:
        """Of one view."""
        super().__init__(Qt.Orientation.Vertical, view)
        self.view = view
        self.setFixedWidth(view.tokens.px(HEAD_COLUMN))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(view.tokens.px(BAND_HIGH))
        self.setAccessibleName(_("Rows"))

    def sizeHint(self) -> QSize:
        """One width."""
        return QSize(self.view.tokens.px(HEAD_COLUMN), 10)

    def paintSection(self, painter: QPainter, box: QRect, section: int) -> None:
        """One head."""
        view = self.view
        line = view.lines[section]
        painter.save()
        painter.setClipRect(box)
        if line.kind == BAND:
            paint_band(painter, box, line, box.left(), view.tokens)
        else:
            current = view.currentIndex().isValid() and view.currentIndex().row() == section
            paint_row_head(painter, box, line, view.tokens, current)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open a head, switch a band, or go to the row."""
        section = self.logicalIndexAt(event.position().toPoint())
        if section < 0:
            return
        line, view = self.view.lines[section], self.view
        if line.kind == BAND:
            view.band_toggled.emit(line.band)
            return
        box = QRect(0, self.sectionViewportPosition(section), self.width(), self.sectionSize(section))
        if line.head.below and chevron_place(box, view.tokens).contains(event.position().toPoint()):
            view.head_opened.emit(line.head.reference)
            return
        column = max(0, view.currentIndex().column())
        view.setCurrentIndex(view.table.index(section, column))
        view.setFocus()


class ColumnHeads(QHeaderView):
    """Heads of columns below what several of them share; double click or Enter switches the width."""

    def __init__(self, view: MatrixTable) -> None:
        """Of one view."""
        super().__init__(Qt.Orientation.Horizontal, view)
        self.view = view
        self.current = -1
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(view.tokens.px(32))
        self.setHighlightSections(False)
        self.setAccessibleName(_("Columns: Enter switches the width, Space opens"))

    def sizeHint(self) -> QSize:
        """A line for what columns share where they share something, and one for the heads."""
        shared = any(column.group for column in self.view.columns)
        height = HEAD_LINE + (BAND_HIGH if shared else 0)
        return QSize(10, self.view.tokens.px(height))

    def paintSection(self, painter: QPainter, box: QRect, section: int) -> None:
        """One head; what several share is painted over all of them afterwards."""
        view = self.view
        painter.save()
        painter.setClipRect(box)
        lower = box.adjusted(0, box.height() - view.tokens.px(HEAD_LINE), 0, 0)
        current = self.hasFocus() and section == self.current
        painter.fillRect(box, view.tokens.panel)
        paint_column_head(painter, lower, view.columns[section], view.is_wide(section), view.tokens, current)
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The heads, and over them what they share."""
        super().paintEvent(event)
        if self.height() <= self.view.tokens.px(HEAD_LINE):
            return
        painter = QPainter(self.viewport())
        for first, last, words in self._shared():
            self._paint_shared(painter, first, last, words)
        painter.end()

    def _shared(self) -> list[tuple[int, int, str]]:
        """First and last column of each run that shares something, with its words."""
        found: list[tuple[int, int, str]] = []
        for number, column in enumerate(self.view.columns):
            if found and found[-1][2] == column.group:
                found[-1] = (found[-1][0], number, column.group)
            else:
                found.append((number, number, column.group))
        return found

    def _paint_shared(self, painter: QPainter, first: int, last: int, words: str) -> None:
        tokens = self.view.tokens
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        high = self.height() - tokens.px(HEAD_LINE)
        painter.fillRect(QRect(left, 0, right - left, high), tokens.panel)
        painter.setPen(QPen(tokens.separator, 1))
        painter.drawLine(right - 1, 0, right - 1, high)
        painter.drawLine(left, high - 1, right, high - 1)
        at = max(left, 0) + tokens.px(PAD)  # it stays in sight while its columns scroll
        shown = elided(words, right - at - tokens.px(4), tokens, "caption")
        write(painter, shown, at, high / 2, tokens.font("caption"), tokens.ink2)

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The chevron opens the codes below; elsewhere the head takes the keys."""
        section = self.logicalIndexAt(event.position().toPoint())
        if section < 0:
            return
        column = self.view.columns[section]
        box = QRect(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height())
        opens = column.head.below and self.view.is_wide(section)
        if opens and chevron_place(box, self.view.tokens).contains(event.position().toPoint()):
            self.view.head_opened.emit(column.head.reference)
        else:
            self.take_keys(section)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Switch the width."""
        section = self.logicalIndexAt(event.position().toPoint())
        if section >= 0:
            self.view.switch_width(section)

    def take_keys(self, section: int) -> None:
        """Let a column's head have the keys."""
        self.current = max(0, min(section, self.count() - 1))
        self.setFocus()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go along the heads; Enter switches the width, Space opens, down goes back to the cells."""
        key, view = event.key(), self.view
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.take_keys(self.current + (1 if key == Qt.Key.Key_Right else -1))
            view.scrollTo(view.table.index(max(0, view.currentIndex().row()), self.current))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            view.switch_width(self.current)
        elif key == Qt.Key.Key_Space and view.columns and view.columns[self.current].head.below:
            view.head_opened.emit(view.columns[self.current].head.reference)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
            view.setFocus()
            view.setCurrentIndex(view.table.index(max(0, view.currentIndex().row()), self.current))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys are."""
        super().focusInEvent(event)
        self.current = max(0, self.current)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()
