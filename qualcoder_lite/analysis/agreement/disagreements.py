"""Where coders differ, unit by unit, as it is talked over: passage, place, speaker, and who coded what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualcoder_lite.analysis.agreement.agreement import Domain, Units
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.search.excerpts import speaker_of
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.coding.counting.counted import Counted, touching
from qualcoder_lite.coding.counting.frames import SPAN
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.lines import line_number
from qualcoder_lite.store.project import Project


@dataclass(frozen=True)
class DisagreementLine:
    """A unit that not all coders coded alike; start and end are code points, end exclusive.

    `line` counts from 1; `speaker` is an alias or a role, empty outside turns. By coder, in their order:
    `values` are the top codes of the domain that they have on the unit; `codes` all keys there, below them
    as well. `about` are the top codes that not all of them have.
    """

    source: bytes
    key: str
    start: int
    end: int
    line: int
    citation: str
    speaker: str
    quote: str
    values: tuple[tuple[str, ...], ...]
    codes: tuple[tuple[str, ...], ...]
    about: tuple[str, ...]


def domain_named(matrix: Matrix, key: str = "all") -> Domain:
    """A domain of a matrix of agreement. Raises UserError where there is none of that name."""
    domains: tuple[Domain, ...] = matrix.details["domains"]
    for domain in domains:
        if domain.key == key:
            return domain
    names = " ".join(domain.key for domain in domains)
    raise UserError(
        _("There is no domain {name}.").format(name=key), remedy=_("Use one of: {words}.").format(words=names)
    )


def disagreement_lines(project: Project, matrix: Matrix, domain: str = "all") -> list[DisagreementLine]:
    """The units on which not all coders of a matrix of agreement have the same top codes, in order.

    Raises UserError by `domain_named`.
    """
    study, wanted = matrix.counted, domain_named(matrix, domain)
    numbers = [study.frames.code(key) for key in wanted.codes]
    units, there = wanted.units.only(wanted.apart), wanted.there[:, wanted.apart]
    differs = (there != there[:, :, :1]).any(axis=2)
    about = [tuple(wanted.codes[code] for code in np.flatnonzero(of)) for of in differs.T]
    values = [wanted.sets_of(unit) for unit in wanted.apart.tolist()]
    codes = _codes_by_coder(study, units, matrix.details["coders"], numbers)
    return _lines(project, study, units, values, codes, about)


def disagreements_about(project: Project, matrix: Matrix, row: int, most: int) -> list[DisagreementLine]:
    """The units on which not all coders have the code of a row of a matrix of agreement, in order, so many.

    `codes` are then all that each coder has there: who does not see this code may see another.
    """
    study, apart = matrix.counted, matrix.evidence[matrix.evidence["row"] == row].head(most)
    units = Units(*(apart[name].to_numpy(np.int64) for name in ("source", "start", "end")))
    coders: tuple[str, ...] = matrix.details["coders"]
    codes = _codes_by_coder(study, units, coders, sorted(set(study.frames.roots())))
    key = matrix.rows[row].key
    given = apart[list(range(len(coders)))].to_numpy()
    values = [tuple((key,) if has else () for has in of) for of in given]
    return _lines(project, study, units, values, codes, [(key,)] * len(units))


def _lines(
    project: Project,
    study: Counted,
    units: Units,
    values: Sequence[tuple[tuple[str, ...], ...]],
    codes: Sequence[tuple[tuple[str, ...], ...]],
    about: Sequence[tuple[str, ...]],
) -> list[DisagreementLine]:
    texts = Texts(project, study)
    return [
        _line(study, texts, units, unit, *of)
        for unit, of in enumerate(zip(values, codes, about, strict=True))
    ]


def _codes_by_coder(
    study: Counted, units: Units, coders: tuple[str, ...], tops: list[int]
) -> list[tuple[tuple[str, ...], ...]]:
    """For each unit the keys that each coder has there, in the order of the codebook."""
    codings = study.frames.codings
    coding, unit = touching(codings, units.source, units.start, units.end)
    roots = np.array(study.frames.roots(), dtype=np.int64)
    inside = np.isin(roots[codings.code[coding]], tops) if len(coding) else np.zeros(0, dtype=np.bool_)
    found: list[list[set[int]]] = [[set() for _coder in coders] for _unit in range(len(units))]
    for number, coder in enumerate(coders):
        mine = study.of_coder(coder)[coding] & inside
        for place, code in zip(unit[mine].tolist(), codings.code[coding[mine]].tolist(), strict=True):
            found[place][number].add(code)
    keys = [code.key for code in study.frames.codes]
    return [tuple(tuple(keys[code] for code in sorted(of)) for of in by_coder) for by_coder in found]


def _line(
    study: Counted,
    texts: Texts,
    units: Units,
    unit: int,
    values: tuple[tuple[str, ...], ...],
    codes: tuple[tuple[str, ...], ...],
    about: tuple[str, ...],
) -> DisagreementLine:
    source, start, end = int(units.source[unit]), int(units.start[unit]), int(units.end[unit])
    row = study.frames.sources[source]
    return DisagreementLine(
        row.id,
        row.key,
        start,
        end,
        line_number(texts.of(source)[1], start),
        texts.citation(source, start, end),
        _speaker(study, source, start),
        texts.quote(source, start, end),
        values,
        codes,
        about,
    )


def _speaker(study: Counted, source: int, start: int) -> str:
    """Who speaks at a place; empty outside turns."""
    turns = study.frames.turns
    at = int(np.searchsorted(turns.source * SPAN + turns.start, source * SPAN + start, "right")) - 1
    inside = at >= 0 and turns.source[at] == source and turns.end[at] > start
    return speaker_of(study.frames, at) if inside else ""
