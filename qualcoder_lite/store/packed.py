"""Very many rows read as a few long texts, since a tuple for each row costs three times as much.

The database joins each column: ids to bytes, numbers to a text with commas between them, what has a few
values to a digit each. All columns of one statement are joined in the same order; of no rows it gives None.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, LargeBinary, SQLColumnExpression, String, case, func
from sqlalchemy import cast as cast_to

from qualcoder_lite.store.columns import raw

Numbers = NDArray[np.int64]
Column = SQLColumnExpression
ID = 16  # bytes of an id


def joined_ids(column: Column[bytes]) -> ColumnElement[bytes]:
    """This column of ids, one after the other.

    SQLite joins texts only, but takes bytes for a text and gives them back without changing any.
    """
    return cast_to(func.aggregate_strings(raw(column), ""), LargeBinary)


def joined_numbers(column: Column[int]) -> ColumnElement[str]:
    """This column of numbers as one text."""
    return func.aggregate_strings(cast_to(column, String), ",")


def joined_choices(column: Column[Any], choices: Sequence[Any]) -> ColumnElement[str]:
    """This column of at most ten different values as one text, a digit each; the last stands for all else."""
    digits = {choice: str(digit) for digit, choice in enumerate(choices[:-1])}
    return func.aggregate_strings(case(digits, value=column, else_=str(len(choices) - 1)), "")


def ids(joined: bytes | None) -> list[bytes]:
    """The ids that were joined."""
    return [joined[start : start + ID] for start in range(0, len(joined), ID)] if joined else []


def places(joined: bytes | None, among: Sequence[bytes]) -> Numbers:
    """Where each id that was joined stands among these. Raises KeyError for one that is not there."""
    known, wanted = _sortable(b"".join(among)), _sortable(joined or b"")
    order = np.argsort(known)
    found = order[np.searchsorted(known[order], wanted).clip(max=len(known) - 1)] if len(known) else order
    if len(found) != len(wanted) or (known[found] != wanted).any():
        raise KeyError("an id that is not among those known")
    return found


def _sortable(joined: bytes) -> NDArray[np.bytes_]:
    """Ids as hex digits, since arrays of bytes lose the zeros at an end."""
    return np.frombuffer(joined.hex().encode(), dtype=f"S{2 * ID}")


def numbers(joined: str | None) -> Numbers:
    """The numbers that were joined."""
    return np.fromstring(joined, dtype=np.int64, sep=",") if joined else np.empty(0, dtype=np.int64)


def choices(joined: str | None) -> Numbers:
    """Which of its choices each row has."""
    return np.frombuffer((joined or "").encode(), dtype=np.uint8).astype(np.int64) - ord("0")
