"""Cells (sel): what the researcher writes for a pair of references; the two layers emic and etic stay apart.

A pair is unordered, so a cell reappears in every matrix and in the transposed one. A written cell keeps what
evidence it saw; when that differs later the cell is stale, and its text is never touched. Citation tokens
(`[A3·27]`) that are written are bound to their passages, see `tokens`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from qualcoder_lite.coding import vocabulary
from qualcoder_lite.coding.cell_names import (
    check_reference,
    describe_reference,
    references_by_word,
    resolve_reference,
)
from qualcoder_lite.coding.counting.citations import Citations, citations_in
from qualcoder_lite.coding.counting.counted import Counted, count, counted
from qualcoder_lite.coding.counting.references import current_evidence, is_comparison, pair
from qualcoder_lite.coding.pairs import set_pairs
from qualcoder_lite.coding.questions import RowsAdded
from qualcoder_lite.coding.rows import set_values
from qualcoder_lite.coding.tables.finding import gone_error
from qualcoder_lite.coding.tables.sheet import TableRow, cell_text, parse_rows
from qualcoder_lite.coding.tokens import bind_tokens
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.journal import remove as remove_rows
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Cell, CellEvidence

Study = Callable[[], Counted]
"""Gives the study as it counts now; it is read when it is first asked for."""
Cited = Callable[[], Citations]
TEXTS = ("emic_summary", "etic_reading", "theory", "conclusion", "reason", "gap_note")


class Written(TypedDict, total=False):
    """What a researcher writes in a cell: the informants' view (emic) and the own reading (etic) apart."""

    emic_summary: str
    etic_reading: str
    theory: str
    conclusion: str
    status: str
    reason: str
    gap_note: str
    not_applicable: bool


def write(project: Project, first: str, second: str, **written: Unpack[Written]) -> bytes:
    """Write fields of the cell of two references (`kind:value`); return its id. Fields not named stay.

    The cell then counts as written in view of the present evidence. Raises UserError where a reference names
    nothing, both are the same, or the status is unknown.
    """
    values = _checked(written, statuses_of(first, second))
    with project.change(
        N_("Write in the cell {first} × {second}"), **_named(project, first, second)
    ) as session:
        return _put(session, first, second, values, study=_kept(project))


def statuses_of(first: str, second: str) -> vocabulary.Vocabulary:
    """The statuses that the cell of two references can have: a note on what is compared speaks of that."""
    return (
        vocabulary.CONVERGENCES if is_comparison(first) or is_comparison(second) else vocabulary.CELL_STATUSES
    )


def set_status(project: Project, first: str, second: str, status: str, reason: str = "") -> bytes:
    """Judge how the informants' view and the researcher's reading stand to each other; return the cell's id.

    The status is one of unjudged, aligned, partial, gap, emic_only, etic_only; of a note on what is compared
    one of unjudged, agree, partial, oppose, silent.
    """
    found = vocabulary.parse_choice(statuses_of(first, second), status)
    parameters = {**_named(project, first, second), "status": found}
    with project.change(N_("Judge the cell {first} × {second}"), **parameters) as session:
        values = {"status": found, "reason": reason}
        return _put(session, first, second, values, study=_kept(project))


def set_not_applicable(project: Project, first: str, second: str, value: bool = True) -> bytes:
    """Say that a pair does not apply (t.r.), or that it does after all; return the cell's id."""
    message = N_("The cell {first} × {second} does not apply")
    if not value:
        message = N_("The cell {first} × {second} applies")
    with project.change(message, **_named(project, first, second)) as session:
        values = {"not_applicable": value}
        return _put(session, first, second, values, study=_kept(project))


def choose_evidence(project: Project, first: str, second: str, codings: Sequence[bytes]) -> bytes:
    """Choose the codings that a cell shows as its evidence, in this order; return the cell's id."""
    message = N_("Choose the evidence of the cell {first} × {second}")
    with project.change(message, **_named(project, first, second)) as session:
        cell = _put(session, first, second, {}, study=_kept(project))
        set_pairs(session, CellEvidence, ("cell_id", cell), "coding_id", codings)
        return cell


def mark_reviewed(project: Project, first: str, second: str) -> None:
    """Say that a written cell holds in view of the evidence as it is now.

    Raises UserError where nothing is written for the pair.
    """
    with project.change(
        N_("Review the cell {first} × {second}"), **_named(project, first, second)
    ) as session:
        row = _cell(session, first, second)
        if row is None:
            raise gone_error(Cell)
        now = current_evidence(_kept(project)(), *pair(first, second))
        set_values(session, Cell, [{"id": row.id, "seen": now}])


def clear(project: Project, first: str, second: str) -> None:
    """Take everything away that is written for a pair."""
    with project.change(N_("Clear the cell {first} × {second}"), **_named(project, first, second)) as session:
        row = _cell(session, first, second)
        remove_rows(session, Cell, [] if row is None else [row.id])


