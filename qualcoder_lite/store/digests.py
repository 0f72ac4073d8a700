"""Digests of texts, by which damage shows that the database itself can't see.

A column with `info={"digest_of": name}` keeps the SHA-256 of another column of its row. The ORM sets it with
the text; the functions of the journal write it for many rows. Undo brings it back with the text that it was
taken of, so that a text damaged meanwhile still differs from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Table


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


@cache
def digest_columns(table: Table) -> tuple[tuple[str, str], ...]:
    """The columns of a table that keep a digest, each with the column that it is taken of."""
    found = [(column.name, column.info.get("digest_of")) for column in table.columns]
    return tuple((name, text) for name, text in found if text)


def digests(table: Table, row: Mapping[str, Any]) -> dict[str, str]:
    """The digests of a row's texts by column name, where the row gives the text and no digest."""
    pairs = digest_columns(table)
    return {name: digest_of(row[text]) for name, text in pairs if text in row and name not in row}
