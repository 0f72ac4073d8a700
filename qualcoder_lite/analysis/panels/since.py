"""What changed in a study since a moment of its history: counts for each kind, codings by code and source.

The journal keeps of each row what it was before each step. Walking back through the steps that count, newest
first, gives every touched row as it was; what is compared are those two states, not the steps between them:
what was added and removed again does not appear.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Connection, Table, func, select

from qualcoder_lite.store.images import Image, full_images, images_of
from qualcoder_lite.store.journal_tables import RowChange, Step
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import JOURNALLED, Milestone

NAMED = {
    "source": "key", "informant": "alias", "code": "key", "claim": "number", "question": "number",
    "attribute": "name", "saved_query": "name", "coder": "name",
}  # fmt: skip
KINDS = (
    "source", "informant", "attribute", "code", "coding", "coding_link", "memo", "cell", "member_check",
    "claim", "question", "saved_query", "coder", "study",
)  # fmt: skip
OWNERS = {
    "source_text": ("source", "source_id"), "speaker": ("source", "source_id"),
    "turn": ("source", "source_id"), "source_informant": ("source", "source_id"),
    "attribute_value": ("informant", "informant_id"), "wording": ("code", "code_id"),
    "code_link": ("code", "emic_id"), "cell_evidence": ("cell", "cell_id"),
    "claim_code": ("claim", "claim_id"), "claim_evidence": ("claim", "claim_id"),
    "claim_answer": ("claim", "claim_id"),
    "question_code": ("question", "question_id"), "asked": ("question", "question_id"),
}  # fmt: skip
"""Rows that are part of another one: a change in them is a change of it."""
SILENT = {"created_at", "created_by", "modified_at", "modified_by", "position"}
AT_ONCE = 500  # ids in one question to the database


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone; all steps up to `step` lie before it. `at` in milliseconds since 1970, UTC."""

    id: bytes
    name: str
    note: str
    step: int
    at: int


@dataclass(frozen=True)
class KindChange:
    """What changed of one kind (a table): how many were added, removed and changed, and their names."""

    kind: str
    added: int
    removed: int
    changed: int
    names_added: tuple[str, ...] = ()
    names_removed: tuple[str, ...] = ()
    names_changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodingChange:
    """What changed of the codings of one code or source. Recoded ones are removed here and added there."""

    key: str
    added: int
    removed: int
    changed: int


@dataclass(frozen=True)
class Since:
    """What changed since a moment; `complete` is false where compaction has forgotten part of it."""

    steps: int
    kinds: tuple[KindChange, ...]
    codes: tuple[CodingChange, ...]
    sources: tuple[CodingChange, ...]
    complete: bool


def milestones_listed(project: Project) -> list[MilestoneLine]:
    """The milestones, the newest first."""
    columns = (Milestone.id, Milestone.name, Milestone.note, Milestone.step, Milestone.created_at)
    with project.read() as connection:
        rows = connection.execute(select(*columns).order_by(Milestone.step.desc(), Milestone.id.desc()))
        return [MilestoneLine(*row) for row in rows]


def since(project: Project, step: int) -> Since:
    """What changed between the state after a step and now."""
    with project.read() as connection:
        later = connection.execute(_later(step)).all()
        forgotten = connection.scalar(select(func.count()).where(Step.id > step, Step.compacted)) or 0
        number = connection.scalar(select(func.count()).where(Step.id > step, ~Step.undone)) or 0
        states = {kind: _states(connection, kind, later) for kind in KINDS}
        parts = _changed_parts(connection, later)
        by_code = _coding_changes(states["coding"], "code_id", _names(connection, "code", states))
        by_source = _coding_changes(states["coding"], "source_id", _names(connection, "source", states))
        kinds = [_kind_change(connection, kind, states, parts.get(kind, set())) for kind in KINDS]
    told = tuple(one for one in kinds if one.added or one.removed or one.changed)
    return Since(number, told, by_code, by_source, not forgotten)


States = dict[bytes, tuple[Image | None, Image | None]]
"""Rows by id: as they were, as they are; None where there was or is none. Only those that differ."""


def _later(step: int) -> Any:
    """The row changes of the steps that count since, newest first."""
    columns = select(RowChange.step_id, RowChange.table, RowChange.row, RowChange.other)
    joined = columns.join(Step, Step.id == RowChange.step_id)
    return joined.where(Step.id > step, ~Step.undone).order_by(Step.id.desc(), RowChange.id.desc())


