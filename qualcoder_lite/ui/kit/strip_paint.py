"""Strips of signs: one tick a coding, or numbers where it has no room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from qualcoder_lite.signs import SIGN_MARKS, SIGN_ORDER
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.row_paint import width_of, write

TICK, TICKS, PITCH = 5, 12, 6  # pixels; how many are drawn one by one


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
