"""Comparison of groups of informants by an attribute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qualcoder_lite.analysis.cells.written import Written, notes_with, written_cells
from qualcoder_lite.analysis.matrices.blanks import blank_of_people, linked_questions
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.filtering import people_in
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import (
    Matrix,
    cells_frame,
    code_headings,
    count_for,
    distinct_per_cell,
    evidence_frame,
    headings_of_codes,
    proposed_state,
    roll_up,
    sign_columns,
    tally,
)
from qualcoder_lite.analysis.matrices.rows import (
    Line,
    default_grouping,
    expand_lines,
    group_lines,
    members_of_sets,
)
from qualcoder_lite.coding.counting.counted import Counted, distinct_pairs
from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.coding.counting.references import reference
from qualcoder_lite.store.project import Project


def groups_matrix(project: Project, choice: Choice) -> Matrix:
    """Codes by the values of an attribute, or by class.

    Cells: informants (m), n, codings, passages, signs, mark (the blank of a cell without codings). `details`:
    attribute, sizes, note and notes (see `notes_by`).

    A coding counts once for a group, whichever of its informants it counts for.
    Where no attribute is named it is the one called a group, else the first with two to six values.
    Raises UserError where the attribute is unknown, or none fits.
    """
    study, coder = count_for(project, choice)
    by = choice.by or default_grouping(study)
    matrix = side_by_side(project, study, coder, choice, expand_lines(study, group_lines(study, by), choice))
    return replace(matrix, details={**matrix.details, **notes_by(project, study, matrix.rows, by)})


def notes_by(project: Project, study: Counted, rows: Sequence[Heading], by: str) -> dict[str, object]:
    """Notes on a comparison by an attribute or class: `note`, their reference; `notes` by key of row."""
    attribute = next((row for row, name in study.frames.attributes if name == by), None)
    note = reference("attribute", attribute) if attribute is not None else reference("class")
    return {"note": note, "notes": notes_with(project, rows, note)}


def side_by_side(
    project: Project, study: Counted, coder: str, choice: Choice, groups: Sequence[Line]
) -> Matrix:
    """Codes by some sets of informants, with the states that the counts propose."""
    import pandas as pd

    codes = code_headings(study, choice.level or "top", choice)
    group, coding, informant = codings_in_groups(study, groups, coder)
    row, place = roll_up(study, codes, coding)
    cell, number = row * len(groups) + group[place], len(codes) * len(groups)
    once = distinct_pairs(cell, coding[place])
    counts = tally(study, *once, number)
    people = people_in(study, choice.filters)
    sizes = [int(people[list(line.people)].sum()) for line in groups]
    cells = cells_frame(
        len(codes),
        len(groups),
        informants=distinct_per_cell(cell, informant[place], number),
        n=np.tile(np.array(sizes, dtype=np.int64), len(codes)),
        codings=counts.codings,
        passages=np.bincount(counts.passages.group, minlength=number),
        **sign_columns(counts.signs),
    )
    rows, columns = headings_of_codes(study, codes), tuple(line.heading for line in groups)
    evidence = evidence_frame(study, len(groups), *once)
    written = written_cells(project, rows, columns)
    cells["mark"] = pd.Series(_blanks(study, codes, groups, counts.codings, written), dtype=object)
    states = states_of(rows, columns, counts.codings, counts.signs)
    details = {"attribute": columns[0].group if columns else "", "sizes": sizes}
    return Matrix("groups", choice, coder, study, rows, columns, cells, evidence, written, states, details)


def _blanks(
    study: Counted,
    codes: list[int],
    groups: Sequence[Line],
    codings: Numbers,
    written: dict[tuple[int, int], Written],
) -> list[str | None]:
    """Which blank each cell is, row by row; None where there are codings."""
    marks: list[str | None] = [None] * len(codings)
    for place in np.flatnonzero(codings == 0).tolist():
        row, column = divmod(place, len(groups))
        cell = written.get((row, column))
        if cell is not None and cell.not_applicable:
            marks[place] = "not_applicable"
        else:
            code = codes[row]
            emic, questions = study.frames.codes[code].perspective == "emic", linked_questions(study, code)
            marks[place] = blank_of_people(study, groups[column].people, questions, emic)
    return marks


def codings_in_groups(study: Counted, groups: Sequence[Line], coder: str) -> tuple[Numbers, Numbers, Numbers]:
    """The (group, coding, informant) of this coder's codings."""
    pair = np.flatnonzero(study.of_coder(coder)[study.coding])
    people = [line.people for line in groups]
    group, at = members_of_sets(people, study.informant[pair])
    return group, study.coding[pair][at], study.informant[pair][at]


def states_of(
    rows: Sequence[Heading], columns: Sequence[Heading], codings: Numbers, signs: Numbers
) -> dict[str, str]:
    """The state that counts propose for each row: from codings and signs ([cell, sign]) of its cells.

    What stands below an opened column is in that column already.
    """
    if not (rows and columns):
        return {heading.key: proposed_state(()) for heading in rows}
    triples = np.column_stack((codings, signs[:, :2])).reshape(len(rows), len(columns), 3)
    whole = triples[:, [heading.depth == 0 for heading in columns]].tolist()
    cells = [[(number, plus, minus) for number, plus, minus in row] for row in whole]
    return {heading.key: proposed_state(row) for heading, row in zip(rows, cells, strict=True)}
