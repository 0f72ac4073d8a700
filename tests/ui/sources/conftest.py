"""A window on a small study, and the page on which files wait to be brought in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.ui.sources import importing
from qualcoder_lite.ui.sources.import_page import ImportPage
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, make_study, window_on


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_study(tmp_path / "a.qcl")


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp) as opened:
        yield opened
        if opened.desk.find(ImportPage) is not None:
            importing.leave(opened.desk)  # else closing asks


@pytest.fixture
def page_for(window: MainWindow, qtbot: QtBot) -> Callable[..., ImportPage]:
    """The page with files on it."""

    def shown(*paths: Path) -> ImportPage:
        importing.bring_in(window.desk, list(paths))
        qtbot.waitUntil(lambda: window.desk.find(ImportPage) is not None)
        return window.desk.part(ImportPage)

    return shown
