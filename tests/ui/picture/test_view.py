"""Pictures in the window: clicks and keys lead from marks to cells; what is chosen is drawn and saved."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from qualcoder_lite.coding import codings
from qualcoder_lite.coding.counting.references import STUDY
from qualcoder_lite.coding.sample_study import RESEARCHER, build_sample
from qualcoder_lite.export.pictures.drawing import Box, Dot, Line
from qualcoder_lite.store.schema import Coding
from qualcoder_lite.ui.display import actions as display_actions
from qualcoder_lite.ui.display.connect import Display
from qualcoder_lite.ui.picture.view import PictureView, Shape
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import window_on


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    build_sample(tmp_path / "a.qcl")
    with window_on(tmp_path / "a.qcl", qtbot, qapp, (1440, 900), RESEARCHER) as shown:
        shown.desk.show_workspace(1)
        qapp.processEvents()
        yield shown


def of(window: MainWindow) -> Display:
    return window.desk.part(Display)


def pictured(window: MainWindow, kind: str, name: str = "") -> PictureView:
    display = of(window)
    display_actions.show_kind(kind, window.desk)
    QTest.mouseClick(display.page.picture, Qt.MouseButton.LeftButton)
    if name:
        display.picture.choose(name)
    QApplication.processEvents()
    assert display.page.pages.currentWidget() is display.picture.page
    return display.picture.page.view


def click(view: PictureView, mark: Shape) -> None:
    point = view.view_point(mark).toPoint()
    QTest.mouseMove(view.viewport(), point)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def chosen_pair(window: MainWindow) -> set[str]:
    display, at = of(window), of(window).view.currentIndex()
    cells = display.view.table.cells
    assert cells is not None
    return set(cells.pair(display.view.lines[at.row()], display.view.columns[at.column()]) or ())


def test_a_click_on_a_square_leads_to_its_cell(window: MainWindow) -> None:
    view = pictured(window, "informants")
    square = next(mark for mark in view.saying() if isinstance(mark, Box) and mark.said.endswith(": 3"))
    QTest.mouseMove(view.viewport(), view.view_point(square).toPoint())
    assert view.current == square
    assert window.status.place.text() == square.said
    click(view, square)
    display = of(window)
    assert display.page.pages.currentWidget() is display.view
    assert not display.page.picture.isChecked()
    assert chosen_pair(window) == set(square.place)


def test_a_click_on_a_line_of_the_network_and_on_a_dot(window: MainWindow) -> None:
    view = pictured(window, "linkage", "network")
    line = max((mark for mark in view.saying() if isinstance(mark, Line)), key=lambda line: line.width)
    ends = [view.view_point(Dot(x, y, 1, "ink")) for x, y in line.points]
    near = (ends[0] * 0.9 + ends[1] * 0.1).toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=near)
    assert chosen_pair(window) == set(line.place)
    view = pictured(window, "linkage")
    dot = next(mark for mark in view.saying() if isinstance(mark, Dot))
    click(view, dot)
    assert of(window).place.kind == "emic-etic"
    assert chosen_pair(window) == {dot.place[0], STUDY}


def test_a_click_on_the_curve_leads_to_the_interview(window: MainWindow) -> None:
    view = pictured(window, "saturation")
    dot = [mark for mark in view.saying() if isinstance(mark, Dot)][2]
    click(view, dot)
    display = of(window)
    assert display.place.kind == "saturation"
    assert display.matrix is not None
    line = display.view.lines[display.view.currentIndex().row()]
    assert display.matrix.rows[line.row].reference == dot.place[0]


def test_keys_walk_from_mark_to_mark_and_to_the_cell(window: MainWindow) -> None:
    view = pictured(window, "informants")
    assert view.hasFocus()
    first = view.saying()[0]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    assert view.current == first
    assert view.accessibleDescription() == first.said
    QTest.keyClick(view, Qt.Key.Key_Right)
    aside = view.current
    assert aside is not None
    assert (aside.place[0], aside.place != first.place) == (first.place[0], True)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen_pair(window) == set(aside.place)


def test_it_grows_shrinks_and_fits(window: MainWindow) -> None:
    view = pictured(window, "informants")
    fitting = view.scale
    QTest.keyClicks(view, "++++++")
    assert view.scale > 3 * fitting
    assert view.verticalScrollBar().maximum() > 0
    page = of(window).picture.page
    QTest.mouseClick(page.whole, Qt.MouseButton.LeftButton)
    assert view.picture is not None
    assert view.picture.height * view.scale <= view.viewport().height() + 1
    assert view.picture.width * view.scale <= view.viewport().width() + 1
    before = view.scale
    QTest.mouseClick(page.smaller, Qt.MouseButton.LeftButton)
    assert view.scale < before


def test_it_is_drawn_anew_when_the_matrix_changes(window: MainWindow, qtbot: QtBot) -> None:
    view = pictured(window, "informants", "frequencies")
    before = view.picture
    assert before is not None
    study = window.desk.study
    with study.read() as connection:
        found = [row.id for row in connection.execute(select(Coding.id))]
    codings.remove(study, found)
    qtbot.waitUntil(lambda: view.picture != before, timeout=5000)


def test_each_kind_has_its_own_picture_and_a_kind_without_says_so(window: MainWindow) -> None:
    view = pictured(window, "linkage", "network")
    display = of(window)
    display.show_kind("saturation")
    assert view.picture is not None
    assert view.picture.name == "curve"
    display.show_kind("linkage")
    assert view.picture.name == "network"
    display.show_kind("informants")
    display.picture.choose("profiles")
    assert display.page.pages.currentWidget() is display.page.hint
    QTest.mouseClick(display.page.hint.button, Qt.MouseButton.LeftButton)
    assert view.picture.name == "heat"
    display.show_kind("emic-etic")
    assert view.picture.name == "frequencies"
    window.do("picture")
    assert display.page.pages.currentWidget() is display.view
    assert display.view.hasFocus()


@pytest.mark.parametrize("form", ["png", "svg"])
def test_buttons_save_the_picture(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    asked: list[str] = []

    def answer(_window: MainWindow, _title: str, usual: str, _kinds: str) -> tuple[str, str]:
        asked.append(usual)
        return str(tmp_path / "b"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    pictured(window, "linkage", "network")
    QTest.mouseClick(of(window).picture.page.save[form], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.desk.busy)
    assert asked == [str(tmp_path / f"a-network-of-co-coded-passages.{form}")]
    written = tmp_path / f"b.{form}"
    if form == "png":
        assert not QImage(str(written)).isNull()
    else:
        assert "<title>Network of co-coded passages</title>" in written.read_text("utf-8")


def test_the_export_to_word_carries_the_picture_that_is_chosen(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(_window: MainWindow, _title: str, _usual: str, kinds: str) -> tuple[str, str]:
        return str(tmp_path / "b"), next(kind for kind in kinds.split(";;") if "picture" in kind)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    pictured(window, "linkage", "network")
    window.do("export_matrix")
    qtbot.waitUntil(lambda: not window.desk.busy, timeout=20000)
    with zipfile.ZipFile(tmp_path / "b.docx") as whole:
        image = QImage.fromData(whole.read("word/media/image1.png"))
        assert "Network of co-coded passages" in whole.read("word/document.xml").decode()
    assert image.width() > 1000


def test_the_page_around_a_picture_says_nothing(window: MainWindow) -> None:
    view = pictured(window, "informants")
    assert view.mark_at(QPoint(1, 1).toPointF()) is None
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert of(window).page.pages.currentWidget() is of(window).picture.page
