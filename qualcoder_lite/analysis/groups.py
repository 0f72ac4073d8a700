"""Comparison of groups of informants by an attribute."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualcoder_lite.analysis.filtering import people_in
from qualcoder_lite.analysis.matrix import (
    Choice,
    Matrix,
    begin,
    code_headings,
    distinct_per_cell,
    evidence_frame,
    frame,
    headings_of_codes,
    into_codes,
    proposed_state,
    sign_columns,
    tally,
)
from qualcoder_lite.analysis.rows import Line, group_lines, grouping
from qualcoder_lite.analysis.written import written_cells
from qualcoder_lite.coding.counted import Counted, distinct_pairs
from qualcoder_lite.coding.frames import Numbers
from qualcoder_lite.store.project import Project


def groups_matrix(project: Project, choice: Choice) -> Matrix:
    """Codes by the values of an attribute, or by class. Cells: informants (m), n, codings, passages, signs.

    A coding counts once for a group, whichever of its informants it counts for.
    Where no attribute is named it is the one called a group, else the first with two to six values.
    Raises UserError where the attribute is unknown, or none fits.
    """
    study, coder = begin(project, choice)
    groups = group_lines(study, choice.by or grouping(study))
    codes = code_headings(study, choice.level or "top", choice)
    group, coding, informant = in_groups(study, groups, coder)
    row, place = into_codes(study, codes, coding)
    cell, number = row * len(groups) + group[place], len(codes) * len(groups)
    once = distinct_pairs(cell, coding[place])
    counts = tally(study, *once, number)
    people = people_in(study, choice.filters)
    sizes = [int(people[list(line.people)].sum()) for line in groups]
    cells = frame(
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
    states = states_of([heading.key for heading in rows], counts.codings, counts.signs)
    details = {"attribute": columns[0].group if columns else "", "sizes": sizes}
    return Matrix("groups", choice, coder, study, rows, columns, cells, evidence, written, states, details)


def in_groups(study: Counted, groups: Sequence[Line], coder: str) -> tuple[Numbers, Numbers, Numbers]:
    """The (group, coding, informant) of this coder's codings; nobody is in two groups."""
    group_of = np.full(len(study.frames.informants), -1, dtype=np.int64)
    for number, line in enumerate(groups):
        group_of[list(line.people)] = number
    pair = np.flatnonzero(study.of_coder(coder)[study.coding] & (group_of[study.informant] >= 0))
    return group_of[study.informant[pair]], study.coding[pair], study.informant[pair]


def states_of(keys: Sequence[str], codings: Numbers, signs: Numbers) -> dict[str, str]:
    """The state that counts propose for each row of cells: by codings, and signs as [cell, sign]."""
    if not keys:
        return {}
    triples = np.column_stack((codings, signs[:, :2])).reshape(len(keys), -1, 3).tolist()
    rows = [[(codings, plus, minus) for codings, plus, minus in row] for row in triples]
    return {key: proposed_state(row) for key, row in zip(keys, rows, strict=True)}
