"""Words, sentences, paragraphs and turns around a position of a page, as ranges of code points."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from operator import attrgetter

from qualcoder_lite.sentences import sentence_at
from qualcoder_lite.ui.text.page import Page, Turn

_INSIDE = "-'’ʼ‑\u00ad"  # join two parts of a word: undang-undang, Jum'at
_JOINERS = "_\u200c\u200d"
_REACH = 400  # characters that a word may be long


def _letter(character: str) -> bool:
    """Tell whether a character makes words."""
    return character.isalnum() or character in _JOINERS or unicodedata.category(character)[0] == "M"


def _ideograph(character: str) -> bool:
    """Tell whether a character is written without spaces to its neighbours."""
    return "\u2e80" <= character <= "\ua4cf" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"


def in_word(text: str, position: int) -> bool:
    """Tell whether the character at a position belongs to a word."""
    if not 0 <= position < len(text):
        return False
    if text[position] in _INSIDE:
        around = text[position - 1 : position + 2]
        return position > 0 and len(around) == 3 and _letter(around[0]) and _letter(around[2])
    return _letter(text[position])


def word_at(text: str, position: int) -> tuple[int, int]:
    """The word at a position or just before it; else the character there."""
    if not in_word(text, position) and in_word(text, position - 1):
        position -= 1
    if not in_word(text, position) or _ideograph(text[position]):
        return min(position, len(text)), min(position + 1, len(text))
    start, end = position, position + 1
    while start > position - _REACH and in_word(text, start - 1) and not _ideograph(text[start - 1]):
        start -= 1
    while end < position + _REACH and in_word(text, end) and not _ideograph(text[end]):
        end += 1
    return start, end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without outer white space; an empty one where there is nothing else."""
    words = text[start:end].rstrip()
    return start + len(words) - len(words.lstrip()), start + len(words)


def next_word(text: str, position: int) -> int:
    """Where the next word starts."""
    limit = min(len(text), position + _REACH)
    if in_word(text, position):
        position = word_at(text, position)[1]
    while position < limit and not in_word(text, position):
        position += 1
    return position


def previous_word(text: str, position: int) -> int:
    """Where the word before a position starts."""
    limit = max(0, position - _REACH)
    while position > limit and not in_word(text, position - 1):
        position -= 1
    return word_at(text, position - 1)[0] if position > limit else position


def paragraph_at(text: str, position: int) -> tuple[int, int]:
    """The paragraph in which a position stands, without its line break."""
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, end if end >= 0 else len(text)


def turn_at(page: Page, position: int) -> Turn | None:
    """The turn in which a position stands, its end included."""
    index = bisect_right(page.turns, position, key=attrgetter("start")) - 1
    return page.turns[index] if index >= 0 and position <= page.turns[index].end else None


def sentence_in(page: Page, position: int) -> tuple[int, int]:
    """The sentence in which a position stands, never across the edge of a turn."""
    turn = turn_at(page, position)
    if turn is None:
        return sentence_at(page.text, position)
    return sentence_at(page.text, position, turn.start, turn.end)


def wider(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Word, sentence, paragraph, turn and text around a range, as far as they are wider, narrowest first."""
    return [one for one in _parts(page, start) if one[0] <= start and end <= one[1] and one != (start, end)]


def narrower(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Turn, paragraph, sentence and word at the start of a range, as far as they lie in it, widest first."""
    inside = [one for one in _parts(page, start) if start <= one[0] and one[1] <= end and one != (start, end)]
    return inside[::-1]


def _parts(page: Page, start: int) -> list[tuple[int, int]]:
    turn = turn_at(page, start)
    parts = [
        word_at(page.text, start),
        sentence_in(page, start),
        paragraph_at(page.text, start),
        (turn.start, turn.end) if turn else (0, len(page.text)),
        (0, len(page.text)),
    ]
    return sorted(parts, key=lambda one: one[1] - one[0])
