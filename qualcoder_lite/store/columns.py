"""What all tables share: ids, who and when, and references that are deferred."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, MetaData, Uuid, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.sql.elements import Label
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine


class RawId(TypeDecorator[bytes]):
    """An id: 16 bytes in Python and on SQLite, `uuid` on PostgreSQL."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of this database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Uuid())
        return dialect.type_descriptor(LargeBinary(16))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Nothing to do on SQLite, which takes bytes as they are: calls would cost more than the insert."""
        return _uuid if dialect.name == "postgresql" else None

    def result_processor(self, dialect: Dialect, _coltype: object) -> Callable[[Any], Any] | None:
        """Nothing to do on SQLite, which gives bytes."""
        return _bytes if dialect.name == "postgresql" else None


def _uuid(value: bytes | None) -> UUID | None:
    return None if value is None else UUID(bytes=value)


def _bytes(value: UUID | None) -> bytes | None:
    return None if value is None else value.bytes


class Base(DeclarativeBase):
    """What all tables share: names of constraints and types of columns."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {bytes: RawId(), dict[str, Any]: JSON(), list[Any]: JSON()}  # noqa: RUF012


class Row(Base):
    """A row of the study: id, when (milliseconds since 1970, UTC) and by which coder made and changed."""

    __abstract__ = True
    id: Mapped[bytes] = mapped_column(primary_key=True, sort_order=-9)
    created_at: Mapped[int] = mapped_column(default=0, sort_order=90)
    created_by: Mapped[bytes | None] = mapped_column(sort_order=91)
    modified_at: Mapped[int] = mapped_column(default=0, sort_order=92)
    modified_by: Mapped[bytes | None] = mapped_column(sort_order=93)


def key(target: str) -> ForeignKey:
    """A reference to a row of `target`, checked when the transaction ends."""
    return ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")


def belongs(target: str, *, index: bool = True) -> Mapped[bytes]:
    """A reference to the owner, with which this row goes."""
    return mapped_column(key(target), index=index, info={"belongs": True})


def refers(target: str) -> Mapped[bytes | None]:
    """A reference that is emptied when its target goes."""
    return mapped_column(key(target), index=True)


def raw(column: Any) -> Label[Any]:
    """The column as the database gives it, without conversion in Python: for fast reads of many rows.

    On SQLite an id is then 16 bytes, a boolean 0 or 1, JSON its text; on PostgreSQL an id is a UUID, so
    that ids read raw are only compared with ids read raw.
    """
    return type_coerce(column, NullType()).label(column.key)
