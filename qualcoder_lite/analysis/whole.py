"""The whole study as plain rows, table by table, every reference by the word that people use for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Table, select

from qualcoder_lite.coding.counting.references import rows_named
from qualcoder_lite.store.columns import RawId
from qualcoder_lite.store.journal_tables import Fact
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import JOURNALLED, Study

NAMED = {
    "source": "key",
    "code": "key",
    "informant": "alias",
    "coder": "name",
    "attribute": "name",
    "question": "number",
    "claim": "number",
}
PlainRow = dict[str, Any]
Words = dict[bytes, str]


def whole_study(project: Project, *only: str) -> dict[str, list[PlainRow]]:
    """The rows of every table of the study, or `only` of these, ready to be written as JSON or into a sheet.

    Ids are texts of UUIDs; a reference to a source, code, informant, coder, attribute, question or claim is
    its citation code, key, alias, name or number, in a column without `_id`; times are ISO, UTC.
    """
    with project.read() as connection:
        words = _words(connection)
        wanted = only or tuple(JOURNALLED)
        return {name: _rows(connection, cast(Table, JOURNALLED[name].__table__), words) for name in wanted}


@dataclass(frozen=True)
class StudyHead:
    """What a study is called; its id is the same in all its copies."""

    id: str
    title: str
    note: str


def study_head(project: Project) -> StudyHead:
    """The head of a study."""
    with project.read() as connection:
        row = str(connection.scalar(select(Fact.value).where(Fact.name == "study_id")) or "")
        title, note = connection.execute(select(Study.title, Study.note)).one()
    return StudyHead(row, title, note)


def uuid_text(row: bytes) -> str:
    """An id as the text of a UUID."""
    return str(UUID(bytes=row))


def _words(connection: Connection) -> Words:
    """The word for each row that has one, by its id."""
    words: Words = {}
    for name, column in NAMED.items():
        table = cast(Table, JOURNALLED[name].__table__)
        words.update((row, word) for row, word in connection.execute(select(table.c.id, table.c[column])))
    return words


def _rows(connection: Connection, table: Table, words: Words) -> list[PlainRow]:
    first = [table.c.position] if "position" in table.c else []
    order = [table.c[name] for name in ("source_id", "start") if name in table.c]
    columns = [column for column in table.columns if "digest_of" not in column.info]
    found = connection.execute(select(*columns).order_by(*first, *order, table.c.id))
    plain = [_column(column, words) for column in columns]
    return [dict(pair(value) for pair, value in zip(plain, row, strict=True)) for row in found]


def _column(column: Any, words: Words) -> Callable[[Any], tuple[str, Any]]:
    """How a value of this column is written, with the column's name."""
    name, special = column.name, f"{column.table.name}.{column.name}"
    if special in ("cell.first", "cell.second"):
        return lambda value: (name, describe_reference(value, words))
    if special == "cell.seen":
        return lambda value: (name, [_seen(entry, words) for entry in value])
    if name in ("created_at", "modified_at"):
        return lambda value: (name, _moment(value))
    if name == "id":
        return lambda value: (name, uuid_text(value))
    if isinstance(column.type, RawId):
        short = name.removesuffix("_id")
        return lambda value: (short, None if value is None else words.get(value) or uuid_text(value))
    return lambda value: (name, value)


def _moment(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")


def describe_reference(reference: str, words: Words) -> str:
    """A stored reference of a cell with the word instead of the id: `code:R3`, `attribute:group=ASN`."""
    kind, value = reference.split(":", 1)
    _rows, equals, rest = value.partition("=")
    if kind in ("technique", "class", "study"):
        return reference
    names = [words.get(row) or row.hex() for row in rows_named(reference)]
    return f"{kind}:{','.join(names)}{equals}{rest}"


def _seen(entry: list[Any], words: Words) -> list[Any]:
    coding, code, *rest = entry
    code_row = bytes.fromhex(code)
    return [str(UUID(hex=coding)), words.get(code_row) or uuid_text(code_row), *rest]
