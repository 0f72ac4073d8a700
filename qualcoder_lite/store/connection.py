"""The one place that connects to a study file: what it must be, how it is opened, what its errors mean."""

from __future__ import annotations

import os
import sqlite3
import struct
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from json import JSONEncoder
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import reason
from qualcoder_lite.i18n import _
from qualcoder_lite.store.access.address import sqlite_address
from qualcoder_lite.store.access.write_ahead import BUSY, choose_log, count_change
from qualcoder_lite.store.schema import APPLICATION_ID

_MAGIC = b"SQLite format 3\0"
_JSON = JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_OUR_BUGS = (sqlite3.IntegrityError, sqlite3.ProgrammingError)
_OPEN: Counter[tuple[int, int]] = Counter()  # connections of this process by device and number of the file
_TO_CLOSE: defaultdict[tuple[int, int], list[BinaryIO]] = defaultdict(list)
READING = ("query_only=ON", f"busy_timeout={BUSY}", "temp_store=MEMORY")
WRITING = ("foreign_keys=ON", f"busy_timeout={BUSY}", "synchronous=FULL", "temp_store=MEMORY")


class Damaged(UserError):
    """What is at the place of a study is none, or not whole: a backup may help."""


def schema_of(path: Path) -> int:
    """The schema number of a study file, read from its header without opening it as a database.

    Raises UserError where it is not there, empty, cut off, or not a study.
    """
    if _is_open_here(path):
        alone = f"{reading_uri(path)}&immutable=1"  # under another name of the file it would look for a log
        with closing(sqlite3.connect(alone, uri=True)) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    header = _header(path)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise _not_ours(path)
    page_size = struct.unpack_from(">H", header, 16)[0]
    pages = struct.unpack_from(">I", header, 28)[0]
    user_version, application_id = (struct.unpack_from(">I", header, at)[0] for at in (60, 68))
    if application_id != APPLICATION_ID:
        raise _not_ours(path)
    size = 65536 if page_size == 1 else page_size
    if path.stat().st_size < pages * size and not was_interrupted(path):
        raise damaged(path)
    return int(user_version)


def was_interrupted(path: Path) -> bool:
    """Tell whether a log beside the study says that someone writes to it, or was killed while they did."""
    path = path.resolve()  # SQLite keeps its logs beside the file to which a link leads
    return any(path.with_name(path.name + suffix).exists() for suffix in ("-wal", "-journal"))


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise Damaged(
            _("The study {file} is not there.").format(file=path.name),
            remedy=_("Check the name and the folder, or make it with: new."),
        ) from None
    except OSError as error:
        raise UserError(
            _("The study {file} can't be read.").format(file=path.name),
            reason(error),
            _("Check that you may read it and that its disk is connected."),
        ) from None
    if not header:
        raise Damaged(
            _("{file} is empty, so it is not a study.").format(file=path.name),
            remedy=_("If it was one, put its newest backup back with: restore."),
        )
    return header


def _not_ours(path: Path) -> UserError:
    return Damaged(
        _("{file} is not a study of QualCoder Lite.").format(file=path.name),
        remedy=_("Choose a file that this program has made; other files are brought in with: import."),
    )


def damaged(path: Path) -> UserError:
    """The error of a study file that is not whole."""
    return Damaged(
        _("The study {file} is damaged or cut off.").format(file=path.name),
        remedy=_("Nothing was changed. Put its newest backup back with: restore."),
    )


def later(path: Path) -> UserError:
    """The refusal of a study that a later version of the program has made."""
    return UserError(
        _("{file} was made by a later version of the program.").format(file=path.name),
        remedy=_("Nothing was changed. Install the newer version to open it."),
    )


