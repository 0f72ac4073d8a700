"""Sealing a study when it is closed: the sums of all its pages are written into it, see `page_sums`.

A study that was not closed has no seal until it is closed again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.access.address import sqlite_address
from qualcoder_lite.store.access.open_here import is_open_here
from qualcoder_lite.store.integrity.page_sums import TABLE, is_sealed, sums_of
from qualcoder_lite.store.protection.opener import errors, is_protected, raw

_SPARE = 64  # pages that the sums themselves may need


def seal(path: Path) -> None:
    """Seal a closed study, unless it is. The caller alone may write to it.

    Where the disk refuses it stays without: then damage shows only as far as the database can tell.
    """
    with suppress(OSError, *errors()):
        if is_protected(path) or is_open_here(path) or connecting.was_interrupted(path) or is_sealed(path):
            return
        with _writing(path) as connection:
            if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
                return
            _make_room(connection)
        sums = sums_of(path)
        with _writing(path) as connection, connection.blobopen(TABLE, "sums", 1) as blob:
            blob.write(sums)


def _make_room(connection: sqlite3.Connection) -> None:
    """Make room for the sums of all pages, where the last ones had less."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    room = connection.execute(f"SELECT length(sums) FROM {TABLE} WHERE id = 1").fetchone()
    if room is None or room[0] < 4 * (1 + pages):
        wanted = 4 * (1 + pages + pages // 100 + _SPARE)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"DELETE FROM {TABLE}")
        connection.execute(f"INSERT INTO {TABLE} VALUES (1, zeroblob(?))", (wanted,))
        connection.execute("COMMIT")


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    uri = sqlite_address(path.absolute(), "rw")
    with closing(raw(uri, path, isolation_level=None)) as connection:
        for pragma in (*connecting.WRITING, "busy_timeout=200"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection
