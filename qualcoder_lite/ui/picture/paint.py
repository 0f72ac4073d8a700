"""Painting a picture: into the window, or into an image as it is printed."""

from __future__ import annotations

import os
from functools import cache, lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QImageWriter, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from qualcoder_lite.colours import tones
from qualcoder_lite.export.formats.svg import WEIGHT, colour, ink_of
from qualcoder_lite.export.pictures.drawing import BASELINE, Box, Dot, Line, Mark, Picture, Words
from qualcoder_lite.export.pictures.letters import SIZES, width_of
from qualcoder_lite.ui.kit import theme

PRINTED, INCH = 300, 72  # dots and points to an inch
METRE = 39.3701  # inches


def paint_picture(painter: QPainter, picture: Picture, name: str) -> None:
    """Draw the marks in a theme."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in picture.marks:
        paint_mark(painter, mark, name)


def _extent(mark: Box | Dot) -> QRectF:
    if isinstance(mark, Box):
        return QRectF(mark.x, mark.y, mark.width, mark.height)
    return QRectF(mark.x - mark.radius, mark.y - mark.radius, 2 * mark.radius, 2 * mark.radius)


def paint_mark(painter: QPainter, mark: Mark, name: str) -> None:
    """Draw one mark in a theme."""
    if isinstance(mark, Words):
        _write(painter, mark, name)
        return
    ground = _tint(mark.tone, mark.share, name)
    if isinstance(mark, Line):
        style = Qt.PenStyle.DashLine if mark.dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(ground, mark.width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in mark.points]))
        return
    painter.setPen(QPen(QColor(tones(name)[mark.edge]), 0.5) if mark.edge else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    (painter.drawRect if isinstance(mark, Box) else painter.drawEllipse)(_extent(mark))


def _write(painter: QPainter, words: Words, name: str) -> None:
    """Words at their place."""
    size, bold = SIZES[words.size]
    width = width_of(words.text, words.size)
    before = {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
    painter.setFont(_font(size, bold))
    painter.setPen(QColor(ink_of(words, name)))
    painter.drawText(QPointF(words.x - before, words.y + BASELINE * size), words.text)


@lru_cache(maxsize=4096)
def _tint(tone: str, share: float, name: str) -> QColor:
    """The colour of a mark; treat it as read-only."""
    return QColor(colour(tone, share, name))


@lru_cache
def _font(points: float, bold: bool) -> QFont:
    """The letters of pictures; a unit of the painter is a point."""
    font = QFont(theme.letters(round(points), WEIGHT if bold else 400))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def image_of(picture: Picture, name: str = "light", dots: float = PRINTED) -> QImage:
    """A picture as an image with so many dots to an inch; it knows how large it is to be printed."""
    scale = dots / INCH
    size = (QSizeF(picture.width, picture.height) * scale).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(tones(name)["page"]))
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint_picture(painter, picture, name)
    painter.end()
    image.setDotsPerMeterX(round(dots * METRE))
    image.setDotsPerMeterY(round(dots * METRE))
    return image


def png_of(picture: Picture) -> bytes:
    """A picture as a PNG in the light theme, which is what gets printed."""
    data = QBuffer()
    QImageWriter(data, QByteArray(b"PNG")).write(image_of(picture))
    return bytes(data.data().data())


def paint_alone(picture: Picture) -> bytes:
    """A picture as a PNG where no window is: Qt is started without a screen."""
    if QApplication.instance() is None:
        _application_alone()
    theme.load_fonts()
    return png_of(picture)


@cache
def _application_alone() -> QApplication:
    """Qt without a screen, of the kind that a window needs; kept, since it must outlive what it paints."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QApplication(["qualcoder-lite"])
