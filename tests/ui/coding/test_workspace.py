"""Coding by keys and mouse: what is in the study afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.panels.memos import memos_listed
from qualcoder_lite.coding import codes
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.codebook.picker import EMIC, Picker
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.coding.document import Document
from qualcoder_lite.ui.coding.walking import resized
from qualcoder_lite.ui.kit.note_box import NoteBox
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import (
    Made,
    click_row,
    codings_of,
    quotes,
    select_words,
    settle,
    shown,
)


def picker_of(qapp: QApplication) -> Picker:
    return shown(qapp, Picker)


def key(window: MainWindow, qtbot: QtBot, *keys: Qt.Key | str, to: object = None) -> None:
    for one in keys:
        target = to or window.desk.text
        if isinstance(one, str):
            qtbot.keyClicks(target, one)
        else:
            qtbot.keyClick(target, one)


def test_two_actions_code_a_passage_by_its_key(window: MainWindow, made: Made, qtbot: QtBot) -> None:
    codes.set_details(window.desk.study, made.ids["code", "R1"], shortcut="3")
    settle(window, QApplication.instance())  # type: ignore[arg-type]
    select_words(window, "Warga sering dioper-oper antar loket")
    key(window, qtbot, "3")
    assert quotes(window) == [("Warga sering dioper-oper antar loket", "R1", None)]


def drag_over(window: MainWindow, qtbot: QtBot, words: str) -> None:
    """Drag with the mouse from the first letter of words to behind the last."""
    view = window.desk.text
    start = view.page.text.index(words)
    first, last = (view.caret_box(at).center().toPoint() for at in (start, start + len(words)))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(view.viewport(), (first + last) / 2)
    qtbot.mouseMove(view.viewport(), last)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=last)


def test_a_code_goes_to_the_words_dragged_over_inside_a_coded_passage(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    codes.set_details(window.desk.study, made.ids["code", "R1"], shortcut="3")
    codes.set_details(window.desk.study, made.ids["code", "S1"], shortcut="4")
    settle(window, qapp)
    drag_over(window, qtbot, "Warga sering dioper-oper antar loket")
    key(window, qtbot, "3")
    drag_over(window, qtbot, "dioper-oper")
    key(window, qtbot, "4")
    assert quotes(window) == [
        ("Warga sering dioper-oper antar loket", "R1", None),
        ("dioper-oper", "S1", None),
    ]


def test_what_was_coded_is_no_longer_selected(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    codes.set_details(window.desk.study, made.ids["code", "R1"], shortcut="3")
    codes.set_details(window.desk.study, made.ids["code", "S1"], shortcut="4")
    settle(window, qapp)
    drag_over(window, qtbot, "menunggu lama")
    key(window, qtbot, "3")
    view = window.desk.text
    assert view.selection()[0] == view.selection()[1]
    assert view.active is not None
    assert view.handle_ends() == (view.active.start, view.active.end)
    key(window, qtbot, "4")
    click_row(qtbot, window.desk.part(Codebook).tree, made.ids["code", "S1"], double=True)
    assert quotes(window) == [("menunggu lama", "R1", None)]
    assert "Ctrl+Return" in window.news.sentence.text()
    window.desk.text.setFocus()
    key(window, qtbot, "+")
    assert quotes(window) == [("menunggu lama", "R1", "+")]


def test_the_same_words_take_another_code_by_a_key_of_its_own(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    select_words(window, "menunggu lama")
    coding_actions.apply(window.desk, made.ids["code", "R1"])
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    picker = picker_of(qapp)
    qtbot.keyClicks(picker.words, "s1")
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    assert quotes(window) == [("menunggu lama", "R1", None), ("menunggu lama", "S1", None)]


def test_a_letter_opens_the_picker_and_enter_takes_the_code(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    select_words(window, "Lancar.")
    key(window, qtbot, "s")
    picker = picker_of(qapp)
    assert picker.words.text() == "s"
    qtbot.keyClicks(picker.words, "1 ")
    qtbot.keyClicks(picker.words, "-")
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    assert quotes(window) == [("Lancar.", "S1", "-")]
    assert not picker.isVisible()
    select_words(window, "menunggu lama")
    key(window, qtbot, ".")
    assert quotes(window)[1] == ("menunggu lama", "S1", None)


def test_what_no_code_fits_becomes_one(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    select_words(window, "dioper-oper")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Return)
    picker = picker_of(qapp)
    qtbot.keyClicks(picker.words, "pingpong")
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    assert quotes(window) == []  # a typo makes no code: the first Enter only goes to the row that says so
    assert picker.isVisible()
    assert picker.model.rows[picker.list.currentIndex().row()].make == EMIC
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    assert quotes(window) == [("dioper-oper", "E1", None)]
    settle(window, qapp)
    line = next(line for line in window.desk.codes if line.key == "E1")
    assert (line.name, line.perspective) == ("pingpong", "emic")


def test_a_new_code_has_a_key_of_its_own(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    select_words(window, "dioper-oper")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Return)
    picker = picker_of(qapp)
    assert not picker.list.currentIndex().isValid()  # nothing was used yet: the words themselves come first
    qtbot.keyClicks(picker.words, "pingpong")
    qtbot.keyClick(picker.words, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert quotes(window) == [("dioper-oper", "E1", None)]
    settle(window, qapp)
    assert next(line.name for line in window.desk.codes if line.key == "E1") == "pingpong"
    assert not window.desk.boxes()


@pytest.mark.parametrize(
    ("typed", "coded"), [("s1+", "+"), ("S1-", "-"), ("s1/", "±"), ("s1 0", "0"), ("s1", None)]
)
def test_a_sign_behind_a_key_is_the_polarity(
    window: MainWindow, qtbot: QtBot, qapp: QApplication, typed: str, coded: str | None
) -> None:
    select_words(window, "dioper-oper")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Return)
    qtbot.keyClicks(picker_of(qapp).words, typed)
    qtbot.keyClick(picker_of(qapp).words, Qt.Key.Key_Return)
    assert quotes(window) == [("dioper-oper", "S1", coded)]
    assert not codings_of(window)[0].starred


def test_a_star_behind_a_key_stars(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    select_words(window, "dioper-oper")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Return)
    qtbot.keyClicks(picker_of(qapp).words, "s1*")
    qtbot.keyClick(picker_of(qapp).words, Qt.Key.Key_Return)
    assert quotes(window) == [("dioper-oper", "S1", None)]
    assert codings_of(window)[0].starred


def test_words_become_a_code_in_vivo_and_undo_takes_both_away(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    select_words(window, "  dioper-oper"[2:])
    qtbot.keyClick(window.desk.text, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert quotes(window) == [("dioper-oper", "E1", None)]
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(window, qapp)
    assert quotes(window) == []
    assert [line.key for line in window.desk.codes] == ["R", "R1", "S", "S1"]
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert quotes(window) == [("dioper-oper", "E1", None)]


def test_keys_act_on_the_coding_just_made_and_on_the_one_at_the_caret(
    window: MainWindow, made: Made, qtbot: QtBot
) -> None:
    start, end = select_words(window, "Rapat tiap Senin.")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    key(window, qtbot, "+")
    assert codings_of(window)[0].polarity == "+"
    key(window, qtbot, "*")
    assert codings_of(window)[0].starred
    window.desk.text.activate(None)
    window.desk.text.set_selection(start + 3, start + 3)
    key(window, qtbot, "/")
    assert codings_of(window)[0].polarity == "±"
    key(window, qtbot, "/")
    assert codings_of(window)[0].polarity is None
    qtbot.keyClick(window.desk.text, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert codings_of(window)[0].evidence == "event"
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Delete)
    assert codings_of(window) == []
    assert end > start


def test_a_memo_and_a_condensed_wording_are_kept_when_their_box_is_left(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    select_words(window, "Rapat tiap Senin.")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    for shortcut, words in ((Qt.Key.Key_M, "Tanyakan lagi."), (Qt.Key.Key_D, "Rapat rutin")):
        qtbot.keyClick(window.desk.text, shortcut, Qt.KeyboardModifier.ControlModifier)
        box = shown(qapp, NoteBox)
        qtbot.keyClicks(box.words, words)
        qtbot.keyClick(box.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [line.text for line in memos_listed(window.desk.study)] == ["Tanyakan lagi."]
    assert codings_of(window)[0].condensation == "Rapat rutin"
    assert window.desk.text.body.codings.items[0].memo


def test_escape_leaves_a_box_without_keeping(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    select_words(window, "Rapat tiap Senin.")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.desk.text, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    box = shown(qapp, NoteBox)
    qtbot.keyClicks(box.words, "x")
    qtbot.keyClick(box.words, Qt.Key.Key_Escape)
    assert memos_listed(window.desk.study) == []


def test_codings_grow_and_shrink_by_words(window: MainWindow, qtbot: QtBot) -> None:
    select_words(window, "sering dioper-oper antar")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Right, alt | shift)
    assert quotes(window)[0][0] == "sering dioper-oper antar loket"
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Left, control | alt)
    assert quotes(window)[0][0] == "Warga sering dioper-oper antar loket"
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Left, alt | shift)
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Right, control | alt)
    assert quotes(window)[0][0] == "sering dioper-oper antar"


def test_a_word_always_stays_when_a_coding_shrinks() -> None:
    text = "satu dua"
    assert resized(text, 0, 4, "end", onward=False) == (0, 4)
    assert resized(text, 5, 8, "start", onward=True) == (5, 8)
    assert resized(text, 0, 4, "end", onward=True) == (0, 8)
    assert resized(text, 0, 8, "end", onward=True) == (0, 8)


def test_the_next_turn_without_a_coding_is_found(window: MainWindow, qtbot: QtBot) -> None:
    select_words(window, "Lancar.")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    window.desk.text.set_selection(0, 0)
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    text = window.desk.text.page.text
    assert text[window.desk.text.caret :].startswith("Pak Camat mendukung")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert text[window.desk.text.caret :].startswith("Tidak ada.")


def test_without_selected_words_the_window_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.text.set_selection(3, 3)
    key(window, qtbot, ".")
    assert "No code was used yet" in window.news.sentence.text()
    qtbot.keyClick(window.desk.text, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert "Select words" in window.news.sentence.text()


def test_the_hit_that_was_found_stays_selected(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    view, line = window.desk.text, window.desk.part(Document).find_line
    view.set_selection(0, 0)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line.words, "la")
    qtbot.keyClick(line.words, Qt.Key.Key_Return)
    qtbot.keyClick(line.words, Qt.Key.Key_Return)
    number, hits = line.current, list(line.hits)
    qtbot.keyClick(line.words, Qt.Key.Key_Escape)
    assert view.hasFocus()
    assert view.selection() == hits[number]
    qtbot.keyClick(view, Qt.Key.Key_F3)
    assert line.current == number + 1
    line.words.setText("no such words")
    line.again()
    before = view.selection()
    qtbot.keyClick(line.words, Qt.Key.Key_Escape)
    assert view.selection() == before


def test_a_popup_stays_inside_a_window_that_gets_smaller(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    select_words(window, "Tidak ada.")
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Return)
    picker = picker_of(qapp)
    for size in ((1280, 720), (1000, 560), (900, 420)):
        window.resize(*size)
        qapp.processEvents()
        assert window.rect().contains(picker.geometry())
        for words in ("zzz", ""):
            picker.words.setText(words)
            assert window.rect().contains(picker.geometry())
            assert picker.rect().contains(picker.list.geometry())
