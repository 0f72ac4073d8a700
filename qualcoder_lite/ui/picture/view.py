"""A picture on the screen: it fits its frame or is larger, says what is pointed at, and leads to its cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from qualcoder_lite.export.pictures.drawing import NOWHERE, Box, Dot, Line, Mark, Picture, Words, reach
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.picture.paint import paint_mark

POINT = 96 / 72  # how many pixels a point is where nothing is enlarged
LEAST, USUAL, MOST = 0.3, 1.25, 6.0  # of that size; USUAL is the largest that fitting gives
READABLE = 0.75  # a picture that fits only smaller than this is scrolled instead
STEP = 1.25  # by one key or one turn of the wheel
NEAR = 4.0  # points: so near a line is pointed at
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
Shape = Box | Dot | Line


class PictureView(QAbstractScrollArea):
    """The picture; arrow keys go from mark to mark, Enter or a click leads to the cell of one."""

    place_chosen = Signal(str, str)
    pointed = Signal(str)

    def __init__(self, tokens: theme.Theme) -> None:
        """No picture yet."""
        super().__init__()
        self.tokens = tokens
        self.picture: Picture | None = None
        self.zoom = 0.0  # 0: as it fits
        self.current: Shape | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(tokens.px(24))
        self.horizontalScrollBar().setSingleStep(tokens.px(24))

    def show_picture(self, picture: Picture) -> None:
        """Show a picture; where it is another one, from its beginning and as it fits."""
        before, self.picture = self.picture, picture
        self.current = None
        if before is None or before.title != picture.title:
            self.zoom = 0.0
            self.verticalScrollBar().setValue(0)
            self.horizontalScrollBar().setValue(0)
        self.setAccessibleName(picture.title)
        self.setAccessibleDescription(" ".join(picture.notes))
        self._place()

    # Size

    @property
    def scale(self) -> float:
        """Pixels to a point of the picture."""
        natural = POINT * self.tokens.scale
        if self.zoom:
            return self.zoom * natural
        fit = self._fit()
        if fit >= READABLE * natural:
            return min(fit, USUAL * natural)
        across = self.viewport().width() / self.picture.width if self.picture else 1.0
        return max(READABLE * natural, min(across, natural))

    def _fit(self) -> float:
        size, picture = self.viewport().size(), self.picture
        return min(size.width() / picture.width, size.height() / picture.height) if picture else 1.0

    def show_whole(self) -> None:
        """Make the picture as large as lets all of it be seen."""
        natural = POINT * self.tokens.scale
        self.zoom = max(LEAST / 3, min(MOST, self._fit() / natural))
        self._place()

    def enlarge(self, times: float) -> None:
        """Make it larger or smaller around its middle."""
        natural, view = POINT * self.tokens.scale, self.viewport()
        before, middle = self.scale, QPointF(view.width() / 2, view.height() / 2)
        point = self._to_picture(middle)
        self.zoom = max(LEAST, min(MOST, before * times / natural))
        self._place()
        self.horizontalScrollBar().setValue(round(point.x() * self.scale - middle.x()))
        self.verticalScrollBar().setValue(round(point.y() * self.scale - middle.y()))

    def _place(self) -> None:
        """Give the scroll bars the room that the picture takes."""
        picture, view, scale = self.picture, self.viewport(), self.scale
        if picture is None:
            return
        for bar, long, seen in (
            (self.horizontalScrollBar(), picture.width * scale, view.width()),
            (self.verticalScrollBar(), picture.height * scale, view.height()),
        ):
            bar.setRange(0, max(0, round(long - seen)))
            bar.setPageStep(seen)
        view.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._place()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """Paint the part that is in sight."""
        self.viewport().update()

    def _corner(self) -> QPointF:
        """Where the upper left corner of the picture stands; a small one stands in the middle."""
        picture, view, scale = self.picture, self.viewport(), self.scale
        spare = (view.width() - picture.width * scale) / 2 if picture else 0.0
        return QPointF(
            max(0.0, spare) - self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
        )

    def _to_picture(self, point: QPointF) -> QPointF:
        return (point - self._corner()) / self.scale

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The marks that are in sight, and a frame around the one that is pointed at."""
        painter, picture, tokens = QPainter(self.viewport()), self.picture, self.tokens
        painter.fillRect(event.rect(), tokens.page)
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            seen = QRectF(event.rect())
            first, last = self._to_picture(seen.topLeft()), self._to_picture(seen.bottomRight())
            painter.translate(self._corner())
            painter.scale(self.scale, self.scale)
            for mark, (left, top, right, bottom) in zip(picture.marks, picture.reaches, strict=True):
                if top <= last.y() and bottom >= first.y() and left <= last.x() and right >= first.x():
                    paint_mark(painter, self._shown(mark), tokens.name)
            self._frame(painter)
        painter.end()

    def _shown(self, mark: Mark) -> Mark:
        """A mark as it is painted: a line that is pointed at has its full colour."""
        return mark._replace(share=1.0) if mark is self.current and isinstance(mark, Line) else mark

    def _frame(self, painter: QPainter) -> None:
        if self.current is None or isinstance(self.current, Line):  # a line stands out by its colour
            return
        painter.setPen(QPen(self.tokens.ink, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left, top, right, bottom = reach(self.current)
        painter.drawRect(QRectF(left, top, right - left, bottom - top).adjusted(-1, -1, 1, 1))

    # Pointing

    def mark_at(self, point: QPointF) -> Shape | None:
        """The mark that says something at a point of the view; the one on top."""
        if self.picture is None:
            return None
        at = self._to_picture(point)
        for mark, (left, top, right, bottom) in zip(
            reversed(self.picture.marks), reversed(self.picture.reaches), strict=True
        ):
            near = left - NEAR <= at.x() <= right + NEAR and top - NEAR <= at.y() <= bottom + NEAR
            if near and not isinstance(mark, Words) and mark.said and _lies_on(mark, at):
                return mark
        return None

    def saying(self) -> list[Shape]:
        """The marks that say something."""
        marks: tuple[Mark, ...] = self.picture.marks if self.picture else ()
        return [mark for mark in marks if not isinstance(mark, Words) and mark.said]

    def view_point(self, mark: Shape) -> QPointF:
        """Where the middle of a mark stands in the view."""
        return self._corner() + _middle(mark) * self.scale

    def point_at(self, mark: Shape | None) -> None:
        """Say what a mark shows."""
        if mark is self.current:
            return
        self.current = mark
        self.pointed.emit(mark.said if mark else "")
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what lies under the mouse."""
        mark = self.mark_at(event.position())
        leads = mark is not None and mark.place != NOWHERE
        shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.point_at(mark)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say beside the mouse what it points at."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), mark.said if mark else "", self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self.point_at(None)
        return super().viewportEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the cell of the mark."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.mark_at(event.position()))

    def _choose(self, mark: Shape | None) -> None:
        if mark is not None and mark.place != NOWHERE:
            self.place_chosen.emit(*mark.place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl larger or smaller; else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(STEP if event.angleDelta().y() > 0 else 1 / STEP)
            event.accept()
            return
        super().wheelEvent(event)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows: the next mark; Enter: its cell; + - 0: larger, smaller, as it fits."""
        key = Qt.Key(event.key())
        if key in ARROWS:
            self._walk(*ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.current)
        elif event.text() in ("+", "="):
            self.enlarge(STEP)
        elif event.text() == "-":
            self.enlarge(1 / STEP)
        elif event.text() == "0":
            self.show_whole()
        else:
            super().keyPressEvent(event)

    def _walk(self, across: int, down: int) -> None:
        """Point at the nearest mark in a direction, the first one where none is."""
        known = self.saying()
        if self.current is not None:
            here = _middle(self.current)
            known = [mark for mark in known if _ahead(here, mark, across, down) > 0]
            known.sort(key=lambda mark: _cost(here, mark, across, down))
        if known:
            self.point_at(known[0])
            self.setAccessibleDescription(known[0].said)
            self._into_sight(known[0])

    def _into_sight(self, mark: Shape) -> None:
        left, top, right, bottom = (value * self.scale for value in reach(mark))
        edge = self.tokens.px(12)
        for bar, first, last, seen in (
            (self.horizontalScrollBar(), left, right, self.viewport().width()),
            (self.verticalScrollBar(), top, bottom, self.viewport().height()),
        ):
            if last + edge > bar.value() + seen:
                bar.setValue(round(last + edge - seen))
            if first - edge < bar.value():
                bar.setValue(round(first - edge))


def _middle(mark: Shape) -> QPointF:
    left, top, right, bottom = reach(mark)
    return QPointF((left + right) / 2, (top + bottom) / 2)


def _ahead(here: QPointF, mark: Shape, across: int, down: int) -> float:
    way = _middle(mark) - here
    return way.x() * across + way.y() * down - 0.5


def _cost(here: QPointF, mark: Shape, across: int, down: int) -> float:
    """How far a mark is, aside counted thrice, so that one stays in the row or column."""
    way = _middle(mark) - here
    return abs(way.x() * across + way.y() * down) + 3 * abs(way.x() * down + way.y() * across)


def _lies_on(mark: Shape, at: QPointF) -> bool:
    if not isinstance(mark, Line):
        left, top, right, bottom = reach(mark)
        return left <= at.x() <= right and top <= at.y() <= bottom
    pairs = zip(mark.points, mark.points[1:], strict=False)
    return any(_off(at, QPointF(*one), QPointF(*other)) <= max(NEAR, mark.width / 2) for one, other in pairs)


def _off(at: QPointF, one: QPointF, other: QPointF) -> float:
    """How far a point is from a straight line between two."""
    along, from_one = other - one, at - one
    long = QPointF.dotProduct(along, along) or 1.0
    share = max(0.0, min(1.0, QPointF.dotProduct(from_one, along) / long))
    gap = from_one - along * share
    return float(QPointF.dotProduct(gap, gap) ** 0.5)
