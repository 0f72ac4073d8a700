"""The tables outside the journal: the journal itself, what identifies the file, and original files."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from qualcoder_lite.store.columns import Base


class Fact(Base):
    """What identifies this file: study id, copy id."""

    __tablename__ = "fact"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Content(Base):
    """The original bytes of an imported file; inserted only, never changed."""

    __tablename__ = "content"
    id: Mapped[bytes] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(index=True)  # SHA-256 of the bytes
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Step(Base):
    """One action of a user: a transaction, an undo step, a line of the audit trail."""

    __tablename__ = "step"
    id: Mapped[int] = mapped_column(primary_key=True)
    message: Mapped[str]
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    coder: Mapped[str]
    at: Mapped[int]  # milliseconds since 1970, UTC
    undone: Mapped[bool] = mapped_column(default=False, index=True)
    compacted: Mapped[bool] = mapped_column(default=False)
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own form


class StepEvent(Base):
    """An undo or redo of a step; `after` is the newest step there was when it happened."""

    __tablename__ = "step_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    after: Mapped[int]
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"), index=True)
    kind: Mapped[str]
    coder: Mapped[str]
    at: Mapped[int]


class RowChange(Base):
    """One row that a step touched: `other` holds its columns as they are *not* in the table now.

    Nothing: in the other state the row does not exist. Undo and redo are the same swap.
    """

    __tablename__ = "row_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"), index=True)
    table: Mapped[str]
    row: Mapped[bytes] = mapped_column(index=True)
    other: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Tombstone(Base):
    """A row that is gone for good since compaction, kept so that copies of a study can be merged."""

    __tablename__ = "tombstone"
    row: Mapped[bytes] = mapped_column(primary_key=True)
    table: Mapped[str]
    at: Mapped[int]


class Seal(Base):
    """The sums of all pages when the study was closed, see `store.integrity.sealing`: one row."""

    __tablename__ = "seal"
    id: Mapped[int] = mapped_column(primary_key=True)
    sums: Mapped[bytes] = mapped_column(LargeBinary)
