"""Emic beside etic, code by code: the informants’ view as the researcher words it, then the reading."""

from __future__ import annotations

import numpy as np

from qualcoder_lite.analysis.cells.written import Written, written_cells
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.groups import codings_in_groups
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import (
    Matrix,
    cells_frame,
    code_headings,
    count_for,
    evidence_frame,
    headings_of_codes,
    roll_up,
    tally,
)
from qualcoder_lite.analysis.matrices.rows import group_lines
from qualcoder_lite.analysis.matrices.triangulation import said_versus_seen
from qualcoder_lite.coding.counting.counted import Counted, distinct_pairs
from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.coding.counting.references import STUDY
from qualcoder_lite.i18n import _
from qualcoder_lite.store.project import Project

FIELDS = ("emic_summary", "etic_reading", "theory", "conclusion", "status", "reason", "gap_note")


def emic_etic_matrix(project: Project, choice: Choice) -> Matrix:
    """Every code, emic ones too (or one level), with the cell of that code and the whole study.

    With `choice.by` instead its cells with each group of informants, which are those of the comparison of
    groups. Cells: codings, passages, of these spoken and spoken_passages by informants and the others (of
    observation and documents), and the fields of FIELDS. `details["said_versus_seen"]` as in triangulation,
    none by groups. Raises UserError where there are no such groups.
    """
    study, coder = count_for(project, choice)
    codes = list(range(len(study.frames.codes)))
    if choice.level:
        codes = code_headings(study, choice.level, choice)
    columns, cell, coding = _placed(study, coder, choice, codes)
    rows, number = headings_of_codes(study, codes), len(codes) * len(columns)
    counts, written = tally(study, cell, coding, number), written_cells(project, rows, columns)
    said = study.spoken()[coding]
    spoken = tally(study, cell[said], coding[said], number)
    worded = [written.get(divmod(at, len(columns))) for at in range(number)]
    cells = cells_frame(
        len(codes),
        len(columns),
        codings=counts.codings,
        passages=np.bincount(counts.passages.group, minlength=number),
        spoken=spoken.codings,
        spoken_passages=np.bincount(spoken.passages.group, minlength=number),
        others=counts.codings - spoken.codings,
        **{name: [_field(one, name) for one in worded] for name in FIELDS},
        stale=[one is not None and one.stale for one in worded],
    )
    seen = [] if choice.by else said_versus_seen(study, cell, coding)
    details = {"said_versus_seen": [rows[i].key for i in seen], "attribute": choice.by}
    evidence = evidence_frame(study, len(columns), cell, coding)
    return Matrix("emic-etic", choice, coder, study, rows, columns, cells, evidence, written, {}, details)


def _placed(
    study: Counted, coder: str, choice: Choice, codes: list[int]
) -> tuple[tuple[Heading, ...], Numbers, Numbers]:
    """The columns, and the pairs of a cell and a coding that stands in it."""
    if not choice.by:
        mine = np.flatnonzero(study.of_coder(coder))
        row, pair = roll_up(study, codes, mine)
        return (Heading("study", _("Whole study"), "study", STUDY),), row, mine[pair]
    groups = group_lines(study, choice.by)
    group, coding, _people = codings_in_groups(study, groups, coder)
    row, place = roll_up(study, codes, coding)
    cell, found = distinct_pairs(row * len(groups) + group[place], coding[place])
    return tuple(line.heading for line in groups), cell, found


def _field(cell: Written | None, name: str) -> str:
    return getattr(cell, name) if cell else ("unjudged" if name == "status" else "")
