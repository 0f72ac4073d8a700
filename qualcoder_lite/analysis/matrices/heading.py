"""A row or column of a matrix."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A row or column: what it is called and what it refers to."""

    key: str
    name: str
    kind: str  # informant, source, code, value, class, technique, study
    reference: str
    group: str = ""  # under which it stands: class of an informant, technique of a source, top code of a code
    depth: int = 0  # how far below the heading that was opened in place
    below: int = 0  # how many headings it would show if it were opened
