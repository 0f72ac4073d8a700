"""The searches for passages that were kept by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import SavedQuery


@dataclass(frozen=True)
class KeptQuery:
    """A kept search; `definition` is plain JSON."""

    id: bytes
    name: str
    definition: dict[str, Any]


def queries_listed(project: Project) -> list[KeptQuery]:
    """The kept searches in their order."""
    columns = select(SavedQuery.id, SavedQuery.name, SavedQuery.definition)
    with project.read() as connection:
        rows = connection.execute(columns.order_by(SavedQuery.position, SavedQuery.id)).all()
    return [KeptQuery(*row) for row in rows]
