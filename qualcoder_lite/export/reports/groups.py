"""Groups of informants side by side, with the state that the counts propose."""

from __future__ import annotations

from qualcoder_lite.analysis.cells.written import Written
from qualcoder_lite.analysis.matrices.triangulation import proposed_words
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.export.report import Cell, Column, Part, Report, Row, Table, cell, words
from qualcoder_lite.export.turning import matrix_tables
from qualcoder_lite.export.view import (
    View,
    blank,
    blank_notes,
    chosen_passages,
    common_notes,
    count_of_codings,
    counted_line,
    intro,
    named_cell,
    number_column,
    quotes,
    sign_notes,
    strip,
    text_cell,
    warnings,
    whole_notes,
)
from qualcoder_lite.i18n import _


def groups_report(view: View) -> Report:
    """Codes by the values of an attribute; the comparison stands in the last column."""
    tables, sheet = matrix_tables(view, _table)
    before = intro(view, _("What groups of informants say about the same codes, side by side."))
    return Report(
        _("Comparison of groups of informants"),
        (before, Part(tuple(tables), wide=True)),
        (sheet,),
    )


def _table(view: View, columns: list[int]) -> Table:
    sizes = view.matrix.details["sizes"]
    heads = [number_column(), Column(_("Dimension or indicator"), 1.8)]
    heads += [
        Column(f"{view.matrix.columns[n].name}\n" + _("N = {n}").format(n=sizes[n]), 3.0) for n in columns
    ]
    heads.append(Column(_("Comparison"), 2.4))
    rows = tuple(
        Row(
            (
                cell(row + 1),
                named_cell(heading),
                *(_cell(view, row, column) for column in columns),
                comparison(view, row),
            )
        )
        for row, heading in enumerate(view.matrix.rows)
    )
    names = ", ".join(view.matrix.columns[n].name for n in columns)
    caption = _("Comparison of the Views of Informants: {groups}").format(groups=names)
    notes = (
        *whole_notes(view, [view.matrix.columns[n] for n in columns]),
        blank_notes(view),
        sign_notes(),
        words(
            _(
                "The state is proposed by the counts: a group leans to one sign where over two thirds of its"
                " codings with + or − have it. The researcher decides."
            ),
            "note",
        ),
        *common_notes(view),
    )
    return Table(caption, tuple(heads), rows, notes, view.chapter, _("Informants"))


def _cell(view: View, row: int, column: int) -> Cell:
    counts, written = view.counts[row][column], view.written(row, column)
    summary = text_cell(written.emic_summary) if written and written.emic_summary else ()
    people = _("{m} of {n} informants").format(m=counts["informants"], n=counts["n"])
    if not counts["codings"]:
        left_out = view.is_left_out(row, column)
        mark = blank("filtered" if left_out else counts["mark"], written)
        return (*mark, words(people, "count"), *summary, *warnings(written, left_out))
    passages = chosen_passages(view, view.passages.get((row, column), ()), written)
    line = counted_line(people, count_of_codings(counts["codings"]))
    return (line, *strip(counts), *summary, *quotes(view, passages, 2), *warnings(written, evidence=True))


def comparison(view: View, row: int) -> Cell:
    """The state that the researcher decided on, else the proposed one, and what they say of it.

    Techniques are compared in the study as a whole: without a note its conclusion stands here.
    """
    heading = view.matrix.rows[row]
    note: Written | None = view.matrix.details["notes"].get(heading.key)
    spoken_of = any(counts["codings"] for counts in view.counts[row])  # counts of nothing propose nothing
    proposed = proposed_words(view.matrix, row) if spoken_of else "–"
    judged = note is not None and note.status != "unjudged"
    state = words(word(note.status), "text", "bold") if note and judged else words(proposed, "text", "bold")
    beside = (words(_("proposed: {state}").format(state=proposed), "count"),) if judged else ()
    whole = view.whole.get(heading.reference) if view.matrix.kind == "triangulation" else None
    said = text_of(note) or (whole.conclusion if whole else "")
    return (state, *beside, *(text_cell(said) if said else ()))


def text_of(note: Written | None) -> str:
    """What a note on convergence says."""
    return (note.conclusion or note.etic_reading) if note else ""
