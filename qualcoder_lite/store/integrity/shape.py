"""The shape of a study file: which tables, columns and indexes it may have, and nothing else.

A file from elsewhere can hold views that never end, triggers that change other rows, or conditions that call
anything. A study of ours has none of these, so a file with one is refused before a row of it is read.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from qualcoder_lite.store import journal_tables, schema  # noqa: F401 - they fill the metadata
from qualcoder_lite.store.columns import Base

ALEMBIC = "alembic_version"
SEQUENCE = "sqlite_sequence"  # SQLite's own, for ids that are never given twice
LONGEST_DEFINITION = 10_000  # letters; ours have a tenth of it
LONGEST_TEXT = 96 << 20  # bytes; a reader takes far shorter ones only
_FOREIGN = re.compile(
    r"\b(?:check|generated|collate|as|default|unique|strict|virtual|where|select|rowid|conflict)\b"
)
"""Words of SQL that make a table or index do more than hold what it is given; ours have none of them."""


@dataclass(frozen=True)
class Strange:
    """Parts of the file by name: those that no study has, and those that one should have and this has not."""

    foreign: tuple[str, ...]
    missing: tuple[str, ...]


def shape_of(connection: sqlite3.Connection) -> Strange:
    """Compare the file with a study of the newest schema, without reading a row of any table."""
    expected = columns_of_ours()
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    foreign = [str(name) for kind, name, table, sql in found if _is_foreign(kind, name, table, sql)]
    if foreign:  # then asking for columns could already run what is in there
        return Strange(tuple(foreign), ())
    foreign, missing = [], []
    present = {name for kind, name, *_rest in found if kind == "table"}
    for table, columns in expected.items():
        if table not in present:
            missing.append(table)
        else:
            listed = set(_columns(connection, table))
            missing += sorted(f"{table}.{column}" for column in columns - listed)
            foreign += sorted(f"{table}.{column}" for column in listed - columns)
    return Strange(tuple(foreign), tuple(missing))


def missing_indexes(connection: sqlite3.Connection) -> list[str]:
    """The indexes of ours that the file lacks: it works without them, only slower."""
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}
    ours = {str(index.name) for table in Base.metadata.tables.values() for index in table.indexes}
    return sorted(ours - found)


@cache
def columns_of_ours() -> dict[str, frozenset[str]]:
    """The columns of every table of a study."""
    tables = {name: frozenset(table.columns.keys()) for name, table in Base.metadata.tables.items()}
    return tables | {ALEMBIC: frozenset(("version_num",))}


def _is_foreign(kind: object, name: object, table: object, sql: object) -> bool:
    """Tell whether an entry of the list of parts is none that a study of any schema has."""
    if not isinstance(name, str) or not isinstance(sql, str | None):
        return True
    ours = table in columns_of_ours()
    if name == SEQUENCE or name.startswith("sqlite_stat"):
        return kind != "table"
    if name.startswith("sqlite_autoindex_"):
        return kind != "index" or not ours or sql is not None
    return kind not in ("table", "index") or not ours or _does_more(sql or "")


def _does_more(sql: str) -> bool:
    """Tell whether a definition does more than list columns, keys and references."""
    if len(sql) > LONGEST_DEFINITION:
        return True
    plain = re.sub(r"\s+", " ", sql.replace('"', "").lower())
    head, _bracket, inside = plain.partition("(")
    if not head.startswith(("create table ", "create index ")) or _FOREIGN.search(inside):
        return True
    return head.startswith("create index ") and "(" in inside  # it calls something


def _columns(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """The names of a table's columns; a hidden one is marked, so that it is none of ours."""
    for _at, name, _type, _filled, _default, _key, hidden in connection.execute(
        f'PRAGMA table_xinfo("{table}")'
    ):
        yield f"{name}*" if hidden else str(name)


# What no study can be worked with --------------------------------------------------------------------------

_UNUSABLE = (
    "SELECT 1 WHERE (SELECT count(*) FROM study) <> 1",
    "SELECT 1 FROM coding WHERE typeof(start) <> 'integer' OR typeof(\"end\") <> 'integer'"
    ' OR start < 0 OR "end" > 1000000000 LIMIT 1',
    "SELECT 1 FROM turn WHERE typeof(start) <> 'integer' OR typeof(\"end\") <> 'integer'"
    ' OR start < 0 OR "end" > 1000000000 LIMIT 1',
    "SELECT 1 FROM source WHERE typeof(characters) <> 'integer' OR characters NOT BETWEEN 0 AND 1000000000",
)
"""Each finds what would stop, or never end, whatever is done with the study: no study row or several, places
in texts that are no numbers or absurd ones, of which memory would be taken."""


def is_unusable(connection: sqlite3.Connection) -> bool:
    """Tell whether what every part of the program relies on does not hold; quick, at every opening."""
    return (
        any(connection.execute(statement).fetchone() for statement in _UNUSABLE)
        or bool(codes_in_circles(connection))
        or _has_too_long_a_text(connection)
    )


def codes_in_circles(connection: sqlite3.Connection) -> list[bytes]:
    """The ids of codes that are above themselves."""
    above = dict(connection.execute("SELECT id, parent_id FROM code").fetchall())
    free: set[object] = {None}  # those from which the way up ends
    circles: list[bytes] = []
    for code in above:
        way: dict[bytes, None] = {}
        while code not in free and code not in way and code in above:
            way[code] = None
            code = above[code]
        if code in way:
            met = list(way)
            circles += met[met.index(code) :]
        free.update(way)
    return circles


def _has_too_long_a_text(connection: sqlite3.Connection) -> bool:
    """Tell whether a text is longer than any reader takes, without loading it."""
    rows = connection.execute("SELECT rowid FROM source_text WHERE typeof(text) IN ('text', 'blob')")
    if not hasattr(connection, "blobopen"):  # SQLCipher's module; what bears our key we have written
        return False
    return any(_length(connection, row) > LONGEST_TEXT for (row,) in rows.fetchall())


def _length(connection: sqlite3.Connection, row: int) -> int:
    with connection.blobopen("source_text", "text", row, readonly=True) as text:
        return len(text)
