"""Excel: frozen heads, sensible widths, wrapped text; a text is never taken for a formula, link or number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcoder_lite.errors import UserError
from qualcoder_lite.export.report import Sheet
from qualcoder_lite.files import temporary_folder
from qualcoder_lite.i18n import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575  # below the heads
MOST_LETTERS = 32_767  # in a cell, as Excel counts: UTF-16 units
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "constant_memory": True,
}


def write_excel(sheets: Iterable[Sheet], path: Path, title: str = "") -> None:
    """Write sheets to a workbook. Raises UserError where a sheet has more rows than Excel holds, OSError."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    listed = list(sheets)
    for sheet in listed:
        if len(sheet.rows) > MOST_ROWS:
            raise UserError(
                _("The table {name} has more rows than an Excel sheet can hold.").format(name=sheet.name),
                remedy=_("Write it as .csv or .json, or choose fewer codes or sources."),
            )
    whole = BytesIO()  # on a full disk the library would leave a package open that complains when it goes
    with temporary_folder() as folder:
        workbook = xlsxwriter.Workbook(whole, _OPTIONS | {"tmpdir": str(folder)})
        try:
            workbook.set_properties({"title": title, "author": "", "comments": ""})
            names: set[str] = set()
            for sheet in listed:
                _write_sheet(workbook, sheet, _sheet_name(sheet.name, names))
            workbook.close()
        except FileCreateError as error:  # the library's wrapping of what the system said
            raise OSError(*error.args[0].args) from error
        finally:
            _close_rows(workbook)
    path.write_bytes(whole.getbuffer())


def _close_rows(workbook: Workbook) -> None:
    """Close the files of rows that a failure left open; a full disk refuses what they still hold."""
    for page in workbook.worksheets():
        with suppress(OSError):
            page.row_data_fh.close()


def _write_sheet(workbook: Workbook, sheet: Sheet, name: str) -> None:
    page = workbook.add_worksheet(name)
    head = workbook.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E7E6E6", "border": 1}
    )
    body = workbook.add_format({"text_wrap": True, "valign": "top"})
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for column, text in enumerate(sheet.heads):
        page.write_string(0, column, text, head)
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            _write_value(page, number, column, value, body)
    for number, line in enumerate(sheet.below, len(sheet.rows) + 2):  # a row stays free: the table ends there
        page.write_string(number, 0, fitting(line))


def _write_value(page: Worksheet, row: int, column: int, value: Any, body: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, body)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, body)
    elif isinstance(value, str):
        page.write_string(row, column, fitting(value), body)
    else:
        page.write_number(row, column, value, body)


def fitting(text: str) -> str:
    """A text as a cell can hold it; what is too long ends in `…`."""
    if len(text) <= MOST_LETTERS // 2 or len(text.encode("utf-16-le", "replace")) // 2 <= MOST_LETTERS:
        return text
    cut = text.encode("utf-16-le", "replace")[: 2 * (MOST_LETTERS - 1)].decode("utf-16-le", "ignore")
    return cut + "…"


def parts(text: str) -> list[str]:
    """A long text in pieces that each fit a cell, whole when put together."""
    size = MOST_LETTERS // 2
    return [text[at : at + size] for at in range(0, len(text), size)] or [""]


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name as Excel allows it: without its forbidden signs, at most 31 letters, each once."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:31] or "Sheet"
    number, result = 2, plain
    while result.lower() in taken:
        result, number = f"{plain[:27]} {number}", number + 1
    taken.add(result.lower())
    return result
