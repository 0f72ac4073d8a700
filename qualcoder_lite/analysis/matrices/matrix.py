"""What all matrices share: headings, cells as frames, counting in cells, states.

A matrix never adds coders together, and never mixes codings, passages, informants and sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.analysis.cells.written import Written
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.filtering import apply_filters
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.coding.counting.counted import Counted, chosen_coder, counted, distinct_pairs
from qualcoder_lite.coding.counting.frames import SIGNS, SPAN, CodeRow, Numbers
from qualcoder_lite.coding.counting.overlaps import Passages, passages
from qualcoder_lite.coding.counting.references import reference
from qualcoder_lite.i18n import language
from qualcoder_lite.store.project import Project

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Matrix:
    """One matrix, counted.

    `cells` has a row for every pair, row by row: `row` and `column` (numbers into the headings) and the
    kind's own counts; signs are five columns named by SIGNS. `evidence` has `row`, `column`, `coding` (its
    number, where the kind has codings as evidence), `source`, `start`, `end` (code points, end exclusive).
    """

    kind: str
    choice: Choice
    coder: str
    counted: Counted
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: pd.DataFrame
    evidence: pd.DataFrame
    written: dict[tuple[int, int], Written] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)


def count_for(project: Project, choice: Choice) -> tuple[Counted, str]:
    """The study as it counts under the filters, and the coder whose codings are counted.

    Raises UserError by `chosen_coder` and `apply_filters`.
    """
    study = counted(project, choice.interviewer)
    return apply_filters(study, choice.filters), chosen_coder(study.frames, choice.coder)


def code_headings(study: Counted, level: str, choice: Choice) -> list[int]:
    """The numbers of the codes of a level: `top` without a parent, `indicator` by kind, or `all`.

    Emic codes stand only where the perspective is emic: then with `indicator` all that are not top codes'
    headings alone, since an informant's word needs no kind. Codes below an opened one stand after it.
    """
    codes = list(enumerate(study.frames.codes))
    mine = [(i, c) for i, c in codes if (c.perspective == "emic") == (choice.perspective == "emic")]
    if level == "all" or (level == "indicator" and choice.perspective == "emic"):
        return [i for i, _code in mine]
    chosen = [i for i, c in mine if (c.kind == "indicator" if level == "indicator" else c.parent < 0)]
    return with_opened(study, chosen, choice.opened)


def with_opened(study: Counted, codes: Sequence[int], opened: Sequence[str]) -> list[int]:
    """The codes, and after each that is opened those directly below it of the same perspective."""
    if not opened:
        return list(codes)
    rows, found = study.frames.codes, list[int]()
    for index in codes:
        if index not in found:
            found.append(index)
            below = children(study, index) if reference("code", rows[index].id) in opened else []
            found.extend(i for i in with_opened(study, below, opened) if i not in found)
    return found


def children(study: Counted, index: int) -> list[int]:
    """The codes directly below a code that are of its perspective."""
    rows = study.frames.codes
    return [i for i, c in enumerate(rows) if c.parent == index and c.perspective == rows[index].perspective]


def headings_of_codes(study: Counted, indices: Sequence[int]) -> tuple[Heading, ...]:
    """The headings of codes in the language now spoken, each as deep as codes above it stand among them."""
    codes, roots, listed = study.frames.codes, study.frames.roots(), set(indices)
    return tuple(
        Heading(
            codes[index].key,
            codes[index].name(language()),
            "code",
            reference("code", codes[index].id),
            codes[roots[index]].key,
            sum(above in listed for above in _above(codes, index)),
            len(children(study, index)),
        )
        for index in indices
    )


def _above(codes: Sequence[CodeRow], index: int) -> list[int]:
    above: list[int] = []
    while (index := codes[index].parent) >= 0:
        above.append(index)
    return above


@dataclass(frozen=True)
class Tally:
    """Codings put into cells: the pairs (cell, coding) and what is counted of each cell."""

    cell: Numbers
    coding: Numbers
    codings: Numbers
    signs: NDArray[np.int64]  # [cell, sign]
    passages: Passages


def tally(study: Counted, cell: Numbers, coding: Numbers, number: int) -> Tally:
    """Count codings in `number` cells; each pair (cell, coding) must come once."""
    codings = study.frames.codings
    merged = passages(cell, codings.source[coding], codings.start[coding], codings.end[coding])
    signs = signs_in(study, cell, coding, number)
    return Tally(cell, coding, np.bincount(cell, minlength=number), signs, merged)


def signs_in(study: Counted, cell: Numbers, coding: Numbers, number: int) -> NDArray[np.int64]:
    """How many codings of each sign `number` cells have: [cell, sign]; every coding has one sign of SIGNS."""
    places = cell * len(SIGNS) + study.frames.codings.sign[coding]
    return np.bincount(places, minlength=number * len(SIGNS)).reshape(number, len(SIGNS))


def roll_up(study: Counted, codes: Sequence[int], coding: Numbers) -> tuple[Numbers, Numbers]:
    """Roll up: for each pair of one of `codes` and one of `coding` that counts for it, their two places."""
    under = study.below[np.array(codes, dtype=np.int64)][:, study.frames.codings.code[coding]]
    place, pair = np.nonzero(under)
    return place, pair


def cells_frame(rows: int, columns: int, **values: Any) -> pd.DataFrame:
    """The frame of all pairs, row by row, with these columns."""
    import pandas as pd

    grid = {"row": np.repeat(np.arange(rows), columns), "column": np.tile(np.arange(columns), rows)}
    # an object column stays one: pandas would turn None beside words into NaN
    for name, column in values.items():
        if isinstance(column, np.ndarray) and column.dtype.kind == "O":
            values[name] = pd.Series(column, dtype=object)
    return pd.DataFrame({**grid, **values})


def sign_columns(signs: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """The five columns of signs."""
    return {sign: signs[:, index] for index, sign in enumerate(SIGNS)}


def evidence_frame(study: Counted, columns: int, cell: Numbers, coding: Numbers) -> pd.DataFrame:
    """The codings behind each cell, in the order of cells, sources and offsets."""
    import pandas as pd

    order = np.argsort(cell * SPAN + coding)  # each pair comes once
    cell, coding = cell[order], coding[order]
    codings = study.frames.codings
    places = {"row": cell // max(columns, 1), "column": cell % max(columns, 1), "coding": coding}
    ranges = {"source": codings.source[coding], "start": codings.start[coding], "end": codings.end[coding]}
    return pd.DataFrame(places | ranges)


def distinct_per_cell(cell: Numbers, what: Numbers, number: int) -> Numbers:
    """How many different `what` each of `number` cells has."""
    return np.bincount(distinct_pairs(cell, what)[0], minlength=number)


def dominant_sign(plus: int, minus: int) -> str:
    """The sign of over two thirds of the codings with + or −; empty where there is none."""
    if 3 * plus > 2 * (plus + minus):
        return "+"
    return "-" if 3 * minus > 2 * (plus + minus) else ""


def proposed_state(columns: Sequence[tuple[int, int, int]]) -> str:
    """The state that counts propose for (codings, plus, minus) of some columns; the researcher decides.

    silent: fewer than two columns have codings; agree: all of these have the same dominant sign; oppose:
    both + and − are dominant somewhere; else partial. It is never 'valid'.
    """
    speaking = [dominant_sign(plus, minus) for codings, plus, minus in columns if codings]
    if len(speaking) < 2:
        return "silent"
    if {"+", "-"} <= set(speaking):
        return "oppose"
    return "agree" if speaking[0] and len(set(speaking)) == 1 else "partial"
