"""How the cells of a matrix are painted: strips of polarities, counts, badges, texts and blanks."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.badge_paint import badge_width, fitting, paint_badge
from qualcoder_lite.ui.kit.row_paint import width_of, wrapped, write
from qualcoder_lite.ui.kit.strip_paint import paint_strip, strip_width
from qualcoder_lite.ui.matrix.shown import Shown

NO_BREAK = "\u00a0"
PAD, ROW_TALL = 10, 60  # pixels: at the sides of cells and heads; the height of a row


def paint_cell(painter: QPainter, box: QRect, shown: Shown, wide: bool, tokens: theme.Theme) -> None:
    """What a cell shows, in a wide or a narrow column."""
    px = tokens.px
    if shown.grey:
        painter.fillRect(box, tokens.blank)
    inner = box.adjusted(px(PAD), px(5), -px(PAD), -px(4))
    if shown.blank:
        write(painter, shown.blank, inner.left(), inner.top() + px(9), tokens.font(), tokens.ink3)
        if not wide:
            return
        _blank_note(painter, inner, shown, tokens)
        return
    if not wide:
        _paint_narrow(painter, inner, shown, tokens)
        return
    tall = inner.height() > px(ROW_TALL) and bool(shown.text)
    _first_line(painter, inner, shown, tokens, not tall)
    headed = shown.count or shown.signs or (shown.badges and not tall)
    top = inner.top() + (px(18) if headed else 0)
    if tall and shown.badges:
        at, middle = float(inner.left()), inner.bottom() - px(8)
        for badge in fitting(shown.badges, inner.width() + px(4), tokens):
            at += paint_badge(painter, at + badge_width(badge, tokens), middle, badge, tokens) + px(4)
        inner = inner.adjusted(0, 0, 0, -px(20))
    _text(painter, inner, top, shown, tokens)


def _blank_note(painter: QPainter, inner: QRect, shown: Shown, tokens: theme.Theme) -> None:
    px = tokens.px
    top = inner.top()
    if inner.height() > px(ROW_TALL):
        lines = wrapped(shown.note, inner.width(), 2, *tokens.letter("secondary"), False)
        for line in lines:
            top += px(17)
            write(painter, line, inner.left(), top + px(9), tokens.font("secondary"), tokens.ink3)
    right = inner.right()
    for badge in shown.badges:
        right -= paint_badge(painter, right, inner.top() + px(8), badge, tokens) + px(4)
    _text(painter, inner, top + px(18), shown, tokens)


def _first_line(painter: QPainter, inner: QRect, shown: Shown, tokens: theme.Theme, badged: bool) -> None:
    """Strip and counts, with badges at the right; of counts that don't fit the last are left out."""
    px, counts = tokens.px, shown.count.split(" · ")
    middle, right = inner.top() + px(8), inner.right() + 1
    strip = strip_width(shown.signs, tokens)
    strip += px(6) if strip else 0
    room = inner.width() - strip - width_of(counts[0], tokens, "secondary")
    for badge in fitting(shown.badges if badged else (), room, tokens):
        right -= paint_badge(painter, right, middle, badge, tokens) + px(4)
    if strip:
        paint_strip(painter, inner.left(), middle + px(1), shown.signs, tokens)
    at = inner.left() + strip
    while len(counts) > 1 and width_of(" · ".join(counts), tokens, "secondary") > right - at:
        counts.pop()
    said = (" · ".join(counts), shown.short, "")
    words = next(one for one in said if width_of(one, tokens, "secondary") <= max(0, right - at))
    write(painter, words, at, middle, tokens.font("secondary"), tokens.ink3)


def _text(painter: QPainter, inner: QRect, top: int, shown: Shown, tokens: theme.Theme) -> None:
    """The text in as many lines as fit; what is bold stands in the room that blanks leave before it."""
    line = tokens.px(17)
    lines = max(1, (inner.bottom() - top + 3) // line)
    size, weight = tokens.letter()
    blanks = ""
    if shown.bold:
        room = width_of(shown.bold, tokens, "panel") / max(1, width_of(NO_BREAK * 10, tokens) / 10)
        blanks = NO_BREAK * (int(room) + 2)
        write(painter, shown.bold, inner.left(), top + line / 2, tokens.font("panel"), tokens.ink)
    tone = tokens.ink2 if shown.quoted else tokens.ink
    font = theme.letters(size, weight, shown.quoted)
    parts = wrapped(blanks + shown.text, inner.width(), lines, size, weight, shown.quoted)
    for number, part in enumerate(parts):
        write(painter, part, inner.left(), top + number * line + line / 2, font, tone)


def _paint_narrow(painter: QPainter, inner: QRect, shown: Shown, tokens: theme.Theme) -> None:
    px = tokens.px
    middle = inner.top() + px(8)
    if shown.badges and not sum(shown.signs) and not shown.short:
        paint_badge(
            painter, inner.left() + badge_width(shown.badges[0], tokens), middle, shown.badges[0], tokens
        )
        if shown.note and not shown.blank:  # what is told beside a state
            _below_badge(painter, inner, shown.note, tokens)
        return
    if sum(shown.signs):
        paint_strip(painter, inner.left(), middle + px(1), shown.signs, tokens, inner.width() + px(4))
        middle += px(19)
    write(painter, shown.short, inner.left(), middle, tokens.font("secondary"), tokens.ink2)
    if shown.badges:
        side, right = px(12), inner.right()
        box = QRectF(right - side, round(middle - side / 2), side, side)
        tone = shown.badges[0][0]
        icons.draw(painter, shown.badges[0][1] or "info", getattr(tokens, tone), box)


def _below_badge(painter: QPainter, inner: QRect, note: str, tokens: theme.Theme) -> None:
    top, high = inner.top() + tokens.px(18), tokens.px(15)
    most = max(0, min(2, (inner.bottom() + tokens.px(4) - top) // high))
    for at, words in enumerate(wrapped(note, inner.width(), most, *tokens.letter("caption"), False)):
        middle = top + high * at + high / 2
        write(painter, words, inner.left(), middle, tokens.font("caption"), tokens.look_again)


def frame(painter: QPainter, box: QRect, tokens: theme.Theme) -> None:
    """The ring of what has the keys, inside its edges."""
    painter.setPen(QPen(tokens.accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(1, 1, -1, -1))
