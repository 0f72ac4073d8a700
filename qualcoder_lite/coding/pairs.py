"""Rows that only join two others: a question and its codes, a cell and its chosen codings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from qualcoder_lite.coding.rows import get_all_or_raise, set_values
from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.journal import insert_rows, remove
from qualcoder_lite.store.schema import JOURNALLED


def set_pairs(
    session: Session,
    kind: type[Row],
    owner: tuple[str, bytes],
    member: str,
    wanted: Sequence[bytes],
    **also: Any,
) -> None:
    """Make exactly these rows the members of an owner; pairs that are there stay, and an order is kept.

    `owner` is the column of the owner with its id, `member` the column of the members, `also` what every
    pair says besides. Raises UserError where a member is gone.
    """
    table = cast(Table, kind.__table__)
    order = list(dict.fromkeys(wanted))
    get_all_or_raise(session, _kind_of(table, member), order)
    mine = [table.c[owner[0]] == owner[1], *(table.c[name] == value for name, value in also.items())]
    rows = session.execute(select(table.c[member], table.c.id).where(*mine).order_by(table.c.id)).all()
    there = {row[0]: row[1] for row in rows}
    remove(session, kind, [row[1] for row in rows if row[0] not in order or there[row[0]] != row[1]])
    places = {row: {"position": place} if "position" in table.c else {} for place, row in enumerate(order)}
    fresh = [{owner[0]: owner[1], member: row, **also, **places[row]} for row in order if row not in there]
    insert_rows(session, kind, fresh)
    set_values(session, kind, [{"id": there[row], **places[row]} for row in order if row in there])


def _kind_of(table: Table, column: str) -> type[Row]:
    (key,) = table.c[column].foreign_keys
    return JOURNALLED[key.column.table.name]
