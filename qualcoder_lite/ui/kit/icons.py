"""Icons: Lucide drawings, tinted in one colour and drawn crisp at any scale."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from qualcoder_lite.ui.kit import theme

_FOLDER = Path(__file__).parent / "icons"
_GRID = 24  # Lucide draws on a grid of 24


@lru_cache(maxsize=256)
def renderer(name: str, colour: str) -> QSvgRenderer:
    """The drawing of one icon in one colour, with the stroke that 16 pixels ask for."""
    stroke = theme.ICON_STROKE * _GRID / theme.ICON
    drawing = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    drawing = drawing.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(drawing.encode()))


def draw(painter: QPainter, name: str, colour: QColor, where: QRectF) -> None:
    """Draw one icon into a rectangle."""
    renderer(name, colour.name()).render(painter, where)


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """One icon as a picture of `size` pixels for a screen of this pixel ratio."""
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, name, colour, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, tokens: theme.Theme, tone: str = "ink2") -> QIcon:
    """One icon for actions and buttons, for screens of scale 1, 1.5, 2 and 3; greyed when disabled."""
    result = QIcon()
    size = tokens.px(theme.ICON)
    for mode, colour in ((QIcon.Mode.Normal, getattr(tokens, tone)), (QIcon.Mode.Disabled, tokens.border)):
        for ratio in (1.0, 1.5, 2.0, 3.0):
            result.addPixmap(pixmap(name, colour, size, ratio), mode)
    return result
