"""The list of backups with what each holds, for a person who chooses one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.store.backup import FORM, backups
from qualcoder_lite.store.copies import manifest
from qualcoder_lite.store.copies.manifest import LastStep
from qualcoder_lite.store.protection.opener import errors


@dataclass(frozen=True)
class BackupHeld:
    """A backup. `at` in milliseconds since 1970, UTC, by the clock as it was then; `size` in bytes."""

    path: Path
    at: int
    size: int
    codings: int
    sources: int
    steps: tuple[LastStep, ...]  # the newest first
    whole: bool
    before_restoring: bool  # it keeps what was there when another was put back


def backups_held(study: Path) -> tuple[BackupHeld, ...]:
    """The backups of a study, the one made last first. Each is read through and verified."""
    return tuple(_held(path) for path in backups(study))


def newest_whole(study: Path) -> Path | None:
    """The backup made last that is whole; nothing where there is none.

    One that was made before another was put back is none of them: restoring twice, also after a kill, puts
    the same backup back.
    """
    made = (path for path in backups(study) if not _before_restoring(path))
    return next((path for path in made if is_whole(path)), None)


def _before_restoring(backup: Path) -> bool:
    noted = manifest.read(backup)
    return noted is not None and noted.before_restoring


def is_whole(backup: Path) -> bool:
    """Tell whether a backup is as it was when it was made."""
    try:
        manifest.verify(backup)
    except UserError:
        return False
    return True


def _held(backup: Path) -> BackupHeld:
    noted = manifest.read(backup)
    whole = is_whole(backup)
    size = backup.stat().st_size if backup.exists() else 0
    if noted is None:
        counts, steps = _read(backup) if whole else ({}, ())
        at = _time_in(backup)
    else:
        counts, at = dict(noted.counts), noted.made
        steps = noted.steps or (manifest.newest_steps(backup) if whole else ())
    numbers = counts.get("coding", 0), counts.get("source", 0)
    return BackupHeld(backup, at, size, *numbers, steps, whole, _before_restoring(backup))


def _read(backup: Path) -> tuple[dict[str, int], tuple[LastStep, ...]]:
    """What a backup without a manifest holds."""
    with suppress(*errors()):
        return manifest.contents_of(backup), manifest.newest_steps(backup)
    return {}, ()


def _time_in(backup: Path) -> int:
    """The time in a backup's name."""
    return int(datetime.strptime(backup.stem[-22:], FORM).timestamp() * 1000)
