"""The codings of a text, ready to be asked what lies where; overlaps flattened; lanes of underlines.

Ranges are code points, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from qualcoder_lite.ui.text.page import Coding

Offsets = NDArray[np.int64]
MANY = 256  # from so many changes at once on, everything is sorted anew

_UNKNOWN = -1
_ID, _START, _END = attrgetter("id"), attrgetter("start"), attrgetter("end")


class Ranges:
    """Ranges sorted by start, longer first; finds those that share a character with a stretch."""

    def __init__(self, starts: Offsets, ends: Offsets) -> None:
        """Take the ranges, already in order."""
        self.starts, self.ends = starts, ends
        self.reach = np.maximum.accumulate(self.ends)  # the furthest end so far

    def overlapping(self, start: int, end: int) -> list[int]:
        """The indexes of the ranges that share a character with this one, in order."""
        last = int(np.searchsorted(self.starts, end, "left"))
        first = int(np.searchsorted(self.reach[:last], start, "right"))
        found: list[int] = (first + np.flatnonzero(self.ends[first:last] > start)).tolist()
        return found


class Codings(Ranges):
    """The codings of a page; lanes keep overlapping ones apart, etic and emic each for themselves."""

    def __init__(self, codings: Iterable[Coding]) -> None:
        """Sort the codings."""
        self._take(codings)

    def _take(self, codings: Iterable[Coding]) -> None:
        items = list(codings)
        starts = np.fromiter(map(_START, items), np.int64, len(items))
        ends = np.fromiter(map(_END, items), np.int64, len(items))
        order = np.lexsort((-ends, starts))
        starts, ends = starts[order], ends[order]
        self.items = [items[index] for index in order.tolist()]
        self.by_id = dict(zip(map(_ID, self.items), self.items, strict=True))
        self._ranks: dict[bytes, int] = {}
        super().__init__(starts, ends)
        self._lanes = np.full(len(self.items), _UNKNOWN, dtype=np.int16)
        self._apart: Offsets | None = None  # where clusters of overlapping codings begin, when asked

    def update(self, added: Sequence[Coding], removed: Iterable[bytes]) -> list[tuple[int, int]]:
        """Add codings and take others away by id; one added under a known id replaces it.

        Returns the ranges whose picture may have changed.
        """
        gone = [self.by_id[id_] for id_ in {*removed, *(one.id for one in added)} if id_ in self.by_id]
        changed = [(one.start, one.end) for one in (*gone, *added)]
        if len(changed) > MANY:
            dropped = {one.id for one in gone}
            self._take([*(one for one in self.items if one.id not in dropped), *added])
            return changed
        for coding in gone:
            self._remove(coding)
        for coding in added:
            self._insert(coding)
        return changed

    def _place(self, coding: Coding) -> int:
        """Where a coding stands or would stand: by start, longer first, then as first seen.

        A coding that comes back by an undo so comes back to its place.
        """
        if not self._ranks:
            self._ranks = dict(zip(map(_ID, self.items), range(len(self.items)), strict=True))
        self._ranks.setdefault(coding.id, len(self._ranks))
        wanted = self._order(coding)
        index = int(np.searchsorted(self.starts, coding.start, "left"))
        while index < len(self.items) and self._order(self.items[index]) < wanted:
            index += 1
        return index

    def _order(self, coding: Coding) -> tuple[int, int, int]:
        return coding.start, -coding.end, self._ranks[coding.id]

    def _insert(self, coding: Coding) -> None:
        index = self._place(coding)
        lane = self._free_lane(coding)
        self.items.insert(index, coding)
        self.by_id[coding.id] = coding
        self.starts = np.insert(self.starts, index, coding.start)
        self.ends = np.insert(self.ends, index, coding.end)
        self._lanes = np.insert(self._lanes, index, lane)
        self._reach_anew()

    def _remove(self, coding: Coding) -> None:
        index = self._place(coding)
        del self.items[index], self.by_id[coding.id]
        self.starts, self.ends = np.delete(self.starts, index), np.delete(self.ends, index)
        self._lanes = np.delete(self._lanes, index)
        self._reach_anew()

    def _reach_anew(self) -> None:
        self.reach = np.maximum.accumulate(self.ends)
        self._apart = None

    def _free_lane(self, coding: Coding) -> int:
        """The lowest lane that no overlapping coding of its perspective takes; known lanes never move."""
        taken = {
            int(self._lanes[index])
            for index in self.overlapping(coding.start, coding.end)
            if self.items[index].perspective == coding.perspective
        }
        taken.discard(_UNKNOWN)
        return next(lane for lane in range(len(taken) + 1) if lane not in taken)

    def within(self, start: int, end: int) -> list[Coding]:
        """The codings that share a character with a range, in order."""
        return [self.items[index] for index in self.overlapping(start, end)]

    def at(self, position: int) -> list[Coding]:
        """The codings on the character at a position, the shortest last."""
        found = self.within(position, position + 1)
        return sorted(found, key=lambda one: one.start - one.end)

    def lanes(self, indexes: Sequence[int]) -> list[int]:
        """The lanes of these codings."""
        for index in indexes:
            if self._lanes[index] == _UNKNOWN:
                self._pack(index)
        found: list[int] = self._lanes[list(indexes)].tolist()
        return found

    def _pack(self, index: int) -> None:
        """Give lanes to the whole cluster of overlapping codings around this one."""
        if self._apart is None:
            self._apart = np.flatnonzero(self.starts[1:] >= self.reach[:-1]) + 1
        apart = self._apart
        place = int(np.searchsorted(apart, index, "right"))
        first = int(apart[place - 1]) if place else 0
        last = int(apart[place]) if place < len(apart) else len(self.items)
        for perspective in ("etic", "emic"):
            chosen = [one for one in range(first, last) if self.items[one].perspective == perspective]
            if (self._lanes[chosen] == _UNKNOWN).all():
                self._lanes[chosen] = pack([(self.items[one].start, self.items[one].end) for one in chosen])
                continue
            for one in chosen:
                if self._lanes[one] == _UNKNOWN:
                    self._lanes[one] = self._free_lane(self.items[one])


def pack(ranges: Sequence[tuple[int, int]]) -> list[int]:
    """The lowest lanes in which ranges, sorted by start, don't share a character."""
    free: list[int] = []
    busy: list[tuple[int, int]] = []
    lanes = []
    for start, end in ranges:
        while busy and busy[0][0] <= start:
            heappush(free, heappop(busy)[1])
        lane = heappop(free) if free else len(busy)
        heappush(busy, (end, lane))
        lanes.append(lane)
    return lanes


Flat = tuple[int, int, int, int, int, int]


def flatten(parts: Iterable[tuple[int, int, QColor]]) -> list[Flat]:
    """Overlapping coloured ranges as stretches that don't: (start, end, sums of red, green, blue, depth)."""
    edges: list[tuple[int, int, int, int, int]] = []
    for start, end, colour in parts:
        red, green, blue = colour.red(), colour.green(), colour.blue()
        edges.append((start, red, green, blue, 1))
        edges.append((end, -red, -green, -blue, -1))
    edges.sort(key=lambda edge: edge[0])
    found: list[Flat] = []
    red = green = blue = depth = last = 0
    for place, more_red, more_green, more_blue, one in edges:
        if depth and place > last:
            found.append((last, place, red, green, blue, depth))
        red, green, blue, depth, last = (
            red + more_red,
            green + more_green,
            blue + more_blue,
            depth + one,
            place,
        )
    return found
