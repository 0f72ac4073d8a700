"""From emic categories to etic concepts: the informants' own words, and under what they are read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy import select

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import (
    count_for,
    distinct_per_cell,
    headings_of_codes,
    roll_up,
    tally,
)
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.frames import SIGNS
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import CodeLink


@dataclass(frozen=True)
class Concept:
    """An etic code to which an emic one is linked, with the note on the link."""

    link: bytes
    heading: Heading
    note: str


@dataclass(frozen=True)
class EmicLine:
    """An emic code with what is counted of it and of codes below it, and the concepts it is linked to.

    Its passages are those of `cell_panel.cell_passages` for the code and the whole study.
    """

    heading: Heading
    concepts: tuple[Concept, ...]
    codings: int
    passages: int
    informants: int
    sources: int
    signs: dict[str, int]


def emic_to_etic(project: Project, choice: Choice) -> list[EmicLine]:
    """The emic codes in the order of the codebook; those that are not linked yet have no concepts."""
    study, coder = count_for(project, choice)
    codes = [i for i, code in enumerate(study.frames.codes) if code.perspective == "emic"]
    row, pair = roll_up(study, codes, mine := np.flatnonzero(study.of_coder(coder)))
    counts = tally(study, row, mine[pair], len(codes))
    people = np.flatnonzero(study.of_coder(coder)[study.coding])
    person_row, at = roll_up(study, codes, study.coding[people])
    columns = (
        counts.codings.tolist(),
        np.bincount(counts.passages.group, minlength=len(codes)).tolist(),
        distinct_per_cell(person_row, study.informant[people][at], len(codes)).tolist(),
        distinct_per_cell(row, study.frames.codings.source[mine[pair]], len(codes)).tolist(),
        [dict(zip(SIGNS, signs, strict=True)) for signs in counts.signs.tolist()],
    )
    linked, headings = _concepts(project, study), headings_of_codes(study, codes)
    return [
        EmicLine(heading, tuple(linked.get(code, ())), *counted)
        for heading, code, *counted in zip(headings, codes, *columns, strict=True)
    ]


def _concepts(project: Project, study: Counted) -> dict[int, list[Concept]]:
    """The concepts of each emic code (number), in the order in which they were linked."""
    numbers = {code.id: number for number, code in enumerate(study.frames.codes)}
    found: dict[int, list[Concept]] = {}
    with project.read() as connection:
        wanted = select(CodeLink.id, CodeLink.emic_id, CodeLink.etic_id, CodeLink.note)
        rows = connection.execute(wanted.order_by(CodeLink.id)).all()
    for link, emic, etic, note in rows:
        (heading,) = headings_of_codes(study, [numbers[etic]])
        found.setdefault(numbers[emic], []).append(Concept(link, heading, note))
    return found
