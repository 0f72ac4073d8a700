"""The pages of a study file, read without the database: what is left when its trees are broken.

The form is SQLite's, written down at https://sqlite.org/fileformat2.html. Nothing here raises over a broken
page: what can't be read is left out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple

HEADER = 100  # bytes of the file's head, at the beginning of page 1
INNER, LEAF = 5, 13  # kinds of pages of tables
AT_ONCE = 256  # pages read at once
LONGEST = 768 << 20  # bytes of a row
_FLOAT, _FALSE, _TRUE, _BLOB = 7, 8, 9, 12
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
Value = None | int | float | str | bytes


class Garbled(bytes):
    """A text that is not UTF-8."""


class Cell(NamedTuple):
    """A row as it lies on its page: its number, its length in all, what lies here, where it goes on."""

    row: int
    length: int
    here: bytes
    beyond: int


@dataclass
class Pages:
    """The pages of a file, counted from 1, to be used by `with`. Raises OSError where the disk fails."""

    path: Path
    file: BinaryIO = field(init=False)
    size: int = field(init=False)
    usable: int = field(init=False)
    count: int = field(init=False)

    def __enter__(self) -> Pages:
        self.file = self.path.open("rb")
        head = self.file.read(HEADER).ljust(HEADER, b"\0")
        told = struct.unpack_from(">H", head, 16)[0]
        self.size = 65536 if told == 1 else told
        if self.size < 512 or self.size & (self.size - 1):
            self.size = 4096  # the usual one: this head is broken
        self.usable = self.size - head[20] if head[20] <= 32 else self.size
        self.count = -(-self.path.stat().st_size // self.size)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()

    def page(self, number: int) -> bytes:
        """A page; what is cut off is filled with zeros."""
        self.file.seek((number - 1) * self.size)
        return self.file.read(self.size).ljust(self.size, b"\0")

    def all(self) -> Iterator[bytes | memoryview]:
        """All pages in their order; the last one only as far as it goes."""
        self.file.seek(0)
        while chunk := self.file.read(AT_ONCE * self.size):
            view = memoryview(chunk)
            for start in range(0, len(chunk), self.size):
                yield view[start : start + self.size]

    def tree(self, root: int) -> Iterator[int]:
        """The pages of a table, of its rows and those above, as far as the way to them is whole."""
        seen: set[int] = set()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in seen or not 1 <= number <= self.count:
                continue
            seen.add(number)
            yield number
            waiting += reversed(self._below(number))

    def _below(self, number: int) -> list[int]:
        page, at = self.page(number), _start(number)
        if page[at] != INNER:
            return []
        places = _places(page, at, 12)
        below = [struct.unpack_from(">I", page, place)[0] for place in places if place + 4 <= self.size]
        return [*below, struct.unpack_from(">I", page, at + 8)[0]]

    def cells(self, number: int) -> list[Cell]:
        """The rows that a page lists; none where it is no page of rows."""
        page, at = self.page(number), _start(number)
        if page[at] != LEAF:
            return []
        found = [self.cell(page, place) for place in _places(page, at, 8)]
        return [cell for cell in found if cell is not None]

    def cell(self, page: bytes, place: int) -> Cell | None:
        """The row that begins at this place of a page, if one can."""
        length, at = varint(page, place)
        row, at = varint(page, at)
        local = self._local(length)
        here = page[at : at + local]
        if not 0 < length <= LONGEST or len(here) < local:
            return None
        beyond = 0
        if local < length:
            if at + local + 4 > len(page):
                return None
            beyond = struct.unpack_from(">I", page, at + local)[0]
        return Cell(row, length, here, beyond)

    def _local(self, length: int) -> int:
        """How many bytes of a row lie on its own page."""
        most, least = self.usable - 35, (self.usable - 12) * 32 // 255 - 23
        if length <= most:
            return length
        kept = least + (length - least) % (self.usable - 4)
        return kept if kept <= most else least

    def overflow(self, cell: Cell) -> Iterator[int]:
        """The pages on which a row goes on."""
        number, left = cell.beyond, cell.length - len(cell.here)
        seen: set[int] = set()
        while left > 0 and 1 <= number <= self.count and number not in seen:
            seen.add(number)
            yield number
            left -= self.usable - 4
            number = struct.unpack_from(">I", self.page(number))[0]

    def payload(self, cell: Cell) -> bytes | None:
        """All bytes of a row; None where its pages are not all there."""
        parts, left = [cell.here], cell.length - len(cell.here)
        for number in self.overflow(cell):
            parts.append(self.page(number)[4 : 4 + min(left, self.usable - 4)])
            left -= len(parts[-1])
        return b"".join(parts) if left == 0 else None

    def free(self) -> set[int]:
        """The pages that are not in use, as far as their list is whole."""
        number: int = struct.unpack_from(">I", self.page(1), 32)[0]
        found: set[int] = set()
        while 1 < number <= self.count and number not in found:
            found.add(number)
            page = self.page(number)
            number, many = struct.unpack_from(">II", page)
            many = min(many, self.usable // 4 - 2)
            found.update(struct.unpack_from(f">{many}I", page, 8))
        return found


def _start(number: int) -> int:
    return HEADER if number == 1 else 0


def _places(page: bytes, at: int, head: int) -> list[int]:
    """The places of the cells that a page lists after its head."""
    number = struct.unpack_from(">H", page, at + 3)[0]
    number = min(number, (len(page) - at - head) // 2)
    return [place for place in struct.unpack_from(f">{number}H", page, at + head) if place > at]


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and the place after it; -1 where the data end before it does."""
    value = 0
    for index in range(9):
        if at + index >= len(data):
            return -1, len(data)
        byte = data[at + index]
        if index == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, at + index + 1


def kinds_of(payload: bytes, at: int = 0) -> tuple[list[int], int]:
    """The kinds of the values of a row whose head begins at this place, and where the values begin."""
    size, place = varint(payload, at)
    end = at + size
    kinds: list[int] = []
    if size > len(payload) - at:
        return [], at
    while place < end:
        kind, place = varint(payload, place)
        kinds.append(kind)
    return (kinds, end) if place == end else ([], at)


def width(kind: int) -> int:
    """The bytes that a value of this kind takes."""
    if kind >= _BLOB:
        return (kind - _BLOB) // 2
    return 8 if kind == _FLOAT else _INTEGERS.get(kind, 0)


def values_of(payload: bytes) -> list[Value] | None:
    """The values of a row; None where its length does not fit them."""
    kinds, at = kinds_of(payload)
    if not kinds or at + sum(map(width, kinds)) != len(payload):
        return None
    values: list[Value] = []
    for kind in kinds:
        values.append(_value(kind, payload[at : at + width(kind)]))
        at += width(kind)
    return values


def _value(kind: int, data: bytes) -> Value:
    if kind in _INTEGERS:
        return int.from_bytes(data, "big", signed=True)
    if kind in (_FALSE, _TRUE):
        return kind - _FALSE
    if kind == _FLOAT:
        return float(struct.unpack(">d", data)[0])
    if kind < _BLOB:
        return None
    return data if kind % 2 == 0 else text(data)


def text(data: bytes) -> str | Garbled:
    """The text that these bytes are in UTF-8; the bytes where they are none. Also SQLite's `text_factory`."""
    with suppress(UnicodeDecodeError):
        return data.decode()
    return Garbled(data)
