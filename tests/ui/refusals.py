"""Ways in which the disk or another program refuses what the window would write, for as long as they last."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any

from sqlalchemy import event

from qualcoder_lite.store.project import Project


@contextmanager
def held_by_another(project: Project) -> Iterator[None]:
    """Another program holds the study."""
    with closing(sqlite3.connect(project.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full_disk(project: Project) -> Iterator[None]:
    """There is no room for what is to be committed."""

    def refuse(_connection: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    event.listen(project.writer, "commit", refuse)
    try:
        yield
    finally:
        event.remove(project.writer, "commit", refuse)


@contextmanager
def read_only(project: Project) -> Iterator[None]:
    """The file can only be read."""
    refused: list[Any] = []

    def refuse(connection: Any, *_more: object) -> None:
        connection.execute("PRAGMA query_only=ON")
        refused.append(connection)

    event.listen(project.writer, "checkout", refuse)
    try:
        yield
    finally:
        event.remove(project.writer, "checkout", refuse)
        for connection in refused:
            connection.execute("PRAGMA query_only=OFF")


REFUSALS: dict[str, Callable[[Project], AbstractContextManager[None]]] = {
    "held": held_by_another,
    "full": full_disk,
    "read only": read_only,
}
TOLD = {"held": "is busy", "full": "disk is full", "read only": "can't be changed"}
