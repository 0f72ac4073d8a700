"""Finished tables the other way round: what a matrix shows transposed is laid out upright and then turned.

Every kind knows its table one way only; blanks, quotes, notes and sums come along as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import ceil

from qualcoder_lite.export.report import DEEPER, Cell, Column, Row, Sheet, Table, cell, plain, sheet_of, words
from qualcoder_lite.export.view import MOST_COLUMNS, View, named, number_column
from qualcoder_lite.i18n import _

WIDE, NAMED = 3.0, 1.8  # of a column with quotes; of that which names the row, where there are few


def matrix_tables(view: View, table: Callable[[View, list[int]], Table]) -> tuple[list[Table], Sheet]:
    """The tables of a matrix with one more column than it has, as they are shown, and the whole as a sheet.

    `table` lays out some of the columns of the matrix.
    """
    columns = list(range(len(view.matrix.columns)))
    most = MOST_COLUMNS - 1
    whole = table(view, columns)
    upright = [table(view, columns[at : at + most]) for at in range(0, len(columns), most)]
    return as_shown(view, whole, upright), matrix_sheet(view, whole)


def as_shown(view: View, whole: Table, upright: Sequence[Table]) -> list[Table]:
    """The tables of a matrix: as they are laid out, or the whole one turned and split where it is wide."""
    return turned(whole) if view.matrix.choice.transposed else list(upright)


def matrix_sheet(view: View, whole: Table) -> Sheet:
    """A matrix as plain values, the way it is shown; never split."""
    if view.matrix.choice.transposed:
        whole = _turned(whole, "", [row for row in whole.rows if row.kind != "band"])
    return sheet_of(whole, _("Matrix"))


def turned(table: Table, most: int = MOST_COLUMNS) -> list[Table]:
    """Tables with a column for each row, at most so many in one; bands become parts of captions."""
    return [_turned(table, name, part) for name, part in _parts(table.rows, most)] or [table]


def _parts(rows: Sequence[Row], most: int) -> Iterator[tuple[str, list[Row]]]:
    """The rows of one table after another, about as many in each; sums stand before the first band."""
    bands: list[tuple[str, list[Row]]] = [("", [])]
    for row in rows:
        if row.kind == "band":
            bands.append((plain(row.cells[0]), []))
        else:
            bands[0 if row.kind == "total" else -1][1].append(row)
    for name, listed in bands:
        size = ceil(len(listed) / ceil(len(listed) / most)) if listed else 1
        for at in range(0, len(listed), size):
            yield name, listed[at : at + size]


def _turned(table: Table, name: str, rows: Sequence[Row]) -> Table:
    numbered = table.lead == 2
    heads = [number_column()] if numbered else []
    heads.append(Column(table.across, max(NAMED, WIDE * len(rows) / 7)))
    heads += [Column(plain(row.cells[table.lead - 1]).replace(DEEPER, ""), WIDE) for row in rows]
    lines = []
    for number, column in enumerate(table.columns[table.lead :], 1):
        cells = [row.cells[table.lead + number - 1] for row in rows]
        first: list[Cell] = [cell(number)] if numbered else []
        lines.append(Row((*first, _named(column.head), *cells)))
    caption = f"{table.caption} – {name}" if name else table.caption
    return replace(table, caption=caption, columns=tuple(heads), rows=tuple(lines), across="")


def _named(head: str) -> Cell:
    """A head as the cell that names a row."""
    return named(*head.split("\n")) if head else (words("–", "count"),)
