"""A window that shows the matrix of a coded study."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, settle, window_on
from tests.ui.matrices import make_coded_study


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_coded_study(tmp_path / "a.qcl")


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp, (1440, 900)) as opened:
        opened.menu_row.tabs.setCurrentIndex(1)
        settle(opened, qapp)
        yield opened
