"""Row images: what the journal keeps of a row, as JSON; a text as the splices that bring it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from qualcoder_lite.store.columns import RawId
from qualcoder_lite.store.digests import digest_columns, digests
from qualcoder_lite.store.many import among
from qualcoder_lite.store.splices import splice, splices_between

Image = dict[str, Any]
"""A whole row by column name."""


def images_of(connection: Connection, table: Table, ids: Collection[bytes]) -> dict[bytes, Image]:
    """The rows with these ids as plain dicts by column name; absent ones are left out."""
    if not ids:
        return {}
    names = table.columns.keys()
    found = connection.execute(select(table).where(table.c.id.in_(among(connection, ids))))
    return {image["id"]: image for image in (dict(zip(names, row, strict=True)) for row in found)}


def other_image(table: Table, other: Image | None, present: Image | None) -> Image | None:
    """`other` as JSON by the rule of `row_change.other`: only the columns that differ from `present`."""
    if other is None:
        return None
    if present is None:
        return {name: value.hex() if isinstance(value, bytes) else value for name, value in other.items()}
    result: Image = {}
    for name, old in other.items():
        new = present[name]
        if old == new:
            continue
        if table.c[name].info.get("splices"):
            result[name] = splices_between(new, old)
        else:
            result[name] = old.hex() if isinstance(old, bytes) else old
    return result


def full_images(
    table: Table, others: Sequence[tuple[bytes, Image | None]], present: dict[bytes, Image]
) -> dict[bytes, Image | None]:
    """The inverse of `other_image` for many rows: their full other images, given the present ones."""
    ids = {column.name for column in table.columns if isinstance(column.type, RawId)}
    texts = {column.name for column in table.columns if column.info.get("splices")}
    images = {row: _full(other, present.get(row), ids, texts) for row, other in others}
    if digest_columns(table):
        _add_digests(table, dict(others), images)
    return images


def _add_digests(table: Table, others: dict[bytes, Image | None], images: dict[bytes, Image | None]) -> None:
    """Add the digests that a step noted before there were any does not hold."""
    for row, image in images.items():
        other = others[row]
        if image is not None and other is not None:
            texts = {name: image[name] for name in other}
            image.update(digests(table, texts))


def _full(other: Image | None, present: Image | None, ids: set[str], texts: set[str]) -> Image | None:
    if other is None:
        return None
    result = dict(present or {}) | other
    for name in ids.intersection(other):
        if other[name] is not None:
            result[name] = bytes.fromhex(other[name])
    if present is not None:
        for name in texts.intersection(other):
            result[name] = splice(present[name], other[name])
    return result
