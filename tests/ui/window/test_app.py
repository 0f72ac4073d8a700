"""Starting the program, and what happens when it has a bug."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite import i18n
from qualcoder_lite.__main__ import wants_window
from qualcoder_lite.settings import data_folder
from qualcoder_lite.ui.window import app
from qualcoder_lite.ui.window.bug_dialog import BugDialog
from qualcoder_lite.ui.window.main_window import MainWindow, open_windows
from tests.ui.driving import make_study


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither the log nor the hook for bugs outlives a test."""
    monkeypatch.setattr(app.bug_report, "begin_log", lambda: None)
    before = sys.excepthook
    yield
    sys.excepthook = before


def started(qapp: QApplication, arguments: list[str], when: object) -> list[MainWindow]:
    """Run the program until its window is as wished, then close it; gives the windows that were open."""
    seen: list[MainWindow] = []

    def look() -> None:
        windows = open_windows()
        if windows and when(windows[0]):  # type: ignore[operator]
            seen.extend(windows)
            windows[0].close()

    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    assert app.run(arguments) == 0
    timer.stop()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return seen


def test_the_program_opens_the_study_that_is_named(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    path = tmp_path / "a.qcl"
    make_study(path)
    titles: list[str] = []

    def ready(window: MainWindow) -> bool:
        opened = window.loaded is not None and window.desk.project is not None
        if opened:
            titles.append(f"{window.windowTitle()} {window.desk.coder} {i18n.language()}")
        return opened

    started(qapp, [str(path), "--coder", "C7", "--language", "id"], ready)
    assert titles == ["Studi rekaan – QualCoder Lite C7 id"]


def test_the_sample_study_is_built_once_and_opened(qtbot: QtBot, qapp: QApplication) -> None:
    counts: list[int] = []

    def ready(window: MainWindow) -> bool:
        opened = window.loaded is not None and window.desk.project is not None
        if opened:
            counts.append(len(window.desk.sources))
        return opened

    started(qapp, ["--sample", "--language", "en"], ready)
    built = (data_folder() / "sample.qcl").stat().st_ctime
    started(qapp, ["--sample"], ready)
    assert counts == [10, 10]
    assert (data_folder() / "sample.qcl").is_file()
    assert built


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of the screenless platform, for any dialog
def test_a_bug_is_told_without_a_word_of_the_study(
    qtbot: QtBot, qapp: QApplication, stray_logs: list[logging.LogRecord]
) -> None:
    secret = "kata rahasia informan"
    try:
        int(secret)
    except ValueError as error:
        app.show_bug(ValueError, error, error.__traceback__)
        app.show_bug(ValueError, error, error.__traceback__)
    dialog = BugDialog.shown
    assert dialog is not None
    qtbot.addWidget(dialog)
    report = dialog.report.toPlainText()
    assert report.count("ValueError") == 2
    assert secret not in report
    dialog.copy()
    assert qapp.clipboard().text() == report
    stray_logs.clear()
    dialog.close()


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ("", True),
        ("a.qcl", True),
        ("--language id --coder Dewi", True),
        ("--language=id --coder Dewi a.qcl", True),
        ("--coder Dewi show a.qcl", False),
        ("--language id", True),
        ("--coder show --help", False),
        ("nonsense", False),
    ],
)
def test_options_with_their_values_do_not_make_a_command(arguments: str, window: bool) -> None:
    assert wants_window(arguments.split()) is window


def test_a_window_without_a_study_loads_no_database() -> None:
    code = (
        "import sys\n"
        "from qualcoder_lite.ui.window import app\n"
        "from qualcoder_lite.ui.window.main_window import MainWindow\n"
        "print(sorted({'sqlalchemy', 'numpy', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]", "the window would be up a second later"
