"""What is kept between two counts is what would be read anew, whatever changed in between."""

from __future__ import annotations

import random

import numpy as np
import pytest

from qualcoder_lite.coding.counting.counted import Counted, count, counted
from qualcoder_lite.store.undo import redo, undo
from tests.analysis.building import StudyBuilder


def same(one: Counted, other: Counted) -> bool:
    arrays = [
        (getattr(one.frames, part).__dict__, getattr(other.frames, part).__dict__)
        for part in ("codings", "turns")
    ]
    equal = all(np.array_equal(a[name], b[name]) for a, b in arrays for name in a)
    rest = ("codes", "sources", "informants", "attributes", "coders", "linked")
    return equal and all(getattr(one.frames, name) == getattr(other.frames, name) for name in rest)


@pytest.mark.parametrize("seed", range(6))
def test_a_kept_count_is_a_fresh_one(golden: StudyBuilder, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(12):
        match chance.randrange(5):
            case 0:
                golden.coding("A1", (number, number + 9), "V1", coder=chance.choice(("C1", "C2")))
            case 1:
                golden.informant(f"X{number}", kelompok="ASN")
            case 2:
                golden.source(f"S{number}", "A1: Ya, begitu.")
            case 3:
                undo(golden.project)
            case 4:
                redo(golden.project)
        with golden.project.read() as connection:
            fresh = count(connection)
        assert same(counted(golden.project), fresh)
