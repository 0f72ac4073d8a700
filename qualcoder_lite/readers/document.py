"""What a reader gives: a text with marks, turns, header, remarks. Offsets are code points, end exclusive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

ROLES = ("interviewer", "informant", "descriptive", "reflective")
MarkKind = Literal["heading", "bold", "italic", "list", "table", "page", "line", "note"]
"""What a reader can mark. Studies store a kind by its place here: new ones only at the end."""
MARK_KINDS: tuple[MarkKind, ...] = get_args(MarkKind)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that the file showed in a special way.

    `kind` is heading, bold, italic, list, table, page, line, or note (the character to which a footnote
    belongs); `value` is the level of a heading, the number of a page, line or note, else 0.
    """

    kind: MarkKind
    start: int
    end: int
    value: int = 0


AsideKind = Literal["line_number", "page_number", "running_head"]


@dataclass(frozen=True, slots=True)
class Aside:
    """Words on a page (counted from 1) that were taken for something around the text, and left out of it."""

    kind: AsideKind
    page: int
    words: str


@dataclass(frozen=True, slots=True)
class TurnRange:
    """A stretch spoken by one label: the speech alone, without label, time stamp and outer white space."""

    start: int
    end: int
    label: str
    time: int | None = None  # milliseconds from the start of the recording
    utterance: str | None = None  # the number of an utterance where labels carry one (P1, J1)


@dataclass(frozen=True)
class Speaker:
    """What one label of a file stands for: its role and, for an informant, the alias where one is known."""

    label: str
    role: str
    informant: str | None = None
    sure: bool = True
    reason: str = ""  # message id of why the role was inferred so


@dataclass(frozen=True)
class Suggestion:
    """A code name that the file itself wrote beside a passage; never applied silently."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Remark:
    """Something the user should know about the reading: a message id and its parameters."""

    message: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A file as read: nothing of it is lost, nothing is in a database yet."""

    text: str
    marks: tuple[Mark, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)  # see header.HEADER_KEYS
    speakers: tuple[Speaker, ...] = ()
    turns: tuple[TurnRange, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    remarks: tuple[Remark, ...] = ()
    asides: tuple[Aside, ...] = ()
    authors: tuple[str, ...] = ()  # names of people in the properties of the file
    encoding: str = ""
    technique: str = "document"  # inferred: interview, focus_group, observation or document
