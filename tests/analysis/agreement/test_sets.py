"""Sets of codes compared: golden numbers of the sample, and for each rule a case that a wrong one fails."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from qualcoder_lite.analysis.agreement.agreement import Domain, domain_figures, with_intervals
from qualcoder_lite.analysis.agreement.sets import (
    ONE_VALUE,
    bootstrap,
    jaccard_distance,
    masi_distance,
    set_coefficients,
)
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import EVERY_KIND
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.export.formats.json_file import matrix_json
from qualcoder_lite.store.journal import remove
from qualcoder_lite.store.schema import Coder, Coding
from tests.analysis.agreement.test_agreement import SECOND, agreement, domain, sample
from tests.analysis.building import StudyBuilder, cells_of

__all__ = ["sample"]
GOLDEN = {"G": 1, "K": -0.08696, "I": 0.43182, "R": 0.55621, "V": 0, "S": 0.76190, "P": 0.76190, "H": 1}


def values(*units: tuple[str, str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """[code, unit, coder] of codes a, b and c from what two coders gave each unit."""
    return np.array([[[code in given for given in unit] for unit in units] for code in "abc"])


def five(value: float | None) -> float | None:
    return None if value is None else round(value, 5)


@pytest.mark.parametrize(
    ("key", "basis", "units", "jaccard", "masi"),
    [
        ("all", "sources", 13, 0.54267, 0.44015),
        ("dimension", "sources", 13, 0.35848, 0.32161),
        ("dimension", "used", 10, 0.11690, 0.08881),
        ("factor", "sources", 13, 0.66814, 0.66814),
        ("factor", "used", 8, 0.53125, 0.53125),
    ],
)
def test_golden_alpha_of_sets(
    sample: StudyBuilder, key: str, basis: str, units: int, jaccard: float, masi: float
) -> None:
    found = domain(agreement(sample, units="passages", basis=basis), key)
    given = found.coefficients
    assert (given.units, five(given.alpha_jaccard), five(given.alpha_masi)) == (units, jaccard, masi)


def test_golden_alpha_of_present_or_absent(sample: StudyBuilder) -> None:
    cells = cells_of(agreement(sample, units="passages"))
    found = {key: five(cells[key, "agreement"]["alpha"]) for key in GOLDEN}
    assert found == {key: pytest.approx(value, abs=1e-9) for key, value in GOLDEN.items()}
    assert {cell["units"] for cell in cells.values()} == {13}


def test_masi_tells_a_set_within_another_from_one_that_overlaps() -> None:
    sets = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 1], [0, 0, 1]], np.bool_)
    jaccard, masi = jaccard_distance(sets), masi_distance(sets)
    assert masi[0].tolist() == [0, 1, 1, 1, 1]  # two empty sets are alike, one empty and another are not
    assert jaccard[0].tolist() == [0, 1, 1, 1, 1]
    assert (jaccard[1, 2], masi[1, 2]) == (pytest.approx(1 / 2), pytest.approx(1 - 1 / 2 * 2 / 3))
    assert (jaccard[2, 3], masi[2, 3]) == (pytest.approx(2 / 3), pytest.approx(1 - 1 / 3 * 1 / 3))
    assert (jaccard[1, 4], masi[1, 4]) == (1, 1)
    assert np.array_equal(np.diag(masi), np.zeros(5))


def test_of_one_value_for_a_unit_none_is_a_category_and_no_missing_value() -> None:
    found = set_coefficients(values(("a", "a"), ("b", ""), ("", "b"), ("", "")))
    assert not found.several
    assert found.percent == 0.5  # as missing values it would be 1, of the one unit that both coded
    assert found.kappa == pytest.approx((0.5 - 6 / 16) / (1 - 6 / 16))
    assert found.bp == pytest.approx((0.5 - 1 / 4) / (1 - 1 / 4))  # three codes and none
    assert found.holsti == 0.5


def test_of_several_codes_on_one_unit_only_alpha_of_sets_is_defined() -> None:
    found = set_coefficients(values(("ab", "a"), ("b", "b"), ("c", "c")))
    assert found.several
    assert {getattr(found, name) for name in ONE_VALUE} == {None}
    assert found.percent == pytest.approx(2 / 3)
    assert found.alpha_jaccard is not None
    assert found.alpha_masi is not None
    assert found.alpha_masi < found.alpha_jaccard


def test_what_is_undefined_by_several_codes_says_so(sample: StudyBuilder) -> None:
    told = domain_figures(domain(with_intervals(agreement(sample, units="passages"))))
    assert told[-1].endswith("undefined: several codes on one unit")
    assert told[1].startswith("Krippendorff’s α (Jaccard) 0.54 (")


def test_with_the_first_codes_alone_the_published_numbers_come_out(study: StudyBuilder) -> None:
    """One code for a unit: expected.txt (g), but that none is a tenth category for Brennan–Prediger."""
    path = Path(__file__).parents[1] / "expected.txt"
    line = path.read_text(encoding="utf-8").split("\n(g) ", 1)[1].splitlines()[0]
    pairs = json.loads(line.split(": ", 1)[1].replace("(", "[").replace(")", "]").replace("'", '"'))
    there = np.array([[[code == value for value in pair] for pair in pairs] for code in "GKIRVSPHT"])
    found = set_coefficients(there)
    assert (five(found.percent), five(found.kappa), five(found.pi)) == (0.69231, 0.61765, 0.61481)
    assert five(found.alpha_jaccard) == five(found.alpha_masi) == 0.62963
    assert five(found.bp) == five((9 / 13 - 1 / 10) / (1 - 1 / 10))


def test_an_interval_holds_the_value_and_is_the_same_each_time(sample: StudyBuilder) -> None:
    matrix = agreement(sample, units="passages")
    found, again = (domain(with_intervals(matrix)) for _time in range(2))
    assert found.intervals == again.intervals
    for name, interval in found.intervals.items():
        assert interval is not None
        low, high = interval
        assert -1 < low < getattr(found.coefficients, name) < high <= 1
        assert high - low > 0.3  # thirteen units say little


def test_under_ten_units_there_are_too_few_for_an_interval(sample: StudyBuilder) -> None:
    matrix = with_intervals(agreement(sample, units="passages", basis="used"))
    few, enough = domain(matrix, "factor"), domain(matrix, "dimension")
    assert (len(few.units), set(few.intervals.values())) == (8, {None})
    assert len(enough.units) == 10
    assert None not in enough.intervals.values()
    assert "(too few)" in domain_figures(few)[1]


def test_a_code_so_rare_that_draws_miss_it_has_no_interval(sample: StudyBuilder) -> None:
    cells = cells_of(with_intervals(agreement(sample, units="passages")))
    assert cells["V", "agreement"]["interval"] is None  # on one unit of thirteen
    assert cells["R", "agreement"]["interval"] is not None


def test_where_units_stand_does_not_change_their_interval() -> None:
    apart, numbers = 1.0 - np.eye(3), np.array([[0, 0], [1, 2], [1, 1], [2, 2], [0, 1], [2, 0]] * 4)
    turned = numbers[::-1, ::-1]
    assert bootstrap(numbers, [apart]) == bootstrap(turned, [apart])


def test_the_order_of_entry_changes_nothing(study_in_order: list[Any]) -> None:
    assert len(study_in_order) == 10
    assert all(one == other for one, other in pairwise(study_in_order))


@pytest.fixture
def study_in_order(golden: StudyBuilder) -> list[Any]:
    """What the agreement is of the same codings, made in ten orders."""
    facts = json.loads((Path(__file__).parents[1] / "sample.json").read_text(encoding="utf-8"))
    both = [
        *[(source, text, code, "C1") for source, _n, text, codes in facts["passages"] for code, _s in codes],
        *[
            (source, line.split(": ", 1)[1], code, "C2")
            for source, codes in SECOND.items()
            for line, code in zip(golden.texts[source].splitlines(), codes, strict=True)
        ],
    ]
    compared = [each for each in both if each[0] in SECOND]
    return [_agreement_of(golden, compared, seed) for seed in range(10)]


def _agreement_of(study: StudyBuilder, rows: list[tuple[str, str, str, str]], seed: int) -> Any:
    with study.project.change("Clear") as session:
        for table in (Coding, Coder):
            remove(session, table, session.scalars(select(table.id)).all())
    for source, text, code, coder in random.Random(seed).sample(rows, len(rows)):
        study.coding(source, text, code, coder=coder)
    matrix: Matrix = EVERY_KIND["agreement"](study.project, Choice(units="passages"))
    parts: tuple[Domain, ...] = with_intervals(matrix).details["domains"]
    return matrix_json(study.project, matrix), [domain_figures(part) for part in parts]
