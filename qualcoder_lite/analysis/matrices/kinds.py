"""The matrices by the name of their kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from qualcoder_lite.analysis.agreement.agreement import agreement_matrix
from qualcoder_lite.analysis.matrices.arranging import (
    arrange,
    count_column,
    drop_collapsed_rows,
    drop_columns,
)
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.comparison import comparison_matrix
from qualcoder_lite.analysis.matrices.emic_etic import emic_etic_matrix
from qualcoder_lite.analysis.matrices.filtering import UNFILTERED
from qualcoder_lite.analysis.matrices.groups import groups_matrix
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.informants import informants_matrix
from qualcoder_lite.analysis.matrices.linkage import linkage_matrix
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.matrices.saturation import saturation_matrix
from qualcoder_lite.analysis.matrices.triangulation import triangulation_matrix
from qualcoder_lite.store.project import Project, state_of

if TYPE_CHECKING:
    import pandas as pd

KINDS: dict[str, Callable[[Project, Choice], Matrix]] = {
    "informants": informants_matrix,
    "linkage": linkage_matrix,
    "groups": groups_matrix,
    "triangulation": triangulation_matrix,
    "emic-etic": emic_etic_matrix,
    "saturation": saturation_matrix,
}
EVERY_KIND = KINDS | {"agreement": agreement_matrix, "comparison": comparison_matrix}
"""Besides the six that are laid out for a thesis: agreement of coders, and comparison of those chosen."""


def matrix_of(project: Project, kind: str, choice: Choice) -> Matrix:
    """A matrix as its choice wants to see it: counted, narrowed by filters, sorted, perhaps transposed.

    `details["left_out"]` has by cell what the filters took from cells that they emptied; of informants their
    `mark` is `filtered`. Where what is spoken
    stands apart from the others, `left_out_spoken` and `left_out_others` too.
    Raises UserError where there is nothing to count by (no groups, no coder named), or a filter names what is
    not there.
    """
    with project.read():
        return arrange(_with_left_out(project, EVERY_KIND[kind](project, choice)))


def recount_if_changed(project: Project, matrix: Matrix) -> Matrix:
    """The matrix as the study is now, as far as it is still there in the rows and columns that are shown."""
    with project.read() as connection:
        if state_of(connection) == matrix.counted.state:
            return matrix
        fresh = matrix_of(project, matrix.kind, matrix.choice)
    if not matrix.choice.collapsed:
        return fresh
    rows, columns = _still_there(fresh.rows, matrix.rows), _still_there(fresh.columns, matrix.columns)
    if len(columns) < len(fresh.columns):
        return drop_columns(fresh, columns, matrix.choice.collapsed)
    return drop_collapsed_rows(fresh, rows, matrix.choice.collapsed)


def _still_there(now: Sequence[Heading], before: Sequence[Heading]) -> list[int]:
    """The places today of the headings that stood there before, in that order."""
    places = {heading.reference: place for place, heading in enumerate(now)}
    return [places[heading.reference] for heading in before if heading.reference in places]


def _with_left_out(project: Project, matrix: Matrix) -> Matrix:
    """The matrix that knows which of its cells are empty by its filters alone: their evidence is there."""
    name = count_column(matrix)
    if not (name and matrix.choice.filters.narrows_codings):
        return matrix
    whole = EVERY_KIND[matrix.kind](project, replace(matrix.choice, filters=UNFILTERED))
    apart = {"left_out_spoken": "spoken", "left_out_others": "others"} if "others" in matrix.cells else {}
    found = {place: _emptied(matrix, whole, of) for place, of in ({"left_out": name} | apart).items()}
    cells = _marked_filtered(matrix, found["left_out"]) if matrix.kind == "informants" else matrix.cells
    return replace(matrix, cells=cells, details=matrix.details | found)


def _marked_filtered(matrix: Matrix, left_out: Collection[tuple[int, int]]) -> pd.DataFrame:
    """The cells, of which those that only the filters emptied are marked so, and as no blank."""
    places = [row * len(matrix.columns) + column for row, column in left_out]
    marks = matrix.cells["mark"].copy()
    marks.iloc[places] = "filtered"
    return matrix.cells.assign(mark=marks)


def _emptied(matrix: Matrix, whole: Matrix, name: str) -> dict[tuple[int, int], int]:
    """The cells that count nothing of this where the whole study does, and what that counts."""
    before, now = whole.cells[name].to_numpy(), matrix.cells[name].to_numpy()
    places = np.flatnonzero((now == 0) & (before > 0)).tolist()
    return {divmod(place, len(matrix.columns)): int(before[place]) for place in places}
