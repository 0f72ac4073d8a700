"""One study on a desk: opened as everywhere else, one at a time, and closed also where its file is gone."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select, text

from qualcoder_lite import settings
from qualcoder_lite.coding import codings
from qualcoder_lite.store.project import Project, open_study, read_study
from qualcoder_lite.store.schema import Coding
from qualcoder_lite.ui.desk import opening
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.window.app import new_window
from tests.load import waited
from tests.ui.driving import close, make_study, settle, window_on


def count(path: Path) -> int:
    """How many codings a study holds."""
    with read_study(path) as project, project.read() as connection:
        return connection.scalar(select(func.count()).select_from(Coding)) or 0


def test_a_step_beside_a_reader_does_not_wait(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    path = tmp_path / "a.qcl"
    made = make_study(path)
    source, code = made.ids["source", "A1"], made.ids["code", "R1"]
    with window_on(path, qtbot, qapp) as window, read_study(path) as reader, reader.read() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(select(func.count()).select_from(Coding)) == 0
        begun = time.process_time() + waited(), time.monotonic()
        codings.apply(window.desk.study, source, 41, 46, code)
        worked, lasted = time.process_time() + waited() - begun[0], time.monotonic() - begun[1]
        assert lasted - worked < 0.1, "it waited for the reader"
        window.desk.settle()
        assert connection.scalar(select(func.count()).select_from(Coding)) == 0
    assert count(path) == 1


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Studies are all large, and those opened beside the window wait for this."""
    go = threading.Event()

    def slow(path: Path, coder: str = "") -> Project:
        assert go.wait(20)
        return open_study(path, coder)

    monkeypatch.setattr(opening, "LARGE", 0)
    monkeypatch.setattr(opening, "open_study", slow)
    return go


def test_only_one_study_is_opened_at_a_time(
    tmp_path: Path, held: threading.Event, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    large, small = tmp_path / "large.qcl", tmp_path / "small.qcl"
    make_study(large)
    shutil.copy(large, small)
    window = new_window(theme.theme(), "C1")
    window.show()
    window.open_path(large)
    monkeypatch.setattr(opening, "LARGE", 1 << 40)
    window.open_path(small)
    assert window.desk.project is None
    assert "still being done" in window.news.sentence.text()
    held.set()
    qtbot.waitUntil(lambda: window.desk.project is not None)
    assert window.desk.study.path == large
    close(window, qapp)
    for path in (large, small):
        open_study(path).close()


def test_a_study_that_comes_when_another_is_open_is_closed(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    first, second = tmp_path / "a.qcl", tmp_path / "b.qcl"
    make_study(first)
    shutil.copy(first, second)
    with window_on(first, qtbot, qapp) as window:
        window.desk.show_study(open_study(second))
        assert window.desk.study.path == first
        open_study(second).close()


def test_a_window_closed_while_a_study_is_opened_leaves_it_closed(
    tmp_path: Path, held: threading.Event, qtbot: QtBot, qapp: QApplication
) -> None:
    path = tmp_path / "a.qcl"
    make_study(path)
    window = new_window(theme.theme(), "C1")
    window.show()
    window.open_path(path)
    held.set()
    close(window, qapp)
    open_study(path).close()


def test_what_comes_after_waiting_was_given_up_is_closed(
    tmp_path: Path, held: threading.Event, qtbot: QtBot, qapp: QApplication
) -> None:
    path = tmp_path / "a.qcl"
    make_study(path)
    window = new_window(theme.theme(), "C1")
    window.show()
    window.open_path(path)
    window.tasks.wait(0.01)
    held.set()
    qtbot.waitUntil(lambda: not [one for one in threading.enumerate() if one.name.startswith("Opening")])
    open_study(path).close()
    window.tasks.wait(5)
    close(window, qapp)


def test_settings_that_cant_be_kept_hinder_neither_opening_nor_closing(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    path = tmp_path / "a.qcl"
    make_study(path)
    folder = settings.settings_file().parent
    shutil.rmtree(folder)
    folder.touch()
    with window_on(path, qtbot, qapp) as window:
        assert window.desk.project is not None
        assert window.menu_row.tabs.isVisible()
        window.do("dark")
        assert window.tokens.name == "dark"
    folder.unlink()
    open_study(path).close()


def test_work_on_a_study_that_was_replaced_can_be_saved_from_the_window(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    path, other = tmp_path / "a.qcl", tmp_path / "other.qcl"
    made = make_study(path)
    shutil.copy(path, other)
    source, code = made.ids["source", "A1"], made.ids["code", "R1"]
    with window_on(path, qtbot, qapp) as window:
        codings.apply(window.desk.study, source, 41, 46, code)
        other.replace(path)
        assert not window.desk.attempt(codings.apply, window.desk.study, source, 60, 66, code)
        assert "no longer the study" in window.news.sentence.text()
        assert "save a copy" in window.news.action.text()
        qtbot.mouseClick(window.news.action, Qt.MouseButton.LeftButton)
        assert window.desk.project is None
        (kept,) = tmp_path.glob("a.aside-*.qcl")
        assert kept.name in window.news.sentence.text()
        assert (count(path), count(kept)) == (0, 1)
        qtbot.mouseClick(window.news.action, Qt.MouseButton.LeftButton)
        settle(window, qapp)
        assert window.desk.study.path == kept


def test_closing_the_window_on_a_replaced_study_tells_first_where_the_work_is(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    path, other = tmp_path / "a.qcl", tmp_path / "other.qcl"
    make_study(path)
    shutil.copy(path, other)
    with window_on(path, qtbot, qapp) as window:
        other.replace(path)
        window.close()
        assert window.isVisible()
        assert "aside-" in window.news.sentence.text()
        assert window.close()


def test_what_cant_be_kept_any_more_is_told_before_closing(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    path, other = tmp_path / "a.qcl", tmp_path / "other.qcl"
    make_study(path)
    shutil.copy(path, other)
    with window_on(path, qtbot, qapp) as window:
        window.desk.endings.append(lambda: False)
        other.replace(path)
        window.do("close")
        assert window.desk.project is not None
        assert window.news.action.text() == "Close without keeping it"
        qtbot.mouseClick(window.news.action, Qt.MouseButton.LeftButton)
        assert window.desk.project is None
        window.desk.endings.pop()


def test_copies_by_a_clouds_program_are_told(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    path = tmp_path / "a.qcl"
    make_study(path)
    shutil.copy(path, tmp_path / "a (conflicted copy 2026-11-24).qcl")
    with window_on(path, qtbot, qapp) as window:
        assert "a (conflicted copy 2026-11-24).qcl" in window.news.sentence.text()
        assert window.news.action.text() == "Show folder"
