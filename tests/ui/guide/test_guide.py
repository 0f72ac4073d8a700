"""The panel of the interview guide by keys and mouse: what was asked, corrected, shown, written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.panels.guide import guide_in
from qualcoder_lite.coding import questions
from qualcoder_lite.store.undo import history
from qualcoder_lite.ui.desk.place import Source
from qualcoder_lite.ui.guide.connect import Guide
from qualcoder_lite.ui.guide.panel import GuidePanel
from qualcoder_lite.ui.kit.form_box import FormBox
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, make_study, settle, shown, window_on

GUIDE = (
    ("1", "Bagaimana pelayanan di kantor ini?", "R1"),
    ("2", "Apakah pimpinan mendukung?", "S"),
    ("3", "Penghargaan apa yang diterima?", "S1"),
)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_study(tmp_path / "a.qcl")


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp) as opened:
        for number, text, code in GUIDE:
            questions.add(opened.desk.study, number, text, [made.ids["code", code]])
        opened.desk.go(Source(made.ids["source", "A1"]))
        opened.do("guide")
        settle(opened, qapp)
        yield opened


def panel_of(window: MainWindow) -> GuidePanel:
    return window.desk.part(Guide).panel


def asked(window: MainWindow, made: Made) -> list[bool]:
    return [line.asked for line in guide_in(window.desk.study, made.ids["source", "A1"])]


def click(window: MainWindow, qtbot: QtBot, number: int, x: int) -> None:
    panel = panel_of(window)
    box = panel.view.visualRect(panel.model.index(number))
    place = QPoint(x, box.center().y())
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_ticks_say_what_was_asked_in_the_open_interview(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    assert asked(window, made) == [True, True, True]
    assert panel_of(window).head.count.text() == "3 of 3 asked in A1"
    click(window, qtbot, 2, 18)
    settle(window, qapp)
    assert asked(window, made) == [True, True, False]
    assert panel_of(window).head.count.text() == "2 of 3 asked in A1"
    click(window, qtbot, 1, 200)
    panel_of(window).view.selectAll()
    qtbot.keyClick(panel_of(window).view, Qt.Key.Key_Space)
    settle(window, qapp)
    assert asked(window, made) == [True, True, True]
    qtbot.keyClick(panel_of(window).view, Qt.Key.Key_Space)
    settle(window, qapp)
    assert asked(window, made) == [False, False, False]
    window.do("undo")
    settle(window, qapp)
    assert asked(window, made) == [True, True, True]


def test_the_words_of_the_interviewer_propose_what_was_asked(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    wiring = window.desk.part(Guide)
    assert [line.proposed for line in panel_of(window).model.rows] == [True, True, False]
    wiring.propose.click()
    settle(window, qapp)
    assert asked(window, made) == [True, True, False]
    assert not wiring.propose.isEnabled()
    click(window, qtbot, 1, 200)
    qtbot.keyClick(panel_of(window).view, Qt.Key.Key_Return)
    assert window.desk.text.page.text[window.desk.text.caret :].startswith("Lalu pimpinan?")


def test_a_question_is_written_changed_and_removed(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    def fill(number: str, text: str, codes: str) -> None:
        form = [one for one in qapp.allWidgets() if isinstance(one, FormBox) and one.isVisible()][-1]
        fields = dict(form.rows)
        fields["Number of the question"].setText(number)  # type: ignore[attr-defined]
        fields["Question"].setPlainText(text)  # type: ignore[attr-defined]
        fields["Codes that it asks about"].setText(codes)  # type: ignore[attr-defined]
        form.keep()
        settle(window, qapp)

    window.desk.part(Guide).ask_new()
    shown(qapp, FormBox)
    fill("4", "Siapa yang memutuskan?", "S; S1")
    assert [(line.number, line.codes) for line in panel_of(window).model.rows][-1] == ("4", ("S", "S1"))
    click(window, qtbot, 3, 200)
    qtbot.keyClick(panel_of(window).view, Qt.Key.Key_F2)
    fill("4a", "Siapa yang memutuskan?", "S1")
    assert [(line.number, line.codes) for line in panel_of(window).model.rows][-1] == ("4a", ("S1",))
    qtbot.keyClick(panel_of(window).view, Qt.Key.Key_F2)
    fill("4a", "Siapa yang memutuskan?", "X9")
    assert "X9" in window.news.sentence.text()
    shown(qapp, FormBox).end()  # what was refused stays in its box until one lets it go
    steps = len(history(window.desk.study))
    qtbot.keyClick(panel_of(window).view, Qt.Key.Key_Delete)
    settle(window, qapp)
    assert len(panel_of(window).model.rows) == 3
    assert len(history(window.desk.study)) == steps + 1
    window.news.action.click()
    settle(window, qapp)
    assert len(panel_of(window).model.rows) == 4


def test_a_document_has_no_guide(window: MainWindow, made: Made, qapp: QApplication) -> None:
    window.desk.go(Source(made.ids["source", "D1"]))
    qapp.processEvents()
    panel = panel_of(window)
    assert panel.hint.isVisible()
    assert "Open an interview" in panel.hint.sentence.text()
    window.desk.go(Source(made.ids["source", "A1"]))
    qapp.processEvents()
    assert panel.view.isVisible()
    window.do("guide")
    assert not panel.isVisible()
