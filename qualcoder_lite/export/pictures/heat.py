"""A heat map of a matrix: one square for each cell, its number in it.

A square is the darker the larger its number; the number itself is written in it, so that nothing hangs on the
shade alone, and a blank keeps its mark.
"""

from __future__ import annotations

from qualcoder_lite.analysis.matrices.blanks import MARKS
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.export.pictures.drawing import (
    EDGE,
    GAP,
    LINE,
    Box,
    Mark,
    Picture,
    Words,
    called,
    centred,
    finished,
    key_of,
    name_of,
    names_of,
    notes_of,
)
from qualcoder_lite.export.pictures.letters import width_of, wrapped
from qualcoder_lite.i18n import N_, _, n_

SIDE, WIDEST, LOW = 33.0, 74.0, 24.0  # of a column; of one with a name on top; of a row
FAINT = 0.08  # the shade of the smallest number
TITLE = N_("Heat map")


def heat_map(matrix: Matrix) -> Picture | None:
    """The heat map of a matrix; None for one that has no cells to be counted."""
    name = next((name for name in ("codings", "passages") if name in matrix.cells), "")
    if not name or len(matrix.columns) < 2 or not matrix.rows:
        return None
    values, blanks = matrix.cells[name].tolist(), _marks(matrix)
    names, side = names_of(matrix.rows), _side(matrix)
    left, most = EDGE + names.width + 2 * GAP, max(max(values), 1)
    marks, top = _heads(matrix, left, side)
    said = [called(heading) for heading in matrix.columns]
    for row, heading in enumerate(matrix.rows):
        high = names.high(row, LOW)
        marks.extend(names.words(row, EDGE, top + high / 2))
        before = f"{called(heading)} × "
        for column, other in enumerate(matrix.columns):
            at = row * len(matrix.columns) + column
            number, x = values[at], left + column * side
            shown = str(number) if number else blanks[at]
            tone, share = ("accent", FAINT + (1 - FAINT) * number / most) if number else ("blank", 1.0)
            place = (heading.reference, other.reference)
            told = f"{before}{said[column]}: {shown}"
            marks.append(Box(x + 0.75, top + 0.75, side - 1.5, high - 1.5, tone, share, "", told, place))
            ground = (tone, share) if number else None
            marks.append(Words(shown, x + side / 2, top + high / 2, "key", "ink3", "middle", ground))
        top += high
    return _ended(matrix, name, marks, top, most)


def _marks(matrix: Matrix) -> list[str]:
    if "mark" not in matrix.cells:
        return ["—"] * len(matrix.cells)
    return [MARKS[mark] if mark else "" for mark in matrix.cells["mark"].tolist()]


def _side(matrix: Matrix) -> float:
    heads = [key_of(heading) or heading.name for heading in matrix.columns]
    return min(WIDEST, max(SIDE, *(width_of(head, "key") + GAP for head in heads)))


def _heads(matrix: Matrix, left: float, side: float) -> tuple[list[Mark], float]:
    """The heads of columns, and where the first row begins."""
    heads = [key_of(heading) or heading.name for heading in matrix.columns]
    lines = max(len(wrapped(head, side - 4, "key")) for head in heads)
    middle = EDGE + lines * LINE / 2
    marks: list[Mark] = []
    for column, head in enumerate(heads):
        marks.extend(centred(head, left + (column + 0.5) * side, middle, side - 4, "key"))
    return marks, EDGE + lines * LINE + 4


def _ended(matrix: Matrix, name: str, marks: list[Mark], top: float, most: int) -> Picture:
    counted = _("codings") if name == "codings" else _("co-coded passages")
    largest = n_("largest number {n}", "largest number {n}", most).format(n=most)
    numbers = _("Numbers: {what}; {largest}").format(what=counted, largest=largest)
    named = "; ".join(called(heading) for heading in matrix.columns if key_of(heading) and name_of(heading))
    width, values = len(matrix.columns), matrix.cells[name].tolist()
    rows = tuple(
        (called(heading), *values[row * width : (row + 1) * width]) for row, heading in enumerate(matrix.rows)
    )
    heads = ("", *(key_of(heading) or heading.name for heading in matrix.columns))
    notes = notes_of(matrix, named, numbers)
    return finished("heat", _(TITLE), marks, top, notes, heads=heads, rows=rows)
