"""How a counted matrix stands: which rows and columns are shown, in which order, and which way round.

Counts are never changed here; a row that is left out takes nothing from the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcoder_lite.analysis.matrices.filtering import heading_filter, value_of
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.coding.counting.references import row_id
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _

if TYPE_CHECKING:
    import pandas as pd

BY_ROW = ("indicators",)
BY_COLUMN = ("mentioned", "alone", "sizes")
LEFT_OUT = ("left_out", "left_out_spoken", "left_out_others")
BY_CELL = ("links", "claims", *LEFT_OUT)
"""Details along the rows or columns, as the kind has them before it is transposed; or by (row, column)."""


def arrange(matrix: Matrix) -> Matrix:
    """The matrix as its choice wants to see it: narrowed by filters, sorted, then transposed."""
    rows, columns = _rows_shown(matrix), _columns_shown(matrix)
    rows = _sorted_rows(matrix, rows)
    if matrix.choice.by_frequency:
        total = _totals(matrix, "column")
        columns = sorted(columns, key=lambda column: -total[column])
    whole = list(range(len(matrix.rows))), list(range(len(matrix.columns)))
    shown = matrix if (rows, columns) == whole else select_cells(matrix, rows, columns)
    return transpose(shown) if matrix.choice.transposed else shown


# Which rows and columns ----------------------------------------------------------------------------------


def _rows_shown(matrix: Matrix) -> list[int]:
    stands = heading_filter(matrix.counted, matrix.choice.filters)
    shown = [number for number, heading in enumerate(matrix.rows) if stands(heading)]
    for wanted in _about_rows(matrix):
        shown = [number for number in shown if number in wanted]
    return shown


def _columns_shown(matrix: Matrix) -> list[int]:
    stands = heading_filter(matrix.counted, matrix.choice.filters)
    return [number for number, heading in enumerate(matrix.columns) if stands(heading)]


def _about_rows(matrix: Matrix) -> list[set[int]]:
    """The rows that each filter about rows leaves in: a row is shown where one of its cells is such."""
    filters, written = matrix.choice.filters, matrix.written
    found: list[set[int]] = []
    if filters.states:
        proposed = {i for i, h in enumerate(matrix.rows) if matrix.states.get(h.key) in filters.states}
        found.append(proposed | {row for (row, _c), cell in written.items() if cell.status in filters.states})
    if "gaps" in filters.only:
        found.append({row for (row, _c), cell in written.items() if cell.status == "gap" or cell.gap_note})
    if "stale" in filters.only:
        found.append({row for (row, _c), cell in written.items() if cell.stale})
    if "without_evidence" in filters.only:
        found.append(_without_evidence(matrix))
    return found


def _without_evidence(matrix: Matrix) -> set[int]:
    """The rows with a cell that says something and has nothing behind it, and needs it."""
    counts, columns = matrix.cells[count_column(matrix)].to_numpy(), len(matrix.columns)
    left_out = matrix.details.get("left_out", {})
    return {
        row
        for (row, column), cell in matrix.written.items()
        if cell.has_words
        and not (cell.needs_nothing or counts[row * columns + column] or (row, column) in left_out)
    }


def count_column(matrix: Matrix) -> str:
    """What the evidence of its cells is counted in; empty where cells have none."""
    return next((name for name in ("codings", "passages") if name in matrix.cells), "")


# In which order ------------------------------------------------------------------------------------------


def _sorted_rows(matrix: Matrix, rows: list[int]) -> list[int]:
    """The rows by the wanted keys, the first first; rows opened in place stay below theirs, sorted too."""
    for name in reversed(matrix.choice.sort):
        key = _sort_key(matrix, name.removeprefix("-"))
        rows = _in_blocks(matrix.rows, rows, key, name.startswith("-"))
    return rows


def _in_blocks(
    headings: Sequence[Heading], rows: list[int], key: Callable[[int], Any], backwards: bool
) -> list[int]:
    """Sort rows of the least depth, each with the deeper ones that follow it, which are sorted likewise."""
    if not rows:
        return []
    least = min(headings[row].depth for row in rows)
    blocks: list[list[int]] = []
    for row in rows:
        if headings[row].depth == least or not blocks:
            blocks.append([row])
        else:
            blocks[-1].append(row)
    blocks.sort(key=lambda block: key(block[0]), reverse=backwards)
    return [row for first, *rest in blocks for row in (first, *_in_blocks(headings, rest, key, backwards))]


def _sort_key(matrix: Matrix, name: str) -> Callable[[int], Any]:
    if name in ("key", "name", "group"):
        return lambda row: str(getattr(matrix.rows[row], name)).casefold()
    if name == "codings":
        total = _totals(matrix, "row")
        return lambda row: total[row]
    study = matrix.counted
    known = {attribute.lower(): attribute for _row, attribute in study.frames.attributes}
    if name.lower() not in known:
        raise UserError(
            _("Rows can't be sorted by {name}.").format(name=name),
            remedy=_("Choose key, name, group, codings or an attribute of the informants."),
        )
    people = {row.id: number for number, row in enumerate(study.frames.informants)}
    return lambda row: _in_order(_value_in_row(matrix, row, known[name.lower()], people))


def _value_in_row(matrix: Matrix, row: int, name: str, people: dict[bytes, int]) -> str:
    heading = matrix.rows[row]
    if heading.kind != "informant":
        return ""
    return value_of(matrix.counted, people[row_id(heading.reference)], name)


def _in_order(value: str) -> tuple[int, float, str]:
    """Numbers by their size, then words, then what has no value."""
    try:
        return 0, float(value.replace(",", ".")), ""
    except ValueError:
        return (1, 0.0, value.casefold()) if value else (2, 0.0, "")


def _totals(matrix: Matrix, side: str) -> list[int]:
    """The codings (of linkage the passages) of each row or column, its cells added up."""
    name = next((name for name in ("codings", "passages", "used") if name in matrix.cells), "")
    number = len(matrix.rows if side == "row" else matrix.columns)
    if not name:
        return [0] * number
    weights = matrix.cells[name].to_numpy()
    return [int(n) for n in np.bincount(matrix.cells[side].to_numpy(), weights, minlength=number)]


def drop_collapsed_rows(matrix: Matrix, rows: Sequence[int], names: Sequence[str]) -> Matrix:
    """The matrix with these of its rows as they are shown, in this order; `names` are the closed bands."""
    if list(rows) == list(range(len(matrix.rows))):
        return matrix
    choice = replace(matrix.choice, collapsed=tuple(names))
    if not matrix.choice.transposed:
        return replace(select_cells(matrix, rows, range(len(matrix.columns))), choice=choice)
    upright = transpose(matrix)
    return replace(transpose(select_cells(upright, range(len(upright.rows)), rows)), choice=choice)


def drop_columns(matrix: Matrix, columns: Sequence[int], names: Sequence[str]) -> Matrix:
    """The matrix with these of its columns, where bands stand for columns; `names` are the closed ones."""
    if len(columns) == len(matrix.columns):
        return matrix
    choice = replace(matrix.choice, collapsed=tuple(names))
    return replace(select_cells(matrix, range(len(matrix.rows)), columns), choice=choice)


# A part of a matrix, and the other way round -------------------------------------------------------------


def select_cells(matrix: Matrix, rows: Sequence[int], columns: Sequence[int]) -> Matrix:
    """The matrix of these rows and columns in this order."""
    row_at, column_at = _places(rows, len(matrix.rows)), _places(columns, len(matrix.columns))
    old = np.array(rows, dtype=np.int64)[:, None] * len(matrix.columns) + np.array(columns, dtype=np.int64)
    cells = matrix.cells.iloc[old.ravel()].reset_index(drop=True)
    written = {
        (int(row_at[i]), int(column_at[j])): cell
        for (i, j), cell in matrix.written.items()
        if row_at[i] >= 0 and column_at[j] >= 0
    }
    kept = tuple(matrix.rows[row] for row in rows)
    keys = {heading.key for heading in kept}
    return replace(
        matrix,
        rows=kept,
        columns=tuple(matrix.columns[column] for column in columns),
        cells=_renumbered(cells, row_at, column_at),
        evidence=_in_cells(_renumbered(matrix.evidence, row_at, column_at)),
        written=written,
        states={key: state for key, state in matrix.states.items() if key in keys},
        details=_details_of(matrix.details, rows, columns, row_at, column_at),
    )


def _places(numbers: Sequence[int], length: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """For each old number its new one, -1 where it is left out."""
    places = np.full(length, -1, dtype=np.int64)
    places[list(numbers)] = np.arange(len(numbers))
    return places


def _renumbered(frame: pd.DataFrame, row_at: Any, column_at: Any) -> pd.DataFrame:
    row, column = row_at[frame["row"].to_numpy(np.int64)], column_at[frame["column"].to_numpy(np.int64)]
    kept: pd.DataFrame = frame.assign(row=row, column=column)[(row >= 0) & (column >= 0)]
    return kept


def _in_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The evidence in the order of its cells; within one it stays as it was."""
    order = np.lexsort((frame["column"].to_numpy(np.int64), frame["row"].to_numpy(np.int64)))
    return frame.iloc[order].reset_index(drop=True)


