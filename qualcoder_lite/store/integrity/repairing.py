"""Repairing: what can be read of a damaged study goes into a new one; the damaged file stays as it is."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table

from qualcoder_lite.errors import Damaged, UserError
from qualcoder_lite.files import reason, temporary_folder, write_whole
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.access.address import sqlite_address
from qualcoder_lite.store.columns import Base
from qualcoder_lite.store.creating import create_tables
from qualcoder_lite.store.integrity.salvaging import Salvaged, salvage
from qualcoder_lite.store.integrity.salvaging_protected import salvage_protected
from qualcoder_lite.store.integrity.sealing import seal
from qualcoder_lite.store.integrity.settling import Found, Rows, Settling, settle, table_of
from qualcoder_lite.store.integrity.soundness import Choices, RowValues, mended
from qualcoder_lite.store.journal import now
from qualcoder_lite.store.protection.key import Key
from qualcoder_lite.store.protection.opener import errors, is_protected, key_of, raw
from qualcoder_lite.store.schema import APPLICATION_ID, JOURNALLED, SCHEMA

Reader = Callable[[bytes, str, str], str | None]
"""The text of an original file, given its bytes, its name and its encoding; None where it can't be read."""


@dataclass(frozen=True)
class Repaired:
    """How many rows of each table were saved, and what was found wrong; see `damage_words`."""

    saved: Mapping[str, int]
    found: Counter[Found]


def repair(study: Path, target: Path, choices: Choices, read: Reader) -> Repaired:
    """Save all that can be read of a study into a new one, which is whole; the old file stays as it is.

    Raises UserError where the target is there already, or the study is none or of a later version; then
    nothing is made.
    """
    if target.exists() or target.suffix.lower() != ".qcl":
        raise UserError(
            _("{file} can't be made.").format(file=target.name),
            _("It is there already, or its name does not end in .qcl."),
            _("Choose another name; a study is never overwritten."),
        )
    _refuse_others(study)
    key, results = key_of(study), list[Repaired]()
    with temporary_folder() as folder:
        found = _salvaged(study, folder)
        write_whole(
            target,
            lambda path: results.append(_build(found, path, choices, read, study.stem, key)),
            private=True,
        )
    return results[0]


def _refuse_others(study: Path) -> None:
    """Refuse what is no study, even a broken one, and what a later version has made."""
    try:
        schema = connecting.schema_of(study)
    except Damaged:
        return
    except UserError:
        if _bears_our_mark(study):
            return
        raise
    if schema > SCHEMA:
        refusal = connecting.later(study)
        if not isinstance(refusal, Damaged):
            raise refusal


def _bears_our_mark(study: Path) -> bool:
    """Tell whether a plain file shows one of our marks, though its head may be broken."""
    if not study.is_file():
        return False
    with suppress(OSError), study.open("rb") as file:
        start = file.read(2 << 20)  # the list of tables lies among their first pages
        return APPLICATION_ID.to_bytes(4, "big") in start[60:80] or b"CREATE TABLE source_text" in start
    return False


def _salvaged(study: Path, folder: Path) -> Salvaged:
    """The rows of the study, from a copy in which SQLite may first end what a killed writer began."""
    copied = folder / "study.qcl"
    try:
        for suffix in ("", "-wal", "-journal"):
            source = study.with_name(study.name + suffix)
            if source.is_file():
                shutil.copyfile(source, copied.with_name(copied.name + suffix))
        broken = connecting.broken_pages(study)
        if connecting.was_interrupted(copied):
            with suppress(*errors()), closing(raw(sqlite_address(copied, "rw"), copied)) as connection:
                connection.execute("PRAGMA trusted_schema=OFF")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return salvage_protected(copied, broken) if is_protected(copied) else salvage(copied, broken)
    except OSError as error:
        raise UserError(
            _("The study {file} can't be read.").format(file=study.name), reason(error)
        ) from error


# The new study -------------------------------------------------------------------------------------------


