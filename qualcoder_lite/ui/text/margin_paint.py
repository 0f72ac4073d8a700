"""How the margin is painted: stripes, labels, line numbers and speakers."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from qualcoder_lite.i18n import _, language
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.mark_paint import paint_polarity, paint_star, paint_swatch
from qualcoder_lite.ui.text.body import Placed, TextBody
from qualcoder_lite.ui.text.columns import Columns
from qualcoder_lite.ui.text.margin import Label, Stripe
from qualcoder_lite.ui.text.page import ROLE_WORDS, Coding, Turn

_WIDER = 1  # pixel to each side of a stripe that stands out
_EVERY = 5  # line is numbered


@lru_cache(maxsize=4096)
def elided(words: str, width: int, font_key: tuple[int, int]) -> str:
    """Words shortened to a width in letters of a (size, weight)."""
    return QFontMetricsF(theme.letters(*font_key)).elidedText(words, Qt.TextElideMode.ElideRight, width)


@lru_cache(maxsize=4096)
def advance(words: str, font_key: tuple[int, int]) -> float:
    """The width of words in letters of a (size, weight)."""
    return QFontMetricsF(theme.letters(*font_key)).horizontalAdvance(words)


def paint_stripes(
    painter: QPainter, stripes: Sequence[Stripe], pointed: Set[bytes], tokens: theme.Theme, height: int
) -> None:
    """The stripes, those of codings that stand out a little wider; emic ones dashed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for coding, left, top, bottom, width in stripes:
        wide = _WIDER if coding.id in pointed else 0
        top, bottom = max(top, -height), min(bottom, 2 * height)
        painter.setBrush(tokens.code(coding.colour))
        radius = min(width, theme.STRIPE) / 2
        if coding.perspective != "emic":
            painter.drawRoundedRect(QRectF(left - wide, top, width + 2 * wide, bottom - top), radius, radius)
            continue
        for y in range(top, bottom, theme.STRIPE_DASH + theme.STRIPE_GAP):
            painter.drawRect(QRectF(left - wide, y, width + 2 * wide, min(theme.STRIPE_DASH, bottom - y)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_label(
    painter: QPainter, label: Label, columns: Columns, tokens: theme.Theme, state: str = ""
) -> None:
    """One label; `state` is caret, hovered, active or empty."""
    row, middle = tokens.px(theme.LABEL_ROW), label.top + tokens.px(theme.LABEL_ROW) / 2
    x, right = columns.label, columns.label + columns.label_width
    if state:
        _backdrop(
            painter,
            QRectF(x - theme.LABEL_PAD, label.top, right - x + 2 * theme.LABEL_PAD, row),
            state,
            tokens,
        )
    coding = label.coding
    swatch, mark = tokens.px(theme.SWATCH), tokens.px(theme.MARK_SIZE)
    square = QRectF(x, round(middle - swatch / 2), swatch, swatch)
    paint_swatch(painter, square, tokens.code(coding.colour), coding.perspective == "emic")
    x += swatch + theme.LABEL_PAD
    key_font, name_font = tokens.letter("key"), tokens.letter("label")
    right = _more(painter, label, right, middle, tokens)
    words = elided(coding.key, max(0, right - x), key_font)
    _write(painter, words, x, middle, key_font, tokens.ink)
    x += round(advance(words, key_font)) + theme.LABEL_PAD
    paint_polarity(painter, QRectF(x, round(middle - mark / 2), mark, mark), coding.polarity, tokens)
    x += mark + theme.LABEL_PAD
    if columns.labels != "names":
        return
    right = _flags(painter, coding, right, middle, tokens)
    said = f"{coding.coder}: {coding.name}" if coding.coder else coding.name
    _write(painter, elided(said, max(0, right - x), name_font), x, middle, name_font, tokens.ink2)


def _backdrop(painter: QPainter, box: QRectF, state: str, tokens: theme.Theme) -> None:
    """The ground of a label that stands out, told by a frame or bar too."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.separator, 1) if state != "active" else Qt.PenStyle.NoPen)
    painter.setBrush(tokens.accent_tint if state == "active" else tokens.hover)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_CHIP, theme.RADIUS_CHIP)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if state == "active":
        painter.fillRect(QRectF(box.left(), box.top(), theme.BAR, box.height()), tokens.accent)


def _more(painter: QPainter, label: Label, right: int, middle: float, tokens: theme.Theme) -> int:
    """The chip `+2` at the right of a label; returns where the room now ends."""
    if not label.more:
        return right
    words, font = f"+{len(label.more)}", tokens.letter("chip")
    width = round(advance(words, font)) + 2 * theme.CHIP_PAD
    box = QRectF(right - width, round(middle) - theme.SPACE_8, width, theme.SPACE_16)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.hover)
    painter.drawRoundedRect(box, theme.RADIUS_CHIP, theme.RADIUS_CHIP)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    _write(painter, words, box.left() + theme.CHIP_PAD, middle, font, tokens.ink2)
    return right - width - theme.CHIP_PAD


def _flags(painter: QPainter, coding: Coding, right: int, middle: float, tokens: theme.Theme) -> int:
    """Star and memo at the right of a label; returns where the room now ends."""
    if coding.starred:
        right -= theme.STAR
        paint_star(painter, QPointF(right, round(middle) - theme.STAR / 2), theme.STAR, tokens.ink3)
        right -= theme.LABEL_PAD
    if coding.memo:
        right -= theme.STAR
        icons.draw(
            painter,
            "sticky-note",
            tokens.ink3,
            QRectF(right, round(middle) - theme.STAR / 2, theme.STAR, theme.STAR),
        )
        right -= theme.LABEL_PAD
    return right


@lru_cache(maxsize=32)
def _drop(font_key: tuple[int, int]) -> float:
    """From the middle of a row to the base line."""
    metrics = QFontMetricsF(theme.letters(*font_key))
    return (metrics.ascent() - metrics.descent()) / 2


def _write(
    painter: QPainter, words: str, x: float, middle: float, font_key: tuple[int, int], colour: QColor
) -> None:
    """Words on the base line that centres them on a height."""
    painter.setFont(theme.letters(*font_key))
    painter.setPen(colour)
    painter.drawText(QPointF(x, round(middle + _drop(font_key))), words)


def clock(time: int) -> str:
    """A time of the recording in milliseconds as hours, minutes and seconds, by the language's custom."""
    seconds = time // 1000
    mark = "." if language() == "id" else ":"
    return f"{seconds // 3600:02}{mark}{seconds // 60 % 60:02}{mark}{seconds % 60:02}"


def paint_speakers(
    painter: QPainter, body: TextBody, placed: Sequence[Placed], columns: Columns, tokens: theme.Theme
) -> None:
    """Who speaks, beside the first line of each turn, or at the window's top where one goes on from above."""
    turns = body.runs.turn
    for number, run in enumerate(placed):
        turn = int(turns[run.run])
        begins = run.run == 0 or turns[run.run - 1] != turn
        if turn < 0 or not (begins or number == 0):
            continue
        baseline = run.y + run.layout.look.gap + run.layout.ascent
        bottom = max(one.bottom for one in placed[number:] if turns[one.run] == turn)
        if baseline < run.layout.ascent or not begins:
            room = bottom - run.layout.line_height + run.layout.ascent
            baseline = (
                min(max(baseline, run.layout.ascent), room) if not begins else min(run.layout.ascent, room)
            )
        _speaker(painter, body.page.turns[turn], columns, baseline, tokens)


def _speaker(painter: QPainter, turn: Turn, columns: Columns, baseline: float, tokens: theme.Theme) -> None:
    """Alias and role on one line, the time below; an interviewer quieter and without time."""
    quiet = turn.role == "interviewer"
    name_font, role_font = tokens.letter("label" if quiet else "key"), tokens.letter("caption")
    x, width = columns.speaker, columns.speaker_width
    name = elided(turn.speaker, width, name_font)
    painter.setFont(theme.letters(*name_font))
    painter.setPen(tokens.ink3 if quiet else tokens.ink)
    painter.drawText(QPointF(x, baseline), name)
    role_x = x + round(advance(name, name_font)) + theme.LABEL_PAD
    role = elided(_(ROLE_WORDS[turn.role]), x + width - role_x, role_font)
    painter.setFont(theme.letters(*role_font))
    painter.setPen(tokens.ink3 if quiet else tokens.ink2)
    if x + width - role_x > tokens.px(theme.SPACE_24):
        painter.drawText(QPointF(role_x, baseline), role)
    if turn.time is not None and not quiet:
        painter.drawText(QPointF(x, baseline + tokens.line("interface")), clock(turn.time))


def paint_numbers(
    painter: QPainter,
    body: TextBody,
    placed: Sequence[Placed],
    numbers: NDArray[np.int64],
    caret: int | None,
    columns: Columns,
    tokens: theme.Theme,
) -> None:
    """The number of every fifth numbered line and of the caret's, beside the line in which it starts."""
    at_caret = -1 if caret is None else int(np.searchsorted(numbers, caret, "right"))
    painter.setFont(tokens.font("caption"))
    for run in placed:
        first = (
            int(body.runs.ends[run.run - 1]) + 1 if run.run and body.runs.opens[run.run] else run.layout.start
        )
        begins = [min(first, run.layout.start), *(run.layout.point(unit) for unit in run.layout.begins[1:])]
        counts = np.searchsorted(numbers, [*begins, run.layout.end]).tolist()
        for line, (before, until) in enumerate(pairwise(counts)):
            number = _number(before + 1, until, at_caret)
            if number:
                y = run.y + run.layout.line_top(line) + run.layout.ascent
                painter.setPen(tokens.ink if number == at_caret else tokens.ink3)
                x = columns.number_right - advance(str(number), tokens.letter("caption"))
                painter.drawText(QPointF(x, y), str(number))


def _number(first: int, last: int, at_caret: int) -> int:
    """Which of the numbers that start in one line is shown; 0 for none."""
    if first <= at_caret <= last:
        return at_caret
    fifth = -(-first // _EVERY) * _EVERY
    return fifth if fifth <= last else 0
