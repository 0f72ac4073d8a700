"""A picture as plain data: boxes, lines, dots and words with their places in points, colours by role.

The window paints it, a file of it is written as SVG or PNG: all from this one description. The
origin is the upper left corner, y grows downwards. `said` is what one reads who points at a mark; `place`
names the cell that the mark stands for, by the references of its row and column, where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from qualcoder_lite.analysis.matrices.choice import describe_choice
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.terms import SIGN_MARKS, SIGN_WORDS
from qualcoder_lite.coding.counting.frames import SIGNS
from qualcoder_lite.export.pictures.letters import width_of, wrapped
from qualcoder_lite.i18n import _

Place = tuple[str, str]
NOWHERE: Place = ("", "")
EDGE, LINE, GAP = 14.0, 12.0, 6.0  # around all; from one base line to the next; between things
BASELINE = 0.36  # of the size, below the middle of a line of words
SIGN_TONES = {"+": "supports", "-": "hinders", "±": "ambivalent", "0": "neutral", "none": "border"}
SIGN_SHARES = {"none": 0.35}
SIGN_ORDER = ("+", "-", "±", "0", "none")
UNSIGNED = "□"
"""How many are without a sign, as the other signs are printed."""


class Box(NamedTuple):
    """A rectangle; `share` of its colour is laid over the page; `edge` is the tone of its outline."""

    x: float
    y: float
    width: float
    height: float
    tone: str
    share: float = 1.0
    edge: str = ""
    said: str = ""
    place: Place = NOWHERE


class Line(NamedTuple):
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    tone: str
    width: float = 1.0
    dashed: bool = False
    share: float = 1.0
    said: str = ""
    place: Place = NOWHERE


class Dot(NamedTuple):
    """A circle around a point."""

    x: float
    y: float
    radius: float
    tone: str
    share: float = 1.0
    edge: str = ""
    said: str = ""
    place: Place = NOWHERE


class Words(NamedTuple):
    """Words on one line, centred on a height; `anchor` tells which end of them is at x.

    Where they stand on a ground (tone and share), they take the ink or the page, whichever stands out more.
    """

    text: str
    x: float
    y: float
    size: str = "text"  # of letters.SIZES
    tone: str = "ink"
    anchor: str = "start"  # start, middle or end
    ground: tuple[str, float] | None = None


Mark = Box | Line | Dot | Words
Reach = tuple[float, float, float, float]
"""How far a mark reaches: left, top, right, bottom."""


@dataclass(frozen=True)
class Picture:
    """A picture with its numbers: `heads` and `rows` say in a table what the marks show."""

    name: str
    title: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str | int, ...], ...] = ()
    notes: tuple[str, ...] = field(default=())
    reaches: tuple[Reach, ...] = field(default=(), repr=False)  # of the marks, so that none is measured twice


def finished(
    name: str, title: str, marks: Sequence[Mark], below: float, notes: Iterable[str], **more: object
) -> Picture:
    """A picture of these marks with its notes under them, as large as it must be.

    `below` is where the notes begin; `more` are its heads and rows.
    """
    lines = tuple(note for note in notes if note)
    reaches = [reach(mark) for mark in marks]
    width = max(260.0, *(right for _left, _top, right, _bottom in reaches))
    written = paragraphs(lines, EDGE, below + GAP + LINE / 2, width - EDGE)
    height = max((mark.y for mark in written), default=below) + LINE / 2 + EDGE
    reaches += [reach(mark) for mark in written]
    whole = (*marks, *written)
    return Picture(name, title, width + EDGE, height, whole, notes=lines, reaches=tuple(reaches), **more)  # type: ignore[arg-type]


def reach(mark: Mark) -> Reach:
    """How far a mark reaches."""
    if isinstance(mark, Box):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    if isinstance(mark, Dot):
        r = mark.radius
        return mark.x - r, mark.y - r, mark.x + r, mark.y + r
    if isinstance(mark, Line):
        xs, ys = [x for x, _y in mark.points], [y for _x, y in mark.points]
        return min(xs), min(ys), max(xs), max(ys)
    wide, share = width_of(mark.text, mark.size), {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
    left = mark.x - share * wide
    return left, mark.y - LINE / 2, left + wide, mark.y + LINE / 2


def paragraphs(texts: Iterable[str], x: float, y: float, width: float, size: str = "small") -> list[Words]:
    """Texts under each other, broken into lines; `y` is the middle of the first line."""
    lines = [line for text in texts for line in wrapped(text, width, size)]
    return [Words(line, x, y + number * LINE, size, "ink2") for number, line in enumerate(lines)]


def centred(
    text: str, x: float, y: float, width: float, size: str = "text", tone: str = "ink"
) -> list[Words]:
    """Words in the middle of a column, in as many lines as it takes, around a height."""
    lines = wrapped(text, width, size)
    top = y - (len(lines) - 1) * LINE / 2
    return [Words(line, x, top + at * LINE, size, tone, "middle") for at, line in enumerate(lines)]


# Names -----------------------------------------------------------------------------------------------------


class Names(NamedTuple):
    """The names of rows at the left: how wide they are with their keys, and their lines."""

    key: float
    width: float
    lines: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]

    def high(self, row: int, least: float) -> float:
        """How high a row is."""
        return max(least, len(self.lines[row]) * LINE + 4)

    def words(self, row: int, x: float, middle: float) -> list[Words]:
        """The key and the name of a row."""
        top = middle - (len(self.lines[row]) - 1) * LINE / 2
        found = [Words(self.keys[row], x, top, "key")] if self.keys[row] else []
        return found + [Words(line, x + self.key, top + at * LINE) for at, line in enumerate(self.lines[row])]


def names_of(headings: Sequence[Heading], most: float = 190.0) -> Names:
    """The names of headings, broken to a width in points so that none is cut."""
    keys = tuple(key_of(heading) for heading in headings)
    key = max((width_of(one, "key") + GAP for one in keys if one), default=0.0)
    named = [name_of(heading) for heading in headings]
    lines = tuple(tuple(wrapped(name, most)) for name in named)
    wide = max((width_of(line) for each in lines for line in each), default=0.0)
    return Names(key, key + wide, lines, keys)


def key_of(heading: Heading) -> str:
    """The key of a heading, empty where that is a word of the program and not of the study."""
    return "" if heading.kind in ("technique", "class", "study") else heading.key


def name_of(heading: Heading) -> str:
    """The name of a heading, empty where its key says it already."""
    return "" if heading.name == key_of(heading) else heading.name


def called(heading: Heading) -> str:
    """Key and name of a heading."""
    return f"{key_of(heading)} {name_of(heading)}".strip()


# Signs and notes -------------------------------------------------------------------------------------------


def strip(signs: Sequence[int], order: Sequence[str] = SIGN_ORDER) -> str:
    """Numbers by SIGNS as they are printed: `+2 −3 ±1 ○1 □2`, or in another order of signs."""
    numbers = dict(zip(SIGNS, signs, strict=True))
    marks = SIGN_MARKS | {"none": UNSIGNED}
    return " ".join(f"{marks[sign]}{numbers[sign]}" for sign in order if numbers[sign])


def sign_legend(x: float, y: float) -> list[Mark]:
    """What the colours and marks of signs mean, in one line."""
    marks: list[Mark] = []
    for sign in SIGN_ORDER:
        words = f"{SIGN_MARKS[sign] or UNSIGNED} {_(SIGN_WORDS[sign])}"
        marks.append(sign_box(sign, x, y - 4, 8, 8))
        marks.append(Words(words, x + 11, y, "small", "ink2"))
        x += 11 + width_of(words, "small") + 2 * GAP
    return marks


def sign_box(
    sign: str, x: float, y: float, width: float, height: float, said: str = "", place: Place = NOWHERE
) -> Box:
    """A box in the colour of a sign."""
    share = SIGN_SHARES.get(sign, 1.0)
    return Box(x, y, width, height, SIGN_TONES[sign], share, "border", said, place)


def notes_of(matrix: Matrix, *first: str) -> list[str]:
    """What a picture counts, whose codings, and what is left out: it stands under every picture."""
    coder = _("Coder: {name}.").format(name=matrix.coder) if matrix.coder else ""
    chosen = describe_choice(matrix.choice)
    filters = _("Filter: {filters}.").format(filters="; ".join(chosen)) if chosen else ""
    return [*first, " ".join(part for part in (coder, filters) if part)]
