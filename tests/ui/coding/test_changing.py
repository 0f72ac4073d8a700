"""Codings and text that are changed at the window: menu, handles, recoding, correcting."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.kit.note_box import NoteBox
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.coding.test_workspace import picker_of
from tests.ui.driving import (
    Made,
    click_row,
    codings_of,
    quotes,
    select_words,
    settle,
    shown,
)


def test_the_menu_offers_codes_used_lately_and_what_fits_the_coding(
    window: MainWindow, made: Made, qtbot: QtBot
) -> None:
    from qualcoder_lite.ui.coding.menu import make_menu

    start, _end = select_words(window, "Lancar.")
    coding_actions.apply(window.desk, made.ids["code", "R1"])
    select_words(window, "menunggu lama")
    menu = make_menu(window.desk, window.desk.text.caret, None)
    action = next(one for one in menu.actions() if one.text() == "R1")
    action.trigger()
    assert ("menunggu lama", "R1", None) in quotes(window)
    window.desk.text.set_selection(start, start)
    menu = make_menu(window.desk, start, None)
    next(one for one in menu.actions() if one.text() == "Remove the coding").trigger()
    assert [quote for quote, _key, _sign in quotes(window)] == ["menunggu lama"]


def test_a_coding_is_resized_at_its_handle(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    start, end = select_words(window, "sering dioper-oper")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    view = window.desk.text
    view.activate(None)
    view.activate(codings_of(window)[0].id)
    goal = view.page.text.index(" antar") + len(" antar")
    handle, last = view.caret_box(end), view.caret_box(goal).center().toPoint()
    first = QPoint(round(handle.center().x()), round(handle.bottom()) + 3)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(view.viewport(), (first + last) / 2)
    qtbot.mouseMove(view.viewport(), last)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=last)
    qapp.processEvents()
    assert quotes(window)[0][0] == "sering dioper-oper antar"
    assert start < end


def test_ctrl_z_in_a_line_undoes_typing_not_a_step(window: MainWindow, qtbot: QtBot) -> None:
    select_words(window, "Lancar.")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    line = window.desk.part(Codebook).filter
    line.setFocus()
    qtbot.keyClicks(line, "x")
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(line, event)
    assert event.isAccepted()
    assert len(quotes(window)) == 1


def test_words_are_corrected_and_codings_move_along(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    select_words(window, "menunggu lama")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    select_words(window, "Warga sering")
    window.do("correct")
    box = shown(qapp, NoteBox)
    box.words.setPlainText("Warga masyarakat sering")
    box.leave()
    assert "Warga masyarakat sering dioper-oper" in window.desk.text.page.text
    assert quotes(window) == [("menunggu lama", "E1", None)]
    window.do("undo")
    assert "Warga sering dioper-oper" in window.desk.text.page.text
    assert quotes(window) == [("menunggu lama", "E1", None)]


def test_a_coding_is_recoded_and_split_off(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    select_words(window, "menunggu lama")
    coding_actions.apply(window.desk, made.ids["code", "R1"])
    window.do("recode")
    picker = picker_of(qapp)
    qtbot.keyClicks(picker.words, "S1")
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    assert quotes(window) == [("menunggu lama", "S1", None)]
    settle(window, qapp)
    window.do("split_off")
    box = shown(qapp, AskingBox)
    assert box.line.text() == "S2"
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert quotes(window) == [("menunggu lama", "S2", None)]


def test_what_is_copied_has_its_citation(window: MainWindow, qapp: QApplication) -> None:
    select_words(window, "menunggu lama")
    window.do("copy")
    assert qapp.clipboard().text() == "“menunggu lama” (A1·2)"


def test_the_keys_for_longer_and_shorter_move_a_selection_where_nothing_is_coded(window: MainWindow) -> None:
    select_words(window, "menunggu lama")

    def selected() -> str:
        start, end = window.desk.text.selection()
        return window.desk.text.page.text[start:end]

    window.do("end_back")
    assert selected() == "menunggu"
    window.do("start_back")
    assert selected() == "lalu menunggu"
    window.do("end_on")
    assert selected() == "lalu menunggu lama"
    assert quotes(window) == []


def test_keys_act_on_a_coding_made_by_double_click_in_the_codebook(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    select_words(window, "menunggu lama")
    tree = window.desk.part(Codebook).tree
    click_row(qtbot, tree, made.ids["code", "R1"], double=True)
    assert window.desk.text.hasFocus()
    qtbot.keyClicks(window.desk.text, "-")
    assert quotes(window) == [("menunggu lama", "R1", "-")]
    tree.setFocus()
    window.do("previous_coding")
    assert window.desk.text.hasFocus()
