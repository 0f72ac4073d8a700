"""The journal: what a step did to rows, recorded below every feature, so that no feature writes undo code.

While a step runs, `session.info["log"]` holds the first image of each row that it touched. SQLAlchemy's flush
events fill it; the bulk functions here do the same for many rows at once. When the step ends,
`write_row_changes` keeps only rows that really differ, and of those only the columns that changed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Column, Connection, Engine, Table, event, func, or_, select
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.sql.dml import UpdateBase

from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.digests import digests
from qualcoder_lite.store.ids import new_id, new_ids
from qualcoder_lite.store.images import Image as Image
from qualcoder_lite.store.images import images_of as images_of
from qualcoder_lite.store.images import other_image
from qualcoder_lite.store.journal_tables import RowChange
from qualcoder_lite.store.many import among, delete_many, insert_many, update_many
from qualcoder_lite.store.schema import JOURNALLED

Log = dict[str, dict[bytes, Image | None]]
"""Per table and row, the first image that a step saw; None where the row did not exist."""
Change = tuple[bytes, Image | None]
"""A row and its `row_change.other`."""
STAMPS = ("modified_at", "modified_by")


class Unjournalled(RuntimeError):
    """A write that the journal would not see: a bug of ours."""


def now() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def log_of(session: Session) -> Log:
    """The log of the step that a database session carries; raises Unjournalled where it carries none."""
    log = session.info.get("log")
    if log is None:
        raise Unjournalled("a write outside project.change()")
    return cast(Log, log)


def begin(session: Session, coder: str, coder_id: bytes | None) -> None:
    """Begin a step by a coder, new where without id: the journal keeps what it changes."""
    session.info.update(log={}, coder=coder, coder_id=coder_id or new_id(), joining=coder_id is None)
    session.connection().info["flushing"] = False


# Recording what the ORM does ------------------------------------------------------------------------------


@event.listens_for(Session, "before_flush")
def _record_flush(session: Session, _context: object, _instances: object) -> None:
    log, connection = log_of(session), session.connection()
    if any(isinstance(row, Row) for row in session.deleted):
        raise Unjournalled("session.delete() leaves what belongs to the row; use journal.remove()")
    changed = [row for row in session.dirty if isinstance(row, Row) and session.is_modified(row)]
    for table, rows in _by_table(changed).items():
        _record(log, connection, table, [row.id for row in rows])
    for row in session.new:
        if isinstance(row, Row):
            _sign_new(session, row)
            log.setdefault(row.__tablename__, {}).setdefault(row.id, None)
    for row in changed:
        row.modified_at, row.modified_by = now(), session.info["coder_id"]
        flag_modified(row, "modified_at")
    connection.info["flushing"] = True


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    session.connection().info["flushing"] = False


def _by_table(rows: Iterable[Row]) -> dict[Table, list[Row]]:
    groups: dict[Table, list[Row]] = {}
    for row in rows:
        groups.setdefault(_table(row.__tablename__), []).append(row)
    return groups


def _sign_new(session: Session, row: Row) -> None:
    row.id = row.id or new_id()
    row.created_at = row.modified_at = now()
    row.created_by = row.modified_by = session.info["coder_id"]


@event.listens_for(Row, "before_insert", propagate=True)
@event.listens_for(Row, "before_update", propagate=True)
def _only_in_a_step(_mapper: Mapper[Any], _connection: Connection, row: Row) -> None:
    """Refuse rows that were changed while a flush was under way: `_record_flush` did not see them."""
    session = Session.object_session(row)
    seen = session is not None and row.id in log_of(session).get(row.__tablename__, {})
    if not seen and (session is None or session.is_modified(row)):
        raise Unjournalled(f"a write to {row.__tablename__} that the journal did not see")


def guard(engine: Engine) -> None:
    """Refuse statements by which rows would change behind the journal's back."""

    @event.listens_for(engine, "before_execute")
    def _refuse(connection: Connection, statement: object, *_rest: object) -> None:
        if isinstance(statement, UpdateBase) and not connection.info.get("flushing"):
            name = getattr(statement.table, "name", None)
            if name in JOURNALLED:
                raise Unjournalled(
                    f"a statement on {name} bypasses the journal; use the functions of journal.py"
                )


def _table(name: str) -> Table:
    return cast(Table, JOURNALLED[name].__table__)


def _record(log: Log, connection: Connection, table: Table, ids: Sequence[bytes]) -> None:
    """Keep the present images of rows that this step has not touched before."""
    known = log.setdefault(table.name, {})
    fresh = [row for row in ids if row not in known]
    images = images_of(connection, table, fresh)
    known.update((row, images.get(row)) for row in fresh)


# Many rows at once -----------------------------------------------------------------------------------------


