"""Emic beside etic, code by code, as a table."""

from __future__ import annotations

from qualcoder_lite.analysis.cells.written import Written
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.export.report import (
    Block,
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
from qualcoder_lite.export.reports.triangulation import both_said_and_seen, said_and_seen
from qualcoder_lite.export.view import (
    Passage,
    View,
    band,
    chosen_passages,
    common_notes,
    count_of_codings,
    count_of_passages,
    counted_line,
    emic_and_other,
    intro,
    named_cell,
    number_column,
    quotes,
    text_cell,
    warnings,
)
from qualcoder_lite.i18n import _, n_


def emic_etic_report(view: View) -> Report:
    """The reading of every code that has codings or words; the data sheet has all codes.

    An indicator of which nothing is written is left out: pages of `not written yet` hide what is written.
    """
    columns = range(len(view.matrix.columns))
    everything = [(row, column) for column in columns for row in range(len(view.matrix.rows))]
    coded = [place for place in everything if _is_shown(view, *place)]
    shown = [place for place in coded if not _waits(view, *place)]
    blocks: list[Block] = [_table(view, shown, coded)]
    if both_said_and_seen(view):
        blocks.append(said_and_seen(view))
    title = _("Emic and etic reading")
    before = intro(view, _("The informants’ view beside the researcher’s reading, code by code."))
    sheets = (sheet_of(_table(view, everything, everything), _("Matrix")),)
    return Report(title, (before, Part(tuple(blocks), wide=True)), sheets)


def _is_shown(view: View, row: int, column: int) -> bool:
    written = view.written(row, column)
    return bool(view.counts[row][column]["codings"]) or (written is not None and written.has_words)


def _waits(view: View, row: int, column: int) -> bool:
    """Tell whether this is an indicator of which nothing is written, beside codes of other kinds."""
    written, choice = view.written(row, column), view.matrix.choice
    indicator = choice.level != "indicator" and view.code(view.matrix.rows[row]).kind == "indicator"
    return indicator and not (written is not None and written.has_words)


Places = list[tuple[int, int]]


def _table(view: View, places: Places, coded: Places) -> Table:
    """A row for each place; those of a group of informants behind a band that names it."""
    others = any(counts["others"] for row in view.counts for counts in row)
    heads = (
        number_column(),
        Column(_("Code and name"), 2.3),
        Column(_("Emic: key quotes"), 4.0),
        Column(_("Emic: meaning to the informants"), 2.6),
        *((Column(_("Observation and documents"), 2.4),) if others else ()),
        Column(_("Etic: the researcher’s reading"), 2.7),
        Column(_("Theory"), 2.65),
        Column(_("Status"), 2.4),
        Column(_("Gap"), 2.25),
    )
    lines, grouped = list[Row](), bool(view.matrix.choice.by)
    for number, (row, column) in enumerate(places, 1):
        if grouped and (number == 1 or places[number - 2][1] != column):
            lines.append(band(view.matrix.columns[column].name))
        lines.append(_row(view, row, column, number, others))
    present = {row for row, _column in coded}
    left = [heading.key for row, heading in enumerate(view.matrix.rows) if row not in present]
    caption = _("Emic and Etic Reading of each Code")
    if grouped:
        caption = _("Emic and Etic Reading of each Code by Groups of Informants")
    return Table(caption, heads, tuple(lines), _notes(view, left, len(coded) - len(places)), view.chapter)


def _row(view: View, row: int, column: int, number: int, others: bool) -> Row:
    written = view.written(row, column)
    fields = [written.emic_summary, written.etic_reading, written.theory] if written else ["", "", ""]
    meaning, *etic = (text_cell(field) for field in fields)
    cells = [meaning, *([_others(view, row, column, written)] if others else []), *etic]
    heading = view.matrix.rows[row]
    perspective = view.code(heading).perspective
    named = named_cell(heading, _("emic") if perspective == "emic" else "")
    quoted = _quotes(view, row, column, written)
    return Row((cell(number), named, quoted, *cells, _status(written), _gap(written)))


def _quotes(view: View, row: int, column: int, written: Written | None) -> Cell:
    """What informants say; what observation and documents show is not emic."""
    counts, passages = view.counts[row][column], _passages(view, row, column)[0]
    if not counts["spoken"]:
        return (
            words("—", "blank"),
            *warnings(written, counts["codings"] > 0 or view.is_left_out(row, column)),
        )
    chosen = chosen_passages(view, passages, written)
    quoted = quotes(view, chosen) or quotes(view, passages, 0)
    said = counted_line(count_of_codings(counts["spoken"]), count_of_passages(counts["spoken_passages"]))
    return (*quoted, said)


def _others(view: View, row: int, column: int, written: Written | None) -> Cell:
    number, passages = view.counts[row][column]["others"], _passages(view, row, column)[1]
    if not number:
        return (words("—", "blank"),)
    chosen = chosen_passages(view, passages, written)
    return (*(quotes(view, chosen, 2) or quotes(view, passages, 1)), counted_line(count_of_codings(number)))


def _passages(view: View, row: int, column: int) -> tuple[list[Passage], list[Passage]]:
    return emic_and_other(view, view.passages.get((row, column), ()))


def _status(written: Written | None) -> Cell:
    if written is None:
        return (words(word("unjudged"), "waiting"),)
    judged = "waiting" if written.status == "unjudged" else "text"
    lines = [words(word(written.status), judged, "bold" if judged == "text" else "")]
    lines += [words(line) for line in (written.reason, written.conclusion) if line]
    stale = [words(_("needs review"), "label")] if written.stale else []
    return (*lines, *stale)


def _gap(written: Written | None) -> Cell:
    if written and written.gap_note:
        return text_cell(written.gap_note)
    return text_cell("") if written and written.status == "gap" else (words("–", "count"),)


def _notes(view: View, left: list[str], waiting: int) -> tuple[Paragraph, ...]:
    lines = ["— " + _("did not come up in the data")]
    lines.append(
        _(
            "Emic: the informants’ view, in their words and as the researcher words it. Etic: the"
            " researcher’s reading by theory."
        )
    )
    if left:
        lines.append(_("Without any coding or words: {codes}.").format(codes=", ".join(left)))
    if waiting:
        text = n_(
            "{n} indicator of which nothing is written yet is left out here; Excel and CSV have it.",
            "{n} indicators of which nothing is written yet are left out here; Excel and CSV have them.",
            waiting,
        )
        lines.append(text.format(n=waiting))
    return (*(words(line, "note") for line in lines), *common_notes(view))
