"""A study file, open: the one door for changes, reading beside it, the notice of what changed."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import get_ident
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.orm import Session, configure_mappers

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import clear_leftovers, is_shared
from qualcoder_lite.i18n import _
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.journal import begin, guard, insert_rows, now, write_row_changes
from qualcoder_lite.store.journal_tables import RowChange, Step, StepEvent
from qualcoder_lite.store.lock import Lock, not_writable
from qualcoder_lite.store.schema import JOURNALLED, SCHEMA, Coder
from qualcoder_lite.store.sealing import seal

RESEARCHER = "Peneliti"  # who codes where nobody is named: one neutral word in both languages

configure_mappers()  # when the program starts, so that the first step of a study need not


@dataclass(frozen=True)
class Changes:
    """A change notice: the step's message with its parameters, and which rows of which tables moved."""

    step: int
    message: str
    parameters: dict[str, Any]
    rows: frozenset[tuple[str, bytes]]
    kind: str = "do"  # do, undo or redo

    def touch(self, *tables: str) -> bool:
        """Tell whether a row of one of these tables moved."""
        return any(table in tables for table, _row in self.rows)


@dataclass(eq=False)
class Project:
    """An open study. Make it with `open_study` or `read_study`; end it with `close`."""

    path: Path
    coder: str  # who works now; empty: the study's first coder
    writer: Engine | None
    reader: Engine
    lock: Lock | None = None
    listeners: list[Callable[[Changes], None]] = field(default_factory=list)
    changing: set[int] = field(default_factory=set)  # the threads in which a step is under way or waits
    reading: dict[int, Connection] = field(default_factory=dict)  # by thread, while it reads one state
    texts: dict[bytes, str] = field(default_factory=dict)  # what steps read of long texts, by source

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the study and can't write.

        Within another `read` of the same thread it is that one, so that all of an output is of one state.
        """
        thread = get_ident()
        if thread in self.reading:
            yield self.reading[thread]
            return
        with connecting.told(self.path), self.reader.connect() as connection, connection.begin():
            self.reading[thread] = connection
            try:
                yield connection
            finally:
                del self.reading[thread]

    @contextmanager
    def change(self, message: str, **parameters: Any) -> Iterator[Session]:
        """The only way to write: one transaction, one undo step, one line of history, one change notice.

        `message` is a message id; it is stored with its parameters and translated when shown. Nothing is
        kept of a step in which no row ended differently.
        """
        with self.writing() as writer, Session(writer, expire_on_commit=False) as session:
            coder = self.coder or first_coder(session)
            begin(session, coder, _id_of(session, coder))
            session.info["texts"] = self.texts
            with self._forgetting():
                yield session
            changes = _write_step(session, message, parameters)
            if changes.rows:
                session.commit()
        if changes.rows:
            self.tell(changes)

    @contextmanager
    def _forgetting(self) -> Iterator[None]:
        """Forget texts where a step fails, since what it read may be what it had written itself."""
        try:
            yield
        except BaseException:
            self.texts.clear()
            raise

    @contextmanager
    def writing(self) -> Iterator[Engine]:
        """The engine that writes, for one step, undo or redo; its errors are told in words."""
        if self.writer is None:
            raise RuntimeError("this study was opened for reading only")
        if get_ident() in self.changing:
            raise RuntimeError("a step within a step")
        if get_ident() in self.reading:
            raise RuntimeError("a step while this thread reads one state of the study")
        with connecting.told(self.path):
            self.changing.add(get_ident())
            try:
                yield self.writer
            finally:
                self.changing.discard(get_ident())

    def settle(self) -> None:
        """Bring all work into the file itself when nothing else is to do, so that a copy of it has all."""
        if self.writer is not None:
            with connecting.told(self.path):
                connecting.settle(self.writer)

    def tell(self, changes: Changes) -> None:
        """Send a change notice to all who listen."""
        if changes.touch("source_text"):
            self.texts.clear()
        for listener in list(self.listeners):
            listener(changes)

    def close(self) -> None:
        """Leave the study as one file. Raises UserError where the disk refuses; no step is lost then."""
        self.reader.dispose()
        try:
            if self.writer is not None:
                with connecting.told(self.path):
                    connecting.fold(self.writer)
        finally:
            if self.writer is not None:
                self.writer.dispose()
                seal(self.path)
            if self.lock is not None:
                self.lock.release()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def first_coder(database: Session | Connection) -> str:
    """The name of the coder who came first to this study, else the neutral one."""
    return database.scalar(select(Coder.name).order_by(Coder.id).limit(1)) or RESEARCHER


def _id_of(session: Session, name: str) -> bytes | None:
    return session.scalar(select(Coder.id).where(Coder.name == name))


def _write_step(session: Session, message: str, parameters: dict[str, Any]) -> Changes:
    """Write what the step did; where no row ended differently, the notice names none and nothing is kept."""
    session.flush()
    connection = session.connection()
    values = {"message": message, "parameters": parameters, "coder": session.info["coder"], "at": now()}
    statement = insert(Step).values(undone=False, compacted=False, **values)
    step = connection.execute(statement).inserted_primary_key[0]  # type: ignore[index]
    rows = write_row_changes(connection, step, session.info["log"])
    if rows and session.info["joining"] and session.get(Coder, session.info["coder_id"]) is None:
        rows |= _join(session, step)
    return Changes(step, message, parameters, rows)


def _join(session: Session, step: int) -> frozenset[tuple[str, bytes]]:
    """Add the working coder to the study: this step is the first that they change anything by."""
    row = {"id": session.info["coder_id"], "name": session.info["coder"]}
    session.info["log"].clear()
    insert_rows(session, Coder, [row])
    return write_row_changes(session.connection(), step, session.info["log"])


def state(project: Project) -> tuple[int, int]:
    """A number pair that differs whenever anything in the study differs: last step, last undo or redo."""
    with project.read() as connection:
        return state_of(connection)


def state_of(connection: Connection) -> tuple[int, int]:
    """The state that a connection sees."""
    steps = select(func.coalesce(func.max(Step.id), 0)).scalar_subquery()
    events = select(func.coalesce(func.max(StepEvent.id), 0)).scalar_subquery()
    last = connection.execute(select(steps, events)).one()
    return int(last[0]), int(last[1])


def touched_since(connection: Connection, before: tuple[int, int]) -> set[str]:
    """The tables whose rows moved since a state of this study, by steps, undo and redo.

    All, where compaction has forgotten it since.
    """
    if connection.scalar(select(func.count()).where(Step.compacted, Step.id > before[0])):
        return set(JOURNALLED)
    tables = select(RowChange.table).distinct()
    done = tables.where(RowChange.step_id > before[0])
    swapped = select(StepEvent.step_id).where(StepEvent.id > before[1])
    again = tables.where(RowChange.step_id.in_(swapped))
    return {*connection.scalars(done), *connection.scalars(again)}


def moved_since(connection: Connection, before: tuple[int, int], table: str) -> set[bytes]:
    """The ids of the rows of one table that moved since a state, as far as the journal still knows."""
    rows = select(RowChange.row).where(RowChange.table == table)
    swapped = select(StepEvent.step_id).where(StepEvent.id > before[1])
    done = connection.scalars(rows.where(RowChange.step_id > before[0]))
    again = connection.scalars(rows.where(RowChange.step_id.in_(swapped)))
    return {*done, *again}


def open_study(path: Path, coder: str = "", write_ahead: bool = False) -> Project:
    """Open a study for working on it: one writer at a time; an older schema is backed up and migrated.

    `write_ahead` is for a window, where commits must be fast and readers work beside it for hours; without it
    the file changes only when a step is kept.

    Raises UserError where it is open elsewhere, not ours, damaged, or of a later version.
    """
    connecting.schema_of(path)
    with ExitStack() as stack:
        lock = Lock(path)
        stack.callback(lock.release)
        if not connecting.may_write(path):
            raise not_writable(path)
        clear_leftovers(path.parent, glob.escape(path.name))
        connecting.recover(path)
        connecting.check_whole(path)
        _migrate_if_older(path)
        with connecting.told(path):
            ahead = write_ahead and not is_shared(path)
            writer = connecting.connect(path, writing=True, write_ahead=ahead)
            stack.callback(writer.dispose)
            guard(writer)
            writer.connect().close()
        reader = connecting.connect(path, writing=False)
        guard(reader)
        stack.pop_all()
    return Project(path, coder, writer, reader, lock)


def _migrate_if_older(path: Path) -> None:
    found = connecting.schema_of(path)
    if found > SCHEMA:
        raise later(path)
    if found < SCHEMA:
        from qualcoder_lite.store.migrating import migrate

        migrate(path)


def read_study(path: Path, coder: str = "") -> Project:
    """Open a study for reading, also beside a writer; nothing on the disk changes, nothing is migrated."""
    found = connecting.schema_of(path)
    if found > SCHEMA:
        raise later(path)
    _recover_if_alone(path)
    connecting.check_whole(path)
    if found < SCHEMA:
        raise UserError(
            _("{file} was made by an earlier version of the program.").format(file=path.name),
            remedy=_("Open it once in the window; it is then backed up and brought up to date."),
        )
    reader = connecting.connect(path, writing=False)
    guard(reader)
    return Project(path, coder, None, reader)


def _recover_if_alone(path: Path) -> None:
    """Take back what a killed writer left half done: a reader alone could not read such a study."""
    if connecting.was_interrupted(path):
        with suppress(UserError):  # the writer lives, or nothing can be written here: then reading tells
            lock = Lock(path)
            try:
                connecting.recover(path)
            finally:
                lock.release()


def later(path: Path) -> UserError:
    """The refusal of a study that a later version of the program has made."""
    return UserError(
        _("{file} was made by a later version of the program.").format(file=path.name),
        remedy=_("Nothing was changed. Install the newer version to open it."),
    )
