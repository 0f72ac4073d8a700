"""Badges: a state as an icon and a word on a tint."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.row_paint import width_of, write

Badge = tuple[str, str, str]  # tone, icon, words


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
