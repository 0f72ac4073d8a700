"""What is in a study, read by SQLite alone, so that states can be compared."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from qualcoder_lite.store.schema import JOURNALLED

State = dict[str, list[tuple[Any, ...]]]


def rows(path: Path, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """The rows that a statement gives, read beside whoever has the study open."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(statement, parameters).fetchall()


def state_of(path: Path) -> State:
    """Every row of every table of the study that steps change."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("BEGIN")
        tables = {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall() for name in JOURNALLED
        }
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    assert not broken
    return {name: found for name, found in tables.items() if found}
