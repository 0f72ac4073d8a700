"""The panel of the history by keys and mouse: undo to here, redo to here, milestones, reports, files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.panels.since import milestones_listed
from qualcoder_lite.coding import codings, memos
from qualcoder_lite.store.undo import steps_left
from qualcoder_lite.ui.history.connect import History
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.passages.connect import Passages
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, make_study, quotes, settle, shown, window_on
from tests.ui.passages.test_passages import pick


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_study(tmp_path / "a.qcl")


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp) as opened:
        for quote, code in (("Lancar.", "R1"), ("menunggu lama", "S1"), ("Rapat", "R")):
            apply(opened, made, quote, code)
        settle(opened, qapp)
        opened.do("history")
        qapp.processEvents()
        yield opened


def apply(window: MainWindow, made: Made, quote: str, code: str) -> None:
    start = window.desk.text.page.text.index(quote)
    source, row = made.ids["source", "A1"], made.ids["code", code]
    codings.apply(window.desk.study, source, start, start + len(quote), row)


def wiring_of(window: MainWindow) -> History:
    return window.desk.part(History)


def steps(window: MainWindow, number: int) -> list[tuple[str, bool]]:
    rows = wiring_of(window).panel.model.rows[:number]
    return [
        (row.line.words if row.line else row.milestone.name, bool(row.line and row.line.undone))
        for row in rows
    ]


def idle(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    qtbot.waitUntil(lambda: not window.desk.busy)
    settle(window, qapp)


def test_it_lists_the_steps_and_undoes_and_redoes_to_one(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    panel = wiring_of(window).panel
    assert panel.view.hasFocus()
    assert steps(window, 3) == [
        ("Code a passage of A1 with R", False), ("Code a passage of A1 with S1", False),
        ("Code a passage of A1 with R1", False),
    ]  # fmt: skip
    assert panel.model.rows[0].now
    panel.view.setCurrentIndex(panel.model.index(2))
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    idle(window, qtbot, qapp)
    assert [quote for quote, _code, _sign in quotes(window)] == ["Lancar."]
    assert [undone for _words, undone in steps(window, 3)] == [True, True, False]
    box = panel.view.visualRect(panel.model.index(1))
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    idle(window, qtbot, qapp)
    assert [quote for quote, _code, _sign in quotes(window)] == ["Lancar.", "menunggu lama"]
    assert "1 step redone." in window.news.sentence.text()


def test_what_can_not_be_redone_any_more_is_said(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window.do("undo")
    memos.add(window.desk.study, "Baru")
    settle(window, qapp)
    panel = wiring_of(window).panel
    panel.view.setCurrentIndex(panel.model.index(1))
    menu = wiring_of(window).menu_of(panel.current())  # type: ignore[arg-type]
    assert [(one.text(), one.isEnabled()) for one in menu.actions()] == [("Redo to here", False)]
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert "can't be redone" in window.news.sentence.text()
    assert steps_left(window.desk.study, "redo") == 0


def test_a_milestone_is_set_and_tells_what_changed_since(
    window: MainWindow,
    made: Made,
    tmp_path: Path,
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window.do("milestone")
    box = shown(qapp, AskingBox)
    assert box.line.text().startswith("Supervision ")
    box.line.setText("Bimbingan 3")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    apply(window, made, "Tidak ada.", "S1")
    settle(window, qapp)
    assert [one.name for one in milestones_listed(window.desk.study)] == ["Bimbingan 3"]
    panel = wiring_of(window).panel
    assert [words for words, _undone in steps(window, 3)] == [
        "Code a passage of A1 with S1", "Set milestone Bimbingan 3", "Bimbingan 3",
    ]  # fmt: skip
    panel.view.setCurrentIndex(panel.model.index(2))
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.pages.currentIndex() == 1)
    idle(window, qtbot, qapp)
    assert panel.report_head.title.text() == "What changed since Bimbingan 3"
    told = [(row.name, row.text) for row in panel.report_model.rows]
    assert told == [
        ("2 steps", ""), ("Codings", "1 added"), ("Codings by code", ""), ("S1", "1 added"),
        ("Codings by source", ""), ("A1", "1 added"),
    ]  # fmt: skip
    chosen = str(tmp_path / "laporan.csv"), ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: chosen)
    wiring_of(window).ask_export_since()
    idle(window, qtbot, qapp)
    assert "Codings,1,0,0" in (tmp_path / "laporan.csv").read_text(encoding="utf-8-sig")
    wiring_of(window).back()
    pick(wiring_of(window).menu_of(panel.model.rows[2]), "Rename…")
    box = shown(qapp, AskingBox)
    box.line.setText("Bimbingan III")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert [one.name for one in milestones_listed(window.desk.study)] == ["Bimbingan III"]
    pick(wiring_of(window).menu_of(panel.model.rows[2]), "Remove the milestone")
    assert milestones_listed(window.desk.study) == []


def test_the_audit_trail_goes_to_a_file(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.do("undo")
    chosen = str(tmp_path / "jejak"), "Excel (*.xlsx)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: chosen)
    wiring_of(window).ask_export()
    idle(window, qtbot, qapp)
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "jejak.xlsx", read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert rows[-1][2:4] == ("C1", "undone: Code a passage of A1 with R")
    assert len(rows) >= 5


def test_closing_it_gives_the_place_back_to_the_passages(window: MainWindow, qapp: QApplication) -> None:
    assert not window.desk.part(Passages).panel.isVisible()
    window.do("history")
    qapp.processEvents()
    assert window.desk.part(Passages).panel.isVisible()
    window.do("passages")
    window.do("history")
    window.do("history")
    assert not window.desk.part(Passages).panel.isVisible()
    assert not wiring_of(window).panel.isVisible()
