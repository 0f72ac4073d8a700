"""The frame of the window: inside the screen, one language, news that float, where studies and files go."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QCursor, QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from qualcoder_lite import settings
from qualcoder_lite.coding.people import key_file
from qualcoder_lite.store.project import open_study
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.question import Question
from qualcoder_lite.ui.window import opening
from qualcoder_lite.ui.window.app import new_window
from qualcoder_lite.ui.window.main_window import MainWindow, open_windows
from qualcoder_lite.ui.window.new_study import NewStudy
from qualcoder_lite.ui.window.recent import recent_studies, sample_path, usual_folder
from tests.ui.driving import close, make_study, settle, shown, window_on


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "studi.qcl"
    make_study(made)
    return made


@pytest.fixture
def window(path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(path, qtbot, qapp) as opened:
        yield opened


def test_a_window_opens_inside_the_screen(qtbot: QtBot, qapp: QApplication) -> None:
    chosen = settings.read()
    chosen.window = {"size": [4000, 3000]}
    settings.write(chosen)
    window = new_window(theme.theme())
    window.show()
    assert window.screen().availableGeometry().contains(window.frameGeometry())
    close(window, qapp)


def test_a_study_that_was_opened_is_listed_the_next_time(window: MainWindow, path: Path) -> None:
    assert recent_studies() == [path]
    assert usual_folder() == path.parent


def test_studies_are_proposed_among_the_documents(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "Dokumen"
    documents.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(documents))
    sample = sample_path()
    sample.parent.mkdir(parents=True, exist_ok=True)
    make_study(sample)
    with window_on(sample, qtbot, qapp) as window:
        assert recent_studies() == [sample]
        assert usual_folder() == documents
        asked: list[str] = []
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: asked.append(a[2]) or ("", ""))
        window.do("codebook_out")
        assert asked == [str(documents / "sample-codebook.docx")]


def test_a_new_study_takes_the_place_of_the_sample(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    sample, new = sample_path(), tmp_path / "baru.qcl"
    sample.parent.mkdir(parents=True, exist_ok=True)
    make_study(sample)
    with window_on(sample, qtbot, qapp) as window:
        window.do("new")
        page = shown(qapp, NewStudy)
        page.title.setText("Studi baru")
        page.file.setText(str(new))
        page.books["none"].click()
        page.make()
        qtbot.waitUntil(lambda: window.desk.project is not None and window.desk.study.path == new)
        assert open_windows() == [window]
        open_study(sample).close()


def test_another_study_takes_the_samples_place_but_no_other(
    tmp_path: Path, path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    other = tmp_path / "other.qcl"
    shutil.copy(path, other)
    sample_path().parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, sample_path())
    with window_on(sample_path(), qtbot, qapp) as window:
        window.open_path(path)
        assert open_windows() == [window]
        assert window.desk.study.path == path
        window.open_path(path)
        assert "open in this window" in window.news.sentence.text()
        window.open_path(other)
        (beside,) = [one for one in open_windows() if one is not window]
        assert beside.desk.study.path == other
        close(beside, qapp)


def words_of(window: MainWindow) -> list[str]:
    return [action.text() for action in window.menu_row.menus.actions()]


def test_every_window_speaks_the_language_that_is_chosen(
    tmp_path: Path, path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with window_on(path, qtbot, qapp) as first:
        second = new_window(theme.theme())
        second.show()
        second.complete()
        first.do("indonesian")
        assert words_of(first) == words_of(second)
        assert words_of(second)[0] == "Berkas"
        assert "Studi baru" in [choice.accessibleName() for choice in second.welcome.choices]
        second.do("dark")
        assert first.tokens.name == second.tokens.name == "dark"
        assert first.desk.study.path == path
        close(second, qapp)


def test_no_window_is_made_anew_while_words_in_another_cant_be_kept(
    path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with window_on(path, qtbot, qapp) as first:
        first.desk.endings.append(lambda: False)
        second = new_window(theme.theme())
        second.show()
        second.activateWindow()
        qtbot.waitUntil(second.isActiveWindow)
        second.do("indonesian")
        assert words_of(first)[0] == words_of(second)[0] == "File"
        qtbot.waitUntil(first.isActiveWindow)  # there it is told why
        assert first.news.isVisible()
        first.desk.endings.pop()
        close(second, qapp)


# News -------------------------------------------------------------------------------------------------------


def test_news_move_nothing_and_leave_by_themselves(window: MainWindow, qtbot: QtBot) -> None:
    before = window.desk.text.geometry(), window.workspaces.geometry()
    window.desk.tell("Something was done. " * 12, "Undo", lambda: None)
    assert (window.desk.text.geometry(), window.workspaces.geometry()) == before
    assert window.workspaces.geometry().contains(window.news.geometry())
    assert window.news.leaving.remainingTime() >= 8_000
    window.news.leaving.start(1)
    qtbot.waitUntil(window.news.isHidden)


def test_news_stay_under_the_mouse_and_come_where_it_is_not(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.tell("Done.")
    place = window.news.geometry()
    qtbot.mouseMove(window.news, window.news.rect().center())
    window.news.enterEvent(None)  # type: ignore[arg-type]
    assert not window.news.leaving.isActive()
    window.news.clear()
    QCursor.setPos(window.news.parentWidget().mapToGlobal(place.center()))
    window.desk.tell("Done.")
    assert not window.news.geometry().intersects(place)
    QCursor.setPos(QPoint(0, 0))


# Files ------------------------------------------------------------------------------------------------------


def write_codebook(window: MainWindow, qtbot: QtBot) -> None:
    window.do("codebook_out")
    qtbot.waitUntil(lambda: not window.tasks.busy)


def answer(qapp: QApplication, name: str) -> None:
    """Click a button of the question that comes."""

    def click() -> None:
        getattr(shown(qapp, Question), name).click()

    QTimer.singleShot(50, click)


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of the screenless platform, for any dialog
def test_a_suffix_that_is_added_replaces_no_file_unasked(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "laporan.docx"
    there.write_bytes(b"mine")
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "laporan"), "Word (*.docx)")
    )
    answer(qapp, "no")
    write_codebook(window, qtbot)
    assert there.read_bytes() == b"mine"
    answer(qapp, "yes")
    write_codebook(window, qtbot)
    assert there.read_bytes().startswith(b"PK")


def test_a_file_is_called_by_its_study_and_what_it_holds(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: asked.append(Path(a[2]).name) or ("", ""))
    window.do("indonesian")
    for name in ("excerpts_by_code", "codebook_out"):
        window.do(name)
    window.do("matrix_linkage")
    window.do("export_matrix")
    assert asked == ["studi-kutipan-menurut-kode.docx", "studi-buku-kode.docx", "studi-keterkaitan.docx"]


def test_what_was_written_can_be_opened_from_the_news(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, opened = tmp_path / "buku kode.docx", []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), "Word (*.docx)"))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or False)
    for link in window.news.links:
        write_codebook(window, qtbot)
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        assert "No program" in window.news.sentence.text()
    assert opened == [str(path), str(tmp_path)]


def test_a_key_file_that_others_can_read_is_told(
    window: MainWindow, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "informants.csv"
    table.write_text("alias,class,name\nA1,key,Bambang\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(table), ""))
    window.do("take_informants")
    assert "key file" not in window.news.sentence.text()
    monkeypatch.setattr(key_file, "is_private", lambda _path: False)
    window.do("take_informants")
    assert "studi.kunci.json" in window.news.sentence.text()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_file_dialogs_speak_the_persons_language(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    said: list[str] = []

    def look() -> None:
        dialog = shown(qapp, QFileDialog)
        said.extend(one.text().replace("&", "") for one in dialog.findChildren(QLabel))
        said.extend(one.toolTip() for one in dialog.findChildren(opening.QWidget) if one.toolTip())
        assert dialog.findChild(QLineEdit) is not None
        dialog.reject()

    window.do("indonesian")
    QTimer.singleShot(50, look)
    opening.ask_open(window.desk)
    assert {"Nama berkas:", "Jenis berkas:", "Folder:", "Folder di atasnya", "Sebagai daftar"} <= set(said)
    settle(window, qapp)
