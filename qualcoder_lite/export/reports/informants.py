"""Informants by dimensions and factors as tables, and the display of data dimension by dimension."""

from __future__ import annotations

from qualcoder_lite.analysis.matrices.heading import Heading
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
from qualcoder_lite.export.turning import as_shown, matrix_sheet
from qualcoder_lite.export.view import (
    View,
    band,
    blank,
    blank_notes,
    chosen_passages,
    code_column,
    code_with_signs,
    column_groups,
    common_notes,
    count_of_codings,
    count_of_passages,
    counted_line,
    counts_column,
    group_of,
    intro,
    named,
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


def informants_report(view: View) -> Report:
    """Tables of informants by codes, then for each code with words or chosen quotes its display of data."""
    groups = column_groups(view)
    upright = [_table(view, columns, last=columns is groups[-1]) for columns in groups]
    shown = [number for number in range(len(view.matrix.columns)) if _has_words(view, number)]
    displays = [_display(view, column) for column in shown]
    whole = _table(view, list(range(len(view.matrix.columns))), last=True)
    tables: list[Block] = [*as_shown(view, whole, upright)]
    sheets = [matrix_sheet(view, whole)]
    sheets += [sheet_of(table, view.matrix.columns[n].key) for n, table in zip(shown, displays, strict=True)]
    title = _("Informants by dimensions and factors")
    before = intro(
        view, _("Who spoke about what, in the informants’ own view, with the quotes that carry it.")
    )
    return Report(title, (before, Part((*tables, *displays), wide=True)), tuple(sheets))


def _table(view: View, columns: list[int], last: bool) -> Table:
    heads = [number_column(), Column(_("Informant"), 1.7)]
    width = min(3.0, 14.0 / max(len(columns), 1))  # of many codes less, so that the last head stays whole
    heads += [code_column(view.matrix.columns[number], width) for number in columns]
    if last:
        emic = view.matrix.choice.perspective == "emic"
        touched = _("Emic codes touched") if emic else _("Indicators touched")
        heads.append(counts_column(touched))
    rows: list[Row] = []
    for row, heading in enumerate(view.matrix.rows):
        banded = not view.matrix.choice.sort
        if banded and heading.kind == "source" and (row == 0 or view.matrix.rows[row - 1].kind != "source"):
            rows.append(_not_emic())
        rows.append(_row(view, row, columns, last))
    rows.append(_closing(view, columns, last))
    syntheses = whole_notes(view, view.matrix.rows) if last else ()
    notes = (*syntheses, blank_notes(view), sign_notes(), _counting_note(), *common_notes(view))
    return Table(_caption(view, columns), tuple(heads), tuple(rows), notes, view.chapter, _("Codes"))


def _not_emic() -> Row:
    return band(_("Other sources (summaries by the researcher, not emic)"))


def _caption(view: View, columns: list[int]) -> str:
    headings = [view.matrix.columns[number] for number in columns]
    names = ", ".join(heading.name for heading in headings)
    groups = {group_of(view, heading) for heading in headings}
    if groups == {"dimension"}:
        return _("Matrix of Informants by Dimensions ({names})").format(names=names)
    if groups == {"factor"}:
        return _("Matrix of Informants by Factors ({names})").format(names=names)
    return _("Matrix of Informants by Codes ({names})").format(names=names)


def _row(view: View, row: int, columns: list[int], last: bool) -> Row:
    heading = view.matrix.rows[row]
    cells = [cell(row + 1), named_cell(heading, word(heading.group))]
    cells += [_cell(view, row, column) for column in columns]
    if last:
        cells.append(cell(int(view.matrix.details["indicators"][row])))
    return Row(tuple(cells))


def _cell(view: View, row: int, column: int) -> Cell:
    """Signs, summary, chosen quotes, counts; or the blank."""
    counts, written = view.counts[row][column], view.written(row, column)
    summary = text_cell(written.emic_summary) if written and written.emic_summary else ()
    if not counts["codings"]:
        return blank(counts["mark"], written) + summary + warnings(written, view.is_left_out(row, column))
    passages = chosen_passages(view, view.passages.get((row, column), ()), written)
    line = counted_line(count_of_codings(counts["codings"]), count_of_passages(counts["passages"]))
    return strip(counts) + summary + quotes(view, passages) + (line,) + warnings(written, evidence=True)


def _closing(view: View, columns: list[int], last: bool) -> Row:
    people = len(view.matrix.counted.frames.informants)
    mentioned = view.matrix.details["mentioned"]
    cells = [cell("n"), cell(_("Informants who mention it"))]
    cells += [cell(_("{m} of {n}").format(m=mentioned[number], n=people)) for number in columns]
    return Row(tuple([*cells, cell(_indicators_in_all(view))] if last else cells), "total")


def _indicators_in_all(view: View) -> int:
    """How many indicators all rows touch together."""
    frames = view.matrix.counted.frames
    codes = {int(frames.codings.code[p.coding]) for listed in view.passages.values() for p in listed}
    if view.matrix.choice.perspective == "emic":
        return sum(frames.codes[code].perspective == "emic" for code in codes)
    return sum(frames.codes[code].kind == "indicator" for code in codes)


def _counting_note() -> Paragraph:
    return words(
        _(
            "Passages are the ranges of the codings, merged where they share a character; a coding counts for"
            " a code and for all codes above it."
        ),
        "note",
    )


# The display of data, dimension by dimension -------------------------------------------------------------


def _has_words(view: View, column: int) -> bool:
    """Tell whether the researcher wrote or chose anything in a column."""
    written, passages = view.matrix.written, view.passages
    worded = any(cell.has_words for (_row, at), cell in written.items() if at == column)
    return worded or any(chosen_passages(view, p, None) for (_row, at), p in passages.items() if at == column)


def _display(view: View, column: int) -> Table:
    """The thesis form: quote, summary, indicator, reading for each informant; theory there, else below."""
    heading = view.matrix.columns[column]
    rows = [row for row in range(len(view.matrix.rows)) if _is_displayed(view, row, column)]
    rows.sort(key=lambda row: view.matrix.rows[row].kind == "source")  # informants first, however sorted
    others = sum(view.matrix.rows[row].kind == "source" for row in rows)
    theories = [written.theory if (written := view.written(row, column)) else "" for row in rows]
    heads = [
        number_column(),
        Column(_("Informant"), 1.7),
        Column(_("Quotes (emic)"), 4.2),
        Column(_("Summary of the informant’s view"), 2.8),
        Column(_("Indicators"), 2.2),
        Column(_("Researcher’s reading (etic)"), 2.8),
    ]
    lines = [[cell(number), *_displayed(view, row, column)] for number, row in enumerate(rows, 1)]
    if any(theories):
        heads.append(Column(_("Theory"), 1.9))
        lines = [[*line, text_cell(theory)] for line, theory in zip(lines, theories, strict=True)]
    shown = [Row(tuple(line)) for line in lines]
    if others:
        shown.insert(len(rows) - others, _not_emic())
    whole = view.whole.get(heading.reference)
    below = [words(_("Theory: {text}").format(text=whole.theory), "note")] if whole and whole.theory else []
    caption = _("Display of Data: {name}").format(name=_full_name(heading))
    notes = (*below, sign_notes(), *common_notes(view))
    return Table(caption, tuple(heads), tuple(shown), notes, view.chapter)


def _full_name(heading: Heading) -> str:
    return f"{heading.name} ({heading.key})" if heading.name != heading.key else heading.key


def _is_displayed(view: View, row: int, column: int) -> bool:
    written = view.written(row, column)
    return bool(view.counts[row][column]["codings"]) or (written is not None and written.has_words)


def _displayed(view: View, row: int, column: int) -> tuple[Cell, ...]:
    written, passages = view.written(row, column), view.passages.get((row, column), [])
    chosen = chosen_passages(view, passages, written)
    quoted = quotes(view, chosen) or quotes(view, passages, 0) or blank(view.counts[row][column]["mark"])
    return (
        _informant(view.matrix.rows[row]),
        quoted,
        text_cell(written.emic_summary if written else ""),
        _indicators(view, row, column),
        text_cell(written.etic_reading if written else ""),
    )


def _informant(heading: Heading) -> Cell:
    """Who it is: alias and work; a source stands by its technique, since titles are long."""
    return named_cell(heading) if heading.kind == "informant" else named(heading.key, word(heading.group))


def _indicators(view: View, row: int, column: int) -> Cell:
    """The codes of the cell's codings with their signs, each once."""
    code_of = view.matrix.counted.frames.codings.code
    found: dict[int, set[int]] = {}
    for passage in view.passages.get((row, column), ()):
        found.setdefault(int(code_of[passage.coding]), set()).add(passage.sign)
    listed = tuple(words(code_with_signs(view, code, signs)) for code, signs in sorted(found.items()))
    return listed or blank(view.counts[row][column]["mark"])
