"""Triangulation: what interviews, observation and documents each say of a code; or what groups say.

Provisions (what ought to be) are counted apart and never confirm practice; states ignore them. Nothing is
ever called valid.
"""

from __future__ import annotations

import numpy as np

from qualcoder_lite.analysis.groups import in_groups, states_of
from qualcoder_lite.analysis.matrix import (
    Choice,
    Heading,
    Matrix,
    begin,
    code_headings,
    distinct_per_cell,
    evidence_frame,
    frame,
    headings_of_codes,
    into_codes,
    sign_columns,
    tally,
)
from qualcoder_lite.analysis.rows import TECHNIQUES, group_lines, technique_heading, techniques_of
from qualcoder_lite.analysis.written import written_cells
from qualcoder_lite.coding.counted import Counted, distinct_pairs
from qualcoder_lite.coding.frames import EVIDENCE, SIGNS, Numbers
from qualcoder_lite.store.project import Project

__all__ = ["ACCOUNT", "EVENT", "PROVISION", "TECHNIQUES", "said_versus_seen", "triangulation_matrix"]
ACCOUNT, EVENT, PROVISION = range(len(EVIDENCE))


def triangulation_matrix(project: Project, choice: Choice) -> Matrix:
    """Codes by the techniques that the study has, or (`by`) by classes or values of an attribute.

    Cells: sources, codings, provisions, passages, signs. `details["said_versus_seen"]`: the codes with an
    account + beside an event −, whatever the columns are.
    """
    study, coder = begin(project, choice)
    codes = code_headings(study, choice.level or "indicator", choice)
    heads, column, coding = _columns(study, choice, coder)
    row, pair = into_codes(study, codes, coding)
    cell, number, coding = row * len(heads) + column[pair], len(codes) * len(heads), coding[pair]
    counts, codings = tally(study, cell, coding, number), study.frames.codings
    provision = codings.evidence[coding] == PROVISION
    cells = frame(
        len(codes),
        len(heads),
        sources=distinct_per_cell(cell, codings.source[coding], number),
        codings=counts.codings,
        provisions=np.bincount(cell[provision], minlength=number),
        passages=np.bincount(counts.passages.group, minlength=number),
        **sign_columns(counts.signs),
    )
    rows = headings_of_codes(study, codes)
    practice = tally(study, cell[~provision], coding[~provision], number)
    states = states_of([heading.key for heading in rows], practice.codings, practice.signs)
    mine = np.flatnonzero(study.of_coder(coder))
    of_code, place = into_codes(study, codes, mine)
    details = {"said_versus_seen": [rows[i].key for i in said_versus_seen(study, of_code, mine[place])]}
    evidence = evidence_frame(study, len(heads), cell, coding)
    written = written_cells(project, rows, heads)
    return Matrix(
        "triangulation", choice, coder, study, rows, heads, cells, evidence, written, states, details
    )


def _columns(study: Counted, choice: Choice, coder: str) -> tuple[tuple[Heading, ...], Numbers, Numbers]:
    """The columns, and the pairs (column, coding) of this coder, each once."""
    if choice.by:
        groups = group_lines(study, choice.by)
        group, coding, _informant = in_groups(study, groups, coder)
        return tuple(line.heading for line in groups), *distinct_pairs(group, coding)
    techniques = techniques_of(study)
    technique_of = np.array([techniques.index(s.technique) for s in study.frames.sources], dtype=np.int64)
    coding = np.flatnonzero(study.of_coder(coder))
    column = technique_of[study.frames.codings.source[coding]] if len(coding) else coding
    return tuple(technique_heading(name) for name in techniques), column, coding


def said_versus_seen(study: Counted, row: Numbers, coding: Numbers) -> list[int]:
    """The rows in which an account supports what an event contradicts."""
    codings = study.frames.codings
    plus, minus = SIGNS.index("+"), SIGNS.index("-")
    said = row[(codings.evidence[coding] == ACCOUNT) & (codings.sign[coding] == plus)]
    seen = row[(codings.evidence[coding] == EVENT) & (codings.sign[coding] == minus)]
    return [int(index) for index in np.intersect1d(said, seen)]
