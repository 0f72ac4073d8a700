"""Sums of the pages of a study, by which a single changed byte shows.

The database itself notices a page that is no page any more, not a letter of a memo that became another. The
sums, its seal, are true as long as nobody has written since: the file's own counter of changes tells. SQLite
moves it with every change and with every turn to and from the write-ahead log.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from qualcoder_lite.store.integrity.pages import Cell, Pages, values_of

TABLE = "seal"
_COUNTER, _WRITE_AHEAD = 24, 18  # places in the head of the file
_CHANGING = ((18, 20), (24, 28), (92, 100))  # bytes of the head that opening and closing change


def is_sealed(path: Path) -> bool:
    """Tell whether nothing was written since the study was sealed."""
    with Pages(path) as pages:
        return bool(_noted(pages))


def differing_pages(path: Path) -> list[int]:
    """The pages that are not as they were when the study was sealed; none where it bears no seal that holds.

    Pages that are not in use don't count. Nobody may write to the file meanwhile.
    """
    with Pages(path) as pages:
        noted = _noted(pages)
        if not noted:
            return []
        before = pages.page(1)[_COUNTER : _COUNTER + 4]  # a writer beside us moves it
        sums = zip(noted, _sums(pages), strict=False)
        differing = [number for number, (known, found) in enumerate(sums, 1) if known not in (0, found)]
        meanwhile = pages.page(1)[_COUNTER : _COUNTER + 4] != before
        return [] if meanwhile else sorted(set(differing) - pages.free())


def sums_of(path: Path) -> bytes:
    """The counter that the file will bear when the sums are written, and the sum of each page."""
    with Pages(path) as pages:
        counter = struct.unpack_from(">I", pages.page(1), _COUNTER)[0]
        own = set(own_pages(pages))
        sums = [0 if number in own else found for number, found in enumerate(_sums(pages), 1)]
    return struct.pack(f">{1 + len(sums)}I", counter + 1, *sums)


def _sums(pages: Pages) -> Iterator[int]:
    """The sum of each page, but for the bytes of the head that opening and closing change; never 0."""
    for number, page in enumerate(pages.all(), 1):
        if number == 1:
            head = bytearray(page)
            for start, end in _CHANGING:
                head[start:end] = bytes(end - start)
            yield crc32(head) or 1
        else:
            yield crc32(page) or 1


def _noted(pages: Pages) -> tuple[int, ...]:
    """The sums of the seal; none where there is no seal, or the file was written to since."""
    head = pages.page(1)
    counter = struct.unpack_from(">I", head, _COUNTER)[0]
    for _number, cell in _cells(pages):
        payload = pages.payload(cell)
        values = values_of(payload) if payload else None
        blob = values[-1] if values else None
        if isinstance(blob, bytes) and len(blob) >= 4 and head[_WRITE_AHEAD] == 1:
            told, *sums = struct.unpack(f">{len(blob) // 4}I", blob[: len(blob) // 4 * 4])
            return tuple(sums) if told == counter else ()
    return ()


def own_pages(pages: Pages) -> Iterator[int]:
    """The pages of the seal itself, of which there can be no sum."""
    for number, cell in _cells(pages):
        yield number
        yield from pages.overflow(cell)


def _cells(pages: Pages) -> Iterator[tuple[int, Cell]]:
    """The row of the seal and its page."""
    root = roots(pages).get(TABLE, 0)
    for number in pages.tree(root):
        for cell in pages.cells(number):
            yield number, cell


def noted_schema(pages: Pages) -> int:
    """The schema that the last migration noted, beside the one in the head; 0 where that can't be read."""
    for number in pages.tree(roots(pages).get("alembic_version", 0)):
        for cell in pages.cells(number):
            values = values_of(pages.payload(cell) or b"")
            if values and isinstance(values[0], str) and values[0].isdecimal():
                return int(values[0])
    return 0


def roots(pages: Pages) -> dict[str, int]:
    """The first page of every table, as far as the list of tables is whole."""
    found: dict[str, int] = {}
    for number in pages.tree(1):
        for cell in pages.cells(number):
            payload = pages.payload(cell)
            values = values_of(payload) if payload else None
            if values and len(values) == 5 and values[0] == "table" and isinstance(values[3], int):
                found[str(values[1])] = values[3]
    return found
