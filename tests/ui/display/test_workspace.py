"""Matrices by clicks and keys: kinds, heads, bands, widths, and what comes in while they are shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from qualcoder_lite.coding import codes
from qualcoder_lite.store.schema import MemberCheck
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, settle
from tests.ui.matrices import click_cell, display, said


def test_the_tab_shows_informants_by_codes_with_counts_and_blanks(window: MainWindow) -> None:
    view = display(window).view
    assert [line.head.key for line in view.lines if line.kind == "row"] == ["A1", "M1", "D1"]
    assert [line.number for line in view.lines if line.kind == "band"] == [1, 1, 1]
    assert "2 codings · 2 passages" in said(window, "A1", "R")
    assert "supports 1" in said(window, "A1", "R")
    assert "not coded yet" in said(window, "D1", "R")
    assert "1 of 2" in said(window, view.lines[-1].head.key, "R")


def test_a_click_on_the_head_opens_the_codes_below_and_closes_them(window: MainWindow, qtbot: QtBot) -> None:
    view = display(window).view

    def chevron() -> QPoint:
        right = view.tops.sectionViewportPosition(0) + view.tops.sectionSize(0) - 14
        return QPoint(right, view.tops.height() - 12)

    qtbot.mouseClick(view.tops.viewport(), Qt.MouseButton.LeftButton, pos=chevron())
    assert [column.head.key for column in view.columns if not column.field] == ["R", "R1", "S"]
    qtbot.mouseClick(view.tops.viewport(), Qt.MouseButton.LeftButton, pos=chevron())
    assert [column.head.key for column in view.columns if not column.field] == ["R", "S"]


def test_double_click_and_enter_on_a_head_switch_its_width(window: MainWindow, qtbot: QtBot) -> None:
    view = display(window).view
    before = view.columnWidth(0)
    place = QPoint(view.tops.sectionViewportPosition(0) + 20, view.tops.height() - 10)
    qtbot.mouseDClick(view.tops.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.columnWidth(0) == 69 < before
    view.tops.take_keys(0)
    qtbot.keyClick(view.tops, Qt.Key.Key_Return)
    assert view.columnWidth(0) >= 180
    qtbot.keyClick(view.tops, Qt.Key.Key_Space)
    assert len([column for column in view.columns if not column.field]) == 3


def test_a_band_closes_and_opens_by_click_and_enter(window: MainWindow, qtbot: QtBot) -> None:
    view = display(window).view
    number = len(view.lines)
    qtbot.mouseClick(view.heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    assert len(view.lines) == number - 1
    view.setCurrentIndex(view.table.index(0, 0))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert len(view.lines) == number


@pytest.mark.parametrize(
    "kind", ["informants", "linkage", "groups", "triangulation", "emic-etic", "saturation"]
)
def test_every_kind_is_shown_and_transposed_without_losing_its_cells(
    window: MainWindow, qtbot: QtBot, kind: str
) -> None:
    wiring = display(window)
    wiring.page.kinds.chosen.emit(kind)
    assert wiring.place.kind == kind
    assert wiring.view.lines
    assert wiring.page.pages.currentIndex() == 0
    wiring.view.grab()
    if wiring.turn.isEnabled():
        before = {line.head.key for line in wiring.view.lines if line.kind == "row"}
        qtbot.mouseClick(wiring.turn, Qt.MouseButton.LeftButton)
        assert before <= {column.head.key for column in wiring.view.columns}


def test_each_kind_remembers_its_cell_and_a_new_language_too(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    click_cell(window, qtbot, "A1", "S")
    wiring = display(window)
    key = wiring.view.chosen_key()
    wiring.page.kinds.chosen.emit("linkage")
    wiring.page.kinds.chosen.emit("informants")
    assert wiring.view.chosen_key() == key
    window.set_language("id")
    window.menu_row.tabs.setCurrentIndex(1)
    settle(window, qapp)
    try:
        assert display(window) is not wiring
        assert display(window).view.chosen_key() == key
    finally:
        window.set_language("en")
    with window.desk.study.read() as connection:
        assert connection.scalar(select(func.count()).select_from(MemberCheck)) == 0


def test_a_renamed_code_and_a_new_one_come_in(window: MainWindow, made: Made, qapp: QApplication) -> None:
    codes.add(window.desk.study, "K", kind="dimension")
    settle(window, qapp)
    view = display(window).view
    assert [column.head.key for column in view.columns if not column.field] == ["R", "S", "K"]


def heights(window: MainWindow) -> dict[str, set[int]]:
    view = display(window).view
    found: dict[str, set[int]] = {}
    for number, line in enumerate(view.lines):
        found.setdefault(line.kind, set()).add(view.rowHeight(number))
    return found


def test_rows_are_equally_high_where_another_layout_had_bands(window: MainWindow, qtbot: QtBot) -> None:
    before = heights(window)
    assert max(before["band"]) < min(before["row"])
    qtbot.mouseClick(display(window).turn, Qt.MouseButton.LeftButton)
    assert heights(window)["row"] == before["row"]
    qtbot.mouseClick(display(window).turn, Qt.MouseButton.LeftButton)
    assert heights(window) == before


def test_columns_are_narrowed_a_little_where_then_all_are_in_sight(window: MainWindow) -> None:
    wiring = display(window)
    wiring.page.kinds.chosen.emit("comparison")
    view, free = wiring.view, wiring.view.viewport().width()
    view.resize(view.width() - free + 3 * 160 + 118, view.height())
    assert [view.columnWidth(column) for column in range(4)] == [160, 160, 160, 118]
    view.resize(view.width() - 3 * 30, view.height())
    assert view.columnWidth(0) == 180


def test_the_groups_of_informants_stand_over_the_columns_where_rows_and_columns_are_swapped(
    window: MainWindow, qapp: QApplication
) -> None:
    window.do("transpose")
    settle(window, qapp)
    groups = {column.head.key: column.group for column in display(window).view.columns}
    assert groups == {"A1": "ASN", "M1": "Masyarakat", "D1": "Observation and documents"}
