"""Memos (catatan) as they are listed: what they are about, where, and when they were last changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

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
        lines = [_line(connection, row) for row in rows]
    wanted = words.lower().split()
    return [line for line in lines if all(part in _said(line) for part in wanted)]


def memo_about(project: Project, table: str, row: bytes) -> tuple[bytes | None, str]:
    """The first memo about a row: its id and text; None and nothing where there is none."""
    wanted = select(Memo.id, Memo.text).where(Memo.about_table == table, Memo.about_id == row)
    with project.read() as connection:
        found = connection.execute(wanted.order_by(Memo.id).limit(1)).first()
    return (found[0], found[1]) if found else (None, "")


def _said(line: MemoLine) -> str:
    return f"{line.title} {line.text} {line.called} {line.quote}".lower()


def _line(connection: Connection, row: Any) -> MemoLine:
    about = row.about_table or ("range" if row.source_id else "")
    source, start, end, called = row.source_id, row.start, row.end, ""
    if about == "coding":
        found = connection.execute(_CODING.where(Coding.id == row.about_id)).first()
        source, start, end, called = found or (None, None, None, "")
    elif about in _NAMED:
        kind, name = _NAMED[about]
        called = connection.scalar(select(getattr(kind, name)).where(kind.id == row.about_id)) or ""
        source = row.about_id if about == "source" else None
    quote = _quote(connection, source, start, end)
    told = (row.id, row.title, row.text, about, row.about_id, called)
    return MemoLine(*told, source, start, end, quote, row.modified_at)


_CODING = select(Coding.source_id, Coding.start, Coding.end, Code.key).join(Code, Code.id == Coding.code_id)


def _quote(connection: Connection, source: bytes | None, start: int | None, end: int | None) -> str:
    """The first words of a passage."""
    if source is None or start is None or end is None:
        return ""
    length = min(end - start, _QUOTED)
    part = func.substr(SourceText.text, start + 1, length)
    words = str(connection.scalar(select(part).where(SourceText.source_id == source)) or "")
    return " ".join(words.split()) + ("…" if length < end - start else "")
