"""Making a study smaller: the row images that undo needs are dropped, the lines of its history stay.

It works on a copy that replaces the study at the end, so that a kill leaves the old study or the new one.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, exists, insert, literal, select, update

from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import N_
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.access.address import sqlite_address
from qualcoder_lite.store.access.write_ahead import fold
from qualcoder_lite.store.backup import backup, copy
from qualcoder_lite.store.journal import now
from qualcoder_lite.store.journal_tables import Content, RowChange, Step, Tombstone
from qualcoder_lite.store.project import Project, first_coder, open_study
from qualcoder_lite.store.protection.key import sign
from qualcoder_lite.store.protection.opener import key_of, raw
from qualcoder_lite.store.schema import JOURNALLED, Source


@dataclass(frozen=True)
class Compacted:
    """The size of a study in bytes before and after, and the backup that still holds its undo history."""

    before: int
    after: int
    backup: Path


def compact(study: Path | Project) -> Compacted:
    """Make a study smaller; undo then ends here. A backup is made first.

    Rows that are gone are remembered by their ids, so that copies of the study can still be merged.
    Raises UserError where it is open elsewhere or the disk refuses; the study is then as it was.
    """
    if isinstance(study, Path):
        with open_study(study, write_ahead=False) as project:
            return compact(project)
    if study.writer is None:
        raise RuntimeError("this study was opened for reading only")
    with connecting.told(study.path), study.taking_turns():
        fold(study.writer)
        kept, before = backup(study.path), study.path.stat().st_size
        with study.let_go():
            write_whole(study.path, lambda temporary: _compacted_copy(study, temporary))
    return Compacted(before, study.path.stat().st_size, kept)


def _compacted_copy(study: Project, temporary: Path) -> None:
    with connecting.told(study.path):
        copy(study.path, temporary)
        with connecting.alone(temporary) as engine, engine.begin() as connection:
            _leave_tombstones(connection)
            _forget_images(connection, study.coder or first_coder(connection))
        key = key_of(temporary)
        with closing(raw(sqlite_address(temporary, "rw"), temporary, isolation_level=None)) as direct:
            direct.execute("VACUUM")
        if key is not None:
            sign(temporary, key)  # which VACUUM does not keep
        connecting.check_whole(temporary)


def _leave_tombstones(connection: Connection) -> None:
    """Remember the rows that a step once made or removed and that are not there now."""
    for name, kind in JOURNALLED.items():
        gone = select(RowChange.row, literal(name), literal(now())).where(RowChange.table == name).distinct()
        gone = gone.where(~exists().where(kind.id == RowChange.row))
        gone = gone.where(~exists().where(Tombstone.row == RowChange.row))
        connection.execute(insert(Tombstone).from_select(["row", "table", "at"], gone))


def _forget_images(connection: Connection, coder: str) -> None:
    """Drop what undo needs and original bytes that no source refers to; add a line to the history."""
    connection.execute(delete(RowChange))
    used = select(Source.content_id).where(Source.content_id.is_not(None))
    connection.execute(delete(Content).where(Content.id.not_in(used)))
    line = {"message": N_("Compact the study"), "parameters": {}, "coder": coder, "at": now()}
    connection.execute(insert(Step).values(**line, undone=False, compacted=True))
    connection.execute(update(Step).values(compacted=True))
