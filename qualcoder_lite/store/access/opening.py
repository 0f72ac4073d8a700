"""Opening a study file: the lock, what a killed writer left, the check, the migration, the connections."""

from __future__ import annotations

import glob
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import clear_leftovers, is_shared, reason
from qualcoder_lite.i18n import _
from qualcoder_lite.outputs import KEY_FILE
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.access.logs import recover, recover_if_alone
from qualcoder_lite.store.access.same_file import SameFile
from qualcoder_lite.store.copies.manifest import is_backup, verify
from qualcoder_lite.store.journal import guard
from qualcoder_lite.store.lock import Lock, not_writable
from qualcoder_lite.store.protection.converting import bring_along
from qualcoder_lite.store.schema import SCHEMA


@dataclass(frozen=True)
class Opened:
    """What is open of a study that can be written to."""

    writer: Engine
    reader: Engine
    lock: Lock
    file: SameFile


def open_to_write(path: Path, write_ahead: bool, stack: ExitStack) -> Opened:
    """Open a study for writing; `stack` closes again what was opened until something is refused.

    Raises UserError where it is open elsewhere, not ours, damaged, or of a later version.
    """
    connecting.schema_of(path)
    if is_backup(path):
        raise _kept_as_it_is(path)
    lock = Lock(path)
    stack.callback(lock.release)
    if not connecting.may_write(path):
        raise not_writable(path)
    _clear_unfinished(path)
    recover(path)
    connecting.check_whole(path)
    bring_along(path)
    if _migrate_if_older(path):
        lock.renew()
    with connecting.told(path):
        ahead = write_ahead and not is_shared(path)
        writer = connecting.connect(path, writing=True, write_ahead=ahead)
        stack.callback(writer.dispose)
        guard(writer)
        writer.connect().close()
    file = _hold(path)
    stack.callback(file.release)
    reader = connecting.connect(path, writing=False)
    guard(reader)
    return Opened(writer, reader, lock, file)


def _clear_unfinished(path: Path) -> None:
    """Remove what killed programs left of this study, of its key file, and of copies put aside."""
    stem = glob.escape(path.stem)
    clear_leftovers(path.parent, glob.escape(path.name), alone=True)
    for name in (f"{stem}{KEY_FILE}", f"{stem}.aside-*{path.suffix}"):
        clear_leftovers(path.parent, name)


def _kept_as_it_is(path: Path) -> UserError:
    """The refusal to work in a backup: it would be one no longer, and be thinned out some day."""
    return UserError(
        _("{file} is a backup and stays as it is.").format(file=path.name),
        remedy=_("Put it back with: restore; or copy it to another folder and open the copy."),
    )


def _hold(path: Path) -> SameFile:
    try:
        return SameFile(path)
    except OSError as error:
        raise not_writable(path, reason(error)) from error


def _migrate_if_older(path: Path) -> bool:
    found = connecting.schema_of(path)
    if found > SCHEMA:
        raise connecting.later(path)
    if found < SCHEMA:
        from qualcoder_lite.store.migrating import migrate  # Alembic is large and seldom needed

        migrate(path)
    return found < SCHEMA


def open_to_read(path: Path) -> Engine:
    """Open a study for reading, also beside a writer; nothing on the disk changes but what a kill left.

    Raises UserError where it is not ours, damaged, or of another version.
    """
    found = connecting.schema_of(path)
    if found > SCHEMA:
        raise connecting.later(path)
    recover_if_alone(path)
    if is_backup(path):
        verify(path)
    connecting.check_whole(path)
    if found < SCHEMA:
        raise UserError(
            _("{file} was made by an earlier version of the program.").format(file=path.name),
            remedy=_("Open it once in the window; it is then backed up and brought up to date."),
        )
    reader = connecting.connect(path, writing=False)
    guard(reader)
    return reader
