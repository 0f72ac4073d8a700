"""The caret and the selection of the text view: by place, key, word, sentence, paragraph and turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QWidget

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text import moves, select
from qualcoder_lite.ui.text.page import Page
from qualcoder_lite.ui.text.scroll import TextScroll


class TextCaret(TextScroll):
    """A page in a window in which one selects; offsets are code points, end exclusive."""

    selection_changed = Signal(int, int)  # start and end; equal when only the caret moved

    def __init__(self, tokens: theme.Theme, parent: QWidget | None = None) -> None:
        """The caret stands at the start."""
        super().__init__(tokens, parent)
        self.copy_format: Callable[[str, int, int], str] | None = None  # text, start, end -> what is copied
        self.anchor = self.caret = 0
        self.steady = False  # the caret moves without being brought into sight
        self._wished_x: float | None = None
        self._grown: list[tuple[tuple[int, int], tuple[int, int]]] = []  # what was selected, what then was

    def set_page(self, page: Page, position: int = 0) -> None:
        """Take another page; the caret stands at a position, nothing is selected."""
        super().set_page(page, position)
        self.anchor = self.caret = self.body.runs.snapped(position)
        self._wished_x = None
        self._grown = []

    def selection(self) -> tuple[int, int]:
        """Start and end of what is selected; both the caret where nothing is."""
        return min(self.anchor, self.caret), max(self.anchor, self.caret)

    def set_selection(self, anchor: int, caret: int) -> None:
        """Select from one position to another, at which the caret then stands; bring it into sight."""
        shown = self.body.runs.snapped
        self._wished_x = None
        if (shown(anchor), shown(caret)) == (self.anchor, self.caret):
            return
        self.anchor, self.caret = shown(anchor), shown(caret)
        if not self.steady:
            self.reveal(self.caret, self.caret)
        self.viewport().update()
        self.caret_moved()
        self.selection_changed.emit(*self.selection())

    def caret_moved(self) -> None:
        """The caret or the selection moved; for what follows it."""

    def select(self, start: int, end: int) -> None:
        """Select a range and bring it into sight, its start at least."""
        self.set_selection(start, end)
        self.reveal(*self.selection())

    def select_word(self) -> None:
        """Select the word at the caret."""
        self.select(*self.word_at(self.caret))

    def select_sentence(self) -> None:
        """Select the sentence at the caret, never across the edge of a turn."""
        self.select(*select.sentence_in(self.page, self.caret))

    def select_paragraph(self) -> None:
        """Select the paragraph at the caret."""
        self.select(*select.paragraph_at(self.page.text, self.caret))

    def select_turn(self) -> None:
        """Select the speech of the turn at the caret, where there is one."""
        turn = select.turn_at(self.page, self.caret)
        if turn is not None:
            self.select(turn.start, turn.end)

    def grow_selection(self) -> None:
        """Select the next larger of word, sentence, paragraph, turn and text."""
        before = self.selection()
        if self._select_other(select.wider(self.page, *before)):
            self._grown.append((before, self.selection()))

    def shrink_selection(self) -> None:
        """Select what was selected before it grew, else the next smaller part at its start."""
        while self._grown:
            before, grown = self._grown.pop()
            if grown == self.selection():
                self.select(*before)
                return
        self._select_other(select.narrower(self.page, *self.selection()))

    def _select_other(self, parts: Iterable[tuple[int, int]]) -> bool:
        """Select the first part that is not selected; tell whether there was one."""
        shown, before = self.body.runs.snapped, self.selection()
        for start, end in parts:
            if (shown(start), shown(end)) != before:
                self.select(start, end)
                return True
        return False

    def sees(self, position: int, height: int | None = None) -> bool:
        """Whether the line of a position is in sight, in a window of its height or another."""
        high = self.viewport().height() if height is None else height
        first, line = self.body.line_box(position)
        return first >= self.top and first + line <= self.top + high

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A caret that was in sight stays so."""
        seen = self.sees(self.caret, event.oldSize().height())
        super().resizeEvent(event)
        if seen:
            self.reveal(self.caret, self.caret)

    def select_all(self) -> None:
        """Select the whole text and stay where one reads."""
        self.steady = True
        self.set_selection(int(self.body.runs.starts[0]), int(self.body.runs.ends[-1]))
        self.steady = False

    def word_at(self, position: int) -> tuple[int, int]:
        """The word at a position; where there is none, what a reader takes for one character."""
        start, end = select.word_at(self.page.text, position)
        if end - start <= 1:
            layout = self.body.layout(self.body.runs.at(start))
            end = layout.next_position(start, forward=True) or end
        return start, end

    def move_caret(self, kind: str, onward: bool, selecting: bool) -> None:
        """Move the caret, or the end of the selection; see `moves.moved`."""
        start, end = self.selection()
        x = self.body.x_of(self.caret) if self._wished_x is None else self._wished_x
        if kind == "character" and not selecting and start < end:
            position = end if onward else start
        else:
            height = self.viewport().height() - self.style_of_text.line
            position = moves.moved(self.body, kind, onward, self.caret, x, height)
            if kind == "screen":  # the caret keeps its place in the window
                self.scroll_by(height if onward else -height)
        self.set_selection(self.anchor if selecting else position, position)
        self._wished_x = x if kind in moves.KEEPS_X else None

    def copy(self) -> None:
        """Copy what is selected, with its citation where `copy_format` gives one."""
        start, end = self.selection()
        if start < end:
            text = self.page.text[start:end]
            QGuiApplication.clipboard().setText(
                self.copy_format(text, start, end) if self.copy_format else text
            )
