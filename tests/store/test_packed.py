"""Columns of many rows that the database joins come back as they are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, create_engine, select

from qualcoder_lite.store import packed
from qualcoder_lite.store.columns import RawId

SIGNS = ("+", "±", "none")
things = Table(
    "thing",
    MetaData(),
    Column("at", Integer, primary_key=True),
    Column("id", RawId()),
    Column("number", Integer),
    Column("sign", String),
    Column("starred", Boolean),
)
an_id = st.binary(min_size=16, max_size=16) | st.sampled_from([bytes(16), b"\xff" * 16, b"\x80" + bytes(15)])
a_row = st.tuples(an_id, st.integers(0, 2**50), st.sampled_from(["+", "±", None]), st.booleans())


def read(rows: list[tuple[Any, ...]]) -> list[Any]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        things.create(connection)
        names = ("id", "number", "sign", "starred")
        if rows:
            connection.execute(things.insert(), [dict(zip(names, row, strict=True)) for row in rows])
        joined = (
            packed.joined_ids(things.c.id),
            packed.joined_numbers(things.c.number),
            packed.joined_choices(things.c.sign, SIGNS),
            packed.joined_choices(things.c.starred, (False, True)),
        )
        found = list(connection.execute(select(*joined)).one())
    engine.dispose()
    return found


@given(st.lists(a_row, max_size=40))
def test_every_value_comes_back_in_its_row(rows: list[tuple[bytes, int, str | None, bool]]) -> None:
    found = read(rows)
    among = sorted({row[0] for row in rows}, reverse=True)
    assert packed.ids(found[0]) == [row[0] for row in rows]
    assert [among[place] for place in packed.places(found[0], among)] == [row[0] for row in rows]
    assert packed.numbers(found[1]).tolist() == [row[1] for row in rows]
    assert packed.choices(found[2]).tolist() == [SIGNS.index(row[2] or "none") for row in rows]
    assert packed.choices(found[3]).tolist() == [int(row[3]) for row in rows]


def test_an_id_that_is_not_known_is_told() -> None:
    first, other = b"a" * 16, b"z" * 16
    with pytest.raises(KeyError):
        packed.places(first + other, [first])
    with pytest.raises(KeyError):
        packed.places(other, [])
