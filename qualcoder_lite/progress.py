"""The progress of long work: passed down as a plain function, able to stop the work."""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Called as progress(done, total, label); raises Cancelled to stop the work."""

INTERVAL = 0.05  # seconds between two reports: often enough to look alive, seldom enough to cost nothing


class Cancelled(Exception):
    """The user stopped long work; everything is as it was before."""


def silent(done: int, total: int, label: str = "") -> None:
    """Report to nobody."""


def throttled(report: Progress, clock: Callable[[], float] = time.monotonic) -> Progress:
    """Pass on the first, the last and otherwise one report per INTERVAL."""
    due = 0.0

    def progress(done: int, total: int, label: str = "") -> None:
        nonlocal due
        now = clock()
        if now >= due or done >= total:
            due = now + INTERVAL
            report(done, total, label)

    return progress
