"""The text with its codings: the one view in which sources are read and coded.

It shows a `Page`, asks nothing of a study and changes nothing in it: what the person does leaves as signals.
Offsets are code points, end exclusive; places are pixels of the viewport.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from qualcoder_lite.i18n import N_, _
from qualcoder_lite.lines import line_number
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text import accessible, frame
from qualcoder_lite.ui.text.coded import CodedText
from qualcoder_lite.ui.text.mouse import Pointing
from qualcoder_lite.ui.text.moves import move_of

LINE_WORDS = N_(
    "Line {number}, counted by the rule of this source as citations and exports do, not as lines wrap here."
)
CODE_DRAG = "application/x-qualcoder-lite-code"  # its bytes are handed on as they are


class TextView(CodedText):
    """Shows a page with its codings; what the person does there leaves as signals."""

    code_dropped = Signal(object, int, int)  # what the drag carried (bytes), start and end of the selection
    code_dropped_on = Signal(object, object)  # what the drag carried (bytes), the coding's id
    menu_requested = Signal(QPoint, int, object)  # place on the screen, position, the coding's id or None

    def __init__(self, parent: QWidget | None = None, tokens: theme.Theme | None = None) -> None:
        """An empty view, in the light theme where no tokens are given."""
        theme.load_fonts()
        self._said = ""
        super().__init__(tokens or theme.theme(), parent)
        self.pointing = Pointing(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAcceptDrops(True)
        accessible.installed()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a frame."""
        painter = QPainter(self.viewport())
        frame.paint(self, painter, self.viewport().rect())
        painter.end()

    def caret_moved(self) -> None:
        """Tell a screen reader, and say codings that it has not just said."""
        if accessible.heard():
            words = accessible.codings_as_words(self)
            accessible.tell(self, words if words != self._said else "")
            self._said = words

    # What the person does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select, copy; other keys are the window's."""
        move = move_of(event)
        if move is not None:
            self.move_caret(*move)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Escape and (self.expanded or self.active or self.anchor != self.caret):
            self.expand([])
            self.activate(None)
            self.set_selection(self.caret, self.caret)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select."""
        self.pointing.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self.pointing.double(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on selecting, or point."""
        self.pointing.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End selecting."""
        self.pointing.release(event)

    def leaveEvent(self, _event: QEvent) -> None:
        """Point at nothing."""
        self.expand([])
        self.point_at(None)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Show the caret's line."""
        self.viewport().update()

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        """Quieten the caret."""
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a place; one outside the selection takes the caret there first."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.caret_box(self.caret).center() if by_key else QPointF(event.pos())
        coding = self.pointing.coding_at(place)
        position = self.caret if by_key else self.position_at(place)
        start, end = self.selection()
        if not start <= position <= end and self.pointing.over_text(place):
            self.set_selection(position, position)
        self.menu_requested.emit(
            self.viewport().mapToGlobal(place.toPoint()), position, coding.id if coding else None
        )

    def viewportEvent(self, event: QEvent) -> bool:
        """Say the whole of an elided label, the memo on the words there, or what a line number counts."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip_at(QPointF(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def _tip_at(self, place: QPointF) -> str:
        coding = self.pointing.margin_coding_at(place)
        if coding is not None:
            return accessible.words_of(coding)
        if place.x() <= self.columns.number_right + theme.SPACE_8 and len(self.numbers):
            number = line_number(self.numbers, self.position_at(QPointF(self.columns.text, place.y())))
            return _(LINE_WORDS).format(number=number)
        at = self.position_at(place) if self.pointing.over_text(place) else -1
        return "\n\n".join(words for start, end, words in self.notes if start <= at < end)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take codes."""
        event.setAccepted(event.mimeData().hasFormat(CODE_DRAG))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take a code on the selection or on a coding in the margin; the coding under it stands out."""
        coding = self.pointing.margin_coding_at(event.position())
        self.point_at(coding)
        start, end = self.selection()
        event.setAccepted(event.mimeData().hasFormat(CODE_DRAG) and (coding is not None or start < end))

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Point at nothing."""
        self.point_at(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on a code that was dropped."""
        carried = bytes(event.mimeData().data(CODE_DRAG).data())
        coding = self.pointing.margin_coding_at(event.position())
        self.point_at(None)
        event.acceptProposedAction()
        if coding is not None:
            self.code_dropped_on.emit(carried, coding.id)
        elif self.selection()[0] < self.selection()[1]:
            self.code_dropped.emit(carried, *self.selection())
