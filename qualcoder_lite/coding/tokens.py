"""Citation tokens: `[A3·3]` in what a researcher writes stands for passage 3 of source A3, and leads there.

The passages of a source are the ranges of all its codings, of every coder, merged where they share a
character and numbered from 1 by position; what a filter leaves out makes no difference. A number may thus
change when passages are coded before it. Therefore a token is bound to a coding as it is written, and kept as
`[A3·3@id of the coding]`. It is shown by the citation code and number of today, so that renaming a source,
coding more, or resizing never changes what it means. Where its coding is gone it is shown as it was when it
was written, with a question mark: `[A3·3?]`. Brackets in a citation code become parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from qualcoder_lite.coding.counting.frames import Frames, Numbers
from qualcoder_lite.coding.counting.overlaps import Passages, passages

KEPT = re.compile(r"\[([^\[\]\n]+?)·(\d+)@([0-9a-f]{32})\]")
TYPED = re.compile(r"\[([^\[\]\n@]+)·(\d+)(\??)\]")
_ANY = re.compile(f"{KEPT.pattern}|{TYPED.pattern}")
_BRACKETS = str.maketrans("[]", "()")


@dataclass(frozen=True)
class Numbering:
    """The passages of all sources as they are numbered: `number` of each coding, in its source, from 1."""

    frames: Frames
    merged: Passages
    number: Numbers
    sources: dict[str, int]  # by citation code as tokens write it
    codings: dict[bytes, int]


@dataclass(frozen=True)
class Token:
    """A token in a text: where it stands there, and the coding (number) and passage that it leads to.

    Offsets are code points, end exclusive: `at` and `to` in the text that was looked through, `start` and
    `end` in the source. `coding` is -1 where it leads nowhere (any more).
    """

    at: int
    to: int
    shown: str
    coding: int = -1
    source: int = -1
    start: int = 0
    end: int = 0


def numbering(frames: Frames) -> Numbering:
    """Number the passages of every source."""
    of = frames.codings
    merged = passages(np.zeros(len(of.id), np.int64), of.source, of.start, of.end)
    within = np.arange(len(merged.source)) - np.searchsorted(merged.source, merged.source) + 1
    sources = {_plain(row.key): place for place, row in reversed(list(enumerate(frames.sources)))}
    return Numbering(
        frames, merged, within[merged.of], sources, {row: place for place, row in enumerate(of.id)}
    )


def _plain(key: str) -> str:
    return key.translate(_BRACKETS)


def token_of(numbered: Numbering, coding: int) -> str:
    """The token for a coding (number), as it is shown: `[A3·3]`."""
    source = numbered.frames.sources[numbered.frames.codings.source[coding]]
    return f"[{_plain(source.key)}·{numbered.number[coding]}]"


def find_coding(numbered: Numbering, key: str, number: int) -> int:
    """The coding that a typed token means: that with which the passage begins, the longest of several.

    -1 where there is no such source or passage.
    """
    source, of = numbered.sources.get(key, -1), numbered.frames.codings
    found = np.flatnonzero((of.source == source) & (numbered.number == number))
    if not len(found):
        return -1
    return int(found[np.lexsort((-of.end[found], of.start[found]))[0]])


def bind_tokens(numbered: Callable[[], Numbering], text: str, before: str = "") -> str:
    """The text as it is kept: typed tokens bound to a coding; those that lead nowhere stay as they are.

    `before` is the text as it was kept: a token that stood in it stays bound as it was. `numbered` is asked
    only where there are tokens.
    """
    if not TYPED.search(text):
        return text
    found, known = numbered(), dict[str, list[str]]()
    for match in KEPT.finditer(before):
        known.setdefault(_shown(found, match), []).append(match.group())

    def bind(match: re.Match[str]) -> str:
        old = known.get(match.group(), [])
        if old:
            return old.pop(0) if len(old) > 1 else old[0]
        coding = find_coding(found, match[1], int(match[2])) if not match[3] else -1
        if coding < 0:
            return match.group()
        return f"{token_of(found, coding)[:-1]}@{found.frames.codings.id[coding].hex()}]"

    return TYPED.sub(bind, text)


def show_tokens(numbered: Callable[[], Numbering], text: str) -> str:
    """A kept text as it is shown: every token by the citation code and number of today."""
    if not KEPT.search(text):
        return text
    found = numbered()
    return KEPT.sub(lambda match: _shown(found, match), text)


def _shown(numbered: Numbering, match: re.Match[str]) -> str:
    coding = numbered.codings.get(bytes.fromhex(match[3]), -1)
    return token_of(numbered, coding) if coding >= 0 else f"[{match[1]}·{match[2]}?]"


def without_tokens(text: str) -> str:
    """The words of a text, kept or shown, without its tokens and with single spaces."""
    return " ".join(_ANY.sub(" ", text).split())


def codings_cited(text: str) -> list[bytes]:
    """The ids of the codings to which the tokens of a kept text are bound."""
    return [bytes.fromhex(match[3]) for match in KEPT.finditer(text)]


def rebind_tokens(text: str, moves: Mapping[bytes, bytes]) -> str:
    """A kept text with its tokens bound to the codings that took the place of others."""

    def rebind(match: re.Match[str]) -> str:
        coding = bytes.fromhex(match[3])
        return f"[{match[1]}·{match[2]}@{moves.get(coding, coding).hex()}]"

    return KEPT.sub(rebind, text)


def find_tokens(numbered: Numbering, text: str) -> list[Token]:
    """The tokens of a text, kept or shown, in order, with the passages that they lead to."""
    return [_found(numbered, match) for match in _ANY.finditer(text)]


def _found(numbered: Numbering, match: re.Match[str]) -> Token:
    key, number, kept, typed, typed_number, gone = match.groups()
    if kept:
        coding = numbered.codings.get(bytes.fromhex(kept), -1)
    else:
        coding = -1 if gone else find_coding(numbered, typed, int(typed_number))
    if coding < 0:
        return Token(*match.span(), f"[{key or typed}·{number or typed_number}?]")
    place = numbered.merged.of[coding]
    merged = numbered.merged
    ends = int(merged.source[place]), int(merged.start[place]), int(merged.end[place])
    return Token(*match.span(), token_of(numbered, coding), coding, *ends)
