"""Undo and redo: the same swap of row images, batched per table; the history of steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Select, Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from qualcoder_lite.errors import Conflict
from qualcoder_lite.i18n import N_, _, say
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.store.digests import digest_columns
from qualcoder_lite.store.images import Image, full_images, images_of, other_image
from qualcoder_lite.store.journal import loosely_attached, now
from qualcoder_lite.store.journal_tables import RowChange, Step, StepEvent
from qualcoder_lite.store.loose_references import COLUMNS, have_lost_targets
from qualcoder_lite.store.many import among, delete_many, insert_many, update_many
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
    compacted: bool = False  # its row images are gone: it can't be undone or redone any more

    @property
    def text(self) -> str:
        """The step in the user's language."""
        return say(self.message, self.parameters)


def undo(project: Project, coder: str | None = None) -> Changes | None:
    """Undo the newest step (of one coder, where named); None where nothing is left.

    Raises Conflict where a later step has built on its rows.
    """
    return next(iter(undo_several(project, 1, coder)), None)


def undo_several(
    project: Project, number: int, coder: str | None = None, progress: Progress = silent
) -> list[Changes]:
    """Undo the newest steps, all of so many or none, in one transaction; fewer where fewer are left.

    Those who listen get one notice. Raises Conflict as `undo` does, and Cancelled: then nothing is undone.
    """
    return _swap(project, "undo", _to_undo(coder), number, progress)


def redo(project: Project, coder: str | None = None) -> Changes | None:
    """Redo the step undone last (of one coder, where named); None where nothing is left.

    Nothing is left after a new step (of that coder). Raises Conflict where the step's rows are no longer as
    they were when it was first done.
    """
    return next(iter(redo_several(project, 1, coder)), None)


def redo_several(
    project: Project, number: int, coder: str | None = None, progress: Progress = silent
) -> list[Changes]:
    """Redo the steps undone last, all of so many or none, in one transaction; fewer where fewer are left.

    Those who listen get one notice. Raises Conflict as `redo` does, and Cancelled: then nothing is redone.
    """
    return _swap(project, "redo", _to_redo(coder), number, progress)


def steps_left(project: Project, kind: str, coder: str | None = None) -> int:
    """How many steps can be undone (`undo`) or redone (`redo`)."""
    steps = _to_undo(coder) if kind == "undo" else _to_redo(coder)
    with project.read() as connection:
        return connection.scalar(select(func.count()).select_from(steps.subquery())) or 0


def _to_undo(coder: str | None) -> Select[int]:
    steps = select(Step.id).where(~Step.undone, ~Step.compacted).order_by(Step.id.desc())
    return steps if coder is None else steps.where(Step.coder == coder)


def _to_redo(coder: str | None) -> Select[int]:
    """The steps undone since the newest step was made, the one undone last first."""
    newest = select(func.coalesce(func.max(Step.id), 0))
    newest = newest if coder is None else newest.where(Step.coder == coder)
    last, after = func.max(StepEvent.id).label("last"), func.max(StepEvent.after).label("after")
    undone = select(StepEvent.step_id, last, after).where(StepEvent.kind == "undo")
    events = undone.group_by(StepEvent.step_id).subquery()
    steps = select(Step.id).join(events, events.c.step_id == Step.id).where(Step.undone, ~Step.compacted)
    steps = steps.where(events.c.after >= newest.scalar_subquery()).order_by(events.c.last.desc())
    return steps if coder is None else steps.where(Step.coder == coder)


def _swap(project: Project, kind: str, pick: Select[int], number: int, progress: Progress) -> list[Changes]:
    done: list[Changes] = []
    label = _("Undoing") if kind == "undo" else _("Redoing")
    with project.writing() as writer, writer.connect() as connection, connection.begin() as swap:
        while len(done) < number and (chosen := connection.scalar(pick.limit(1))) is not None:
            progress(len(done), number, label)
            step = connection.execute(_STEPS.where(Step.id == chosen)).one()
            _refuse_if_built_upon(connection, step, kind)
            rows = _swap_rows(connection, step)
            _note_event(connection, step.id, kind, project.coder or step.coder)
            done.append(Changes(step.id, step.message, step.parameters, rows, kind))
        try:
            swap.commit()
        except IntegrityError as error:  # a row that would go is referred to by a row of another step
            raise _conflict(step, None) from error
    if done:
        project.tell(_together(done))
    return done


def _together(done: Sequence[Changes]) -> Changes:
    """One notice for steps that were undone or redone at once."""
    last = done[-1]
    if len(done) == 1:
        return last
    rows = frozenset(row for changes in done for row in changes.rows)
    return Changes(last.step, N_("{count} steps"), {"count": len(done)}, rows, last.kind)


_STEPS = select(Step.id, Step.message, Step.parameters, Step.coder, Step.undone)


def _refuse_if_built_upon(connection: Connection, step: Any, kind: str) -> None:
    """Refuse where the rows of a step are not as it left them or, for redo, as it found them."""
    mine, others = aliased(RowChange), aliased(RowChange)
    sharing = select(others.step_id).join(mine, (mine.row == others.row) & (mine.step_id == step.id))
    for other in connection.execute(_STEPS.where(Step.id.in_(sharing), Step.id != step.id)):
        if other.id > step.id:
            blocked = not other.undone
        else:
            blocked = kind == "redo" and other.undone != _was_undone(connection, other.id, step.id)
        if blocked:
            raise _conflict(step, other)


