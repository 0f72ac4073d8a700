"""Undo and redo: the same swap of row images, batched per table; the history of steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from qualcoder_lite.errors import Conflict
from qualcoder_lite.i18n import _, say
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.journal import full_image, images_of, now, other_image
from qualcoder_lite.store.journal_tables import RowChange, Step, StepEvent
from qualcoder_lite.store.project import Changes, Project
from qualcoder_lite.store.schema import JOURNALLED


@dataclass(frozen=True)
class HistoryLine:
    """One line of the audit trail: a step, its undoing or redoing. `at` in milliseconds since 1970, UTC."""

    step: int
    kind: str  # do, undo, redo
    message: str
    parameters: dict[str, Any]
    coder: str
    at: int
    undone: bool
    rows: int

    @property
    def text(self) -> str:
        """The step in the user's language."""
        return say(self.message, self.parameters)


def undo(project: Project, coder: str | None = None) -> Changes | None:
    """Undo the newest step (of one coder, where named); None where nothing is left.

    Raises Conflict where a later step has built on its rows.
    """
    return _swap(project, "undo", _newest_done(coder))


def redo(project: Project, coder: str | None = None) -> Changes | None:
    """Redo the step undone last; None where nothing is left, as after any new step."""
    return _swap(project, "redo", _oldest_undone(coder))


def steps_left(project: Project, kind: str, coder: str | None = None) -> int:
    """How many steps can be undone (`undo`) or redone (`redo`)."""
    steps = _newest_done(coder) if kind == "undo" else _oldest_undone(coder)
    with project.read() as connection:
        return connection.scalar(select(func.count()).select_from(steps.subquery())) or 0


def _newest_done(coder: str | None) -> Select[Step]:
    steps = select(Step).where(~Step.undone, ~Step.compacted).order_by(Step.id.desc())
    return steps if coder is None else steps.where(Step.coder == coder)


def _oldest_undone(coder: str | None) -> Select[Step]:
    newest = select(func.coalesce(func.max(Step.id), 0)).where(~Step.undone)
    newest = newest if coder is None else newest.where(Step.coder == coder)
    steps = select(Step).where(Step.undone, ~Step.compacted, Step.id > newest.scalar_subquery())
    steps = steps if coder is None else steps.where(Step.coder == coder)
    return steps.order_by(Step.id)


def _swap(project: Project, kind: str, pick: Select[Step]) -> Changes | None:
    if project.writer is None:
        raise RuntimeError("this study was opened for reading only")
    with connecting.told(project.path), Session(project.writer) as session:
        step = session.scalar(pick.limit(1))
        if step is None:
            return None
        connection = session.connection()
        _refuse_if_built_upon(connection, step)
        rows = _swap_rows(connection, step.id)
        _note_event(connection, step.id, kind, project.coder or step.coder)
        changes = Changes(step.id, step.message, step.parameters, rows, kind)
        try:
            session.commit()
        except IntegrityError as error:
            raise _conflict(changes.message, changes.parameters, "") from error
    project.tell(changes)
    return changes


def _refuse_if_built_upon(connection: Connection, step: Step) -> None:
    """Refuse where a later, done step touched a row of this one."""
    mine, later = RowChange.__table__.alias(), RowChange.__table__.alias()
    found = connection.execute(
        select(Step.message, Step.parameters)
        .join(later, later.c.step_id == Step.id)
        .join(mine, (mine.c.row == later.c.row) & (mine.c.step_id == step.id))
        .where(Step.id > step.id, ~Step.undone)
        .limit(1)
    ).first()
    if found is not None:
        raise _conflict(step.message, step.parameters, say(found.message, found.parameters))


def _conflict(message: str, parameters: dict[str, Any], later: str) -> Conflict:
    what = _("“{step}” can't be undone or redone by itself.").format(step=say(message, parameters))
    why = (
        _("A later step builds on it: “{step}”.").format(step=later)
        if later
        else _("A later step builds on it.")
    )
    return Conflict(what, why, _("Undo the later step first."))


def _swap_rows(connection: Connection, step: int) -> frozenset[tuple[str, bytes]]:
    columns = select(RowChange.id, RowChange.table, RowChange.row, RowChange.other)
    rows = connection.execute(columns.where(RowChange.step_id == step)).all()
    for name in dict.fromkeys(row.table for row in rows):
        table = JOURNALLED[name].__table__
        _swap_table(connection, table, [row for row in rows if row.table == name])  # type: ignore[arg-type]
    return frozenset((row.table, row.row) for row in rows)


def _swap_table(connection: Connection, table: Table, changes: Sequence[Any]) -> None:
    """Put the other version of each row in place; keep the displaced one in the journal."""
    present = images_of(connection, table, [change.row for change in changes])
    target = {change.row: full_image(table, change.other, present.get(change.row)) for change in changes}
    gone = [{"key": row} for row, image in target.items() if image is None and row in present]
    born = [image for row, image in target.items() if image is not None and row not in present]
    kept = [
        {"key": row, **_named(image)} for row, image in target.items() if image is not None and row in present
    ]
    if gone:
        connection.execute(delete(table).where(table.c.id == bindparam("key")), gone)
    if kept:
        values: dict[str, Any] = {column.name: bindparam(f"new_{column.name}") for column in table.columns}
        connection.execute(update(table).where(table.c.id == bindparam("key")).values(values), kept)
    if born:
        connection.execute(insert(table), born)
    journal = RowChange.__table__
    displaced = [
        {"key": change.id, "was": other_image(table, present.get(change.row), target[change.row])}
        for change in changes
    ]
    statement = update(journal).where(journal.c.id == bindparam("key")).values(other=bindparam("was"))  # type: ignore[arg-type]
    connection.execute(statement, displaced)


def _named(image: dict[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in image.items()}


def _note_event(connection: Connection, step: int, kind: str, coder: str) -> None:
    steps, events = Step.__table__, StepEvent.__table__
    connection.execute(update(steps).where(steps.c.id == step).values(undone=kind == "undo"))  # type: ignore[arg-type]
    newest = select(func.max(steps.c.id)).scalar_subquery()
    values = {"step_id": step, "after": newest, "kind": kind, "coder": coder, "at": now()}
    connection.execute(insert(events).values(values))  # type: ignore[arg-type]


def history(project: Project) -> list[HistoryLine]:
    """Every step, undo and redo of the study in the order in which they happened."""
    counts = select(RowChange.step_id, func.count().label("touched")).group_by(RowChange.step_id).subquery()
    columns = (Step.id, Step.message, Step.parameters, Step.coder, Step.at, Step.undone, counts.c.touched)
    steps = select(*columns).join(counts, counts.c.step_id == Step.id, isouter=True).order_by(Step.id)
    event_columns = (StepEvent.id, StepEvent.step_id, StepEvent.kind, StepEvent.coder, StepEvent.at)
    with project.read() as connection:
        done = {row.id: row for row in connection.execute(steps)}
        events = connection.execute(select(*event_columns).order_by(StepEvent.id)).all()
    lines = [_line(row, "do", row.coder, row.at) for row in done.values()]
    lines += [_line(done[event.step_id], event.kind, event.coder, event.at) for event in events]
    return sorted(lines, key=lambda line: line.at)


def _line(step: Any, kind: str, coder: str, at: int) -> HistoryLine:
    return HistoryLine(
        step.id, kind, step.message, step.parameters, coder, at, step.undone, step.touched or 0
    )
