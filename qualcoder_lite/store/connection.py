"""The one place that connects to a study file: what it must be, how it is opened, what its errors mean."""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from json import JSONEncoder
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from qualcoder_lite.errors import Damaged, NotAStudy, UserError
from qualcoder_lite.files import reason
from qualcoder_lite.i18n import _
from qualcoder_lite.store.access.address import sqlite_address
from qualcoder_lite.store.access.open_here import close_when_free, count_open, is_open_here
from qualcoder_lite.store.access.write_ahead import BUSY, choose_log, count_change
from qualcoder_lite.store.integrity.page_sums import differing_pages, noted_schema
from qualcoder_lite.store.integrity.pages import Pages
from qualcoder_lite.store.integrity.shape import is_unusable, shape_of
from qualcoder_lite.store.protection.key import Key
from qualcoder_lite.store.protection.opener import (
    errors,
    failing_pages,
    is_protected,
    key_of,
    module_for,
    raw,
)
from qualcoder_lite.store.schema import APPLICATION_ID, SCHEMA

_MAGIC = b"SQLite format 3\0"
_JSON = JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DAMAGE = ("malformed", "not a database", "encrypted", "decode to utf-8", "too big", "file format")
_OUR_BUGS = ("IntegrityError", "ProgrammingError")  # by name: SQLCipher's module has its own
CAUTIOUS = ("trusted_schema=OFF", "cell_size_check=ON")  # a study may come from elsewhere
READING = ("query_only=ON", f"busy_timeout={BUSY}", "temp_store=MEMORY", *CAUTIOUS)
WRITING = ("foreign_keys=ON", f"busy_timeout={BUSY}", "synchronous=FULL", "temp_store=MEMORY", *CAUTIOUS)
LONGEST_READ = 128 << 20  # bytes of one value or row: far more than any text, far less than memory
LONGEST_WRITTEN = 768 << 20  # original files are kept whole
PATIENCE = 10.0, 4 << 20  # seconds to look through a study at opening, and bytes more for each further one


def schema_of(path: Path) -> int:
    """The schema number of a study file, read from its header without opening it as a database.

    Raises UserError where it is not there, empty, cut off, or not a study.
    """
    header = _header(path)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise _not_ours(path)
    page_size = struct.unpack_from(">H", header, 16)[0]
    pages = struct.unpack_from(">I", header, 28)[0]
    user_version, application_id = (struct.unpack_from(">I", header, at)[0] for at in (60, 68))
    if application_id != APPLICATION_ID:
        raise _not_ours(path)
    size = 65536 if page_size == 1 else page_size
    if path.stat().st_size < pages * size and not was_interrupted(path) and not is_open_here(path):
        raise damaged(path)
    return int(user_version)


def was_interrupted(path: Path) -> bool:
    """Tell whether a log beside the study says that someone writes to it, or was killed while they did."""
    path = path.resolve()  # SQLite keeps its logs beside the file to which a link leads
    return any(path.with_name(path.name + suffix).exists() for suffix in ("-wal", "-journal"))


def _header(path: Path) -> bytes:
    try:
        if not path.is_dir() and not stat.S_ISREG(path.stat().st_mode):
            raise _not_ours(path)
        file = path.open("rb", buffering=0)
        try:
            header = file.read(100)
        finally:
            close_when_free(file)
    except FileNotFoundError:
        raise NotAStudy(
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
        raise NotAStudy(
            _("{file} is empty, so it is not a study.").format(file=path.name),
            remedy=_("If it was one, put its newest backup back with: restore."),
        )
    return header


def _not_ours(path: Path) -> UserError:
    return NotAStudy(
        _("{file} is not a study of QualCoder Lite.").format(file=path.name),
        remedy=_("Choose a file that this program has made; other files are brought in with: import."),
    )


def damaged(path: Path) -> Damaged:
    """The error of a study file that is not whole."""
    return Damaged(
        _("The study {file} is damaged or cut off.").format(file=path.name),
        remedy=_(
            "Nothing was changed. Put its newest backup back with: restore. "
            "Or save what can still be read with: repair."
        ),
    )


def foreign(path: Path, names: Sequence[str]) -> UserError:
    """The error of a file that holds parts which no study has, and which could do anything."""
    return UserError(
        _("{file} holds a part that no study has: {name}.").format(file=path.name, name=repr(names[0][:40])),
        _("It was changed by another program, or made to do harm."),
        _("Nothing was run or changed. Save what is yours in it with: repair."),
    )


def later(path: Path) -> UserError:
    """The refusal of a study that a later version has made; one is damaged whose broken head says so."""
    if broken_pages(path):
        with Pages(path) as pages:
            noted = noted_schema(pages)
        if 0 < noted <= SCHEMA:
            return damaged(path)
    return UserError(
        _("{file} was made by a later version of the program.").format(file=path.name),
        remedy=_("Nothing was changed. Install the newer version to open it."),
    )


def check_whole(path: Path) -> None:
    """Run the checks of every opening, read only; raise UserError where the file is not whole or not ours.

    They are the shape of the file, SQLite's quick check, what nothing can be done without, and the seal.
    What costs more stands in `store.integrity.checking`.
    """
    try:
        with looking_into(path) as connection:
            shape = shape_of(connection)
            if shape.foreign:
                raise foreign(path, shape.foreign)
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            schema = connection.execute("PRAGMA user_version").fetchone()[0]
            missing = shape.missing if schema == SCHEMA else ()
            if found != ("ok",) or missing or is_unusable(connection):
                raise damaged(path)
    except errors() as error:
        raise translated(error, path) from error
    except UnicodeDecodeError as error:  # of a message of SQLite's that names a broken part
        raise damaged(path) from error
    if not is_protected(path) and broken_pages(path):  # a protected page bears a sum that reading it tests
        raise damaged(path)


def broken_pages(path: Path) -> list[int]:
    """The pages that changed since the study was sealed though nobody wrote; none where nobody can tell."""
    if is_open_here(path) or was_interrupted(path):
        return []
    if is_protected(path):
        with closing(raw(reading_uri(path), path)) as connection:
            return failing_pages(connection)
    found = differing_pages(path)
    return [] if was_interrupted(path) else found


@contextmanager
def looking_into(path: Path) -> Iterator[sqlite3.Connection]:
    """A bare connection that reads a study which may be damaged or malicious, for a limited time."""
    with closing(raw(reading_uri(path), path)) as connection:
        _limit(connection, LONGEST_READ)
        for pragma in READING:
            connection.execute(f"PRAGMA {pragma}")
        base, pace = PATIENCE
        end = time.monotonic() + base + path.stat().st_size / pace
        connection.set_progress_handler(lambda: time.monotonic() > end, 100_000)
        yield connection


def _limit(connection: sqlite3.Connection, length: int) -> None:
    """Refuse longer values, where the module can: SQLCipher's can't, but opens only what bears our key."""
    if isinstance(connection, sqlite3.Connection):
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, length)


