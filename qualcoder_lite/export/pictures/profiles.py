"""Two to six informants or groups side by side: for each a column of bars by code, − left, + right.

What is ambivalent, neutral or without a sign stands around the middle, so that it takes neither side.
"""

from __future__ import annotations

from qualcoder_lite.analysis.matrices.arranging import transpose
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.terms import SIGN_WORDS
from qualcoder_lite.coding.counting.frames import SIGNS
from qualcoder_lite.export.pictures.drawing import (
    EDGE,
    GAP,
    LINE,
    Line,
    Mark,
    Picture,
    Words,
    called,
    centred,
    finished,
    names_of,
    notes_of,
    sign_box,
    sign_legend,
    strip,
)
from qualcoder_lite.export.pictures.letters import wrapped
from qualcoder_lite.i18n import N_, _, n_

MOST, FEWEST = 6, 2
WIDE, HIGH, THICK = 92.0, 31.0, 11.0  # of a column; of a row; of a bar
MIDDLE = ("±", "0", "none")
ACROSS = ("-", *MIDDLE, "+")  # as the parts of a bar stand, and its numbers under it
TITLE = N_("Profiles side by side")


def profiles(matrix: Matrix) -> Picture | None:
    """The profiles of a matrix of codes by others (or the other way round); None where it has none."""
    if matrix.rows and matrix.rows[0].kind != "code":
        matrix = transpose(matrix)
    codes = all(heading.kind == "code" for heading in matrix.rows)
    if not (matrix.rows and codes and FEWEST <= len(matrix.columns) <= MOST and "codings" in matrix.cells):
        return None
    signs = matrix.cells[list(SIGNS)].to_numpy().reshape(len(matrix.rows), len(matrix.columns), len(SIGNS))
    names = names_of(matrix.rows, 170.0)
    left = EDGE + names.width + 2 * GAP
    unit = (WIDE - 2 * GAP) / (2 * max(1.0, *(_reach(each) for row in signs.tolist() for each in row)))
    marks, top = _heads(matrix, left)
    for row, heading in enumerate(matrix.rows):
        high = names.high(row, HIGH)
        marks.append(Line(((EDGE, top), (left + WIDE * len(matrix.columns), top)), "separator", 0.5))
        marks.extend(names.words(row, EDGE, top + high / 2))
        for column, other in enumerate(matrix.columns):
            place = (heading.reference, other.reference)
            middle, said = left + (column + 0.5) * WIDE, f"{called(heading)} × {called(other)}"
            marks.extend(_bar(signs[row, column].tolist(), middle, top + high / 2, unit, said, place))
        top += high
    return _ended(matrix, marks, top)


def _reach(signs: list[int]) -> float:
    """How far a bar reaches from the middle."""
    numbers = dict(zip(SIGNS, signs, strict=True))
    return max(numbers["+"], numbers["-"]) + sum(numbers[sign] for sign in MIDDLE) / 2


def _heads(matrix: Matrix, left: float) -> tuple[list[Mark], float]:
    """The legend, who is compared, and how many they are; and where the first row begins."""
    sizes = matrix.details.get("sizes")
    heads = [called(heading) for heading in matrix.columns]
    lines = max(len(wrapped(head, WIDE - GAP, "key")) for head in heads)
    top = EDGE + LINE + 2 * GAP
    marks = sign_legend(EDGE, EDGE + LINE / 2)
    for column, head in enumerate(heads):
        x = left + (column + 0.5) * WIDE
        marks.extend(centred(head, x, top + lines * LINE / 2, WIDE - GAP, "key"))
        if isinstance(sizes, list) and matrix.columns[column].kind != "informant":
            size = n_("{n} informant", "{n} informants", sizes[column]).format(n=sizes[column])
            marks.append(Words(size, x, top + (lines + 0.5) * LINE, "small", "ink2", "middle"))
    return marks, top + (lines + 1) * LINE + 4


def _bar(
    signs: list[int], middle: float, y: float, unit: float, said: str, place: tuple[str, str]
) -> list[Mark]:
    """The bar of one cell with its numbers under it; a dash where nothing is."""
    numbers = dict(zip(SIGNS, signs, strict=True))
    if not sum(signs):
        return [Words("—", middle, y, "small", "ink3", "middle")]
    x = middle - unit * (numbers["-"] + sum(numbers[sign] for sign in MIDDLE) / 2)
    top, marks = y - THICK - 0.5, list[Mark]()
    for sign in ACROSS:
        width = numbers[sign] * unit
        if width:
            told = f"{said}: {numbers[sign]} {_(SIGN_WORDS[sign])}"
            marks.append(sign_box(sign, x, top, width, THICK, told, place))
        x += width
    marks.append(Line(((middle, top - 2), (middle, top + THICK + 2)), "ink3", 0.6))
    return [*marks, Words(strip(signs, ACROSS), middle, y + 7.5, "small", "ink2", "middle")]


def _ended(matrix: Matrix, marks: list[Mark], top: float) -> Picture:
    columns = len(matrix.columns)
    signs = matrix.cells[list(SIGNS)].to_numpy().reshape(-1, columns, len(SIGNS)).tolist()
    heads = ("", *(called(heading) for heading in matrix.columns))
    rows = tuple(
        (called(heading), *(strip(cell) or "—" for cell in row))
        for heading, row in zip(matrix.rows, signs, strict=True)
    )
    notes = notes_of(
        matrix,
        _("Numbers: codings. − stands left of the middle, + right; what takes no side around it."),
    )
    return finished("profiles", _(TITLE), marks, top, notes, heads=heads, rows=rows)
