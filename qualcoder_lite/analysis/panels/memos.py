"""Memos (catatan) as they are listed: what they are about, where, and when they were last changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import (
    Claim,
    Code,
    Coder,
    Coding,
    Informant,
    Memo,
    Question,
    Source,
    SourceText,
)

_NAMED: dict[str, tuple[type[Row], str]] = {
    "source": (Source, "key"), "code": (Code, "key"), "informant": (Informant, "alias"),
    "question": (Question, "number"), "claim": (Claim, "number"), "coder": (Coder, "name"),
}  # fmt: skip
_QUOTED = 120  # characters of a passage


@dataclass(frozen=True)
class MemoLine:
    """A memo; `about` is the table it speaks of, `range` for a passage, empty where it is free.

    `called` names what it is about, `source`, `start` and `end` (code points, end exclusive) its place in a
    text, where it has one; times are milliseconds since 1970, UTC.
    """

    id: bytes
    title: str
    text: str
    about: str
    about_id: bytes | None
    called: str
    source: bytes | None
    start: int | None
    end: int | None
    quote: str
    changed: int


def memos_listed(project: Project, words: str = "") -> list[MemoLine]:
    """The memos, changed last first; where words are given, those that have all of them."""
    with project.read() as connection:
        rows = connection.execute(
            select(Memo.__table__).order_by(Memo.modified_at.desc(), Memo.id.desc())
        ).all()
        lines = _quoted(connection, [*map(partial(_line, _codings(connection), _names(connection)), rows)])
    wanted = words.lower().split()
    return [line for line in lines if all(part in _said(line) for part in wanted)]


def memos_in_text(project: Project, source: bytes) -> list[tuple[int, int, str]]:
    """The memos on words of a text: start and end (code points, end exclusive), and what they say."""
    columns = select(Memo.start, Memo.end, Memo.title, Memo.text)
    on_words = columns.where(Memo.source_id == source, Memo.start.is_not(None), Memo.end.is_not(None))
    with project.read() as connection:
        rows = connection.execute(on_words.order_by(Memo.start, Memo.id)).all()
    return [(row[0] or 0, row[1] or 0, "\n".join(part for part in row[2:] if part)) for row in rows]


def memo_about(project: Project, table: str, row: bytes) -> tuple[bytes | None, str]:
    """The first memo about a row: its id and text; None and nothing where there is none."""
    wanted = select(Memo.id, Memo.text).where(Memo.about_table == table, Memo.about_id == row)
    with project.read() as connection:
        found = connection.execute(wanted.order_by(Memo.id).limit(1)).first()
    return (found[0], found[1]) if found else (None, "")


def _said(line: MemoLine) -> str:
    return f"{line.title} {line.text} {line.called} {line.quote}".lower()


def _codings(connection: Connection) -> dict[bytes, Any]:
    """Where the codings that have a memo lie, and the key of their code."""
    places = select(Coding.id, Coding.source_id, Coding.start, Coding.end, Code.key)
    joined = places.join(Code, Code.id == Coding.code_id).join(Memo, Memo.about_id == Coding.id)
    return {row[0]: row[1:] for row in connection.execute(joined.where(Memo.about_table == "coding"))}


def _names(connection: Connection) -> dict[tuple[str, bytes], str]:
    """What the rows are called that a memo may be about, by table and id."""
    names: dict[tuple[str, bytes], str] = {}
    for table, (kind, name) in _NAMED.items():
        rows = connection.execute(select(kind.id, getattr(kind, name)))
        names |= {(table, row): called for row, called in rows}
    return names


def _line(codings: dict[bytes, Any], names: dict[tuple[str, bytes], str], row: Any) -> MemoLine:
    """A memo without the words of its passage."""
    about = row.about_table or ("range" if row.source_id else "")
    source, start, end, called = row.source_id, row.start, row.end, ""
    if about == "coding":
        source, start, end, called = codings.get(row.about_id, (None, None, None, ""))
    elif about in _NAMED:
        called = names.get((about, row.about_id), "")
        source = row.about_id if about == "source" else None
    told = (row.id, row.title, row.text, about, row.about_id, called)
    return MemoLine(*told, source, start, end, "", row.modified_at)


def _quoted(connection: Connection, lines: list[MemoLine]) -> list[MemoLine]:
    """The memos with the first words of their passages; each text is read once."""
    quotes: dict[bytes, str] = {}
    for source in {line.source for line in lines if line.source and line.start is not None}:
        text = str(connection.scalar(select(SourceText.text).where(SourceText.source_id == source)) or "")
        here = [line for line in lines if line.source == source]
        quotes |= {line.id: _first_words(text, line.start, line.end) for line in here}
    return [replace(line, quote=quotes.get(line.id, "")) for line in lines]


def _first_words(text: str, start: int | None, end: int | None) -> str:
    if start is None or end is None:
        return ""
    length = min(end - start, _QUOTED)
    return " ".join(text[start : start + length].split()) + ("…" if length < end - start else "")
