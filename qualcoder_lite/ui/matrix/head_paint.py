"""How the heads of rows and columns are painted, and the bands over rows."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPen

from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.mark_paint import paint_swatch
from qualcoder_lite.ui.kit.row_paint import elided, width_of, wrapped, write
from qualcoder_lite.ui.matrix.lines import Column, Line
from qualcoder_lite.ui.matrix.paint import PAD, frame

BAND_HIGH, HEAD_COLUMN, HEAD_LINE = 23, 148, 34  # pixels


def paint_band(
    painter: QPainter, box: QRect, line: Line, left: int, tokens: theme.Theme, note: str = ""
) -> None:
    """The line over the rows of a group; it is painted from `left`, also where only a part of it is seen."""
    px = tokens.px
    painter.save()
    painter.setClipRect(box)
    painter.fillRect(box, tokens.window)
    middle, at = box.top() + box.height() / 2, left + px(theme.SPACE_12)
    chevron = QRectF(at, round(middle - px(6)), px(12), px(12))
    icons.draw(painter, "chevron-down" if line.head.opened else "chevron-right", tokens.ink2, chevron)
    at += px(20)
    words = line.head.name or line.head.key
    write(painter, words, at, middle, tokens.font("key"), tokens.ink2)
    at += width_of(words, tokens, "key") + px(6)
    write(painter, str(line.number), at, middle, tokens.font("secondary"), tokens.ink3)
    if note:
        at += width_of(str(line.number), tokens, "secondary") + px(16)
        write(painter, note, at, middle, tokens.font("caption"), tokens.ink3)
    painter.setPen(QPen(tokens.separator, 1))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    painter.restore()


def paint_row_head(painter: QPainter, box: QRect, line: Line, tokens: theme.Theme, current: bool) -> None:
    """A row's head: key and name one below the other, with the swatch of a code."""
    px, head = tokens.px, line.head
    painter.fillRect(box, tokens.accent_tint if current else tokens.panel)
    left = box.left() + px(theme.SPACE_12) + px(14) * head.depth
    middle = box.top() + px(14)
    if head.colour:
        side = px(9)
        paint_swatch(
            painter, QRectF(left, round(middle - side / 2), side, side), tokens.code(head.colour), head.emic
        )
        left += side + px(8)
    if line.kind == "foot":
        middle = box.top() + box.height() // 2
        words = elided(head.key, box.right() - left, tokens, "secondary")
        write(painter, words, left, middle, tokens.font("secondary"), tokens.ink2)
    else:
        _named(painter, box, left, middle, line, tokens)
    painter.setPen(QPen(tokens.separator, 1))
    painter.drawLine(box.topRight(), box.bottomRight())
    painter.drawLine(box.bottomLeft(), box.bottomRight())


def _named(painter: QPainter, box: QRect, left: int, middle: int, line: Line, tokens: theme.Theme) -> None:
    px, head = tokens.px, line.head
    right = box.right() - px(8) - (px(16) if head.below else 0)
    write(
        painter,
        elided(head.key, right - left, tokens, "panel"),
        left,
        middle,
        tokens.font("panel"),
        tokens.ink,
    )
    lines = max(1, (box.bottom() - middle - px(6)) // px(15))
    words = wrapped(head.name, box.right() - px(6) - left, lines, *tokens.letter("secondary"), False)
    for number, part in enumerate(words):
        write(painter, part, left, middle + px(17) + number * px(15), tokens.font("secondary"), tokens.ink2)
    if head.below:
        _chevron(painter, box, middle, head.opened, tokens)


def _chevron(painter: QPainter, box: QRect, middle: float, opened: bool, tokens: theme.Theme) -> None:
    side = tokens.px(12)
    place = QRectF(box.right() - side - tokens.px(8), round(middle - side / 2), side, side)
    icons.draw(painter, "chevron-down" if opened else "chevron-right", tokens.ink2, place)


def chevron_place(box: QRect, tokens: theme.Theme) -> QRect:
    """Where one clicks to open a head."""
    wide = tokens.px(theme.TARGET)
    return QRect(box.right() - wide - tokens.px(2), box.top(), wide + tokens.px(4), box.height())


def paint_column_head(
    painter: QPainter, box: QRect, column: Column, wide: bool, tokens: theme.Theme, current: bool
) -> None:
    """A column's head: swatch, key and, where it is wide, its name."""
    px, head = tokens.px, column.head
    painter.fillRect(box, tokens.panel)
    left, middle = box.left() + px(PAD), box.top() + box.height() / 2
    right = box.right() - px(8) - (px(18) if head.below and wide else 0)
    if head.colour:
        side = px(10)
        paint_swatch(
            painter, QRectF(left, round(middle - side / 2), side, side), tokens.code(head.colour), head.emic
        )
        left += side + px(8)
    if head.key:
        words = elided(head.key, right - left, tokens, "panel")
        write(painter, words, left, middle, tokens.font("panel"), tokens.ink)
        left += width_of(words, tokens, "panel") + px(8)
    if wide or not head.key:
        whole = width_of(head.name, tokens, "panel") <= right - left
        role = "secondary" if not head.key else "panel" if whole else "key"  # a long name takes two lines
        lines = wrapped(head.name, right - left, 2, *tokens.letter(role), False)
        for number, part in enumerate(lines):
            at = middle + (number - (len(lines) - 1) / 2) * px(14)
            write(painter, part, left, at, tokens.font(role), tokens.ink if head.key else tokens.ink2)
    if head.below and wide:
        _chevron(painter, box, middle, head.opened, tokens)
    painter.setPen(QPen(tokens.separator, 1))
    painter.drawLine(box.topRight(), box.bottomRight())
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    if current:
        frame(painter, box, tokens)
