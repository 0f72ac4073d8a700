"""Where a text may say who speaks: every start of a line that has the shape of a label.

A shape is not yet a label: `accepting` decides which of these places are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from qualcoder_lite.readers.label_words import (
    SECTIONS,
    WEAK_SECTIONS,
    base_form,
    is_figure_of_speech,
    is_titled_name,
    label_key,
    role_of_base,
    without_brackets,
)
from qualcoder_lite.readers.times import milliseconds

LONGEST = 60  # code points of a label
MOST_WORDS = 6


class Cue(NamedTuple):
    """A place where a label stands: its line begins at `start`, what is said may begin at `speech`."""

    start: int
    speech: int
    label: str
    shape: str  # colon, equals, dash, hyphen, tab, alone, stamped, chat, notice, question
    time: int | None = None  # milliseconds


class Word(NamedTuple):
    """What the words of one label say in themselves."""

    key: str
    base: str
    well_formed: bool
    role: str | None  # interviewer, informant, open, descriptive, reflective
    titled: bool
    figure: bool
    section: str  # the heading of a section without its number, else ""
    weak: bool  # a section only in a text that is a field note


_SPACE = r"[^\S\n]"
_STAMP = (
    r"(?:[\[({<#][ ]?\d{1,3}(?:[:.]\d{2}){1,2}(?:[.,-]\d{1,3})?[ ]?[\])}>#]"
    r"|\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)"
)
_LEAD = (
    rf"^{_SPACE}*+(?:[-•*>#–]{{1,6}}{_SPACE}+)?"
    rf"(?:(?P<number>\d{{1,4}})(?:[.)]{_SPACE}*|{_SPACE}+))?"
    rf"(?:(?P<before>{_STAMP}){_SPACE}*(?:[-–—]{_SPACE}*)?)?"
    r"(?P<emphasis>[*_]{1,3})?"
)
_SEPARATED = re.compile(
    rf"{_LEAD}(?P<label>[^\W\d_][^:：=–—\t\n?!;\"“”|#]{{0,{LONGEST + 20}}}?){_SPACE}*"
    rf"(?P<after>{_STAMP})?[*_]{{0,3}}{_SPACE}*"
    r"(?P<separator>(?<!\d):(?!//)|:(?![\d/])|：|=(?!=)|[–—]|(?<=\s)-(?=\s)|\t)",
    re.MULTILINE,
)
_ALONE = re.compile(
    rf"{_LEAD}(?P<label>[^\W\d_][^:：=\t\n?!;\"“”|#]{{0,{LONGEST}}}?){_SPACE}*"
    rf"(?P<after>{_STAMP})?[*_]{{0,3}}{_SPACE}*$",
    re.MULTILINE,
)
_CHAT = re.compile(
    r"^[\u200e\u200f]?\[?(?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}),?[ \u00a0\u202f](?:pukul )?"
    r"(?P<clock>\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)(?:[ \u00a0\u202f]?(?P<half>[AaPp])\.?[Mm]\.?)?"
    rf"(?:\]| [-–])[ ][\u200e\u200f]?(?:(?P<label>[^:\n]{{1,{LONGEST}}}):(?=\s))?",
    re.MULTILINE,
)
_SHAPES = {":": "colon", "：": "colon", "=": "equals", "–": "dash", "—": "dash", "-": "hyphen", "\t": "tab"}
_DAY = 24 * 60 * 60 * 1000
_ENUMERATION = re.compile(r"(?:[A-Z]|[IVX]+|\d+)[.)]\s*", re.IGNORECASE)
_PART = re.compile(r"[^\W_][\w.'’`/&-]*")
_DEGREE = re.compile(r"[A-Z][\w]*\.[\w.]*")


def separated(text: str) -> Iterator[Cue]:
    """The places with a label before a colon, an equals sign, a dash or a tab."""
    for match in _SEPARATED.finditer(text):
        label = " ".join(match["label"].strip("*_ \u00a0").split())
        speech = match.end()
        if match["emphasis"] and text.startswith(match["emphasis"], speech):
            speech += len(match["emphasis"])
        stamp = match["before"] or match["after"]
        yield Cue(
            match.start(),
            speech,
            label,
            _SHAPES[match["separator"]],
            milliseconds(stamp) if stamp else None,
        )


def alone(text: str) -> Iterator[Cue]:
    """The places with a label on a line of its own, with a time stamp (`stamped`) or without."""
    for match in _ALONE.finditer(text):
        label = " ".join(match["label"].strip("*_ \u00a0").split())
        stamp = match["after"] or match["before"]
        shape = "stamped" if match["after"] else "alone"
        yield Cue(match.start(), match.end(), label, shape, milliseconds(stamp) if stamp else None)


def messages(text: str) -> Iterator[Cue]:
    """The messages of a chat; a line of the service itself is a `notice` without a label.

    Their time is that of the clock, counted on from the midnight before the first message.
    """
    days: list[str] = []
    for match in _CHAT.finditer(text):
        if match["day"] not in days[-1:]:
            days.append(match["day"])
        label = " ".join((match["label"] or "").split())
        time = _clock(match["clock"], match["half"]) + (len(days) - 1) * _DAY
        yield Cue(match.start(), match.end(), label, "chat" if label else "notice", time)


def named(text: str, labels: Iterable[str]) -> Iterator[Cue]:
    """The places of labels that are known beforehand, whatever they look like, on their own line or not."""
    spelled = [r"\s+".join(re.escape(part) for part in label.split()) for label in labels]
    if not any(spelled):
        return
    choice = "|".join(sorted(filter(None, spelled), key=len, reverse=True)).replace(r"\s+", f"{_SPACE}+")
    pattern = re.compile(
        rf"{_LEAD}(?P<label>(?:{choice})(?:{_SPACE}*(?!{_STAMP})[\[(][^\])\n]{{0,40}}[\])])?){_SPACE}*"
        rf"(?P<after>{_STAMP})?[*_]{{0,3}}{_SPACE}*(?P<separator>[:：=–—\t]|(?<=\s)-(?=\s)|$)",
        re.MULTILINE | re.IGNORECASE,
    )
    for match in pattern.finditer(text):
        stamp = match["before"] or match["after"]
        label = " ".join(match["label"].split())
        shape = _SHAPES.get(match["separator"], "alone")
        yield Cue(match.start(), match.end(), label, shape, milliseconds(stamp) if stamp else None)


@lru_cache(maxsize=4096)
def word(label: str) -> Word:
    """What a label says in itself."""
    base = base_form(label)
    heading = _ENUMERATION.sub("", label, count=1) if _ENUMERATION.match(label) else label
    section = label_key(without_brackets(heading))
    role = SECTIONS.get(section) or WEAK_SECTIONS.get(section)
    return Word(
        label_key(label),
        base,
        _is_well_formed(label),
        role or role_of_base(base),
        is_titled_name(label),
        role is None and is_figure_of_speech(base),
        heading if role else "",
        section in WEAK_SECTIONS,
    )


def _is_well_formed(label: str) -> bool:
    """The grammar of a label: one to six words of letters, digits, dots, apostrophes; brackets; degrees."""
    parts = without_brackets(label).split()
    if not 1 <= len(parts) <= MOST_WORDS or len(label) > LONGEST:
        return False
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if part.endswith(",") and not _DEGREE.match(following):
            return False
        if not _PART.fullmatch(part.rstrip(",")):
            return False
    return True


def _clock(clock: str, half: str | None) -> int:
    hours, minutes, *seconds = (int(part) for part in re.split("[.:]", clock))
    if half and hours <= 12:
        hours = hours % 12 + (12 if half in "pP" else 0)
    return ((hours * 60 + minutes) * 60 + (seconds[0] if seconds else 0)) * 1000
