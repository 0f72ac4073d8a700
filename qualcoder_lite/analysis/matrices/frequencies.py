"""How often the codes of a matrix occur, with signs: in codings, passages or informants, never mixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.linkage import tones_of
from qualcoder_lite.analysis.matrices.matrix import Matrix, roll_up, tally
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.frames import SIGNS, Numbers

UNITS = ("codings", "passages", "informants")


@dataclass(frozen=True)
class Frequency:
    """How often a code occurs; `signs` are numbers by SIGNS and add up to `number`."""

    heading: Heading
    number: int
    signs: tuple[int, ...]


def code_headings_in(matrix: Matrix) -> list[Heading]:
    """The codes that stand in a matrix, rows before columns."""
    return [heading for heading in (*matrix.rows, *matrix.columns) if heading.kind == "code"]


def frequencies(matrix: Matrix, unit: str) -> list[Frequency]:
    """The codes of a matrix with what is counted of them by the matrix's coder, under its filters.

    A passage, or an informant, has the sign of its codings as `linkage.tones_of` says; `none` where none is
    signed.
    """
    study, headings = matrix.counted, code_headings_in(matrix)
    codes = _numbers(study, headings)
    signs = _SIGNS_BY[unit](study, codes, matrix.coder)
    return [
        Frequency(heading, sum(row), tuple(row))
        for heading, row in zip(headings, signs.tolist(), strict=True)
    ]


def _numbers(study: Counted, headings: list[Heading]) -> list[int]:
    return [study.frames.code(heading.key) for heading in headings]


def _of_codings(study: Counted, codes: list[int], coder: str) -> Numbers:
    mine = np.flatnonzero(study.of_coder(coder))
    place, pair = roll_up(study, codes, mine)
    return np.asarray(tally(study, place, mine[pair], len(codes)).signs)


def _of_passages(study: Counted, codes: list[int], coder: str) -> Numbers:
    mine = np.flatnonzero(study.of_coder(coder))
    place, pair = roll_up(study, codes, mine)
    merged = tally(study, place, mine[pair], len(codes)).passages
    return _by_sign(study, merged.group, merged.of, mine[pair], len(codes))


def _of_informants(study: Counted, codes: list[int], coder: str) -> Numbers:
    mine = np.flatnonzero(study.of_coder(coder)[study.coding])
    place, pair = roll_up(study, codes, study.coding[mine])
    people = len(study.frames.informants)
    each = place * people + study.informant[mine[pair]]
    once, of = np.unique(each, return_inverse=True)
    return _by_sign(study, once // max(people, 1), of, study.coding[mine[pair]], len(codes))


_SIGNS_BY = {"codings": _of_codings, "passages": _of_passages, "informants": _of_informants}


def _by_sign(study: Counted, code: Numbers, of: Numbers, coding: Numbers, number: int) -> Numbers:
    """How many things of each code have which sign; `of`: of each coding, `code`: of each thing."""
    tones, sign = tones_of(study, len(code), of, coding), study.frames.codings.sign[coding]
    signed = np.zeros(len(code), dtype=np.bool_)
    signed[of[sign != SIGNS.index("none")]] = True
    tones = np.where(signed, tones, SIGNS.index("none"))
    counts = np.bincount(code * len(SIGNS) + tones, minlength=number * len(SIGNS))
    return counts.reshape(number, len(SIGNS))
