"""The lines and columns of a table and what they are called, as plain data.

A band holds rows that belong together; it is no row of the matrix.
"""

from __future__ import annotations

from dataclasses import dataclass, field

BAND, ROW, FOOT = "band", "row", "foot"
ACROSS = ("state", "note", "whole")  # fields of columns that speak of a whole row
TEXTS = "texts"  # the band of observation and documents


@dataclass(frozen=True)
class Head:
    """What a line or column is called, with the swatch of a code (`colour` 0: none)."""

    key: str
    name: str
    reference: str = ""
    colour: int = 0
    emic: bool = False
    depth: int = 0
    below: int = 0
    opened: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the table; `row` is that of the matrix, -1 for a band or the line of sums."""

    kind: str
    head: Head
    row: int = -1
    number: int = 0  # of the rows in a band
    band: str = ""  # to which it belongs
    column: int = 0  # of the matrix, where the columns of the table show fields of one cell


@dataclass(frozen=True)
class Column:
    """A column of the table; `field` is empty where it shows whole cells, else what of a cell it shows."""

    head: Head
    column: int
    field: str = ""
    group: str = ""
    wide: bool = True  # unless the person chose otherwise


@dataclass(frozen=True)
class Layout:
    """Which lines and columns there are."""

    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    corner: str
    high: int = 0  # pixels of a row whose cells hold more than two lines
    bands: frozenset[str] = field(default_factory=frozenset)


def line_key(line: Line) -> str:
    """What tells a line apart from the others."""
    group = f"@{line.band}" if line.column else ""
    return f"{line.kind}:{line.band if line.kind == BAND else line.head.reference}{group}"


def column_key(column: Column) -> str:
    """What tells a column apart from the others."""
    return column.field or column.head.reference
