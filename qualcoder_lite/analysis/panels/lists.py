"""What the panels of the window list: sources, informants and codes with their counts, as plain rows.

The counts are of one coder's codings, or of all coders where that is asked for; of every one of them, also of
interviewer turns: these are lists of what is there, not matrices. They are aggregated by the database, so
that a list is read anew after each action.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, func, select

from qualcoder_lite.i18n import language
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import (
    Attribute,
    AttributeValue,
    Code,
    CodeLink,
    Coder,
    Coding,
    Informant,
    Source,
    Speaker,
    Study,
    Wording,
)

COLOURS = 16  # of the palette
_WORK = ("jabatan", "pekerjaan", "posisi", "position", "occupation", "job")
_GROUP = ("kelompok", "group", "instansi", "organisation")
_EMIC = 13  # codes in the informants' words
_OFFERED = (4, 12, 3, 8, 2, 5, 7, 1, 14, 6, 9, 10, 11, 13, 15, 16)  # for top codes without a colour


@dataclass(frozen=True)
class SourceLine:
    """A source; `codings` are those of the coder.

    `title` is what it is called in lists: an interview with one informant by their work, where that is known.
    """

    id: bytes
    key: str
    title: str
    technique: str
    status: str
    date: str | None
    time: str | None
    place: str
    codings: int


@dataclass(frozen=True)
class InformantLine:
    """An informant; `work` and `group` are what two customary attributes say, empty where there are none."""

    id: bytes
    alias: str
    class_: str
    consent: str
    work: str
    group: str


@dataclass(frozen=True)
class CodeLine:
    """A code in the order of the codebook, each before those below it.

    `own` are the coder's codings with this code, `codings` those with it or one below it. `colour` is 1 to 16
    of the palette: its own, else its parent's. `links` are the keys of the codes that it is linked to.
    """

    id: bytes
    key: str
    name: str
    parent: bytes | None
    depth: int
    kind: str
    perspective: str
    colour: int
    own: int
    codings: int
    shortcut: str | None = None
    hint: str | None = None
    links: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """Key and name, as people say it."""
        return f"{self.key} {self.name}" if self.name != self.key else self.key


def study_title(project: Project) -> str:
    """The title of the study."""
    with project.read() as connection:
        return connection.scalar(select(Study.title).limit(1)) or project.path.stem


def coders_listed(project: Project) -> list[str]:
    """The coders of the study in the order in which they came."""
    with project.read() as connection:
        return list(connection.scalars(select(Coder.name).order_by(Coder.id)))


def coder_names(project: Project) -> dict[bytes, str]:
    """The name of each coder by id."""
    with project.read() as connection:
        return {row: name for row, name in connection.execute(select(Coder.id, Coder.name))}  # noqa: C416


def sources_listed(project: Project, coder: str | None) -> list[SourceLine]:
    """The sources in their order, with the codings of a coder, or of all where None."""
    columns = (Source.id, Source.key, Source.title, Source.technique, Source.status, Source.date, Source.time)
    with project.read() as connection:
        counts, works = _counts(connection, Coding.source_id, coder), works_of_sources(connection)
        rows = connection.execute(select(*columns, Source.place).order_by(Source.position, Source.id)).all()
    lines = [SourceLine(*row, codings=counts.get(row[0], 0)) for row in rows]
    return [
        replace(line, title=source_label(line.technique, line.title, works.get(line.id, "")))
        for line in lines
    ]


def source_label(technique: str, title: str, work: str) -> str:
    """What a source is called in lists."""
    return work if technique == "interview" and work else title


def works_of_sources(connection: Connection) -> dict[bytes, str]:
    """The work of the informant of each source in which only one speaks."""
    work = _values_of(connection, _WORK)
    speaks: dict[bytes, set[bytes]] = {}
    spoken = select(Speaker.source_id, Speaker.informant_id).where(Speaker.informant_id.is_not(None))
    for source, informant in connection.execute(spoken):
        speaks.setdefault(source, set()).add(informant or b"")
    alone = {source: next(iter(people)) for source, people in speaks.items() if len(people) == 1}
    return {source: work[informant] for source, informant in alone.items() if informant in work}


def informants_listed(project: Project) -> list[InformantLine]:
    """The informants in their order."""
    columns = (Informant.id, Informant.alias, Informant.class_, Informant.consent)
    with project.read() as connection:
        work, group = _values_of(connection, _WORK), _values_of(connection, _GROUP)
        rows = connection.execute(select(*columns).order_by(Informant.position, Informant.id)).all()
    return [InformantLine(*row, work=work.get(row[0], ""), group=group.get(row[0], "")) for row in rows]


def _values_of(connection: Connection, names: Iterable[str]) -> dict[bytes, str]:
    """The values of the first attribute with one of these names, by informant."""
    known = {
        name.strip().lower(): row for row, name in connection.execute(select(Attribute.id, Attribute.name))
    }
    chosen = next((known[name] for name in names if name in known), None)
    values = select(AttributeValue.informant_id, AttributeValue.value)
    found = connection.execute(values.where(AttributeValue.attribute_id == chosen)).all() if chosen else []
    return {informant: value for informant, value in found}  # noqa: C416 - rows, not pairs


def codes_listed(project: Project, coder: str | None) -> list[CodeLine]:
    """The codes in the order of the codebook, with the codings of a coder, or of all where None."""
    with project.read() as connection:
        return read_codes(connection, coder)


def read_codes(connection: Connection, coder: str | None) -> list[CodeLine]:
    """The codes in the order of the codebook, within a reading."""
    columns = (Code.id, Code.key, Code.parent_id, Code.kind, Code.perspective, Code.colour)
    rows = connection.execute(
        select(*columns, Code.shortcut, Code.polarity_hint).order_by(Code.position, Code.id)
    ).all()
    names, links = _names(connection), _links(connection)
    counts = _counts(connection, Coding.code_id, coder)
    children: dict[bytes | None, list[Any]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    lines: list[CodeLine] = []
    _add_lines(lines, children, None, 0, 0, names)
    found = [replace(line, own=counts.get(line.id, 0), links=tuple(links.get(line.id, ()))) for line in lines]
    return roll_up_counts(found)


def _add_lines(
    lines: list[CodeLine],
    children: Mapping[bytes | None, list[Any]],
    parent: bytes | None,
    depth: int,
    colour: int,
    names: Mapping[bytes, str],
) -> None:
    """Append the codes below a parent, each followed by those below it."""
    for number, row in enumerate(children.get(parent, ())):
        usual = _EMIC if row.perspective == "emic" else _OFFERED[number % COLOURS]
        own = row.colour or colour or usual
        lines.append(
            CodeLine(
                row.id, row.key, names.get(row.id) or row.key, parent, depth, row.kind, row.perspective,
                own, 0, 0, row.shortcut, row.polarity_hint,
            )
        )  # fmt: skip
        _add_lines(lines, children, row.id, depth + 1, own, names)


def roll_up_counts(lines: list[CodeLine]) -> list[CodeLine]:
    """The codes with the codings of those below them added."""
    totals = {line.id: line.own for line in lines}
    for line in reversed(lines):
        if line.parent is not None:
            totals[line.parent] += totals[line.id]
    return [replace(line, codings=totals[line.id]) for line in lines]


def _names(connection: Connection) -> dict[bytes, str]:
    """The name of each code in the language now spoken, else in another."""
    names: dict[bytes, str] = {}
    for code, spoken, name in connection.execute(select(Wording.code_id, Wording.language, Wording.name)):
        if name and (spoken == language() or code not in names):
            names[code] = name
    return names


def _links(connection: Connection) -> dict[bytes, list[str]]:
    """The keys of the codes that each code is linked to, from either side."""
    keys = {row: key for row, key in connection.execute(select(Code.id, Code.key))}  # noqa: C416
    links: dict[bytes, list[str]] = {}
    for emic, etic in connection.execute(select(CodeLink.emic_id, CodeLink.etic_id).order_by(CodeLink.id)):
        links.setdefault(emic, []).append(keys[etic])
        links.setdefault(etic, []).append(keys[emic])
    return links


def _counts(connection: Connection, column: Any, coder: str | None) -> dict[bytes, int]:
    """How many codings of a coder, or of all where None, there are for each value of a column.

    Of one who made most of them the others' are taken off: all are counted by the index of the column alone,
    while every coding of a coder must be looked up in its row.
    """
    counted = select(column, func.count()).group_by(column)
    if coder is None:
        return _numbers(connection, counted)
    person = select(Coder.id).where(Coder.name == coder).scalar_subquery()
    mine, number = Coding.coder_id == person, select(func.count()).select_from(Coding)
    if 2 * connection.execute(number.where(mine)).scalar_one() < connection.execute(number).scalar_one():
        return _numbers(connection, counted.where(mine))
    others = Coding.coder_id.in_(select(Coder.id).where(Coder.id != person))
    theirs = _numbers(connection, counted.where(others))
    every = _numbers(connection, counted)
    return {row: count - theirs.get(row, 0) for row, count in every.items() if count > theirs.get(row, 0)}


def _numbers(connection: Connection, counted: Select[Any]) -> dict[bytes, int]:
    return {row: number for row, number in connection.execute(counted)}  # noqa: C416 - rows, not pairs


FIELDS = ("name", "definition", "include", "exclude", "example", "plus", "minus")


def wording_of(project: Project, code: bytes, spoken: str = "") -> dict[str, str]:
    """The fields of a code's wording in a language; where it has none in it, those of another language."""
    columns = [getattr(Wording, field) for field in FIELDS]
    with project.read() as connection:
        rows = connection.execute(select(Wording.language, *columns).where(Wording.code_id == code)).all()
    wanted = spoken or language()
    rows = sorted(rows, key=lambda row: row[0] != wanted)
    return dict(zip(FIELDS, rows[0][1:], strict=True)) if rows else dict.fromkeys(FIELDS, "")
