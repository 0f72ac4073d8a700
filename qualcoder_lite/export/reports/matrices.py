"""Matrices as reports: one layout for each kind, from which every format is written."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qualcoder_lite.analysis.agreement.agreement import with_intervals
from qualcoder_lite.analysis.matrices.arranging import transpose
from qualcoder_lite.analysis.matrices.choice import describe_choice
from qualcoder_lite.analysis.matrices.kinds import recount_if_changed
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.export.formats.json_file import matrix_json, write_json
from qualcoder_lite.export.pictures.drawing import Picture
from qualcoder_lite.export.pictures.figures import with_figure
from qualcoder_lite.export.report import Paint, Report, Sheet, notes_sheet
from qualcoder_lite.export.reports.agreement import agreement_report
from qualcoder_lite.export.reports.comparison import comparison_report
from qualcoder_lite.export.reports.emic_etic import emic_etic_report
from qualcoder_lite.export.reports.groups import groups_report
from qualcoder_lite.export.reports.informants import informants_report
from qualcoder_lite.export.reports.linkage import linkage_report
from qualcoder_lite.export.reports.saturation import saturation_report
from qualcoder_lite.export.reports.triangulation import triangulation_report
from qualcoder_lite.export.view import View, filter_line, view_of
from qualcoder_lite.export.writing import report_writers, write_by_suffix
from qualcoder_lite.i18n import _
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
SUFFIXES = (".docx", ".xlsx", ".csv", ".html", ".json")
PICTURED = (".docx", ".html")
AsFigure = tuple[Picture, Paint]


def write_matrix(
    project: Project,
    matrix: Matrix,
    path: Path,
    chapter: int | None = None,
    figure: AsFigure | None = None,
    overwrite: bool = True,
) -> None:
    """Write a matrix as .docx, .xlsx, .csv, .html or .json, in the first and .html with a picture if given.

    All of it is of one state of the study: where a step was done since the matrix was counted, it is counted
    anew. Raises UserError as `write_by_suffix` does.
    """

    def report() -> Report:
        now = recount_if_changed(project, matrix)
        made = matrix_report(project, now, chapter)
        if figure is not None:
            made = with_figure(made, chapter_of(matrix.kind), *figure)
        return _with_filters(made, now, path.suffix.lower())

    writers = dict(report_writers(report))
    if figure is not None:
        writers = {name: writers[name] for name in PICTURED}
    else:
        writers[".json"] = lambda to: write_json(
            matrix_json(project, recount_if_changed(project, matrix)), to
        )
    with project.read():
        write_by_suffix(path, writers, overwrite)


def _with_filters(report: Report, matrix: Matrix, suffix: str) -> Report:
    """The report with its counts as a sheet of their own, and with what the filters left in."""
    filters = describe_choice(matrix.choice)
    if suffix == ".xlsx":
        sheets = _told_below(report.sheets, filters) if filters else report.sheets
        return replace(report, sheets=(*sheets, counts_sheet(matrix), notes_sheet(report)))
    if suffix == ".csv" and filters:
        return replace(report, flat=_told_beside(report.flat or report.sheets[0], filters))
    return report


def _told_below(sheets: Sequence[Sheet], filters: Sequence[str]) -> list[Sheet]:
    """What filters left in, under every table."""
    return [replace(sheet, below=tuple(filter_line(filters))) for sheet in sheets]


def _told_beside(sheet: Sheet, filters: Sequence[str]) -> Sheet:
    """What filters left in, as a last column: a program that reads rows meets no line of another kind."""
    said = "; ".join(filters)
    rows = [[*row, said] for row in sheet.rows]
    return replace(sheet, heads=(*sheet.heads, _("Filter")), rows=rows)


def counts_sheet(matrix: Matrix) -> Sheet:
    """The counts of all cells in one long table, to be sorted, filtered and pivoted."""
    names = [name for name in matrix.cells.columns if name not in ("row", "column")]
    rows = []
    for record in matrix.cells.to_dict("records"):
        heads = [matrix.rows[int(record["row"])].key, matrix.columns[int(record["column"])].key]
        rows.append([*heads, *(_counted(record[name]) for name in names)])
    return Sheet(_("Counts"), ("row", "column", *names), rows, (14.0, 14.0, *(11.0 for _name in names)))


def _counted(value: Any) -> str | int | float | bool | None:
    if isinstance(value, str | bool):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else value
    return int(value) if isinstance(value, int) else None


def chapter_of(kind: str) -> int:
    """The number before that of a table or figure of a kind of matrix."""
    return CHAPTERS.get(kind, FINDINGS)


def matrix_report(project: Project, matrix: Matrix, chapter: int | None = None) -> Report:
    """A matrix laid out as it is shown; `chapter` is the number before the table's own, else that of CHAPTERS
    or 4. A transposed one is laid out upright and its tables are turned.
    """
    number = chapter if chapter is not None else chapter_of(matrix.kind)
    if matrix.kind == "agreement":
        matrix = with_intervals(matrix)
    upright = transpose(matrix) if matrix.choice.transposed else matrix
    return REPORTS[matrix.kind](view_of(project, upright, number))