def import_table(project: Project, rows: Sequence[TableRow]) -> RowsAdded:
    """Write cells from a table; all or nothing.

    Columns: row, column (keys, or `informant:A1`, `code:R`, `technique:interview`, `attribute:name=value`;
    empty or `study`: the whole study), emic_summary, etic_reading, theory, conclusion, status, reason,
    gap_note, not_applicable. Empty cells change nothing. Raises UserError with every row that can't be used.
    """
    with project.change(N_("Take over a table of cells ({count})"), count=len(rows)) as session:
        names = references_by_word(session.connection())
        told = parse_rows(rows, lambda _number, row: _understand(row, names))
        _refuse_twice([place for place, _values in told])
        there = {(first, second) for first, second in session.execute(select(Cell.first, Cell.second))}
        study = _study(session.connection())
        citations = _citations(session, study)
        for place, values in told:
            _put(session, *place, values, study, citations, looked=True)
        known = sum(place in there for place, _values in told)
        return RowsAdded(len(told) - known, known)


def _understand(row: TableRow, names: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], dict[str, Any]]:
    place = pair(
        resolve_reference(cell_text(row, "row"), names), resolve_reference(cell_text(row, "column"), names)
    )
    if place[0] == place[1]:
        raise UserError(_("Row and column are the same."))
    values: dict[str, Any] = {name: row[name].strip() for name in TEXTS if cell_text(row, name)}
    if cell_text(row, "status"):
        values["status"] = vocabulary.parse_choice(statuses_of(*place), row["status"])
    if cell_text(row, "not_applicable"):
        values["not_applicable"] = vocabulary.parse_yes_or_no(row["not_applicable"])
    return place, values


def _refuse_twice(places: Sequence[tuple[str, str]]) -> None:
    if len(set(places)) < len(places):
        raise UserError(_("The same cell stands in the table twice."))


def _checked(written: Written, statuses: vocabulary.Vocabulary) -> dict[str, Any]:
    values: dict[str, Any] = {**written}
    if "status" in written:
        values["status"] = vocabulary.parse_choice(statuses, written["status"])
    return values


def _named(project: Project, first: str, second: str) -> dict[str, str]:
    """The pair as a step's parameters.

    Raises UserError where a reference names nothing, or both are the same.
    """
    one, other = pair(first, second)
    if one == other:
        raise UserError(_("A cell needs two different sides."))
    with project.read() as connection:
        for ref in (one, other):
            check_reference(connection, ref)
        return {"first": describe_reference(connection, one), "second": describe_reference(connection, other)}


def _put(
    session: Session,
    first: str,
    second: str,
    values: Mapping[str, Any],
    study: Study | None = None,
    citations: Cited | None = None,
    looked: bool = False,
) -> bytes:
    """Write values in the cell of a pair within a step; one that is not there is made.

    What the evidence was is kept when the first words are written. Later words change nothing of it: who
    rewords a sentence has not looked at everything again, and says so by `mark_reviewed`. `looked`: the
    whole cell was written anew in view of its evidence.
    """
    place, study = pair(first, second), study or _study(session.connection())
    row = _cell(session, *place)
    values = _bound(values, row, citations or _citations(session, study))
    if row is None:
        row = Cell(first=place[0], second=place[1], seen=current_evidence(study(), *place), **values)
        session.add(row)
        session.flush()
        return row.id
    if any(getattr(row, name) != value for name, value in values.items()):
        worded = row.status != "unjudged" or any(getattr(row, name) for name in TEXTS)
        now = {} if worded and not looked else {"seen": current_evidence(study(), *place)}
        set_values(session, Cell, [{"id": row.id, **values, **now}])
    return row.id


def _bound(values: Mapping[str, Any], row: Cell | None, citations: Cited) -> dict[str, Any]:
    """The values with the tokens of their texts bound; those that stood there before stay as they were."""
    before = {name: getattr(row, name) if row else "" for name in TEXTS}
    texts = {name: bind_tokens(citations, values[name], before[name]) for name in TEXTS if name in values}
    return {**values, **texts}


def _cell(session: Session, first: str, second: str) -> Cell | None:
    one, other = pair(first, second)
    statement = select(Cell).where(Cell.first == one, Cell.second == other).order_by(Cell.id).limit(1)
    return session.scalar(statement)


def _kept(project: Project) -> Study:
    """The study as it counted before the step, which is kept between steps: a cell changes no coding."""
    return partial(counted, project)


def _study(connection: Connection) -> Study:
    return cache(lambda: count(connection))


def _citations(session: Session, study: Study) -> Cited:
    return cache(lambda: citations_in(session.connection(), study().frames))