def check_whole(path: Path) -> None:
    """Run SQLite's quick check, read only; raise UserError where the file is not whole."""
    try:
        with closing(sqlite3.connect(reading_uri(path), uri=True)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise translated(error, path) from error
    if found != ("ok",):
        raise damaged(path)


def lost_references(connection: Connection) -> int:
    """How many references point to rows that are not there."""
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def connect(path: Path, *, writing: bool, write_ahead: bool = False) -> Engine:
    """An engine on a study file; a reading one can't write, whatever is asked of it.

    A writing engine begins each transaction with BEGIN IMMEDIATE, so that a conflict shows at the start.
    """
    uri = sqlite_address(path.absolute(), "rw") if writing else reading_uri(path)
    log = "wal" if write_ahead else "delete"

    def open_connection() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            for pragma in WRITING if writing else READING:
                connection.execute(f"PRAGMA {pragma}")
            if writing:
                choose_log(connection, log)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://",
        creator=open_connection,
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,
        json_serializer=_JSON.encode,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not writing:
            connection.exec_driver_sql("BEGIN")
            return
        direct = cast(sqlite3.Connection, connection.connection.driver_connection)
        if write_ahead:
            choose_log(direct, log)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        count_change(direct)

    @event.listens_for(engine, "checkin")
    def _end(connection: sqlite3.Connection | None, _record: object) -> None:
        if connection is not None and writing:
            _leave_clean(connection)

    _count_open(engine, path)
    return engine


@contextmanager
def alone(path: Path) -> Iterator[Engine]:
    """An engine on a file that nobody else uses, for a while; it keeps no log beside the file."""
    engine = connect(path, writing=True)
    try:
        yield engine
    finally:
        engine.dispose()


def _leave_clean(connection: sqlite3.Connection) -> None:
    """Leave neither an open transaction nor half of one in the file, so that others can read it.

    A COMMIT that was refused leaves its transaction open while SQLAlchemy takes it for ended; after an error
    of the disk SQLite takes back what it wrote only at the next access.
    """
    with suppress(sqlite3.DatabaseError):  # the disk still refuses: the next access tells
        connection.rollback()
        connection.execute("PRAGMA schema_version").fetchone()


def reading_uri(path: Path) -> str:
    """The address under which SQLite opens a study for reading only.

    A study that was left in the form for write-ahead logs, where a reader kept it from being folded, can't be
    opened in a folder that can't be written, unless SQLite is told that nobody changes it.
    """
    uri = sqlite_address(path.absolute(), "ro")
    if (
        _is_open_here(path)
        or was_interrupted(path)
        or may_write(path.parent)
        or _header(path)[18:19] != b"\2"
    ):
        return uri
    return f"{uri}&immutable=1"


def may_write(path: Path) -> bool:
    """Tell whether this person may write a file or into a folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _is_open_here(path: Path) -> bool:
    """Tell whether a connection of this process is open on a study.

    Closing the file by other means than SQLite's would then cancel the locks that SQLite holds on it.
    """
    return bool(_OPEN.get(_file_of(path)))


def _file_of(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def _count_open(engine: Engine, path: Path) -> None:
    """Keep count of the connections of this process to each file."""

    @event.listens_for(engine, "connect")
    def _opened(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["file"] = _file_of(path)
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


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell the errors of the disk and the database in words; everything else passes through."""
    try:
        yield
    except (DBAPIError, sqlite3.DatabaseError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if not isinstance(cause, sqlite3.DatabaseError) or isinstance(cause, _OUR_BUGS):
            raise
        meaning = translated(cause, path)
        if meaning is cause:
            raise
        raise meaning from error


def translated(error: sqlite3.DatabaseError, path: Path) -> Exception:
    """The UserError that an error of SQLite means; the error itself where it is a bug of ours."""
    words = str(error).lower()
    nothing_lost = _("Nothing was changed; all earlier work is saved.")
    name = path.name
    if "full" in words:
        return UserError(_("The disk is full."), nothing_lost, _("Make room on the disk and do it again."))
    if "readonly" in words or "read-only" in words:
        why = _("The file or its folder can only be read.")
        return UserError(
            _("{file} can't be changed.").format(file=name), why, _("Copy the study to a folder of yours.")
        )
    if "locked" in words or "busy" in words:
        why = _("Another program is using it.")
        return UserError(_("{file} is busy.").format(file=name), why, nothing_lost)
    if "malformed" in words or "not a database" in words or "encrypted" in words:
        return damaged(path)
    if "disk i/o" in words or "unable to open" in words:
        why = _("Its disk or folder does not answer.")
        return UserError(_("{file} can't be opened or written.").format(file=name), why, nothing_lost)
    return error