def _build(
    found: Salvaged, path: Path, choices: Choices, read: Reader, title: str, key: Key | None
) -> Repaired:
    contents = _whole_contents(found.rows["content"])
    tables: dict[str, Rows] = {name: _by_id(found.rows[name]) for name in JOURNALLED}
    rows = Settling(tables, choices, lambda source: _read_again(contents, source, read))
    for name, number in found.unreadable.items():
        rows.note("unreadable", name, number=number)
    _add_missing_digests(tables["source_text"])
    settle(rows)
    for source in rows.tables["source"].values():
        if source["content_id"] is not None and source["content_id"] not in contents:
            source["content_id"] = None
            rows.note("reference", "source", source["id"])
    with connecting.told(path):
        create_tables(path, title, key)
        with closing(raw(sqlite_address(path.absolute(), "rw"), path, isolation_level=None)) as connection:
            _fill(connection, rows, found, contents)
        seal(path)
        connecting.check_whole(path)
    return Repaired({name: len(kept) for name, kept in rows.tables.items()}, rows.found)


def _by_id(rows: Iterable[RowValues]) -> Rows:
    return {row["id"]: row for row in rows if type(row.get("id")) is bytes and len(row["id"]) == 16}


def _add_missing_digests(texts: Rows) -> None:
    """Texts of a schema that had no digests are taken as they are."""
    for row in texts.values():
        if "digest" not in row and isinstance(row["text"], str):
            row["digest"] = hashlib.sha256(row["text"].encode()).hexdigest()


def _whole_contents(rows: Iterable[RowValues]) -> dict[bytes, RowValues]:
    """The original files that are as they were stored."""
    return {
        row["id"]: row
        for row in rows
        if type(row["data"]) is bytes and hashlib.sha256(row["data"]).hexdigest() == row["digest"]
    }


def _read_again(contents: Mapping[bytes, RowValues], source: RowValues, read: Reader) -> str | None:
    content = contents.get(source["content_id"])
    return None if content is None else read(content["data"], source["origin"], source["encoding"])


def _fill(
    connection: sqlite3.Connection, rows: Settling, found: Salvaged, contents: Mapping[bytes, RowValues]
) -> None:
    """Write the rows into an empty study; the lines of the history stay, what undo needs does not."""
    connection.execute("BEGIN")
    connection.execute("DELETE FROM study")
    for name in JOURNALLED:
        _insert(connection, table_of(name), rows.tables[name].values())
    _insert(connection, _table("content"), contents.values())
    _keep_facts(connection, found.rows["fact"])
    steps = _sound("step", found.rows["step"], rows)
    for row in steps:
        row["compacted"] = 1
    known = {row["id"] for row in steps}
    events = [row for row in _sound("step_event", found.rows["step_event"], rows) if row["step_id"] in known]
    first = next((str(row["name"]) for row in rows.tables["coder"].values()), "?")
    line = {"message": N_("Repair the study"), "parameters": "{}", "coder": first, "at": now()}
    steps.append({"id": max(known, default=0) + 1, "undone": 0, "compacted": 1, **line})
    _insert(connection, _table("step"), steps)
    _insert(connection, _table("step_event"), events)
    _insert(connection, _table("tombstone"), _tombstones(rows, found))
    connection.execute("COMMIT")


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _insert(connection: sqlite3.Connection, table: Table, rows: Iterable[RowValues]) -> None:
    names = table.columns.keys()
    listed, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    statement = f'INSERT OR IGNORE INTO "{table.name}" ({listed}) VALUES ({places})'
    connection.executemany(statement, ([row[name] for name in names] for row in rows))


def _sound(name: str, rows: Iterable[RowValues], settling: Settling) -> list[RowValues]:
    """The rows of a table outside the journal that can be kept."""
    kept = []
    for row in rows:
        result, changed = mended(_table(name), row, {})
        if result is not None:
            kept.append(dict(result))
        if changed:
            settling.note("value" if result is not None else "unreadable", name)
    return kept


def _keep_facts(connection: sqlite3.Connection, facts: Iterable[RowValues]) -> None:
    for fact in facts:
        if isinstance(fact["name"], str) and isinstance(fact["value"], str):
            connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (fact["name"], fact["value"]))


def _tombstones(rows: Settling, found: Salvaged) -> list[RowValues]:
    """The rows that are gone: those known as such, and those that the journal knew of."""
    kept = _sound("tombstone", found.rows["tombstone"], rows)
    at = now()
    for change in found.rows["row_change"]:
        table, row = change["table"], change["row"]
        if table in JOURNALLED and type(row) is bytes and row not in rows.tables[table]:
            kept.append({"row": row, "table": table, "at": at})
    return kept
