"""How a matrix is painted: strips of polarities, cells, badges, heads of rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap, QTextLayout, QTextOption

from qualcoder_lite.analysis.terms import SIGN_MARKS
from qualcoder_lite.ui.display.cells import SIGN_ORDER, Badge, Shown
from qualcoder_lite.ui.display.layout import Column, Line
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.mark_paint import paint_swatch
from qualcoder_lite.ui.kit.row_paint import elided, width_of, write

NO_BREAK = "\u00a0"
TICK, TICKS, PITCH = 5, 12, 6  # pixels; how many are drawn one by one
PAD, BAND_HIGH, NARROW, WIDE_LEAST = 10, 23, 69, 180
WIDE_TIGHT = 150  # pixels of a wide column where all are in sight then
ROW_TALL, HEAD_COLUMN, HEAD_LINE, FOOT_HIGH = 60, 148, 34, 28


@lru_cache(maxsize=8192)
def wrapped(words: str, width: int, lines: int, size: int, weight: int, italic: bool) -> tuple[str, ...]:
    """Words broken into at most so many lines of a width; the last is shortened where more would follow."""
    font, option = theme.letters(size, weight, italic), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    shown = words[: lines * max(8, width // 3)]  # no letter is narrower than three pixels
    layout = QTextLayout(shown, font)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[str] = []
    while len(found) < lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        start = line.textStart()
        found.append(shown[start : start + line.textLength()])
    end = line.textStart() + line.textLength() if found and line.isValid() else len(shown)
    layout.endLayout()
    if found and end < len(shown):
        rest = shown[end - len(found[-1]) :]
        found[-1] = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return tuple(line.rstrip() for line in found)


def paint_strip(
    painter: QPainter, x: float, base: float, signs: Sequence[int], tokens: theme.Theme, room: int = 10_000
) -> None:
    """One tick a coding: up and filled supports, down and hollow hinders; in numbers where it has no room."""
    total = sum(signs)
    if total > TICKS or total * tokens.px(PITCH) > room:
        _numbers(painter, x, base, signs, tokens)
        return
    picture = _strip(tuple(signs), tokens.name, tokens.scale, painter.device().devicePixelRatioF())
    painter.drawPixmap(round(x) - 1, round(base) - tokens.px(TICK) - 3, picture)


def strip_width(signs: Sequence[int], tokens: theme.Theme) -> int:
    """How wide a strip is painted where there is room for it."""
    total = sum(signs)
    if total <= TICKS:
        return total * tokens.px(PITCH)
    return sum(width_of(words, tokens, "key") + tokens.px(4) for _sign, words in _numbered(signs))


@lru_cache(maxsize=1024)
def _strip(signs: tuple[int, ...], name: str, scale: float, ratio: float) -> QPixmap:
    """The ticks of a strip as a picture for a screen of this pixel ratio; its base line is in the middle."""
    tokens = theme.theme(name, scale)
    wide, pitch = tokens.px(TICK), tokens.px(PITCH)
    width, height = sum(signs) * pitch + 2, 2 * wide + 6
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter, at = QPainter(picture), 1
    for sign, number in zip(SIGN_ORDER, signs, strict=True):
        for _each in range(number):
            _tick(painter, at, wide + 3, wide, sign, tokens)
            at += pitch
    painter.end()
    return picture


def _tick(painter: QPainter, x: int, base: int, wide: int, sign: str, tokens: theme.Theme) -> None:
    colour, high = tokens.polarity(sign), wide + 2
    up, down = QRect(x, base - high, wide, high), QRect(x, base, wide, high)
    if sign in ("+", "±"):
        painter.fillRect(up, colour)
    if sign in ("-", "±"):
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(down.adjusted(0, 0, -1, -1))
    if sign == "0":
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(x + 0.5, base - wide / 2 - 0.5, wide, wide))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        return
    painter.fillRect(QRect(x - 1, base - 1, wide + 2, 1), tokens.border if sign == "none" else colour)


def _numbered(signs: Sequence[int]) -> list[tuple[str, str]]:
    """The signs that a strip says in numbers, with their words."""
    named = zip(SIGN_ORDER, signs, strict=False)
    return [(sign, f"{SIGN_MARKS[sign]}{number}") for sign, number in named if number and sign != "none"]


def _numbers(painter: QPainter, x: float, base: float, signs: Sequence[int], tokens: theme.Theme) -> None:
    for sign, words in _numbered(signs):
        write(painter, words, x, base, tokens.font("key"), tokens.polarity(sign))
        x += width_of(words, tokens, "key") + tokens.px(4)


def paint_badge(painter: QPainter, right: float, middle: float, badge: Badge, tokens: theme.Theme) -> int:
    """A badge that ends at `right`; returns its width."""
    tone, icon, words = badge
    colour = tokens.ink2 if tone == "hover" else getattr(tokens, tone)
    ground: QColor = tokens.hover if tone == "hover" else getattr(tokens, f"{tone}_tint")
    side, pad = (tokens.px(12) if icon else 0), tokens.px(5)
    width = badge_width(badge, tokens)
    box = QRectF(right - width, round(middle - tokens.px(9)), width, tokens.px(18))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1) if tokens.name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, theme.RADIUS_CHIP, theme.RADIUS_CHIP)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    at = box.left() + pad
    if icon:
        icons.draw(painter, icon, colour, QRectF(at, round(middle - side / 2), side, side))
        at += side + tokens.px(4)
    write(painter, words, at, middle, tokens.font("caption"), colour)
    return round(width)


def badge_width(badge: Badge, tokens: theme.Theme) -> int:
    """How wide a badge is painted."""
    words = width_of(badge[2], tokens, "caption") if badge[2] else 0
    gap = tokens.px(4) if badge[1] and badge[2] else 0
    return words + 2 * tokens.px(5) + gap + (tokens.px(12) if badge[1] else 0)


def fitting(badges: Sequence[Badge], room: float, tokens: theme.Theme) -> Sequence[Badge]:
    """The badges with as many of their words as there is room for; one without an icon keeps them longest."""
    shown = list(badges)
    for number in sorted(range(len(badges)), key=lambda at: not badges[at][1]):
        if sum(badge_width(badge, tokens) + tokens.px(4) for badge in shown) <= room:
            break
        tone, icon, _words = badges[number]
        shown[number] = (tone, icon or "info", "")
    return shown


# Cells ---------------------------------------------------------------------------------------------------


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


# Heads ---------------------------------------------------------------------------------------------------


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


def frame(painter: QPainter, box: QRect, tokens: theme.Theme) -> None:
    """The ring of what has the keys, inside its edges."""
    painter.setPen(QPen(tokens.accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(1, 1, -1, -1))
