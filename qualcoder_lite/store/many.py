"""Statements on many rows at once, without what SQLAlchemy costs for each row.

A statement is compiled once and the driver is given plain tuples; values are still converted by the types of
their columns, so that the same code serves every database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql.dml import UpdateBase

from qualcoder_lite.store.columns import RawId

FEW = 500  # so many ids stand in the statement itself: below SQLite's limit of variables in all its versions
_CHOSEN = Table("chosen", MetaData(), Column("id", RawId(), primary_key=True), prefixes=["TEMPORARY"])


def insert_many(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of the values of these columns in this order; defaults are not filled in."""
    names: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
    _run(connection, insert(table).values(names).inline(), [(f"new_{n}", table.c[n]) for n in columns], rows)


def update_many(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Update rows, each given by the values of these columns in this order and then its id."""
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
    statement = update(table).where(table.c.id == bindparam("key")).values(values)
    _run(connection, statement, [*((f"new_{n}", table.c[n]) for n in columns), ("key", table.c.id)], rows)


def delete_many(connection: Connection, table: Table, ids: Iterable[bytes]) -> None:
    """Delete the rows with these ids."""
    statement = delete(table).where(table.c.id == bindparam("key"))
    _run(connection, statement, [("key", table.c.id)], [(row,) for row in ids])


def among(connection: Connection, ids: Collection[bytes]) -> Any:
    """What `column.in_()` takes for these ids, however many they are; it holds until the next call."""
    if len(ids) <= FEW:
        return ids
    connection.execute(CreateTable(_CHOSEN, if_not_exists=True))
    connection.execute(delete(_CHOSEN))
    insert_many(connection, _CHOSEN, ["id"], [(row,) for row in dict.fromkeys(ids)])
    return select(_CHOSEN.c.id)


def _run(
    connection: Connection,
    statement: UpdateBase,
    places: Sequence[tuple[str, Column[Any]]],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Run a statement for each row; `places` names the parameter and the column of each of its values."""
    compiled = statement.compile(dialect=connection.dialect)
    names = [name for name, _column in places]
    values = _converted(connection, [column for _name, column in places], rows)
    if not values:
        return
    if compiled.positiontup is None:
        given: Any = [dict(zip(names, row, strict=True)) for row in values]
    elif compiled.positiontup == names:
        given = values
    else:
        order = itemgetter(*(names.index(name) for name in compiled.positiontup))
        given = [order(row) for row in values]
    connection.exec_driver_sql(str(compiled), given)


def _converted(
    connection: Connection, columns: Sequence[Column[Any]], rows: Iterable[Sequence[Any]]
) -> list[tuple[Any, ...]]:
    """The rows as the driver takes them; only columns that need it cost anything."""
    dialect = connection.dialect
    found = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns]
    processors = [(place, process) for place, process in enumerate(found) if process]
    if not processors:
        return [tuple(row) for row in rows]
    result = []
    for row in rows:
        values = list(row)
        for place, process in processors:
            values[place] = process(values[place])
        result.append(tuple(values))
    return result
