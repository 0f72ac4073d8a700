"""Coefficients of agreement between coders, for nominal values.

Values are an array [unit, coder] of category numbers from 0, -1 where a coder gave none. `categories` is how
many a coder could choose from, also where some were never chosen. What can't be worked out is None, never 0:
a coefficient is undefined where no unit has two values, or where chance alone would already agree always.

n_ik is how many coders gave unit i the value k, r_i how many gave it any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.i18n import N_, _, language

Floats = NDArray[np.float64]
NAMES = {
    "percent": N_("Agreement"),
    "kappa": N_("Cohen’s κ"),
    "pi": N_("Scott’s π (Fleiss’ κ)"),
    "alpha": N_("Krippendorff’s α"),
    "ac1": N_("Gwet’s AC1"),
    "bp": N_("Brennan–Prediger"),
    "holsti": N_("Holsti"),
}
_FEW = 1 << 16  # different units that could be: so many are counted at once
UNDEFINED = N_("undefined")


@dataclass(frozen=True)
class Coefficients:
    """What the values of some coders give; `units` are those with values of at least two coders."""

    units: int
    percent: float | None
    kappa: float | None
    pi: float | None
    alpha: float | None
    ac1: float | None
    bp: float | None
    holsti: float | None


def format_coefficient(value: float | None) -> str:
    """A coefficient to two decimals as it is written in the language now spoken, or that it is undefined."""
    if value is None:
        return _(UNDEFINED)
    return f"{value:.2f}".replace(".", "," if language() == "id" else ".").replace("-", "−")


def coefficients(values: Numbers, categories: int) -> Coefficients:
    """All coefficients of an array [unit, coder] of values."""
    values, times = distinct_units(values, categories)
    counts = value_counts(values, categories)
    return Coefficients(
        int(times[counts.sum(axis=1) > 1].sum()),
        percent_agreement(counts, times),
        cohen_kappa(values, categories, times),
        scott_pi(counts, times),
        krippendorff_alpha(counts, times),
        gwet_ac1(counts, times),
        brennan_prediger(counts, times),
        holsti(values, times),
    )


def distinct_units(values: Numbers, categories: int) -> tuple[Numbers, Numbers]:
    """The different units, and how many times each is there: no coefficient asks for more.

    ValueError where a value is no category.
    """
    if values.size and values.max() >= categories:
        raise ValueError(f"value {values.max()} of {categories} categories")
    base, coders = categories + 1, values.shape[1]
    if base**coders > _FEW:
        units, number = np.unique(values, axis=0, return_counts=True)
        return units, number
    places = base ** np.arange(coders, dtype=np.int64)
    times = np.bincount((values + 1) @ places, minlength=0)
    there = np.flatnonzero(times)
    return there[:, None] // places % base - 1, times[there]


def value_counts(values: Numbers, categories: int) -> Numbers:
    """n_ik: an array [unit, category]."""
    unit, coder = np.nonzero(values >= 0)
    flat = np.bincount(unit * categories + values[unit, coder], minlength=len(values) * categories)
    return flat.reshape(len(values), categories)


def percent_agreement(counts: Numbers, times: Numbers | None = None) -> float | None:
    """The share of agreeing pairs of coders, averaged over the units that two or more gave a value.

    Sum over k of n_ik (n_ik - 1) / (r_i (r_i - 1)); Fleiss 1971, Psychological Bulletin 76(5): 379. For two
    coders it is the share of units on which they agree. `times` (also below): how often a unit is there.
    """
    pairs, times = _with(counts, times, counts.sum(axis=1) > 1)
    if not len(pairs):
        return None
    given = pairs.sum(axis=1)
    return float(np.average((pairs * (pairs - 1)).sum(axis=1) / (given * (given - 1)), weights=times))


def cohen_kappa(values: Numbers, categories: int, times: Numbers | None = None) -> float | None:
    """Cohen's κ of exactly two coders: chance is the product of what each coder used.

    (p_o - p_e) / (1 - p_e), p_e = sum over k of p_1k p_2k; Cohen 1960, Educational and Psychological
    Measurement 20(1): 40. Units that one of them left out are not looked at. More than two coders: None.
    """
    if values.shape[1] != 2:
        return None
    both, times = _with(values, times, (values >= 0).all(axis=1))
    if not len(both):
        return None
    one, other = (np.bincount(both[:, side], times, categories) / times.sum() for side in (0, 1))
    same = float(np.average(both[:, 0] == both[:, 1], weights=times))
    return _beyond_chance(same, float(one @ other))


def scott_pi(counts: Numbers, times: Numbers | None = None) -> float | None:
    """Scott's π, for more than two coders Fleiss' κ: chance is what all of them together used.

    (p_o - p_e) / (1 - p_e), p_e = sum over k of π_k squared, π_k the mean of n_ik / r_i over units with a
    value; Scott 1955, Public Opinion Quarterly 19(3): 323; Fleiss 1971, Psychological Bulletin 76(5): 379;
    with missing values Gwet 2014, Handbook of Inter-Rater Reliability, ch. 2.
    """
    observed, used = percent_agreement(counts, times), _shares(counts, times)
    return None if observed is None else _beyond_chance(observed, float(used @ used))


def krippendorff_alpha(counts: Numbers, times: Numbers | None = None) -> float | None:
    """Krippendorff's α for nominal values: any number of coders, values may be missing.

    1 - D_o / D_e from the coincidences o_ck = sum over i of n_ic (n_ik - [c = k]) / (r_i - 1), units with one
    value left out: α = ((n - 1) sum o_cc - sum n_c (n_c - 1)) / (n (n - 1) - sum n_c (n_c - 1)); Krippendorff
    2013, Content Analysis, 3rd ed., ch. 12; Hayes & Krippendorff 2007, Communication Methods and Measures
    1(1): 77-89.
    """
    pairs, times = _with(counts, times, counts.sum(axis=1) > 1)
    if not len(pairs):
        return None
    same = float(((pairs * (pairs - 1)).sum(axis=1) / (pairs.sum(axis=1) - 1)) @ times)
    used = (times @ pairs).astype(np.float64)
    total, by_chance = float(used.sum()), float((used * (used - 1)).sum())
    most = total * (total - 1) - by_chance
    return None if most <= 0 else ((total - 1) * same - by_chance) / most


def gwet_ac1(counts: Numbers, times: Numbers | None = None) -> float | None:
    """Gwet's AC1, which rare values do not pull down.

    (p_o - p_e) / (1 - p_e), p_e = sum over k of π_k (1 - π_k) / (q - 1) with q categories to choose from and
    π_k as in Scott's π; Gwet 2008, British Journal of Mathematical and Statistical Psychology 61: 29-48.
    """
    observed, used, categories = percent_agreement(counts, times), _shares(counts, times), counts.shape[1]
    if observed is None or categories < 2:
        return None
    return _beyond_chance(observed, float((used * (1 - used)).sum()) / (categories - 1))


def brennan_prediger(counts: Numbers, times: Numbers | None = None) -> float | None:
    """Brennan and Prediger's κ_n (Bennett's S): chance is one of q categories.

    (p_o - 1/q) / (1 - 1/q); Brennan & Prediger 1981, Educational and Psychological Measurement 41(3): 693.
    """
    observed, categories = percent_agreement(counts, times), counts.shape[1]
    if observed is None or categories < 2:
        return None
    return _beyond_chance(observed, 1 / categories)


def holsti(values: Numbers, times: Numbers | None = None) -> float | None:
    """Holsti's reliability: 2 M / (N_1 + N_2), M agreements among N_1 and N_2 decisions of two coders.

    Holsti 1969, Content Analysis for the Social Sciences and Humanities: 140; of more than two coders the
    mean of all pairs. A unit that one coder left out counts as a decision of the other.
    """
    values, times = _with(values, times, (values >= 0).any(axis=1))
    found = [share for pair in _coder_pairs(values) if (share := _holsti(*pair, times)) is not None]
    return float(np.mean(found)) if found else None


def _holsti(one: Numbers, other: Numbers, times: Numbers) -> float | None:
    decisions = int((one >= 0) @ times + (other >= 0) @ times)
    agreed = int(((one == other) & (one >= 0)) @ times)
    return 2 * agreed / decisions if decisions else None


def _with(
    rows: Numbers, times: Numbers | None, wanted: NDArray[np.bool_] | np.bool_
) -> tuple[Numbers, Numbers]:
    """The wanted units and how often each is there; once where nothing is said."""
    return rows[wanted], (np.ones(len(rows), dtype=np.int64) if times is None else times)[wanted]


def _coder_pairs(values: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    for one, other in combinations(range(values.shape[1]), 2):
        yield values[:, one], values[:, other]


def _shares(counts: Numbers, times: Numbers | None) -> Floats:
    """π_k: how much each category was used, every unit with a value weighing the same."""
    given, times = _with(counts, times, counts.sum(axis=1) > 0)
    if not len(given):
        return np.zeros(counts.shape[1])
    shares: Floats = np.average(given / given.sum(axis=1, keepdims=True), axis=0, weights=times)
    return shares


def _beyond_chance(observed: float, expected: float) -> float | None:
    """What agreement goes beyond chance, of what could; None where chance leaves nothing."""
    return None if expected >= 1 else (observed - expected) / (1 - expected)
