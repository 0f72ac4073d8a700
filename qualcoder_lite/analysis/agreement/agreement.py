"""Agreement of coders: how far they code the same units alike, and above all where they do not.

Units are the turns of informants (and descriptive notes), the sentences in them, or the passages of the first
coder; in a source without turns each paragraph stands for a turn. Only sources in which every compared coder
has coded are looked at: a source that one has not reached is no disagreement. Of each unit two things are
compared: whether a code, or one below it, is there; and for each domain the set of its top codes.

All figures of a row rest on the same units: all of these sources, or only those that anyone used, which of a
domain are those with one of its codes, and of a single code those with any code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.analysis.agreement.coefficients import (
    NAMES,
    Coefficients,
    coefficients,
    format_coefficient,
)
from qualcoder_lite.analysis.agreement.sets import (
    ONE_VALUE,
    SET_NAMES,
    SEVERAL,
    Given,
    Interval,
    SetCoefficients,
    bootstrap,
    format_interval,
    set_coefficients,
    set_intervals,
)
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.filtering import apply_filters
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import (
    Matrix,
    cells_frame,
    code_headings,
    headings_of_codes,
    roll_up,
)
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.counted import Counted, chosen_coder, counted, touching
from qualcoder_lite.coding.counting.frames import DESCRIPTIVE, INFORMANT, Numbers
from qualcoder_lite.coding.counting.overlaps import passages
from qualcoder_lite.coding.counting.references import STUDY
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.sentences import sentences
from qualcoder_lite.store.project import Project

if TYPE_CHECKING:
    import pandas as pd

UNITS = ("turns", "sentences", "passages")
BASES = ("sources", "used")


@dataclass(frozen=True)
class Units:
    """Ranges that are compared: source (number), start, end (code points, end exclusive), in order."""

    source: Numbers
    start: Numbers
    end: Numbers

    def __len__(self) -> int:
        return len(self.source)

    def only(self, wanted: Numbers) -> Units:
        """Some of them."""
        return Units(self.source[wanted], self.start[wanted], self.end[wanted])


@dataclass(frozen=True, eq=False)
class Domain:
    """A set of top codes: all of them, or one kind. The value of a unit is which of them a coder gave it.

    `there` is [code, unit, coder]; `intervals` are those of α by name, empty before they are drawn.
    """

    key: str
    name: str
    codes: tuple[str, ...]
    units: Units
    there: Given
    coefficients: SetCoefficients
    intervals: dict[str, Interval | None] = field(default_factory=dict)

    @cached_property
    def apart(self) -> Numbers:
        """The places of the units to which not all coders gave the same set, in order."""
        return np.flatnonzero((self.there != self.there[:, :, :1]).any(axis=(0, 2)))

    def sets_of(self, unit: int) -> tuple[tuple[str, ...], ...]:
        """The top codes that each coder gave a unit."""
        given = self.there[:, unit, :].T
        return tuple(tuple(self.codes[code] for code in np.flatnonzero(codes)) for codes in given)


def agreement_matrix(project: Project, choice: Choice) -> Matrix:
    """Codes in one column. Cells: `both` (all coders), `some` (not all), `none`, units, coefficients.

    Coefficients are None where undefined. `evidence` lists every unit on which not all agree about a code,
    with a column for each coder (0, 1, …) that tells whether it is there. `details`: coders, units, domains.
    Intervals come with `with_intervals`, since they take longer.
    Raises UserError where there are no two coders, or a coder or kind of unit is unknown.
    """
    whole, filters = counted(project, choice.interviewer), replace(choice.filters, codes=())
    places = apply_filters(
        whole, replace(filters, polarities=(), evidence=())
    )  # who coded where, whatever it is
    coders = _coders(places, choice.coders)
    study = apply_filters(whole, filters)  # a code that is left out is no disagreement
    units = _in_base(study, units_of(project, places, coders, choice.units), coders, choice.basis)
    codes = code_headings(study, choice.level or "top", choice)
    there = presence(study, units, coders, codes)
    found = [asdict(coefficients(of_code.astype(np.int64), 2)) for of_code in there]
    number = there.sum(axis=2)
    cells = cells_frame(
        len(codes),
        1,
        both=(number == len(coders)).sum(axis=1),
        some=((number > 0) & (number < len(coders))).sum(axis=1),
        none=(number == 0).sum(axis=1),
        **{name: np.array([row[name] for row in found], object) for name in Coefficients.__annotations__},
    )
    details = {
        "coders": coders,
        "units": units,
        "domains": domains_of(study, units, coders, choice.basis),
        "there": dict(zip((study.frames.codes[code].key for code in codes), there, strict=True)),
    }
    column, rows = (Heading("agreement", _("Agreement"), "study", STUDY),), headings_of_codes(study, codes)
    apart = _differing(there, units)
    return Matrix("agreement", choice, "; ".join(coders), study, rows, column, cells, apart, details=details)


def with_intervals(matrix: Matrix) -> Matrix:
    """A matrix of agreement with the 95 % intervals of every α: in the cells as `interval`, and of domains.

    Reads nothing of the study. Intervals are of `sets.bootstrap`.
    """
    import pandas as pd

    if "interval" in matrix.cells:
        return matrix
    apart = 1.0 - np.eye(2)
    there: dict[str, Given] = matrix.details["there"]
    drawn = [bootstrap(there[row.key].astype(np.int64), [apart])[0] for row in matrix.rows]
    domains = tuple(replace(one, intervals=set_intervals(one.there)) for one in matrix.details["domains"])
    cells = matrix.cells.assign(interval=pd.Series(drawn, index=matrix.cells.index, dtype=object))
    return replace(matrix, cells=cells, details=matrix.details | {"domains": domains})


def domain_figures(domain: Domain) -> list[str]:
    """What a domain gives, each figure by its name; what is undefined says why, intervals where drawn."""
    given = vars(domain.coefficients)
    said = [f"{_(name)} {format_coefficient(given[key])}" for key, name in SET_NAMES.items()]
    for at, (_key, interval) in enumerate(domain.intervals.items(), 1):
        said[at] += f" ({format_interval(interval)})"
    if domain.coefficients.several:
        return [*said, f"{', '.join(_(NAMES[name]) for name in ONE_VALUE)}: {_(SEVERAL)}"]
    return [*said, *(f"{_(NAMES[name])} {format_coefficient(given[name])}" for name in ONE_VALUE)]


def _in_base(study: Counted, units: Units, coders: Sequence[str], basis: str) -> Units:
    """All units, or those to which anyone gave any code."""
    if basis == "sources":
        return units
    coding, unit = touching(study.frames.codings, units.source, units.start, units.end)
    anyone = np.zeros(len(study.frames.codings.id), dtype=np.bool_)
    for coder in coders:
        anyone |= study.of_coder(coder)
    return units.only(np.unique(unit[anyone[coding]]))


def _coders(study: Counted, wanted: Sequence[str]) -> tuple[str, ...]:
    """The coders to compare: those named, else all who have coded, by name."""
    frames = study.frames
    named = tuple(dict.fromkeys(chosen_coder(frames, name) for name in wanted))
    coders = named or tuple(sorted(frames.coders[i] for i in np.unique(frames.codings.coder[study.counts])))
    if len(coders) > 1:
        return coders
    raise UserError(
        _("There are no two coders to compare."),
        _("With codings that count there is: {names}.").format(names=", ".join(coders) or "—"),
        _("Let a second person code some of the sources, or bring in a table of their codings."),
    )


# Units ---------------------------------------------------------------------------------------------------


def units_of(project: Project, study: Counted, coders: Sequence[str], kind: str) -> Units:
    """The units of a kind in the sources in which each of the coders has coded."""
    if kind not in UNITS:
        raise ValueError(f"no units: {kind}")
    mine, codings = [study.of_coder(coder) for coder in coders], study.frames.codings
    sources = np.unique(codings.source)
    for of_coder in mine:
        sources = np.intersect1d(sources, codings.source[of_coder])
    if kind == "passages":
        own = np.flatnonzero(mine[0] & np.isin(codings.source, sources))
        found = passages(own * 0, codings.source[own], codings.start[own], codings.end[own])
        return Units(found.source, found.start, found.end)
    turns = _turns(project, study, sources)
    return turns if kind == "turns" else _sentences(project, study, turns)


def _turns(project: Project, study: Counted, sources: Numbers) -> Units:
    """The turns that count in these sources; of a source without any turn its paragraphs."""
    turns, texts = study.frames.turns, Texts(project, study)
    counting = np.isin(turns.role, (INFORMANT, DESCRIPTIVE)) & np.isin(turns.source, sources)
    columns = (column[counting].tolist() for column in (turns.source, turns.start, turns.end))
    found = list(zip(*columns, strict=True))
    for source in sorted(set(sources.tolist()) - set(turns.source.tolist())):
        found += [(source, start, end) for start, end in _paragraphs(texts.of(source)[0])]
    return _as_units(found)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for line in text.split("\n"):
        plain = line.strip()
        if plain:
            start = at + line.index(plain)
            found.append((start, start + len(plain)))
        at += len(line) + 1
    return found


def _sentences(project: Project, study: Counted, turns: Units) -> Units:
    """The sentences in these ranges."""
    texts, found = Texts(project, study), list[tuple[int, int, int]]()
    for source, start, end in zip(
        turns.source.tolist(), turns.start.tolist(), turns.end.tolist(), strict=True
    ):
        said = texts.of(source)[0][start:end]
        found += [(source, start + first, start + last) for first, last in sentences(said)]
    return _as_units(found)


def _as_units(ranges: Sequence[tuple[int, int, int]]) -> Units:
    table = np.array(sorted(ranges), dtype=np.int64).reshape(-1, 3)
    return Units(table[:, 0], table[:, 1], table[:, 2])


# Values --------------------------------------------------------------------------------------------------


def presence(study: Counted, units: Units, coders: Sequence[str], codes: Sequence[int]) -> NDArray[np.bool_]:
    """[code, unit, coder]: whether a coder has the code, or one below it, on a part of the unit."""
    there = np.zeros((len(codes), len(units), len(coders)), dtype=np.bool_)
    coding, unit = touching(study.frames.codings, units.source, units.start, units.end)
    for number, coder in enumerate(coders):
        mine = study.of_coder(coder)[coding]
        place, pair = roll_up(study, codes, coding[mine])
        there[place, unit[mine][pair], number] = True
    return there


def domains_of(study: Counted, units: Units, coders: Sequence[str], basis: str) -> tuple[Domain, ...]:
    """The domain of all top codes from theory, then one for each of their kinds with several."""
    codes = study.frames.codes
    tops = [i for i, code in enumerate(codes) if code.parent < 0 and code.perspective != "emic"]
    kinds = dict.fromkeys(codes[i].kind for i in tops)
    sets = {kind: [i for i in tops if codes[i].kind == kind] for kind in kinds}
    parts = [(kind, word(kind), members) for kind, members in sets.items() if 1 < len(members) < len(tops)]
    parts.insert(0, ("all", _("All top codes"), tops))
    there = presence(study, units, coders, tops)
    return tuple(
        _domain(key, name, tuple(codes[i].key for i in members), units, there[np.isin(tops, members)], basis)
        for key, name, members in parts
    )


def _domain(key: str, name: str, codes: tuple[str, ...], units: Units, there: Given, basis: str) -> Domain:
    if basis == "used":
        used = np.flatnonzero(there.any(axis=(0, 2)))
        units, there = units.only(used), there[:, used]
    return Domain(key, name, codes, units, there, set_coefficients(there))


def _differing(there: NDArray[np.bool_], units: Units) -> pd.DataFrame:
    """The units on which not all coders agree about a code, with what each has."""
    import pandas as pd

    code, unit = np.nonzero((there != there[:, :, :1]).any(axis=2))
    places: dict[Any, Any] = {"row": code, "column": code * 0, "source": units.source[unit]}
    by_coder = {number: there[code, unit, number] for number in range(there.shape[2])}
    return pd.DataFrame(places | {"start": units.start[unit], "end": units.end[unit]} | by_coder)
