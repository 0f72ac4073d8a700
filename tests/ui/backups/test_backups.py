"""Backups in the window: what each holds, what would go, and one put back by clicks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from qualcoder_lite.store.backup import backup, backups
from qualcoder_lite.ui.backups.box import BackupsBox, said
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.window.app import new_window
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import close, make_study, quotes, select_words, settle, shown, window_on


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.qcl"
    make_study(made)
    return made


@pytest.fixture
def window(path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(path, qtbot, qapp) as opened:
        yield opened


def code(window: MainWindow, words: str) -> None:
    select_words(window, words)
    window.do("in_vivo")


def box_of(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> BackupsBox:
    qtbot.waitUntil(lambda: not window.tasks.busy)
    return shown(qapp, BackupsBox)


def test_a_backup_is_put_back_and_what_was_there_is_kept(
    window: MainWindow, path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    code(window, "menunggu lama")
    older = backup(path)
    code(window, "mendukung ide baru")
    window.do("backups")
    box = box_of(window, qtbot, qapp)
    assert "1 coding, 2 sources" in box.holds.text()
    assert "whole" in box.holds.text()
    assert "words" in box.last.text()
    assert "Add code S1" in box.last.text()
    assert box.gone.text().startswith("1 step, made since:")
    qtbot.mouseClick(box.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.project is not None and not window.tasks.busy)
    settle(window, qapp)
    assert [words for words, _key, _sign in quotes(window)] == ["menunggu lama"]
    assert older.name in window.news.sentence.text()
    assert len(backups(path)) == 2
    window.do("backups")
    box = box_of(window, qtbot, qapp)
    assert "another backup was put back" in said(box.chosen)
    assert "2 codings" in box.holds.text()
    qtbot.mouseClick(box.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.project is not None and not window.tasks.busy)
    settle(window, qapp)
    assert [words for words, _key, _sign in quotes(window)] == ["menunggu lama", "mendukung ide baru"]


def test_a_damaged_backup_cant_be_put_back(
    window: MainWindow, path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    kept = backup(path)
    kept.write_bytes(kept.read_bytes()[:-4096] + b"x" * 4096)
    window.do("backups")
    box = box_of(window, qtbot, qapp)
    assert "damaged" in box.holds.text()
    assert not box.button.isEnabled()
    box.give_up()


def test_without_a_backup_one_is_offered(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.do("backups")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert "no backup yet" in window.news.sentence.text()
    qtbot.mouseClick(window.news.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert len(backups(path)) == 1


def test_a_refused_restore_opens_the_study_again(
    window: MainWindow, path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    kept = backup(path)
    window.do("backups")
    box = box_of(window, qtbot, qapp)
    kept.unlink()
    qtbot.mouseClick(box.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.project is not None and not window.tasks.busy)
    assert not window.news.isHidden()
    assert window.desk.study.path == path


def test_the_backups_of_a_damaged_study_are_offered_on_opening(
    path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    backup(path)
    path.write_bytes(path.read_bytes()[:9000])
    window = new_window(theme.theme(), "C1")
    window.show()
    window.open_path(path)
    assert window.desk.project is None
    assert window.news.action.text() == "Backups…"
    qtbot.mouseClick(window.news.action, Qt.MouseButton.LeftButton)
    box = box_of(window, qtbot, qapp)
    assert "can't be read" in box.gone.text()
    qtbot.mouseClick(box.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.project is not None and not window.tasks.busy)
    assert window.desk.text.page.text.startswith("P: Bagaimana")
    close(window, qapp)


def test_backups_are_copied_to_a_folder_that_was_chosen_until_no_longer(
    window: MainWindow,
    path: Path,
    tmp_path: Path,
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(stick))
    window.do("backups_also")
    assert str(stick) in window.news.sentence.text()
    assert window.desk.actions_by_id["backups_also"].isChecked()
    window.do("backup")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert [copy.name for copy in stick.rglob("*.qcl")] == [made.name for made in backups(path)]
    stick.rename(tmp_path / "gone")
    window.do("backup")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert "was made, but not the copy" in window.news.sentence.text()
    assert len(backups(path)) == 2
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: "")
    window.do("backups_also")
    next(link for link in window.news.links if link.text() == "No longer").click()
    assert not window.desk.actions_by_id["backups_also"].isChecked()
    window.do("backup")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert "Written" in window.news.sentence.text()
