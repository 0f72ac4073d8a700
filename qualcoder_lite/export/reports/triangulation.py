"""Techniques side by side, provisions apart, and what was said beside what was seen."""

from __future__ import annotations

from collections.abc import Iterable

from qualcoder_lite.analysis.matrices.triangulation import ACCOUNT, EVENT, TECHNIQUES
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.frames import SIGNS
from qualcoder_lite.export.report import (
    Cell,
    Column,
    Paragraph,
    Part,
    Report,
    Row,
    Table,
    cell,
    sheet_of,
    words,
)
from qualcoder_lite.export.reports.groups import comparison
from qualcoder_lite.export.turning import matrix_tables
from qualcoder_lite.export.view import (
    Passage,
    View,
    chosen_passages,
    common_notes,
    count_of_codings,
    count_of_sources,
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
    whole_notes,
)
from qualcoder_lite.i18n import _, n_


def triangulation_report(view: View) -> Report:
    """Codes by techniques with conclusion; then the list of what was said and seen."""
    tables, sheet = matrix_tables(view, _table)
    sheets = [sheet]
    if both_said_and_seen(view):
        seen = said_and_seen(view)
        tables.append(seen)
        sheets.append(sheet_of(seen, _("Said and seen")))
    before = intro(view, _("What interviews, observation and documents each say about the same indicator."))
    parts = (before, Part(tuple(tables), wide=True))
    return Report(_("Triangulation of techniques"), parts, tuple(sheets))


def _table(view: View, columns: list[int]) -> Table:
    heads = [number_column(), Column(_("Indicator"), 1.8)]
    heads += [Column(view.matrix.columns[number].name, 3.0) for number in columns]
    heads.append(Column(_("Conclusion"), 2.2))
    rows = [row for row in range(len(view.matrix.rows)) if _is_shown(view, row)]
    lines = tuple(_row(view, row, number, columns) for number, row in enumerate(rows, 1))
    silent = [heading.key for row, heading in enumerate(view.matrix.rows) if not _is_shown(view, row)]
    whole = whole_notes(view, [view.matrix.columns[number] for number in columns])
    notes, caption = (*whole, *_notes(view, silent)), _("Triangulation of Techniques")
    return Table(caption, tuple(heads), lines, notes, view.chapter, _("Technique"))


def _is_shown(view: View, row: int) -> bool:
    written = view.whole.get(view.matrix.rows[row].reference)
    cells = range(len(view.matrix.columns))
    has_words = any((w := view.written(row, column)) is not None and w.has_words for column in cells)
    counted = any(view.counts[row][column]["codings"] for column in cells)
    return counted or has_words or (written is not None and bool(written.conclusion))


def _row(view: View, row: int, number: int, columns: list[int]) -> Row:
    heading = view.matrix.rows[row]
    cells = [_cell(view, row, column) for column in columns]
    return Row((cell(number), named_cell(heading), *cells, comparison(view, row)))


def _cell(view: View, row: int, column: int) -> Cell:
    counts, written = view.counts[row][column], view.written(row, column)
    summary = text_cell(written.emic_summary) if written and written.emic_summary else ()
    if not counts["codings"]:
        return (words("—", "blank"), *summary, *warnings(written, view.is_left_out(row, column)))
    passages = chosen_passages(view, view.passages.get((row, column), ()), written)
    line = counted_line(count_of_sources(counts["sources"]), count_of_codings(counts["codings"]))
    told = (line, *strip(counts), *_provisions(counts["provisions"]), *summary)
    return (*told, *quotes(view, passages, 1), *warnings(written, evidence=True))


def _provisions(number: int) -> Cell:
    """How many of the codings say what ought to be: counted apart."""
    text = n_(
        "of these {n} provision (what ought to be)", "of these {n} provisions (what ought to be)", number
    )
    return (words(text.format(n=number), "count"),) if number else ()


def _notes(view: View, silent: list[str]) -> tuple[Paragraph, ...]:
    present = {heading.key for heading in view.matrix.columns}
    absent = [word(technique) for technique in TECHNIQUES if technique not in present]
    lines = ["— " + _("no coding from this technique")]
    if silent:
        lines.append(_("Without any coding: {codes}.").format(codes=", ".join(silent)))
    if absent:
        lines.append(_("The study has no source of: {techniques}.").format(techniques=", ".join(absent)))
    lines.append(
        _(
            "The state is proposed by the counts: agree, partial, oppose, or silent where only one technique"
            " speaks. Provisions never confirm practice and are left out of it. It is never a proof."
        )
    )
    first, *rest = (words(line, "note") for line in lines)
    return (first, sign_notes(), *rest, *common_notes(view))


# Said versus seen ----------------------------------------------------------------------------------------


def said_and_seen(view: View) -> Table:
    """Codes on which an account supports what an event contradicts, with both."""
    heads = (
        number_column(),
        Column(_("Indicator"), 1.6),
        Column(_("Said (account, +)"), 4.0),
        Column(_("Seen (event, −)"), 4.0),
    )
    keys = {heading.key: row for row, heading in enumerate(view.matrix.rows)}
    rows = tuple(
        Row((cell(number), named_cell(view.matrix.rows[keys[key]]), *_sides(view, keys[key])))
        for number, key in enumerate(both_said_and_seen(view), 1)
    )
    notes = (
        words(_("Listed wherever both occur; what it means is for the researcher to say."), "note"),
        *common_notes(view),
    )
    return Table(_("Said and Seen on the Same Indicator"), heads, rows, notes, view.chapter)


def both_said_and_seen(view: View) -> list[str]:
    """The keys of the rows in sight on which something was said and seen."""
    shown = {heading.key for heading in view.matrix.rows}
    return [key for key in view.matrix.details["said_versus_seen"] if key in shown]


def _sides(view: View, row: int) -> tuple[Cell, Cell]:
    codings = view.matrix.counted.frames.codings
    all_columns = range(max(len(view.matrix.columns), 1))
    passages = [p for column in all_columns for p in view.passages.get((row, column), ())]

    def side(evidence: int, sign: str) -> Cell:
        wanted: Iterable[Passage] = (
            p for p in passages if codings.evidence[p.coding] == evidence and SIGNS[p.sign] == sign
        )
        return quotes(view, distinct_ranges(wanted))

    return side(ACCOUNT, "+"), side(EVENT, "-")
