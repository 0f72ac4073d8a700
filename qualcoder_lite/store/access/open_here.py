"""Which files this process has open by SQLite: closed by other means they would lose SQLite's locks."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

_OPEN: Counter[tuple[int, int]] = Counter()  # connections of this process by device and number of the file
_TO_CLOSE: defaultdict[tuple[int, int], list[BinaryIO]] = defaultdict(list)


def is_open_here(path: Path) -> bool:
    """Tell whether a connection of this process is open on a study.

    Closing the file by other means than SQLite's would then cancel the locks that SQLite holds on it.
    """
    return bool(_OPEN.get(number_of(path)))


def number_of(path: Path) -> tuple[int, int]:
    """The device and the number of a file; zeros where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def count_open(engine: Engine, path: Path) -> None:
    """Keep count of the connections of this process to each file."""

    @event.listens_for(engine, "connect")
    def _opened(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["file"] = number_of(path)
        _OPEN[record.info["file"]] += 1

    @event.listens_for(engine, "close")
    def _closed(_connection: object, record: ConnectionPoolEntry) -> None:
        _OPEN[record.info["file"]] -= 1
        if not _OPEN[record.info["file"]]:
            for file in _TO_CLOSE.pop(record.info["file"], []):
                file.close()


def close_when_free(file: BinaryIO) -> None:
    """Close a study that was opened as a file, now or after the last connection of this process to it."""
    found = os.fstat(file.fileno())
    if _OPEN.get((found.st_dev, found.st_ino)):
        _TO_CLOSE[found.st_dev, found.st_ino].append(file)
    else:
        file.close()
