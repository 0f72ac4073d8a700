"""What a column may hold, and what stands in it where it holds something else.

Values are as the file has them: JSON as text, booleans as 0 and 1, a text that is not UTF-8 as `Garbled`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer, LargeBinary, Table

from qualcoder_lite.store.columns import RawId

Choices = Mapping[str, tuple[str, ...]]
"""The words that a column may hold, by `table.column`, where it does not hold just any."""
RowValues = dict[str, Any]
CAUTIOUS = {"speaker.role": "interviewer", "member_check.verdict": "corrects"}
"""What is taken for a word that can't be read, where the row holds more than this word: what claims least."""


def is_sound(column: Column[Any], value: Any, choices: Choices) -> bool:
    """Tell whether a column may hold this value."""
    if value is None:
        return bool(column.nullable)
    kind = column.type
    if isinstance(kind, RawId):
        return type(value) is bytes and len(value) == 16
    if isinstance(kind, LargeBinary):
        return type(value) is bytes
    if isinstance(kind, Boolean):
        return value in (0, 1)
    if isinstance(kind, Integer):
        return isinstance(value, int)
    if not isinstance(value, str) or "\0" in value:
        return False
    if isinstance(kind, JSON):
        return isinstance(_parsed(value), type(_empty(column)))
    words = choices.get(f"{column.table.name}.{column.name}")
    return words is None or value in words


def mended(table: Table, row: RowValues, choices: Choices) -> tuple[RowValues | None, bool]:
    """The row with something in place of what its columns can't hold, and whether that was needed.

    None where nothing can stand in place of it.
    """
    wrong = [column for column in table.columns if not is_sound(column, row.get(column.name), choices)]
    if not wrong:
        return row, False
    result = dict(row)
    for column in wrong:
        value = _instead(column, row.get(column.name), choices)
        if value is None and not column.nullable:
            return None, True
        result[column.name] = value
    return result, True


def _instead(column: Column[Any], value: Any, choices: Choices) -> Any:
    """What stands in a column instead of a value that it can't hold; None where nothing does."""
    name = f"{column.table.name}.{column.name}"
    if isinstance(column.type, JSON):
        return None if column.nullable else json.dumps(_empty(column))
    if name in choices or isinstance(column.type, RawId | LargeBinary | Boolean | Integer):
        return None if column.nullable else CAUTIOUS.get(name, default_of(column))
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    return None if value is None else str(value).replace("\0", "\ufffd")


def default_of(column: Column[Any]) -> Any:
    """What a column holds of itself, as the file has it; None where it has no default."""
    default: Any = column.default
    if default is None:
        return None
    value = default.arg(None) if default.is_callable else default.arg
    return json.dumps(value) if isinstance(value, dict | list) else value


def _empty(column: Column[Any]) -> dict[str, Any] | list[Any]:
    """An empty object or list, whichever a column of JSON holds."""
    default: Any = column.default
    made: Callable[[Any], Any] | None = default.arg if default is not None else None
    value = made(None) if made is not None else {}
    return value if isinstance(value, dict | list) else {}


def _parsed(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None
