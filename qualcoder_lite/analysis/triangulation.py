"""Triangulation by technique: what interviews, observation and documents each say of a code.

Provisions (what ought to be) are counted apart and never confirm practice; states ignore them. Nothing is
ever called valid.
"""

from __future__ import annotations

import numpy as np

from qualcoder_lite.analysis.matrix import (
    Choice,
    Heading,
    Matrix,
    begin,
    code_headings,
    distinct_per_cell,
    evidence_frame,
    frame,
    heading_of_code,
    into_codes,
    proposed_state,
    sign_columns,
    tally,
)
from qualcoder_lite.analysis.words import word
from qualcoder_lite.analysis.written import written_cells
from qualcoder_lite.coding.counted import Counted
from qualcoder_lite.coding.frames import EVIDENCE, SIGNS, Numbers
from qualcoder_lite.coding.references import reference
from qualcoder_lite.store.project import Project

TECHNIQUES = ("interview", "focus_group", "observation", "document")
ACCOUNT, EVENT, PROVISION = range(len(EVIDENCE))


def triangulation_matrix(project: Project, choice: Choice) -> Matrix:
    """Codes by the techniques that the study has. Cells: sources, codings, provisions, passages, signs.

    `details["said_versus_seen"]` lists the codes with an account + beside an event −.
    """
    study, coder = begin(project, choice)
    codes = code_headings(study, choice.level or "indicator", choice.perspective)
    techniques = techniques_of(study)
    technique_of = np.array([techniques.index(s.technique) for s in study.frames.sources], dtype=np.int64)
    coding = np.flatnonzero(study.of_coder(coder))
    row, pair = into_codes(study, codes, coding)
    coding, codings, columns = coding[pair], study.frames.codings, len(techniques)
    cell = row * columns + technique_of[codings.source[coding]] if len(coding) else row
    number = len(codes) * columns
    counts = tally(study, cell, coding, number)
    provision = codings.evidence[coding] == PROVISION
    cells = frame(
        len(codes),
        columns,
        sources=distinct_per_cell(cell, codings.source[coding], number),
        codings=counts.codings,
        provisions=np.bincount(cell[provision], minlength=number),
        passages=np.bincount(counts.passages.group, minlength=number),
        **sign_columns(counts.signs),
    )
    rows = tuple(heading_of_code(study, index) for index in codes)
    heads = tuple(Heading(t, word(t), "technique", reference("technique", t)) for t in techniques)
    practice = tally(study, cell[~provision], coding[~provision], number)
    triples = np.column_stack((practice.codings, practice.signs[:, :2])).reshape(len(codes), columns, 3)
    states = {
        heading.key: proposed_state([(int(c), int(p), int(m)) for c, p, m in row])
        for heading, row in zip(rows, triples, strict=True)
    }
    details = {"said_versus_seen": [rows[i].key for i in said_versus_seen(study, row, coding)]}
    evidence = evidence_frame(study, columns, cell, coding)
    written = written_cells(project, study, rows, heads)
    return Matrix(
        "triangulation", choice, coder, study, rows, heads, cells, evidence, written, states, details
    )


def techniques_of(study: Counted) -> list[str]:
    """The techniques of the study's sources: the four in their order, then others."""
    present = {source.technique for source in study.frames.sources}
    return [t for t in TECHNIQUES if t in present] + sorted(present - set(TECHNIQUES))


def said_versus_seen(study: Counted, row: Numbers, coding: Numbers) -> list[int]:
    """The rows in which an account supports what an event contradicts."""
    codings = study.frames.codings
    plus, minus = SIGNS.index("+"), SIGNS.index("-")
    said = row[(codings.evidence[coding] == ACCOUNT) & (codings.sign[coding] == plus)]
    seen = row[(codings.evidence[coding] == EVENT) & (codings.sign[coding] == minus)]
    return [int(index) for index in np.intersect1d(said, seen)]
