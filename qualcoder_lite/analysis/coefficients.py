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

from qualcoder_lite.coding.frames import Numbers
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


def in_words(value: float | None) -> str:
    """A coefficient to two decimals as it is written in the language now spoken, or that it is undefined."""
    if value is None:
        return _(UNDEFINED)
    return f"{value:.2f}".replace(".", "," if language() == "id" else ".").replace("-", "−")


def coefficients(values: Numbers, categories: int) -> Coefficients:
    """All coefficients of an array [unit, coder] of values."""
    counts = value_counts(values, categories)
    units = int((counts.sum(axis=1) > 1).sum())
    return Coefficients(
        units,
        percent_agreement(counts),
        cohen_kappa(values, categories),
        scott_pi(counts),
        krippendorff_alpha(counts),
        gwet_ac1(counts),
        brennan_prediger(counts),
        holsti(values),
    )


def value_counts(values: Numbers, categories: int) -> Numbers:
    """n_ik: an array [unit, category]; ValueError where a value is no category."""
    if values.size and values.max() >= categories:
        raise ValueError(f"value {values.max()} of {categories} categories")
    unit, coder = np.nonzero(values >= 0)
    flat = np.bincount(unit * categories + values[unit, coder], minlength=len(values) * categories)
    return flat.reshape(len(values), categories)


def percent_agreement(counts: Numbers) -> float | None:
    """The share of agreeing pairs of coders, averaged over the units that two or more gave a value.

    Sum over k of n_ik (n_ik - 1) / (r_i (r_i - 1)); Fleiss 1971, Psychological Bulletin 76(5): 379. For two
    coders it is the share of units on which they agree.
    """
    pairs = counts[counts.sum(axis=1) > 1]
    if not len(pairs):
        return None
    given = pairs.sum(axis=1)
    return float(((pairs * (pairs - 1)).sum(axis=1) / (given * (given - 1))).mean())


def cohen_kappa(values: Numbers, categories: int) -> float | None:
    """Cohen's κ of exactly two coders: chance is the product of what each coder used.

    (p_o - p_e) / (1 - p_e), p_e = sum over k of p_1k p_2k; Cohen 1960, Educational and Psychological
    Measurement 20(1): 40. Units that one of them left out are not looked at. More than two coders: None.
    """
    if values.shape[1] != 2:
        return None
    both = values[(values >= 0).all(axis=1)]
    if not len(both):
        return None
    one, other = (np.bincount(both[:, side], minlength=categories) / len(both) for side in (0, 1))
    return _beyond_chance(float((both[:, 0] == both[:, 1]).mean()), float(one @ other))


def scott_pi(counts: Numbers) -> float | None:
    """Scott's π, for more than two coders Fleiss' κ: chance is what all of them together used.

    (p_o - p_e) / (1 - p_e), p_e = sum over k of π_k squared, π_k the mean of n_ik / r_i over units with a
    value; Scott 1955, Public Opinion Quarterly 19(3): 323; Fleiss 1971, Psychological Bulletin 76(5): 379;
    with missing values Gwet 2014, Handbook of Inter-Rater Reliability, ch. 2.
    """
    observed, used = percent_agreement(counts), _shares(counts)
    return None if observed is None else _beyond_chance(observed, float(used @ used))


def krippendorff_alpha(counts: Numbers) -> float | None:
    """Krippendorff's α for nominal values: any number of coders, values may be missing.

    1 - D_o / D_e from the coincidences o_ck = sum over i of n_ic (n_ik - [c = k]) / (r_i - 1), units with one
    value left out: α = ((n - 1) sum o_cc - sum n_c (n_c - 1)) / (n (n - 1) - sum n_c (n_c - 1)); Krippendorff
    2013, Content Analysis, 3rd ed., ch. 12; Hayes & Krippendorff 2007, Communication Methods and Measures
    1(1): 77-89.
    """
    pairs = counts[counts.sum(axis=1) > 1]
    given, total = pairs.sum(axis=1), float(pairs.sum())
    if not len(pairs):
        return None
    same = float(((pairs * (pairs - 1)).sum(axis=1) / (given - 1)).sum())
    used = pairs.sum(axis=0).astype(np.float64)
    by_chance = float((used * (used - 1)).sum())
    most = total * (total - 1) - by_chance
    return None if most <= 0 else ((total - 1) * same - by_chance) / most


def gwet_ac1(counts: Numbers) -> float | None:
    """Gwet's AC1, which rare values do not pull down.

    (p_o - p_e) / (1 - p_e), p_e = sum over k of π_k (1 - π_k) / (q - 1) with q categories to choose from and
    π_k as in Scott's π; Gwet 2008, British Journal of Mathematical and Statistical Psychology 61: 29-48.
    """
    observed, used, categories = percent_agreement(counts), _shares(counts), counts.shape[1]
    if observed is None or categories < 2:
        return None
    return _beyond_chance(observed, float((used * (1 - used)).sum()) / (categories - 1))


def brennan_prediger(counts: Numbers) -> float | None:
    """Brennan and Prediger's κ_n (Bennett's S): chance is one of q categories.

    (p_o - 1/q) / (1 - 1/q); Brennan & Prediger 1981, Educational and Psychological Measurement 41(3): 693.
    """
    observed, categories = percent_agreement(counts), counts.shape[1]
    if observed is None or categories < 2:
        return None
    return _beyond_chance(observed, 1 / categories)


def holsti(values: Numbers) -> float | None:
    """Holsti's reliability: 2 M / (N_1 + N_2), M agreements among N_1 and N_2 decisions of two coders.

    Holsti 1969, Content Analysis for the Social Sciences and Humanities: 140; of more than two coders the
    mean of all pairs. A unit that one coder left out counts as a decision of the other.
    """
    found = [share for one, other in _coder_pairs(values) if (share := _holsti(one, other)) is not None]
    return float(np.mean(found)) if found else None


def _holsti(one: Numbers, other: Numbers) -> float | None:
    decisions = int((one >= 0).sum() + (other >= 0).sum())
    agreed = int(((one == other) & (one >= 0)).sum())
    return 2 * agreed / decisions if decisions else None


def _coder_pairs(values: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    for one, other in combinations(range(values.shape[1]), 2):
        yield values[:, one], values[:, other]


def _shares(counts: Numbers) -> Floats:
    """π_k: how much each category was used, every unit with a value weighing the same."""
    given = counts[counts.sum(axis=1) > 0]
    if not len(given):
        return np.zeros(counts.shape[1])
    shares: Floats = (given / given.sum(axis=1, keepdims=True)).mean(axis=0)
    return shares


def _beyond_chance(observed: float, expected: float) -> float | None:
    """What agreement goes beyond chance, of what could; None where chance leaves nothing."""
    return None if expected >= 1 else (observed - expected) / (1 - expected)
