"""What the researcher wrote in cells, and whether the evidence has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_lite.coding.counted import counted
from qualcoder_lite.coding.references import pair, seen
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Cell, CellEvidence

if TYPE_CHECKING:
    from qualcoder_lite.analysis.matrix import Heading


@dataclass(frozen=True)
class Written:
    """A written cell: its two layers apart, and `chosen` evidence as ids of codings in order."""

    id: bytes
    emic_summary: str
    etic_reading: str
    theory: str
    conclusion: str
    status: str
    reason: str
    gap_note: str
    not_applicable: bool
    stale: bool
    chosen: tuple[bytes, ...] = ()

    @property
    def has_words(self) -> bool:
        """Tell whether the researcher wrote or judged anything here."""
        words = (
            self.emic_summary,
            self.etic_reading,
            self.theory,
            self.conclusion,
            self.reason,
            self.gap_note,
        )
        return any(words) or self.status != "unjudged"


def written_cells(
    project: Project, rows: Sequence[Heading], columns: Sequence[Heading]
) -> dict[tuple[int, int], Written]:
    """The written cells of a matrix by (row, column); the same pair is the same cell in every matrix."""
    place = {
        pair(row.reference, column.reference): (i, j)
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
    }
    return {place[key]: cell for key, cell in read_cells(project, set(place)).items()}


def read_cells(
    project: Project, wanted: set[tuple[str, str]] | None = None
) -> dict[tuple[str, str], Written]:
    """The written cells by pair of references: these, or all. What they see now ignores every filter."""
    study = counted(project)
    chosen: dict[bytes, list[bytes]] = {}
    with project.read() as connection:
        picked = select(CellEvidence.cell_id, CellEvidence.coding_id).order_by(CellEvidence.position)
        for cell, coding in connection.execute(picked):
            chosen.setdefault(cell, []).append(coding)
        rows = connection.execute(select(Cell.__table__)).mappings().all()
    result = {}
    for row in rows:
        key: tuple[str, str] = (row["first"], row["second"])
        if wanted is None or key in wanted:
            fields = {name: row[name] for name in Written.__annotations__ if name in row}
            written = Written(**fields, stale=False, chosen=tuple(chosen.get(row["id"], ())))
            stale = written.has_words and sorted(row["seen"]) != seen(study, *key)
            result[key] = replace(written, stale=stale)
    return result
