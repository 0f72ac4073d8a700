"""CSV: commas, UTF-8 with a byte order mark, by which spreadsheet programs read accents and signs right."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

from qualcoder_lite.export.report import Sheet

FORMULA = ("=", "+", "-", "@", "\t", "\r")
SIGNS_ALONE = re.compile(r"[+−±○]\d+( [−±○]\d+)*")


def write_csv(sheet: Sheet, path: Path, exact: bool = False) -> None:
    """Write a sheet. `exact` leaves every text as it is, for files that are read back as data.

    Otherwise a text that a spreadsheet program could take for a formula gets an apostrophe in front: in a
    table to look at, somebody's words must not be run. Our own line of signs (+2 −3) is none.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sheet.heads)
        writer.writerows(sheet.rows if exact else ([_harmless(value) for value in row] for row in sheet.rows))


def _harmless(value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith(FORMULA):
        return value
    signs, _newline, rest = value.partition("\n")
    ours = SIGNS_ALONE.fullmatch(signs) and not rest.startswith(FORMULA)
    return value if ours else f"'{value}"
