"""Agreement of coders: how far they code the same units alike, and above all where they do not.

Units are the turns of informants (and descriptive notes), the sentences in them, or the passages of the first
coder; in a source without turns each paragraph stands for a turn. Only sources in which every compared coder
has coded are looked at: a source that one has not reached is no disagreement. Of each unit two things are
compared: whether a code, or one below it, is there; and one value for each domain, the primary top code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.analysis.agreement.coefficients import Coefficients, coefficients
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
from qualcoder_lite.coding.counting.references import STUDY, ranks_by_id
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.sentences import sentences
from qualcoder_lite.store.project import Project

if TYPE_CHECKING:
    import pandas as pd

UNITS = ("turns", "sentences", "passages")


@dataclass(frozen=True)
class Units:
    """Ranges that are compared: source (number), start, end (code points, end exclusive), in order."""

    source: Numbers
    start: Numbers
    end: Numbers

    def __len__(self) -> int:
        return len(self.source)


@dataclass(frozen=True)
class Disagreement:
    """A unit to talk about: what each coder made of it, in the order of the coders; empty for nothing."""

    source: int
    start: int
    end: int
    values: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Domain:
    """A set of top codes of which each unit gets one value from each coder: all of them, or one kind.

    `values` are [unit, coder] the place of the value in `codes`, -1 for none. `left_out` are the units to
    which not even two coders gave a value: they say nothing of agreement.
    """

    key: str
    name: str
    codes: tuple[str, ...]
    units: Units
    values: Numbers
    coefficients: Coefficients
    left_out: int

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """The units to which not all coders gave the same value, in order."""
        apart = np.flatnonzero((self.values != self.values[:, :1]).any(axis=1))
        names = (*self.codes, "")  # -1 is the last
        source, start, end = (
            column[apart].tolist() for column in (self.units.source, self.units.start, self.units.end)
        )
        told = [tuple(names[value] for value in row) for row in self.values[apart].tolist()]
        return tuple(map(Disagreement, source, start, end, told))


def agreement_matrix(project: Project, choice: Choice) -> Matrix:
    """Codes in one column. Cells: `both` (all coders), `some` (not all), `none`, units, coefficients.

    Coefficients are None where undefined. `evidence` lists every unit on which not all agree about a code,
    with a column for each coder (0, 1, …) that tells whether it is there. `details`: coders, units, domains.
    Raises UserError where there are no two coders, or a coder or kind of unit is unknown.
    """
    whole, filters = counted(project, choice.interviewer), replace(choice.filters, codes=())
    places = apply_filters(
        whole, replace(filters, polarities=(), evidence=())
    )  # who coded where, whatever it is
    coders = _coders(places, choice.coders)
    units = units_of(project, places, coders, choice.units)
    study = apply_filters(whole, filters)  # a code that is left out is no disagreement
    codes = code_headings(study, choice.level or "top", choice)
    there = presence(study, units, coders, codes)
    rows = headings_of_codes(study, codes)
    number = there.sum(axis=2)
    found = [asdict(coefficients(there[code].astype(np.int64), 2)) for code in range(len(codes))]
    cells = cells_frame(
        len(codes),
        1,
        both=(number == len(coders)).sum(axis=1),
        some=((number > 0) & (number < len(coders))).sum(axis=1),
        none=(number == 0).sum(axis=1),
        **{name: np.array([row[name] for row in found], object) for name in Coefficients.__annotations__},
    )
    details = {"coders": coders, "units": units, "domains": domains_of(study, units, coders)}
    column = (Heading("agreement", _("Agreement"), "study", STUDY),)
    named = "; ".join(coders)
    return Matrix(
        "agreement", choice, named, study, rows, column, cells, _differing(there, units), details=details
    )


def _coders(study: Counted, wanted: Sequence[str]) -> tuple[str, ...]:
    """The coders to compare: those named, else all who have coded."""
    frames = study.frames
    named = tuple(dict.fromkeys(chosen_coder(frames, name) for name in wanted))
    coders = named or tuple(frames.coders[i] for i in np.unique(frames.codings.coder[study.counts]))
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


def domains_of(study: Counted, units: Units, coders: Sequence[str]) -> tuple[Domain, ...]:
    """The domain of all top codes from theory, then one for each of their kinds with several."""
    codes = study.frames.codes
    tops = [i for i, code in enumerate(codes) if code.parent < 0 and code.perspective != "emic"]
    kinds = dict.fromkeys(codes[i].kind for i in tops)
    sets = {kind: [i for i in tops if codes[i].kind == kind] for kind in kinds}
    parts = [(kind, word(kind), members) for kind, members in sets.items() if 1 < len(members) < len(tops)]
    parts.insert(0, ("all", _("All top codes"), tops))
    given = touching(study.frames.codings, units.source, units.start, units.end)
    made = ranks_by_id(study.frames.codings)
    return tuple(
        _domain(
            units,
            key,
            name,
            [codes[i].key for i in members],
            _primary(study, units, coders, members, *given, made),
        )
        for key, name, members in parts
    )


def _domain(units: Units, key: str, name: str, keys: list[str], values: Numbers) -> Domain:
    given = coefficients(values, len(keys))
    return Domain(key, name, tuple(keys), units, values, given, len(units) - given.units)


def _primary(
    study: Counted,
    units: Units,
    coders: Sequence[str],
    tops: Sequence[int],
    coding: Numbers,
    unit: Numbers,
    made: Numbers,
) -> Numbers:
    """[unit, coder]: the place in `tops` of the primary top code, -1 where there is none.

    Primary is the top code of the coding that covers most of the unit; of equal ones that which was made
    first. `coding` and `unit` are the pairs that share a character, `made` the order of codings.
    """
    codings, roots = study.frames.codings, np.array(study.frames.roots(), dtype=np.int64)
    place_of = np.full(len(study.frames.codes), -1, dtype=np.int64)
    place_of[list(tops)] = np.arange(len(tops))
    place = place_of[roots[codings.code[coding]]] if len(coding) else coding
    start, end = (
        np.maximum(codings.start[coding], units.start[unit]),
        np.minimum(codings.end[coding], units.end[unit]),
    )
    values = np.full((len(units), len(coders)), -1, dtype=np.int64)
    for number, coder in enumerate(coders):
        mine = np.flatnonzero(study.of_coder(coder)[coding] & (place >= 0))
        order = mine[np.lexsort((-made[coding[mine]], (end - start)[mine]))]  # the last to be set wins
        values[unit[order], number] = place[order]
    return values


def _differing(there: NDArray[np.bool_], units: Units) -> pd.DataFrame:
    """The units on which not all coders agree about a code, with what each has."""
    import pandas as pd

    code, unit = np.nonzero((there != there[:, :, :1]).any(axis=2))
    places: dict[Any, Any] = {"row": code, "column": code * 0, "source": units.source[unit]}
    by_coder = {number: there[code, unit, number] for number in range(there.shape[2])}
    return pd.DataFrame(places | {"start": units.start[unit], "end": units.end[unit]} | by_coder)
