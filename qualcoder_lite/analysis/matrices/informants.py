"""Informant × dimension and factor: who said what, and what each kind of blank means."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualcoder_lite.analysis.cells.written import Written, written_cells
from qualcoder_lite.analysis.matrices.blanks import blank, linked_questions
from qualcoder_lite.analysis.matrices.choice import Choice
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
    tally,
)
from qualcoder_lite.analysis.matrices.rows import Line, codings_in_lines, lines_of
from qualcoder_lite.coding.counting.counted import Counted, distinct_pairs
from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.store.project import Project


def informants_matrix(project: Project, choice: Choice) -> Matrix:
    """Informants, then one row per source that is no interview or focus group, by codes; or other rows.

    Cells: codings, passages, sources, signs, `mark` (None where there are codings), `stale`. `details`:
    mentioned (informants, by column), indicators (by row; emic codes where these are the columns).
    """
    study, coder = count_for(project, choice)
    codes = code_headings(study, choice.level or "top", choice)
    lines = lines_of(study, choice)
    rows, columns = tuple(line.heading for line in lines), headings_of_codes(study, codes)
    row, coding = codings_in_lines(study, lines, coder)
    column, pair = roll_up(study, codes, coding)
    cell, number = row[pair] * len(codes) + column, len(rows) * len(codes)
    counts = tally(study, cell, coding[pair], number)
    written = written_cells(project, rows, columns)
    marks = blanks(study, codes, lines, counts.codings, written)
    cells = cells_frame(
        len(rows),
        len(codes),
        codings=counts.codings,
        passages=np.bincount(counts.passages.group, minlength=number),
        sources=distinct_per_cell(cell, study.frames.codings.source[coding[pair]], number),
        **sign_columns(counts.signs),
        mark=np.array(marks, object),
        stale=[(w := written.get(divmod(i, len(codes)))) is not None and w.stale for i in range(number)],
    )
    details = {
        "mentioned": _mentioned(study, codes, coder),
        "indicators": _touched(study, len(rows), row, coding, choice.perspective),
    }
    evidence = evidence_frame(study, len(codes), cell, coding[pair])
    return Matrix("informants", choice, coder, study, rows, columns, cells, evidence, written, {}, details)


def blanks(
    study: Counted,
    codes: list[int],
    lines: Sequence[Line],
    codings: Numbers,
    written: dict[tuple[int, int], Written],
) -> list[str | None]:
    """Which of the four blanks each cell is, row by row; None where there are codings."""
    linked = [linked_questions(study, code) for code in codes]
    result: list[str | None] = [None] * len(codings)
    for place in np.flatnonzero(codings == 0).tolist():
        row, column = divmod(place, len(codes))
        cell = written.get((row, column))
        if cell is not None and cell.not_applicable:
            result[place] = "not_applicable"
        else:
            emic = study.frames.codes[codes[column]].perspective == "emic"
            result[place] = blank(study, lines[row].sources, linked[column], emic)
    return result


def _mentioned(study: Counted, codes: list[int], coder: str) -> list[int]:
    """How many informants have codings in each column."""
    pair = np.flatnonzero(study.of_coder(coder)[study.coding])
    column, at = roll_up(study, codes, study.coding[pair])
    once, _people = distinct_pairs(column, study.informant[pair][at])
    return [int(n) for n in np.bincount(once, minlength=len(codes))]


def _touched(study: Counted, rows: int, row: Numbers, coding: Numbers, perspective: str) -> list[int]:
    """How many indicators, or emic codes, each row touches."""
    emic, codes = perspective == "emic", study.frames.codes
    wanted = [c.perspective == "emic" if emic else c.kind == "indicator" for c in codes]
    kinds = np.array(wanted, dtype=np.bool_)
    code = study.frames.codings.code[coding]
    of_indicator = kinds[code] if len(code) else np.zeros(0, dtype=np.bool_)
    return [int(n) for n in distinct_per_cell(row[of_indicator], code[of_indicator], rows)]
