"""Tables that researchers fill in: .csv and .xlsx as rows of words, and which of their rows can't be used."""

from __future__ import annotations

import csv
import datetime
import io
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from qualcoder_lite.archives import damaged, open_package, too_large
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.readers.opening import text_contents
from qualcoder_lite.readers.text import decoded, storable

TableRow = Mapping[str, str]
SUFFIXES = (".csv", ".xlsx")
SIZE = 64 << 20  # bytes of a table: some hundred thousand rows with quotes
LISTED = 20  # bad rows that a refusal writes out
T = TypeVar("T")
SHEET_ROWS = 1 << 20  # the most that any spreadsheet program writes
CELLS = 2_000_000  # rows by columns
WORK = 1_000_000  # elements of an .xlsx: some fifty thousand rows of ten cells
_COSTS = {"xl/worksheets/": 1, "xl/sharedStrings": 3}
"""What an element of a part costs the library, as against one of a sheet; one of all others costs _COST."""
_COST = 8


def read_table(path: Path, *required: str, own: Collection[str] = ()) -> list[dict[str, str]]:
    """The rows of a .csv or .xlsx by their heads, which are trimmed and in lower case; empty cells are "".

    Where `own` names the heads that have a meaning, all others stay as they are written.

    Wholly empty rows stay, so that row `i` of the list is row `i + 2` of the sheet. Raises UserError where
    the file can't be read, holds no rows, has a head twice, or lacks a required column.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(
            _("{name} is not a table that can be read.").format(name=path.name),
            remedy=_("Save it as .csv or .xlsx."),
        )
    lines = _csv_lines(path) if suffix == ".csv" else _excel_lines(path)
    lines = lines[next((at for at, row in enumerate(lines) if _is_filled(row)), 0) :]
    if not any(map(_is_filled, lines[1:])):
        raise UserError(
            _("The table {name} has no rows.").format(name=path.name),
            remedy=_("Its first row names the columns; the rows follow."),
        )
    if len(lines) * len(lines[0]) > CELLS:
        raise too_large(path)
    heads = [_head(head.strip(), own) for head in lines[0]]
    _check_heads(path, heads, required)
    return [_row(heads, line) for line in lines[1:]]


def _head(written: str, own: Collection[str]) -> str:
    return written if own and written.lower() not in own else written.lower()


def _is_filled(line: Sequence[str]) -> bool:
    return any(cell.strip() for cell in line)


def _check_heads(path: Path, heads: Sequence[str], required: Sequence[str]) -> None:
    counts = Counter(head.lower() for head in heads if head)
    twice = {head for head, number in counts.items() if number > 1}
    missing = [name for name in required if name not in heads]
    if twice:
        raise UserError(
            _("The table {name} has the column “{column}” twice.").format(name=path.name, column=min(twice))
        )
    if missing:
        raise UserError(
            _("The table {name} lacks the column “{column}”.").format(name=path.name, column=missing[0]),
            _("It has: {columns}.").format(columns=", ".join(head for head in heads if head)),
        )


def _row(heads: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    cells = [*line, *[""] * (len(heads) - len(line))]
    return {head: cell for head, cell in zip(heads, cells, strict=False) if head}


def _csv_lines(path: Path) -> list[list[str]]:
    text, _encoding = decoded(text_contents(path, SIZE), path)
    plain, _remarks = storable(text)
    delimiter = _delimiter(plain)
    if plain.count(delimiter) + plain.count("\n") > CELLS:
        raise too_large(path)
    try:
        return list(csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UserError(
            _("The table {name} could not be read.").format(name=path.name),
            _("A quotation mark in it is not closed, or a cell is too long."),
            _("Open it in a spreadsheet program and save it again as .csv."),
        ) from error


def _delimiter(text: str) -> str:
    """The sign that parts the heads: the one of tab, semicolon and comma that the first line has most of."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max("\t;,", key=first.count) if any(sign in first for sign in "\t;,") else ","


