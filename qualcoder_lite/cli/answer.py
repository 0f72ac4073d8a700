"""What a verb says when it is done, and the exit statuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

DONE, REFUSED, USAGE, PARTLY, BUG = 0, 1, 2, 3, 70


@dataclass(frozen=True)
class Answer:
    """What a verb says: lines for people, data for programs, complaints for stderr, the exit status."""

    lines: Sequence[str]
    data: Any
    complaints: Sequence[str] = field(default_factory=tuple)
    status: int = DONE
