"""A text cut into runs, the stretches that are laid out on their own, and how high they stand.

A run is a paragraph, or the speech of a turn, or a part of a long paragraph; what hides (labels) lies between
runs. So nothing ever costs more than what is seen. Offsets are code points, end exclusive, without the line
break; heights are pixels, estimated until a run was laid out, then exact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTextBoundaryFinder

from qualcoder_lite.offsets import Utf16Map, code_points
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.page import Turn

LONGEST = 2000  # characters in a run
_SHORTEST = 1200  # where a cut is looked for, from here to LONGEST
_WIDE = 0x2E80  # from here on most characters are twice as wide: CJK and emoji
_SENTENCE_END = re.compile(r"[.!?…]\S?\s+")
_SAMPLED = 101  # every so many characters one is looked at
_FILL = 0.95  # of a line that words fill before they wrap

Offsets = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Runs:
    """The runs of a text in order: `opens` begins a paragraph or turn; `turn` is its turn's index or -1."""

    starts: Offsets
    ends: Offsets
    opens: Flags
    blank: Flags
    turn: Offsets
    weight: NDArray[np.float64]  # characters, wide ones doubled

    def at(self, position: int) -> int:
        """The run in which a position stands; what hides between two runs belongs to the later one."""
        index = max(0, int(np.searchsorted(self.starts, position, "right")) - 1)
        if position > self.ends[index] and index + 1 < len(self.starts):
            return index + 1
        return index

    def all_at(self, positions: Offsets) -> list[int]:
        """The runs in which many positions stand."""
        index = np.maximum(np.searchsorted(self.starts, positions, "right") - 1, 0)
        later = (positions > self.ends[index]) & (index + 1 < len(self.starts))
        found: list[int] = (index + later).tolist()
        return found

    def snapped(self, position: int) -> int:
        """The nearest position that is shown."""
        index = self.at(position)
        return int(min(max(position, self.starts[index]), self.ends[index]))

    def covering(self, start: int, end: int) -> range:
        """The runs that a range touches."""
        return range(self.at(start), self.at(max(start, end - 1)) + 1)


def cut(text: str, turns: Sequence[Turn] = (), hidden: Sequence[tuple[int, int]] = ()) -> Runs:
    """Cut a text into runs; `hidden` stretches are sorted, apart, and lie in no run."""
    codes = code_points(text)
    breaks = np.flatnonzero(codes == ord("\n"))
    edges = np.fromiter(chain.from_iterable(hidden), np.int64, 2 * len(hidden))
    starts, ends = _shown(breaks, len(text), edges[::2], edges[1::2])
    starts, ends, opens = _shortened(text, starts, ends)
    blank = _blank(text, codes, starts, ends)
    return Runs(starts, ends, opens, blank, _turns(starts, ends, turns), _weights(text, codes, starts, ends))


def _shown(breaks: Offsets, length: int, first: Offsets, last: Offsets) -> tuple[Offsets, Offsets]:
    """The runs between line breaks, less what hides from first to last; what hides whole leaves none."""
    hides = np.searchsorted(first, breaks, "right") > np.searchsorted(last, breaks, "right")
    breaks = breaks[~hides]
    starts = np.sort(np.concatenate(([0], last, breaks + 1)))
    ends = np.sort(np.concatenate((first, breaks, [length])))
    kept = (starts < ends) | ~(_among(starts, first) | _among(starts, last))
    return (starts[kept], ends[kept]) if kept.any() else (np.array([length]), np.array([length]))


def _among(places: Offsets, others: Offsets) -> Flags:
    """Which places are among others, in order."""
    if not len(others):
        return np.zeros(len(places), dtype=bool)
    index = np.minimum(np.searchsorted(others, places), len(others) - 1)
    return np.asarray(others[index] == places)


