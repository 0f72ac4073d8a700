"""Ranges that share a character, for many at once, in numpy. Touching is not sharing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qualcoder_lite.coding.counting.counted import ranges_between
from qualcoder_lite.coding.counting.frames import SPAN, Codings, Numbers


def overlapping_pairs(codings: Codings, one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    """All pairs (a of `one`, b of `other`) of codings that share a character; both in ascending order.

    Codings are ordered by source and start. For each a, b may begin before a ends, and the greatest end up
    to b must lie beyond a's start; what these two binary searches leave is then tested.
    """
    start = codings.source * SPAN + codings.start
    end = codings.source * SPAN + codings.end
    furthest = np.maximum.accumulate(end[other]) if len(other) else end[other]
    first = np.searchsorted(furthest, start[one], "right")
    beyond = np.searchsorted(start[other], end[one], "left")
    of_one, of_other = ranges_between(first, beyond)
    a, b = one[of_one], other[of_other]
    sharing = end[b] > start[a]
    return a[sharing], b[sharing]


@dataclass(frozen=True)
class Passages:
    """Merged ranges, ordered by group, source and start; `of` gives for each range put in its passage."""

    group: Numbers
    source: Numbers
    start: Numbers
    end: Numbers
    of: Numbers


def passages(group: Numbers, source: Numbers, start: Numbers, end: Numbers) -> Passages:
    """Merge the ranges of one group and source where they share a character."""
    order = np.lexsort((source * SPAN + start, group))
    g, s, a, b = group[order], source[order], start[order], end[order]
    fresh = np.ones(len(g), dtype=np.bool_)
    fresh[1:] = (g[1:] != g[:-1]) | (s[1:] != s[:-1])
    stretch = (np.cumsum(fresh) - 1) * SPAN
    furthest = np.maximum.accumulate(stretch + b) if len(b) else b
    fresh[1:] |= a[1:] + stretch[1:] >= furthest[:-1]
    first = np.flatnonzero(fresh)
    of = np.empty(len(g), dtype=np.int64)
    of[order] = np.cumsum(fresh) - 1
    ends = np.maximum.reduceat(b, first) if len(first) else b
    return Passages(g[first], s[first], a[first], ends, of)
