"""Matrices as reports: one layout for each kind, from which every format is written."""

from __future__ import annotations

from collections.abc import Callable

from qualcoder_lite.analysis.matrices.arranging import transposed
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.export.report import Report
from qualcoder_lite.export.reports.agreement import agreement_report
from qualcoder_lite.export.reports.comparison import comparison_report
from qualcoder_lite.export.reports.emic_etic import emic_etic_report
from qualcoder_lite.export.reports.groups import groups_report
from qualcoder_lite.export.reports.informants import informants_report
from qualcoder_lite.export.reports.linkage import linkage_report
from qualcoder_lite.export.reports.saturation import saturation_report
from qualcoder_lite.export.reports.triangulation import triangulation_report
from qualcoder_lite.export.view import View, view_of
from qualcoder_lite.store.project import Project

REPORTS: dict[str, Callable[[View], Report]] = {
    "informants": informants_report,
    "linkage": linkage_report,
    "groups": groups_report,
    "triangulation": triangulation_report,
    "emic-etic": emic_etic_report,
    "saturation": saturation_report,
    "agreement": agreement_report,
    "comparison": comparison_report,
}
CHAPTERS = {"saturation": 3, "agreement": 3}  # among the methods; the others stand among the findings
FINDINGS = 4


def chapter_of(kind: str) -> int:
    """The number before that of a table or figure of a kind of matrix."""
    return CHAPTERS.get(kind, FINDINGS)


def matrix_report(project: Project, matrix: Matrix, chapter: int | None = None) -> Report:
    """A matrix laid out as it is shown; `chapter` is the number before the table's own, else that of CHAPTERS
    or 4. A transposed one is laid out upright and its tables are turned.
    """
    number = chapter if chapter is not None else chapter_of(matrix.kind)
    upright = transposed(matrix) if matrix.choice.transposed else matrix
    return REPORTS[matrix.kind](view_of(project, upright, number))
