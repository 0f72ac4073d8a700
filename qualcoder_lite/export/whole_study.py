"""A whole study in one file: all of it, its table of codings, or its coded transcripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qualcoder_lite.analysis.search.excerpts import Wanted, excerpts
from qualcoder_lite.coding.counting.counted import chosen_coder, counted
from qualcoder_lite.export.formats.csv_file import write_csv
from qualcoder_lite.export.formats.excel import write_excel
from qualcoder_lite.export.formats.json_file import study_json, write_json
from qualcoder_lite.export.formats.word import write_parts
from qualcoder_lite.export.report import Heading, Part, Sheet
from qualcoder_lite.export.reports.excerpts import COLUMNS, sheet
from qualcoder_lite.export.reports.study_sheets import study_sheets
from qualcoder_lite.export.reports.tables import claims_report, codebook_report, guide_report
from qualcoder_lite.export.reports.transcripts import front, transcript_parts
from qualcoder_lite.export.writing import write_by_suffix
from qualcoder_lite.i18n import _
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.store.project import Project

CODING_COLUMNS = (*COLUMNS, "starred", "evidence", "condensation", "memo")
"""The table of codings that `export FILE.csv` writes: the verb `code` reads it back."""


def write_study(
    project: Project, path: Path, progress: Progress = silent, coder: str = "", overwrite: bool = True
) -> None:
    """Write a whole study: .json and .xlsx hold all of it, .csv the codings, .docx the coded transcripts.

    All of it is of one state of the study, whatever is done beside meanwhile.
    Raises UserError for an unknown coder, and as `write_by_suffix` does.
    """
    title = _("Coded transcripts")
    writers = {
        ".json": lambda to: write_json(study_json(project), to),
        ".xlsx": lambda to: write_excel(study_sheets(project), to),
        ".csv": lambda to: write_csv(_codings(project, coder, progress), to, exact=True),
        ".docx": lambda to: write_parts(title, _transcripts(project, coder, progress), to),
    }
    with project.read():
        if coder:
            chosen_coder(counted(project).frames, coder)
        write_by_suffix(path, writers, overwrite)


def _codings(project: Project, coder: str, progress: Progress) -> Sheet:
    return sheet(excerpts(project, Wanted(coder=coder), progress), CODING_COLUMNS)


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
