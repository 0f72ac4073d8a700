"""Triangulation: what interviews, observation and documents each say of a code; or what groups say.

Provisions (what ought to be) are counted apart and never confirm practice; states ignore them. Nothing is
ever called valid.
"""

from __future__ import annotations

import numpy as np

from qualcoder_lite.analysis.cells.written import notes_with, written_cells
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.groups import notes_by, states_of
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import (
    Matrix,
    cells_frame,
    code_headings,
    count_for,
    distinct_per_cell,
    evidence_frame,
    headings_of_codes,
    roll_up,
    sign_columns,
    signs_in,
    tally,
)
from qualcoder_lite.analysis.matrices.rows import (
    TECHNIQUES,
    codings_in_lines,
    expand_lines,
    group_lines,
    technique_lines,
)
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.frames import EVIDENCE, SIGNS, Numbers
from qualcoder_lite.coding.counting.references import reference
from qualcoder_lite.store.project import Project

__all__ = [
    "ACCOUNT",
    "EVENT",
    "PROVISION",
    "TECHNIQUES",
    "said_and_seen",
    "said_versus_seen",
    "triangulation_matrix",
]
ACCOUNT, EVENT, PROVISION = range(len(EVIDENCE))


def triangulation_matrix(project: Project, choice: Choice) -> Matrix:
    """Codes by the techniques that the study has, or (`by`) by classes or values of an attribute.

    Cells: sources, codings, provisions, passages, signs. `details`: said_versus_seen (the codes with an
    account + beside an event −, whatever the columns are) and sides (by code, the codings of both, see
    `cell_panel.passages_of`).
    """
    study, coder = count_for(project, choice)
    codes = code_headings(study, choice.level or "indicator", choice)
    heads, column, coding = _columns(study, choice, coder)
    row, pair = roll_up(study, codes, coding)
    cell, number, coding = row * len(heads) + column[pair], len(codes) * len(heads), coding[pair]
    counts, codings = tally(study, cell, coding, number), study.frames.codings
    provision = codings.evidence[coding] == PROVISION
    cells = cells_frame(
        len(codes),
        len(heads),
        sources=distinct_per_cell(cell, codings.source[coding], number),
        codings=counts.codings,
        provisions=np.bincount(cell[provision], minlength=number),
        passages=np.bincount(counts.passages.group, minlength=number),
        **sign_columns(counts.signs),
    )
    rows = headings_of_codes(study, codes)
    practice = signs_in(study, cell[~provision], coding[~provision], number)
    states = states_of(rows, heads, practice.sum(axis=1), practice)
    mine = np.flatnonzero(study.of_coder(coder))
    of_code, place = roll_up(study, codes, mine)
    sides = said_and_seen(study, of_code, mine[place])
    note = reference("technique")
    by_technique = {"note": note, "notes": notes_with(project, rows, note)}
    details: dict[str, object] = {
        **(notes_by(project, study, rows, choice.by) if choice.by else by_technique),
        "said_versus_seen": [rows[i].key for i, _said, _seen in sides],
        "sides": {rows[i].key: (said, seen) for i, said, seen in sides},
    }
    evidence = evidence_frame(study, len(heads), cell, coding)
    written = written_cells(project, rows, heads)
    return Matrix(
        "triangulation", choice, coder, study, rows, heads, cells, evidence, written, states, details
    )


def proposed_words(matrix: Matrix, row: int) -> str:
    """The state proposed for a row, in words; a technique that speaks alone is told as that."""
    state = matrix.states.get(matrix.rows[row].key, "")
    if state == "silent" and matrix.kind == "triangulation" and not matrix.choice.by:
        mine = matrix.cells[matrix.cells["row"] == row]
        if int((mine["codings"] > mine["provisions"]).sum()) == 1:
            return word("one_technique")
    return word(state) if state else ""


def _columns(study: Counted, choice: Choice, coder: str) -> tuple[tuple[Heading, ...], Numbers, Numbers]:
    """The columns, and the pairs (column, coding) of this coder, each once."""
    lines = expand_lines(
        study, group_lines(study, choice.by) if choice.by else technique_lines(study), choice
    )
    return tuple(line.heading for line in lines), *codings_in_lines(study, lines, coder)


def said_versus_seen(study: Counted, row: Numbers, coding: Numbers) -> list[int]:
    """The rows in which an account supports what an event contradicts."""
    return [row for row, _said, _seen in said_and_seen(study, row, coding)]


def said_and_seen(study: Counted, row: Numbers, coding: Numbers) -> list[tuple[int, Numbers, Numbers]]:
    """The same with both sides: (row, codings that say +, codings that saw −), from pairs (row, coding)."""
    codings = study.frames.codings
    plus, minus = SIGNS.index("+"), SIGNS.index("-")
    said = (codings.evidence[coding] == ACCOUNT) & (codings.sign[coding] == plus)
    seen = (codings.evidence[coding] == EVENT) & (codings.sign[coding] == minus)
    both = np.intersect1d(row[said], row[seen]).tolist()
    return [(at, coding[said & (row == at)], coding[seen & (row == at)]) for at in both]
