"""Taking the rows out of a study whose file is broken, page by page, without the database.

Rows are taken first from pages that the tree of their table leads to. Then from pages that nothing leads to
any more, and out of broken pages by the look of their bytes; of these only what is found nowhere else, and
nothing that the journal knows as removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Integer, LargeBinary

from qualcoder_lite.store.columns import Base, RawId
from qualcoder_lite.store.integrity.page_sums import noted_schema, roots
from qualcoder_lite.store.integrity.pages import (
    INNER,
    LEAF,
    Cell,
    Garbled,
    Pages,
    kinds_of,
    values_of,
    varint,
    width,
)
from qualcoder_lite.store.integrity.soundness import RowValues
from qualcoder_lite.store.schema import JOURNALLED

BESIDE = ("fact", "content", "step", "step_event", "tombstone", "row_change")
_ID = 44  # the kind of 16 bytes, with which nearly every row of a study begins
LEAST = 3  # columns below which a stray row could be of any table
LONGEST = 128 << 20  # bytes of a row, except of an original file
NUMBERED = ("step", "step_event", "row_change")  # tables whose id is a number


@dataclass
class Salvaged:
    """The rows of each table in the order of their pages, and how many rows were there but can't be read."""

    rows: dict[str, list[RowValues]]
    unreadable: dict[str, int] = field(default_factory=dict)


@dataclass
class _Search:
    pages: Pages
    broken: frozenset[int]
    columns: dict[str, tuple[str, ...]]
    found: Salvaged = field(init=False)
    trees: set[int] = field(default_factory=set)  # pages that the tree of a table leads to
    beyond: set[int] = field(default_factory=set)  # pages on which a row goes on

    def __post_init__(self) -> None:
        self.found = Salvaged({name: [] for name in (*JOURNALLED, *BESIDE)})


def salvage(path: Path, broken: list[int]) -> Salvaged:
    """The rows of a study that can still be read; `broken` are pages that are known to have changed.

    Raises OSError where the disk does not answer.
    """
    with Pages(path) as pages:
        search = _Search(pages, frozenset(broken), _columns(pages))
        first = roots(pages)
        for name in (*JOURNALLED, *BESIDE):
            _take_tree(search, name, first.get(name, 0))
        _take_strays(search)
    return search.found


def _columns(pages: Pages) -> dict[str, tuple[str, ...]]:
    """The columns of each table as this file has them: those of its own schema where they can be told."""
    ours = {name: tuple(Base.metadata.tables[name].columns.keys()) for name in (*JOURNALLED, *BESIDE)}
    schema = noted_schema(pages) or int.from_bytes(pages.page(1)[60:64], "big")
    if schema in (1, 2, 3):  # before there were digests of texts
        ours["source_text"] = tuple(name for name in ours["source_text"] if name != "digest")
    return ours


def _take_tree(search: _Search, name: str, root: int) -> None:
    if not root:
        return
    for number in search.pages.tree(root):
        rows = [_row(search, name, cell) for cell in search.pages.cells(number)]
        if rows and not any(row and _looks_like(name, row) for row in rows):
            continue  # a page of another table: what it is shows when strays are taken
        search.trees.add(number)
        search.found.rows[name] += [row for row in rows if row is not None]
        if None in rows:
            search.found.unreadable[name] = search.found.unreadable.get(name, 0) + rows.count(None)


def _row(search: _Search, name: str, cell: Cell) -> RowValues | None:
    """The row of a table that a cell holds; None where it holds none."""
    search.beyond.update(search.pages.overflow(cell))
    if cell.length > LONGEST and name != "content":
        return None
    payload = search.pages.payload(cell)
    values = values_of(payload) if payload else None
    names = search.columns[name]
    if values is None or len(values) != len(names):
        return None
    row = dict(zip(names, values, strict=True))
    if name in NUMBERED:
        row["id"] = cell.row  # SQLite keeps a whole number that is the key as the row's own
    return row


# What nothing leads to -----------------------------------------------------------------------------------


