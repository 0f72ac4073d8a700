"""What stands on the pages of a PDF around its text: numbers of lines, numbers of pages, running heads.

They are told by their place. Numbers of lines stand apart from the text to its left or right and count
downwards. Heads and feet are the outermost lines of pages, at the same height on several of them, where
nothing else stands; digits in them may differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from qualcoder_lite.i18n import N_
from qualcoder_lite.readers.document import Aside, AsideKind, Remark
from qualcoder_lite.readers.labels import separated, word

_FEW = 3  # numbers on a page from which on they are no chance
_SHARE = 0.8  # of the lines at one height that must come again for it to be that of a head
_SAME = 4.0  # points by which the heights of one head may differ
_MOST_HEADS = 3  # lines of a head or foot
_HEAD_APART = 1.4  # of the usual distance of lines: what parts a head from the text
_DIGITS = re.compile(r"\d+")
_PAGE_MARK = re.compile(
    r"\W*(?:hal(?:aman)?|page|p)?\W*\d{1,4}\s*(?:(?:/|\||dari|of)\s*\d{1,4})?\W*", re.IGNORECASE
)
_SHOWN = 6  # running heads that a remark writes out


class Line(NamedTuple):
    """A line of a page in points; from pdfium's own lines, which run on over a hyphen.

    `lead`: where it begins with a number, the right end of that, and left end, baseline and height of what
    follows; `trail`: where it ends with one, right end and baseline of what precedes, and its own left end.
    """

    text: str
    left: float
    right: float
    top: float  # baseline of its first character
    bottom: float  # baseline of its last
    height: float
    lead: tuple[float, float, float, float] | None = None
    trail: tuple[float, float, float] | None = None
    number: int | None = None  # of the line, from the margin


Page = Sequence[Line]


def without_margins(pages: Sequence[Page]) -> tuple[list[list[Line]], tuple[Aside, ...]]:
    """The pages without what stands around their text, lines with their numbers; and what was set aside."""
    if any(line.height <= 0 for page in pages for line in page):
        return [list(page) for page in pages], ()  # pdfium could not tell the places
    bare, asides = _without_numbers(pages)
    for from_top in (True, False):
        for index, head in _heads(bare, from_top):
            bare[index].remove(head)
            kind: AsideKind = "page_number" if _PAGE_MARK.fullmatch(head.text) else "running_head"
            asides.append(Aside(kind, index + 1, head.text.strip()))
    return bare, tuple(sorted(asides, key=lambda aside: aside.page))


def remarks_on(asides: Sequence[Aside]) -> tuple[Remark, ...]:
    """What the user should know: what was taken for numbers of lines, for those of pages, for heads."""
    words: dict[str, list[str]] = {}
    for aside in asides:
        words.setdefault(aside.kind, []).append(aside.words)
    remarks: list[Remark] = []
    if lines := words.get("line_number"):
        message = N_("Taken for numbers of lines, not for text: {first} to {last} ({number}).")
        remarks.append(Remark(message, {"first": lines[0], "last": lines[-1], "number": len(lines)}))
    if pages := words.get("page_number"):
        message = N_("Taken for numbers of pages, not for text: {first} to {last} ({number}).")
        remarks.append(Remark(message, {"first": pages[0], "last": pages[-1], "number": len(pages)}))
    if heads := words.get("running_head"):
        message = N_("Taken for heads and feet of pages, not for text: {words}.")
        shown = list(dict.fromkeys(_DIGITS.sub("…", head) for head in heads))
        listed = ", ".join(f"“{head}”" for head in shown[:_SHOWN]) + (", …" if len(shown) > _SHOWN else "")
        remarks.append(Remark(message, {"words": listed}))
    return tuple(remarks)


# Numbers of lines ------------------------------------------------------------------------------------------


def _without_numbers(pages: Sequence[Page]) -> tuple[list[list[Line]], list[Aside]]:
    bare: list[list[Line]] = []
    asides: list[Aside] = []
    last: int | None = None
    for index, page in enumerate(pages):
        column = next((found for side in (_left, _right) if _counts(found := side(page), last)), [])
        bare.append(_taken_off(page, column) if column else list(page))
        asides += [Aside("line_number", index + 1, str(number)) for _line, number, _rest in column]
        last = column[-1][1] if column else last
    return bare, asides


_Numbered = tuple[Line, int, Line | None]  # a line, the number in the margin, what else it holds


def _left(page: Page) -> list[_Numbered]:
    """The lines with a number that stands wholly to the left of the text of the page, downwards."""
    inner = [line.lead[1] if line.lead else line.left for line in _body(page)]
    edge = min(inner, default=0.0)
    column: list[_Numbered] = []
    for line in page:
        words = line.text.split(maxsplit=1)
        if _is_number(line.text) and line.right <= edge:
            column.append((line, int(line.text), None))
        elif line.lead and line.lead[0] <= edge <= line.lead[1] + 1:
            _end, left, top, height = line.lead
            rest = line._replace(text=words[1], left=left, top=top, height=height, lead=None)
            column.append((line, int(words[0]), rest))
    return sorted(column, key=lambda numbered: -numbered[0].top)


def _right(page: Page) -> list[_Numbered]:
    """The same of numbers to the right."""
    edge = max((line.trail[0] if line.trail else line.right for line in _body(page)), default=0.0)
    column: list[_Numbered] = []
    for line in page:
        words = line.text.rsplit(maxsplit=1)
        if _is_number(line.text) and line.left >= edge:
            column.append((line, int(line.text), None))
        elif line.trail and line.trail[2] >= edge:
            rest = line._replace(text=words[0], right=line.trail[0], bottom=line.trail[1], trail=None)
            column.append((line, int(words[1]), rest))
    return sorted(column, key=lambda numbered: -numbered[0].bottom)


def _body(page: Page) -> list[Line]:
    """The lines by which the edges of the text are told: no numbers alone, no outermost line."""
    lines = sorted((line for line in page if not _is_number(line.text)), key=lambda line: line.top)
    return lines[1:-1] if len(lines) > 2 * _FEW else lines


def _is_number(text: str) -> bool:
    return text.strip().isdecimal() and len(text.strip()) < 6


def _counts(column: Sequence[_Numbered], last: int | None) -> bool:
    """Tell whether these numbers count lines: enough of them, or going on from a page before (or anew)."""
    numbers = [number for _line, number, _rest in column]
    steps = [second - first for first, second in pairwise(numbers)]
    if not numbers or any(step <= 0 for step in steps):
        return False
    if len(numbers) < _FEW:
        return last is not None and (numbers[0] == 1 or numbers[0] - last in (1, 2, 5, 10))
    return max(steps) <= 3 * min(steps)


def _taken_off(page: Page, column: Sequence[_Numbered]) -> list[Line]:
    """The lines without the numbers of a column; each bears the one at its height."""
    rest = {id(line): other for line, _number, other in column}
    at = [(line.top, number) for line, number, _rest in column]
    bare: list[Line] = []
    for line in page:
        kept = rest.get(id(line), line)
        if kept is not None:
            height, number = min(at, key=lambda place: abs(place[0] - kept.top))
            beside = abs(height - kept.top) < kept.height / 2
            bare.append(kept._replace(number=number) if beside else kept)
    return bare


# Heads and feet --------------------------------------------------------------------------------------------


def _heads(pages: Sequence[Page], from_top: bool) -> list[tuple[int, Line]]:
    """The lines of heads, or of feet, with the indexes of their pages."""
    blocks = {index: _outermost(page, from_top) for index, page in enumerate(pages) if len(page) > 1}
    found: list[tuple[int, Line]] = []
    for level in _levels({index: lines[0] for index, (lines, _apart) in blocks.items()}):
        counts = Counter(level.values())
        recurs = sum(count for count in counts.values() if count > 1) >= _SHARE * len(level)
        for index, shape in level.items():
            lines, apart = blocks[index]
            if apart and ((recurs and counts[shape] > 1) or _is_only_mark(pages, lines[0])):
                found += [(index, line) for line in lines if not _says_who(line)]
    return found


def _levels(edges: dict[int, Line]) -> list[dict[int, str]]:
    """The shapes of these lines by their pages, those at one height together."""
    levels: list[dict[int, str]] = []
    begun = 0.0
    for index, line in sorted(edges.items(), key=lambda edge: edge[1].top):
        if not levels or line.top - begun > _SAME:
            levels.append({})
            begun = line.top
        levels[-1][index] = _DIGITS.sub("#", line.text.strip().casefold())
    return levels


def _outermost(page: Page, from_top: bool) -> tuple[list[Line], bool]:
    """The first lines of a page, or its last, and whether a gap parts them from the text."""
    lines = sorted(page, key=lambda line: line.top, reverse=from_top)
    gaps = [abs(second.top - first.top) for first, second in pairwise(lines)]
    usual = min(sorted(gaps)[len(gaps) // 2], 2 * lines[0].height)
    for number, gap in enumerate(gaps[:_MOST_HEADS], 1):
        if gap > max(_HEAD_APART * usual, lines[0].height):
            return lines[:number], True
    return lines[:1], False


def _says_who(line: Line) -> bool:
    """Tell whether a line is, or begins with, a word for somebody who speaks: such a line is never a head."""
    cue = next(separated(line.text), None)
    label = cue.label if cue is not None else line.text.strip()
    return bool(word(label).role) or word(label).titled


def _is_only_mark(pages: Sequence[Page], line: Line) -> bool:
    """Tell whether a line is the mark of the only page: *1/1*, or *halaman 1*."""
    is_mark = _PAGE_MARK.fullmatch(line.text) is not None
    return len(pages) == 1 and is_mark and not line.text.strip().isdecimal()
