"""What the mouse does in the text view: select, take hold of handles, point at codings, drag.

Dragging selects anew, also inside a selection: only handles make one longer or shorter, and
only what is held still for a moment is carried away.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text import frame, select
from qualcoder_lite.ui.text.coded import CodedText
from qualcoder_lite.ui.text.margin import Label
from qualcoder_lite.ui.text.page import Coding

SELECTION_DRAG = "application/x-qualcoder-lite-selection"  # start and end, with a space between
_TICK = 30  # milliseconds between two steps of scrolling while dragging


class Pointing:
    """The state of one press of the mouse until its release."""

    def __init__(self, view: CodedText) -> None:
        """Nothing is pressed."""
        self.view = view
        self.by = (
            ""  # what a drag selects: character, word, paragraph, handle start, handle end; inside, drag
        )
        self.unit = (0, 0)  # the word or paragraph where the drag began
        self.pressed = QPointF()
        self.place = QPointF()
        self._double_place, self._double_time = QPointF(), 0
        self._timer = QTimer(view)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._scroll)
        self._hold = QTimer(view, singleShot=True)
        self._hold.timeout.connect(self._held)

    def press(self, event: QMouseEvent) -> None:
        """Begin to select, or activate the coding at a stripe or label."""
        view, place = self.view, event.position()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.pressed = self.place = place
        if self._activates(place):
            return
        handle = self._handle_at(place)
        position = view.position_at(place)
        start, end = view.selection()
        view.steady = True
        if handle:
            self._take_handle(handle)
        elif self._third_click(event):
            self._begin("paragraph", select.paragraph_at(view.page.text, position))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.by = "character"
            view.set_selection(view.anchor, position)
        elif start <= position < end and self.over_text(place):
            self.by = "inside"
            self._hold.start(QGuiApplication.styleHints().startDragTime())
        else:
            self._begin_anew(position)

    def double(self, event: QMouseEvent) -> None:
        """Select the word, and go on by words."""
        if event.button() != Qt.MouseButton.LeftButton or self._activates(event.position()):
            return
        self._double_place, self._double_time = event.position(), event.timestamp()
        self.pressed = self.place = event.position()
        self._begin("word", self.view.word_at(self.position_under(event.position())))

    def move(self, event: QMouseEvent) -> None:
        """Go on selecting, or tell which coding is under the pointer."""
        self.place = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self.hover(self.place)
            return
        if self.by in ("inside", "drag"):
            if (self.place - self.pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._hold.stop()
            if self.by == "drag":
                self.by = ""
                self._drag()
                return
            self._begin_anew(self.view.position_at(self.pressed))
        if self.by:
            self._extend()
            outside = not 0 <= self.place.y() < self.view.viewport().height()
            if outside and not self._timer.isActive():
                self._timer.start()
            elif not outside:
                self._timer.stop()

    def release(self, event: QMouseEvent) -> None:
        """End what was begun."""
        self._timer.stop()
        self._hold.stop()
        self.view.steady = False
        view, by = self.view, self.by
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.by = ""
        if by in ("inside", "drag"):  # a click into the selection
            self._begin_anew(view.position_at(event.position()))
            self.by = ""
            self.hover(event.position())
        elif by.startswith("handle") and view.resizing and view.active:
            (start, end), view.resizing = select.trimmed(view.page.text, *view.resizing), None
            if (start, end) != (view.active.start, view.active.end) and start < end:
                view.coding_resized.emit(view.active.id, start, end)
            view.viewport().update()

    def hover(self, place: QPointF) -> None:
        """Tell which coding is under the pointer, and open what `+2` holds."""
        view = self.view
        label = self.label_at(place)
        if label is not None and label.more and not view.expanded:
            view.expand(frame.expanded(view, label))
        elif view.expanded and not view.expanded_box().contains(place):
            view.expand([])
        view.point_at(self.coding_at(place))
        over_text = self.over_text(place) and not self._handle_at(place)
        view.viewport().setCursor(Qt.CursorShape.IBeamCursor if over_text else Qt.CursorShape.ArrowCursor)

    # What is where

    def label_at(self, place: QPointF) -> Label | None:
        """The label at a place."""
        view = self.view
        left = view.columns.label - theme.LABEL_PAD
        if (
            view.columns.labels == "none"
            or not left <= place.x() <= left + view.columns.label_width + theme.SPACE_12
        ):
            return None
        row = view.tokens.px(theme.LABEL_ROW)
        for label in view.expanded or view.side().labels:
            if label.top <= place.y() < label.top + row:
                return label
        return None

    def margin_coding_at(self, place: QPointF) -> Coding | None:
        """The coding whose label or stripe is at a place."""
        label = self.label_at(place)
        return label.coding if label else self.view.side().stripe_at(place.x(), place.y())

    def coding_at(self, place: QPointF) -> Coding | None:
        """The coding at a place of the margin, or the shortest on the letter there."""
        coding = self.margin_coding_at(place)
        if coding is not None or not self.over_text(place):
            return coding
        codings = self.view.body.codings.at(self.position_under(place))
        return codings[-1] if codings else None

    def over_text(self, place: QPointF) -> bool:
        """Tell whether a place is in the text column."""
        columns = self.view.columns
        return columns.text <= place.x() < columns.text + columns.text_width

    def position_under(self, place: QPointF) -> int:
        """The position of the character under a place (the nearest edge may be its end)."""
        view = self.view
        position = view.position_at(place)
        if place.x() < view.caret_box(position).left():
            layout = view.body.layout(view.body.runs.at(position))
            before = layout.next_position(position, forward=False)
            if before is not None and layout.line_at(before) == layout.line_at(position) and not layout.mixed:
                return before
        return position

    def _activates(self, place: QPointF) -> bool:
        coding = self.margin_coding_at(place)
        if coding is not None:
            self.by = ""
            self.view.activate(coding.id)
        return coding is not None

    def _handle_at(self, place: QPointF) -> str:
        """The handle at a place: start, end or none."""
        ends = self.view.handle_ends()
        reach = self.view.tokens.px(theme.TARGET) / 2
        for position, name in zip(ends or (), ("start", "end"), strict=bool(ends)):
            caret = self.view.caret_box(position)
            y = caret.top() if name == "start" else caret.bottom()
            target = QRectF(caret.center().x() - reach / 2, y - reach, reach, 2 * reach)
            beyond = (
                target.top() <= place.y() <= caret.top() if name == "start" else place.y() >= caret.bottom()
            )
            if target.contains(place) and beyond:
                return name
        return ""

    def _third_click(self, event: QMouseEvent) -> bool:
        near = (event.position() - self._double_place).manhattanLength() < QApplication.startDragDistance()
        soon = event.timestamp() - self._double_time < QGuiApplication.styleHints().mouseDoubleClickInterval()
        return bool(self._double_time) and near and soon

    # Dragging

    def _begin(self, by: str, unit: tuple[int, int]) -> None:
        self.by, self.unit = by, unit
        self.view.set_selection(*unit)

    def _begin_anew(self, position: int) -> None:
        """Select from a position on; what was selected or stood out no longer does."""
        self.by = "character"
        self.view.activate(None)
        self.view.set_selection(position, position)

    def _held(self) -> None:
        """The button was held still inside the selection: it can be carried away."""
        if self.by == "inside":
            self.by = "drag"
            self.view.viewport().setCursor(Qt.CursorShape.OpenHandCursor)

    def _take_handle(self, name: str) -> None:
        """Hold one end of the selection or of the active coding."""
        view = self.view
        self.by = f"handle {name}"
        start, end = view.handle_ends() or (0, 0)
        if view.selection()[0] == view.selection()[1]:
            view.resizing = (start, end)
        self.unit = (end, end) if name == "start" else (start, start)

    def _extend(self) -> None:
        """Select from where the drag began to the pointer, by its unit."""
        view = self.view
        position = view.position_at(self.place)
        if view.resizing is not None:
            view.resizing = (min(self.unit[0], position), max(self.unit[0], position))
            view.viewport().update()
            return
        if self.by == "character":
            view.set_selection(view.anchor, position)
            return
        start, end = position, position
        if self.by == "word":
            start, end = select.word_at(view.page.text, position)
        elif self.by == "paragraph":
            start, end = select.paragraph_at(view.page.text, position)
        if position < self.unit[0]:
            view.set_selection(self.unit[1], start)
        else:
            view.set_selection(self.unit[0], max(end, self.unit[1]))

    def _scroll(self) -> None:
        """Scroll while the pointer is held outside, faster the further it is."""
        bar, height = self.view.verticalScrollBar(), self.view.viewport().height()
        beyond = self.place.y() - (height if self.place.y() >= height else 0)
        bar.setValue(bar.value() + round(beyond / 2))
        self._extend()

    def _drag(self) -> None:
        """Carry the selection out of the view, to a code."""
        drag = QDrag(self.view)
        data = QMimeData()
        start, end = self.view.selection()
        data.setText(self.view.page.text[start:end])
        data.setData(SELECTION_DRAG, f"{start} {end}".encode())
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)
        self.hover(self.place)
