"""The key file of real names of a protected study: a small database with the same key."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from qualcoder_lite.store.access.address import sqlite_address
from qualcoder_lite.store.protection.key import Key, sign
from qualcoder_lite.store.protection.opener import raw


def read_protected_names(path: Path) -> str:
    """The text of a protected key file. Raises Locked, and what the database raises where it is broken."""
    with closing(raw(sqlite_address(path.absolute(), "ro"), path)) as connection:
        return str(connection.execute("SELECT text FROM names").fetchone()[0])


def write_protected_names(path: Path, text: str, key: Key) -> None:
    """Write a key file into an empty file."""
    with closing(raw(sqlite_address(path.absolute(), "rwc"), path, key, isolation_level=None)) as connection:
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("CREATE TABLE names (text TEXT NOT NULL)")
        connection.execute("INSERT INTO names VALUES (?)", (text,))
    sign(path, key)
