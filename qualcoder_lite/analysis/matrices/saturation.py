"""Saturation by Guest, Namey & Chen 2020 (PLoS ONE 15(5): e0232076): base size, run length, threshold.

With a codebook from theory this shows how indicators are covered, not that nothing new can be said; the
emic codes, as a second line, say more.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import (
    Matrix,
    cells_frame,
    code_headings,
    count_for,
    evidence_frame,
    roll_up,
)
from qualcoder_lite.coding.counting.counted import Counted, distinct_pairs
from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.coding.counting.references import STUDY, reference
from qualcoder_lite.store.project import Project

BASE, RUN, THRESHOLD = 4, 2, 0.05


def saturation_matrix(project: Project, choice: Choice) -> Matrix:
    """Interviews (and focus groups) by date, time, then order. Cells: used, new, cumulative codes; emic too.

    `details`: order (keys of all interviews), base (codes of the first BASE interviews), runs, reached (the
    interview after which it was).
    """
    study, coder = count_for(project, choice)
    order = interviews_in_order(study)
    mine = np.flatnonzero(study.of_coder(coder))
    line = _codes_used(study, mine, order, code_headings(study, choice.level or "indicator", choice))
    emic = _codes_used(study, mine, order, code_headings(study, "indicator", Choice(perspective="emic")))
    cells = cells_frame(
        len(order), 1, **_counted_up(line), **{f"emic_{k}": v for k, v in _counted_up(emic).items()}
    )
    sources = study.frames.sources
    rows = tuple(
        Heading(
            sources[i].key,
            sources[i].title,
            "source",
            reference("source", sources[i].id),
            sources[i].date or "",
        )
        for i in order
    )
    place = np.full(len(sources) + 1, -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    row = place[study.frames.codings.source[mine]]
    evidence = evidence_frame(study, 1, row[row >= 0], mine[row >= 0])
    columns = (Heading("study", "", "study", STUDY),)
    keys = [heading.key for heading in rows]
    details = {"order": keys} | runs(keys, [int(n) for n in cells["new"]])
    return Matrix("saturation", choice, coder, study, rows, columns, cells, evidence, {}, {}, details)


def interviews_in_order(study: Counted) -> list[int]:
    """The interviews by date, time, then order in the study; those without a date last."""
    spoken = [index for index, source in enumerate(study.frames.sources) if source.is_spoken]
    sources = study.frames.sources
    return sorted(spoken, key=lambda i: (sources[i].date or "9999", sources[i].time or "99", i))


def _codes_used(study: Counted, mine: Numbers, order: list[int], codes: list[int]) -> list[set[int]]:
    """For each interview the codes of a level that it has codings for, rolled up."""
    codings = study.frames.codings
    column, pair = roll_up(study, codes, mine)
    source, code = distinct_pairs(codings.source[mine[pair]], column)
    return [set(code[source == interview].tolist()) for interview in order]


def _counted_up(line: list[set[int]]) -> dict[str, list[int]]:
    known: set[int] = set()
    result: dict[str, list[int]] = {"used": [], "new": [], "cumulative": []}
    for codes in line:
        result["used"].append(len(codes))
        result["new"].append(len(codes - known))
        known |= codes
        result["cumulative"].append(len(known))
    return result


def runs(keys: list[str], new: list[int]) -> dict[str, Any]:
    """Base, runs with their ratio of new codes to the base, and the interview at which it was reached.

    Runs of RUN interviews slide by one from behind the base; reached is the interview before the first run
    whose ratio is at most THRESHOLD, as the article reports it (“6 + 2”).
    """
    if len(keys) < BASE:
        return {"base": None, "runs": [], "reached": None}
    base = sum(new[:BASE])
    found: list[dict[str, Any]] = []
    reached = None
    for at in range(BASE, len(keys) - RUN + 1):
        fresh = sum(new[at : at + RUN])
        ratio = fresh / base if base else None
        found.append(
            {"rows": keys[at : at + RUN], "new": fresh, "ratio": None if ratio is None else round(ratio, 3)}
        )
        if reached is None and ratio is not None and ratio <= THRESHOLD:
            reached = keys[at - 1]
    return {"base": base, "runs": found, "reached": reached}
