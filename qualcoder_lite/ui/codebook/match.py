"""Which codes fit what was typed: exact keys first, then beginnings of words, then anything in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcoder_lite.analysis.panels.lists import CodeLine

_KEY, _KEY_BEGINS, _WORD_BEGINS, _WITHIN, _SCATTERED = range(5)
_FEW_LETTERS = 2  # up to so many letters must stand together: scattered ones would fit everything


@dataclass(frozen=True)
class Match:
    """A code that fits; `bold` are the places of its name that were typed."""

    line: CodeLine
    grade: int
    bold: tuple[int, ...] = ()


def matching(lines: Sequence[CodeLine], typed: str, recent: Sequence[bytes] = ()) -> list[Match]:
    """The codes that fit, best first; those used lately before others of the same grade."""
    rank = {code: number for number, code in enumerate(recent)}
    found = [match for line in lines if (match := match_of(line, typed)) is not None]
    order = {line.id: number for number, line in enumerate(lines)}
    found.sort(key=lambda one: (one.grade, rank.get(one.line.id, len(rank)), order[one.line.id]))
    return found


def match_of(line: CodeLine, typed: str) -> Match | None:
    """How a code fits; None where it does not."""
    wanted, key, name = typed.strip().lower(), line.key.lower(), line.name.lower()
    if not wanted:
        return Match(line, _WITHIN)
    if key == wanted:
        return Match(line, _KEY)
    if key.startswith(wanted):
        return Match(line, _KEY_BEGINS)
    parts = wanted.split()
    begins = _beginnings(name, parts)
    if begins is not None:
        return Match(line, _WORD_BEGINS, begins)
    at = name.find(wanted)
    if at >= 0:
        return Match(line, _WITHIN, tuple(range(at, at + len(wanted))))
    scattered = _scattered(name, wanted.replace(" ", "")) if len(wanted) > _FEW_LETTERS else None
    return None if scattered is None else Match(line, _SCATTERED, scattered)


def _beginnings(name: str, parts: Sequence[str]) -> tuple[int, ...] | None:
    """Where words of the name begin with the parts, in order."""
    bold: list[int] = []
    after = 0
    for part in parts:
        at = name.find(part, after)
        while at > 0 and name[at - 1].isalnum():
            at = name.find(part, at + 1)
        if at < 0:
            return None
        bold.extend(range(at, at + len(part)))
        after = at + len(part)
    return tuple(bold)


def _scattered(name: str, letters: str) -> tuple[int, ...] | None:
    """Where the letters stand in the name, in order, the first at the beginning of a word."""
    bold: list[int] = []
    after = 0
    for letter in letters:
        at = name.find(letter, after)
        while at > 0 and not bold and name[at - 1].isalnum():
            at = name.find(letter, at + 1)
        if at < 0:
            return None
        bold.append(at)
        after = at + 1
    return tuple(bold)
