"""What each backup holds beside what is there now, read without opening the study."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.progress import Progress
from qualcoder_lite.store.backup import backups
from qualcoder_lite.store.connection import schema_of
from qualcoder_lite.store.copies.held import BackupHeld, backups_held
from qualcoder_lite.store.copies.manifest import LastStep, contents_of, last_steps
from qualcoder_lite.store.protection.opener import errors


@dataclass(frozen=True)
class Now:
    """How many codings and sources the study has now, and its steps, the newest first."""

    codings: int
    sources: int
    steps: tuple[LastStep, ...]


@dataclass(frozen=True)
class Kept:
    """A backup, with the steps that the study has now and the backup has not: the newest first."""

    held: BackupHeld
    later: tuple[LastStep, ...]


@dataclass(frozen=True)
class Backups:
    """The backups of a study, the one made last first; `now` is nothing where the study can't be read."""

    study: Path
    now: Now | None
    kept: tuple[Kept, ...]


def has_backups(study: Path) -> bool:
    """Whether there is a backup of a study."""
    return bool(backups(study))


def read_backups(study: Path, progress: Progress) -> Backups:
    """Read and verify all backups of a study. Takes as long as reading their files does."""
    now, kept = _now(study), list[Kept]()
    found = backups_held(study)
    for number, held in enumerate(found):
        progress(number, len(found), held.path.name)
        kept.append(Kept(held, _later(now, held)))
    return Backups(study, now, tuple(kept))


def _now(study: Path) -> Now | None:
    with suppress(UserError, ValueError, *errors()):
        schema_of(study)
        counts = contents_of(study)
        return Now(counts.get("coding", 0), counts.get("source", 0), tuple(last_steps(study)))
    return None


def _later(now: Now | None, held: BackupHeld) -> tuple[LastStep, ...]:
    """The steps of now that a backup does not have."""
    with suppress(UserError, ValueError, *errors()):
        if now is not None and held.whole:
            old = {_named(step) for step in last_steps(held.path)}
            return tuple(step for step in now.steps if _named(step) not in old)
    return ()


def _named(step: LastStep) -> tuple[int, str, str, str]:
    """What tells a step from others."""
    return step.at, step.coder, step.message, repr(sorted(step.parameters.items()))
