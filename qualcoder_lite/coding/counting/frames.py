"""The study as arrays: read once, counted many times.

Positions in the tuples (`codes`, `sources`, …) are the numbers by which the arrays refer to each other; -1 is
none. Offsets are code points, end exclusive. Analysis reads ids raw and turns them into numbers here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, select

from qualcoder_lite.readers.document import ROLES
from qualcoder_lite.store import packed
from qualcoder_lite.store.columns import Row, raw
from qualcoder_lite.store.schema import (
    Asked,
    Attribute,
    AttributeValue,
    Code,
    Coder,
    Coding,
    Informant,
    Question,
    QuestionCode,
    Source,
    SourceInformant,
    Speaker,
    Turn,
    Wording,
)

Numbers = packed.Numbers
SIGNS = ("+", "-", "0", "±", "none")  # the polarities as they are numbered and always listed
SPOKEN = ("interview", "focus_group")  # techniques whose sources are what informants say
EVIDENCE = ("account", "event", "provision")
CHOICES = (SIGNS, EVIDENCE, (False, True))  # of polarity, evidence, star
INTERVIEWER, INFORMANT, DESCRIPTIVE, REFLECTIVE = range(len(ROLES))
COLUMNS = ("source", "start", "end", "code", "coder", "sign", "evidence", "starred")
BATCH = 500  # rows read at once, and ids in one statement
SPAN = 1 << 40  # more than any text is long: source number times SPAN plus offset orders all ranges
FRAMED = {
    kind.__tablename__
    for kind in (
        *(Asked, Attribute, AttributeValue, Code, Informant, Question, QuestionCode, Source),
        *(SourceInformant, Speaker, Turn, Wording),
    )
}  # the tables that frames hold, besides codings and coders


@dataclass(frozen=True)
class CodeRow:
    """A code, in the order of the codebook; `parent` is a number or -1, `names` by language."""

    id: bytes
    key: str
    parent: int
    kind: str
    perspective: str
    names: dict[str, str]
    colour: int | None

    def name(self, language: str) -> str:
        """The name in this language, else in any, else the key."""
        return self.names.get(language) or next((name for name in self.names.values() if name), self.key)


@dataclass(frozen=True)
class SourceRow:
    """A source without its text."""

    id: bytes
    key: str
    title: str
    technique: str
    date: str | None
    time: str | None
    place: str
    status: str
    characters: int

    @property
    def is_spoken(self) -> bool:
        """Tell whether it is an interview or a focus group."""
        return self.technique in SPOKEN


@dataclass(frozen=True)
class InformantRow:
    """An informant by alias, with attributes by name."""

    id: bytes
    alias: str
    class_: str
    attributes: dict[str, str]


@dataclass(frozen=True)
class Codings:
    """All codings: one array element each, ordered by source and start."""

    id: list[bytes]
    source: Numbers
    start: Numbers
    end: Numbers
    code: Numbers
    coder: Numbers
    sign: Numbers  # into SIGNS
    evidence: Numbers  # into EVIDENCE
    starred: NDArray[np.bool_]


@dataclass(frozen=True)
class Turns:
    """All turns, ordered by source and start; they never overlap."""

    source: Numbers
    start: Numbers
    end: Numbers
    role: Numbers  # into readers.document.ROLES
    informant: Numbers


@dataclass(frozen=True)
class Guide:
    """The interview guide: for each question its codes and the sources in which it was not asked."""

    codes: list[set[int]]
    not_asked: list[set[int]]


@dataclass(frozen=True)
class Frames:
    """A whole study without its texts."""

    codes: tuple[CodeRow, ...]
    sources: tuple[SourceRow, ...]
    informants: tuple[InformantRow, ...]
    attributes: tuple[tuple[bytes, str], ...]  # id, name
    coders: tuple[str, ...]
    codings: Codings
    turns: Turns
    linked: tuple[tuple[int, int], ...]  # (source, informant) of sources linked as a whole
    guide: Guide

    def code(self, key: str) -> int:
        """The number of the code with this key; StopIteration where there is none."""
        return next(index for index, code in enumerate(self.codes) if code.key == key)

    def roots(self) -> list[int]:
        """For each code the number of its top code."""
        roots: list[int] = []
        for index, code in enumerate(self.codes):
            roots.append(index if code.parent < 0 else roots[code.parent])
        return roots


def read_frames(connection: Connection) -> Frames:
    """Read all but the texts."""
    codes = _codes(connection)
    code_numbers = {code.id: index for index, code in enumerate(codes)}
    sources = _sources(connection)
    source_numbers = {source.id: index for index, source in enumerate(sources)}
    attributes, informants = _informants(connection)
    informant_numbers = {informant.id: index for index, informant in enumerate(informants)}
    coders = _columns(connection, Coder, "id", "name", order=("id",))
    links = _columns(connection, SourceInformant, "source_id", "informant_id")
    return Frames(
        codes,
        sources,
        informants,
        attributes,
        tuple(coders[1]),
        _codings(connection, list(source_numbers), list(code_numbers), coders[0]),
        _turns(connection, source_numbers, informant_numbers),
        tuple((source_numbers[s], informant_numbers[i]) for s, i in zip(*links, strict=True)),
        _guide(connection, code_numbers, source_numbers),
    )


def read_again(connection: Connection, known: Frames, touched: set[str], moved: set[bytes]) -> Frames:
    """Read what changed: only the codings `moved` where nothing else that frames hold was touched."""
    if touched & FRAMED:
        return read_frames(connection)
    if not touched & {"coding", "coder"}:
        return known
    coder_ids, coders = _columns(connection, Coder, "id", "name", order=("id",))
    if tuple(coders) != known.coders:
        return read_frames(connection)
    ids = ([row.id for row in known.sources], [row.id for row in known.codes], coder_ids)
    if len(moved) > BATCH:
        return replace(known, codings=_codings(connection, *ids))
    fresh = _codings(connection, *ids, among=list(moved))
    return replace(known, codings=_patched(known.codings, fresh, moved))


def _patched(known: Codings, fresh: Codings, moved: set[bytes]) -> Codings:
    """The known codings with those that moved as they are now, if they are still there."""
    left = np.array([index for index, row in enumerate(known.id) if row not in moved], dtype=np.int64)
    ids = [known.id[index] for index in left.tolist()] + fresh.id
    columns = [np.concatenate((getattr(known, name)[left], getattr(fresh, name))) for name in COLUMNS]
    return _ordered(ids, columns)


def _ordered(ids: list[bytes], columns: Sequence[NDArray[Any]]) -> Codings:
    """Codings by source, start and end; of equal ranges the one made first comes first."""
    source, start, end = columns[:3]
    halves = np.frombuffer(b"".join(ids), dtype=">u8").reshape(-1, 2)
    order = np.lexsort((halves[:, 1], halves[:, 0], end, source * SPAN + start))
    return Codings([ids[index] for index in order.tolist()], *(column[order] for column in columns))


def _columns(
    connection: Connection,
    kind: type[Row],
    *names: str,
    order: tuple[str, ...] = (),
    among: list[bytes] | None = None,
) -> list[list[Any]]:
    """Columns of a table as lists, ids raw; of the rows with these ids, or of all.

    Straight from the driver, since rows are many, and in parts, since many thousand tuples alive at once
    would call the garbage collector to look through the whole program.
    """
    table = cast(Table, kind.__table__)
    statement = select(*(raw(table.c[name]) for name in names)).order_by(*(table.c[name] for name in order))
    if among is not None:
        statement = statement.where(table.c.id.in_(among))
    columns: list[list[Any]] = [[] for _ in names]
    result = connection.execute(statement)
    while rows := result.cursor.fetchmany(BATCH):
        for column, part in zip(columns, zip(*rows, strict=True), strict=True):
            column.extend(part)
    result.close()
    return columns


def _numbers(ids: Iterable[bytes]) -> dict[bytes, int]:
    return {row: index for index, row in enumerate(ids)}


def _array(values: Sequence[Any], numbers: dict[Any, int] | None = None) -> Numbers:
    if numbers is None:
        return np.array(values, dtype=np.int64)
    return np.fromiter(map(numbers.__getitem__, values), np.int64, len(values))


def _codes(connection: Connection) -> tuple[CodeRow, ...]:
    """The codes in the order of the codebook: each before the codes below it."""
    names: dict[bytes, dict[str, str]] = {}
    for code, language, name in zip(
        *_columns(connection, Wording, "code_id", "language", "name"), strict=True
    ):
        names.setdefault(code, {})[language] = name
    fields = ("id", "key", "parent_id", "kind", "perspective", "colour")
    rows = list(zip(*_columns(connection, Code, *fields, order=("position", "id")), strict=True))
    children: dict[bytes | None, list[Any]] = {}
    for row in rows:
        children.setdefault(row[2], []).append(row)
    result: list[CodeRow] = []
    numbers: dict[bytes | None, int] = {None: -1}
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        row, key, parent, kind, perspective, colour = waiting.pop()
        numbers[row] = len(result)
        result.append(CodeRow(row, key, numbers[parent], kind, perspective, names.get(row, {}), colour))
        waiting.extend(reversed(children.get(row, [])))
    return tuple(result)


def _sources(connection: Connection) -> tuple[SourceRow, ...]:
    fields = ("id", "key", "title", "technique", "date", "time", "place", "status", "characters")
    rows = _columns(connection, Source, *fields, order=("position", "id"))
    return tuple(SourceRow(*row) for row in zip(*rows, strict=True))


def _informants(connection: Connection) -> tuple[tuple[tuple[bytes, str], ...], tuple[InformantRow, ...]]:
    attribute_ids, names = _columns(connection, Attribute, "id", "name", order=("position", "id"))
    name_of = dict(zip(attribute_ids, names, strict=True))
    values: dict[bytes, dict[str, str]] = {}
    fields = ("informant_id", "attribute_id", "value")
    for informant, attribute, value in zip(*_columns(connection, AttributeValue, *fields), strict=True):
        values.setdefault(informant, {})[name_of[attribute]] = value
    rows = _columns(connection, Informant, "id", "alias", "class", order=("position", "id"))
    return tuple(name_of.items()), tuple(
        InformantRow(row, alias, class_, values.get(row, {}))
        for row, alias, class_ in zip(*rows, strict=True)
    )


def _codings(
    connection: Connection,
    sources: Sequence[bytes],
    codes: Sequence[bytes],
    coders: Sequence[bytes],
    among: list[bytes] | None = None,
) -> Codings:
    of_ids = map(packed.joined_ids, (Coding.id, Coding.source_id, Coding.code_id, Coding.coder_id))
    of_numbers = map(packed.joined_numbers, (Coding.start, Coding.end))
    of_choices = map(packed.joined_choices, (Coding.polarity, Coding.evidence, Coding.starred), CHOICES)
    statement = select(*of_ids, *of_numbers, *of_choices)
    if among is not None:
        statement = statement.where(Coding.id.in_(among))
    row: Sequence[Any] = connection.execute(statement).one()
    source, code, coder = map(packed.places, row[1:4], (sources, codes, coders))
    start, end = map(packed.numbers, row[4:6])
    sign, evidence, starred = map(packed.choices, row[6:])
    return _ordered(packed.ids(row[0]), [source, start, end, code, coder, sign, evidence, starred > 0])


def _turns(connection: Connection, sources: dict[bytes, int], informants: dict[bytes, int]) -> Turns:
    fields = ("id", "source_id", "role", "informant_id")
    speaker_ids, source_ids, roles, speaks = _columns(connection, Speaker, *fields)
    source_of = _array(source_ids, sources)
    role_of = _array(roles, {role: index for index, role in enumerate(ROLES)})
    informant_of = np.array([informants.get(row, -1) for row in speaks], dtype=np.int64)
    by, starts, ends = _spoken(connection, _numbers(speaker_ids))
    order = np.argsort(source_of[by] * SPAN + starts, kind="stable")
    by = by[order]
    return Turns(source_of[by], starts[order], ends[order], role_of[by], informant_of[by])


def _spoken(connection: Connection, speakers: dict[bytes, int]) -> tuple[Numbers, Numbers, Numbers]:
    """Speaker, start and end of all turns, a speaker's together."""
    joined = (packed.joined_numbers(column) for column in (Turn.start, Turn.end))
    rows = connection.execute(select(raw(Turn.speaker_id), *joined).group_by(Turn.speaker_id)).all()
    starts, ends = (packed.numbers(",".join(row[at] for row in rows)) for at in (1, 2))
    turns = [row[1].count(",") + 1 for row in rows]
    return _array([speakers[row[0]] for row in rows]).repeat(turns), starts, ends


def _guide(connection: Connection, codes: dict[bytes, int], sources: dict[bytes, int]) -> Guide:
    (questions,) = _columns(connection, Question, "id", order=("position", "id"))
    numbers = _numbers(questions)
    guide = Guide([set() for _ in questions], [set() for _ in questions])
    for question, code in zip(*_columns(connection, QuestionCode, "question_id", "code_id"), strict=True):
        guide.codes[numbers[question]].add(codes[code])
    fields = ("question_id", "source_id", "asked")
    for question, source, asked in zip(*_columns(connection, Asked, *fields), strict=True):
        if not asked:
            guide.not_asked[numbers[question]].add(sources[source])
    return guide
