"""The text with what codings draw on it: which stand out, which labels are open, which words were found.

The caret and what is seen come from below; keys, mouse and screen readers are built on this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtWidgets import QWidget

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text import margin
from qualcoder_lite.ui.text.body import Placed, ranges_of
from qualcoder_lite.ui.text.caret import TextCaret
from qualcoder_lite.ui.text.page import Coding, Page
from qualcoder_lite.ui.text.paint import Decoration, decorate

FLASH = 120  # milliseconds
_AT_ONCE = 200_000  # characters up to which lines are numbered before the first paint
_KEPT = 400  # runs whose decorations are kept


class CodedText(TextCaret):
    """A page in which one selects, with its codings."""

    coding_activated = Signal(object)  # the coding's id (bytes), or None
    coding_hovered = Signal(object)  # the coding's id (bytes), or None
    coding_resized = Signal(object, int, int)  # id, wished start and end

    def __init__(self, tokens: theme.Theme, parent: QWidget | None = None) -> None:
        """An empty page."""
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
        super().__init__(tokens, parent)

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

    # Codings

    def codings_at_caret(self) -> list[Coding]:
        """The codings on the character at the caret, the shortest last."""
        return self.body.codings.at(self.caret)

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

    def attend(self, coding: bytes) -> None:
        """Let one coding stand out with nothing selected; the caret stays where it is, or at its near end."""
        found = self.body.codings.by_id.get(coding)
        caret = self.caret if found is None else min(max(self.caret, found.start), found.end)
        self.active = found
        self.steady = True
        self.set_selection(caret, caret)
        self.steady = False
        self.viewport().update()

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