def _was_undone(connection: Connection, step: int, later: int) -> bool:
    """Tell whether a step was undone when a later one was made."""
    events = select(StepEvent.kind).where(StepEvent.step_id == step, StepEvent.after < later)
    return connection.scalar(events.order_by(StepEvent.id.desc()).limit(1)) == "undo"


def _conflict(step: Any, other: Any) -> Conflict:
    what = _("“{step}” can't be undone or redone by itself.").format(step=say(step.message, step.parameters))
    if other is None:
        why = _("Another step builds on it.")
    else:
        why = _("Another step builds on it: “{step}”.").format(step=say(other.message, other.parameters))
    return Conflict(what, why, _("Undo the other step first."))


class _Change(NamedTuple):
    """A row of `row_change`; a plain tuple, since there may be very many."""

    id: int
    table: str
    row: bytes
    other: Image | None


def _swap_rows(connection: Connection, step: Any) -> frozenset[tuple[str, bytes]]:
    columns = select(RowChange.id, RowChange.table, RowChange.row, RowChange.other)
    groups: dict[str, list[_Change]] = {}
    for found in connection.execute(columns.where(RowChange.step_id == step.id)):
        change = _Change(*found)
        groups.setdefault(change.table, []).append(change)
    gone = {name: _swap_table(connection, _table(name), group) for name, group in groups.items()}
    for name, ids in gone.items():
        if ids and any(loosely_attached(connection, name, ids, among(connection, ids)).values()):
            raise _conflict(step, None)
    for name in COLUMNS.keys() & groups.keys():
        if have_lost_targets(connection, name, _referring_anew(name, groups[name])):
            raise _conflict(step, None)
    return frozenset((name, change.row) for name, group in groups.items() for change in group)


def _referring_anew(name: str, changes: Sequence[_Change]) -> list[bytes]:
    """The rows that came back (their whole image was kept), or that refer to something else now."""
    telling = {"id", *COLUMNS[name]}
    return [change.row for change in changes if change.other and telling & change.other.keys()]


def _table(name: str) -> Table:
    return cast(Table, JOURNALLED[name].__table__)


def _swap_table(connection: Connection, table: Table, changes: Sequence[_Change]) -> list[bytes]:
    """Put the other version of each row in place, keep the displaced one; give the rows that went."""
    present = images_of(connection, table, [change.row for change in changes])
    target = full_images(table, [(change.row, change.other) for change in changes], present)
    gone = [row for row, image in target.items() if image is None and row in present]
    born = [image for row, image in target.items() if image is not None and row not in present]
    delete_many(connection, table, gone)
    names = table.columns.keys()
    insert_many(connection, table, names, map(itemgetter(*names), born))
    for columns, rows in _by_columns(table, changes, target, present).items():
        update_many(connection, table, columns, map(itemgetter(*columns, "id"), rows))
    displaced = [
        (other_image(table, present.get(change.row), target[change.row]), change.id) for change in changes
    ]
    update_many(connection, cast(Table, RowChange.__table__), ["other"], displaced)
    return gone


def _by_columns(
    table: Table, changes: Sequence[_Change], target: dict[bytes, Image | None], present: dict[bytes, Image]
) -> dict[tuple[str, ...], list[Image]]:
    """The rows that stay, grouped by the columns that change in them."""
    groups: dict[tuple[str, ...], list[Image]] = {}
    for change in changes:
        image = target[change.row]
        if image is not None and change.row in present:
            named = change.other or {}
            more = [name for name, text in digest_columns(table) if text in named and name not in named]
            groups.setdefault((*named, *more), []).append(image)
    return groups


def _note_event(connection: Connection, step: int, kind: str, coder: str) -> None:
    connection.execute(update(Step).where(Step.id == step).values(undone=kind == "undo"))
    newest = select(func.max(Step.id)).scalar_subquery()
    values = {"step_id": step, "after": newest, "kind": kind, "coder": coder, "at": now()}
    connection.execute(insert(StepEvent).values(values))


def history(project: Project) -> list[HistoryLine]:
    """Every step, undo and redo of the study in the order in which they happened."""
    counts = select(RowChange.step_id, func.count().label("touched")).group_by(RowChange.step_id).subquery()
    steps = _STEPS.add_columns(Step.at, Step.compacted, counts.c.touched)
    steps = steps.join(counts, counts.c.step_id == Step.id, isouter=True)
    with project.read() as connection:
        done = {row.id: row for row in connection.execute(steps)}
        later = connection.execute(select(*StepEvent.__table__.columns)).all()
    lines = {(row.id, 0): _line(row, "do", row.coder, row.at) for row in done.values()}
    lines |= {(e.after, e.id): _line(done[e.step_id], e.kind, e.coder, e.at) for e in later}
    return [line for _order, line in sorted(lines.items(), key=itemgetter(0))]


def _line(step: Any, kind: str, coder: str, at: int) -> HistoryLine:
    said = (step.message, step.parameters, coder, at)
    return HistoryLine(step.id, kind, *said, step.undone, step.touched or 0, step.compacted)
