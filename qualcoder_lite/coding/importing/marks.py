"""Marks of a text (heading, bold, list, …) packed into one flat list of numbers, as the study stores them.

Each mark is four numbers: its kind by its place in MARK_KINDS, start, end, value. Offsets are code points,
end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from qualcoder_lite.readers.document import MARK_KINDS, Mark

WIDTH = 4  # numbers to a mark


def pack(marks: Iterable[Mark]) -> list[int]:
    """The marks as one flat list, in the order of the text."""
    rows = sorted((mark.start, mark.end, MARK_KINDS.index(mark.kind), mark.value) for mark in marks)
    return list(chain.from_iterable((kind, start, end, value) for start, end, kind, value in rows))


def unpack(packed: Sequence[int]) -> tuple[Mark, ...]:
    """The marks of a flat list."""
    rows = zip(*(packed[at::WIDTH] for at in range(WIDTH)), strict=True)
    return tuple(Mark(MARK_KINDS[kind], start, end, value) for kind, start, end, value in rows)
