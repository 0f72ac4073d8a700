"""The journal: what a step did to rows, recorded below every feature, so that no feature writes undo code.

While a step runs, `session.info["log"]` holds for each touched row its first image (None: it did not exist).
SQLAlchemy's flush events fill it; the bulk functions here do the same for many rows at once. When the step
ends, `row_changes` keeps only rows that really differ, and of those only the columns that changed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, delete, event, insert, select, update
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import flag_modified

from qualcoder_lite.store.columns import RawId, Row
from qualcoder_lite.store.ids import new_id, new_ids
from qualcoder_lite.store.schema import JOURNALLED
from qualcoder_lite.store.splices import splice, splices_between

Image = dict[str, Any]
Log = dict[tuple[str, bytes], Image | None]
BATCH = 500  # ids in one SELECT: below SQLite's limit of variables in all its versions


class Unjournalled(RuntimeError):
    """A write outside `project.change`: a bug of ours."""


def now() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def log_of(session: Session) -> Log:
    """The log of the step that this session is; raises Unjournalled where it is none."""
    log = session.info.get("log")
    if log is None:
        raise Unjournalled("a write outside project.change()")
    return log  # type: ignore[no-any-return]


# Recording what the ORM does ------------------------------------------------------------------------------


@event.listens_for(Session, "before_flush")
def _record_flush(session: Session, _context: object, _instances: object) -> None:
    log = log_of(session)
    changed = [row for row in session.dirty if isinstance(row, Row) and session.is_modified(row)]
    removed = [row for row in session.deleted if isinstance(row, Row)]
    for table, rows in _by_table([*changed, *removed]).items():
        _record(log, session.connection(), table, [row.id for row in rows])
    for row in session.new:
        if isinstance(row, Row):
            _sign_new(session, row)
            log.setdefault((row.__tablename__, row.id), None)
    for row in changed:
        row.modified_at, row.modified_by = now(), session.info.get("coder_id")
        flag_modified(row, "modified_at")


def _by_table(rows: Iterable[Row]) -> dict[Table, list[Row]]:
    groups: dict[Table, list[Row]] = {}
    for row in rows:
        groups.setdefault(_table(row.__tablename__), []).append(row)
    return groups


def _sign_new(session: Session, row: Row) -> None:
    row.id = row.id or new_id()
    row.created_at = row.modified_at = now()
    row.created_by = row.modified_by = session.info.get("coder_id")


@event.listens_for(Row, "before_insert", propagate=True)
@event.listens_for(Row, "before_update", propagate=True)
@event.listens_for(Row, "before_delete", propagate=True)
def _only_in_a_step(_mapper: Mapper[Any], _connection: Connection, row: Row) -> None:
    session = Session.object_session(row)
    if session is None or (row.__tablename__, row.id) not in log_of(session):
        raise Unjournalled(f"a write to {row.__tablename__} that the journal did not see")


@event.listens_for(Session, "do_orm_execute")
def _no_bulk_statements(state: Any) -> None:
    if (state.is_update or state.is_delete or state.is_insert) and not state.execution_options.get(
        "journalled"
    ):
        raise Unjournalled("bulk statements bypass the journal; use the functions of journal.py")


def _table(name: str) -> Table:
    return cast(Table, JOURNALLED[name].__table__)


def _record(log: Log, connection: Connection, table: Table, ids: Sequence[bytes]) -> None:
    """Keep the present images of rows that this step has not touched before."""
    fresh = [row for row in ids if (table.name, row) not in log]
    images = images_of(connection, table, fresh)
    for row in fresh:
        log[table.name, row] = images.get(row)


def images_of(connection: Connection, table: Table, ids: Sequence[bytes]) -> dict[bytes, Image]:
    """The rows with these ids as plain dicts by column name; absent ones are left out."""
    result: dict[bytes, Image] = {}
    for at in range(0, len(ids), BATCH):
        statement = select(table).where(table.c.id.in_(ids[at : at + BATCH]))
        for found in connection.execute(statement).mappings():
            result[found["id"]] = dict(found)
    return result


# Many rows at once -----------------------------------------------------------------------------------------


def insert_rows(session: Session, kind: type[Row], rows: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """Insert many rows in one statement, journalled; give their ids in order.

    The mappings name attributes; absent ones take the column's default. `id` may be given.
    """
    if not rows:
        return []
    session.flush()
    log, table, at, by = log_of(session), _table(kind.__tablename__), now(), session.info.get("coder_id")
    signed = {"created_at": at, "created_by": by, "modified_at": at, "modified_by": by}
    fresh = new_ids(len(rows))
    full = [{**signed, "id": fresh[index], **row} for index, row in enumerate(rows)]
    session.connection().execute(insert(table), full)
    log.update({(table.name, row["id"]): None for row in full})
    return [row["id"] for row in full]


def update_rows(session: Session, kind: type[Row], ids: Sequence[bytes], values: Mapping[str, Any]) -> None:
    """Give many rows the same values, journalled."""
    update_each(session, kind, [{"id": row, **values} for row in ids])


def update_each(session: Session, kind: type[Row], rows: Sequence[Mapping[str, Any]]) -> None:
    """Give each row, named by its `id`, its own values, journalled; all must name the same columns."""
    if not rows:
        return
    session.flush()
    table, connection = _table(kind.__tablename__), session.connection()
    _record(log_of(session), connection, table, [row["id"] for row in rows])
    signed = {"modified_at": now(), "modified_by": session.info.get("coder_id")}
    columns = [column for column in rows[0] if column != "id"]
    statement = update(table).where(table.c.id == bindparam("key"))
    statement = statement.values({name: bindparam(f"new_{name}") for name in [*columns, *signed]})
    parameters = [
        {"key": row["id"]} | {f"new_{name}": {**row, **signed}[name] for name in [*columns, *signed]}
        for row in rows
    ]
    connection.execute(statement, parameters)
    session.expire_all()


def remove(session: Session, kind: type[Row], ids: Sequence[bytes]) -> None:
    """Remove rows with all that belongs to them, and empty the references to them, journalled."""
    if not ids:
        return
    session.flush()
    connection, log = session.connection(), log_of(session)
    doomed: dict[str, list[bytes]] = {}
    _gather(connection, kind.__tablename__, list(ids), doomed)
    for name, rows in doomed.items():
        _empty_references(session, name, rows)
        table = _table(name)
        _record(log, connection, table, rows)
        connection.execute(
            delete(table).where(table.c.id == bindparam("key")), [{"key": row} for row in rows]
        )
    session.expire_all()


def _gather(connection: Connection, name: str, ids: list[bytes], doomed: dict[str, list[bytes]]) -> None:
    known = set(doomed.get(name, []))
    fresh = [row for row in ids if row not in known]
    if not fresh:
        return
    doomed.setdefault(name, []).extend(fresh)
    for column in _references(name):
        if column.info.get("belongs"):
            _gather(connection, column.table.name, _pointing(connection, column, fresh), doomed)
    for kind, rows in _loosely_attached(connection, name, fresh).items():
        _gather(connection, kind, rows, doomed)


def _references(name: str) -> list[Any]:
    columns = [column for kind in JOURNALLED.values() for column in kind.__table__.columns]
    return [c for c in columns if any(key.column.table.name == name for key in c.foreign_keys)]


def _pointing(connection: Connection, column: Any, ids: list[bytes]) -> list[bytes]:
    result: list[bytes] = []
    for at in range(0, len(ids), BATCH):
        statement = select(column.table.c.id).where(column.in_(ids[at : at + BATCH]))
        result.extend(connection.execute(statement).scalars())
    return result


def _loosely_attached(connection: Connection, name: str, ids: list[bytes]) -> dict[str, list[bytes]]:
    """Memos about these rows, and cells that speak of them: they refer without a foreign key."""
    found = {"memo": _pointing(connection, _table("memo").c.about_id, ids)}
    if name in ("code", "informant", "source"):
        cell = _table("cell")
        references = [f"{name}:{row.hex()}" for row in ids]
        found["cell"] = [
            row
            for column in (cell.c.first, cell.c.second)
            for row in _pointing(connection, column, references)  # type: ignore[arg-type]
        ]
    return found


def _empty_references(session: Session, name: str, ids: list[bytes]) -> None:
    for column in _references(name):
        if not column.info.get("belongs"):
            pointing = _pointing(session.connection(), column, ids)
            update_rows(session, JOURNALLED[column.table.name], pointing, {column.name: None})


# What a step did -------------------------------------------------------------------------------------------


def row_changes(connection: Connection, log: Log) -> list[dict[str, Any]]:
    """The rows of `row_change` for a step: table, row, other; rows that end as they began are left out."""
    result: list[dict[str, Any]] = []
    for name in dict.fromkeys(table for table, _row in log):
        table = _table(name)
        before = {row: image for (of, row), image in log.items() if of == name}
        born = [row for row, image in before.items() if image is None]
        kept = [row for row, image in before.items() if image is not None]
        still = _pointing(connection, table.c.id, born)
        result += [{"table": name, "row": row, "other": None} for row in still]
        present = images_of(connection, table, kept)
        for row in kept:
            if present.get(row) != before[row]:
                result.append(
                    {"table": name, "row": row, "other": other_image(table, before[row], present.get(row))}
                )
    return result


def other_image(table: Table, other: Image | None, present: Image | None) -> Image | None:
    """`other` as JSON by the rule of `row_change.other`: only the columns that differ from `present`."""
    if other is None:
        return None
    if present is None:
        return {column.name: _plain(other[column.name]) for column in table.columns}
    result: Image = {}
    for column in table.columns:
        old, new = other[column.name], present[column.name]
        if old != new:
            result[column.name] = splices_between(new, old) if column.info.get("splices") else _plain(old)
    return result


def full_image(table: Table, other: Image | None, present: Image | None) -> Image | None:
    """The inverse of `other_image`: the full other row, given the present one."""
    if other is None:
        return None
    result = dict(present or {})
    for name, value in other.items():
        column = table.c[name]
        if present is not None and column.info.get("splices"):
            result[name] = splice(present[name], value)
        else:
            result[name] = (
                bytes.fromhex(value) if isinstance(column.type, RawId) and value is not None else value
            )
    return result


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
