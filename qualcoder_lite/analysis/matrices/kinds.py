"""The matrices by the name of their kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from qualcoder_lite.analysis.matrices.agreement import agreement_matrix
from qualcoder_lite.analysis.matrices.arranging import arranged, counted_by
from qualcoder_lite.analysis.matrices.comparison import comparison_matrix
from qualcoder_lite.analysis.matrices.emic_etic import emic_etic_matrix
from qualcoder_lite.analysis.matrices.filtering import UNFILTERED
from qualcoder_lite.analysis.matrices.groups import groups_matrix
from qualcoder_lite.analysis.matrices.informants import informants_matrix
from qualcoder_lite.analysis.matrices.linkage import linkage_matrix
from qualcoder_lite.analysis.matrices.matrix import Choice, Matrix
from qualcoder_lite.analysis.matrices.saturation import saturation_matrix
from qualcoder_lite.analysis.matrices.triangulation import triangulation_matrix
from qualcoder_lite.store.project import Project

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

    `details["left_out"]` has by cell what the filters took from cells that they emptied; where what is spoken
    stands apart from the others, `left_out_spoken` and `left_out_others` too.
    Raises UserError where there is nothing to count by (no groups, no coder named), or a filter names what is
    not there.
    """
    return arranged(_with_left_out(project, EVERY_KIND[kind](project, choice)))


def _with_left_out(project: Project, matrix: Matrix) -> Matrix:
    """The matrix that knows which of its cells are empty by its filters alone: their evidence is there."""
    name = counted_by(matrix)
    if not (name and matrix.choice.filters.narrows_codings):
        return matrix
    whole = EVERY_KIND[matrix.kind](project, replace(matrix.choice, filters=UNFILTERED))
    apart = {"left_out_spoken": "spoken", "left_out_others": "others"} if "others" in matrix.cells else {}
    found = {place: _emptied(matrix, whole, of) for place, of in ({"left_out": name} | apart).items()}
    return replace(matrix, details=matrix.details | found)


def _emptied(matrix: Matrix, whole: Matrix, name: str) -> dict[tuple[int, int], int]:
    """The cells that count nothing of this where the whole study does, and what that counts."""
    before, now = whole.cells[name].to_numpy(), matrix.cells[name].to_numpy()
    places = np.flatnonzero((now == 0) & (before > 0)).tolist()
    return {divmod(place, len(matrix.columns)): int(before[place]) for place in places}
