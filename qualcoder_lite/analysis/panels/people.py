"""Who speaks in a source, and what is known of an informant, as plain rows for forms."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Attribute, AttributeValue, Informant, SourceInformant, Speaker


@dataclass(frozen=True)
class SpeakerLine:
    """A label of a source; `informant` is an id."""

    label: str
    role: str
    informant: bytes | None
    sure: bool


@dataclass(frozen=True)
class AttributeLine:
    """An attribute with its value for one informant, empty where there is none."""

    id: bytes
    name: str
    kind: str
    value: str


def speakers_listed(project: Project, source: bytes) -> list[SpeakerLine]:
    """The labels of a source in the order in which they first speak."""
    columns = select(Speaker.label, Speaker.role, Speaker.informant_id, Speaker.sure)
    with project.read() as connection:
        rows = connection.execute(columns.where(Speaker.source_id == source).order_by(Speaker.id)).all()
    return [SpeakerLine(*row) for row in rows]


def linked_informants(project: Project, source: bytes) -> list[bytes]:
    """The informants to whom a source is linked as a whole, in their order."""
    joined = select(Informant.id).join(SourceInformant, SourceInformant.informant_id == Informant.id)
    with project.read() as connection:
        mine = joined.where(SourceInformant.source_id == source).order_by(Informant.position, Informant.id)
        return list(connection.scalars(mine))


def note_on(project: Project, informant: bytes) -> str:
    """The note on an informant; empty where there is none."""
    with project.read() as connection:
        return connection.scalar(select(Informant.note).where(Informant.id == informant)) or ""


def attributes_of(project: Project, informant: bytes) -> list[AttributeLine]:
    """All attributes of the study with their values for an informant."""
    mine = select(AttributeValue.attribute_id, AttributeValue.value)
    columns = select(Attribute.id, Attribute.name, Attribute.kind).order_by(Attribute.position, Attribute.id)
    with project.read() as connection:
        found = connection.execute(mine.where(AttributeValue.informant_id == informant)).all()
        rows = connection.execute(columns).all()
    values = {attribute: value for attribute, value in found}  # noqa: C416 - rows, not pairs
    return [AttributeLine(*row, value=values.get(row[0], "")) for row in rows]
