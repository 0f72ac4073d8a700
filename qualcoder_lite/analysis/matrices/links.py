"""The links that the researcher drew between passages: they alone carry a direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select

from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import CodingLink


@dataclass(frozen=True)
class LinkRow:
    """A link from one coding to another, as numbers into the frames; `kind` such as because or hinders."""

    one: int
    other: int
    kind: str
    note: str
    id: bytes


def read_links(project: Project, study: Counted) -> list[LinkRow]:
    """All links in the order in which they were drawn."""
    numbers = {row: number for number, row in enumerate(study.frames.codings.id)}
    wanted = select(CodingLink.from_id, CodingLink.to_id, CodingLink.kind, CodingLink.note, CodingLink.id)
    with project.read() as connection:
        rows = connection.execute(wanted.order_by(CodingLink.id)).all()
    return [LinkRow(numbers[one], numbers[other], kind, note, row) for one, other, kind, note, row in rows]


def links_between(
    study: Counted, links: Sequence[LinkRow], rows: Sequence[int], columns: Sequence[int]
) -> dict[tuple[int, int], list[LinkRow]]:
    """The links between a coding under the code of a row and one under that of a column, in either direction.

    By (row, column), only where there are some. Both codings must count; they may be of any coder.
    """
    code, below = study.frames.codings.code, study.below
    found: dict[tuple[int, int], list[LinkRow]] = {}
    for link in links:
        first, second = code[link.one], code[link.other]
        if study.counts[link.one] and study.counts[link.other]:
            along = np.outer(below[rows, first], below[columns, second])
            back = np.outer(below[rows, second], below[columns, first])
            for row, column in zip(*np.nonzero(along | back), strict=True):
                found.setdefault((int(row), int(column)), []).append(link)
    return found