def _details_of(
    details: dict[str, Any], rows: Sequence[int], columns: Sequence[int], row_at: Any, column_at: Any
) -> dict[str, Any]:
    def part(name: str, value: Any) -> Any:
        if name in BY_ROW:
            return [value[row] for row in rows]
        if name in BY_CELL:
            places = {(int(row_at[i]), int(column_at[j])): found for (i, j), found in value.items()}
            return {place: found for place, found in places.items() if min(place) >= 0}
        return [value[column] for column in columns] if name in BY_COLUMN else value

    return {name: part(name, value) for name, value in details.items()}


def transpose(matrix: Matrix) -> Matrix:
    """Rows as columns and columns as rows. States and details keep speaking of the same codes."""
    rows, columns = len(matrix.rows), len(matrix.columns)
    order = np.arange(rows * columns).reshape(rows, columns).T.ravel()
    swap = {"row": "column", "column": "row"}
    return replace(
        matrix,
        rows=matrix.columns,
        columns=matrix.rows,
        cells=matrix.cells.iloc[order].rename(columns=swap).reset_index(drop=True),
        evidence=_in_cells(matrix.evidence.rename(columns=swap)),
        written={(column, row): cell for (row, column), cell in matrix.written.items()},
        details={name: _swapped(name, value) for name, value in matrix.details.items()},
    )


def _swapped(name: str, value: Any) -> Any:
    return {(column, row): found for (row, column), found in value.items()} if name in BY_CELL else value