def _shortened(text: str, starts: Offsets, ends: Offsets) -> tuple[Offsets, Offsets, Flags]:
    """The runs with long ones cut, and which of them begin a paragraph."""
    cuts: list[int] = []
    for index in np.flatnonzero(ends - starts > LONGEST):
        cuts.extend(_cuts(text, int(starts[index]), int(ends[index])))
    if not cuts:
        return starts, ends, np.ones(len(starts), dtype=bool)
    merged = np.concatenate((starts, np.array(cuts, dtype=np.int64)))
    order = np.argsort(merged, kind="stable")
    opens = order < len(starts)
    return merged[order], np.sort(np.concatenate((ends, cuts))), opens


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where a long stretch is cut: after a sentence, else after a space, else between two characters."""
    found = []
    while end - start > LONGEST:
        window = text[start + _SHORTEST : start + LONGEST]
        sentence = [match.end() for match in _SENTENCE_END.finditer(window)]
        space = max(window.rfind(" "), window.rfind("\t")) + 1
        start = start + _SHORTEST + (sentence[-1] if sentence else space or _character_edge(window))
        while start < end and unicodedata.combining(text[start]):
            start += 1
        if start < end:
            found.append(start)
    return found


def _character_edge(window: str) -> int:
    """A place near the end of a window without spaces at which a reader's character ends."""
    tail = window[-200:]
    table = Utf16Map(tail)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, tail)
    finder.setPosition(table.units(len(tail) // 2))
    edge = finder.toNextBoundary()
    return len(window) - len(tail) + (table.point(edge) if edge > 0 else len(tail))


def _blank(text: str, codes: NDArray[Any], starts: Offsets, ends: Offsets) -> Flags:
    """Which runs show nothing but white space."""
    blank = ends == starts
    first = codes[np.minimum(starts, max(0, len(codes) - 1))] if len(codes) else np.zeros(len(starts))
    spaced = (
        (first == ord(" ")) | (first == ord("\t")) | (first == 0xA0) | (first > 0x1FFF) & (first < 0x3001)
    )
    for index in np.flatnonzero(spaced & ~blank):
        blank[index] = not text[starts[index] : ends[index]].strip()
    return np.asarray(blank)


def _turns(starts: Offsets, ends: Offsets, turns: Sequence[Turn]) -> Offsets:
    """The turn of each run: the last that begins before its end and has not ended before its start."""
    if not turns:
        return np.full(len(starts), -1, dtype=np.int64)
    begins = np.fromiter(map(attrgetter("start"), turns), np.int64, len(turns))
    stops = np.fromiter(map(attrgetter("end"), turns), np.int64, len(turns))
    index = np.searchsorted(begins, np.maximum(ends, starts + 1)) - 1
    found: Offsets = np.where((index >= 0) & (stops[np.maximum(index, 0)] > starts), index, -1)
    return found


def _weights(text: str, codes: NDArray[Any], starts: Offsets, ends: Offsets) -> NDArray[np.float64]:
    """How many average characters wide each run is; wide ones are looked for only where a sample has some."""
    weight = (ends - starts).astype(np.float64)
    if max(text[::_SAMPLED], default="") >= chr(_WIDE):
        wide = np.flatnonzero(codes >= _WIDE)
        weight += np.searchsorted(wide, ends) - np.searchsorted(wide, starts)
    return weight


class Heights:
    """How high each run stands with the gap above it, and where, in whole pixels from the top of the text."""

    def __init__(self, runs: Runs, tokens: theme.Theme, width: float, character: float, line: int) -> None:
        """Estimate from the text's width, the width of an average character and the line height."""
        lines = np.ceil(np.maximum(runs.weight, 1) / max(1.0, _FILL * width / character))
        text = np.where(runs.blank, tokens.px(theme.BLANK_LINE), lines * line)
        self.gap = _gaps(runs, tokens)
        self._foot = tokens.px(theme.SPACE_24)
        self.height = (text + self.gap).astype(np.int64)
        self.top = np.zeros(len(self.height) + 1, dtype=np.int64)
        self._rise(0)

    def _rise(self, index: int) -> None:
        """Add up anew from this run on."""
        np.cumsum(self.height[index:], out=self.top[index + 1 :])
        self.top[index + 1 :] += self.top[index]

    def settle(self, exact: dict[int, int]) -> None:
        """Take the exact heights of runs."""
        changed = [index for index, height in exact.items() if self.height[index] != height]
        for index in changed:
            self.height[index] = exact[index]
        if changed:
            self._rise(min(changed))

    def at(self, y: float) -> int:
        """The run that stands at a height."""
        index = int(np.searchsorted(self.top, y, "right")) - 1
        return min(max(index, 0), len(self.height) - 1)

    @property
    def total(self) -> int:
        """The height of the whole text with the space below it."""
        return int(self.top[-1]) + self._foot


def _gaps(runs: Runs, tokens: theme.Theme) -> Offsets:
    """The space above each run: more before a turn than before a paragraph, none beside an empty line."""
    other_turn = np.ones(len(runs.starts), dtype=bool)
    other_turn[1:] = runs.turn[1:] != runs.turn[:-1]
    gap = np.where(other_turn, tokens.px(theme.TURN_GAP), tokens.px(theme.PARAGRAPH_GAP))
    beside_blank = runs.blank.copy()
    beside_blank[1:] |= runs.blank[:-1]
    gap = np.where(runs.opens & ~beside_blank, gap, 0)
    gap[0] = tokens.px(theme.TURN_GAP)
    return gap.astype(np.int64)
