"""The audit trail of a study, and what changed since a milestone, as tables to hand in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from qualcoder_lite.analysis.panels.since import CodingChange, KindChange, Since, milestones_listed
from qualcoder_lite.analysis.panels.table_names import kind_word
from qualcoder_lite.analysis.whole import study_head
from qualcoder_lite.export.report import Column, Part, Report, Row, Table, cell, sheet_of, words
from qualcoder_lite.export.writing import report_writers, write_by_suffix
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.undo import HistoryLine, history


def write_history(project: Project, path: Path) -> None:
    """Write the audit trail as .docx, .xlsx, .csv or .html. Raises UserError for another suffix or folder."""
    with project.read():
        write_by_suffix(path, report_writers(partial(history_report, project)))


def write_since(project: Project, moment: str, changed: Since, path: Path) -> None:
    """Write what changed since a named moment, as `write_history` writes."""
    with project.read():
        write_by_suffix(path, report_writers(partial(since_report, project, moment, changed)))


def history_report(project: Project) -> Report:
    """Every step, undo and redo with its coder and time; milestones stand as bands between them."""
    title, lines = _("Audit trail"), history(project)
    heads = (
        Column(_("Step"), 0.7, centred=True), Column(_("Date and time"), 1.8), Column(_("Coder"), 1.4),
        Column(_("What was done"), 6.0), Column(_("Rows"), 0.7, centred=True), Column(_("State"), 1.5),
    )  # fmt: skip
    marks: dict[int, list[str]] = {}
    for milestone in milestones_listed(project):
        said = f"{milestone.name}: {milestone.note}" if milestone.note else milestone.name
        marks.setdefault(milestone.step, []).append(said)
    rows: list[Row] = []
    for number, line in enumerate(lines):
        rows.append(_line(line))
        after = lines[number + 1].step if number + 1 < len(lines) else 0
        if line.kind == "do" and after != line.step:
            rows += [
                Row((cell(_("Milestone: {name}").format(name=name)),), "band")
                for name in marks.get(line.step, ())
            ]
    table = Table(title, heads, tuple(rows), chapter=0)
    counted = n_("{n} line", "{n} lines", len(lines)).format(n=len(lines))
    head = (words(study_head(project).title, "body", "bold"), words(counted, "body"), table)
    return Report(title, (Part(head, wide=True),), (sheet_of(table, title),))


def _line(line: HistoryLine) -> Row:
    kinds = {"do": "", "undo": _("undone: "), "redo": _("redone: ")}
    state = _("undone") if line.kind == "do" and line.undone else ""
    return Row(
        (
            cell(line.step), cell(moment_said(line.at)), cell(line.coder),
            cell(kinds[line.kind] + line.text), cell(line.rows), cell(state or "–"),
        )
    )  # fmt: skip


def moment_said(milliseconds: int) -> str:
    """A moment of the history in this computer's time, to the second."""
    when = datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone()
    return when.strftime("%Y-%m-%d %H:%M:%S")


def since_report(project: Project, moment: str, changed: Since) -> Report:
    """What changed since a named moment: by kind, then codings by code and by source."""
    title = _("What changed since {moment}").format(moment=moment)
    number = n_("{n} step", "{n} steps", changed.steps).format(n=changed.steps)
    blocks = [words(study_head(project).title, "body", "bold"), words(number, "body")]
    if not changed.complete:
        blocks.append(words(_("Part of this history was given up to make the study smaller."), "body"))
    tables = [
        _kinds(changed.kinds), _codings(_("Codings by code"), _("Code"), changed.codes),
        _codings(_("Codings by source"), _("Source"), changed.sources),
    ]  # fmt: skip
    filled = [table for table in tables if table.rows]
    sheets = [sheet_of(table, table.caption) for table in filled or tables[:1]]
    return Report(title, (Part((*blocks, *filled)),), tuple(sheets))


def _kinds(kinds: Sequence[KindChange]) -> Table:
    heads = (Column(_("What"), 2.4), *_counts(), Column(_("Which"), 5.0))
    rows = [
        Row(
            (
                cell(kind_word(one.kind)),
                cell(one.added),
                cell(one.removed),
                cell(one.changed),
                cell(which(one)),
            )
        )
        for one in kinds
    ]
    return Table(_("Changes by kind"), heads, tuple(rows), chapter=0)


def which(one: KindChange) -> str:
    """The names of what changed, in words; a dash where they have none."""
    parts = (
        (_("added: {names}"), one.names_added),
        (_("removed: {names}"), one.names_removed),
        (_("changed: {names}"), one.names_changed),
    )
    return "; ".join(text.format(names=", ".join(names)) for text, names in parts if names) or "–"


def _codings(caption: str, head: str, rows: Sequence[CodingChange]) -> Table:
    return Table(
        caption, (Column(head, 3.0), *_counts()),
        tuple(Row((cell(one.key), cell(one.added), cell(one.removed), cell(one.changed))) for one in rows),
        chapter=0,
    )  # fmt: skip


def _counts() -> tuple[Column, ...]:
    return tuple(Column(name, 1.5, centred=True) for name in (_("added"), _("removed"), _("changed")))
