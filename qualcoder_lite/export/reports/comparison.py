"""Two to six informants or groups side by side: profiles, what they share, passages, convergence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualcoder_lite.analysis.cells.written import Written
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.export.report import Cell, Column, Part, Report, Row, Table, cell, sheet_of, words
from qualcoder_lite.export.reports.groups import comparison, text_of
from qualcoder_lite.export.view import (
    View,
    blank,
    blank_notes,
    common_notes,
    count_of_codings,
    count_of_passages,
    counted_line,
    distinct_ranges,
    intro,
    named_cell,
    number_column,
    quotes,
    sign_notes,
    strip,
    text_cell,
    warnings,
)
from qualcoder_lite.i18n import _

MOST = 12  # passages of a code and a member; the rest is named by citations


def comparison_report(view: View) -> Report:
    """Profiles by code with signs and convergence, shared and unique codes, then the passages in parallel."""
    profiles, shared, passages = _profiles(view), _shared(view), _passages(view)
    before = intro(view, _("Who speaks of what and how, informants or groups side by side."))
    blocks = (profiles, shared, *((passages,) if passages.rows else ()))
    sheets = (
        sheet_of(profiles, _("Matrix")),
        sheet_of(shared, _("Shared codes")),
        sheet_of(passages, _("Passages")),
    )
    return Report(_("Comparison of informants"), (before, Part(blocks, wide=True)), sheets)


def comparison_json(matrix: Matrix) -> dict[str, Any]:
    """What stands beside the cells: proposed states, shared and unique codes, the researcher's notes."""
    notes: dict[str, Written] = matrix.details["notes"]
    return {
        "states": matrix.states,
        "shared": matrix.details["shared"],
        "only": matrix.details["only"],
        "notes": {key: text_of(note) for key, note in notes.items() if text_of(note)},
    }


def _names(view: View) -> str:
    return ", ".join(_called(heading) for heading in view.matrix.columns)


def _called(heading: Heading) -> str:
    return heading.key if heading.kind == "informant" else heading.name


# Profiles ------------------------------------------------------------------------------------------------


def _profiles(view: View) -> Table:
    sizes = view.matrix.details["sizes"]
    heads = [number_column(), Column(_("Code and name"), 2.0)]
    for heading, size in zip(view.matrix.columns, sizes, strict=True):
        heads.append(Column(_member(heading, size), 2.2))
    heads.append(Column(_("Convergence"), 2.8))
    rows = tuple(_profile(view, row) for row in range(len(view.matrix.rows)))
    notes = (
        blank_notes(view),
        sign_notes(),
        words(_("The state is proposed by the counts; the researcher decides."), "note"),
        *common_notes(view),
    )
    caption = _("Profiles of {names} by Code").format(names=_names(view))
    return Table(caption, tuple(heads), rows, notes, view.chapter)


def _member(heading: Heading, size: int) -> str:
    """An informant by alias and work; a group with its size."""
    if heading.kind != "informant":
        return f"{heading.name}\n" + _("N = {n}").format(n=size)
    return heading.key if heading.name == heading.key else f"{heading.key}\n{heading.name}"


def _profile(view: View, row: int) -> Row:
    members = [_cell(view, row, column) for column in range(len(view.matrix.columns))]
    return Row((cell(row + 1), named_cell(view.matrix.rows[row]), *members, comparison(view, row)))


def _cell(view: View, row: int, column: int) -> Cell:
    """Signs, who of a group, counts, and what was written of the code and this member."""
    counts, written = view.counts[row][column], view.written(row, column)
    summary = text_cell(written.emic_summary) if written and written.emic_summary else ()
    if not counts["codings"]:
        left_out = view.is_left_out(row, column)
        mark = blank("filtered" if left_out else counts["mark"], written)
        return (*mark, *summary, *warnings(written, left_out))
    told = [count_of_codings(counts["codings"]), count_of_passages(counts["passages"])]
    if view.matrix.columns[column].kind != "informant":
        told.insert(0, _("{m} of {n} informants").format(m=counts["informants"], n=counts["n"]))
    return (*strip(counts), counted_line(*told), *summary, *warnings(written, evidence=True))


# Shared and unique codes ---------------------------------------------------------------------------------


def _shared(view: View) -> Table:
    """The codes of which all speak, and those of which only one does."""
    details = view.matrix.details
    listed = [(_("All of them"), details["shared"])]
    for heading in view.matrix.columns:
        listed.append((_("Only {who}").format(who=_called(heading)), details["only"][heading.key]))
    heads = (Column(_("Who speaks of it"), 2.0), Column(_("Codes"), 8.0), Column(_("Number"), 1.0, True))
    rows = tuple(
        Row(((words(who, "text", "bold"),), _codes(view, keys), cell(len(keys)))) for who, keys in listed
    )
    caption = _("Shared and Unique Codes of {names}").format(names=_names(view))
    return Table(caption, heads, rows, common_notes(view), view.chapter)


def _codes(view: View, keys: list[str]) -> Cell:
    named = {heading.key: f"{heading.key} {heading.name}" for heading in view.matrix.rows}
    return (words("; ".join(named[key] for key in keys if key in named) or "–"),)


# Passages ------------------------------------------------------------------------------------------------


def _passages(view: View) -> Table:
    """The passages of each code, a column for each member."""
    heads = [Column(_("Code and name"), 1.6)]
    for heading, size in zip(view.matrix.columns, view.matrix.details["sizes"], strict=True):
        heads.append(Column(_member(heading, size), 3.4))
    notes = (words("— " + _("no passage"), "note"), *common_notes(view))
    caption = _("Passages of {names} Side by Side").format(names=_names(view))
    return Table(caption, tuple(heads), tuple(_parallel(view)), notes, view.chapter)


def _parallel(view: View) -> Iterator[Row]:
    for row, heading in enumerate(view.matrix.rows):
        columns = range(len(view.matrix.columns))
        found = [distinct_ranges(view.passages.get((row, column), ())) for column in columns]
        if any(found):
            cells = [quotes(view, passages, MOST) or (words("—", "blank"),) for passages in found]
            yield Row((named_cell(heading), *cells))
