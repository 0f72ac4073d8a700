"""Where coders differ, unit by unit, as it is talked over: passage, place, speaker, and who coded what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from qualcoder_lite.analysis.agreement.agreement import Domain, Units, presence
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.search.excerpts import speaker_of
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.coding.counting.counted import Counted, touching
from qualcoder_lite.coding.counting.frames import SPAN, Numbers
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.lines import line_number
from qualcoder_lite.store.project import Project


@dataclass(frozen=True)
class DisagreementLine:
    """A unit that not all coders coded alike; start and end are code points, end exclusive.

    `line` counts from 1; `speaker` is an alias or a role, empty outside turns. By coder, in their order:
    `values` is the primary top code of the domain, empty for none; `codes` are all keys of the domain that
    they have on the unit. `about` are the top codes that not all of them have.
    """

    source: bytes
    key: str
    start: int
    end: int
    line: int
    citation: str
    speaker: str
    quote: str
    values: tuple[str, ...]
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

    That is more than different primary codes: who sees a second theme in a unit differs as well.
    Raises UserError by `domain_named`.
    """
    study, wanted = matrix.counted, domain_named(matrix, domain)
    coders: tuple[str, ...] = matrix.details["coders"]
    numbers = [study.frames.code(key) for key in wanted.codes]
    there = presence(study, wanted.units, coders, numbers)
    differs = (there != there[:, :, :1]).any(axis=2)
    apart = np.flatnonzero(differs.any(axis=0) | (wanted.values != wanted.values[:, :1]).any(axis=1))
    about = [tuple(wanted.codes[code] for code in np.flatnonzero(differs[:, unit])) for unit in apart]
    return _lines(
        project, study, wanted, _codes_by_coder(study, wanted, coders, numbers, apart), apart, about
    )


def disagreements_about(project: Project, matrix: Matrix, row: int, most: int) -> list[DisagreementLine]:
    """The units on which not all coders have the code of a row of a matrix of agreement, in order, so many.

    `codes` are then all that each coder has there: who does not see this code may see another.
    """
    study, wanted = matrix.counted, domain_named(matrix)
    units, apart = wanted.units, matrix.evidence[matrix.evidence["row"] == row].head(most)
    numbers = {place: n for n, place in enumerate(zip(*_places(units), strict=True))}
    found = np.array([numbers[place] for place in zip(*_places(apart), strict=True)], dtype=np.int64)
    everything = sorted(set(study.frames.roots()))
    codes = _codes_by_coder(study, wanted, matrix.details["coders"], everything, found)
    about: list[tuple[str, ...]] = [(matrix.rows[row].key,)] * len(found)
    return _lines(project, study, wanted, codes, found, about)


def _places(ranges: Any) -> tuple[list[int], list[int], list[int]]:
    """Source, start and end of ranges."""
    return ranges.source.tolist(), ranges.start.tolist(), ranges.end.tolist()


def _lines(
    project: Project,
    study: Counted,
    domain: Domain,
    codes: list[tuple[tuple[str, ...], ...]],
    apart: Numbers,
    about: list[tuple[str, ...]],
) -> list[DisagreementLine]:
    names, texts = (*domain.codes, ""), Texts(project, study)
    return [
        _line(
            study,
            texts,
            domain.units,
            unit,
            tuple(names[value] for value in domain.values[unit]),
            codes[place],
            about[place],
        )
        for place, unit in enumerate(apart.tolist())
    ]


def _codes_by_coder(
    study: Counted, domain: Domain, coders: tuple[str, ...], tops: list[int], apart: Numbers
) -> list[tuple[tuple[str, ...], ...]]:
    """For each unit the keys that each coder has there, in the order of the codebook."""
    units, codings = domain.units, study.frames.codings
    coding, unit = touching(codings, units.source[apart], units.start[apart], units.end[apart])
    roots = np.array(study.frames.roots(), dtype=np.int64)
    inside = np.isin(roots[codings.code[coding]], tops) if len(coding) else np.zeros(0, dtype=np.bool_)
    found: list[list[set[int]]] = [[set() for _coder in coders] for _unit in apart]
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
    values: tuple[str, ...],
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
