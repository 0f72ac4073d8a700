"""Member checks: what informants said of the researcher's wording, and what they have yet to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from qualcoder_lite.analysis.cells.cell import CellPassage, passages_of
from qualcoder_lite.analysis.cells.written import Written, read_cells
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import count_for, headings_of_codes
from qualcoder_lite.analysis.whole import study_head
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.references import STUDY, evidence, pair, reference
from qualcoder_lite.coding.tables.finding import gone_error
from qualcoder_lite.coding.tokens import without_tokens
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Informant, MemberCheck


@dataclass(frozen=True)
class CheckLine:
    """What an informant said of a statement; `verdict` is agrees, corrects or rejects, `date` ISO or None.

    `pair` is the references of the cell that the statement comes from, None where there is none (any more).
    `stale`: the summary of that cell no longer says what the informant was shown.
    """

    id: bytes
    informant: bytes
    alias: str
    pair: tuple[str, str] | None
    statement: str
    date: str | None
    method: str
    verdict: str
    correction: str
    stale: bool


@dataclass(frozen=True)
class SheetLine:
    """A statement to show to an informant: about which code, in which words, with the quotes that carry it.

    `last` is what the informant said of it before; `due`: it was never shown as it stands now.
    """

    heading: Heading | None  # None: about everything that the informant said
    pair: tuple[str, str]
    statement: str
    quotes: tuple[CellPassage, ...]
    last: CheckLine | None
    due: bool


@dataclass(frozen=True)
class Sheet:
    """What is printed for one informant to read, correct and sign; by alias, for the name is not here."""

    study: str
    informant: bytes
    alias: str
    lines: tuple[SheetLine, ...]


def member_checks(project: Project, informant: bytes | None = None) -> list[CheckLine]:
    """The member checks, of one informant or of all, in the order in which they were made."""
    cells = read_cells(project)
    pairs = {cell.id: key for key, cell in cells.items()}
    columns = [getattr(MemberCheck, name) for name in ("id", "informant_id", "cell_id", *_SAID)]
    wanted = select(Informant.alias, *columns).join(Informant, Informant.id == MemberCheck.informant_id)
    if informant is not None:
        wanted = wanted.where(MemberCheck.informant_id == informant)
    with project.read() as connection:
        rows = connection.execute(wanted.order_by(MemberCheck.id)).all()
    lines = []
    for alias, check, person, cell, statement, *rest in rows:
        key = pairs.get(cell) if cell else None
        stale = key is not None and not summary_contains(cells[key].emic_summary, statement)
        values = (check, person, alias, key, statement, *rest, stale)
        lines.append(CheckLine(*values))
    return lines


_SAID = ("statement", "date", "method", "verdict", "correction")


def summary_contains(summary: str, statement: str) -> bool:
    """Tell whether a summary still has a statement in it, word for word; tokens and white space do not count.

    A statement may be part of the summary. The words themselves are compared and not when they were changed,
    so that a summary that was changed back is as it was checked.
    """
    words = without_tokens(statement)
    return bool(words) and words in without_tokens(summary)


def member_check_sheet(project: Project, informant: bytes, choice: Choice) -> Sheet:
    """What to show to an informant: the summary of each cell of theirs, in the order of the codebook.

    Quotes are those chosen as evidence of the cell that are theirs, else their starred ones. Raises UserError
    where the informant is gone.
    """
    study, coder = count_for(project, choice)
    people = {row.id: row.alias for row in study.frames.informants}
    if informant not in people:
        raise gone_error(Informant)
    last = {line.pair: line for line in member_checks(project, informant) if line.pair}
    lines = [
        _sheet_line(project, study, coder, heading, key, cell, last.get(key))
        for heading, key, cell in _statements(project, study, informant)
    ]
    return Sheet(study_head(project).title, informant, people[informant], tuple(lines))


def _statements(
    project: Project, study: Counted, informant: bytes
) -> Iterator[tuple[Heading | None, tuple[str, str], Written]]:
    """The written summaries of an informant: by code, then of everything they said."""
    me, cells = reference("informant", informant), read_cells(project)
    headings = headings_of_codes(study, range(len(study.frames.codes)))
    sides: list[tuple[Heading | None, str]] = [(heading, heading.reference) for heading in headings]
    for heading, side in [*sides, (None, STUDY)]:
        key = pair(me, side)
        if key in cells and cells[key].emic_summary.strip():
            yield heading, key, cells[key]


def _sheet_line(
    project: Project,
    study: Counted,
    coder: str,
    heading: Heading | None,
    key: tuple[str, str],
    cell: Written,
    last: CheckLine | None,
) -> SheetLine:
    behind, of = evidence(study, *key), study.frames.codings
    chosen = behind[[of.id[number] in cell.chosen for number in behind.tolist()]]
    starred = behind[of.starred[behind] & study.of_coder(coder)[behind]]
    quotes = passages_of(project, study, chosen if len(chosen) else starred)
    due = last is None or last.stale
    return SheetLine(heading, key, without_tokens(cell.emic_summary), tuple(quotes), last, due)
