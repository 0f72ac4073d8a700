"""Writing what goes out, by the end of the file's name; every file appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from qualcoder_lite.errors import UserError
from qualcoder_lite.export.formats.csv_file import write_csv
from qualcoder_lite.export.formats.excel import write_excel
from qualcoder_lite.export.formats.html_file import write_html
from qualcoder_lite.export.formats.word import write_word
from qualcoder_lite.export.report import Report, Sheet, unknown_suffix
from qualcoder_lite.i18n import _
from qualcoder_lite.outputs import write_out

NOT_YET = (".qdpx", ".qdc")

Writers = Mapping[str, Callable[[Path], object]]
"""By the suffix of a file, what writes it."""


def write_by_suffix(path: Path, writers: Writers, overwrite: bool = True) -> None:
    """Write a file with the one of these that its suffix names.

    Raises UserError for another suffix, where the folder is missing or can't be written, over a study, a key
    file or a backup, and over any other file without `overwrite`.
    """
    write_out(path, writers[known_suffix(path, tuple(writers))], overwrite)


def report_writers(report: Callable[[], Report], exact: bool = False) -> Writers:
    """What writes a report, made when it is written; `exact` as in `write_csv`."""

    def excel(path: Path) -> None:
        made = report()
        write_excel(made.sheets, path, made.title)

    def csv(path: Path) -> None:
        made = report()
        write_csv(made.flat or made.sheets[0], path, exact)

    return {
        ".docx": lambda path: write_word(report(), path),
        ".xlsx": excel,
        ".csv": csv,
        ".html": lambda path: write_html(report(), path),
    }


def records(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows of a sheet by its heads."""
    return [dict(zip(sheet.heads, row, strict=True)) for row in sheet.rows]


def known_suffix(path: Path, known: tuple[str, ...]) -> str:
    """The suffix in small letters. Raises UserError where it is none of `known`, or the folder is missing."""
    suffix = path.suffix.lower()
    if suffix in NOT_YET:
        raise UserError(
            _("Writing files that end in “{suffix}” is not yet possible.").format(suffix=suffix),
            remedy=_("Choose a name that ends in one of: {suffixes}.").format(suffixes=" ".join(known)),
        )
    if suffix not in known:
        raise unknown_suffix(suffix, known)
    if not path.parent.is_dir():
        raise UserError(
            _("The folder {folder} is not there.").format(folder=path.parent),
            remedy=_("Make the folder first, or choose another."),
        )
    return suffix
