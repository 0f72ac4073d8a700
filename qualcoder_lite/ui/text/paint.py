"""What is painted in the text column: highlights, selection, letters, underlines, caret and handles.

Back to front: highlights, found words, selection, letters, underlines, caret, handles. Highlighted text is
drawn in ink, an interviewer's too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.body import Placed
from qualcoder_lite.ui.text.codings import flatten
from qualcoder_lite.ui.text.layout import RunLayout
from qualcoder_lite.ui.text.page import Coding

_DASH = (2.0, 1.5)  # of the underline's thickness

Fill = tuple[QRectF, QColor]


@dataclass
class Decoration:
    """What codings draw on one run, in places of the run."""

    fills: list[Fill] = field(default_factory=list)
    lines: list[Fill] = field(default_factory=list)
    dashes: list[tuple[QPointF, QPointF, QColor]] = field(default_factory=list)
    inks: list[QTextLayout.FormatRange] = field(default_factory=list)


def decorate(
    layout: RunLayout, codings: Sequence[Coding], lanes: Sequence[int], tokens: theme.Theme
) -> Decoration:
    """The highlights and underlines of the codings on one run; `lanes` keep overlapping underlines apart."""
    result = Decoration()
    start, end = layout.start, layout.end
    if layout.look.quiet:
        for first, last in joined(codings):
            result.inks.append(layout.coloured(first, last, tokens.ink))
    parts = [(max(one.start, start), min(one.end, end), tokens.code(one.colour)) for one in codings]
    for first, last, red, green, blue, depth in flatten(parts):
        colour = theme.overlap_colour(tokens, red, green, blue, depth)
        if colour is not None:
            result.fills.extend(boxes(layout, first, last, colour))
    for coding, lane in zip(codings, lanes, strict=True):
        if lane < theme.UNDERLINES:
            _underline(result, layout, coding, lane, tokens)
    return result


def joined(codings: Sequence[Coding]) -> list[tuple[int, int]]:
    """The stretches that codings cover, sorted by start, joined where they touch."""
    found: list[tuple[int, int]] = []
    for coding in codings:
        if found and coding.start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], coding.end)
        else:
            found.append((coding.start, coding.end))
    return found


def boxes(layout: RunLayout, start: int, end: int, colour: QColor) -> list[Fill]:
    """The rectangles behind the letters of a range."""
    height = layout.ascent + theme.HIGHLIGHT_DROP
    return [
        (QRectF(left, top, right - left, height), colour) for top, left, right in layout.strips(start, end)
    ]


def _underline(result: Decoration, layout: RunLayout, coding: Coding, lane: int, tokens: theme.Theme) -> None:
    """The line of one coding: solid below the letters for etic codes, dashed above them for emic ones."""
    colour, thick = tokens.code(coding.colour), tokens.underline
    pitch = theme.UNDERLINE_PITCH - theme.UNDERLINE + thick
    for top, left, right in layout.strips(coding.start, coding.end):
        if coding.perspective == "emic":
            y = top + theme.OVERLINE - pitch * lane + thick / 2
            result.dashes.append((QPointF(left, y), QPointF(right, y), colour))
        else:
            y = top + layout.ascent + theme.UNDERLINE_DROP + pitch * lane
            result.lines.append((QRectF(left, y, right - left, thick), colour))


def paint_behind(painter: QPainter, placed: Iterable[tuple[Placed, Decoration]], x: int) -> None:
    """The highlights of all runs."""
    for run, decoration in placed:
        painter.translate(x, run.y)
        for box, colour in decoration.fills:
            painter.fillRect(box, colour)
        painter.translate(-x, -run.y)


def paint_ranges(
    painter: QPainter, placed: Iterable[Placed], x: int, ranges: Sequence[tuple[int, int]], colour: QColor
) -> None:
    """Fill ranges (found words, a flash, a coding that stands out) with one colour."""
    for run in placed:
        for start, end in ranges:
            if start < run.layout.end and end > run.layout.start:
                for box, _colour in boxes(run.layout, start, end, colour):
                    painter.fillRect(box.translated(x, run.y), colour)


def paint_frames(
    painter: QPainter, placed: Iterable[Placed], x: int, ranges: Sequence[tuple[int, int]], colour: QColor
) -> None:
    """A line of one pixel around ranges, so that a found word is told by shape too."""
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for run in placed:
        for start, end in ranges:
            if start < run.layout.end and end > run.layout.start:
                for box, _colour in boxes(run.layout, start, end, colour):
                    painter.drawRect(box.translated(x, run.y).adjusted(-0.5, 0.5, 0.5, -0.5))


def paint_dots(
    painter: QPainter, placed: Iterable[Placed], x: int, ranges: Sequence[tuple[int, int]], colour: QColor
) -> None:
    """A dotted line under ranges, as under words on which there is a memo."""
    painter.setPen(QPen(colour, 2, Qt.PenStyle.DotLine))
    for run in placed:
        for start, end in ranges:
            if start < run.layout.end and end > run.layout.start:
                for box, _colour in boxes(run.layout, start, end, colour):
                    under = box.translated(x, run.y)
                    painter.drawLine(under.bottomLeft(), under.bottomRight())


def paint_selection(
    painter: QPainter, placed: Iterable[Placed], x: int, start: int, end: int, tokens: theme.Theme
) -> None:
    """The selection, with a little more where it takes a line break in."""
    for run in placed:
        layout = run.layout
        if start > layout.end or end < layout.start:
            continue
        for box, colour in boxes(layout, start, end, tokens.selection):
            painter.fillRect(box.translated(x, run.y), colour)
        if start <= layout.end < end:
            line = layout.line_at(layout.end)
            left, top = x + layout.x_of(layout.end), run.y + layout.line_top(line)
            height = min(layout.ascent + theme.HIGHLIGHT_DROP, layout.height - layout.look.gap)
            painter.fillRect(QRectF(left, top, theme.LINE_END, height), tokens.selection)


def paint_letters(
    painter: QPainter,
    placed: Iterable[tuple[Placed, Decoration]],
    x: int,
    selection: tuple[int, int],
    tokens: theme.Theme,
    clip: QRectF,
) -> None:
    """The letters: an interviewer's quieter, selected ones in the ink of the selection."""
    for run, decoration in placed:
        layout = run.layout
        painter.setPen(tokens.ink3 if layout.look.quiet else tokens.ink)
        painter.setFont(layout.style.font)
        inks = decoration.inks
        start, end = max(selection[0], layout.start), min(selection[1], layout.end)
        if start < end and (layout.look.quiet or tokens.selection_ink != tokens.ink):
            inks = [*inks, layout.coloured(start, end, tokens.selection_ink)]
        layout.draw(painter, QPointF(x, run.y), inks, clip)
        if layout.look.row:
            painter.fillRect(QRectF(x, run.bottom + 2, layout.style.width, 1), tokens.separator)


