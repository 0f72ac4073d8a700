"""Emic beside etic, code by code: the informants’ view as the researcher words it, then the reading."""

from __future__ import annotations

import numpy as np

from qualcoder_lite.analysis.matrix import (
    Choice,
    Heading,
    Matrix,
    begin,
    code_headings,
    evidence_frame,
    frame,
    headings_of_codes,
    into_codes,
    tally,
)
from qualcoder_lite.analysis.triangulation import said_versus_seen
from qualcoder_lite.analysis.written import Written, written_cells
from qualcoder_lite.coding.references import STUDY
from qualcoder_lite.i18n import _
from qualcoder_lite.store.project import Project

FIELDS = ("emic_summary", "etic_reading", "theory", "conclusion", "status", "reason", "gap_note")


def emic_etic_matrix(project: Project, choice: Choice) -> Matrix:
    """Every code, emic ones too (or one level), with the cell of that code and the whole study.

    Cells: codings, passages, and the fields of FIELDS. `details["said_versus_seen"]` as in triangulation.
    """
    study, coder = begin(project, choice)
    codes = list(range(len(study.frames.codes)))
    if choice.level:
        codes = code_headings(study, choice.level, choice)
    coding = np.flatnonzero(study.of_coder(coder))
    row, pair = into_codes(study, codes, coding)
    counts = tally(study, row, coding[pair], len(codes))
    rows = headings_of_codes(study, codes)
    columns = (Heading("study", _("Whole study"), "study", STUDY),)
    written = written_cells(project, rows, columns)
    cells = frame(
        len(codes),
        1,
        codings=counts.codings,
        passages=np.bincount(counts.passages.group, minlength=len(codes)),
        **{name: [_field(written.get((i, 0)), name) for i in range(len(codes))] for name in FIELDS},
        stale=[(i, 0) in written and written[i, 0].stale for i in range(len(codes))],
    )
    details = {"said_versus_seen": [rows[i].key for i in said_versus_seen(study, row, coding[pair])]}
    evidence = evidence_frame(study, 1, row, coding[pair])
    return Matrix("emic-etic", choice, coder, study, rows, columns, cells, evidence, written, {}, details)


def _field(cell: Written | None, name: str) -> str:
    return getattr(cell, name) if cell else ("unjudged" if name == "status" else "")
