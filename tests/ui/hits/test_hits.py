"""Coding by search, by keys and mouse: what is found, ticked and coded, as one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.store.undo import history
from qualcoder_lite.ui.codebook.picker import Picker
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.hits.connect import Hits
from qualcoder_lite.ui.hits.panel import SearchPanel
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, make_study, quotes, select_words, settle, shown, window_on


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_study(tmp_path / "a.qcl")


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp) as opened:
        opened.do("search_coding")
        qapp.processEvents()
        yield opened


def panel_of(window: MainWindow) -> SearchPanel:
    return window.desk.part(Hits).panel


def look_for(window: MainWindow, qtbot: QtBot, words: str) -> list[str]:
    panel = panel_of(window)
    panel.words.setFocus()
    panel.words.clear()
    qtbot.keyClicks(panel.words, words)
    qtbot.keyClick(panel.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.desk.busy)
    return [row.hit.quote for row in panel.model.rows]


def code_with(window: MainWindow, qtbot: QtBot, qapp: QApplication, key: str) -> None:
    picker = shown(qapp, Picker)
    qtbot.keyClicks(picker.words, key)
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.desk.busy)
    settle(window, qapp)


def test_ticked_hits_are_coded_as_one_step_by_keys(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    panel, before = panel_of(window), len(history(window.desk.study))
    assert look_for(window, qtbot, "la*; tidak") == ["Lancar", "lalu", "lama", "Tidak"]
    assert panel.view.hasFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    qtbot.keyClick(panel.view, Qt.Key.Key_Space)
    assert panel.count.text() == "3 of 4 hits ticked"
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    code_with(window, qtbot, qapp, "r1")
    assert [quote for quote, _code, _sign in quotes(window)] == ["Lancar", "lama", "Tidak"]
    assert {code for _quote, code, _sign in quotes(window)} == {"R1"}
    assert len(history(window.desk.study)) == before + 1
    qtbot.mouseClick(window.news.action, Qt.MouseButton.LeftButton)
    assert quotes(window) == []


def test_its_sentence_or_turn_is_coded_by_the_mouse(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    panel = panel_of(window)
    look_for(window, qtbot, "loket; rapat")
    box = panel.view.visualRect(panel.model.index(1))
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(18, box.center().y()))
    assert [row.on for row in panel.model.rows] == [True, False]
    panel.unit.choose("sentence")
    qtbot.mouseClick(panel.code, Qt.MouseButton.LeftButton)
    code_with(window, qtbot, qapp, "s1")
    assert [quote for quote, _code, _sign in quotes(window)] == [
        "Warga sering dioper-oper antar loket, lalu menunggu lama."
    ]
    qtbot.mouseClick(panel.none, Qt.MouseButton.LeftButton)
    assert not panel.code.isEnabled()
    qtbot.mouseClick(panel.every, Qt.MouseButton.LeftButton)
    panel.unit.choose("turn")
    qtbot.mouseClick(panel.code, Qt.MouseButton.LeftButton)
    code_with(window, qtbot, qapp, "r1")
    assert len(quotes(window)) == 3


def test_hits_that_have_the_code_already_are_shown_and_left_out(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    panel = panel_of(window)
    select_words(window, "Warga sering dioper-oper antar loket")
    coding_actions.apply(window.desk, made.ids["code", "R1"])
    settle(window, qapp)
    assert look_for(window, qtbot, "loket; rapat; warga") == ["Warga", "loket", "Rapat"]
    assert [list(row.codes) for row in panel.model.rows] == [["R1"], ["R1"], []]
    assert panel.model.index(0).data().endswith("coded: R1")
    qtbot.mouseClick(panel.code, Qt.MouseButton.LeftButton)
    code_with(window, qtbot, qapp, "r1")
    assert [quote for quote, _code, _sign in quotes(window)] == [
        "Warga sering dioper-oper antar loket",
        "Rapat",
    ]
    assert window.news.sentence.text() == "1 passage coded. 2 hits had this code already and were left out."
    assert [list(row.codes) for row in panel.model.rows] == [["R1"], ["R1"], ["R1"]]
    before = len(history(window.desk.study))
    qtbot.mouseClick(panel.code, Qt.MouseButton.LeftButton)
    code_with(window, qtbot, qapp, "r1")
    assert len(history(window.desk.study)) == before
    qtbot.mouseClick(panel.code, Qt.MouseButton.LeftButton)
    code_with(window, qtbot, qapp, "s1")  # another code is another matter
    assert len(quotes(window)) == 5


def test_interviewers_are_left_out_unless_wished_and_this_source_is_enough(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = panel_of(window)
    assert look_for(window, qtbot, "pimpinan") == []
    assert panel.pages.currentWidget() is panel.hint
    panel.spoken.setChecked(False)
    assert look_for(window, qtbot, "pimpinan") == ["pimpinan"]
    panel.here.setChecked(True)
    assert look_for(window, qtbot, "kecamatan") == []
    panel.here.setChecked(False)
    assert look_for(window, qtbot, "kecamatan") == ["kecamatan"]


def test_a_speaker_and_an_answer(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window)
    panel.kind.choose("speaker")
    assert panel.speaker.isVisible()
    assert not panel.words.isVisible()
    panel.speaker.choose("A1")
    qtbot.mouseClick(panel.search, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.desk.busy)
    assert len(panel.model.rows) == 3
    panel.kind.choose("question")
    assert look_for(window, qtbot, "ada lagi") == ["Tidak ada."]
    panel.kind.choose("pattern")
    assert look_for(window, qtbot, r"\w+-\w+") == ["dioper-oper"]
    assert look_for(window, qtbot, "(") == []
    assert "no regular expression" in window.news.sentence.text()


def test_a_click_jumps_and_the_selection_is_taken_as_words(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    panel = panel_of(window)
    look_for(window, qtbot, "kecamatan")
    box = panel.view.visualRect(panel.model.index(0))
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, box.center().y()))
    desk = window.desk
    qtbot.waitUntil(lambda: desk.source is not None and desk.source.key == "D1")
    assert desk.text.caret == desk.text.page.text.index("kecamatan")
    window.do("search_coding")
    assert not panel.isVisible()
    select_words(window, "Renstra")
    window.do("search_coding")
    qapp.processEvents()
    assert panel.words.text() == "Renstra"


def test_hits_go_when_something_else_is_looked_for(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window)
    for change in (
        lambda: panel.kind.choose("speaker"),
        lambda: qtbot.keyClicks(panel.words, "x"),
        lambda: panel.here.toggle(),
    ):
        panel.kind.choose("words")
        panel.words.clear()
        assert look_for(window, qtbot, "antar")
        change()
        assert len(panel.model.rows) == 0
        assert not panel.foot.isVisible()
        assert "press Enter" in panel.hint.sentence.text()
