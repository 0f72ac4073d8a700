"""The files that go out of a study: never over a study, a key file or a backup, by whatever name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import clear_leftovers, there_already, write_whole
from qualcoder_lite.i18n import _

KEY_FILE = ".kunci.json"  # how the name of every key file ends
BACKUPS = ".backups"  # how the name of a folder of backups ends; what lies in it is listed and sealed there
STUDY = re.compile(r"\.qcl(-journal|-wal|-shm|\.lock)?$")
DATABASE = b"SQLite format 3\0"
SUFFIXES = (".docx", ".xlsx", ".csv", ".html", ".json", ".svg", ".png")


def write_out(path: Path, write: Callable[[Path], object], overwrite: bool = True) -> None:
    """Write a file whole, over another only with `overwrite`; clear what killed writers left in its folder.

    Raises UserError where it is a study, a key file or a backup, over any other without `overwrite`, or where
    the folder is missing or can't be written; nothing is changed then.
    """
    check_target(path, overwrite)
    for suffix in SUFFIXES:
        clear_leftovers(path.resolve().parent, f"*{suffix}")
    write_whole(path, write, overwrite)


def check_target(path: Path, overwrite: bool) -> None:
    """Raise UserError where `write_out` may not write: see there."""
    if is_kept(path):
        raise UserError(
            _("{file} is a study, a key file or a backup.").format(file=path.name),
            _("Such a file is never overwritten."),
            _("Choose another name."),
        )
    if not overwrite and path.exists():
        raise there_already(path)


def is_kept(path: Path) -> bool:
    """Tell whether a path is that of a study, a key file or a backup, also through a link or otherwise spelt.

    Raises UserError where it leads in a circle of links.
    """
    try:
        whole = path.resolve()
    except (OSError, RuntimeError) as error:
        raise UserError(_("{file} can't be written.").format(file=path.name)) from error
    return _named_so(path) or _named_so(whole) or _is_database(whole) or _is_key_file(whole)


def _named_so(path: Path) -> bool:
    """Tell it by the name; some disks do not tell capitals, Windows drops points and blanks at the end."""
    name, folder = (part.casefold().rstrip(". ") for part in (path.name, path.parent.name))
    return folder.endswith(BACKUPS) or name.endswith(KEY_FILE) or bool(STUDY.search(name))


def _is_database(path: Path) -> bool:
    """Tell it by the first bytes: a study under another name."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(DATABASE)) == DATABASE
    except OSError:
        return False  # what can't be read is told when it is written


def _is_key_file(path: Path) -> bool:
    """Tell it by the file itself: a second name (a hard link) of a key file in this folder."""
    if not path.is_file():
        return False
    return any(
        other.name.casefold().endswith(KEY_FILE) and other.is_file() and path.samefile(other)
        for other in path.parent.iterdir()
    )
