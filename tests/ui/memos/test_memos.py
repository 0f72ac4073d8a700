"""The panel of memos by keys and mouse: written, found, shown in the text, removed, handed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.panels.memos import memos_listed
from qualcoder_lite.coding import codings, memos
from qualcoder_lite.store.project import read_study
from qualcoder_lite.store.undo import history
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.desk.place import Source
from qualcoder_lite.ui.kit.note_box import NoteBox
from qualcoder_lite.ui.memos.connect import Memos
from qualcoder_lite.ui.memos.panel import MemosPanel
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, make_study, settle, shown, window_on
from tests.ui.passages.test_passages import pick


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_study(tmp_path / "a.qcl")


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp) as opened:
        study, text = opened.desk.study, opened.desk.text.page.text
        start = text.index("menunggu lama")
        source = made.ids["source", "A1"]
        coding = codings.apply(study, source, start, start + 13, made.ids["code", "S1"])
        memos.add_about(study, "coding", coding, "Keluhan utama.")
        memos.add_about(study, "code", made.ids["code", "R"], "Periksa definisi.", "Definisi")
        memos.add_on_range(study, made.ids["source", "D1"], 8, 17, "Cari di renstra.")
        settle(opened, qapp)
        opened.do("memos")
        qapp.processEvents()
        yield opened


def panel_of(window: MainWindow) -> MemosPanel:
    return window.desk.part(Memos).panel


def texts(window: MainWindow) -> list[tuple[str, str]]:
    return [(line.title, line.text) for line in memos_listed(window.desk.study)]


def choose(window: MainWindow, qtbot: QtBot, qapp: QApplication, number: int) -> None:
    panel = panel_of(window)
    box = panel.view.visualRect(panel.model.index(number))
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qapp.processEvents()


def test_all_memos_are_listed_and_found_by_their_words(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window)
    assert [line.text for line in panel.model.rows] == [
        "Cari di renstra.",
        "Periksa definisi.",
        "Keluhan utama.",
    ]
    assert panel.head.count.text() == "3 memos"
    qtbot.keyClicks(panel.words, "renstra")
    qtbot.waitUntil(lambda: len(panel.model.rows) == 1)
    qtbot.keyClicks(panel.words, "zzz")
    qtbot.waitUntil(lambda: panel.pages.currentWidget() is panel.hint)
    qtbot.mouseClick(panel.hint.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(panel.model.rows) == 3)


def test_it_shows_what_a_memo_is_about(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    panel, desk = panel_of(window), window.desk
    assert panel.about.text().startswith("Passage")
    assert panel.jump.text() == "“kecamatan”"
    qtbot.mouseClick(panel.jump, Qt.MouseButton.LeftButton)
    assert desk.source is not None
    assert (desk.source.key, desk.text.caret) == ("D1", 8)
    choose(window, qtbot, qapp, 2)
    qtbot.mouseClick(panel.jump, Qt.MouseButton.LeftButton)
    assert desk.source.key == "A1"
    assert desk.text.active is not None
    choose(window, qtbot, qapp, 1)
    qtbot.mouseClick(panel.jump, Qt.MouseButton.LeftButton)
    assert desk.part(Codebook).tree.current_key() == made.ids["code", "R"]


def test_a_memo_is_edited_in_place_and_kept_when_one_leaves_it(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    panel = panel_of(window)
    choose(window, qtbot, qapp, 1)
    steps = len(history(window.desk.study))
    panel.title.setFocus()
    qtbot.keyClicks(panel.title, " R")
    qtbot.keyClick(panel.title, Qt.Key.Key_Tab)
    assert panel.text.hasFocus()
    panel.text.moveCursor(panel.text.textCursor().MoveOperation.End)
    qtbot.keyClicks(panel.text, " Lagi.")
    qapp.processEvents()
    assert len(history(window.desk.study)) == steps
    choose(window, qtbot, qapp, 0)
    settle(window, qapp)
    assert texts(window)[0] == ("Definisi R", "Periksa definisi. Lagi.")
    assert len(history(window.desk.study)) == steps + 1
    window.do("undo")
    settle(window, qapp)
    assert ("Definisi", "Periksa definisi.") in texts(window)


def test_a_free_memo_is_begun_written_and_removed(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    panel = panel_of(window)
    pick(window.desk.part(Memos).new_menu(), "Free memo")
    assert panel.title.hasFocus()
    qtbot.keyClicks(panel.title, "Rencana")
    panel.text.setFocus()
    qtbot.keyClicks(panel.text, "Wawancara M4.")
    qtbot.keyClick(panel.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window, qapp)
    assert texts(window)[0] == ("Rencana", "Wawancara M4.")
    assert panel.editing is not None
    assert panel.editing.title == "Rencana"
    window.desk.part(Memos).remove()
    settle(window, qapp)
    assert len(panel.model.rows) == 3
    assert "removed" in window.news.sentence.text()
    qtbot.mouseClick(window.news.action, Qt.MouseButton.LeftButton)
    settle(window, qapp)
    assert len(panel.model.rows) == 4


def test_a_memo_without_words_goes(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    panel = panel_of(window)
    panel.text.setFocus()
    panel.text.selectAll()
    qtbot.keyClick(panel.text, Qt.Key.Key_Delete)
    qtbot.keyClick(panel.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window, qapp)
    assert [text for _title, text in texts(window)] == ["Periksa definisi.", "Keluhan utama."]


def test_a_memo_on_an_informant(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    pick(window.desk.part(Memos).new_menu(), "Memo on an informant", "A1")
    box = shown(qapp, NoteBox)
    qtbot.keyClicks(box.words, "Ramah.")
    qtbot.keyClick(box.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window, qapp)
    first = memos_listed(window.desk.study)[0]
    assert (first.about, first.called, first.text) == ("informant", "A1", "Ramah.")


def test_the_memos_that_are_listed_go_to_a_file(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.export.reading import csv_rows, part, text_of

    for name in ("catatan.csv", "catatan.docx"):
        chosen = str(tmp_path / name), ""
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments, chosen=chosen: chosen)
        window.desk.part(Memos).ask_export()
        qtbot.waitUntil(lambda: not window.desk.busy)
    rows = csv_rows(tmp_path / "catatan.csv")
    assert [(row["About"], row["Title"], row["Memo"], row["Passage"]) for row in rows] == [
        ("Passage", "–", "Cari di renstra.", "kecamatan"), ("Code R", "Definisi", "Periksa definisi.", "–"),
        ("Coding S1", "–", "Keluhan utama.", "menunggu lama"),
    ]  # fmt: skip
    assert "Periksa definisi." in text_of(part(tmp_path / "catatan.docx"))


def test_closing_keeps_what_was_written(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    panel = panel_of(window)
    panel.text.setFocus()
    qtbot.keyClicks(panel.text, "Ya: ")
    window.do("memos")
    settle(window, qapp)
    assert not panel.isVisible()
    assert ("", "Ya: Cari di renstra.") in texts(window)


def test_leaving_the_study_keeps_what_was_written(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    panel_of(window).text.setFocus()
    qtbot.keyClicks(panel_of(window).text, "Ya: ")
    window.set_language("id")
    settle(window, qapp)
    assert ("", "Ya: Cari di renstra.") in texts(window)
    window.do("memos")
    qapp.processEvents()
    panel_of(window).text.setFocus()
    qtbot.keyClicks(panel_of(window).text, "Tentu: ")
    window.do("close")
    qapp.processEvents()
    with read_study(tmp_path / "a.qcl") as study:
        assert "Tentu: Ya: Cari di renstra." in [line.text for line in memos_listed(study)]


def test_words_with_a_memo_are_underlined_and_tell_it(
    window: MainWindow, made: Made, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = window.desk
    desk.go(Source(made.ids["source", "D1"]))
    settle(window, qapp)
    assert desk.text.notes == [(8, 17, "Cari di renstra.")]
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, _view: said.append(words))
    for position in (10, 3):
        where = desk.text.caret_box(position).center().toPoint()
        qapp.sendEvent(
            desk.text.viewport(),
            QHelpEvent(QEvent.Type.ToolTip, where, desk.text.viewport().mapToGlobal(where)),
        )
    assert said == ["Cari di renstra.", ""]
    window.do("undo")
    settle(window, qapp)
    assert desk.text.notes == []
