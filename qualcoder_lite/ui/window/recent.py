"""The studies that this person opened before."""

from __future__ import annotations

from pathlib import Path

from qualcoder_lite import settings
from qualcoder_lite.ui.desk.folders import documents_folder

SAMPLE = "sample.qcl"
KEPT = 8  # studies remembered


def sample_path() -> Path:
    """Where the sample study lies."""
    return settings.data_folder() / SAMPLE


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
    """Where the person keeps studies: beside the last one, else among the documents."""
    own = settings.data_folder()  # of the program: nobody finds a study there again
    kept = (path.parent for path in recent_studies() if not path.is_relative_to(own))
    return next(kept, documents_folder())
