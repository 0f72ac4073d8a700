"""The studies that this person opened before."""

from __future__ import annotations

from pathlib import Path

from qualcoder_lite import settings

KEPT = 8  # studies remembered


def recent_studies() -> list[Path]:
    """The studies that were open before and are still there, newest first."""
    return [path for name in settings.read().recent if (path := Path(name)).is_file()]


def remember(path: Path) -> None:
    """Put a study first among those that were open before."""
    chosen = settings.read()
    mine = str(path.absolute())
    chosen.recent = [mine, *(name for name in chosen.recent if name != mine)][:KEPT]
    settings.write(chosen)


def usual_folder() -> Path:
    """Where the person keeps studies: beside the last one, else in the own folder."""
    recent = recent_studies()
    return recent[0].parent if recent else Path.home()
