"""Numbered lines, as theses cite them: a rule fixed per source, so that screen, citation and appendix agree.

The lines on the screen depend on the window's width; these do not. Each paragraph that holds more than white
space starts a line, and is broken after the last space that keeps a line within so many characters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.offsets import code_points

LINE_CHARACTERS = 72
_FEW = 4  # paragraphs still unbroken from which on a plain loop is faster than arrays

Offsets = NDArray[np.int64]


def lines_of(characters: int = LINE_CHARACTERS) -> Callable[[str], Offsets]:
    """The rule that breaks after this many characters, as a function from a text to its line starts."""
    return lambda text: line_starts(text, characters)


def line_starts(text: str, characters: int = LINE_CHARACTERS) -> Offsets:
    """The code points at which the numbered lines of a text start, in order; the first is line 1.

    A word longer than a line is broken where the line is full; empty paragraphs are not numbered.
    """
    codes = code_points(text)
    breaks = np.flatnonzero(codes == ord("\n"))
    spaces = np.flatnonzero((codes == ord(" ")) | (codes == ord("\t")))
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(text)]))
    filled = np.searchsorted(spaces, ends) - np.searchsorted(spaces, starts) < ends - starts
    starts, ends = starts[filled], ends[filled]
    found = [starts]
    while len(starts) > _FEW:
        starts, ends = _broken(starts, ends, spaces, characters)
        found.append(starts)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        found.append(np.array(_rest(start, end, spaces, characters), dtype=np.int64))
    return np.sort(np.concatenate(found)).astype(np.int64)


def _broken(starts: Offsets, ends: Offsets, spaces: Offsets, characters: int) -> tuple[Offsets, Offsets]:
    """The next line start of each paragraph that goes on beyond this line, with the paragraph's end."""
    longer = starts + characters < ends
    starts, ends = starts[longer], ends[longer]
    limit = starts + characters
    if len(spaces):
        space = spaces[np.maximum(np.searchsorted(spaces, limit, "right") - 1, 0)]
        limit = np.where((space > starts) & (space <= limit), space + 1, limit)
    goes_on = limit < ends
    return limit[goes_on], ends[goes_on]


def _rest(start: int, end: int, spaces: Offsets, characters: int) -> list[int]:
    """The further line starts of one paragraph."""
    first, last = np.searchsorted(spaces, [start, end])
    within: list[int] = spaces[first:last].tolist()
    found = []
    while start + characters < end:
        limit = start + characters
        place = bisect_right(within, limit) - 1
        start = within[place] + 1 if place >= 0 and within[place] > start else limit
        if start < end:
            found.append(start)
    return found


def line_number(starts: Offsets, position: int) -> int:
    """The number, from 1, of the line in which a position stands; 1 before the first."""
    return max(1, int(np.searchsorted(starts, position, "right")))
