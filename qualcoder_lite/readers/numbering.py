"""Numbers beside labels: those of utterances (P1, J1, P2, J2), and those of the questions of a form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from qualcoder_lite.readers.document import ROLES
from qualcoder_lite.readers.label_words import label_key, number_of, without_brackets
from qualcoder_lite.readers.labels import Cue, word

ANSWER = "Jawab"
QUESTION = "Pertanyaan"
ANSWERS = frozenset({"jawab", "jawaban", "answer"})
_ASKED = re.compile(r"^[^\S\n]*\S[^\n]*\?[^\S\n]*$", re.MULTILINE)
_NUMBERED = re.compile(r"^[^\S\n]*(\d{1,3})[.)](?:[^\S\n]+(?=\S)|(?=[^\W\d]))", re.MULTILINE)


def as_utterances(labels: Sequence[str], names: Container[str]) -> list[tuple[str, str | None]]:
    """The labels of the turns in order, with numbers of utterances taken off and put beside them.

    Numbers are of utterances, not of persons, where two series of labels, one asking and one answering, each
    count upwards and never use a number twice. `names`: keys of labels that the user has named as they are.
    """
    numbers = [None if label_key(label) in names else number_of(label) for label in labels]
    series: dict[str, list[int]] = {}
    for label, number in zip(labels, numbers, strict=True):
        if number is not None and word(label).base != QUESTION.casefold():
            series.setdefault(word(label).base, []).append(number)
    counting = {base for base, counted in series.items() if _counts_up(counted)}
    roles = {word(base).role for base in counting}
    if not {"interviewer", "informant"} <= roles or not any(len(series[base]) > 1 for base in counting):
        return [(label, None) for label in labels]
    return [
        (_unnumbered(label), str(number))
        if number is not None and word(label).base in counting
        else (label, None)
        for label, number in zip(labels, numbers, strict=True)
    ]


def _counts_up(numbers: list[int]) -> bool:
    return all(first < second for first, second in pairwise(numbers))


def _unnumbered(label: str) -> str:
    return re.sub(r"[\s.-]*\d+$", "", without_brackets(label))


def with_questions(
    text: str, cues: list[Cue], begin: int, items: Sequence[int], names: Mapping[str, str]
) -> list[Cue]:
    """The cues with those of a question-and-answer form: questions have a number, only answers have a label.

    Where any other label speaks, known or not, the text is no such form. `items`: where the paragraphs of
    automatic lists start, whose numbers are not in the text. `names`: label → role, or else the alias of an
    informant, as the user gave it, by label keys.
    """
    roles = {_role(cue, names) for cue in cues}
    if "informant" not in roles:
        return cues
    asked = [cue for cue in cues if word(cue.label).base == QUESTION.casefold()]
    found: list[Cue] = []
    if not roles & {"interviewer", "open", ""}:
        answers = [cue for cue in cues if _role(cue, names) == "informant"]
        found = _questions(text, answers, cues, begin, items)
    if not asked and not found:
        return cues
    return sorted([*map(_as_answer, cues), *found], key=lambda cue: cue.start)


def _role(cue: Cue, names: Mapping[str, str]) -> str:
    """The role of a label by what the user said, else by its word; empty where neither tells."""
    given = names.get(label_key(cue.label))
    if given is None:
        return word(cue.label).role or ""
    return given.casefold() if given.casefold() in ROLES else "informant"


def _as_answer(cue: Cue) -> Cue:
    """A cue under the one word for what is answered in such a form."""
    return cue._replace(label=ANSWER) if word(cue.label).key in ANSWERS else cue


def _questions(text: str, answers: list[Cue], cues: list[Cue], begin: int, items: Sequence[int]) -> list[Cue]:
    starts = [cue.start for cue in cues]
    found: list[Cue] = []
    number = 0
    for answer in answers:
        before = bisect_left(starts, answer.start) - 1
        floor = cues[before].speech if before >= 0 else begin
        place = _question_before(text, floor, answer, number + 1, items)
        if place is None:
            continue
        start, speech, number = place
        found.append(Cue(start, speech, f"{QUESTION} {number}", "question"))
    return found


def _question_before(
    text: str, floor: int, answer: Cue, expected: int, items: Sequence[int]
) -> tuple[int, int, int] | None:
    """Where the question of an answer begins (line, speech) and its number; None where there is none.

    Without a number only *Jawab* says that it was a question: *Informan* answers whoever asks how ever.
    """
    numbered = list(_NUMBERED.finditer(text, floor, answer.start))
    fitting = [match for match in numbered if int(match[1]) == expected]
    if numbered:
        match = (fitting or numbered)[-1]
        return match.start(), match.end(), int(match[1])
    listed = items[bisect_left(items, floor) : bisect_left(items, answer.start)]
    if listed:
        return listed[-1], listed[-1], expected
    if word(answer.label).key in ANSWERS and (asked := list(_ASKED.finditer(text, floor, answer.start))):
        return asked[-1].start(), asked[-1].start(), expected
    return None
