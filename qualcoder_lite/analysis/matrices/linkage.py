"""Dimension × factor: passages that carry a code of both, with their tone. No more is said than that.

The tone of a passage (nada kutipan) is no direction: that is carried by drawn links and by claims alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.analysis.cells.written import written_cells
from qualcoder_lite.analysis.conclusions.claims import claims_between, read_claims
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.linking import linked_pairs
from qualcoder_lite.analysis.matrices.links import links_between, read_links
from qualcoder_lite.analysis.matrices.matrix import (
    Matrix,
    cells_frame,
    count_for,
    distinct_per_cell,
    headings_of_codes,
    roll_up,
    sign_columns,
    with_opened,
)
from qualcoder_lite.coding.counting.counted import Counted, distinct_pairs
from qualcoder_lite.coding.counting.frames import SIGNS, Numbers
from qualcoder_lite.coding.counting.overlaps import Passages, passages
from qualcoder_lite.store.project import Project

if TYPE_CHECKING:
    import pandas as pd

PLUS, MINUS, ZERO, BOTH, _NONE = range(len(SIGNS))


def linkage_matrix(project: Project, choice: Choice) -> Matrix:
    """Dimensions by factors. Cells: passages, sources, signs (of passages, all five names).

    `details`: alone (codings of each factor linked to no dimension); drawn links and claims, by cell.
    """
    study, coder = count_for(project, choice)
    level = choice.level or "top"
    rows, columns = (_of_kind(study, kind, level, choice) for kind in ("dimension", "factor"))
    merged, cell, one, other = _co_coded(study, np.flatnonzero(study.of_coder(coder)), rows, columns, choice)
    number = len(rows) * len(columns)
    tones = tones_of(study, len(merged.group), merged.of, one, other)
    signs = np.bincount(merged.group * len(SIGNS) + tones, minlength=number * len(SIGNS))
    cells = cells_frame(
        len(rows),
        len(columns),
        passages=np.bincount(merged.group, minlength=number),
        sources=distinct_per_cell(merged.group, merged.source, number),
        **sign_columns(signs.reshape(number, len(SIGNS))),
    )
    heads = [headings_of_codes(study, codes) for codes in (rows, columns)]
    written = written_cells(project, heads[0], heads[1])
    details = {
        "alone": _alone(study, coder, columns, cell, other),
        "links": links_between(study, read_links(project, study), rows, columns),
        "claims": claims_between(study, read_claims(project, study), rows, columns),
    }
    evidence = _evidence(merged, tones, len(columns))
    return Matrix("linkage", choice, coder, study, heads[0], heads[1], cells, evidence, written, {}, details)


def _of_kind(study: Counted, kind: str, level: str, choice: Choice) -> list[int]:
    """The top codes of a kind, with those below opened ones, or the indicators below them."""
    codes, roots = study.frames.codes, study.frames.roots()
    if level == "top":
        tops = [index for index, code in enumerate(codes) if code.kind == kind and code.parent < 0]
        return with_opened(study, tops, choice.opened)
    return [i for i, code in enumerate(codes) if code.kind == "indicator" and codes[roots[i]].kind == kind]


def _co_coded(
    study: Counted, mine: Numbers, rows: Sequence[int], columns: Sequence[int], choice: Choice
) -> tuple[Passages, Numbers, Numbers, Numbers]:
    """The co-coded passages, grouped by cell, and the pairs that made them: cell, two codings."""
    under_row, under_column = (_under_any(study, codes, mine) for codes in (rows, columns))
    found = linked_pairs(study, under_row, under_column, choice.linked, choice.turns)
    row, pair = roll_up(study, rows, found.one)
    column, at = roll_up(study, columns, found.other[pair])
    pair, cell = pair[at], row[at] * len(columns) + column
    a, b = found.one[pair], found.other[pair]
    merged = passages(cell, study.frames.codings.source[a], found.start[pair], found.end[pair])
    return merged, cell, a, b


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
    column, _place = roll_up(study, columns, mine)
    linked, _codings = distinct_pairs(cell % max(len(columns), 1), other)
    total = np.bincount(column, minlength=len(columns))
    return [int(n) for n in total - np.bincount(linked, minlength=len(columns))]


def _evidence(merged: Passages, tones: Numbers, columns: int) -> pd.DataFrame:
    import pandas as pd

    places = {"row": merged.group // max(columns, 1), "column": merged.group % max(columns, 1)}
    ranges = {"source": merged.source, "start": merged.start, "end": merged.end, "tone": tones}
    return pd.DataFrame(places | ranges)
