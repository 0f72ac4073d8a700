"""From a text to a transcript: header, turns, speakers and technique.

The rules stand where they are applied: `header`, `labels` and `accepting`, `numbering`, `roles`.

The text itself is never changed. A turn is the speech alone; whatever nobody is said to speak stays in the
text outside of turns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qualcoder_lite.readers.accepting import Range, cues_of
from qualcoder_lite.readers.document import Aside, Document, Mark, Remark, Speaker, Suggestion, TurnRange
from qualcoder_lite.readers.header import HEADER_KEYS, header_of
from qualcoder_lite.readers.label_words import FIELD_NOTE, label_key, number_of, without_brackets
from qualcoder_lite.readers.labels import Cue, word
from qualcoder_lite.readers.names import authors_in
from qualcoder_lite.readers.numbering import as_utterances, with_questions
from qualcoder_lite.readers.roles import speakers_of
from qualcoder_lite.readers.times import milliseconds

__all__ = ["HEADER_KEYS", "Draft", "transcribed"]

_SPOKEN_STAMP = r"(?:[\[({<#][ ]?\d{1,3}(?:[:.]\d{2}){1,2}(?:[.,-]\d{1,3})?[ ]?[\])}>#])"
_LEADING = re.compile(rf"\s*{_SPOKEN_STAMP}")
_TRAILING = re.compile(rf"(?P<apart>\n?)\s*(?P<stamp>{_SPOKEN_STAMP})\s*$")
_LONGEST_STAMP = 80  # code points, with the white space around it
_OPENING, _CLOSING = tuple("[({<#"), tuple("])}>#")
_TITLE_ROOM = 400


@dataclass(frozen=True)
class Draft:
    """A file as its reader hands it over, before anybody looked for who speaks. Offsets are code points."""

    text: str
    marks: tuple[Mark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    asides: tuple[Aside, ...] = ()  # what stood around the text
    authors: tuple[str, ...] = ()  # in the properties of the file
    suggestions: tuple[Suggestion, ...] = ()
    encoding: str = ""
    turns: tuple[TurnRange, ...] = ()  # those that the file itself sets apart, as rows of a table
    closed: tuple[Range, ...] = ()  # where no labels are sought and no turn runs on: tables, notes
    times: Mapping[int, int] = field(default_factory=dict)  # milliseconds, by the start of a line
    labels: tuple[str, ...] = ()  # labels that the file itself marks as such
    recorded: bool = False  # surely speech, as subtitles are, even if nobody is named


def transcribed(draft: Draft, speakers: Mapping[str, str] | None = None) -> Document:
    """The whole reading of a draft. `speakers`: label → role word, or else the alias of an informant."""
    text = draft.text
    spelled = {label_key(label): label for label in speakers or {}}
    names = {label_key(label): value for label, value in (speakers or {}).items()}
    header, begin = header_of(text, spelled)
    bold = [(mark.start, mark.end) for mark in draft.marks if mark.kind == "bold"]
    taken = [one for one in draft.closed if any(one[0] <= turn.start < one[1] for turn in draft.turns)]
    cues = cues_of(text, begin, spelled, draft.labels, (draft.closed, taken), bold)
    items = [mark.start for mark in draft.marks if mark.kind == "list"]
    cues = with_questions(text, cues, begin, items, names)
    turns = _one_spelling([*draft.turns, *_turns(draft, cues)], names)
    found = speakers_of(text, turns, names)
    return Document(
        text=text,
        marks=draft.marks,
        header=header,
        speakers=found,
        turns=tuple(turns),
        suggestions=draft.suggestions,
        remarks=draft.remarks,
        asides=draft.asides,
        authors=authors_in(draft.authors),
        encoding=draft.encoding,
        technique=_technique(found, text[: max(begin, _TITLE_ROOM)], draft.recorded),
    )


def _turns(draft: Draft, cues: Sequence[Cue]) -> list[TurnRange]:
    """The turns that the cues begin: each runs to the next cue, heading, table or note."""
    stops = sorted(
        {cue.start for cue in cues}
        | {mark.start for mark in draft.marks if mark.kind == "heading"}
        | {start for start, _end in draft.closed}
    )
    turns: list[TurnRange] = []
    for cue in cues:
        at = bisect_right(stops, cue.start)
        turn = _turn(draft, cue, stops[at] if at < len(stops) else len(draft.text))
        if cue.label and turn.start < turn.end:
            turns.append(turn)
    return turns


def _turn(draft: Draft, cue: Cue, end: int) -> TurnRange:
    """The turn of a cue, without the stamps before and behind its speech; empty where nothing is said."""
    start, end = _trimmed(draft.text, cue.speech, end)
    time = cue.time
    if draft.text[start:end][:1] in _OPENING and (match := _LEADING.match(draft.text, start, end)):
        start, end = _trimmed(draft.text, match.end(), end)
        time = milliseconds(match[0]) if time is None else time
    while draft.text[start:end][-1:] in _CLOSING and (match := _last_stamp(draft.text, start, end)):
        if time is None and not match["apart"]:
            time = milliseconds(match["stamp"])
        start, end = _trimmed(draft.text, start, match.start())
    if time is None:
        time = draft.times.get(cue.start, _stamp_above(draft.text, cue.start))
    return TurnRange(start, end, cue.label, time)


def _last_stamp(text: str, start: int, end: int) -> re.Match[str] | None:
    return _TRAILING.search(text, max(start, end - _LONGEST_STAMP), end)


def _stamp_above(text: str, start: int) -> int | None:
    """The time of a stamp that stands on a line of its own above the one that begins at `start`."""
    if text[max(0, start - 2) : start - 1] not in _CLOSING:
        return None
    line = text[max(0, start - _LONGEST_STAMP) : start].rstrip("\n").rpartition("\n")[2]
    match = _LEADING.fullmatch(line)
    return milliseconds(match[0]) if match else None


def _trimmed(text: str, start: int, end: int) -> Range:
    """A range without its outer white space."""
    speech = text[start:end]
    return end - len(speech.lstrip()), start + len(speech.rstrip())


def _one_spelling(turns: list[TurnRange], names: Mapping[str, str]) -> list[TurnRange]:
    """The turns in order, one spelling for a label, numbers of utterances beside it.

    What a label has in brackets belongs to it, unless the label also comes without.
    """
    turns = sorted(turns, key=lambda turn: turn.start)
    counted = as_utterances([turn.label for turn in turns], names)
    spelling: dict[str, str] = {}
    for label, _number in counted:
        spelling.setdefault(label_key(label), label)
    for key, label in list(spelling.items()):
        bare = label_key(without_brackets(label))
        if bare in spelling and key not in names:
            spelling[key] = spelling[bare]
    return [
        TurnRange(turn.start, turn.end, spelling[label_key(label)], turn.time, number)
        for turn, (label, number) in zip(turns, counted, strict=True)
    ]


def _technique(speakers: Sequence[Speaker], head: str, recorded: bool) -> str:
    """The technique that a source's speakers suggest."""
    informants = [speaker for speaker in speakers if speaker.role == "informant"]
    led = any(word(speaker.label).base in ("moderator", "mod", "fasilitator") for speaker in speakers)
    if len(informants) > 1 or (led and any(number_of(speaker.label) for speaker in informants)):
        return "focus_group"
    if informants:
        return "interview"
    if any(speaker.role in ("descriptive", "reflective") for speaker in speakers) or FIELD_NOTE.search(head):
        return "observation"
    return "interview" if recorded or speakers else "document"
