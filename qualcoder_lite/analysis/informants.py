"""Informant × dimension and factor: who said what, and what each kind of blank means."""

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
    sign_columns,
    tally,
)
from qualcoder_lite.analysis.written import Written, written_cells
from qualcoder_lite.coding.counted import Counted
from qualcoder_lite.coding.frames import Numbers
from qualcoder_lite.coding.references import reference
from qualcoder_lite.store.project import Project

MARKS = {"uncoded": "·", "silent": "—", "not_asked": "t.d.", "not_applicable": "t.r."}


def informants_matrix(project: Project, choice: Choice) -> Matrix:
    """Informants, then one row per source that is no interview or focus group, by codes.

    Cells: codings, passages, sources, signs, `mark` (None where there are codings), `stale`.
    """
    study, coder = begin(project, choice)
    codes = code_headings(study, choice.level or "top", choice.perspective)
    rows, columns = row_headings(study), tuple(heading_of_code(study, index) for index in codes)
    row, coding = _into_rows(study, coder)
    column, pair = into_codes(study, codes, coding)
    cell, number = row[pair] * len(codes) + column, len(rows) * len(codes)
    counts = tally(study, cell, coding[pair], number)
    written = written_cells(project, study, rows, columns)
    sources = distinct_per_cell(cell, study.frames.codings.source[coding[pair]], number)
    cells = frame(
        len(rows),
        len(codes),
        codings=counts.codings,
        passages=np.bincount(counts.passages.group, minlength=number),
        sources=sources,
        **sign_columns(counts.signs),
        mark=np.array(blanks(study, codes, counts.codings.reshape(len(rows), len(codes)), written), object),
        stale=[(w := written.get(divmod(i, len(codes)))) is not None and w.stale for i in range(number)],
    )
    details = {
        "mentioned": _mentioned(study, counts.codings, len(codes)),
        "indicators": _indicators(study, rows, row, coding),
    }
    evidence = evidence_frame(study, len(codes), cell, coding[pair])
    return Matrix("informants", choice, coder, study, rows, columns, cells, evidence, written, {}, details)


def row_headings(study: Counted) -> tuple[Heading, ...]:
    """Informants in their order, then the sources that are no interview or focus group."""
    frames = study.frames
    people = [
        Heading(
            person.alias,
            person.attributes.get("jabatan", person.alias),
            "informant",
            reference("informant", person.id),
            person.class_,
        )
        for person in frames.informants
    ]
    texts = [
        Heading(
            source.key, source.title or source.key, "source", reference("source", source.id), source.technique
        )
        for source in frames.sources
        if not source.is_spoken
    ]
    return tuple(people + texts)


def _into_rows(study: Counted, coder: str) -> tuple[Numbers, Numbers]:
    """The pairs (row, coding) of this coder."""
    mine, frames = study.of_coder(coder), study.frames
    of_person = mine[study.coding]
    texts = [index for index, source in enumerate(frames.sources) if not source.is_spoken]
    place = np.full(len(frames.sources), -1, dtype=np.int64)
    place[texts] = len(frames.informants) + np.arange(len(texts))
    in_text = np.flatnonzero(mine & (place[frames.codings.source] >= 0))
    rows = np.concatenate((study.informant[of_person], place[frames.codings.source[in_text]]))
    return rows, np.concatenate((study.coding[of_person], in_text))


def blanks(
    study: Counted, codes: list[int], codings: Numbers, written: dict[tuple[int, int], Written]
) -> list[str | None]:
    """Which of the four blanks each cell is, row by row; None where there are codings."""
    texts = [{index} for index, source in enumerate(study.frames.sources) if not source.is_spoken]
    sources_of_rows = [*study.speaks, *texts]
    linked = [_linked_questions(study, code) for code in codes]
    result: list[str | None] = []
    for i, sources in enumerate(sources_of_rows):
        for j, questions in enumerate(linked):
            cell = written.get((i, j))
            if codings[i, j]:
                result.append(None)
            elif cell is not None and cell.not_applicable:
                result.append("not_applicable")
            else:
                result.append(blank(study, sources, questions))
    return result


def blank(study: Counted, sources: set[int], questions: set[int]) -> str:
    """What it means that these sources have nothing on a code that these questions ask about."""
    rows, guide = study.frames.sources, study.frames.guide
    if not sources or any(rows[source].status != "done" for source in sources):
        return "uncoded"
    spoken = [source for source in sources if rows[source].is_spoken]
    if not guide.codes or len(spoken) < len(sources):
        return "silent"
    asked = any(source not in guide.not_asked[question] for question in questions for source in spoken)
    return "silent" if asked else "not_asked"


def _linked_questions(study: Counted, code: int) -> set[int]:
    """The questions linked to a code or to one below it."""
    below = {int(index) for index in np.flatnonzero(study.below[code])}
    return {question for question, codes in enumerate(study.frames.guide.codes) if codes & below}


def _mentioned(study: Counted, codings: Numbers, columns: int) -> list[int]:
    """How many informants have codings in each column."""
    people = len(study.frames.informants)
    return [int(n) for n in (codings.reshape(-1, max(columns, 1))[:people] > 0).sum(axis=0)]


def _indicators(study: Counted, rows: tuple[Heading, ...], row: Numbers, coding: Numbers) -> list[int]:
    """How many indicators each row touches."""
    kinds = np.array([code.kind == "indicator" for code in study.frames.codes], dtype=np.bool_)
    code = study.frames.codings.code[coding]
    of_indicator = kinds[code] if len(code) else np.zeros(0, dtype=np.bool_)
    return [int(n) for n in distinct_per_cell(row[of_indicator], code[of_indicator], len(rows))]
