"""Which codes are co-coded, as a network: a dot for each code, a line for each pair with co-coded passages.

Rows stand at the left and columns at the right in their own order, so that the same study gives the same
picture and no name lies on another. A line says how often, never why: that two codes mark the same words
states no cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.analysis.matrices.frequencies import frequencies
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.coding.counting.frames import SIGNS
from qualcoder_lite.coding.counting.references import STUDY
from qualcoder_lite.export.pictures.drawing import (
    EDGE,
    GAP,
    LINE,
    Box,
    Dot,
    Line,
    Mark,
    Picture,
    Words,
    called,
    finished,
    notes_of,
    strip,
)
from qualcoder_lite.export.pictures.letters import SIZES, width_of, wrapped
from qualcoder_lite.i18n import N_, _, n_

ACROSS, BOW, LOW = 250.0, 46.0, 40.0  # between the sides; how far they are bent; the least from dot to dot
NAME = 150.0  # how wide a name may be
SMALL, LARGE, THIN, THICK = 3.0, 15.0, 0.8, 8.0  # radius of a dot; width of a line
PALE = 0.35  # of the colour of a line
MANY = 40  # lines; of more only so many carry a number, and all are thinner
STEPS = 49  # places along a line at which its number may stand
Places = NDArray[np.float64]
TITLE = N_("Network of co-coded passages")


@dataclass(frozen=True)
class Node:
    """A code at its place; `side` is -1 at the left, 1 at the right."""

    heading: Heading
    number: int
    lines: tuple[str, ...]
    x: float
    y: float
    radius: float
    side: int


def network(matrix: Matrix) -> Picture | None:
    """The network of a matrix of linkage; None where it has no codes on one of its sides."""
    if not (matrix.rows and matrix.columns and "passages" in matrix.cells):
        return None
    rows, columns = _nodes(matrix)
    top = EDGE + LINE + 3 * GAP
    marks = [*_legend(), *_lines(matrix, rows, columns)]
    for node in (*rows, *columns):
        marks.extend(_node(node))
    floor = max(node.y + max(node.radius, (len(node.lines) + 1) * LINE / 2) for node in (*rows, *columns))
    heads = ("", "", _("Co-coded passages"))
    return finished(
        "network", _(TITLE), marks, max(floor, top), _notes(matrix), heads=heads, rows=_rows(matrix)
    )


def _notes(matrix: Matrix) -> list[str]:
    most = int(matrix.cells["passages"].max())
    numbers = _("Numbers: passages of each code; on a line the co-coded passages of its pair, at most {n}.")
    none = _("No line: no co-coded passage.")
    many = int((matrix.cells["passages"] > 0).sum()) > MANY
    only = _("Numbers stand on the {n} strongest lines alone.").format(n=MANY) if many else ""
    cause = _("That two codes stand at the same words states no cause.")
    return notes_of(matrix, f"{numbers.format(n=most)} {only} {none}".replace("  ", " "), cause)


def _rows(matrix: Matrix) -> tuple[tuple[str | int, ...], ...]:
    values, width = matrix.cells["passages"].tolist(), len(matrix.columns)
    pairs = ((row, column) for row in range(len(matrix.rows)) for column in range(width))
    return tuple(
        (called(matrix.rows[row]), called(matrix.columns[column]), values[row * width + column])
        for row, column in pairs
        if values[row * width + column]
    )


# Dots ------------------------------------------------------------------------------------------------------


def _nodes(matrix: Matrix) -> tuple[list[Node], list[Node]]:
    """The codes of both sides; the shorter side stands at the middle of the longer one."""
    numbers = [one.number for one in frequencies(matrix, "passages")]
    most = max(1, *numbers)
    at = len(matrix.rows)
    named = [tuple(wrapped(called(heading), NAME)) for heading in (*matrix.rows, *matrix.columns)]
    radii = [SMALL + (LARGE - SMALL) * sqrt(number / most) if number else SMALL for number in numbers]
    steps = [
        max(LOW, 2 * radius + GAP, (len(lines) + 2) * LINE)
        for radius, lines in zip(radii, named, strict=True)
    ]
    high = max(sum(steps[:at]), sum(steps[at:]))
    left = EDGE + max((width_of(line) for lines in named[:at] for line in lines), default=0.0) + BOW + LARGE
    sides: tuple[list[Node], list[Node]] = ([], [])
    for side, headings, first in ((-1, matrix.rows, 0), (1, matrix.columns, at)):
        y = EDGE + LINE + 3 * GAP + (high - sum(steps[first : first + len(headings)])) / 2
        for number, heading in enumerate(headings, first):
            middle = y + steps[number] / 2
            x = (left if side < 0 else left + ACROSS) + side * _bow(middle - EDGE - LINE - 3 * GAP, high)
            node = Node(heading, numbers[number], named[number], x, middle, radii[number], side)
            sides[number >= at].append(node)
            y += steps[number]
    return sides


def _bow(y: float, high: float) -> float:
    """How far outwards a dot stands at a height, so that the sides are bent like those of a circle."""
    return BOW * (1 - (2 * y / high - 1) ** 2)


def _node(node: Node) -> list[Mark]:
    """The dot of a code with its name and its number beside it."""
    passages = n_("{n} passage", "{n} passages", node.number).format(n=node.number)
    place = (node.heading.reference, STUDY)
    said = f"{called(node.heading)}: {passages}"
    tone, edge = ("accent", "page") if node.number else ("page", "border")
    x = node.x + node.side * (node.radius + GAP)
    anchor = "end" if node.side < 0 else "start"
    top = node.y - len(node.lines) * LINE / 2
    words = [Words(line, x, top + at * LINE, "text", "ink", anchor) for at, line in enumerate(node.lines)]
    number = Words(passages, x, top + len(node.lines) * LINE, "small", "ink2", anchor)
    return [Dot(node.x, node.y, node.radius, tone, 1.0, edge, said, place), *words, number]


# Lines -----------------------------------------------------------------------------------------------------


def _lines(matrix: Matrix, rows: Sequence[Node], columns: Sequence[Node]) -> list[Mark]:
    """The lines of pairs, the thinnest on top, then their numbers where there is room for them."""
    values = matrix.cells["passages"].tolist()
    signs = matrix.cells[list(SIGNS)].to_numpy().tolist()
    most, width = max(1, *values), len(columns)
    shown = [at for at in sorted(range(len(values)), key=lambda at: (-values[at], at)) if values[at]]
    crowd = max(1.0, len(shown) / MANY)
    ends = [(rows[at // width], columns[at % width]) for at in shown]
    lines = [
        _line(*pair, values[at], most, strip(signs[at]), crowd) for at, pair in zip(shown, ends, strict=True)
    ]
    return [*lines, *_numbers([values[at] for at in shown[:MANY]], lines)]


def _line(one: Node, other: Node, number: int, most: int, signs: str, crowd: float) -> Line:
    passages = n_("{n} co-coded passage", "{n} co-coded passages", number).format(n=number)
    said = f"{called(one.heading)} × {called(other.heading)}: {passages} ({signs})"
    place = (one.heading.reference, other.heading.reference)
    width = (THIN + (THICK - THIN) * number / most) / crowd
    share = PALE if crowd == 1 else PALE / 2 + PALE * number / most
    return Line(((one.x, one.y), (other.x, other.y)), "accent", width, False, share, said, place)


def _numbers(numbers: Sequence[int], lines: Sequence[Line]) -> list[Mark]:
    """The numbers of lines, each where it is farthest from the other lines and lies on no other number."""
    taken: list[Box] = []
    marks: list[Mark] = []
    ends = np.array([line.points for line in lines]).reshape(-1, 2, 2)
    share = np.linspace(0.2, 0.8, STEPS)[:, None]
    for at, number in enumerate(numbers):
        text = str(number)
        points = ends[at, 0] * (1 - share) + ends[at, 1] * share
        others = np.delete(ends, at, axis=0)
        far = _distances(points, others).min(axis=1) if len(others) else np.zeros(STEPS)
        for x, y in points[np.argsort(-far.round(3), kind="stable")].tolist():
            box = _around(text, x, y)
            if not any(_touch(box, each) for each in taken):
                taken.append(box)
                marks += [box, Words(text, x, y, "small", "ink", "middle")]
                break
    return marks


def _distances(points: Places, ends: Places) -> Places:
    """How far each point is from each line between two ends."""
    along = ends[:, 1] - ends[:, 0]
    offset = points[:, None] - ends[None, :, 0]
    share = np.clip((offset * along).sum(axis=2) / (along**2).sum(axis=1), 0, 1)
    gap = offset - share[..., None] * along
    return np.asarray(np.sqrt((gap**2).sum(axis=2)))


def _around(text: str, x: float, y: float) -> Box:
    """The ground of a number around a point."""
    wide, high = width_of(text, "small") + 4, SIZES["small"][0] + 2
    return Box(x - wide / 2, y - high / 2, wide, high, "page")


def _touch(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def _legend() -> list[Mark]:
    """What the size of a dot and the width of a line mean, in one line."""
    y, x = EDGE + LINE / 2, EDGE
    dot, line = _("Size: passages of the code"), _("Width: co-coded passages")
    marks: list[Mark] = [Dot(x + 5, y, 5, "accent"), Words(dot, x + 14, y, "small", "ink2")]
    x += 14 + width_of(dot, "small") + 3 * GAP
    marks += [Line(((x, y), (x + 18, y)), "accent", 4, False, PALE), Words(line, x + 23, y, "small", "ink2")]
    return marks
