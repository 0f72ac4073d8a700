"""A study file, open: the one door for changes, reading beside it, the notice of what changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock as Turn
from threading import get_ident
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.orm import Session, configure_mappers

from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.access.leaving import leave
from qualcoder_lite.store.access.opening import open_to_read, open_to_write
from qualcoder_lite.store.access.same_file import SameFile
from qualcoder_lite.store.access.write_ahead import BUSY, settle
from qualcoder_lite.store.integrity.sealing import seal
from qualcoder_lite.store.journal import begin, insert_rows, now, write_row_changes
from qualcoder_lite.store.journal_tables import RowChange, Step, StepEvent
from qualcoder_lite.store.lock import Lock
from qualcoder_lite.store.protection.key import Key, forget, remember
from qualcoder_lite.store.protection.opener import key_of
from qualcoder_lite.store.schema import JOURNALLED, Coder

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
    file: SameFile | None = None  # tells whether the file is still the one that was opened
    listeners: list[Callable[[Changes], None]] = field(default_factory=list)
    changing: set[int] = field(default_factory=set)  # the threads in which a step is under way or waits
    reading: dict[int, Connection] = field(default_factory=dict)  # by thread, while it reads one state
    texts: dict[bytes, str] = field(default_factory=dict)  # what steps read of long texts, by source
    kept: dict[str, Any] = field(default_factory=dict)  # what rooms above keep of the study while it is open
    key: Key | None = None  # of a protected study: known while it is open
    turn: Turn = field(default_factory=Turn)  # held while this program writes to the file

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
        """The engine that writes, for one step, undo or redo; its errors are told in words.

        Raises UserError where the file is no longer the one that was opened: nothing is written then.
        """
        if self.writer is None:
            raise RuntimeError("this study was opened for reading only")
        if get_ident() in self.changing:
            raise RuntimeError("a step within a step")
        if get_ident() in self.reading:
            raise RuntimeError("a step while this thread reads one state of the study")
        with connecting.told(self.path), self.taking_turns():
            self.changing.add(get_ident())
            try:
                yield self.writer
            finally:
                self.changing.discard(get_ident())

    @contextmanager
    def taking_turns(self, wait: float = BUSY / 1000) -> Iterator[None]:
        """Write only while no other thread does, and only to the file that was opened."""
        if not self.turn.acquire(timeout=wait):
            raise sqlite3.OperationalError("database is locked")
        try:
            if self.file is None:
                yield
                return
            self.file.check()
            try:
                yield
            finally:
                self.file.note()
        finally:
            self.turn.release()

    @contextmanager
    def let_go(self) -> Iterator[None]:
        """Let another file take the study's place; the caller holds the turn."""
        for engine in (self.writer, self.reader):
            if engine is not None:
                engine.dispose()
        if self.file is not None:
            self.file.release()
        try:
            yield
        finally:
            self.reader.dispose()  # who read meanwhile has opened the older file
            if self.file is not None:
                self.file.hold()
            if self.lock is not None:
                self.lock.renew()

    def settle(self) -> None:
        """Bring all work into the file itself when nothing else is to do, so that a copy of it has all.

        Does nothing while a step is under way. Raises UserError as `writing` does.
        """
        if self.writer is not None and not self.turn.locked():
            with connecting.told(self.path), self.taking_turns():
                settle(self.writer)

    def tell(self, changes: Changes) -> None:
        """Send a change notice to all who listen."""
        if changes.touch("source_text"):
            self.texts.clear()
        for listener in list(self.listeners):
            listener(changes)

    def close(self) -> None:
        """Leave the study as one file.

        Raises UserError where the disk refuses; no step is lost then. Also where the file is no longer the
        one that was opened: that file is left alone, and what can be saved of the work is put beside it.
        """
        self.reader.dispose()
        left = False
        try:
            if self.writer is not None:
                with connecting.told(self.path):
                    leave(self.path, self.writer, self.file)
                left = True
        finally:
            if self.writer is not None:
                self.writer.dispose()
            if self.file is not None:
                self.file.release()
            if left:  # else the file at this place may not be ours
                seal(self.path)
            if self.lock is not None:
                self.lock.release()
            forget(self.key)
            self.key = None

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


def open_study(path: Path, coder: str = "", write_ahead: bool = True) -> Project:
    """Open a study for working on it: one writer at a time; an older schema is backed up and migrated.

    Steps are kept in SQLite's write-ahead log, so that they are fast and readers work beside, but in the
    folders of networks and clouds, which do not bear it. Without `write_ahead` the file changes only when a
    step is kept: for a program that makes one step and ends.

    Raises UserError where it is open elsewhere, not ours, damaged, a backup, or of a later version.
    """
    with ExitStack() as stack:
        opened = open_to_write(path, write_ahead, stack)
        stack.pop_all()
    remember(opened.file.key)
    return Project(path, coder, opened.writer, opened.reader, opened.lock, opened.file, key=opened.file.key)


def read_study(path: Path, coder: str = "") -> Project:
    """Open a study for reading, also beside a writer; nothing on the disk changes, nothing is migrated."""
    reader, key = open_to_read(path), key_of(path)
    remember(key)
    return Project(path, coder, None, reader, key=key)
