"""The outline of the chapter of findings: dimensions with their factors, then factors, then the rest.

It only brings together what the researcher wrote and claimed: a section stands where there is a claim or a
written cell, and says nothing of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualcoder_lite.analysis.cells.written import Written, read_cells
from qualcoder_lite.analysis.conclusions.chapter import ClaimTable, ClaimView, claim_table, view_of_claim
from qualcoder_lite.analysis.conclusions.claims import ClaimRow, read_claims
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import count_for
from qualcoder_lite.coding.counting.references import STUDY, pair
from qualcoder_lite.store.project import Project


@dataclass(frozen=True)
class Section:
    """A section: `level` from 1, the code that it is about and, in level 2, the factor beside it.

    `heading` is None for what belongs to no dimension and no factor. `written` is the cell of the code and
    the whole study, or of both codes. A claim is told in full where it first stands; `again` are the numbers
    of those that stood before.
    """

    level: int
    heading: Heading | None
    beside: Heading | None
    written: Written | None
    claims: tuple[ClaimView, ...]
    again: tuple[str, ...]


def findings_outline(project: Project, choice: Choice) -> list[Section]:
    """The sections in their order, those of level 2 after the dimension to which they belong."""
    study, coder = count_for(project, choice)
    table, cells = claim_table(study, read_claims(project, study)), read_cells(project)
    told = set[str]()

    def section(
        level: int, heading: Heading | None, beside: Heading | None, found: tuple[ClaimRow, ...]
    ) -> Section:
        sides = (heading.reference, beside.reference if beside else STUDY) if heading else (STUDY, STUDY)
        fresh = [claim for claim in found if claim.number not in told]
        again = tuple(claim.number for claim in found if claim.number in told)
        told.update(claim.number for claim in fresh)
        written = cells.get(pair(*sides))
        views = tuple(view_of_claim(project, study, coder, claim) for claim in fresh)
        return Section(level, heading, beside, written, views, again)

    sections = [section(*place) for place in _places(table)]
    return _with_something(sections)


def _places(table: ClaimTable) -> Iterator[tuple[int, Heading | None, Heading | None, tuple[ClaimRow, ...]]]:
    """Where sections may stand: level, code, factor beside it, claims."""
    last_row, last_column = len(table.rows) - 1, len(table.columns) - 1
    for row, heading in enumerate(table.rows[:-1]):
        yield 1, heading, None, table.cells.get((row, last_column), ())
        for column, beside in enumerate(table.columns[:-1]):
            yield 2, heading, beside, table.cells.get((row, column), ())
    for column, heading in enumerate(table.columns[:-1]):
        yield 1, heading, None, table.cells.get((last_row, column), ())
    yield 1, None, None, table.elsewhere


def _with_something(sections: list[Section]) -> list[Section]:
    """The sections that say something; a dimension stands where one below it does."""

    def says(section: Section) -> bool:
        return bool(section.claims or section.again or (section.written and section.written.has_words))

    needed = {section.heading.reference for section in sections if section.heading and says(section)}
    return [
        section
        for section in sections
        if says(section) or (section.level == 1 and section.heading and section.heading.reference in needed)
    ]
