"""Small marks that carry a meaning by their shape: swatches of codes and polarities."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from qualcoder_lite.ui.kit import theme


def paint_swatch(painter: QPainter, box: QRectF, colour: QColor, emic: bool) -> None:
    """The square of a code: filled for etic, dashed outline for emic."""
    if emic:
        _corners(painter, box, colour)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, theme.RADIUS_SWATCH, theme.RADIUS_SWATCH)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _corners(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A dashed square: its four corners, whole pixels each."""
    arm, thick = round(box.width() * 0.38), max(1.0, box.width() / 6)
    for left in (box.left(), box.right() - arm):
        for y in (box.top(), box.bottom() - thick):
            painter.fillRect(QRectF(left, y, arm, thick), colour)
    for top in (box.top(), box.bottom() - arm):
        for x in (box.left(), box.right() - thick):
            painter.fillRect(QRectF(x, top, thick, arm), colour)


def paint_polarity(painter: QPainter, box: QRectF, sign: str | None, tokens: theme.Theme) -> None:
    """The shape of a polarity: disc with plus, square with bar, ring, half-filled diamond, dotted ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    {"+": _supports, "-": _hinders, "0": _neutral, "±": _ambivalent}.get(sign or "", _none)(
        painter, box, tokens
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _outline(painter: QPainter, colour: QColor, width: float = 1.5) -> None:
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _supports(painter: QPainter, box: QRectF, tokens: theme.Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.supports)
    painter.drawEllipse(box)
    middle, arm = box.center(), box.width() * 0.27
    _outline(painter, tokens.page)
    painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
    painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))


def _hinders(painter: QPainter, box: QRectF, tokens: theme.Theme) -> None:
    _outline(painter, tokens.hinders)
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 1, 1)
    middle, arm = box.center(), box.width() * 0.23
    painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))


def _neutral(painter: QPainter, box: QRectF, tokens: theme.Theme) -> None:
    _outline(painter, tokens.neutral)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _ambivalent(painter: QPainter, box: QRectF, tokens: theme.Theme) -> None:
    middle = box.center()
    top, right = QPointF(middle.x(), box.top()), QPointF(box.right(), middle.y())
    bottom, left = QPointF(middle.x(), box.bottom()), QPointF(box.left(), middle.y())
    _outline(painter, tokens.ambivalent, 1.2)
    painter.drawPolygon(QPolygonF([top, right, bottom, left]))
    painter.setBrush(tokens.ambivalent)
    painter.drawPolygon(QPolygonF([top, bottom, left]))


def _none(painter: QPainter, box: QRectF, tokens: theme.Theme) -> None:
    pen = QPen(tokens.border, 1.3)
    pen.setDashPattern([1.0, 1.6])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))


@lru_cache(maxsize=4)
def star_shape(size: float) -> QPolygonF:
    """A star of five points in a square of this size."""
    middle, points = size / 2, []
    for number in range(10):
        reach = middle if number % 2 == 0 else middle * 0.42
        angle = -pi / 2 + number * pi / 5
        points.append(QPointF(middle + reach * cos(angle), middle + reach * sin(angle)))
    return QPolygonF(points)


def paint_star(painter: QPainter, place: QPointF, size: float, colour: QColor) -> None:
    """A filled star, for a starred coding."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(star_shape(size).translated(place))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
