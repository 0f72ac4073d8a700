"""Backups: whole copies by SQLite's online copy, verified before they count, the older ones thinned out."""

from __future__ import annotations

import glob
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import clear_leftovers, reason, write_whole
from qualcoder_lite.i18n import _
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.project import later
from qualcoder_lite.store.schema import SCHEMA
from qualcoder_lite.store.sealing import seal

NEWEST = 10  # this many are kept whatever their day
DAYS = 30  # and beyond them the last of each of this many days
ABANDONED = 3600  # seconds after which an unfinished copy has surely lost its maker
FORM = "%Y%m%d-%H%M%S-%f"


def folder_of(study: Path) -> Path:
    """The folder beside the study that holds its backups."""
    return study.with_name(f"{study.stem}.backups")


def backups(study: Path) -> list[Path]:
    """The backups of a study, newest first."""
    return sorted(folder_of(study).glob(f"{glob.escape(study.stem)}-[0-9]*.qcl"), reverse=True)


def backup(study: Path) -> Path:
    """Copy the study as it is now, also while it is open; give the copy's path.

    Raises UserError where the copy can't be made or does not pass the check; older backups stay.
    """
    if connecting.schema_of(study) > SCHEMA:
        raise later(study)
    connecting.check_whole(study)
    folder = folder_of(study)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(_("No backup can be made."), reason(error), _("Check the study's folder.")) from error
    clear_leftovers(folder, f"{glob.escape(study.stem)}-*.qcl", age=ABANDONED)
    target = folder / f"{study.stem}-{datetime.now():{FORM}}.qcl"
    write_whole(target, lambda temporary: _copy(study, temporary))
    _thin_out(study)
    return target


def _copy(study: Path, target: Path) -> None:
    with connecting.told(study):
        copy(study, target)
        seal(target)
        connecting.check_whole(target)


def copy(study: Path, target: Path) -> None:
    """Copy a database as it is at one moment; a writer beside us may go on."""
    uri = connecting.reading_uri(study)
    with closing(sqlite3.connect(uri, uri=True)) as source, closing(sqlite3.connect(target)) as copied:
        source.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE").fetchall()


def _thin_out(study: Path) -> None:
    kept_days: set[str] = set()
    for index, path in enumerate(backups(study)):
        day = path.stem.removeprefix(f"{study.stem}-")[:8]
        if index >= NEWEST and (day in kept_days or len(kept_days) >= DAYS):
            with suppress(OSError):  # one backup too many harms nobody
                path.unlink()
        kept_days.add(day)
