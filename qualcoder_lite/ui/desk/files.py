"""Files that the person chooses, and writing to them beside the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from qualcoder_lite.analysis.panels.lists import coders_listed
from qualcoder_lite.i18n import _
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.desk.desk import Desk

LISTS = "Word (*.docx);;Excel (*.xlsx);;CSV (*.csv);;HTML (*.html)"
REPORTS = f"{LISTS};;JSON (*.json)"
STUDIES = "Word (*.docx);;Excel (*.xlsx);;CSV (*.csv);;JSON (*.json)"


def ask_file(desk: Desk, title: str, name: str, kinds: str) -> tuple[Path, str] | None:
    """Ask where to write; give the path and the kind that was chosen, or None.

    A name without a suffix takes that of the kind.
    """
    chosen, kind = QFileDialog.getSaveFileName(desk.window, title, str(desk.study.path.parent / name), kinds)
    if not chosen:
        return None
    path, suffix = Path(chosen), "." + (kind or kinds).rpartition("*.")[2].rstrip(")")
    return path if path.suffix else path.with_suffix(suffix), kind


def write_beside(desk: Desk, label: str, path: Path, write: Callable[[Progress], object]) -> None:
    """Write a file beside the window, and say where it is."""
    desk.work(label, write, lambda _written: desk.tell(_("Written: {file}").format(file=path)))


def coder_with_codings(desk: Desk) -> str:
    """Who works now, where they have joined the study; else empty, for the only one who has coded."""
    return desk.coder if desk.coder in coders_listed(desk.study) else ""
