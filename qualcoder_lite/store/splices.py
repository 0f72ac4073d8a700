"""Splices: the changes between two versions of a text, so that the journal need not keep the text twice.

A splice is [start, removed, inserted]: from code point `start` that many code points go, and a text comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def splice(text: str, splices: Sequence[Sequence[Any]]) -> str:
    """The text after splices in ascending order that do not touch; each start counts in the text as given."""
    parts, at = [], 0
    for start, removed, inserted in splices:
        parts += [text[at:start], inserted]
        at = start + removed
    return "".join([*parts, text[at:]])


def splices_between(text: str, other: str) -> list[list[Any]]:
    """The one splice that makes `other` of `text`: all between their common start and end."""
    if text == other:
        return []
    start = _common(text, other)
    end = _common(text[start:][::-1], other[start:][::-1])
    return [[start, len(text) - start - end, other[start : len(other) - end]]]


def _common(one: str, two: str) -> int:
    """The length of the common start, by halving: comparing slices is fast, comparing letters is not."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
