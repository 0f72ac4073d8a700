"""Where sentences end, in Indonesian and English interviews; abbreviations do not end one.

Offsets are code points, end exclusive, without outer white space. A line break always ends a sentence.
"""

from __future__ import annotations

import re

_MARKS = re.compile(r"([.!?…]+)([\"'”’»)\]]*)(?=\s|$)")
# A name or place always follows these; after those a number goes on and a word begins a sentence; titles come
# in rows.
_NAMES = (
    "bpk ib sdr sdri drs dra dr ir prof h hj kh tgk rr rd jl jln gg kec kel kab prov yth ytc kpd a.n d.a "
    "u.p u.b s.d c.q pt cv ud pd r.a alm almh mr mrs ms wr vs cf e.g i.e"
)
_NUMBERS = "no rt rw hal hlm tgl pkl tlp telp hp fax rp vol ed nip nik sk psl fig lt"
_TITLES = "s.sos s.ip s.h s.e s.pd s.ap s.kom s.stp m.si m.ap m.h m.m m.pd ph.d a.md s.ag s.t m.t m.kes"
_BEFORE_NAMES, _BEFORE_NUMBERS = frozenset(_NAMES.split()), frozenset(_NUMBERS.split())
_ACADEMIC = frozenset(_TITLES.split())
_TITLE = re.compile(r"(?:[A-Z][a-z]{0,3}\.)+[A-Z]?[a-z]{0,4}\.?(?=[\s,.;]|$)|M[MH]\b")
_REACH = 4000  # characters looked at to either side of a position


def sentences(text: str) -> list[tuple[int, int]]:
    """The ranges of all sentences of a text, in order."""
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        found.extend(_of_line(line.group(), line.start()))
    return found


def sentence_at(text: str, position: int, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """The sentence in which a position stands, looking no further than from start to end (a turn).

    Between two sentences it is the one before; where there is none, an empty range at the position.
    """
    stop = len(text) if end is None else end
    first = max(start, text.rfind("\n", 0, position) + 1, position - _REACH)
    newline = text.find("\n", position)
    last = min(stop, newline if newline >= 0 else len(text), position + _REACH)
    if last <= first:
        return position, position
    before = position, position
    for sentence in _of_line(text[first:last], first):
        if sentence[0] > position:
            return before if before[1] > before[0] else sentence
        if position < sentence[1]:
            return sentence
        before = sentence
    return before


def _of_line(line: str, offset: int) -> list[tuple[int, int]]:
    """The sentences of one line that starts at this offset of the text."""
    found: list[tuple[int, int]] = []
    start = len(line) - len(line.lstrip())
    for mark in _MARKS.finditer(line):
        if mark.start() >= start and _ends(line, start, mark):
            found.append((offset + start, offset + mark.end()))
            rest = line[mark.end() :]
            start = mark.end() + len(rest) - len(rest.lstrip())
    end = len(line.rstrip())
    if start < end:
        found.append((offset + start, offset + end))
    return found


def _ends(line: str, start: int, mark: re.Match[str]) -> bool:
    """Tell whether this punctuation ends the sentence that starts here."""
    follows = line[mark.end() :].lstrip()
    goes_on = follows[:1].islower()
    if not follows:
        return True
    if mark.group(1) != ".":
        return not (goes_on and (mark.group(2) or set(mark.group(1)) <= {".", "…"}))
    word = _word_before(line, start, mark.start())
    if word in _BEFORE_NAMES or (len(word) == 1 and word.isalpha()):
        return False
    if word.isdecimal() and mark.start() - len(word) <= start:
        return False  # the number of a list item
    if word in _BEFORE_NUMBERS and follows[0].isdecimal():
        return False
    if word in _ACADEMIC and _TITLE.match(follows):
        return False  # one title after another
    return not goes_on


def _word_before(line: str, start: int, end: int) -> str:
    """The word that the full stop closes, in small letters, without brackets and quotes before it."""
    words = line[max(start, end - 40) : end].split()
    return words[-1].lower().lstrip("(\"'“‘[") if words else ""
