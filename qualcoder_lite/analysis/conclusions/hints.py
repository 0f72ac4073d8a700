"""What a check before the defence finds, and what the checks read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from sqlalchemy import select

from qualcoder_lite.analysis.cells.written import Written, read_cells
from qualcoder_lite.analysis.conclusions.claims import ClaimRow, read_claims
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.coding.counting.counted import Counted, chosen_coder, counted
from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.coding.tokens import codings_cited
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Cell


@dataclass(frozen=True)
class Hint:
    """Something that an examiner might ask about: `kind` is of `defence.CHECKS`, `what` says it in words.

    Where to jump: `place` is passage (source, start, end: code points, end exclusive; `id` of the coding, if
    it is one), cell (first, second), claim, code, informant or check, each with `id`.
    """

    kind: str
    what: str
    place: str
    id: bytes = b""
    source: bytes = b""
    start: int = 0
    end: int = 0
    first: str = ""
    second: str = ""


@dataclass(frozen=True, eq=False)
class Reading:
    """A study as the checks read it, each part once: codings are those of one coder that count."""

    project: Project
    coder: str
    study: Counted
    texts: Texts
    cells: dict[tuple[str, str], Written]
    claims: list[ClaimRow]
    words: dict[int, list[str]] = field(default_factory=dict)  # of quotes, by coding

    @cached_property
    def mine(self) -> Numbers:
        """The codings of the coder that count."""
        return np.flatnonzero(self.study.of_coder(self.coder))

    def quote(self, coding: int) -> str:
        """The words of a coding."""
        of = self.study.frames.codings
        return self.texts.quote(int(of.source[coding]), int(of.start[coding]), int(of.end[coding]))

    @cached_property
    def used(self) -> set[int]:
        """The codings that carry something: chosen in a cell, evidence of a claim, cited by a token."""
        numbers = {row: number for number, row in enumerate(self.study.frames.codings.id)}
        chosen = [row for cell in self.cells.values() for row in cell.chosen]
        placed = {
            number for claim in self.claims for number in (*claim.evidence_for, *claim.evidence_against)
        }
        cited = self._cited()
        return placed | {numbers[row] for row in (*chosen, *cited) if row in numbers}

    def _cited(self) -> list[bytes]:
        texts = (
            Cell.emic_summary,
            Cell.etic_reading,
            Cell.theory,
            Cell.conclusion,
            Cell.reason,
            Cell.gap_note,
        )
        with self.project.read() as connection:
            rows = connection.execute(select(*texts)).all()
        return [row for written in rows for text in written for row in codings_cited(text)]


def read_for_checks(project: Project, coder: str = "") -> Reading:
    """Read what the checks need. Raises UserError by `chosen_coder`."""
    study = counted(project)
    name = chosen_coder(study.frames, coder)
    return Reading(
        project, name, study, Texts(project, study), read_cells(project), read_claims(project, study)
    )


def at_coding(reading: Reading, kind: str, coding: int, what: str) -> Hint:
    """A hint that leads to a coding."""
    of = reading.study.frames.codings
    source = reading.study.frames.sources[of.source[coding]].id
    place = {"source": source, "start": int(of.start[coding]), "end": int(of.end[coding])}
    return Hint(kind, what, "passage", of.id[coding], **place)


def at_cell(kind: str, key: tuple[str, str], cell: Written, what: str) -> Hint:
    """A hint that leads to a cell."""
    return Hint(kind, what, "cell", cell.id, first=key[0], second=key[1])


def collapse_spaces(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


def shorten(text: str, length: int = 300) -> str:
    """The first whole words of a text on one line, where the whole may be pages."""
    plain = collapse_spaces(text)
    return plain if len(plain) <= length else plain[:length].rpartition(" ")[0] + " …"
