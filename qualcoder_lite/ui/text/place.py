"""Where the caret stands, in the words of the status line."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter

import numpy as np

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.text.view import TextView


def line_range(text: TextView, start: int, end: int) -> tuple[int, int]:
    """The first and the last numbered line of a range, from 1."""
    if not len(text.numbers):
        return 1, 1
    first = max(1, int(np.searchsorted(text.numbers, start, "right")))
    return first, max(first, int(np.searchsorted(text.numbers, max(start, end - 1), "right")))


def lines_said(first: int, last: int) -> str:
    """Lines as they are cited: 104 or 104–105."""
    return str(first) if first == last else f"{first}–{last}"


def place_words(text: TextView) -> str:
    """The lines of the selection and the number of the turn."""
    if not text.page.text:
        return ""
    start, end = text.selection()
    lines = _("Line {lines}").format(lines=lines_said(*line_range(text, start, end)))
    turn = bisect_right(text.page.turns, start, key=attrgetter("start"))
    return lines if not turn else _("{lines} · turn {turn}").format(lines=lines, turn=turn)
