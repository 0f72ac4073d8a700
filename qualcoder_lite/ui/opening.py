"""Opening, making and closing studies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from qualcoder_lite import settings
from qualcoder_lite.i18n import _
from qualcoder_lite.progress import Progress

if TYPE_CHECKING:
    from qualcoder_lite.ui.main_window import MainWindow

RECENT = 8  # studies remembered
SAMPLE = "sample.qcl"


def ask_new(window: MainWindow) -> None:
    """Ask where the new study shall lie, and make it."""


def ask_open(window: MainWindow) -> None:
    """Ask which study to open."""
    title, kinds = _("Open study"), _("Studies (*.qcl)")
    name, _kind = QFileDialog.getOpenFileName(window, title, str(usual_folder()), kinds)
    if name:
        window.open_path(Path(name))


def usual_folder() -> Path:
    """Where the person keeps studies: beside the last one, else in the own folder."""
    recent = recent_studies()
    return recent[0].parent if recent else Path.home()


def recent_studies() -> list[Path]:
    """The studies that were open before and are still there, newest first."""
    return [path for name in settings.read().recent if (path := Path(name)).is_file()]


def remember(path: Path) -> None:
    """Put a study first among those that were open before."""
    chosen = settings.read()
    mine = str(path.absolute())
    chosen.recent = [mine, *(name for name in chosen.recent if name != mine)][:RECENT]
    settings.write(chosen)


def open_sample(window: MainWindow) -> None:
    """Open the sample study; it is built the first time."""
    path = settings.data_folder() / SAMPLE
    if path.is_file():
        window.open_path(path)
        return

    def build(progress: Progress) -> Path:
        from qualcoder_lite.coding.sample_study import build_sample

        path.parent.mkdir(parents=True, exist_ok=True)
        build_sample(path, progress)
        return path

    window.work(_("Building the sample study"), build, window.open_path)


def close_study(window: MainWindow) -> None:
    """Close the study and show what to begin with."""
    window.close_study()


def quit_program(window: MainWindow) -> None:
    """Leave."""
    window.close()
