"""The two kinds of SQLite's logs: choosing one, counting changes with either, bringing the log in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import cast

from sqlalchemy import Engine

from qualcoder_lite.store.protection.opener import errors

BUSY = 5_000  # milliseconds to wait for another connection
SHORT = 40  # milliseconds to wait where a person does not notice it


def count_change(connection: sqlite3.Connection) -> None:
    """Let the transaction that has begun change the first page, so that the file's change counter goes on.

    With the write-ahead log SQLite leaves the counter as it is, since it keeps the first page in memory.
    By the counter `access.logs` tells whether a log belongs to a file, `access.same_file` whether a file
    that is open was overwritten.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute(f"PRAGMA user_version={version}")


def choose_log(connection: sqlite3.Connection, mode: str) -> None:
    """Keep changes in this kind of log; a reader beside us may keep the other kind in use for now.

    As long as a reader keeps us from the write-ahead log, it keeps us from writing too: such a step is
    rather refused at once than that all stands still until the reader ends.
    """
    if mode == "wal":
        connection.execute("PRAGMA shrink_memory")  # forget the first page: see `count_change`
    if connection.execute("PRAGMA journal_mode").fetchone() != (mode,):
        chosen = _try_shortly(connection, f"PRAGMA journal_mode={mode}")
        if mode == "wal" and not chosen:
            connection.execute(f"PRAGMA busy_timeout={SHORT}")


def _try_shortly(connection: sqlite3.Connection, statement: str) -> bool:
    """Run a statement, or leave it where another connection does not let us just now; tell which."""
    connection.execute(f"PRAGMA busy_timeout={SHORT}")
    try:
        connection.execute(statement).fetchall()
    except errors() as error:
        if "locked" not in str(error):
            raise
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY}")
    return True


def settle(engine: Engine) -> None:
    """Bring the write-ahead log into the study as far as its readers let us, without making anybody wait."""
    with closing(engine.raw_connection()) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def bring_in(engine: Engine) -> bool:
    """Bring the write-ahead log into the file and empty it; tell whether no reader kept us from it."""
    with closing(engine.raw_connection()) as pooled:
        busy, _pages, _done = pooled.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def fold(engine: Engine) -> None:
    """Bring the write-ahead log back into the study, so that a closed study is one file.

    A reader beside us may keep the log for now; it is then folded at the next closing.
    """
    with closing(engine.raw_connection()) as pooled:
        connection = cast(sqlite3.Connection, pooled.driver_connection)
        _try_shortly(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
        choose_log(connection, "delete")
