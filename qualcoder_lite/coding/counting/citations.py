"""One reference for a quote, everywhere: `A1·27–29` is source A1, lines 27 to 29 by the source's own rule.

Where several coded ranges begin in one line, a letter after it tells them apart: `A1·27a`, `A1·27b–29`. The
ranges of all codings count, of every coder, by where they begin, then by length; what a filter leaves out
makes no difference, and two codings on the same words have the same reference. A range that no coding has
bears the letter of the first that begins where it begins, else none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select

from qualcoder_lite.coding.counting.frames import Frames, Numbers
from qualcoder_lite.lines import LINE_CHARACTERS, Offsets, line_starts
from qualcoder_lite.store.schema import Source, SourceText

JOINER = "\u2060"  # keeps the line from being broken where it stands
LINES = rf"(\d{{1,9}})([a-z]{{0,3}})(?:{JOINER}?[-–\u2011]{JOINER}?(\d{{1,9}}))?"
"""Lines as they are written or typed, where no key has an en dash: first line, letter, last line."""
_REFERENCE = re.compile(rf"\s*\[?\s*(.+?)\s*[·.:,\s]\s*{LINES}\s*\]?\s*")
_TYPED_LINES = re.compile(r"[·.:](\d{1,9}[a-z]{0,3})(?:[-–](\d*))?$")
_PLAIN = str.maketrans({"[": "(", "]": ")", "\u00a0": " ", "\u2011": "-", JOINER: None})
_UNBROKEN = str.maketrans({" ": "\u00a0", "-": "\u2011", "–": f"–{JOINER}"})
_PRINTED = re.compile(rf"\[[^\[\]\n]+?·{LINES}\??\]|[^\s\[\]]+·{LINES}")


@dataclass(frozen=True)
class _Coded:
    """The codings of a source: the first one's number, their ranges, lines, and letters (-1: none)."""

    number: int
    start: Numbers
    end: Numbers
    first: Numbers
    last: Numbers
    letter: Numbers


class Citations:
    """How the quotes of a study are cited, and what a citation leads to."""

    def __init__(self, frames: Frames, lines: Callable[[int], Offsets]) -> None:
        """`lines` gives where the lines of a source (number) start; it is asked when they are needed."""
        self.frames, self._lines = frames, lines
        self._coded: dict[int, _Coded] = {}
        self._sources = {plain_key(row.key): n for n, row in reversed(list(enumerate(frames.sources)))}
        self._codings: dict[bytes, int] | None = None

    def of_range(self, source: int, start: int, end: int) -> str:
        """How a range of a source (number; code points, end exclusive) is cited."""
        coded = self._of(source)
        low, high = np.searchsorted(coded.start, start), np.searchsorted(coded.start, start, "right")
        at = low + int(np.searchsorted(coded.end[low:high], end))
        exact = at < high and coded.end[at] == end
        letter = int(coded.letter[at if exact else low]) if low < high else -1
        first, last = lines_between(self._lines(source), np.array([start]), np.array([end]))
        return self._written(source, int(first[0]), letter, int(last[0]))

    def of_coding(self, coding: int) -> str:
        """How a coding (number) is cited."""
        source = int(self.frames.codings.source[coding])
        coded = self._of(source)
        at = coding - coded.number
        return self._written(source, int(coded.first[at]), int(coded.letter[at]), int(coded.last[at]))

    def find_coding(self, key: str, first: int, letter: str = "", last: int | None = None) -> int:
        """The coding (number) that a written or typed citation means; -1 where there is none.

        Without a letter it is the first that begins there, one of a single line where no last line is named.
        Of several on the same words it is the one made first.
        """
        source = self._sources.get(plain_key(key), -1)
        if source < 0:
            return -1
        coded, wanted = self._of(source), _number(letter)
        fits = coded.first == first
        if letter:
            fits &= (coded.letter == wanted) | ((coded.letter < 0) & (wanted == 0))
        if last is not None:
            fits &= coded.last == last
        elif not letter and (alone := fits & (coded.last == first)).any():
            fits = alone
        found = np.flatnonzero(fits)
        return coded.number + int(found[0]) if len(found) else -1

    def find_place(self, text: str) -> tuple[int, int, int] | None:
        """Where a citation leads that somebody types: source (number), start and end of the coding or lines.

        Point, colon, comma or space do for `·`, and capitals do not matter. None where it leads nowhere.
        """
        match = _REFERENCE.fullmatch(text)
        key = next(
            (key for key in self._sources if match and key.lower() == plain_key(match[1]).lower()), None
        )
        if match is None or key is None:
            return None
        first, last = int(match[2]), int(match[4]) if match[4] else None
        coding = self.find_coding(key, first, match[3].lower(), last)
        if coding >= 0:
            of = self.frames.codings
            return int(of.source[coding]), int(of.start[coding]), int(of.end[coding])
        return self._lines_at(self._sources[key], first, last or first)

    def number_of(self, row: bytes) -> int:
        """The number of a coding by its id; -1 where it is gone."""
        if self._codings is None:
            self._codings = {known: number for number, known in enumerate(self.frames.codings.id)}
        return self._codings.get(row, -1)

    def _lines_at(self, source: int, first: int, last: int) -> tuple[int, int, int] | None:
        starts, beyond = self._lines(source), self.frames.sources[source].characters
        if not 1 <= first <= len(starts):
            return None
        end = int(starts[last]) if first <= last < len(starts) else max(beyond, int(starts[first - 1]))
        return source, int(starts[first - 1]), end

    def _written(self, source: int, first: int, letter: int, last: int) -> str:
        line = f"{plain_key(self.frames.sources[source].key)}·{first}{_letters(letter)}"
        return line if first == last else f"{line}–{last}"

    def _of(self, source: int) -> _Coded:
        found = self._coded.get(source)
        if found is None:
            found = self._coded[source] = self._read(source)
        return found

    def _read(self, source: int) -> _Coded:
        of = self.frames.codings
        low, high = np.searchsorted(of.source, [source, source + 1])
        start, end = of.start[low:high], of.end[low:high]
        first, last = lines_between(self._lines(source), start, end)
        return _Coded(int(low), start, end, first, last, _lettered(start, end, first))


def citations_in(connection: Connection, frames: Frames) -> Citations:
    """The citations of a study whose texts are read as they are needed."""
    return Citations(frames, lambda source: read_text(connection, frames.sources[source].id)[1])


def read_text(connection: Connection, source: bytes) -> tuple[str, Offsets]:
    """The text of a source and where its numbered lines start, by the source's own rule."""
    joined = select(SourceText.text, Source.line_rule).join(Source, Source.id == SourceText.source_id)
    found = connection.execute(joined.where(Source.id == source)).first()
    text, rule = (str(found[0]), dict(found[1] or {})) if found else ("", {})
    return text, line_starts(text, int(rule.get("characters", LINE_CHARACTERS)))


def plain_key(key: str) -> str:
    """A citation code as it stands in a citation: brackets are parentheses, nothing keeps it unbroken."""
    return key.translate(_PLAIN)


def as_written(typed: str) -> str:
    """What somebody types of a citation with the signs that no key has: `A1.27-29` is `A1·27–29`."""
    return _TYPED_LINES.sub(
        lambda match: f"·{match[1]}" + (f"–{match[2]}" if match[2] is not None else ""), typed
    )


def unbroken(text: str) -> str:
    """A text whose citations no line break parts, for pages that are laid out elsewhere."""
    if "·" not in text:
        return text
    return _PRINTED.sub(lambda match: match.group().replace(JOINER, "").translate(_UNBROKEN), text)


def lines_between(lines: Offsets, start: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
    """The first and the last lines of ranges, from 1."""
    first = np.maximum(1, np.searchsorted(lines, start, "right"))
    return first, np.maximum(first, np.searchsorted(lines, np.maximum(start, end - 1), "right"))


def _lettered(start: Numbers, end: Numbers, first: Numbers) -> Numbers:
    """The letters of ranges in order, from 0; -1 where no other range begins in the line."""
    if not len(start):
        return start
    other = np.ones(len(start), np.bool_)
    other[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    place = np.cumsum(other)  # of each range among the different ones, from 1
    low, beyond = np.searchsorted(first, first), np.searchsorted(first, first, "right")
    several = place[beyond - 1] > place[low]
    return np.where(several, place - place[low], -1)


def _letters(number: int) -> str:
    """The letters of a number: a to z, then aa, ab; none for -1."""
    return "" if number < 0 else _letters(number // 26 - 1) + chr(ord("a") + number % 26)


def _number(letters: str) -> int:
    """The number of letters; -1 for none."""
    number = -1
    for letter in letters:
        number = (number + 1) * 26 + ord(letter) - ord("a")
    return number
