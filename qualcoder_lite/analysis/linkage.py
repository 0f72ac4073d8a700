"""Dimension × factor: passages that carry a code of both, with their tone. No more is said than that.

The tone of a passage (nada kutipan) is no direction: that is carried by drawn links and by claims alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.analysis.matrix import (
    Choice,
    Matrix,
    begin,
    distinct_per_cell,
    frame,
    headings_of_codes,
    into_codes,
    sign_columns,
)
from qualcoder_lite.analysis.written import written_cells
from qualcoder_lite.coding.counted import Counted, distinct_pairs
from qualcoder_lite.coding.frames import SIGNS, Numbers
from qualcoder_lite.coding.overlaps import Passages, overlapping_pairs, passages
from qualcoder_lite.store.project import Project

if TYPE_CHECKING:
    import pandas as pd

PLUS, MINUS, ZERO, BOTH, _NONE = range(len(SIGNS))


def linkage_matrix(project: Project, choice: Choice) -> Matrix:
    """Dimensions by factors. Cells: passages, sources, signs (of passages, all five names)."""
    study, coder = begin(project, choice)
    level = choice.level or "top"
    rows, columns = _of_kind(study, "dimension", level), _of_kind(study, "factor", level)
    merged, of, cell, one, other = _co_coded(study, np.flatnonzero(study.of_coder(coder)), rows, columns)
    number = len(rows) * len(columns)
    tones = tones_of(study, len(merged.group), of, one, other)
    signs = np.bincount(merged.group * len(SIGNS) + tones, minlength=number * len(SIGNS))
    cells = frame(
        len(rows),
        len(columns),
        passages=np.bincount(merged.group, minlength=number),
        sources=distinct_per_cell(merged.group, merged.source, number),
        **sign_columns(signs.reshape(number, len(SIGNS))),
    )
    heads = [headings_of_codes(study, codes) for codes in (rows, columns)]
    written = written_cells(project, heads[0], heads[1])
    details = {"alone": _alone(study, coder, columns, cell, other)}
    evidence = _evidence(merged, tones, len(columns))
    return Matrix("linkage", choice, coder, study, heads[0], heads[1], cells, evidence, written, {}, details)


def _of_kind(study: Counted, kind: str, level: str) -> list[int]:
    """The top codes of a kind, or the indicators below them."""
    codes, roots = study.frames.codes, study.frames.roots()
    if level == "top":
        return [index for index, code in enumerate(codes) if code.kind == kind and code.parent < 0]
    return [i for i, code in enumerate(codes) if code.kind == "indicator" and codes[roots[i]].kind == kind]


def _co_coded(
    study: Counted, mine: Numbers, rows: Sequence[int], columns: Sequence[int]
) -> tuple[Passages, Numbers, Numbers, Numbers, Numbers]:
    """The co-coded passages, grouped by cell, and the pairs that made them: passage, cell, two codings."""
    codings = study.frames.codings
    under_row, under_column = (_under_any(study, codes, mine) for codes in (rows, columns))
    a, b = overlapping_pairs(codings, under_row, under_column)
    row, pair = into_codes(study, rows, a)
    a, b = a[pair], b[pair]
    column, pair = into_codes(study, columns, b)
    a, b, cell = a[pair], b[pair], row[pair] * len(columns) + column
    start = np.maximum(codings.start[a], codings.start[b])
    end = np.minimum(codings.end[a], codings.end[b])
    merged = passages(cell, codings.source[a], start, end)
    return merged, merged.of, cell, a, b


def _under_any(study: Counted, codes: Sequence[int], mine: Numbers) -> Numbers:
    under = np.asarray(study.below[np.array(codes, dtype=np.int64)].any(axis=0))
    return mine[under[study.frames.codings.code[mine]]]


def tones_of(study: Counted, number: int, passage: Numbers, *codings: Numbers) -> Numbers:
    """The tone of each of `number` passages by the codings whose pairs made it.

    + where all signed ones are +, − likewise, ± where mixed or one is ±, 0 where none is signed so.
    """
    has = np.zeros((number, len(SIGNS)), dtype=np.bool_)
    for coding in codings:
        has[passage, study.frames.codings.sign[coding]] = True
    mixed: NDArray[np.bool_] = has[:, BOTH] | (has[:, PLUS] & has[:, MINUS])
    return np.select([mixed, has[:, PLUS], has[:, MINUS]], [BOTH, PLUS, MINUS], ZERO)


def _alone(study: Counted, coder: str, columns: Sequence[int], cell: Numbers, other: Numbers) -> list[int]:
    """How many codings of each factor touch no dimension: else a low count is misread."""
    mine = np.flatnonzero(study.of_coder(coder))
    column, _place = into_codes(study, columns, mine)
    linked, _codings = distinct_pairs(cell % max(len(columns), 1), other)
    total = np.bincount(column, minlength=len(columns))
    return [int(n) for n in total - np.bincount(linked, minlength=len(columns))]


def _evidence(merged: Passages, tones: Numbers, columns: int) -> pd.DataFrame:
    import pandas as pd

    places = {"row": merged.group // max(columns, 1), "column": merged.group % max(columns, 1)}
    ranges = {"source": merged.source, "start": merged.start, "end": merged.end, "tone": tones}
    return pd.DataFrame(places | ranges)
