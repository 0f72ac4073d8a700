"""One run of text laid out in lines: where each character stands, and which one stands where.

Offsets given and taken are code points of the whole text; Qt's UTF-16 units stay inside. Places are pixels
from the run's upper left corner, the gap above it included.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from qualcoder_lite.offsets import Utf16Map
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.edges import Box, boxes_of, caret_x, position_near

_RIGHTWARD = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BULLET = re.compile(r"[•\-–*◦▪\d]|[a-zA-Z][.)]")
_SAMPLE = "pelayanan di kantor kecamatan itu sudah cukup baik menurut warga"
Strip = tuple[float, float, float]
"""A piece of one line: its upper edge, left and right."""


@dataclass(frozen=True)
class TextStyle:
    """How the text is set: the letters' size, the line height and the column's width in pixels."""

    tokens: theme.Theme
    size: int
    line: int
    width: int

    @cached_property
    def font(self) -> QFont:
        """The letters of plain text."""
        return theme.letters(self.size)

    @cached_property
    def character(self) -> float:
        """The width of an average character."""
        return QFontMetricsF(self.font).horizontalAdvance(_SAMPLE) / len(_SAMPLE)


@dataclass(frozen=True)
class RunLook:
    """What marks say of a run: `spans` are (start, end, weight, italic) in code points of the whole text."""

    spans: tuple[tuple[int, int, int, bool], ...] = ()
    heading: int = 0
    item: bool = False
    row: bool = False
    rightward: bool = False
    quiet: bool = False  # an interviewer's
    blank: bool = False
    gap: int = 0


class RunLayout:
    """A run laid out; cheap to ask, so that a frame needs only what it shows."""

    def __init__(self, text: str, start: int, style: TextStyle, look: RunLook) -> None:
        """Lay out the text of a run that starts at this code point."""
        self.start, self.end = start, start + len(text)
        self.style, self.look = style, look
        self._map = None if text.isascii() else Utf16Map(text)
        self._known_boxes: dict[int, list[Box]] = {}
        self.mixed = bool(not text.isascii() and _RIGHTWARD.search(text))
        scale = theme.HEADING_SIZES.get(look.heading, 1.0)
        self.line_height = round(style.line * scale)
        self.ascent = round(self.line_height * theme.BASELINE)
        self.indent = round(style.size * theme.LIST_INDENT) if look.item else 0
        font = theme.letters(round(style.size * scale), 600) if look.heading else style.font
        self.layout = QTextLayout(text, font)
        self.layout.setCacheEnabled(True)
        self.layout.setTextOption(_option(text, style, look))
        if look.spans:
            self.layout.setFormats(
                [self._format(*span, size=round(style.size * scale)) for span in look.spans]
            )
        self._break_lines()

    def _break_lines(self) -> None:
        """Fill lines, each on its base line whatever letters it borrows from other fonts."""
        self.lines: list[QTextLine] = []
        self.begins: list[int] = []  # units
        top = self.look.gap
        self.layout.beginLayout()
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(self.style.width - self.indent)
            line.setPosition(QPointF(self.indent, top + self.ascent - line.ascent()))
            self.lines.append(line)
            self.begins.append(line.textStart())
            top += self.line_height
        self.layout.endLayout()
        if self.look.blank:
            top = self.look.gap + self.style.tokens.px(theme.BLANK_LINE)
        self.height = top

    def _format(self, start: int, end: int, weight: int, italic: bool, size: int) -> QTextLayout.FormatRange:
        """A stretch in other letters."""
        form = QTextCharFormat()
        form.setFont(theme.letters(size, weight, italic))
        return self._range(start, end, form)

    def _range(self, start: int, end: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
        result = QTextLayout.FormatRange()
        result.start = self.unit(start)
        result.length = self.unit(end) - result.start
        result.format = form
        return result

    def coloured(self, start: int, end: int, colour: QColor) -> QTextLayout.FormatRange:
        """A stretch whose letters take another colour when drawn."""
        form = QTextCharFormat()
        form.setForeground(colour)
        return self._range(start, end, form)

    def unit(self, point: int) -> int:
        """The unit in this run of a code point of the text, at most its end."""
        local = min(max(point, self.start), self.end) - self.start
        return self._map.units(local) if self._map else local

    def point(self, unit: int) -> int:
        """The code point of the text of a unit in this run."""
        return self.start + (self._map.point(unit) if self._map else unit)

    def line_at(self, point: int) -> int:
        """The index of the line in which a position stands."""
        return max(0, bisect_right(self.begins, self.unit(point)) - 1)

    def line_top(self, index: int) -> int:
        """The upper edge of a line."""
        return self.look.gap + index * self.line_height

    def line_below(self, y: float) -> int:
        """The first line that stands whole below a height, else the last."""
        return min(max(0, ceil((y - self.look.gap) / self.line_height)), len(self.lines) - 1)

    def line_above(self, y: float) -> int:
        """The last line that stands whole above a height, else the first."""
        return min(max(0, int((y - self.look.gap) // self.line_height) - 1), len(self.lines) - 1)

    def line_bounds(self, index: int) -> tuple[int, int]:
        """The first position of a line and the last at which the caret still stands in it."""
        begin = self.begins[index]
        if index + 1 == len(self.begins):
            return self.point(begin), self.end
        last = self.layout.previousCursorPosition(self.begins[index + 1])
        return self.point(begin), self.point(max(begin, last))

    def x_of(self, point: int) -> float:
        """Where the caret stands at a position."""
        index, unit = self.line_at(point), self.unit(point)
        place = caret_x(self._boxes(index), unit, self.look.rightward)
        return _x(self.lines[index], unit) if place is None else place

    def _boxes(self, index: int) -> list[Box]:
        """The letters of a line where directions or fonts may mix; none where Qt's own answers hold."""
        if self._map is None and not self.look.rightward:
            return []
        if index not in self._known_boxes:
            self._known_boxes[index] = boxes_of(self.layout, self.lines[index], self.look.rightward)
        return self._known_boxes[index]

    def strips(self, start: int, end: int) -> list[Strip]:
        """The pieces of lines that a range covers; several to a line where directions mix."""
        first, last = self.unit(start), self.unit(end)
        if first >= last:
            return []
        found: list[Strip] = []
        for index in range(max(0, bisect_right(self.begins, first) - 1), len(self.lines)):
            begin = self.begins[index]
            if begin >= last:
                break
            line = self.lines[index]
            stop = min(last, begin + line.textLength())
            for left, right in self._pieces(line, max(first, begin), stop):
                found.append((self.line_top(index), left, right))
        return found

    def _pieces(self, line: QTextLine, first: int, stop: int) -> list[tuple[float, float]]:
        """Left and right edges of what units first to stop cover in a line."""
        if self.mixed or self.look.rightward:
            return _glyph_pieces(line, first, stop)
        left, right = _x(line, first), min(_x(line, stop), line.x() + line.naturalTextWidth())
        return [(left, right)] if right > left else []

    def position_at(self, x: float, y: float) -> int:
        """The position nearest to a place."""
        index = min(max(int((y - self.look.gap) // self.line_height), 0), len(self.lines) - 1)
        return self.position_in_line(index, x)

    def position_in_line(self, index: int, x: float) -> int:
        """The position in a line nearest to a place, never inside what a reader takes for one character."""
        boxes = self._boxes(index)
        if boxes:
            unit = position_near(boxes, x, self.look.rightward)
        else:
            unit = self.lines[index].xToCursor(x)
        if not self.layout.isValidCursorPosition(unit):
            unit = self.layout.previousCursorPosition(unit)
        first, last = self.line_bounds(index)
        return min(max(self.point(unit), first), last)

    def step(self, point: int, right: bool) -> int | None:
        """The position one character to the right or left as seen; None beyond the run."""
        unit = self.unit(point)
        move = self.layout.rightCursorPosition if right else self.layout.leftCursorPosition
        moved = self.point(move(unit))
        return None if moved == point else moved

    def next_position(self, point: int, forward: bool) -> int | None:
        """The next position in reading order; None beyond the run."""
        unit = self.unit(point)
        if forward:
            return None if point >= self.end else self.point(self.layout.nextCursorPosition(unit))
        return None if point <= self.start else self.point(self.layout.previousCursorPosition(unit))

    def draw(
        self, painter: QPainter, place: QPointF, inks: list[QTextLayout.FormatRange], clip: QRectF
    ) -> None:
        """Draw the letters of the lines that the clip shows."""
        if self.look.item and not _BULLET.match(self.layout.text()):
            painter.drawText(place + QPointF(self.indent * 0.4, self.look.gap + self.ascent), "•")
        self.layout.draw(painter, place, inks, clip)


def _x(line: QTextLine, unit: int) -> float:
    """Where the caret stands in a line; Qt gives the place and the unit it took."""
    place: Any = line.cursorToX(unit)
    return float(place[0])


def _glyph_pieces(line: QTextLine, first: int, stop: int) -> list[tuple[float, float]]:
    """Edges of a stretch of mixed direction: those of its glyphs, merged where they touch."""
    boxes = sorted(
        (run.boundingRect().left(), run.boundingRect().right()) for run in line.glyphRuns(first, stop - first)
    )
    found: list[tuple[float, float]] = []
    for left, right in boxes:
        if found and left <= found[-1][1] + 0.5:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        elif right > left:
            found.append((left, right))
    return found


def _option(text: str, style: TextStyle, look: RunLook) -> QTextOption:
    """How a run wraps, where its tabs stop and in which direction it is read."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    direction = Qt.LayoutDirection.RightToLeft if look.rightward else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(direction)
    if look.rightward:
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
    columns = text.count("\t") + 1
    option.setTabStopDistance(style.width / columns if look.row and columns > 1 else theme.TAB * style.size)
    return option