def lost_references(connection: Connection) -> int:
    """How many references point to rows that are not there."""
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def connect(path: Path, *, writing: bool, write_ahead: bool = False, key: Key | None = None) -> Engine:
    """An engine on a study file; a reading one can't write, whatever is asked of it.

    A writing engine begins each transaction with BEGIN IMMEDIATE, so that a conflict shows at the start.
    A file that is still empty is given the key that it is to have. Raises Locked.
    """
    key = key or key_of(path)
    uri = sqlite_address(path.absolute(), "rw") if writing else reading_uri(path)
    log = "wal" if write_ahead else "delete"

    def open_connection() -> sqlite3.Connection:
        connection = raw(uri, path, key, isolation_level=None, check_same_thread=False)
        _limit(connection, LONGEST_WRITTEN if writing else LONGEST_READ)
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
        module=module_for(key),
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

    count_open(engine, path)
    return engine


@contextmanager
def alone(path: Path, key: Key | None = None) -> Iterator[Engine]:
    """An engine on a file that nobody else uses, for a while; it keeps no log beside the file."""
    engine = connect(path, writing=True, key=key)
    try:
        yield engine
    finally:
        engine.dispose()


def _leave_clean(connection: sqlite3.Connection) -> None:
    """Leave neither an open transaction nor half of one in the file, so that others can read it.

    A COMMIT that was refused leaves its transaction open while SQLAlchemy takes it for ended; after an error
    of the disk SQLite takes back what it wrote only at the next access.
    """
    with suppress(*errors()):  # the disk still refuses: the next access tells
        connection.rollback()
        connection.execute("PRAGMA schema_version").fetchone()


def reading_uri(path: Path) -> str:
    """The address under which SQLite opens a study for reading only.

    A study that was left in the form for write-ahead logs, where a reader kept it from being folded, can't be
    opened in a folder that can't be written, unless SQLite is told that nobody changes it.
    """
    uri = sqlite_address(path.absolute(), "ro")
    if is_open_here(path) or was_interrupted(path) or may_write(path.parent) or _header(path)[18:19] != b"\2":
        return uri
    return f"{uri}&immutable=1"


def may_write(path: Path) -> bool:
    """Tell whether this person may write a file or into a folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell the errors of the disk and the database in words; everything else passes through."""
    try:
        yield
    except Exception as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if not isinstance(cause, errors()) or type(cause).__name__ in _OUR_BUGS:
            raise
        meaning = translated(cause, path)
        if meaning is cause:
            raise
        raise meaning from error


def translated(error: Exception, path: Path) -> Exception:
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
    if any(sign in words for sign in _DAMAGE):
        return damaged(path)
    if "interrupted" in words:
        return UserError(
            _("{file} could not be looked through in time.").format(file=name),
            _("Its disk is very slow, or the file is made so that reading it never ends."),
            _("Copy it to a disk of this computer and try again."),
        )
    if "disk i/o" in words or "unable to open" in words:
        why = _("Its disk or folder does not answer.")
        return UserError(_("{file} can't be opened or written.").format(file=name), why, nothing_lost)
    return error
