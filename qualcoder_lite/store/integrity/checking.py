"""Checking a study through and through: the file, its seal, every value, and how the rows fit together.

At every opening only what is quick is looked at (`connection.check_whole`); here everything is, for as long
as that takes.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from qualcoder_lite.errors import Damaged
from qualcoder_lite.i18n import _
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.columns import Base
from qualcoder_lite.store.integrity.damage_words import damage_lines, things
from qualcoder_lite.store.integrity.page_sums import roots
from qualcoder_lite.store.integrity.pages import Pages, text, values_of
from qualcoder_lite.store.integrity.settling import Found, Rows, Settling, settle
from qualcoder_lite.store.integrity.shape import missing_indexes
from qualcoder_lite.store.integrity.soundness import Choices, RowValues, is_sound
from qualcoder_lite.store.project import read_study
from qualcoder_lite.store.protection.opener import errors, is_protected
from qualcoder_lite.store.schema import JOURNALLED

BESIDE = ("fact", "content", "step", "step_event", "row_change", "tombstone")
"""The tables outside the journal that a check reads."""


def problems(path: Path, choices: Choices) -> list[str]:
    """What is wrong with a study, in words; nothing where all is well.

    `choices` are the words that some columns may hold. Raises UserError for a file that is no study of ours,
    is of another version, or can't be read at all.
    """
    try:
        read_study(path).close()
    except Damaged as error:
        return [*_examined(path, choices), str(error)]
    found = _examined(path, choices)
    return [*found, _way_on()] if found else []


def _way_on() -> str:
    return _("Put the newest backup back with: restore. Or save what is whole into a new study with: repair.")


def _examined(path: Path, choices: Choices) -> list[str]:
    lines = _hurt(path, connecting.broken_pages(path))
    with connecting.looking_into(path) as connection:
        connection.set_progress_handler(None, 0)
        connection.text_factory = text
        try:
            connection.execute("BEGIN")  # one state, whatever is written beside us
            return [*lines, *_of_file(connection), *damage_lines(_of_rows(connection, choices))]
        except errors(UnicodeDecodeError):
            return [*lines, _("The file is broken inside, so that it can’t be read to its end.")]


# The file ------------------------------------------------------------------------------------------------


def _of_file(connection: sqlite3.Connection) -> list[str]:
    lines = []
    faults = connection.execute("PRAGMA integrity_check(100)").fetchall()
    if faults != [("ok",)]:
        lines.append(_("Places where the file is broken inside: {number}").format(number=len(faults)))
    if missing := missing_indexes(connection):
        lines.append(_("Parts that make the study fast are missing: {names}").format(names=" ".join(missing)))
    lost = Counter(row[0] for row in connection.execute("PRAGMA foreign_key_check"))
    if lost:
        lines.append(_("References to rows that are not there: {number}").format(number=lost.total()))
    return lines


def _hurt(path: Path, broken: list[int]) -> list[str]:
    """What lies on the pages that changed without being written to, as far as it can be read."""
    if not broken:
        return []
    with Pages(path) as pages:
        hurt = Counter() if is_protected(path) else _hurt_rows(pages, set(broken))
        total = pages.count
    said = _("Of {total} pieces of the file {number} changed on the disk without being written to.")
    lines = [said.format(total=total, number=len(broken))]
    for (source, table), number in sorted(hurt.items()):
        place = f"{source}: " if source else ""
        line = _("{things} in a damaged place: {number}").format(things=things(table), number=number)
        lines.append(place + line if place else line[0].upper() + line[1:])
    return lines


def _hurt_rows(pages: Pages, broken: set[int]) -> Counter[tuple[str, str]]:
    keys = {values[0]: str(values[1]) for values in _rows_on(pages, "source", None)}
    hurt: Counter[tuple[str, str]] = Counter()
    for name in (*JOURNALLED, *BESIDE):
        columns = Base.metadata.tables[name].columns.keys()
        place = columns.index("source_id") if "source_id" in columns else None
        for values in _rows_on(pages, name, broken):
            owner = values[place] if place is not None and place < len(values) else values[0]
            key = keys.get(owner, "") if place is not None or name == "source" else ""
            hurt[key, name] += 1
    return hurt


def _rows_on(pages: Pages, name: str, chosen: set[int] | None) -> Iterator[list[Any]]:
    """The rows of a table of which a part lies on one of the chosen pages; all, where none are chosen."""
    for number in pages.tree(roots(pages).get(name, 0)):
        for cell in pages.cells(number):
            if chosen is None or number in chosen or not chosen.isdisjoint(pages.overflow(cell)):
                payload = pages.payload(cell)
                yield (payload and values_of(payload)) or [None, None]


# The rows ------------------------------------------------------------------------------------------------


def _of_rows(connection: sqlite3.Connection, choices: Choices) -> Counter[Found]:
    tables: dict[str, Rows] = {
        name: {row["id"]: row for row in rows_of(connection, kind.__table__)}  # type: ignore[arg-type]
        for name, kind in JOURNALLED.items()
    }
    rows = Settling(tables, choices)
    settle(rows)
    rows.found.update(_beside(connection))
    _contents(connection, rows)
    return rows.found


def rows_of(connection: sqlite3.Connection, table: Table) -> Iterator[RowValues]:
    """The rows of a table with their values as the file has them."""
    names = table.columns.keys()
    listed = ", ".join(f'"{name}"' for name in names)
    for values in connection.execute(f'SELECT {listed} FROM "{table.name}"'):
        yield dict(zip(names, values, strict=True))


def _beside(connection: sqlite3.Connection) -> Counter[Found]:
    """Values that can't be, in the tables outside the journal."""
    found: Counter[Found] = Counter()
    for name in BESIDE:
        table = Base.metadata.tables[name]
        for row in rows_of(connection, table):
            if not all(is_sound(column, row[column.name], {}) for column in table.columns):
                found[Found("value", name)] += 1
    facts = {name for (name,) in connection.execute("SELECT name FROM fact")}
    if lost := {"study_id", "copy_id"} - facts:
        found[Found("no_text", "fact")] += len(lost)
    return found


def _contents(connection: sqlite3.Connection, rows: Settling) -> None:
    """Original files that are not as they were, and sources whose original is not there."""
    contents = set()
    for row, digest, data in connection.execute("SELECT id, digest, data FROM content"):
        contents.add(row)
        if not isinstance(data, bytes) or hashlib.sha256(data).hexdigest() != digest:
            rows.note("altered", "content")
    for source in rows.tables["source"].values():
        if source["content_id"] is not None and source["content_id"] not in contents:
            rows.note("reference", "source", source["id"])
