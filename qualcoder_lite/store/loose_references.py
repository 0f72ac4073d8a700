"""References without a foreign key: what a memo is about, and what the two sides of a cell stand for.

A cell about several informants at once (`informants:`) outlives any of them, so its side is not looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Table, select

from qualcoder_lite.store.many import among
from qualcoder_lite.store.schema import JOURNALLED

Target = tuple[str, bytes]
"""A table and the id of a row in it."""
SIDES = ("code", "informant", "source", "attribute")
"""The tables of which one row can be a side of a cell."""
COLUMNS = {"memo": ("about_table", "about_id"), "cell": ("first", "second")}


def side_target(side: str) -> Target | None:
    """The row that the side of a cell stands for; None where it stands for none, or for several.

    Raises ValueError where it names no id.
    """
    kind, _colon, value = side.partition(":")
    return (kind, bytes.fromhex(value.split("=", 1)[0])) if kind in SIDES else None


def targets(name: str, values: Sequence[Any]) -> list[Target]:
    """What a memo or cell refers to, given the values of its `COLUMNS`."""
    if name == "memo":
        return [(values[0], values[1])] if values[0] and values[1] else []
    found = [side_target(side) for side in values]
    return [target for target in found if target is not None]


def have_lost_targets(connection: Connection, name: str, rows: Collection[bytes]) -> bool:
    """Tell whether one of these memos or cells refers to a row that is not there."""
    table = _table(name)
    columns = [table.c[column] for column in COLUMNS[name]]
    found = connection.execute(select(*columns).where(table.c.id.in_(among(connection, rows)))).all()
    wanted: dict[str, set[bytes]] = {}
    for values in found:
        for kind, row in targets(name, values):
            wanted.setdefault(kind, set()).add(row)
    return any(len(_present(connection, kind, ids)) < len(ids) for kind, ids in wanted.items())


def _present(connection: Connection, name: str, ids: Collection[bytes]) -> Sequence[bytes]:
    identity = _table(name).c.id
    return connection.scalars(select(identity).where(identity.in_(among(connection, ids)))).all()


def _table(name: str) -> Table:
    return cast(Table, JOURNALLED[name].__table__)
