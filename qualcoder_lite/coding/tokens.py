"""Citation tokens: `[A3·27–29]` in what a researcher writes stands for a quote of source A3, and leads there.

What stands between the brackets is the quote's citation (`counting.citations`), as it is everywhere. It may
change when passages are coded before it. Therefore a token is bound to a coding as it is written, and kept as
`[A3·27–29@id of the coding]`. It is shown by the citation of today, so that renaming a source, coding more,
or resizing never changes what it means. Where its coding is gone it is shown as it was when it was written,
with a question mark: `[A3·27–29?]`. Older studies keep the number of a passage, `[A3·3@id of the coding]`;
they are shown by their coding as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qualcoder_lite.coding.counting.citations import LINES, Citations

KEPT = re.compile(rf"\[([^\[\]\n]+?)·{LINES}@([0-9a-f]{{32}})\]")
TYPED = re.compile(rf"\[([^\[\]\n@]+)·{LINES}(\??)\]")
_ANY = re.compile(f"{KEPT.pattern}|{TYPED.pattern}")


@dataclass(frozen=True)
class Token:
    """A token in a text: where it stands there, and the coding (number) that it leads to.

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


def token_of(citations: Citations, coding: int) -> str:
    """The token for a coding (number), as it is shown: `[A3·27–29]`."""
    return f"[{citations.of_coding(coding)}]"


def bind_tokens(citations: Callable[[], Citations], text: str, before: str = "") -> str:
    """The text as it is kept: typed tokens bound to a coding; those that lead nowhere stay as they are.

    `before` is the text as it was kept: a token that stood in it stays bound as it was. `citations` is asked
    only where there are tokens.
    """
    if not TYPED.search(text):
        return text
    found, known = citations(), dict[str, list[str]]()
    for match in KEPT.finditer(before):
        known.setdefault(_shown(found, match), []).append(match.group())

    def bind(match: re.Match[str]) -> str:
        old = known.get(match.group(), [])
        if old:
            return old.pop(0) if len(old) > 1 else old[0]
        coding = _meant(found, match) if not match[5] else -1
        if coding < 0:
            return match.group()
        return f"{token_of(found, coding)[:-1]}@{found.frames.codings.id[coding].hex()}]"

    return TYPED.sub(bind, text)


def _meant(citations: Citations, match: re.Match[str]) -> int:
    """The coding that a typed token means; -1 where there is none."""
    key, first, letter, last = match.groups()[:4]
    return citations.find_coding(key, int(first), letter, int(last) if last else None)


def show_tokens(citations: Callable[[], Citations], text: str) -> str:
    """A kept text as it is shown: every token by the citation of today."""
    if not KEPT.search(text):
        return text
    found = citations()
    return KEPT.sub(lambda match: _shown(found, match), text)


def _shown(citations: Citations, match: re.Match[str]) -> str:
    coding = citations.number_of(bytes.fromhex(match[5]))
    return token_of(citations, coding) if coding >= 0 else f"{match.group().rpartition('@')[0]}?]"


def without_tokens(text: str) -> str:
    """The words of a text, kept or shown, without its tokens and with single spaces."""
    return " ".join(_ANY.sub(" ", text).split())


def codings_cited(text: str) -> list[bytes]:
    """The ids of the codings to which the tokens of a kept text are bound."""
    return [bytes.fromhex(match[5]) for match in KEPT.finditer(text)]


def rebind_tokens(text: str, moves: Mapping[bytes, bytes]) -> str:
    """A kept text with its tokens bound to the codings that took the place of others."""

    def rebind(match: re.Match[str]) -> str:
        coding = bytes.fromhex(match[5])
        return f"{match.group().rpartition('@')[0]}@{moves.get(coding, coding).hex()}]"

    return KEPT.sub(rebind, text)


def find_tokens(citations: Citations, text: str) -> list[Token]:
    """The tokens of a text, kept or shown, in order, with the quotes that they lead to."""
    return [_found(citations, match) for match in _ANY.finditer(text)]


def _found(citations: Citations, match: re.Match[str]) -> Token:
    token = match.group()
    if kept := KEPT.fullmatch(token):
        coding, written = citations.number_of(bytes.fromhex(kept[5])), token.rpartition("@")[0]
    else:
        typed = TYPED.fullmatch(token)
        coding = -1 if typed is None or typed[5] else _meant(citations, typed)
        written = token.rstrip("?]")
    if coding < 0:
        return Token(*match.span(), f"{written}?]")
    of = citations.frames.codings
    place = int(of.source[coding]), int(of.start[coding]), int(of.end[coding])
    return Token(*match.span(), token_of(citations, coding), coding, *place)
