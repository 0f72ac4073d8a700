"""Sheets for member checks: what an informant reads, ticks, corrects and signs, one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualcoder_lite.analysis.conclusions.member_checks import (
    CheckLine,
    SheetLine,
    member_check_sheet,
    member_checks,
)
from qualcoder_lite.analysis.conclusions.member_checks import Sheet as CheckingSheet
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.vocabulary import VERDICTS
from qualcoder_lite.export.report import (
    Block,
    Cell,
    Column,
    Heading,
    Part,
    Report,
    Row,
    Sheet,
    Table,
    cell,
    words,
)
from qualcoder_lite.export.reports.passages import cited, quoted
from qualcoder_lite.export.view import date_text, named_cell, number_column, text_cell
from qualcoder_lite.i18n import _
from qualcoder_lite.store.project import Project

MOST = 3  # quotes of a statement
BOX = "☐"
LINE = "_" * 16  # to write on, as wide as the column of corrections
LINES = 3  # to write on for each statement
SHEET = ("informant", "code", "name", "statement", "quotes", "verdict", "correction", "date", "method", "due")
ANSWERS = ("informant", "statement", "verdict", "correction", "date", "method", "stale")


def checking_report(project: Project, coder: str = "") -> Report:
    """A sheet for each informant of whom something is written, on a page of its own, by alias.

    Raises UserError by `chosen_coder`.
    """
    people = counted(project).frames.informants
    sheets = [member_check_sheet(project, row.id, Choice(coder)) for row in people]
    written = [sheet for sheet in sheets if sheet.lines]
    nothing = (Part((words(_("Nothing has been written yet of what an informant said."), "body"),)),)
    parts = tuple(Part(tuple(_blocks(sheet))) for sheet in written) or nothing
    data = (_data(written), _answers(member_checks(project)))
    return Report(_("Member checks"), parts, data)


# To be read and signed -----------------------------------------------------------------------------------


def _blocks(sheet: CheckingSheet) -> Iterator[Block]:
    yield Heading(_("Sheet to be checked by informant {alias}").format(alias=sheet.alias), 2)
    yield words(sheet.study, "body", "bold")
    asked = _(
        "This is how I understood what you said. Please tick for each statement whether it is right, and"
        " write beside it what should be put differently."
    )
    yield words(asked, "body")
    yield _table(sheet)
    yield _signatures(sheet)


def _table(sheet: CheckingSheet) -> Table:
    heads = (
        number_column(),
        Column(_("About"), 2.1),
        Column(_("Statement"), 4.1),
        Column(_("Answer"), 2.1),
        Column(_("Correction"), 2.8),
    )
    rows = tuple(Row(_row(number, line)) for number, line in enumerate(sheet.lines, 1))
    caption = _("Statements to be Checked by Informant {alias}").format(alias=sheet.alias)
    return Table(caption, heads, rows, kept=True)  # nobody signs a page without a statement


def _row(number: int, line: SheetLine) -> tuple[Cell, ...]:
    about = named_cell(line.heading) if line.heading else cell(_("Everything that was said"))
    quotes = quoted(line.quotes, MOST, "quote", signs=False) if line.quotes else ()
    last = (words(_told_before(line.last, line.due), "count"),) if line.last else ()
    boxes = tuple(words(f"{BOX}\u00a0{word(verdict)}") for verdict in VERDICTS.words)
    to_write_on = tuple(words(LINE) for _number in range(LINES))
    return (cell(number), about, (*text_cell(line.statement), *quotes, *last), boxes, to_write_on)


def _told_before(last: CheckLine, due: bool) -> str:
    """What the informant said before, and whether it was of another wording."""
    said = "; ".join(part for part in (word(last.verdict), last.correction, last.method) if part)
    text = _("Before ({date}): {answer}").format(date=date_text(last.date), answer=said)
    return text + " (" + _("of an earlier wording") + ")" if due else text


def _signatures(sheet: CheckingSheet) -> Table:
    """Date, way, and room for two names and signatures; the name is written by hand, for it is not here."""
    line, room = LINE[:13], "\n\n"
    first = (words(_("Date: {line}").format(line=line)), words(_("Method: {line}").format(line=line)))
    person = words(_("Informant {alias}: name and signature").format(alias=sheet.alias))
    researcher = words(_("Researcher: name and signature"))
    signed = ((*first,), (person, words(room)), (researcher, words(room)))
    heads = (Column(_("When and how"), 3.0), Column(_("Informant"), 3.0), Column(_("Researcher"), 3.0))
    return Table(_("Date and Signatures"), heads, (Row(signed),), chapter=0)


# The data ------------------------------------------------------------------------------------------------


def _data(sheets: Sequence[CheckingSheet]) -> Sheet:
    rows = [_values(sheet.alias, line) for sheet in sheets for line in sheet.lines]
    widths = (10.0, 8.0, 24.0, 50.0, 60.0, 12.0, 40.0, 12.0, 16.0, 8.0)
    return Sheet(_("Statements"), SHEET, rows, widths)


def _values(alias: str, line: SheetLine) -> list[str | bool | None]:
    about = (line.heading.key, line.heading.name) if line.heading else ("", "")
    quotes, last = "\n".join(map(cited, line.quotes)), line.last
    said = (word(last.verdict), last.correction, last.date, last.method) if last else ("", "", None, "")
    return [alias, *about, line.statement, quotes, *said, line.due]


def _answers(checks: Sequence[CheckLine]) -> Sheet:
    """All member checks that were noted."""
    rows = [[c.alias, c.statement, word(c.verdict), c.correction, c.date, c.method, c.stale] for c in checks]
    return Sheet(_("Answers"), ANSWERS, rows, (10.0, 50.0, 12.0, 50.0, 12.0, 20.0, 8.0))
