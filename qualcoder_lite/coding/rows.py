"""Rows as actions change them: those that are there, values that really differ, places in an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from qualcoder_lite.coding.tables.finding import gone_error
from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.journal import Image, images_of, remove, update_each

R = TypeVar("R", bound=Row)


def get_or_raise(session: Session, kind: type[R], row: bytes) -> R:
    """The row with this id; raises UserError where it is gone."""
    found = session.get(kind, row)
    if found is None:
        raise gone_error(kind)
    return found


def get_all_or_raise(session: Session, kind: type[Row], rows: Sequence[bytes]) -> dict[bytes, Image]:
    """The rows with these ids as plain dicts by column, in this order; raises UserError where one is gone."""
    session.flush()
    images = images_of(session.connection(), cast(Table, kind.__table__), list(dict.fromkeys(rows)))
    if any(row not in images for row in rows):
        raise gone_error(kind)
    return {row: images[row] for row in rows}


def remove_all_or_raise(session: Session, kind: type[Row], rows: Sequence[bytes]) -> None:
    """Remove these rows with all that belongs to them; raises UserError where one is gone."""
    get_all_or_raise(session, kind, rows)
    remove(session, kind, list(dict.fromkeys(rows)))


def set_values(session: Session, kind: type[Row], rows: Iterable[Mapping[str, Any]]) -> set[bytes]:
    """Give each row, named by its `id`, its own values where they differ; return the ids of the changed rows.

    Rows in which nothing differs are not touched, so that doing the same again leaves no step.
    """
    wanted = list(rows)
    images = get_all_or_raise(session, kind, [row["id"] for row in wanted])
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in wanted:
        image = images[row["id"]]
        new = {name: value for name, value in row.items() if image[name] != value}
        if new:
            groups.setdefault(tuple(new), []).append({"id": row["id"], **new})
    for group in groups.values():
        update_each(session, kind, group)
    return {row["id"] for group in groups.values() for row in group}


def next_position(session: Session, kind: Any, *where: Any) -> int:
    """The place after the last of the rows that fit."""
    last = session.scalar(select(func.max(kind.position)).where(*where))
    return 0 if last is None else last + 1


def set_order(session: Session, kind: Any, wanted: Sequence[bytes]) -> None:
    """Put these rows first, in this order, and all others after them as they were."""
    get_all_or_raise(session, kind, wanted)
    rest = session.scalars(select(kind.id).where(kind.id.not_in(wanted)).order_by(kind.position, kind.id))
    order = [*dict.fromkeys(wanted), *rest]
    set_values(session, kind, [{"id": row, "position": place} for place, row in enumerate(order)])


def message_by_count(count: int, one: str, many: str) -> str:
    """The message id for a step on one row or on several."""
    return one if count == 1 else many
