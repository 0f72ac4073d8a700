"""One frame of the text view, painted back to front."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text import margin, margin_paint
from qualcoder_lite.ui.text import paint as text_paint
from qualcoder_lite.ui.text.body import Placed
from qualcoder_lite.ui.text.coded import CodedText
from qualcoder_lite.ui.text.page import Coding


def paint(view: CodedText, painter: QPainter, region: QRect) -> None:
    """Paint what is in sight."""
    tokens, x, height = view.tokens, view.columns.text, view.viewport().height()
    placed = [run for run in view.placed() if run.y < height and run.bottom > 0]
    decorated = [(run, view.decoration(run)) for run in placed]
    painter.fillRect(region, tokens.page)
    text_paint.paint_behind(painter, decorated, x)
    _paint_pointed(view, painter, placed)
    _paint_hits(view, painter, placed)
    start, end = view.resizing or view.selection()
    if start < end:
        text_paint.paint_selection(painter, placed, x, start, end, tokens)
    text_paint.paint_letters(painter, decorated, x, (start, end), tokens, QRectF(region))
    text_paint.paint_lines(painter, decorated, x, tokens)
    noted = [(start, end) for start, end, _words in view.notes]
    text_paint.paint_dots(painter, placed, x, noted, tokens.ink2)
    _paint_caret(view, painter)
    _paint_margin(view, painter, placed)


def _strong(coding: Coding, tokens: theme.Theme) -> QColor:
    """The highlight of a coding that stands out."""
    strength = tokens.overlap[-1] if tokens.overlap else 0.0
    return theme.mixed(tokens.code(coding.colour), tokens.page, strength)


def _paint_pointed(view: CodedText, painter: QPainter, placed: list[Placed]) -> None:
    """The codings that stand out, and the passage that was just jumped to."""
    for coding in (view.active, view.hovered):
        if coding is not None:
            ranges, colour = [(coding.start, coding.end)], _strong(coding, view.tokens)
            text_paint.paint_ranges(painter, placed, view.columns.text, ranges, colour)
    if view.flash is not None:
        text_paint.paint_ranges(painter, placed, view.columns.text, [view.flash], view.tokens.accent_tint)


def _paint_hits(view: CodedText, painter: QPainter, placed: list[Placed]) -> None:
    """Found words on tint with a frame; the one that is shown with the frame of the accent."""
    if not placed or not len(view.hits.starts):
        return
    start, end = placed[0].layout.start, placed[-1].layout.end
    ranges = {
        index: (int(view.hits.starts[index]), int(view.hits.ends[index]))
        for index in view.hits.overlapping(start, end)
    }
    x, tokens = view.columns.text, view.tokens
    text_paint.paint_ranges(painter, placed, x, list(ranges.values()), tokens.look_again_tint)
    text_paint.paint_frames(painter, placed, x, list(ranges.values()), tokens.look_again)
    if view.hit in ranges:
        text_paint.paint_ranges(painter, placed, x, [ranges[view.hit]], tokens.accent_tint)
        text_paint.paint_frames(painter, placed, x, [ranges[view.hit]], tokens.accent)


def _paint_caret(view: CodedText, painter: QPainter) -> None:
    """The caret, or a handle at each end of the selection or of the active coding."""
    ends = view.handle_ends()
    if ends is None:
        colour = view.tokens.ink if view.hasFocus() else view.tokens.ink3
        painter.fillRect(view.caret_box(view.caret), colour)
        return
    for position, at_start in zip(ends, (True, False), strict=True):
        text_paint.paint_handle(painter, view.caret_box(position), at_start, view.tokens)


def _paint_margin(view: CodedText, painter: QPainter, placed: list[Placed]) -> None:
    """Line numbers, speakers, stripes and labels."""
    tokens, columns = view.tokens, view.columns
    caret = view.caret if view.hasFocus() or view.selection()[0] < view.selection()[1] else None
    margin_paint.paint_numbers(painter, view.body, placed, view.numbers, caret, columns, tokens)
    margin_paint.paint_speakers(painter, view.body, placed, columns, tokens)
    side = view.side()
    states = _states(view)
    margin_paint.paint_stripes(painter, side.stripes, set(states), tokens, view.viewport().height())
    for label in side.labels:
        margin_paint.paint_label(painter, label, columns, tokens, states.get(label.coding.id, ""))
    if view.expanded:
        _paint_expanded(view, painter)


def _states(view: CodedText) -> dict[bytes, str]:
    """The codings whose labels and stripes stand out: at the caret, under the pointer, and the active one."""
    told = (("caret", view.at_hand()), ("hovered", view.hovered), ("active", view.active))
    return {coding.id: state for state, coding in told if coding is not None}


def _paint_expanded(view: CodedText, painter: QPainter) -> None:
    """All labels of one place, on a ground of their own over the others."""
    box, states = view.expanded_box(), _states(view)
    painter.setPen(QPen(view.tokens.border, 1))
    painter.setBrush(view.tokens.panel)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_POPUP, theme.RADIUS_POPUP)
    for label in view.expanded:
        margin_paint.paint_label(painter, label, view.columns, view.tokens, states.get(label.coding.id, ""))


def expanded(view: CodedText, label: margin.Label) -> list[margin.Label]:
    """All labels of the place whose last label in sight says that there are more."""
    group = [one for one in view.side().labels if one.group == label.group]
    codings = [*(one.coding for one in group), *label.more]
    return margin.stacked(codings, group[0].top, view.viewport().height(), view.tokens)
