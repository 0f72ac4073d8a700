"""Leaving a study that was open for writing: as one file, or without touching what is not ours any more."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import cast

from sqlalchemy import Engine

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import _
from qualcoder_lite.store.access.address import sqlite_address
from qualcoder_lite.store.access.logs import aside_name, beside
from qualcoder_lite.store.access.same_file import SameFile
from qualcoder_lite.store.access.write_ahead import bring_in, fold
from qualcoder_lite.store.protection.key import Key
from qualcoder_lite.store.protection.opener import errors, raw


class LeftElsewhere(UserError):
    """The work of a study whose file was taken away is in another one, `kept`."""

    def __init__(self, what: str, remedy: str, kept: Path) -> None:
        """Tell what happened and where the work is."""
        super().__init__(what, remedy=remedy)
        self.kept = kept


def leave(path: Path, writer: Engine, file: SameFile | None) -> None:
    """Bring all work into the file. Raises UserError where it is no longer the one that was opened."""
    if file is None or (file.is_in_place and not file.is_overwritten):
        fold(writer)
    elif file.is_in_place:
        _leave_overwritten(path, writer)
    else:
        _leave_moved(path, writer, file)


def _leave_moved(path: Path, writer: Engine, file: SameFile) -> None:
    """Finish the file where it is now; one that has no place any more is written to a new one."""
    if not file.is_removed and bring_in(writer):
        _end(path, writer)
        raise UserError(
            _("{file} was moved or renamed while it was open.").format(file=path.name),
            remedy=_("All your work is in it, where it is now."),
        )
    kept = aside_name(path)
    write_whole(kept, lambda temporary: _copy_open(writer, temporary, file.key), private=True)
    _end(path, writer)
    raise LeftElsewhere(
        _("{file} was replaced or deleted by another program while it was open.").format(file=path.name),
        _("All your work is in {kept}, beside it.").format(kept=kept.name),
        kept,
    )


def _end(path: Path, writer: Engine) -> None:
    """Close the connections and leave no log of ours beside what is there now."""
    with suppress(*errors()):
        writer.dispose()
    for suffix in ("-wal", "-shm"):
        with suppress(OSError):
            beside(path, suffix).unlink()


def _copy_open(writer: Engine, target: Path, key: Key | None) -> None:
    """Copy a study that only its open connection still reaches."""
    new = raw(sqlite_address(target, "rwc"), target, key)
    with closing(writer.raw_connection()) as pooled, closing(new) as copied:
        cast(sqlite3.Connection, pooled.driver_connection).backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE").fetchall()


def _leave_overwritten(path: Path, writer: Engine) -> None:
    """Leave the foreign content as it is: our log is kept aside and emptied, so that nothing can use it.

    SQLite would bring it into the file at the closing of the last connection; of an empty log it takes
    nothing.
    """
    log = beside(path, "-wal")
    if log.exists():
        write_whole(aside_name(path, "-wal"), lambda kept: shutil.copyfile(log, kept), private=True)
        os.truncate(log, 0)
    _end(path, writer)
    raise UserError(
        _("{file} was overwritten by another program while it was open.").format(file=path.name),
        _("What that program wrote was left as it is; your last steps may not be in it."),
        _("See what it holds, or put the newest backup back with: restore."),
    )
