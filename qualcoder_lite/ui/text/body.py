"""The laid-out text without a window: which run stands where, and where each position is seen.

Heights are exact for runs that were laid out and estimated for the rest; `arrange` lays out what a window
shows. Places are whole pixels from the top of the text and from the left edge of its column.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from qualcoder_lite.readers.document import Mark
from qualcoder_lite.ui.text.codings import Codings, Ranges
from qualcoder_lite.ui.text.layout import RunLayout, RunLook, TextStyle
from qualcoder_lite.ui.text.page import Page
from qualcoder_lite.ui.text.runs import Heights, cut

_KEPT = 160  # layouts kept: several screens
_FIRST_STRONG = 400  # characters in which the direction of a paragraph is looked for


class Placed(NamedTuple):
    """A run as a window shows it: the run's index, the window's y of its upper edge, and its layout."""

    run: int
    y: int
    layout: RunLayout

    @property
    def bottom(self) -> int:
        """The window's y of its lower edge."""
        return self.y + self.layout.height


class TextBody:
    """A page's text, laid out on demand."""

    def __init__(self, page: Page, style: TextStyle) -> None:
        """Cut the text and estimate its height; lay out nothing yet."""
        self.page, self.text = page, page.text
        self.runs = cut(page.text, page.turns, page.hidden)
        self.codings = Codings(page.codings)
        self._marks = sorted(page.marks, key=lambda mark: (mark.start, -mark.end))
        self._mark_ranges = ranges_of([(mark.start, mark.end) for mark in self._marks])
        self._ascii = page.text.isascii()
        self.set_style(style)

    def set_style(self, style: TextStyle) -> None:
        """Set the text anew: other letters, line height or width."""
        self.style = style
        self.heights = Heights(self.runs, style.tokens, style.width, style.character, style.line)
        self._layouts: OrderedDict[int, RunLayout] = OrderedDict()

    def layout(self, index: int) -> RunLayout:
        """The layout of a run, kept for a while; its height becomes exact."""
        layout = self._laid_out(index)
        self.heights.settle({index: layout.height})
        return layout

    def _laid_out(self, index: int) -> RunLayout:
        layout = self._layouts.get(index)
        if layout is not None:
            self._layouts.move_to_end(index)
            return layout
        start, end = int(self.runs.starts[index]), int(self.runs.ends[index])
        layout = RunLayout(self.text[start:end], start, self.style, self._look(index, start, end))
        self._layouts[index] = layout
        if len(self._layouts) > _KEPT:
            self._layouts.popitem(last=False)
        return layout

    def _look(self, index: int, start: int, end: int) -> RunLook:
        """What turn, marks and direction say of a run."""
        turn = int(self.runs.turn[index])
        marks = [self._marks[one] for one in self._mark_ranges.overlapping(start, max(end, start + 1))]
        headings = [mark.value or 1 for mark in marks if mark.kind == "heading"]
        kinds = {mark.kind for mark in marks}
        return RunLook(
            spans=_spans(marks, start, end, bool(headings)),
            heading=headings[0] if headings else 0,
            item="list" in kinds,
            row="table" in kinds,
            rightward=not self._ascii and self._rightward(index),
            quiet=turn >= 0 and self.page.turns[turn].role == "interviewer",
            blank=bool(self.runs.blank[index]),
            gap=int(self.heights.gap[index]),
        )

    def _rightward(self, index: int) -> bool:
        """Tell whether the paragraph of a run is read from right to left: its first strong character is."""
        while index and not self.runs.opens[index]:
            index -= 1
        start, end = int(self.runs.starts[index]), int(self.runs.ends[index])
        for character in self.text[start : min(end, start + _FIRST_STRONG)]:
            direction = unicodedata.bidirectional(character)
            if direction in ("L", "R", "AL"):
                return direction != "L"
        return False

    def arrange(self, top: int, height: int, beyond: int = 0) -> tuple[list[Placed], int]:
        """Lay out what a window of this height shows, and some more, when its upper edge stands at `top`.

        Returns the runs, and `top` moved up where the text ends sooner than was estimated.
        """
        for _attempt in range(3):
            top = max(0, min(top, self.heights.total - height))
            placed = self._placed(top, height + beyond)
            if top <= max(0, self.heights.total - height):
                break
        return placed, top

    def _placed(self, top: int, height: int) -> list[Placed]:
        index = self.heights.at(top)
        y = int(self.heights.top[index]) - top
        placed: list[Placed] = []
        exact: dict[int, int] = {}
        while index < len(self.runs.starts) and y < height:
            layout = self._laid_out(index)
            exact[index] = layout.height
            placed.append(Placed(index, y, layout))
            y += layout.height
            index += 1
        self.heights.settle(exact)
        return placed

    def settle_above(self, index: int, distance: int) -> None:
        """Make exact what stands up to this distance above a run."""
        exact: dict[int, int] = {}
        while index and distance > 0:
            index -= 1
            exact[index] = self._laid_out(index).height
            distance -= exact[index]
        self.heights.settle(exact)

    def line_box(self, position: int) -> tuple[int, int]:
        """The upper edge and height of the line in which a position stands."""
        index = self.runs.at(position)
        layout = self.layout(index)
        top = int(self.heights.top[index]) + layout.line_top(layout.line_at(position))
        return top, layout.line_height

    def x_of(self, position: int) -> float:
        """Where the caret stands at a position."""
        return self.layout(self.runs.at(position)).x_of(self.runs.snapped(position))

    def position_at(self, x: float, y: float) -> int:
        """The position nearest to a place of the text."""
        index = self.heights.at(y)
        layout = self.layout(index)
        return layout.position_at(x, y - float(self.heights.top[index]))


def ranges_of(pairs: Sequence[tuple[int, int]]) -> Ranges:
    """Ranges, already in order, that can be asked."""
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Ranges(array[:, 0].copy(), array[:, 1].copy())


def _spans(marks: list[Mark], start: int, end: int, heading: bool) -> tuple[tuple[int, int, int, bool], ...]:
    """The stretches of a run in bold or italic letters, cut where either changes."""
    told = [mark for mark in marks if mark.kind in ("bold", "italic")]
    if not told:
        return ()
    edges = sorted(
        {start, end, *(min(max(edge, start), end) for mark in told for edge in (mark.start, mark.end))}
    )
    spans = []
    for first, last in pairwise(edges):
        kinds = {mark.kind for mark in told if mark.start < last and mark.end > first}
        if kinds:
            spans.append((first, last, 600 if heading or "bold" in kinds else 400, "italic" in kinds))
    return tuple(spans)
