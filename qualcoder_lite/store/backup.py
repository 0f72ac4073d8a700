"""Backups: whole copies by SQLite's online copy, verified before they count, the older ones thinned out.

They are ordered by a number in their names, not by the clock, which may be set back. A backup is there when
its .qcl is: what is noted of it and the key file of real names come before it.
"""

from __future__ import annotations

import glob
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import (
    clear_leftovers,
    is_being_written,
    is_shared,
    reason,
    shortened,
    write_whole,
)
from qualcoder_lite.i18n import _
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.access.address import sqlite_address
from qualcoder_lite.store.access.logs import mark_apart, recover_if_alone
from qualcoder_lite.store.copies import manifest
from qualcoder_lite.store.integrity.sealing import seal
from qualcoder_lite.store.protection.opener import key_of, raw
from qualcoder_lite.store.schema import SCHEMA

NEWEST = 10  # this many are kept whatever their day
DAYS = 30  # and beyond them the last of each of this many days
FORM = "%Y%m%d-%H%M%S-%f"
NAMES = ".kunci.json"  # the ending of the key file of real names
LONGEST = 50  # bytes of a study's name in those of its backups: SQLite takes paths of 512 bytes
_NUMBERED = re.compile(r"-(?:(\d{6})-)?(\d{8}-\d{6}-\d{6})$")


def folder_of(study: Path) -> Path:
    """The folder beside the study that holds its backups."""
    return study.with_name(f"{study.stem}.backups")


def backups(study: Path) -> list[Path]:
    """The backups of a study, the one made last first, whatever the clock said."""
    return _backups_in(folder_of(study), study)


def backup(study: Path, also: Path | None = None) -> Path:
    """Copy the study as it is now, also while it is open; give the copy's path.

    The key file of real names is kept with it. `also` is a folder elsewhere that gets a copy of the backup,
    with the key file unless others see that folder.

    Raises UserError where the copy can't be made or does not pass the check; older backups stay. Also where
    only the copy elsewhere fails: the error names the backup that was made.
    """
    made = make_backup(study)
    _thin_out(folder_of(study), study, made)
    if also is not None:
        _copy_elsewhere(study, made, also)
    return made


def make_backup(study: Path, before_restoring: bool = False) -> Path:
    """Make a backup as `backup` does, and thin out nothing; it may be noted what it was made for."""
    if connecting.schema_of(study) > SCHEMA:
        raise connecting.later(study)
    recover_if_alone(study)
    connecting.check_whole(study)
    folder = folder_of(study)
    _make_folder(folder)
    _clear_unfinished(folder, study)
    target = folder / f"{_beginning(study)}-{_next_number(study):06}-{datetime.now():{FORM}}.qcl"

    def build(temporary: Path) -> None:
        _copy_with_names(study, temporary, target)
        manifest.write(manifest.describe(temporary, before_restoring), target)

    with _nothing_beside_unless_whole(target):
        write_whole(target, build, private=True)
    return target


def _beginning(study: Path) -> str:
    return shortened(study.stem, LONGEST)


def _backups_in(folder: Path, study: Path) -> list[Path]:
    beginnings = {_beginning(study), study.stem}  # earlier versions wrote the whole name
    found = [path for path in folder.glob("*.qcl") if _NUMBERED.sub("", path.stem) in beginnings]
    return sorted((path for path in found if _NUMBERED.search(path.stem)), key=_order, reverse=True)


def _order(backup: Path) -> tuple[int, str]:
    """The number of a backup, then its time; those of earlier versions have no number and come first."""
    found = _NUMBERED.search(backup.stem)
    return (int(found[1] or 0), found[2]) if found else (0, "")


def _next_number(study: Path) -> int:
    return max((_order(path)[0] for path in backups(study)), default=0) + 1


def _clear_unfinished(folder: Path, study: Path) -> None:
    """Remove what killed programs left of backups that they were making, not what a living one makes now."""
    beginning = _beginning(study)
    for suffix in (".qcl", ".json"):
        clear_leftovers(folder, f"{glob.escape(beginning)}-*{suffix}")
    for noted in folder.glob(f"{glob.escape(beginning)}-*.json"):
        backup = noted.with_name(f"{noted.name.removesuffix(NAMES).removesuffix('.json')}.qcl")
        ours = _NUMBERED.sub("", backup.stem) == beginning and not is_being_written(backup)
        if ours and not backup.exists() and not _has_other_names(noted, study):
            with suppress(OSError):
                noted.unlink()


def _has_other_names(noted: Path, study: Path) -> bool:
    """Tell whether this is a key file that differs from the study's: it may be the last with some name."""
    if not noted.name.endswith(NAMES):
        return False
    with suppress(OSError):
        return noted.read_bytes() != study.with_name(study.stem + NAMES).read_bytes()
    return True


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise UserError(_("No backup can be made."), reason(error), _("Check the study's folder.")) from error


@contextmanager
def _nothing_beside_unless_whole(target: Path) -> Iterator[None]:
    """Where a backup does not come about, leave nothing that belongs to it."""
    try:
        yield
    except BaseException:
        _remove_companions(target)
        raise


def _copy_with_names(study: Path, temporary: Path, target: Path) -> None:
    with connecting.told(study):
        copy(study, temporary)
        seal(temporary)
        connecting.check_whole(temporary)
    names = study.with_name(study.stem + NAMES)
    if names.exists():
        _copy_file(names, names_of(target))


def copy(study: Path, target: Path) -> None:
    """Copy a database as it is at one moment; a writer beside us may go on."""
    uri = connecting.reading_uri(study)
    key, new = key_of(study), sqlite_address(target.absolute(), "rwc")
    with closing(raw(uri, study)) as source, closing(raw(new, target, key)) as copied:
        source.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE").fetchall()
    mark_apart(target)


def names_of(backup: Path) -> Path:
    """The key file of real names that is kept with a backup."""
    return backup.with_name(backup.stem + NAMES)


def _copy_file(file: Path, target: Path) -> None:
    write_whole(target, lambda temporary: shutil.copyfile(file, temporary), private=True)


def _copy_elsewhere(study: Path, made: Path, also: Path) -> None:
    """Copy a backup with what belongs to it into a folder elsewhere, one for each study."""
    folder = also / f"{shortened(study.stem, LONGEST)}-{manifest.study_id(made)[:8]}.backups"
    target = folder / made.name
    try:
        _make_folder(folder)
        if names_of(made).exists() and not is_shared(also):
            _copy_file(names_of(made), names_of(target))
        _copy_file(manifest.manifest_path(made), manifest.manifest_path(target))
        _copy_file(made, target)
        manifest.verify(target)
    except UserError as error:
        what = _("The backup {file} was made, but not the copy in {folder}.")
        what = what.format(file=made.name, folder=also)
        raise UserError(what, error.why, _("Check that the disk is there and has room.")) from error
    _thin_out(folder, study, target)


def _thin_out(folder: Path, study: Path, made: Path) -> None:
    """Remove the older backups but the newest and the last of each day; never the one just made."""
    kept_days: set[str] = set()
    for index, path in enumerate(_backups_in(folder, study)):
        day = _order(path)[1][:8]
        if index >= NEWEST and path != made and (day in kept_days or len(kept_days) >= DAYS):
            with suppress(OSError):  # one backup too many harms nobody
                path.unlink()
                _remove_companions(path)
        kept_days.add(day)


def _remove_companions(backup: Path) -> None:
    for path in (names_of(backup), manifest.manifest_path(backup)):
        with suppress(OSError):
            path.unlink()
