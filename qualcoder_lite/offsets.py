"""Offsets: everywhere code points, end exclusive; Qt's UTF-16 units only at the widget.

A text without characters beyond U+FFFF needs no conversion, so `Utf16Map` keeps only the positions of
the astral characters; both directions are a binary search.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """Converts between code points and UTF-16 units of one text."""

    def __init__(self, text: str) -> None:
        """Remember where the characters of two units stand."""
        self._points = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [point + index for index, point in enumerate(self._points)]

    def units(self, point: int) -> int:
        """The UTF-16 offset of a code point offset."""
        return point + bisect_left(self._points, point)

    def point(self, unit: int) -> int:
        """The code point offset of a UTF-16 offset; inside a pair, that of the pair's start."""
        before = bisect_right(self._units, unit)
        if before and unit == self._units[before - 1] + 1:
            return self._points[before - 1]
        return unit - bisect_left(self._units, unit)


def code_points(text: str) -> NDArray[Any]:
    """The code points of a text as an array of unsigned integers, as narrow as its characters allow."""
    try:
        return np.frombuffer(text.encode("latin-1"), np.uint8)
    except UnicodeEncodeError:
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) == len(text):
        return units
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
