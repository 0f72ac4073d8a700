"""Folders in which a person finds files again, and showing a file in its own program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from qualcoder_lite import settings


def documents_folder() -> Path:
    """The person's folder of documents; the own folder where there is none."""
    location = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(location) or Path.home())
    return folder if folder.is_dir() else Path.home()


def folder_beside(study: Path) -> Path:
    """Where files of a study are proposed: beside it, but never in the program's own hidden folder."""
    folder = study.absolute().parent
    return documents_folder() if folder.is_relative_to(settings.data_folder()) else folder


def open_file(path: Path) -> bool:
    """Open a file or folder of this computer in its own program; tell whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute())))
