"""Files that the person chooses, and writing to them beside the window.

A file is called by its study and what it holds, in the person's language, whoever proposes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from qualcoder_lite.analysis.panels.lists import coders_listed
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.outputs import SUFFIXES, check_target
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.folders import folder_beside, open_file
from qualcoder_lite.ui.kit.question import asked

LISTS = "Word (*.docx);;Excel (*.xlsx);;CSV (*.csv);;HTML (*.html)"
REPORTS = f"{LISTS};;JSON (*.json)"
STUDIES = "Word (*.docx);;Excel (*.xlsx);;CSV (*.csv);;JSON (*.json)"


def ask_file(desk: Desk, title: str, name: str, kinds: str) -> tuple[Path, str] | None:
    """Ask where to write; give the path and the kind that was chosen, or None.

    `name` says what the file holds, with a suffix. A name that the person typed without a suffix takes that
    of the kind; where a file of that whole name is there, they are asked once more.

    Raises UserError where a study, a key file or a backup would be written over.
    """
    proposed = str(folder_beside(desk.study.path) / proposed_name(desk.study.path, name))
    chosen, kind = QFileDialog.getSaveFileName(desk.window, title, proposed, kinds)
    if not chosen:
        return None
    typed, suffix = Path(chosen), "." + (kind or kinds).rpartition("*.")[2].rstrip(")")
    path = typed if _has_suffix(typed) else typed.with_name(typed.name + suffix)
    check_target(path, overwrite=True)
    if path != typed and not _may_replace(desk, path):
        return None
    return path, kind


def proposed_name(study: Path, name: str) -> str:
    """How a file of a study is called: the study's name and what the file holds, in small letters."""
    what = Path(name)
    words = re.sub(r"[^\w]+", "-", what.stem.lower()).strip("-")
    return f"{study.stem}-{words}{what.suffix}"


def _has_suffix(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def _may_replace(desk: Desk, path: Path) -> bool:
    """Whether nothing is there, or the person wants it replaced: the dialog has asked for another name."""
    try:
        check_target(path, overwrite=False)
    except UserError:
        sentence = _("{file} is there already. Replace it?").format(file=path.name)
        return asked(desk.window, sentence, _("Replace"))
    return True


def write_beside(desk: Desk, label: str, path: Path, write: Callable[[Progress], object]) -> None:
    """Write a file beside the window, and say where it is."""
    desk.work(label, write, lambda _written: tell_written(desk, path))


def tell_written(desk: Desk, path: Path) -> None:
    """Say where a file is, and offer to open it, or its folder, in the computer's own program."""

    def show(what: Path) -> None:
        if not open_file(what):
            desk.tell(_("No program of this computer opens {file}.").format(file=what))

    folder = (_("Show folder"), partial(show, path.parent))
    desk.tell(_("Written: {file}").format(file=path), _("Open"), partial(show, path), (folder,))


def coder_with_codings(desk: Desk) -> str:
    """Who works now, where they have joined the study; else empty, for the only one who has coded."""
    return desk.coder if desk.coder in coders_listed(desk.study) else ""
