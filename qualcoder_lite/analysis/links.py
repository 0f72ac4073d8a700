"""The links that the researcher drew between passages: they alone carry a direction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from qualcoder_lite.coding.counted import Counted
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import CodingLink


@dataclass(frozen=True)
class LinkRow:
    """A link from one coding to another, as numbers into the frames; `kind` such as because or hinders."""

    one: int
    other: int
    kind: str
    note: str


def read_links(project: Project, study: Counted) -> list[LinkRow]:
    """All links in the order in which they were drawn."""
    numbers = {row: number for number, row in enumerate(study.frames.codings.id)}
    wanted = select(CodingLink.from_id, CodingLink.to_id, CodingLink.kind, CodingLink.note)
    with project.read() as connection:
        rows = connection.execute(wanted.order_by(CodingLink.id)).all()
    return [LinkRow(numbers[one], numbers[other], kind, note) for one, other, kind, note in rows]
