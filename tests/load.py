"""How long a thread waited for a processor: the computer's load, which is no delay of ours."""

from __future__ import annotations

from pathlib import Path

_TOLD = Path("/proc/thread-self/schedstat")


def waited() -> float:
    """The seconds for which this thread was ready and had no processor; 0 where the system does not tell."""
    return int(_TOLD.read_text().split()[1]) / 1e9 if _TOLD.exists() else 0.0