def paint_lines(
    painter: QPainter, placed: Iterable[tuple[Placed, Decoration]], x: int, tokens: theme.Theme
) -> None:
    """The underlines, and the dashed lines of emic codes."""
    pen = QPen()
    pen.setWidthF(tokens.underline)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(_DASH)
    for run, decoration in placed:
        painter.translate(x, run.y)
        for box, colour in decoration.lines:
            painter.fillRect(box, colour)
        for start, end, colour in decoration.dashes:
            pen.setColor(colour)
            painter.setPen(pen)
            painter.drawLine(start, end)
        painter.translate(-x, -run.y)


def caret_box(run: Placed, x: int, position: int, tokens: theme.Theme) -> QRectF:
    """Where the caret stands at a position of a run."""
    layout = run.layout
    top = run.y + layout.line_top(layout.line_at(position))
    height = min(layout.ascent + theme.HIGHLIGHT_DROP + 1, layout.height - layout.look.gap)
    return QRectF(x + layout.x_of(position) - 1, top, tokens.px(theme.CARET), height)


def paint_handle(painter: QPainter, caret: QRectF, at_start: bool, tokens: theme.Theme) -> None:
    """A handle at one end of a range: a bar with a disc above its start or below its end."""
    painter.fillRect(caret, tokens.accent)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.accent)
    radius = tokens.px(theme.HANDLE) / 2
    centre = QPointF(caret.center().x(), caret.top() - 1 if at_start else caret.bottom() + 1)
    painter.drawEllipse(centre, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
