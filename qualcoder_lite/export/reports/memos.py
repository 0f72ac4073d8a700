"""All memos as a table to read or to work on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from qualcoder_lite.analysis.panels.memo_subjects import about_words
from qualcoder_lite.analysis.panels.memos import MemoLine
from qualcoder_lite.export.report import Cell, Column, Report, Row, Table, cell, words
from qualcoder_lite.export.reports.history import moment_said
from qualcoder_lite.export.reports.tables import report_of
from qualcoder_lite.export.writing import report_writers, write_by_suffix
from qualcoder_lite.i18n import _
from qualcoder_lite.store.project import Project


def write_memos(project: Project, lines: Sequence[MemoLine], path: Path) -> None:
    """Write memos as .docx, .xlsx, .csv or .html. Raises UserError for another suffix or folder."""
    with project.read():
        write_by_suffix(path, report_writers(partial(memos_report, project, lines)))


def memos_report(project: Project, lines: Sequence[MemoLine]) -> Report:
    """Memos with what they are about, the passage where there is one, and when they were last changed."""
    heads = (
        Column(_("About"), 1.6), Column(_("Title"), 1.8), Column(_("Memo"), 5.0), Column(_("Passage"), 3.0),
        Column(_("Changed"), 1.4),
    )  # fmt: skip
    rows = [Row(_cells(line)) for line in lines]
    title = _("Memos")
    return report_of(project, title, Table(title, heads, tuple(rows), chapter=0))


def _cells(line: MemoLine) -> tuple[Cell, ...]:
    quote = cell(line.quote, "quote") if line.quote else cell("–")
    when = cell(moment_said(line.changed))
    return cell(about_words(line)), cell(line.title or "–"), _paragraphs(line.text), quote, when


def _paragraphs(text: str) -> Cell:
    return tuple(words(part) for part in text.split("\n") if part.strip()) or cell("–")
