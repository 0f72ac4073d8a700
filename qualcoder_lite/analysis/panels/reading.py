"""One source as it is read and coded: text, marks, turns and codings, as plain rows.

Offsets are code points, end exclusive; times are milliseconds of the recording.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from qualcoder_lite.analysis.panels.lists import source_label, works_of_sources
from qualcoder_lite.coding.importing.marks import unpack
from qualcoder_lite.coding.tables.finding import gone_error
from qualcoder_lite.lines import LINE_CHARACTERS
from qualcoder_lite.readers.document import Mark
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Coder, Coding, Informant, Memo, Source, SourceText, Speaker, Turn

_TOLD = ("key", "title", "technique", "status", "date", "time", "place", "summary")
_AT_ONCE = 400  # ids in one question to the database


@dataclass(frozen=True, slots=True)
class CodingLine:
    """A coding; `code` is the code's id, `memo` tells whether one is written about it."""

    id: bytes
    start: int
    end: int
    code: bytes
    polarity: str | None
    evidence: str
    starred: bool
    condensation: str
    memo: bool = False
    coder: bytes = b""


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn with the alias of who speaks, empty where it is not known."""

    start: int
    end: int
    label: str
    role: str
    alias: str
    time: int | None


@dataclass(frozen=True)
class SourceRead:
    """A source with its text and all that lies on it."""

    id: bytes
    key: str
    title: str
    technique: str
    status: str
    date: str | None
    time: str | None
    place: str
    summary: str
    header: dict[str, Any]
    line_characters: int
    text: str
    marks: tuple[Mark, ...]
    turns: tuple[TurnLine, ...]
    codings: tuple[CodingLine, ...]


def read_source(project: Project, source: bytes, coder: str | None) -> SourceRead:
    """A source with the codings of a coder, or of all where None; raises UserError where it is gone."""
    told = [getattr(Source, name) for name in _TOLD]
    columns = (*told, Source.header, Source.line_rule, SourceText.text, SourceText.marks)
    joined = select(*columns).join(SourceText, SourceText.source_id == Source.id)
    with project.read() as connection:
        row = connection.execute(joined.where(Source.id == source)).first()
        if row is None:
            raise gone_error(Source)
        turns = _turns(connection, source)
        codings = codings_on(connection, source, coder)
        works = works_of_sources(connection)
    told_of = {name: getattr(row, name) for name in _TOLD}
    told_of["title"] = source_label(row.technique, row.title, works.get(source, ""))
    characters = int((row.line_rule or {}).get("characters", LINE_CHARACTERS))
    return SourceRead(
        id=source,
        **told_of,
        header=row.header or {},
        line_characters=characters,
        text=row.text,
        marks=unpack(row.marks),
        turns=turns,
        codings=codings,
    )


def _turns(connection: Connection, source: bytes) -> tuple[TurnLine, ...]:
    columns = (Turn.start, Turn.end, Speaker.label, Speaker.role, Informant.alias, Turn.time)
    joined = select(*columns).join(Speaker, Speaker.id == Turn.speaker_id)
    joined = joined.join(Informant, Informant.id == Speaker.informant_id, isouter=True)
    rows = connection.execute(joined.where(Turn.source_id == source).order_by(Turn.start))
    return tuple(TurnLine(s, e, label, role, alias or "", time) for s, e, label, role, alias, time in rows)


def _columns() -> Select[*tuple[Any, ...]]:
    first = (Coding.id, Coding.start, Coding.end, Coding.code_id, Coding.polarity)
    return select(*first, Coding.evidence, Coding.starred, Coding.condensation, Coding.coder_id)


def codings_on(connection: Connection, source: bytes, coder: str | None) -> tuple[CodingLine, ...]:
    """The codings of a source by a coder, or by all where None."""
    wanted = _columns().where(Coding.source_id == source)
    if coder is not None:
        wanted = wanted.where(
            Coding.coder_id == select(Coder.id).where(Coder.name == coder).scalar_subquery()
        )
    return _lines(connection.execute(wanted).all(), _with_memo(connection))


def codings_among(
    project: Project, source: bytes, coder: str | None, ids: Sequence[bytes]
) -> list[CodingLine]:
    """Those of these codings that are (still) there on a source, by a coder or by all where None."""
    found: list[CodingLine] = []
    with project.read() as connection:
        mine = select(Coder.id).where(Coder.name == coder).scalar_subquery()
        for at in range(0, len(ids), _AT_ONCE):
            part = ids[at : at + _AT_ONCE]
            wanted = _columns().where(Coding.id.in_(part), Coding.source_id == source)
            wanted = wanted if coder is None else wanted.where(Coding.coder_id == mine)
            found += _lines(connection.execute(wanted).all(), _with_memo(connection, part))
    return found


def codings_by_id(project: Project, ids: Sequence[bytes]) -> list[CodingLine]:
    """These codings, those that are still there, by whomever and in whatever source."""
    found: list[CodingLine] = []
    with project.read() as connection:
        for at in range(0, len(ids), _AT_ONCE):
            part = ids[at : at + _AT_ONCE]
            found += _lines(connection.execute(_columns().where(Coding.id.in_(part))).all(), set())
    return found


def _lines(rows: Iterable[Any], with_memo: set[bytes]) -> tuple[CodingLine, ...]:
    return tuple(
        CodingLine(row, start, end, code, polarity, evidence, starred, condensed, row in with_memo, coder)
        for row, start, end, code, polarity, evidence, starred, condensed, coder in rows
    )


def _with_memo(connection: Connection, ids: Sequence[bytes] | None = None) -> set[bytes]:
    """The codings about which a memo is written: all, or those among these."""
    wanted = select(Memo.about_id).where(Memo.about_table == "coding")
    if ids is not None:
        wanted = wanted.where(Memo.about_id.in_(ids))
    return {row for row in connection.scalars(wanted) if row is not None}
