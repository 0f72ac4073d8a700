"""The logs beside a study: whether one belongs to it, and what becomes of one that does not.

A writer that was killed leaves a log, by which SQLite brings the file into its last whole state: a rollback
journal (`-journal`) or a write-ahead log (`-wal`). SQLite knows it by its name alone. Where a person copies
a backup over the study of a killed program, it would roll the log of the old file into the new one and
destroy it. So we look first whether the log fits.

What ties the two is the change counter in the header of the file (bytes 24 to 27). Each of our transactions
changes the first page and so counts on by one (`write_ahead.count_change`), with either log:

- A rollback journal holds the first page as it was. The file is either still so, to the letter of its
  header, or its first page has been written already and counts one more.
- A write-ahead log holds the first page of each transaction since the log was begun anew. The file counts
  at least one less than the first of them (nothing was brought in yet) and at most as much as the last. In
  between the log holds all that came after, so that it fits any state of the same file. A file whose
  header does not say that it is written with such a log has none of its own: SQLite removes the log before
  it changes the header back.

A copy of the same study counts less; each study and each backup that we make begins at a random number
(`mark_apart`), so that two files do not count alike by accident. A log without the first page, by an older
version of the program, is taken for the study's own, as SQLite does.
"""

from __future__ import annotations

import os
import secrets
import struct
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import reason, shortened
from qualcoder_lite.i18n import _
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.access.open_here import close_when_free
from qualcoder_lite.store.integrity.sealing import seal
from qualcoder_lite.store.lock import Lock, not_writable

HEADER = 100  # bytes
_MAGIC = b"SQLite format 3\0"
_FIRST_PAGE = b"\0\0\0\1" + _MAGIC  # how it stands in a rollback journal
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_WAL_HEADER, _FRAME_HEADER = 32, 24


def recover(study: Path) -> None:
    """Where a writer was killed, let SQLite bring the last whole state into the file.

    A log that belongs to another file is put aside. The caller holds the study's lock. Raises UserError
    where the disk refuses.
    """
    try:
        put_foreign_logs_aside(study)
    except OSError as error:
        raise not_writable(study, reason(error)) from error
    if connecting.was_interrupted(study):
        with connecting.told(study), connecting.alone(study) as engine:
            engine.connect().close()


def recover_if_alone(study: Path) -> None:
    """Take back what a killed writer left half done: a reader alone could not read such a study.

    Raises UserError where a log of another file stays beside the study, since a living program keeps it:
    what is read would be neither the one nor the other.
    """
    if connecting.was_interrupted(study):
        with suppress(UserError):  # the writer lives, or nothing can be written here: then reading tells
            lock = Lock(study)
            try:
                recover(study)
                seal(study)
            finally:
                lock.release()
    looks = 3  # between two looks of ours a living writer may begin its log anew
    if not any(journal_fits(study) and wal_fits(study) for _look in range(looks)):
        raise UserError(
            _("The log beside {file} belongs to another file.").format(file=study.name),
            _("The study was replaced while a program had it open."),
            _("Close it in that program first."),
        )


def put_foreign_logs_aside(study: Path) -> list[Path]:
    """Rename the logs that do not belong to the study; the paths under which they are kept."""
    kept = []
    for fits, name in ((journal_fits, "-journal"), (wal_fits, "-wal")):
        log = beside(study, name)
        if not fits(study):
            kept.append(log.rename(aside_name(study, name)))
            beside(study, "-shm").unlink(missing_ok=True)
    return kept


def beside(study: Path, suffix: str) -> Path:
    """A file that SQLite keeps beside a study, where a link leads to it too."""
    study = study.resolve()
    return study.with_name(study.name + suffix)


def aside_name(study: Path, suffix: str = "") -> Path:
    """A name for what is put aside beside a study: no log of any database, never thinned out."""
    study = study.resolve()
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    return study.with_name(f"{shortened(study.stem, 60)}.aside-{stamp}{study.suffix}{suffix}")


def counter_of(header: bytes) -> int:
    """The change counter in the header of a study."""
    return int(struct.unpack_from(">I", header, 24)[0])


def mark_apart(path: Path) -> None:
    """Let a file that nobody has open count its changes from a random number on."""
    mark = struct.pack(">I", secrets.randbelow(1 << 31))
    with path.open("r+b") as file:
        for place in (24, 92):  # the counter, and the counter at which the size in the header was right
            file.seek(place)
            file.write(mark)


def journal_fits(study: Path) -> bool:
    """Tell whether a rollback journal beside the study may be rolled into it."""
    if not beside(study, "-journal").exists():
        return True
    header = _header(study)
    with suppress(OSError), beside(study, "-journal").open("rb") as log:
        before = _journalled_header(log)
        if before is not None:
            same, next_one = counter_of(before), counter_of(before) + 1 & 0xFFFFFFFF
            return (
                header[:96] == before[:96] if counter_of(header) == same else counter_of(header) == next_one
            )
    return True


def _journalled_header(log: BinaryIO) -> bytes | None:
    """The header of the study before the transaction; None where the journal does not have it."""
    start = log.read(28)
    if len(start) < 28 or not start.startswith(_JOURNAL_MAGIC):
        return None
    number, (sector, page_size) = struct.unpack_from(">I", start, 8)[0], struct.unpack_from(">II", start, 20)
    for record in range(number if 0 < number < 1 << 31 else 1):  # 0: not on the disk yet; ours begin with it
        log.seek(sector + record * (4 + page_size + 4))
        if log.read(len(_FIRST_PAGE)) == _FIRST_PAGE:
            return _FIRST_PAGE[4:] + log.read(HEADER - len(_MAGIC))
    return None


def wal_fits(study: Path) -> bool:
    """Tell whether a write-ahead log beside the study may be brought into it."""
    if not beside(study, "-wal").exists():
        return True
    header = _header(study)
    if header[18:19] != b"\2":
        return False
    with suppress(OSError), beside(study, "-wal").open("rb") as log:
        counters = list(_logged_counters(log))
        if counters:
            return counters[0] - 1 <= counter_of(header) <= counters[-1]
    return True


def _logged_counters(log: BinaryIO) -> Iterator[int]:
    """The change counters of the transactions in a write-ahead log, as far as it is valid."""
    start = log.read(_WAL_HEADER)
    if len(start) < _WAL_HEADER:
        return
    page_size, salt = struct.unpack_from(">I", start, 8)[0], start[16:24]
    place = _WAL_HEADER
    while True:
        log.seek(place)
        frame = log.read(_FRAME_HEADER + HEADER)
        if len(frame) < _FRAME_HEADER + HEADER or frame[8:16] != salt:
            return
        if frame.startswith(b"\0\0\0\1") and frame[_FRAME_HEADER:].startswith(_MAGIC):
            yield counter_of(frame[_FRAME_HEADER:])
        place += _FRAME_HEADER + page_size


def _header(study: Path) -> bytes:
    try:
        file = study.open("rb", buffering=0)
    except OSError:
        return bytes(HEADER)
    try:
        return file.read(HEADER).ljust(HEADER, b"\0")
    finally:
        close_when_free(file)


def remove_logs(study: Path) -> None:
    """Remove what a database that is gone left beside the study."""
    for suffix in ("-journal", "-wal", "-shm"):
        with suppress(OSError):
            os.unlink(beside(study, suffix))
