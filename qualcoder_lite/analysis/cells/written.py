"""What the researcher wrote in cells, and whether the evidence has changed since."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Table, select

from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.counting.references import STUDY, evidence_changed, pair, reference_exists
from qualcoder_lite.coding.tokens import show_tokens
from qualcoder_lite.store.columns import raw
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Cell, CellEvidence, Coder


@dataclass(frozen=True, slots=True)
class Written:
    """A written cell: its two layers apart, and `chosen` evidence as ids of codings in order.

    Citation tokens stand in its texts as they are shown today.
    """

    id: bytes
    emic_summary: str
    etic_reading: str
    theory: str
    conclusion: str
    status: str
    reason: str
    gap_note: str
    not_applicable: bool
    chosen: tuple[bytes, ...] = ()
    stale: bool = False

    @property
    def synthesis(self) -> str:
        """What a cell of a whole row or column says: its reading, else its summary, else its conclusion."""
        return self.etic_reading or self.emic_summary or self.conclusion

    @property
    def needs_nothing(self) -> bool:
        """Tell whether it stands without evidence of its own: it does not apply, or is theory alone."""
        return self.not_applicable or self.status == "etic_only"

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
    """The written cells by pair of references: these, or all whose rows are there.

    What they see now ignores every filter.
    """
    study = counted(project)
    with project.read() as connection:
        chosen, rows = _chosen(connection), _rows(connection, wanted)
    citations = cache(lambda: Texts(project, study).citations)
    lives, differs, result = reference_exists(study.frames), evidence_changed(study), {}
    for first, second, saw, *fields in rows:
        if (first, second) in wanted if wanted is not None else lives(first) and lives(second):
            row, *texts, not_applicable = fields
            texts = [show_tokens(citations, text) if "@" in text else text for text in texts]
            values = (row, *texts, not_applicable, tuple(chosen.get(row, ())))
            written = Written(*values)
            stale = written.has_words and differs(first, second, saw)
            result[first, second] = replace(written, stale=True) if stale else written
    return result


_FIELDS = [name for name in Written.__annotations__ if name not in ("stale", "chosen")]
_FEW = 400  # references that one question to the database names


def _rows(connection: Connection, wanted: set[tuple[str, str]] | None) -> Sequence[Any]:
    """The cells: their pair, what they saw as it is stored (decoding takes long), and what is written."""
    table = cast(Table, Cell.__table__)
    columns = [table.c[name] for name in _FIELDS]
    asked = select(table.c.first, table.c.second, raw(table.c.seen), *columns)
    sides = {ref for key in wanted or () for ref in key}
    if sides and len(sides) <= _FEW:
        asked = asked.where(table.c.first.in_(sides), table.c.second.in_(sides))
    return connection.execute(asked).all()


def _chosen(connection: Connection) -> dict[bytes, list[bytes]]:
    """The codings chosen as evidence by cell, in order."""
    chosen: dict[bytes, list[bytes]] = {}
    picked = select(CellEvidence.cell_id, CellEvidence.coding_id).order_by(CellEvidence.position)
    for cell, coding in connection.execute(picked):
        chosen.setdefault(cell, []).append(coding)
    return chosen


def syntheses(project: Project, headings: Sequence[Heading]) -> dict[str, Written]:
    """What is written for rows, columns or groups and the whole study, by their reference."""
    wanted = {pair(heading.reference, STUDY): heading.reference for heading in headings}
    return {wanted[key]: cell for key, cell in read_cells(project, set(wanted)).items()}


def notes_with(project: Project, rows: Sequence[Heading], reference: str) -> dict[str, Written]:
    """What is written of each row and what it is compared by, by the key of the row."""
    place = {pair(heading.reference, reference): heading.key for heading in rows}
    return {place[key]: cell for key, cell in read_cells(project, set(place)).items()}


def last_written(project: Project, cell: bytes) -> tuple[str, datetime.date] | None:
    """Who changed a cell last, and when."""
    statement = select(Cell.modified_at, Coder.name).outerjoin(Coder, Coder.id == Cell.modified_by)
    with project.read() as connection:
        found = connection.execute(statement.where(Cell.id == cell)).first()
    if found is None or not found[0]:
        return None
    return str(found[1] or ""), datetime.datetime.fromtimestamp(found[0] / 1000).date()
