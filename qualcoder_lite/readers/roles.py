"""Who a label stands for: by its word, else by who asks, who begins and who says more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcoder_lite.i18n import N_
from qualcoder_lite.readers.document import ROLES, Speaker, TurnRange
from qualcoder_lite.readers.label_words import AMBIGUOUS, label_key, number_of, without_brackets
from qualcoder_lite.readers.labels import word
from qualcoder_lite.readers.numbering import ANSWER, ANSWERS, QUESTION

BY_WORD = N_("The word itself says so.")
BY_PARTNER = N_("The other label in this text makes it likely.")
BY_QUESTIONS = N_("This label asks more of the questions.")
BY_ANSWERS = N_("This label asks fewer of the questions.")
BY_FIRST = N_("This label speaks first.")
BY_DEFAULT = N_("Nothing in the text says who this is.")

_CLEARLY = 0.25  # difference of the shares of questions that outweighs the customary meaning of a letter
_PAIRS = (
    ("p", "i"),
    ("p", "n"),
    ("p", "j"),
    ("p", "r"),
    ("p", "s"),
    ("p", "a"),
    ("t", "j"),
    ("q", "a"),
    ("i", "b"),
    ("i", "r"),
    ("i", "p"),
)  # the customary letters: who asks, who answers; the first that fits


@dataclass(frozen=True)
class _Heard:
    """What one label says in the whole text."""

    label: str
    turns: int
    questions: float  # share of the turns that end in a question
    length: float  # mean, in code points


def speakers_of(text: str, turns: Sequence[TurnRange], names: Mapping[str, str]) -> tuple[Speaker, ...]:
    """What each label stands for, in the order in which they first speak.

    `names`: label → role, or else the alias of an informant, as the user gave it, by label keys.
    """
    heard = _heard(text, turns)
    given = {label: value for label in heard if (value := named_value(label, names)) is not None}
    plain = {label: word(label).role for label in heard if label not in given}
    sure = {label: role for label, role in plain.items() if role in ROLES and not _is_open(label)}
    found = {label: Speaker(label, role, reason=BY_WORD) for label, role in sure.items() if role}
    found |= {label: _as_given(label, value) for label, value in given.items()}
    asked = any(speaker.role == "interviewer" for speaker in found.values())
    guessed = _guessed([heard[label] for label in heard if label not in found], heard, asked)
    return tuple(found.get(label) or guessed[label] for label in heard)


def named_value(label: str, names: Mapping[str, str]) -> str | None:
    """What the user said of a label, of it without its brackets, of all numbered questions or answers."""
    for form in (label, without_brackets(label)):
        if (value := names.get(label_key(form))) is not None:
            return value
    if word(label).base == QUESTION.casefold() and number_of(label) is not None:
        return names.get(QUESTION.casefold())
    if label == ANSWER:
        return next((names[key] for key in sorted(ANSWERS) if key in names), None)
    return None


def _as_given(label: str, value: str) -> Speaker:
    role = value.strip().casefold()
    if role in ROLES:
        return Speaker(label, role)
    return Speaker(label, "informant", value.strip())


def _is_open(label: str) -> bool:
    """Tell whether the word of a label can mean more than one role."""
    return word(label).base in AMBIGUOUS or word(label).role == "open"


def _heard(text: str, turns: Sequence[TurnRange]) -> dict[str, _Heard]:
    spoken: dict[str, list[TurnRange]] = {}
    for turn in turns:
        spoken.setdefault(turn.label, []).append(turn)
    return {label: _sum(text, label, of_label) for label, of_label in spoken.items()}


def _sum(text: str, label: str, turns: list[TurnRange]) -> _Heard:
    asked = sum(
        text[max(turn.start, turn.end - 8) : turn.end].rstrip(" \n\t\"'”’)]*_").endswith("?")
        for turn in turns
    )
    return _Heard(
        label, len(turns), asked / len(turns), sum(turn.end - turn.start for turn in turns) / len(turns)
    )


def _guessed(unsure: list[_Heard], everyone: Mapping[str, _Heard], asked: bool) -> dict[str, Speaker]:
    """Speakers whose word leaves it open, each marked as unsure unless word, partner and questions agree."""
    if asked:
        return {heard.label: _second(heard, everyone, asked=True) for heard in unsure}
    chosen, reason = _asker(unsure, everyone)
    return {
        heard.label: _first(heard, everyone, reason) if heard.label == chosen else _second(heard, everyone)
        for heard in unsure
    }


def _asker(unsure: list[_Heard], everyone: Mapping[str, _Heard]) -> tuple[str | None, str]:
    """The label that most likely asks, and why; nobody where a single unknown label speaks."""
    if len(everyone) < 2:
        letter = word(unsure[0].label).base if unsure else ""
        return (unsure[0].label, BY_WORD) if letter == "p" else (None, BY_DEFAULT)
    best = max(unsure, key=lambda heard: (heard.questions, -heard.length), default=None)
    customary = _customary(unsure, everyone)
    if customary is None or best is None:
        return (best.label, BY_QUESTIONS) if best and best.questions > 0 else _first_speaker(unsure, everyone)
    if best.questions > everyone[customary].questions + _CLEARLY:
        return best.label, BY_QUESTIONS
    return customary, BY_PARTNER


def _customary(unsure: list[_Heard], everyone: Mapping[str, _Heard]) -> str | None:
    """The label that asks by custom, given the letters of the others."""
    bases = {word(label).base for label in everyone}
    labels = {word(heard.label).base: heard.label for heard in unsure}
    for asks, answers in _PAIRS:
        if asks in labels and answers in bases:
            return labels[asks]
    return labels.get("p")


def _first_speaker(unsure: list[_Heard], everyone: Mapping[str, _Heard]) -> tuple[str | None, str]:
    """The first of several who are not called informants; one alone beside words for informants."""
    strangers = [heard for heard in unsure if word(heard.label).role != "informant"]
    if len(strangers) > 1:
        return strangers[0].label, BY_FIRST
    answering = any(word(label).role == "informant" for label in everyone)
    return (strangers[0].label, BY_PARTNER) if strangers and answering else (None, BY_DEFAULT)


def _first(heard: _Heard, everyone: Mapping[str, _Heard], reason: str) -> Speaker:
    others = [other.questions for other in everyone.values() if other.label != heard.label]
    sure = reason == BY_PARTNER and heard.questions > max(others, default=0.0)
    return Speaker(heard.label, "interviewer", sure=sure, reason=reason)


def _second(heard: _Heard, everyone: Mapping[str, _Heard], *, asked: bool = False) -> Speaker:
    """An informant: sure where somebody else asks more and its letter or a known interviewer agrees."""
    said = word(heard.label)
    asks_less = any(other.questions > heard.questions for other in everyone.values())
    if said.titled:
        return Speaker(heard.label, "informant", reason=BY_WORD)
    if said.role == "informant" or said.base == "b":
        reason = BY_ANSWERS if asks_less else BY_PARTNER
        return Speaker(heard.label, "informant", sure=asks_less, reason=reason)
    reason = BY_ANSWERS if asks_less else BY_DEFAULT
    return Speaker(heard.label, "informant", sure=asked and asks_less, reason=reason)
