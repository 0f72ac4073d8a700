"""Checks before the defence that look at the texts: what is coded, who said it, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from qualcoder_lite.analysis.cells.naming import pair_in_words
from qualcoder_lite.analysis.conclusions.hints import (
    Hint,
    Reading,
    at_cell,
    at_coding,
    collapse_spaces,
    shorten,
)
from qualcoder_lite.analysis.search.words import fold_accents
from qualcoder_lite.coding.counting.counted import touching_turns
from qualcoder_lite.coding.counting.frames import INFORMANT, INTERVIEWER, Numbers
from qualcoder_lite.coding.counting.references import evidence
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.sentences import sentences

LONG = 1000  # characters of a coding: more is hardly one thought
SHORT_TURN = 40  # characters: a shorter turn need not say anything
SAME_WORDS = 8  # in a row: more than chance

_YES_WORDS = """
    ya iya iyo yo yoi betul benar tentu pasti setuju oke ok yes yeah yep right sure correct
"""
_BESIDE_WORDS = """
    pak bu bapak ibu kak bang abang dik adik mas mbak uda uni memang lah sih kok begitu gitu itu sekali saja
    aja dong kan he eh hem hmm ehm sir ma am madam of course that is
"""
_YES, _BESIDE = frozenset(_YES_WORDS.split()), frozenset(_BESIDE_WORDS.split())
_TAGS = "kan|bukan|bukankah|betul|benar|begitu|gitu|ya|iya|right|correct|isn't it|aren't you|don't you"
_CALLED = "pak|bu|bapak|ibu|kak|bang|abang|dik|adik|mas|mbak"
_OPENERS = "jadi|berarti|artinya|tentu|tentunya|pasti|pastinya|bukankah|so|surely|then"
_LEADING = re.compile(
    rf"\b(?:{_TAGS})\W*(?:{_CALLED})?\W*\?\W*$|^\W*(?:{_OPENERS})\b.*\?\W*$", re.IGNORECASE | re.DOTALL
)
_OPEN = re.compile(
    r"\b(?:apa|bagaimana|gimana|mengapa|kenapa|siapa|berapa|kapan|mana|how|why|who|what|when|where|which)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")


def uncoded_turns(reading: Reading) -> Iterator[Hint]:
    """Turns of informants in done sources that no coding of this coder touches; very short ones are left."""
    frames, turns = reading.study.frames, reading.study.frames.turns
    coding, turn = touching_turns(frames)
    coded = np.zeros(len(turns.source), dtype=np.bool_)
    coded[turn[reading.study.of_coder(reading.coder)[coding]]] = True
    done = np.array([source.status == "done" for source in frames.sources], dtype=np.bool_)
    bare = ~coded & (turns.role == INFORMANT) & (turns.end - turns.start >= SHORT_TURN)
    for index in np.flatnonzero(bare & done[turns.source] if len(turns.source) else bare).tolist():
        source, start, end = int(turns.source[index]), int(turns.start[index]), int(turns.end[index])
        row = frames.sources[source]
        what = f"{row.key}: {collapse_spaces(reading.texts.quote(source, start, end))}"
        yield Hint("uncoded_turns", what, "passage", source=row.id, start=start, end=end)


def long_codings(reading: Reading) -> Iterator[Hint]:
    """Codings of more than LONG characters."""
    of = reading.study.frames.codings
    for coding in reading.mine[(of.end - of.start)[reading.mine] > LONG].tolist():
        number = int(of.end[coding] - of.start[coding])
        length = n_("{n} character", "{n} characters", number).format(n=number)
        yield at_coding(reading, "long_codings", coding, f"{length}: {shorten(reading.quote(coding))}")


def across_speakers(reading: Reading) -> Iterator[Hint]:
    """Codings that touch the words of more than one speaker."""
    turns = reading.study.frames.turns
    coding, turn = touching_turns(reading.study.frames)
    speaker = np.where(turns.informant >= 0, turns.informant, -2 - turns.role)
    speakers: dict[int, set[int]] = {}
    for number, who in zip(coding.tolist(), speaker[turn].tolist(), strict=True):
        speakers.setdefault(number, set()).add(who)
    for number in reading.mine.tolist():
        if len(speakers.get(number, ())) > 1:
            yield at_coding(reading, "across_speakers", number, collapse_spaces(reading.quote(number)))


def bare_yes(reading: Reading) -> Iterator[Hint]:
    """Codings of nothing but a yes, where the interviewer's turn before puts the answer into the mouth."""
    turns = reading.study.frames.turns
    coding, turn = touching_turns(reading.study.frames)
    for number, at in _first_turns(reading, coding, turn):
        before = at - 1
        asked = before >= 0 and turns.source[before] == turns.source[at] and turns.role[before] == INTERVIEWER
        if turns.role[at] != INFORMANT or not asked or not is_bare_yes(reading.quote(number)):
            continue
        place = int(turns.source[before]), int(turns.start[before]), int(turns.end[before])
        question = reading.texts.quote(*place)
        if is_leading(question):
            what = f"{collapse_spaces(question)} – {collapse_spaces(reading.quote(number))}"
            yield at_coding(reading, "bare_yes", number, what)


def _first_turns(reading: Reading, coding: Numbers, turn: Numbers) -> Iterator[tuple[int, int]]:
    """Each coding of the coder with the first turn that it touches."""
    mine = reading.study.of_coder(reading.coder)[coding]
    owner, first = np.unique(coding[mine], return_index=True)
    yield from zip(owner.tolist(), turn[mine][first].tolist(), strict=True)


def is_bare_yes(said: str) -> bool:
    """Tell whether these words are a yes and nothing else, as `Ya, Pak.` or `Betul sekali`."""
    words = _words(said)
    return any(word in _YES for word in words) and all(word in _YES or word in _BESIDE for word in words)


def is_leading(question: str) -> bool:
    """Tell whether a question carries its answer, by its last sentence: `…, kan?`, `…, ya, Bu?`, `Jadi …?`.

    What asks openly (how, why, who …) does not.
    """
    ranges = sentences(question)
    start, end = ranges[-1] if ranges else (0, 0)
    last = question[start:end]
    return bool(_LEADING.search(last)) and not _OPEN.search(last)


def etic_repeats(reading: Reading) -> Iterator[Hint]:
    """Cells whose etic reading has many words in a row of a quote behind it, or is nothing but a citation.

    What stands in quotation marks is a citation and is not looked at.
    """
    for key, cell in reading.cells.items():
        own = _QUOTED.sub(" ", cell.etic_reading)
        runs = _runs(_words(own))
        if cell.etic_reading.strip() and not _words(own):
            what = _("nothing but a citation")
        elif runs and (quote := _repeated(reading, key, runs)):
            what = collapse_spaces(quote)
        else:
            continue
        yield at_cell("etic_repeats", key, cell, f"{pair_in_words(reading.study, *key)}: {what}")


def _repeated(reading: Reading, key: tuple[str, str], runs: set[tuple[str, ...]]) -> str:
    """The first quote behind a cell that has one of these runs of words; empty where none has."""
    for coding in evidence(reading.study, *key).tolist():
        if coding not in reading.words:
            reading.words[coding] = _words(reading.quote(coding))
        if runs & _runs(reading.words[coding]):
            return reading.quote(coding)
    return ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold_accents(text).casefold())


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    """All stretches of SAME_WORDS words."""
    return {tuple(words[at : at + SAME_WORDS]) for at in range(len(words) - SAME_WORDS + 1)}
