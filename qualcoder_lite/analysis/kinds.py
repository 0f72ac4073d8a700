"""The matrices by the name of their kind."""

from __future__ import annotations

from collections.abc import Callable

from qualcoder_lite.analysis.agreement import agreement_matrix
from qualcoder_lite.analysis.arranging import arranged
from qualcoder_lite.analysis.comparison import comparison_matrix
from qualcoder_lite.analysis.emic_etic import emic_etic_matrix
from qualcoder_lite.analysis.groups import groups_matrix
from qualcoder_lite.analysis.informants import informants_matrix
from qualcoder_lite.analysis.linkage import linkage_matrix
from qualcoder_lite.analysis.matrix import Choice, Matrix
from qualcoder_lite.analysis.saturation import saturation_matrix
from qualcoder_lite.analysis.triangulation import triangulation_matrix
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

    Raises UserError where there is nothing to count by (no groups, no coder named), or a filter names what is
    not there.
    """
    return arranged(EVERY_KIND[kind](project, choice))
