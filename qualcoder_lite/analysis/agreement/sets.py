"""Agreement where the value of a unit is the set of codes that a coder gave it; no code is a value as well.

A unit may bear several codes of a domain. To choose one of them would let the order of entry or the lengths
of passages decide; the whole set is compared instead, by how much two sets differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.analysis.agreement.coefficients import coefficients, format_coefficient
from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.i18n import N_, _

Floats = NDArray[np.float64]
Given = NDArray[np.bool_]
"""[code, unit, coder]: whether a coder gave a code, or one below it, to a unit."""
Interval = tuple[float, float]
DRAWS, SEED, FEWEST = 2000, 1, 10  # resamples of the units, their seed, and the units that they need at least
LIMITS = (2.5, 97.5)  # percentiles
MOST_UNDEFINED = 0.05  # of the draws: where α is more often undefined, what is left says little
SET_NAMES = {
    "percent": N_("Same set"),
    "alpha_jaccard": N_("Krippendorff’s α (Jaccard)"),
    "alpha_masi": N_("Krippendorff’s α (MASI)"),
}
ONE_VALUE = ("kappa", "pi", "ac1", "bp", "holsti")
"""The coefficients that need one value for a unit: undefined where a coder gave one several codes."""
SEVERAL = N_("undefined: several codes on one unit")
TOO_FEW = N_("too few")
_BITS = 40  # codes that are put into one number at once


@dataclass(frozen=True)
class SetCoefficients:
    """What the sets of some coders give, all on the same units.

    `percent` is the share of pairs of coders with the same set. `several`: a coder gave a unit several codes.
    """

    units: int
    several: bool
    percent: float | None
    alpha_jaccard: float | None
    alpha_masi: float | None
    kappa: float | None
    pi: float | None
    ac1: float | None
    bp: float | None
    holsti: float | None


@dataclass(frozen=True, eq=False)
class SetValues:
    """The different sets, [set, code], by the codes in order; and which each has, [unit, coder]."""

    sets: Given
    numbers: Numbers


def set_values(there: Given) -> SetValues:
    """Which set of codes each coder gave each unit."""
    codes, units, coders = there.shape
    flat = there.reshape(codes, units * coders)
    number = np.zeros(units * coders, dtype=np.int64)
    for code in range(codes):
        number = number * 2 + flat[code]
        if code % _BITS == _BITS - 1:
            number = np.unique(number, return_inverse=True)[1]
    _different, first, number = np.unique(number, return_index=True, return_inverse=True)
    return SetValues(flat[:, first].T, number.reshape(units, coders))


def jaccard_distance(sets: Given) -> Floats:
    """1 - J for all pairs of sets, J what they share of what either has; two empty ones are 0 apart."""
    return 1 - _jaccard(*_shared(sets))


def masi_distance(sets: Given) -> Floats:
    """1 - J M: M is 1 for equal sets, 2/3 where one is within the other, 1/3 where they overlap, else 0.

    Two empty sets are 0 apart, an empty one and another 1. Passonneau 2006, Measuring agreement on set-valued
    items (MASI) for semantic and pragmatic annotation, LREC.
    """
    shared, sizes = _shared(sets)
    one, other = sizes[:, None], sizes[None, :]
    within = shared == np.minimum(one, other)
    monotone = np.select([within & (one == other), within, shared > 0], [1.0, 2 / 3, 1 / 3], 0.0)
    found: Floats = 1 - _jaccard(shared, sizes) * monotone
    return found


def _shared(sets: Given) -> tuple[Floats, Floats]:
    """How many codes each pair of sets shares, and how many each set has."""
    members: Floats = sets.astype(np.float64)
    return members @ members.T, members.sum(axis=1)


def _jaccard(shared: Floats, sizes: Floats) -> Floats:
    either = sizes[:, None] + sizes[None, :] - shared
    found: Floats = np.where(either > 0, shared / np.maximum(either, 1), 1.0)
    return found


def alpha(numbers: Numbers, distance: Floats) -> float | None:
    """Krippendorff's α of values [unit, coder] with a distance between any two values; all have one.

    1 - D_o / D_e, D_o the mean distance of two coders on a unit, D_e that of any two values of all units;
    Krippendorff 2013, Content Analysis, 3rd ed., ch. 12. None where nothing differs, or without units.
    """
    if not len(numbers):
        return None
    used = np.bincount(numbers.ravel(), minlength=len(distance)).astype(np.float64)
    by_chance = float(used @ distance @ used) / (numbers.size * (numbers.size - 1))
    return None if by_chance <= 0 else 1 - float(_within(numbers, distance).mean()) / by_chance


def _within(numbers: Numbers, distance: Floats) -> Floats:
    """Of each unit the mean distance of two coders."""
    pairs = list(combinations(range(numbers.shape[1]), 2))
    found: Floats = np.mean([distance[numbers[:, a], numbers[:, b]] for a, b in pairs], axis=0)
    return found


def set_coefficients(there: Given) -> SetCoefficients:
    """All coefficients of a domain. Those of one value for a unit count no code as a category as well."""
    codes, units, _coders = there.shape
    values = set_values(there)
    several = bool(units) and int(values.sets.sum(axis=1).max()) > 1
    one: dict[str, float | None] = dict.fromkeys(ONE_VALUE)
    if units and not several:
        category = np.where(values.sets.any(axis=1), values.sets.argmax(axis=1), codes)
        found = coefficients(category[values.numbers], codes + 1)
        one = {name: getattr(found, name) for name in ONE_VALUE}
    apart = 1.0 - np.eye(len(values.sets))
    return SetCoefficients(
        units,
        several,
        1 - float(_within(values.numbers, apart).mean()) if units else None,
        alpha(values.numbers, jaccard_distance(values.sets)),
        alpha(values.numbers, masi_distance(values.sets)),
        **one,
    )


def format_interval(interval: Interval | None) -> str:
    """An interval as it is written in the language now spoken, or that there are too few units for one."""
    if interval is None:
        return _(TOO_FEW)
    return "{} – {}".format(*map(format_coefficient, interval))


# Intervals -----------------------------------------------------------------------------------------------


def set_intervals(there: Given) -> dict[str, Interval | None]:
    """The 95 % intervals of both α of a domain by name; None where there is too little for one."""
    values = set_values(there)
    distances = {"alpha_jaccard": jaccard_distance, "alpha_masi": masi_distance}
    found = bootstrap(values.numbers, [measure(values.sets) for measure in distances.values()])
    return dict(zip(distances, found, strict=True))


def bootstrap(numbers: Numbers, distances: Sequence[Floats]) -> list[Interval | None]:
    """The percentile interval of α for each distance: units drawn anew, with replacement, DRAWS times.

    The seed is fixed, and units are drawn by what they are and not by where they stand, so that the same
    data give the same interval. None under FEWEST units, or where α is undefined in too many draws.
    Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13.
    """
    units = len(numbers)
    if units < FEWEST:
        return [None] * len(distances)
    alike, times = np.unique(np.sort(numbers, axis=1), axis=0, return_counts=True)
    drawn = np.random.default_rng(SEED).multinomial(units, times / units, DRAWS).astype(np.float64)
    used = drawn @ _counted(alike, len(distances[0]))
    return [_interval(drawn @ _within(alike, of) / units, used, of) for of in distances]


def _counted(alike: Numbers, sets: int) -> Floats:
    """How often each set is on a unit: [unit, set]."""
    counted = np.zeros((len(alike), sets))
    for column in alike.T:
        counted[np.arange(len(alike)), column] += 1
    return counted


def _interval(observed: Floats, used: Floats, distance: Floats) -> Interval | None:
    """The percentiles of α over draws: their mean distance on a unit, and how often each set was used."""
    total = float(used[0].sum())
    by_chance = ((used @ distance) * used).sum(axis=1) / (total * (total - 1))
    defined = by_chance > 0
    if defined.mean() < 1 - MOST_UNDEFINED:
        return None
    low, high = np.percentile(1 - observed[defined] / by_chance[defined], LIMITS)
    return float(low), float(high)
