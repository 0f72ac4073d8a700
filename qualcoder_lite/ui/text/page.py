"""What the text view shows: one text with its turns, codings, marks and line numbers, as plain data.

Offsets are code points of the text, end exclusive; times are milliseconds. The view never asks a study for
anything: whoever opens a source makes a `Page` and hands it over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.i18n import N_
from qualcoder_lite.readers.document import Mark

LineRule = Callable[[str], NDArray[np.int64]]
"""A rule of line numbers: where (code points) the numbered lines of a text start; the first is line 1."""

ROLE_WORDS = {
    "interviewer": N_("interviewer"),
    "informant": N_("informant"),
    "descriptive": N_("descriptive"),
    "reflective": N_("reflective"),
}
POLARITY_WORDS = {
    "+": N_("supports"),
    "-": N_("hinders"),
    "0": N_("neutral"),
    "±": N_("ambivalent"),
    None: N_("no polarity"),
}
PERSPECTIVE_WORDS = {"etic": N_("code from theory"), "emic": N_("code from informants")}


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch spoken by one label: the speech alone. `alias` is what the margin shows for the speaker."""

    start: int
    end: int
    label: str
    role: str = "informant"  # interviewer, informant, descriptive, reflective
    alias: str = ""
    time: int | None = None

    @property
    def speaker(self) -> str:
        """The informant's alias, or the label where there is none."""
        return self.alias or self.label


@dataclass(frozen=True, slots=True)
class Coding:
    """A coding as the text shows it; `colour` is the number 1 to 16 of its code's colour."""

    id: bytes
    start: int
    end: int
    key: str
    name: str
    colour: int = 1
    perspective: str = "etic"
    polarity: str | None = None
    starred: bool = False
    memo: bool = False
    coder: str = ""  # whose it is, where those of all coders are shown


@dataclass(frozen=True, slots=True)
class Page:
    """All that the view shows of one source.

    `hidden` are stretches that are not drawn because the speaker column says them (labels, time stamps);
    see `speaker_labels`. They remain part of the text, of offsets and of what is copied.
    """

    text: str
    turns: tuple[Turn, ...] = ()
    codings: tuple[Coding, ...] = ()
    marks: tuple[Mark, ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    line_rule: LineRule | None = None


def speaker_labels(text: str, turns: tuple[Turn, ...]) -> tuple[tuple[int, int], ...]:
    """The stretches before turns that only say who speaks and when: what stands in front on the same line,
    and a line of its own directly above that holds little more than the label.
    """
    found: list[tuple[int, int]] = []
    previous_end = 0
    for turn in turns:
        line = text.rfind("\n", 0, turn.start) + 1
        start = max(line, previous_end)
        if start == line:
            start = max(_label_line(text, line, turn.label), previous_end)
        if start < turn.start:
            found.append((start, turn.start))
        previous_end = turn.end
    return tuple(found)


def _label_line(text: str, line: int, label: str) -> int:
    """Where a line of its own with the label starts above this one, else where this one starts."""
    above = text.rfind("\n", 0, max(0, line - 1)) + 1
    words = text[above : max(above, line - 1)].strip()
    alone = bool(label) and label in words and len(words) <= len(label) + 24
    return above if alone and line else line
