"""Writing found passages to a file, beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from qualcoder_lite.i18n import _
from qualcoder_lite.progress import Progress

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk

KINDS = "Word (*.docx);;Excel (*.xlsx);;CSV (*.csv);;HTML (*.html)"


def ask_export(desk: Desk, ids: Sequence[bytes], filters: Sequence[str]) -> None:
    """Ask for a file and write these codings with their quotes; `filters` say in words what was asked."""
    path = ask_file(desk, _("Export passages"), _("passages") + ".docx", KINDS)
    if path is None:
        return
    project = desk.study

    def work(progress: Progress) -> Path:
        from qualcoder_lite.analysis.search.excerpts import Wanted, excerpts
        from qualcoder_lite.export.writing import write_excerpts

        frame = excerpts(project, Wanted(), progress)
        chosen = frame[frame["id"].isin(set(ids))]
        chosen.attrs = {"wanted": Wanted(), "filters": list(filters)}
        write_excerpts(project, chosen, path)
        return path

    desk.window.work(_("Writing passages"), work, lambda written: tell_written(desk, written))


def ask_file(desk: Desk, title: str, name: str, kinds: str) -> Path | None:
    """Ask where to write; a name without a suffix takes that of the chosen kind."""
    chosen, kind = QFileDialog.getSaveFileName(desk.window, title, str(desk.study.path.parent / name), kinds)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix("." + kind.rpartition("*.")[2].rstrip(")"))


def tell_written(desk: Desk, path: Path) -> None:
    """Say where the file is."""
    desk.window.tell(_("Written: {file}").format(file=path))
