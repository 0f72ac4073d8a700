"""Coefficients of agreement against the worked cases of those who proposed or discussed them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qualcoder_lite.analysis.agreement.coefficients import (
    NAMES,
    Coefficients,
    brennan_prediger,
    coefficients,
    cohen_kappa,
    format_coefficient,
    gwet_ac1,
    holsti,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
    value_counts,
)
from qualcoder_lite.i18n import use_language

Values = NDArray[np.int64]


def table(rows: list[list[int]]) -> Values:
    """Units of two coders from a table of how often the first gave the row and the second the column."""
    pairs = [(r, c) for r, row in enumerate(rows) for c, number in enumerate(row) for _ in range(number)]
    return np.array(pairs, dtype=np.int64)


def coders(*lines: str) -> Values:
    """Units of coders from one line of digits for each; a dot is a missing value."""
    return np.array([[-1 if sign == "." else int(sign) for sign in line] for line in lines]).T


# Cohen 1960, p. 45: 200 cases, three categories
COHEN = table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
# Artstein & Poesio 2008, Computational Linguistics 34(4), table 1: 100 items, two categories
ARTSTEIN_POESIO = table([[20, 20], [10, 50]])
# Brennan & Prediger 1981, p. 689, and p. 691: proportions of 100
BRENNAN_PREDIGER = table([[50, 0, 0], [10, 10, 10], [20, 0, 0]])
BRENNAN_PREDIGER_2 = table([[50, 0, 10], [0, 10, 10], [10, 10, 0]])
# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, part C: 4 observers, 12 units
KRIPPENDORFF = coders("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# Hayes & Krippendorff 2007, p. 84: 5 observers, 40 units
HAYES_KRIPPENDORFF = coders(
    "112.001122.01311211000201001111223222221",
    "1130000.21102311121000302102111122222221",
    "203000222100221123001.30.1012202.2232.21",
    ".13....0.10022...31.103021122..122...12.",
    "2..0001.2....3112..0.0..2.0..20.2.2222.1",
)
# Fleiss 1971, table 1: 30 patients, 6 psychiatrists each, 5 diagnoses: how often each was given
FLEISS = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""


def fleiss_counts() -> Values:
    return np.array([[int(number) for number in unit] for unit in FLEISS.split()])


def test_cohen() -> None:
    assert cohen_kappa(COHEN, 3) == pytest.approx(0.49153, abs=5e-6)
    assert percent_agreement(value_counts(COHEN, 3)) == pytest.approx(0.70)


def test_fleiss_is_pi_of_many_coders() -> None:
    assert fleiss_counts().sum(axis=0).tolist() == [26, 26, 30, 55, 43]
    assert scott_pi(fleiss_counts()) == pytest.approx(0.43024, abs=5e-6)


def test_krippendorff_with_missing_values() -> None:
    counts = value_counts(KRIPPENDORFF, 6)[:, 1:]
    assert krippendorff_alpha(counts) == pytest.approx(0.74342, abs=5e-6)
    assert gwet_ac1(counts) == pytest.approx(0.77544, abs=5e-6)
    assert brennan_prediger(counts) == pytest.approx(0.77273, abs=5e-6)
    assert scott_pi(counts) == pytest.approx(0.76117, abs=5e-6)
    assert cohen_kappa(KRIPPENDORFF, 6) is None


def test_hayes_and_krippendorff() -> None:
    assert HAYES_KRIPPENDORFF.shape == (40, 5)
    assert krippendorff_alpha(value_counts(HAYES_KRIPPENDORFF, 4)) == pytest.approx(0.47651, abs=5e-6)


def test_artstein_and_poesio() -> None:
    found = coefficients(ARTSTEIN_POESIO, 2)
    assert found.pi == pytest.approx(0.341, abs=5e-4)
    assert found.kappa == pytest.approx(0.348, abs=5e-4)
    assert found.bp == pytest.approx(0.4)


def test_brennan_and_prediger() -> None:
    found, second = coefficients(BRENNAN_PREDIGER, 3), coefficients(BRENNAN_PREDIGER_2, 3)
    assert (found.kappa, found.bp) == (pytest.approx(0.273, abs=5e-4), pytest.approx(0.40))
    assert (second.kappa, second.bp) == (pytest.approx(0.286, abs=5e-4), pytest.approx(0.40))


def test_holsti_35_of_50() -> None:
    values = table([[20, 5, 2], [3, 10, 1], [2, 2, 5]])
    assert len(values) == 50
    assert holsti(values) == pytest.approx(0.70)


def test_holsti_counts_a_decision_that_only_one_made() -> None:
    assert holsti(coders("11.", "1.0")) == pytest.approx(2 / 4)
    assert percent_agreement(value_counts(coders("11.", "1.0"), 2)) == 1


def test_of_three_coders_holsti_is_the_mean_of_the_pairs() -> None:
    assert holsti(coders("00", "00", "01")) == pytest.approx((1 + 0.5 + 0.5) / 3)


@pytest.mark.parametrize("name", ["percent", "kappa", "pi", "alpha", "ac1", "bp"])
def test_without_a_unit_of_two_values_nothing_is_defined(name: str) -> None:
    assert getattr(coefficients(coders("12..", "..12"), 3), name) is None
    assert getattr(coefficients(np.zeros((0, 2), np.int64), 3), name) is None


def test_where_chance_alone_agrees_always_it_is_undefined_and_not_nought() -> None:
    found = coefficients(coders("111", "111"), 2)
    assert (found.percent, found.holsti, found.bp) == (1, 1, 1)
    assert (found.kappa, found.pi, found.alpha) == (None, None, None)
    assert found.ac1 == 1
    alone = coefficients(coders("000", "000"), 1)
    assert (alone.ac1, alone.bp) == (None, None)


def test_a_value_that_is_no_category_is_a_bug() -> None:
    with pytest.raises(ValueError, match="value 3 of 3"):
        coefficients(coders("13", "11"), 3)


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=30), st.permutations(range(4)))
def test_neither_the_order_nor_the_names_of_coders_and_values_matter(
    units: list[tuple[int, int]], names: list[int]
) -> None:
    values = np.array(units, dtype=np.int64).reshape(-1, 2)
    renamed = np.where(values < 0, -1, np.array(names)[values])[::-1, ::-1]
    one, other = coefficients(values, 4), coefficients(renamed, 4)
    for name in one.__annotations__:
        assert getattr(other, name) == (None if (v := getattr(one, name)) is None else pytest.approx(v)), name


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_full_agreement_is_one_or_undefined(given_values: list[int]) -> None:
    values = np.column_stack((given_values, given_values, given_values)).astype(np.int64)
    found = coefficients(values, 4)
    assert {found.percent, found.holsti, found.ac1, found.bp} == {1}
    assert {found.pi, found.alpha} <= {1, None}


def test_undefined_is_said_and_never_written_as_a_number() -> None:
    assert (format_coefficient(None), format_coefficient(0.0), format_coefficient(-0.126)) == (
        "undefined",
        "0.00",
        "−0.13",
    )
    use_language("id")
    assert format_coefficient(0.6176) == "0,62"
    assert format_coefficient(None) not in ("0,00", "")


def test_every_coefficient_has_a_name() -> None:
    assert set(NAMES) == set(Coefficients.__annotations__) - {"units"}


def test_many_coders_are_counted_as_few_are() -> None:
    chance = np.random.default_rng(4)
    values = chance.integers(-1, 9, (60, 7))
    whole = coefficients(values, 9)
    counts = value_counts(values, 9)
    assert whole.alpha == pytest.approx(krippendorff_alpha(counts))
    assert whole.pi == pytest.approx(scott_pi(counts))
    assert whole.holsti == pytest.approx(holsti(values))
    assert whole.percent == pytest.approx(percent_agreement(counts))
    few = values[:, :2]
    assert coefficients(few, 9).kappa == pytest.approx(cohen_kappa(few, 9))
