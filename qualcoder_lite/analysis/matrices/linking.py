"""What links two codings: the same characters, the same turn, or turns that are near each other.

Every rule holds all that the one before it holds. Where no turn is touched (documents, text between turns)
only the same characters link.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qualcoder_lite.coding.counting.counted import Counted, ranges_between, touching_turns
from qualcoder_lite.coding.counting.frames import DESCRIPTIVE, INFORMANT, Numbers
from qualcoder_lite.coding.counting.overlaps import overlapping_pairs

RULES = ("overlap", "turn", "near")


@dataclass(frozen=True)
class Pairs:
    """Pairs of codings (numbers) with the range that links them; a pair may have several ranges."""

    one: Numbers
    other: Numbers
    start: Numbers
    end: Numbers


def linked_pairs(study: Counted, one: Numbers, other: Numbers, rule: str, turns: int = 1) -> Pairs:
    """The pairs of a coding of `one` and a coding of `other` that a rule links; both in ascending order.

    `overlap`: the range is the characters that they share. `turn`: both touch a turn of an informant or of
    descriptive notes, which is the range. `near`: they touch such turns of one source that are at most
    `turns` turns apart, those of the interviewer counted; the range is from the first to the last of them.
    """
    if rule not in RULES:
        raise ValueError(f"no rule: {rule}")
    shared = _sharing(study, one, other)
    if rule == "overlap":
        return shared
    near = _near(study, one, other, turns if rule == "near" else 0)
    width = len(study.counts) + 1
    alone = ~np.isin(shared.one * width + shared.other, near.one * width + near.other)
    parts = [
        np.concatenate((getattr(near, name), getattr(shared, name)[alone]))
        for name in ("one", "other", "start", "end")
    ]
    return Pairs(*parts)


def _sharing(study: Counted, one: Numbers, other: Numbers) -> Pairs:
    codings = study.frames.codings
    a, b = overlapping_pairs(codings, one, other)
    return Pairs(
        a, b, np.maximum(codings.start[a], codings.start[b]), np.minimum(codings.end[a], codings.end[b])
    )


def _near(study: Counted, one: Numbers, other: Numbers, most: int) -> Pairs:
    turns = study.frames.turns
    coding, turn = touching_turns(study.frames)
    speaking = np.isin(turns.role[turn], (INFORMANT, DESCRIPTIVE))
    coding, turn = coding[speaking], turn[speaking]
    first, second = np.isin(coding, one), np.isin(coding, other)
    a, a_turn, b, b_turn = coding[first], turn[first], coding[second], turn[second]
    order = np.argsort(b_turn, kind="stable")
    b, b_turn = b[order], b_turn[order]
    start = np.searchsorted(b_turn, a_turn - most, "left")
    beyond = np.searchsorted(b_turn, a_turn + most, "right")
    at, to = ranges_between(start, beyond)
    at, to = _of_one_source(turns.source, a_turn, b_turn, at, to)
    low, high = np.minimum(a_turn[at], b_turn[to]), np.maximum(a_turn[at], b_turn[to])
    return Pairs(a[at], b[to], turns.start[low], turns.end[high])


def _of_one_source(
    source: Numbers, a_turn: Numbers, b_turn: Numbers, at: Numbers, to: Numbers
) -> tuple[Numbers, Numbers]:
    same = source[a_turn[at]] == source[b_turn[to]]
    return at[same], to[same]
