"""The text with its codings: the one view in which sources are read and coded.

It shows a `Page`, asks nothing of a study and changes nothing in it: what the person does leaves as signals.
Offsets are code points, end exclusive; places are pixels of the viewport.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
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

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text import accessible, frame, margin
from qualcoder_lite.ui.text.body import Placed, ranges_of
from qualcoder_lite.ui.text.caret import TextCaret
from qualcoder_lite.ui.text.keys import move_of
from qualcoder_lite.ui.text.mouse import Pointing
from qualcoder_lite.ui.text.page import Coding, Page
from qualcoder_lite.ui.text.paint import Decoration, decorate

FLASH = 120  # milliseconds
_AT_ONCE = 200_000  # characters up to which lines are numbered before the first paint
_KEPT = 400  # runs whose decorations are kept
CODE_DRAG = "application/x-qualcoder-lite-code"  # its bytes are handed on as they are


class TextView(TextCaret):
    """Shows a page with its codings; what the person does there leaves as signals."""

    coding_activated = Signal(object)  # the coding's id (bytes), or None
    coding_hovered = Signal(object)  # the coding's id (bytes), or None
    coding_resized = Signal(object, int, int)  # id, wished start and end
    code_dropped = Signal(object, int, int)  # what the drag carried (bytes), start and end of the selection
    code_dropped_on = Signal(object, object)  # what the drag carried (bytes), the coding's id
    menu_requested = Signal(QPoint, int, object)  # place on the screen, position, the coding's id or None

    def __init__(self, parent: QWidget | None = None, tokens: theme.Theme | None = None) -> None:
        """An empty view, in the light theme where no tokens are given."""
        theme.load_fonts()
        self.flashing = True  # off when the system asks for less motion
        self.hovered: Coding | None = None
        self.active: Coding | None = None
        self.resizing: tuple[int, int] | None = None
        self.flash: tuple[int, int] | None = None
        self.expanded: list[margin.Label] = []
        self.hits, self.hit = ranges_of([]), -1
        self.notes: Sequence[tuple[int, int, str]] = ()  # memos on words: start, end, what they say
        self.numbers: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._margin: margin.Margin | None = None
        self._lanes: dict[bytes, int] = {}
        self._decorations: dict[int, Decoration] = {}
        self._said = ""
        super().__init__(tokens or theme.theme(), parent)
        self.pointing = Pointing(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAcceptDrops(True)
        accessible.install()

    # What is shown

    def show_page(self, page: Page, position: int = 0) -> None:
        """Show a page from a position on; the caret stands there, nothing is selected or active."""
        self.hovered = self.active = self.resizing = self.flash = None
        self.hits, self.hit, self.notes = ranges_of([]), -1, ()
        self.numbers = np.zeros(0, dtype=np.int64)
        self._lanes.clear()
        self._decorations.clear()
        self.set_page(page, position)
        if len(page.text) <= _AT_ONCE:
            self._number_lines(page)
        else:
            QTimer.singleShot(0, self, lambda: self._number_lines(page))
        self.selection_changed.emit(self.caret, self.caret)

    def _number_lines(self, page: Page) -> None:
        """Number the lines by the page's rule; after the first paint where that takes a while."""
        if page is self.page and page.line_rule is not None:
            self.numbers = page.line_rule(page.text)
            self.viewport().update()

    def rearrange(self) -> None:
        """What is seen changes: the margin must follow."""
        self._margin, self.expanded = None, []
        super().rearrange()

    def restyle(self) -> None:
        """Set the text anew, and what codings draw on it."""
        self._decorations.clear()
        self._lanes.clear()
        super().restyle()

    def update_codings(self, added: Sequence[Coding] = (), removed: Iterable[bytes] = ()) -> None:
        """Add codings, replace those with a known id, take others away by id; the text stays where it is."""
        for start, end in self.body.codings.update(added, removed):
            for run in self.body.runs.covering(start, end):
                self._decorations.pop(run, None)
        known = self.body.codings.by_id
        self.active = known.get(self.active.id) if self.active else None
        self.hovered = known.get(self.hovered.id) if self.hovered else None
        self._margin, self.expanded = None, []
        self.viewport().update()

    def set_hits(self, hits: Sequence[tuple[int, int]], current: int = -1) -> None:
        """Mark found words, given in order; `current` is the index of the one to be shown, or -1."""
        self.hits, self.hit = ranges_of(hits), current
        if 0 <= current < len(hits):
            self.reveal(*hits[current], jump=True)
        self.viewport().update()

    def set_notes(self, notes: Sequence[tuple[int, int, str]]) -> None:
        """Underline the words on which there are memos."""
        self.notes = notes
        self.viewport().update()

    def go_to(self, start: int, end: int) -> None:
        """Jump to a passage: bring it into sight, set the caret to its start, let it flash."""
        self.steady = True
        self.set_selection(start, start)
        self.steady = False
        self.reveal(start, end, jump=True)
        if self.flashing:
            self.flash = start, end
            QTimer.singleShot(FLASH, self, self._end_flash)
            self.viewport().update()

    def _end_flash(self) -> None:
        self.flash = None
        self.viewport().update()

    def decoration(self, placed: Placed) -> Decoration:
        """What codings draw on a run, kept until they change."""
        run, layout = placed.run, placed.layout
        found = self._decorations.get(run)
        if found is None:
            if len(self._decorations) > _KEPT:
                self._decorations.clear()
            codings = self.body.codings
            indexes = codings.overlapping(layout.start, layout.end)
            lanes = codings.lanes(indexes)
            found = decorate(layout, [codings.items[index] for index in indexes], lanes, self.tokens)
            self._decorations[run] = found
        return found

    def side(self) -> margin.Margin:
        """Stripes and labels in sight."""
        if self._margin is None:
            seen = margin.seen(self.body, self.placed())
            height = self.viewport().height()
            self._margin = margin.arrange(seen, self.columns, self.tokens, height, self._lanes)
        return self._margin

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a frame."""
        painter = QPainter(self.viewport())
        frame.paint(self, painter, self.viewport().rect())
        painter.end()

    # Codings

    def codings_at_caret(self) -> list[Coding]:
        """The codings on the character at the caret, the shortest last."""
        return self.body.codings.at(self.caret)

    def codings_as_words(self) -> str:
        """The codings at the caret, as a screen reader says them."""
        return "; ".join(accessible.words_of(one) for one in self.codings_at_caret())

    def caret_moved(self) -> None:
        """Tell a screen reader, and say codings that it has not just said."""
        if accessible.heard():
            words = self.codings_as_words()
            accessible.tell(self, words if words != self._said else "")
            self._said = words

    def activate(self, coding: bytes | None) -> None:
        """Let one coding stand out, with handles at its ends and the caret at its start, or none."""
        found = self.body.codings.by_id.get(coding) if coding is not None else None
        if found is self.active and self.anchor == self.caret:
            return  # with words selected, handles stand at these: activating gives them to the coding
        self.active = found
        if found is not None:
            self.set_selection(found.start, found.start)
        self.viewport().update()
        self.coding_activated.emit(found.id if found else None)

    def step_coding(self, onward: bool) -> None:
        """Activate the next coding, or the one before, as they stand in the text, and bring it into sight."""
        codings = self.body.codings.items
        if self.active is not None:
            index = codings.index(self.active) + (1 if onward else -1)
        else:
            after = int(np.searchsorted(self.body.codings.starts, self.caret, "left"))
            index = after if onward else after - 1
        if 0 <= index < len(codings):
            self.activate(codings[index].id)
            self.reveal(codings[index].start, codings[index].end, jump=True)

    def point_at(self, coding: Coding | None) -> None:
        """Let the coding under the pointer stand out."""
        if coding is not self.hovered:
            self.hovered = coding
            self.viewport().update()
            self.coding_hovered.emit(coding.id if coding else None)

    def at_hand(self) -> Coding | None:
        """The coding that a key means: the active one, else the shortest at the caret."""
        found = self.codings_at_caret() if self.active is None else [self.active]
        return found[-1] if found else None

    def handle_ends(self) -> tuple[int, int] | None:
        """Between which positions handles stand: the selection, else the active coding, else nowhere."""
        if self.resizing is not None:
            return self.resizing
        start, end = self.selection()
        if start < end:
            return start, end
        return (self.active.start, self.active.end) if self.active else None

    def expand(self, labels: list[margin.Label]) -> None:
        """Open all labels of one place over the others, or close them."""
        if labels != self.expanded:
            self.expanded = labels
            self.viewport().update()

    def expand_at_caret(self) -> None:
        """Open all labels of the caret's place, as hovering `+2` does."""
        codings = self.codings_at_caret()
        top = round(self.caret_box(self.caret).top())
        self.expand(margin.stacked(codings, top, self.viewport().height(), self.tokens))

    def expanded_box(self) -> QRectF:
        """The ground of the opened labels."""
        if not self.expanded:
            return QRectF()
        top, row, pad = self.expanded[0].top, self.tokens.px(theme.LABEL_ROW), theme.SPACE_8
        height = row * len(self.expanded)
        return QRectF(self.columns.label - pad, top - 4, self.columns.label_width + 2 * pad, height + pad)

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
        """Say the whole of a label that is elided, or the memo on the words under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip_at(QPointF(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def _tip_at(self, place: QPointF) -> str:
        coding = self.pointing.margin_coding_at(place)
        if coding is not None:
            return accessible.words_of(coding)
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