def _excel_lines(path: Path) -> list[list[str]]:
    _weigh(path)
    return [[_plain(cell) for cell in row] for row in _excel_rows(path)]


def _weigh(path: Path) -> None:
    """Refuse a workbook whose parts would cost too much time or memory, before any is unpacked for good."""
    work = 0
    sheets = [0]
    with open_package(path) as package:
        for name in package.names:
            if not name.endswith((".xml", ".rels")):
                continue
            data = package.read(name, SIZE)
            if b"<!DOCTYPE" in data or b"\0" in data:  # the latter could hide the former
                raise damaged(path)
            part = next((part for part in _COSTS if name.startswith(part)), "")
            cost = (data.count(b"<") - data.count(b"</")) * _COSTS.get(part, _COST)
            if part == "xl/worksheets/":
                sheets.append(cost)  # of these only one is read
            else:
                work += cost
            if work + max(sheets) > WORK:
                raise too_large(path)


def _excel_rows(path: Path) -> list[Sequence[Any]]:
    """The rows of the first sheet without the empty cells and rows at their ends."""
    import warnings

    from openpyxl import load_workbook

    try:
        with path.open("rb") as stream, warnings.catch_warnings(action="ignore"):  # of styles, validations
            workbook = load_workbook(stream, read_only=True, data_only=True)
            with closing(workbook):
                sheet = workbook.worksheets[0]
                sheet.reset_dimensions()
                return _bounded(path, sheet.iter_rows(values_only=True))
    except UserError:
        raise
    except Exception as error:  # the library raises whatever it stumbles over
        raise damaged(path) from error


def _bounded(path: Path, rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    kept: list[Sequence[Any]] = []
    cells = weight = 0
    for number, row in enumerate(rows, 1):
        cells += len(row)
        if number > SHEET_ROWS or cells > CELLS or weight > SIZE:
            raise too_large(path)
        last = next((at for at in range(len(row), 0, -1) if row[at - 1] not in (None, "")), 0)
        if last:
            weight += sum(len(cell) for cell in row if isinstance(cell, str))
            kept.extend(() for _row in range(len(kept) + 1, number))
            kept.append(row[:last])
    return kept


def _plain(value: Any) -> str:
    """A cell as it would be written by hand: 3.0 is 3, a date is ISO, line ends are `\\n`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return (
            value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
        )
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    return storable(str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", ""))[0]


def cell_text(row: TableRow, *names: str) -> str:
    """The trimmed cell in the first of these columns that is filled; "" where none is."""
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")


def split_list(cell: str) -> list[str]:
    """The words of a cell that lists several, parted by semicolons."""
    return list(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def filled_rows(rows: Sequence[TableRow]) -> Iterator[tuple[int, TableRow]]:
    """The rows in which something is written, each with its number in the sheet."""
    for index, row in enumerate(rows):
        if any(cell.strip() for cell in row.values()):
            yield index + 2, row


def parse_rows(rows: Sequence[TableRow], understand: Callable[[int, TableRow], T]) -> list[T]:
    """What each filled row says. Raises one UserError that lists every row which can't be used, and why."""
    said: list[T] = []
    wrong: list[str] = []
    for number, row in filled_rows(rows):
        try:
            said.append(understand(number, row))
        except UserError as error:
            wrong.append(_("Row {number}: {problem}").format(number=number, problem=error))
    if wrong:
        raise rows_error(wrong)
    if not said:
        raise UserError(_("The table has no rows."))
    return said


def rows_error(wrong: Sequence[str]) -> UserError:
    """The refusal of a table for these rows."""
    listed = list(wrong[:LISTED])
    if len(wrong) > LISTED:
        listed.append(_("And {count} more.").format(count=len(wrong) - LISTED))
    return UserError(
        _("The table was not taken over: {count} of its rows can't be used.").format(count=len(wrong)),
        " ".join(listed),
        _("Nothing was changed."),
    )