def _take_strays(search: _Search) -> None:
    """Rows of pages that nothing leads to, and of pages that are broken."""
    free = search.pages.free() | search.beyond
    rows = search.found.rows
    known = {name: {_key(row) for row in found} for name, found in rows.items()}
    strays: list[tuple[str, RowValues]] = []
    for number in range(2, search.pages.count + 1):
        doubtful = number in search.broken or _is_broken(search.pages, number)
        if number not in free and (doubtful or number not in search.trees):
            strays += _strays(search, number, doubtful, known)
    changes = [*rows["row_change"], *(row for name, row in strays if name == "row_change")]
    gone = {change["row"] for change in changes if '"id":' in str(change["other"])}
    for name, row in strays:
        if _key(row) not in known[name] and _key(row) not in gone:
            known[name].add(_key(row))
            rows[name].append(row)


def _key(row: RowValues) -> Any:
    """What tells a row from others: its id, or what stands in for one."""
    return row.get("id", row.get("name", row.get("row")))


def _is_broken(pages: Pages, number: int) -> bool:
    """Tell whether a page of rows can't be what it says."""
    page = pages.page(number)
    if page[0] not in (LEAF, INNER):
        return page[0] not in (2, 10) and any(page[:8])
    listed = int.from_bytes(page[3:5], "big")
    return page[0] == LEAF and len(pages.cells(number)) != listed


def _strays(
    search: _Search, number: int, doubtful: bool, known: dict[str, set[Any]]
) -> Iterator[tuple[str, RowValues]]:
    cells = list(search.pages.cells(number))
    if doubtful:
        cells += _carved(search.pages, number)
    for cell in cells:
        fitting = [(name, row) for name, row in _possible(search, cell) if _looks_like(name, row)]
        fitting.sort(key=lambda each: not _refers_to_known(each[0], each[1], known))
        yield from fitting[:1]


def _possible(search: _Search, cell: Cell) -> Iterator[tuple[str, RowValues]]:
    """What a row is in every table that has as many columns."""
    for name in (*JOURNALLED, *BESIDE):
        row = _row(search, name, cell) if len(search.columns[name]) >= LEAST else None
        if row is not None:
            yield name, row


def _refers_to_known(name: str, row: RowValues, known: dict[str, set[Any]]) -> bool:
    """Tell whether all that a row of a table would refer to was found: other tables have the same columns."""
    for column in Base.metadata.tables[name].columns:
        for key in column.foreign_keys:
            if row.get(column.name) is not None and row[column.name] not in known[key.column.table.name]:
                return False
    return True


def _looks_like(name: str, row: RowValues) -> bool:
    """Tell whether these values are of the kinds of a table's columns."""
    for column in Base.metadata.tables[name].columns:
        value, kind = row.get(column.name), column.type
        if value is None:
            fits = column.nullable or column.name not in row
        elif isinstance(kind, RawId):
            fits = type(value) is bytes and len(value) == 16
        elif isinstance(kind, Boolean | Integer):
            fits = isinstance(value, int)
        elif isinstance(kind, LargeBinary):
            fits = type(value) is bytes
        else:
            fits = isinstance(value, str | Garbled)
        if not fits:
            return False
    return True


def _carved(pages: Pages, number: int) -> Iterator[Cell]:
    """Rows found by their look: a head whose first kind is that of an id, behind a length that fits it."""
    page = pages.page(number)
    at = page.find(_ID)
    while at > 0:
        for place in range(max(0, at - 12), at - 2):
            length, after = varint(page, place)
            _row_number, head = varint(page, after)
            if head == at - 1 and _fits(page, head, length):
                cell = pages.cell(page, place)
                if cell is not None:
                    yield cell
                break
        at = page.find(_ID, at + 1)


def _fits(page: bytes, head: int, length: int) -> bool:
    """Tell whether the kinds in the head of a row make up its length."""
    kinds, start = kinds_of(page, head)
    return len(kinds) >= LEAST and start - head + sum(map(width, kinds)) == length
