"""The one place that connects to a study file: what it must be, how it is opened, what its errors mean."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from json import JSONEncoder
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.store.schema import APPLICATION_ID

_MAGIC = b"SQLite format 3\0"
_JSON = JSONEncoder(ensure_ascii=False, separators=(",", ":"))
BUSY = 5_000  # milliseconds to wait for another connection


def schema_of(path: Path) -> int:
    """The schema number of a study file, read from its header without opening it as a database.

    Raises UserError where it is not there, empty, cut off, or not a study.
    """
    header = _header(path)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise _not_ours(path)
    page_size = struct.unpack_from(">H", header, 16)[0]
    changed, pages, valid_for = (struct.unpack_from(">I", header, at)[0] for at in (24, 28, 92))
    user_version, application_id = (struct.unpack_from(">I", header, at)[0] for at in (60, 68))
    if application_id != APPLICATION_ID:
        raise _not_ours(path)
    size = 65536 if page_size == 1 else page_size
    if changed == valid_for and path.stat().st_size < pages * size:
        raise damaged(path)
    return int(user_version)


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise UserError(
            _("The study {file} is not there.").format(file=path.name),
            remedy=_("Check the name and the folder, or make it with: new."),
        ) from None
    except OSError as error:
        raise UserError(
            _("The study {file} can't be read.").format(file=path.name),
            error.strerror or "",
            _("Check that you may read it and that its disk is connected."),
        ) from None
    if not header:
        raise UserError(
            _("{file} is empty, so it is not a study.").format(file=path.name),
            remedy=_("If it was one, take the newest backup."),
        )
    return header


def _not_ours(path: Path) -> UserError:
    return UserError(
        _("{file} is not a study of QualCoder Lite.").format(file=path.name),
        remedy=_("Choose a file that this program has made; other files are brought in with: import."),
    )


def damaged(path: Path) -> UserError:
    """The error of a study file that is not whole."""
    return UserError(
        _("The study {file} is damaged or cut off.").format(file=path.name),
        remedy=_("Nothing was changed. Take the newest backup from the folder beside it."),
    )


def check_whole(path: Path) -> None:
    """Run SQLite's quick check, read only; raise UserError where the file is not whole."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
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
    uri = path.resolve().as_uri() + ("?mode=rw" if writing else f"?mode=ro{_immutable(path)}")

    def open_connection() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        for pragma in _pragmas(writing, write_ahead):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(
        "sqlite://",
        creator=open_connection,
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,
        json_serializer=_JSON.encode,
    )
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "checkin")
    def _end(connection: sqlite3.Connection | None, _record: object) -> None:
        """A COMMIT that was refused leaves its transaction open, and SQLAlchemy takes it for ended."""
        if connection is not None and connection.in_transaction:
            connection.rollback()

    return engine


def _immutable(path: Path) -> str:
    """A closed study on a disk that can't be written is opened as one that can't change."""
    if path.with_name(path.name + "-wal").exists():
        return ""
    try:
        with path.open("r+b"):
            return ""
    except OSError:
        return "&immutable=1"


def _pragmas(writing: bool, write_ahead: bool) -> list[str]:
    if not writing:
        return ["query_only=ON", f"busy_timeout={BUSY}", "temp_store=MEMORY", "mmap_size=268435456"]
    mode = "WAL" if write_ahead else "DELETE"
    return [
        "foreign_keys=ON",
        f"busy_timeout={BUSY}",
        f"journal_mode={mode}",
        "synchronous=FULL",
        "temp_store=MEMORY",
    ]


def fold(engine: Engine) -> None:
    """Bring the write-ahead log back into the study, so that a closed study is one file.

    A reader beside us may keep the log for now; it is then folded at the next closing.
    """
    with closing(engine.raw_connection()) as connection:
        connection.execute("PRAGMA busy_timeout=200")
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell the errors of the disk and the database in words; everything else passes through."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.IntegrityError) or not isinstance(
            error.orig, sqlite3.DatabaseError
        ):
            raise
        raise translated(error.orig, path) from error
    except sqlite3.OperationalError as error:
        raise translated(error, path) from error


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
