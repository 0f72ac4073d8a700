"""Where one can go in the window: a place says what is to be shown, and a workspace knows how (`Desk.go`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Workspace(IntEnum):
    """The three workspaces, by the number of their tab."""

    REDUCTION = 0
    DISPLAY = 1
    CONCLUSIONS = 2


@dataclass(frozen=True)
class Source:
    """A source; nothing happens where it is open already."""

    id: bytes


@dataclass(frozen=True)
class Passage:
    """A range of a source (code points, end exclusive), with the coding that is to stand out there.

    `focus`: the keys go to the text, and `Desk.go_back` leads to where one was; otherwise they stay.
    """

    source: bytes
    start: int
    end: int
    coding: bytes | None = None
    focus: bool = True
    all_coders: bool = False  # what all coders have there is shown until one goes back


@dataclass(frozen=True)
class Cell:
    """The cell of two references, in a matrix in which it stands."""

    first: str
    second: str


@dataclass(frozen=True)
class Claim:
    """A claim, where claims are worked on."""

    id: bytes


@dataclass(frozen=True)
class Code:
    """A code in the codebook."""

    id: bytes


@dataclass(frozen=True)
class Informant:
    """An informant in the list of informants."""

    id: bytes


Place = Source | Passage | Cell | Claim | Code | Informant
