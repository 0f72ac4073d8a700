"""Writing what goes out, by the end of the file's name; every file appears whole or not at all."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcoder_lite.analysis.matrices.filtering import choice_words
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.search.excerpts import Wanted, excerpts
from qualcoder_lite.coding.counting.counted import chosen_coder, counted
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.formats.csv_file import write_csv
from qualcoder_lite.export.formats.excel import write_excel
from qualcoder_lite.export.formats.html_file import write_html
from qualcoder_lite.export.formats.json_file import matrix_json, study_json, write_json
from qualcoder_lite.export.formats.word import write_parts, write_word
from qualcoder_lite.export.pictures.drawing import Picture
from qualcoder_lite.export.pictures.figures import with_figure
from qualcoder_lite.export.report import Heading, Paint, Part, Report, Sheet, notes_sheet, unknown_suffix
from qualcoder_lite.export.reports.excerpts import COLUMNS, excerpts_report, sheet
from qualcoder_lite.export.reports.matrices import matrix_report
from qualcoder_lite.export.reports.study_sheets import study_sheets
from qualcoder_lite.export.reports.tables import (
    claims_json,
    claims_report,
    codebook_json,
    codebook_report,
    guide_report,
)
from qualcoder_lite.export.reports.transcripts import front, transcript_parts
from qualcoder_lite.export.view import filter_line
from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import _
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.store.project import Project

if TYPE_CHECKING:
    import pandas as pd

SUFFIXES = (".docx", ".xlsx", ".csv", ".html", ".json")
PICTURED = (".docx", ".html")
AsFigure = tuple[Picture, Paint]
STUDY_SUFFIXES = (".json", ".xlsx", ".csv", ".docx")
NOT_YET = (".qdpx", ".qdc")
CODING_COLUMNS = (*COLUMNS, "starred", "evidence", "condensation", "memo")
"""The table of codings that `export FILE.csv` writes: the verb `code` reads it back."""


def write_matrix(
    project: Project, matrix: Matrix, path: Path, chapter: int | None = None, figure: AsFigure | None = None
) -> None:
    """Write a matrix as .docx, .xlsx, .csv, .html or .json, in the first and .html with a picture if given.

    Raises UserError for another suffix, or where the folder is missing or can't be written.
    """
    suffix = known_suffix(path, SUFFIXES if figure is None else PICTURED)
    if suffix == ".json":
        write_whole(path, lambda temporary: write_json(matrix_json(project, matrix), temporary))
        return
    report, filters = matrix_report(project, matrix, chapter), choice_words(matrix.choice)
    if figure is not None:
        report = with_figure(report, matrix.kind, *figure)
    if suffix == ".xlsx":
        more = (counts_sheet(matrix), notes_sheet(report))
        sheets = (*report.sheets, *more) if not filters else (*_told_below(report.sheets, filters), *more)
        report = replace(report, sheets=sheets)
    if suffix == ".csv" and filters:
        report = replace(report, flat=_told_beside(report.flat or report.sheets[0], filters))
    write_report(report, path)


def _told_below(sheets: Sequence[Sheet], filters: Sequence[str]) -> list[Sheet]:
    """What filters left in, under every table."""
    return [replace(sheet, below=tuple(filter_line(filters))) for sheet in sheets]


def _told_beside(sheet: Sheet, filters: Sequence[str]) -> Sheet:
    """What filters left in, as a last column: a program that reads rows meets no line of another kind."""
    said = "; ".join(filters)
    rows = [[*row, said] for row in sheet.rows]
    return replace(sheet, heads=(*sheet.heads, _("Filter")), rows=rows)


def write_excerpts(project: Project, frame: pd.DataFrame, path: Path, by: str = "code") -> None:
    """Write coded excerpts (of `excerpts`) as .docx, .xlsx, .csv, .html or .json.

    `by` is code, informant or source: how a .docx or .html is ordered.

    Raises UserError as `write_matrix` and `excerpts_report` do.
    """
    suffix = known_suffix(path, SUFFIXES)
    if suffix == ".csv":
        listed = sheet(frame)
        write_whole(path, lambda temporary: write_csv(listed, temporary, exact=True))
        return
    report = excerpts_report(project, frame, by)
    if suffix == ".json":
        write_whole(path, lambda temporary: write_json({"excerpts": records(report.sheets[0])}, temporary))
        return
    write_report(report, path)


def write_study(project: Project, path: Path, progress: Progress = silent, coder: str = "") -> None:
    """Write a whole study: .json and .xlsx hold all of it, .csv the codings, .docx the coded transcripts.

    Raises UserError for another suffix, an unknown coder, or where the folder is missing.
    """
    suffix = known_suffix(path, STUDY_SUFFIXES)
    if coder:
        chosen_coder(counted(project).frames, coder)
    writers: dict[str, Callable[[Path], None]] = {
        ".json": lambda temporary: write_json(study_json(project), temporary),
        ".xlsx": lambda temporary: write_excel(study_sheets(project), temporary),
        ".csv": lambda temporary: write_csv(_codings(project, coder, progress), temporary, exact=True),
        ".docx": lambda temporary: write_parts(
            _("Coded transcripts"), _transcripts(project, coder, progress), temporary
        ),
    }
    write_whole(path, writers[suffix])


def write_codebook(project: Project, path: Path) -> None:
    """Write the codebook; .json, .xlsx and .csv can be read back. Raises UserError as `write_matrix` does."""
    suffix = known_suffix(path, SUFFIXES)
    if suffix == ".json":
        write_whole(path, lambda temporary: write_json(codebook_json(project), temporary))
        return
    write_report(codebook_report(project), path, exact=True)


def write_guide(project: Project, path: Path) -> None:
    """Write the interview guide with its grid. Raises UserError as `write_matrix` does."""
    write_table(guide_report(project), path)


def write_claims(project: Project, path: Path) -> None:
    """Write the claims with their evidence. Raises UserError as `write_matrix` does."""
    if known_suffix(path, SUFFIXES) == ".json":
        write_whole(path, lambda temporary: write_json(claims_json(project), temporary))
        return
    write_report(claims_report(project), path)


def write_table(report: Report, path: Path) -> None:
    """Write a report of a table in any form; JSON has the rows of its first sheet."""
    if known_suffix(path, SUFFIXES) == ".json":
        rows = {"rows": records(report.sheets[0])}
        write_whole(path, lambda temporary: write_json(rows, temporary))
        return
    write_report(report, path)


def write_report(report: Report, path: Path, exact: bool = False) -> None:
    """Write a report as .docx, .xlsx, .csv or .html; `exact` as in `write_csv`."""
    writers: dict[str, Callable[[Path], None]] = {
        ".docx": lambda temporary: write_word(report, temporary),
        ".xlsx": lambda temporary: write_excel(report.sheets, temporary, report.title),
        ".csv": lambda temporary: write_csv(report.flat or report.sheets[0], temporary, exact),
        ".html": lambda temporary: write_html(report, temporary),
    }
    write_whole(path, writers[known_suffix(path, tuple(writers))])


def _transcripts(project: Project, coder: str, progress: Progress) -> Iterator[Part]:
    """Coded transcripts, then codebook, interview guide and claims as appendices where there are any."""
    yield front(project)
    yield from transcript_parts(project, coder, progress)
    for appendix in (codebook_report, guide_report, claims_report):
        report = appendix(project)
        if report.sheets[0].rows:
            first, *rest = report.parts
            yield Part((Heading(report.title, 2), *first.blocks[1:]), first.wide)
            yield from rest


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


def records(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows of a sheet by its heads."""
    return [dict(zip(sheet.heads, row, strict=True)) for row in sheet.rows]


def _codings(project: Project, coder: str, progress: Progress) -> Sheet:
    return sheet(excerpts(project, Wanted(coder=coder), progress), CODING_COLUMNS)


def known_suffix(path: Path, known: tuple[str, ...]) -> str:
    """The suffix in small letters. Raises UserError where it is none of `known`, or the folder is missing."""
    suffix = path.suffix.lower()
    if suffix in NOT_YET:
        raise UserError(
            _("Writing files that end in “{suffix}” is not yet possible.").format(suffix=suffix),
            remedy=_("Choose a name that ends in one of: {suffixes}.").format(suffixes=" ".join(known)),
        )
    if suffix not in known:
        raise unknown_suffix(suffix, known)
    if not path.parent.is_dir():
        raise UserError(
            _("The folder {folder} is not there.").format(folder=path.parent),
            remedy=_("Make the folder first, or choose another."),
        )
    return suffix