def _states(connection: Connection, kind: str, later: Iterable[Any]) -> States:
    """The rows of a kind that differ, walked back through the steps."""
    table, mine = cast(Table, JOURNALLED[kind].__table__), [one for one in later if one.table == kind]
    now = images_of(connection, table, {one.row for one in mine})
    then: dict[bytes, Image | None] = {one.row: now.get(one.row) for one in mine}
    for _step, changes in groupby(mine, key=lambda one: one.step_id):
        others = [(one.row, one.other) for one in changes]
        present = {row: image for row, _other in others if (image := then[row]) is not None}
        then.update(full_images(table, others, present))
    return {row: (image, now.get(row)) for row, image in then.items() if _differ(image, now.get(row))}


def _differ(then: Image | None, now: Image | None) -> bool:
    if then is None or now is None:
        return then is not now
    return any(then[name] != now[name] for name in then if name not in SILENT)


def _changed_parts(connection: Connection, later: Iterable[Any]) -> dict[str, set[bytes]]:
    """The things, by kind, of which a part was touched."""
    found: dict[str, set[bytes]] = {}
    for name, changes in groupby(sorted(later, key=_table_of), key=_table_of):
        if name in OWNERS:
            kind, column = OWNERS[name]
            part = list(changes)
            owners = found.setdefault(kind, set())
            owners |= {bytes.fromhex(one.other[column]) for one in part if one.other and column in one.other}
            owners |= _owners(connection, name, column, [one.row for one in part])
    return found


def _table_of(change: Any) -> str:
    return str(change.table)


def _owners(connection: Connection, name: str, column: str, rows: Sequence[bytes]) -> set[bytes]:
    table, found = cast(Table, JOURNALLED[name].__table__), set[bytes]()
    for at in range(0, len(rows), AT_ONCE):
        wanted = select(table.c[column]).where(table.c.id.in_(rows[at : at + AT_ONCE])).distinct()
        found.update(connection.scalars(wanted))
    return found


def _kind_change(
    connection: Connection, kind: str, states: Mapping[str, States], parts: set[bytes]
) -> KindChange:
    mine = states[kind]
    added = {row for row, (then, _now) in mine.items() if then is None}
    removed = {row for row, (_then, now) in mine.items() if now is None}
    changed = (set(mine) | parts) - added - removed
    if kind not in NAMED:
        return KindChange(kind, len(added), len(removed), len(changed))
    names = _names(connection, kind, states)
    return KindChange(
        kind,
        len(added),
        len(removed),
        len(changed),
        *(_sorted(names, rows) for rows in (added, removed, changed)),
    )


def _sorted(names: Callable[[bytes], str], rows: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(sorted((names(row) for row in rows), key=natural_order))


def natural_order(name: str) -> tuple[str, int, str]:
    """Names in the order in which people count them: R2 before R10."""
    letters = name.rstrip("0123456789")
    return letters, int(name[len(letters) :] or 0), name


def _names(connection: Connection, kind: str, states: Mapping[str, States]) -> Callable[[bytes], str]:
    """The names of things of a kind: as they are now, else as they were."""
    table, column = JOURNALLED[kind].__table__, NAMED[kind]
    now = {row: name for row, name in connection.execute(select(table.c.id, table.c[column]))}  # noqa: C416
    gone = {row: str(then[column]) for row, (then, _now) in states[kind].items() if then is not None}
    return lambda row: now.get(row) or gone.get(row) or "?"


def _coding_changes(states: States, column: str, names: Callable[[bytes], str]) -> tuple[CodingChange, ...]:
    added, removed, changed = Counter[bytes](), Counter[bytes](), Counter[bytes]()
    for then, now in states.values():
        before: bytes | None = then[column] if then else None
        after: bytes | None = now[column] if now else None
        if before == after and before is not None:
            changed[before] += 1
            continue
        if before is not None:
            removed[before] += 1
        if after is not None:
            added[after] += 1
    rows = [
        CodingChange(names(row), added[row], removed[row], changed[row])
        for row in {*added, *removed, *changed}
    ]
    return tuple(sorted(rows, key=lambda one: natural_order(one.key)))
