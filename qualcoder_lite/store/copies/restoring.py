"""Putting a backup back in the place of a study, without losing what is there now.

What is there is backed up first; where it can't be read it is copied aside as it is, with its logs. Then the
logs go, and the copy of the backup takes the place in one move. A kill at any moment leaves the old file or
the new one. Should it leave a log of the old file beside the new one, that log does not fit
(`access.logs`) and is put aside at the next opening.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import _
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.access.logs import aside_name, beside, recover, recover_if_alone, remove_logs
from qualcoder_lite.store.backup import NAMES, copy, make_backup, names_of
from qualcoder_lite.store.copies import manifest
from qualcoder_lite.store.copies.held import newest_whole
from qualcoder_lite.store.copies.manifest import LastStep
from qualcoder_lite.store.integrity.sealing import seal
from qualcoder_lite.store.lock import Lock
from qualcoder_lite.store.protection.opener import errors


@dataclass(frozen=True)
class Restored:
    """What was put back, and where the study that was there is kept now; nothing where none was there."""

    backup: Path
    kept: Path | None
    later: tuple[LastStep, ...]  # the steps that are only in the kept one, the newest first
    names: bool  # the key file of real names was put back as well, since there was none


def restore(study: Path, backup: Path | None = None) -> Restored:
    """Put a backup back in the place of the study; without one named, the newest that is whole.

    Raises UserError where the study is open, the backup is not whole or of another study, there is none, or
    the disk refuses: the study is then as it was.
    """
    lock = Lock(study)
    try:
        chosen = _chosen(study, backup)
        _refuse_another_study(study, chosen)
        kept = _keep(study)
        later = _only_in(kept, chosen)
        remove_logs(study)
        write_whole(study, lambda temporary: _copy_whole(chosen, temporary), private=True)
        connecting.check_whole(study)
        return Restored(chosen, kept, later, _put_names_back(study, chosen))
    finally:
        lock.release()


def _chosen(study: Path, backup: Path | None) -> Path:
    """The backup to put back, verified."""
    if backup is None:
        found = newest_whole(study)
        if found is None:
            raise UserError(
                _("There is no whole backup of {file}.").format(file=study.name),
                remedy=_("Name the file of a copy that you have elsewhere."),
            )
        return found
    if study.exists() and backup.exists() and backup.samefile(study):
        raise UserError(_("{file} can't be put back in its own place.").format(file=backup.name))
    connecting.schema_of(backup)
    recover_if_alone(backup)
    manifest.verify(backup)
    return backup


def _refuse_another_study(study: Path, backup: Path) -> None:
    """Raises UserError where what is there is a study that the backup is none of."""
    ours = ""
    with suppress(UserError, *errors()):
        connecting.schema_of(study)
        ours = manifest.study_id(study)
    if ours and ours != manifest.study_id(backup):
        raise UserError(
            _("{backup} is a copy of another study than {file}.").format(backup=backup.name, file=study.name),
            remedy=_("Copy it to a name of its own, and open it there."),
        )


def _keep(study: Path) -> Path | None:
    """Back up what is there; where it can't be read, copy it aside as it is, with its logs."""
    if not study.exists():
        return None
    try:
        connecting.schema_of(study)
        recover(study)
        return make_backup(study, before_restoring=True)
    except UserError:
        return _copy_aside(study)


def _copy_aside(study: Path) -> Path:
    """Copy a file that is no whole study byte by byte; its logs go with it, since they may be rolled in."""
    kept = aside_name(study)
    for suffix in ("-journal", "-wal", ""):
        file = beside(study, suffix)
        if file.exists():
            target = kept.with_name(kept.name + suffix)
            write_whole(target, lambda temporary, file=file: shutil.copyfile(file, temporary), private=True)  # type: ignore[misc]
    return kept


def _only_in(kept: Path | None, chosen: Path) -> tuple[LastStep, ...]:
    """The steps of the study that was there and that the backup does not have."""
    with suppress(UserError, ValueError, *errors()):
        if kept is not None:
            old = manifest.last_steps(chosen)
            return tuple(step for step in manifest.last_steps(kept) if step not in old)
    return ()


def _copy_whole(backup: Path, temporary: Path) -> None:
    with connecting.told(backup):
        copy(backup, temporary)
        seal(temporary)
        connecting.check_whole(temporary)


def _put_names_back(study: Path, backup: Path) -> bool:
    """Put the key file back where there is none now; one that is there is never overwritten."""
    present, kept = study.with_name(study.stem + NAMES), names_of(backup)
    if present.exists() or not kept.exists():
        return False
    write_whole(present, lambda temporary: shutil.copyfile(kept, temporary), private=True)
    return True
