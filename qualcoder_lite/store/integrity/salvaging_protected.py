"""Taking the rows out of a protected study that is broken: through the database, which alone decrypts.

A page whose own sum is wrong is emptied in a copy, so that SQLCipher reads on; then each table is read from
its first row on, as far as its tree is whole, and from its last row back. What lies between two broken
places, and all where the first page is broken, is not found.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from qualcoder_lite.store.access.address import sqlite_address
from qualcoder_lite.store.columns import Base
from qualcoder_lite.store.integrity.pages import text
from qualcoder_lite.store.integrity.salvaging import BESIDE, Salvaged
from qualcoder_lite.store.integrity.soundness import RowValues
from qualcoder_lite.store.protection.opener import PAGE, errors, raw
from qualcoder_lite.store.schema import JOURNALLED


def salvage_protected(copy: Path, broken: list[int]) -> Salvaged:
    """The rows of a copy of a protected study that can still be read; the copy is changed."""
    with copy.open("r+b") as file:
        for number in set(broken) - {1}:
            file.seek((number - 1) * PAGE)
            file.write(bytes(PAGE))
    found = Salvaged({name: [] for name in (*JOURNALLED, *BESIDE)})
    with closing(raw(sqlite_address(copy, "rw"), copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.text_factory = text
        for name, rows in found.rows.items():
            rows += _rows(connection, name)
    return found


def _rows(connection: sqlite3.Connection, name: str) -> list[RowValues]:
    rows: dict[int, RowValues] = {}
    with suppress(*errors()):  # a column of an older schema is not there: it goes without
        present = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
        columns = [column for column in list(Base.metadata.tables[name].columns.keys()) if column in present]
        for order in ("ASC", "DESC"):
            with suppress(*errors()):
                for number, values in _read(connection, name, columns, order):
                    rows.setdefault(number, dict(zip(columns, values, strict=True)))
    return [rows[number] for number in sorted(rows)]


def _read(
    connection: sqlite3.Connection, name: str, columns: list[str], order: str
) -> Iterator[tuple[int, tuple[object, ...]]]:
    listed = ", ".join(f'"{column}"' for column in columns)
    for number, *values in connection.execute(f'SELECT rowid, {listed} FROM "{name}" ORDER BY rowid {order}'):
        yield number, tuple(values)