def insert_rows(session: Session, kind: type[Row], rows: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """Insert many rows in one statement, journalled; give their ids in order.

    The mappings name columns; absent ones take the column's default. `id` may be given.
    """
    if not rows:
        return []
    session.flush()
    log, table, at, by = log_of(session), _table(kind.__tablename__), now(), session.info["coder_id"]
    signed = {"created_at": at, "created_by": by, "modified_at": at, "modified_by": by}
    usual = _defaults(table) | signed
    if unknown := {name for row in rows for name in row} - usual.keys():
        raise KeyError(f"{table.name} has no column {unknown}")
    fresh_ids = zip(new_ids(len(rows)), rows, strict=True)
    full = [{**usual, "id": fresh, **row, **digests(table, row)} for fresh, row in fresh_ids]
    columns = list(usual)
    insert_many(session.connection(), table, columns, map(itemgetter(*columns), full))
    ids: list[bytes] = [row["id"] for row in full]
    log.setdefault(table.name, {}).update(dict.fromkeys(ids))
    return ids


def _defaults(table: Table) -> Image:
    """The default of each column; nothing where it has none."""
    defaults = {column.name: column.default for column in table.columns}
    return {name: _value_of(default) for name, default in defaults.items()}


def _value_of(default: Any) -> Any:
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


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
    stamps = (now(), session.info["coder_id"])
    whole = [{**row, **digests(table, row)} for row in rows]
    columns = [column for column in whole[0] if column != "id"]
    parameters = [(*(row[name] for name in columns), *stamps, row["id"]) for row in whole]
    update_many(connection, table, [*columns, *STAMPS], parameters)
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
        _record(log, connection, _table(name), rows)
        delete_many(connection, _table(name), rows)
    session.expire_all()


def _gather(connection: Connection, name: str, ids: list[bytes], doomed: dict[str, list[bytes]]) -> None:
    """Collect into `doomed` these rows and all that goes with them."""
    known = set(doomed.get(name, []))
    fresh = [row for row in ids if row not in known]
    if not fresh:
        return
    doomed.setdefault(name, []).extend(fresh)
    owned = [column for column in _references(name) if column.info.get("belongs")]
    chosen = among(connection, fresh)
    attached = [(column.table.name, _pointing(connection, column, chosen)) for column in owned]
    for kind, rows in [*attached, *loosely_attached(connection, name, fresh, chosen).items()]:
        _gather(connection, kind, rows, doomed)


@cache
def _references(name: str) -> list[Column[Any]]:
    """The columns that refer to this table."""
    columns = [column for kind in JOURNALLED.values() for column in kind.__table__.columns]
    found = [c for c in columns if any(key.column.table.name == name for key in c.foreign_keys)]
    return cast(list[Column[Any]], found)


def _pointing(connection: Connection, column: Column[Any], chosen: Any) -> list[bytes]:
    """The rows in which this column is one of the chosen ids, as `among` gives them."""
    return list(connection.execute(select(column.table.c.id).where(column.in_(chosen))).scalars())


def loosely_attached(
    connection: Connection, name: str, ids: Sequence[bytes], chosen: Any
) -> dict[str, list[bytes]]:
    """Memos about these rows, and cells that speak of them: they refer without a foreign key.

    `chosen` is what `among` gave for the ids.
    """
    found = {"memo": _pointing(connection, _table("memo").c.about_id, chosen)}
    if name in ("code", "informant", "source", "attribute"):
        batches = [ids[at : at + 100] for at in range(0, len(ids), 100)]
        found["cell"] = [row for batch in batches for row in _cells_of(connection, name, batch)]
    return found


def _cells_of(connection: Connection, name: str, ids: Sequence[bytes]) -> list[bytes]:
    """The cells of which one reference is `name:id`, or begins with `attribute:id=`."""
    cell = _table("cell")
    references = [f"{name}:{row.hex()}" for row in ids]
    if name == "attribute":
        speaks = or_(*(c.startswith(f"{ref}=") for c in (cell.c.first, cell.c.second) for ref in references))
    else:
        speaks = or_(cell.c.first.in_(references), cell.c.second.in_(references))
    return list(connection.execute(select(cell.c.id).where(speaks)).scalars())


def _empty_references(session: Session, name: str, ids: list[bytes]) -> None:
    connection = session.connection()
    for column in _references(name):
        if not column.info.get("belongs"):
            pointing = _pointing(connection, column, among(connection, ids))
            update_rows(session, JOURNALLED[column.table.name], pointing, {column.name: None})


# What a step did -------------------------------------------------------------------------------------------


def write_row_changes(connection: Connection, step: int, log: Log) -> frozenset[tuple[str, bytes]]:
    """Write what a step did to rows, and give those rows; rows that end as they began are left out."""
    rows: list[tuple[str, bytes]] = []
    for name, before in log.items():
        table = _table(name)
        changes = _still_there(connection, table, before) + _differing(connection, table, before)
        insert_many(
            connection,
            cast(Table, RowChange.__table__),
            ["step_id", "table", "row", "other"],
            [(step, name, row, other) for row, other in changes],
        )
        rows += [(name, row) for row, _other in changes]
    return frozenset(rows)


def _still_there(connection: Connection, table: Table, before: dict[bytes, Image | None]) -> list[Change]:
    """The rows that the step made and did not remove again."""
    born = [row for row, image in before.items() if image is None]
    chosen = among(connection, born)
    present = connection.scalar(select(func.count()).where(table.c.id.in_(chosen)))
    still = born if present == len(born) else _pointing(connection, table.c.id, chosen)
    return [(row, None) for row in still]


def _differing(connection: Connection, table: Table, before: dict[bytes, Image | None]) -> list[Change]:
    """The rows that were there before and differ now; one that was only touched gets its stamps back."""
    changes: list[Change] = []
    touched: list[Image] = []
    kept = {row: image for row, image in before.items() if image is not None}
    present = images_of(connection, table, list(kept))
    for row, image in kept.items():
        other = other_image(table, image, present.get(row))
        if row not in present or (other and not other.keys() <= set(STAMPS)):
            changes.append((row, other))
        elif other:
            touched.append(image)
    update_many(connection, table, STAMPS, [(*(row[name] for name in STAMPS), row["id"]) for row in touched])
    return changes
