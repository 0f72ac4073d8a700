"""The caret and the selection of the text view under real clicks and keys."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcoder_lite.ui.text.page import Page
from tests.ui.pages import MANY_SCRIPTS, transcript
from tests.ui.text.driving import CONTROL, LEFT, NONE, SHIFT, Show, click, drag, place, selected, words_at


def test_a_click_sets_the_caret_and_tells(show: Show, qtbot: QtBot) -> None:
    view = show(transcript())
    start, _end = words_at(view, "dicoba")
    with qtbot.waitSignal(view.selection_changed) as told:
        click(view, place(view, start))
    assert told.args == [start, start]
    assert view.caret == start


def test_a_drag_selects_and_a_shift_click_extends(show: Show) -> None:
    view = show(transcript())
    start, end = words_at(view, "dicoba saja")
    drag(view, place(view, start), place(view, end))
    assert selected(view) == "dicoba saja"
    click(view, place(view, words_at(view, " dulu")[1]), SHIFT)
    assert selected(view) == "dicoba saja dulu"


def test_a_drag_inside_the_selection_selects_anew(show: Show) -> None:
    view = show(transcript())
    start, end = words_at(view, "dicoba saja dulu")
    view.select(start, end)
    drag(view, place(view, start + 7), place(view, start + 11))
    assert selected(view) == "saja"
    view.select(start, end)
    drag(view, place(view, start + 11), place(view, start))
    assert selected(view) == "dicoba saja"
    view.select(start, end)
    click(view, place(view, start + 7))
    assert view.selection() == (start + 7, start + 7)


def test_a_drag_backwards_across_turns_selects_the_text_between(show: Show) -> None:
    view = show(transcript())
    start, end = words_at(view, "loket, Bu?")[0], words_at(view, "Kalau saya")[1]
    drag(view, place(view, end), place(view, start))
    assert selected(view) == "loket, Bu?\nA3: Kalau saya"


def test_double_click_selects_the_word_and_a_third_the_paragraph(show: Show) -> None:
    page = Page("Soal undang-undang dan Jum'at itu.\nLain lagi.")
    view = show(page)
    where = place(view, page.text.index("undang-undang") + 7)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, where)
    assert selected(view) == "undang-undang"
    QTest.mousePress(view.viewport(), LEFT, NONE, where)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, where)
    assert selected(view) == "Soal undang-undang dan Jum'at itu."


def test_after_a_double_click_the_held_button_goes_on_by_words(show: Show) -> None:
    view = show(transcript())
    QTest.mouseDClick(view.viewport(), LEFT, NONE, place(view, words_at(view, "saja")[0] + 2))
    QTest.mouseMove(view.viewport(), place(view, words_at(view, "dulu")[0] + 2))
    assert selected(view) == "saja dulu"
    QTest.mouseMove(view.viewport(), place(view, words_at(view, "dicoba")[0] + 2))
    assert selected(view) == "dicoba saja"
    QTest.mouseRelease(view.viewport(), LEFT, NONE, place(view, words_at(view, "dicoba")[0] + 2))
    QTest.mouseMove(view.viewport(), place(view, words_at(view, "dulu")[0] + 2))
    assert selected(view) == "dicoba saja"


KEYS = [
    (Qt.Key.Key_Right, NONE, 1),
    (Qt.Key.Key_Right, CONTROL, len("Kalau ")),
    (Qt.Key.Key_End, NONE, None),
    (Qt.Key.Key_Home, NONE, 0),
]


@pytest.mark.parametrize(("key", "modifiers", "distance"), KEYS)
def test_keys_move_the_caret(
    show: Show, key: Qt.Key, modifiers: Qt.KeyboardModifier, distance: int | None
) -> None:
    view = show(transcript())
    start = words_at(view, "Kalau saya")[0]
    view.select(start, start)
    QTest.keyClick(view, key, modifiers)
    layout = view.body.layout(view.body.runs.at(start))
    assert view.caret == (layout.line_bounds(0)[1] if distance is None else start + distance)


def test_keys_select_by_shift_and_cross_hidden_labels(show: Show) -> None:
    view = show(transcript())
    start, end = words_at(view, "Bagaimana antrean di loket, Bu?")
    view.select(end, end)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.caret == words_at(view, "Kalau")[0]
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.caret == end
    for _step in range(2):
        QTest.keyClick(view, Qt.Key.Key_Left, CONTROL | SHIFT)
    assert selected(view) == "loket, Bu?"
    QTest.keyClick(view, Qt.Key.Key_Home, SHIFT)
    assert selected(view) == "Bagaimana antrean di loket, Bu?"
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.selection() == (start, start)


def test_up_and_down_keep_their_place_in_the_line(show: Show) -> None:
    view = show(transcript(3))
    start = words_at(view, "loket, Bu?")[0]
    view.select(start, start)
    wished = view.body.x_of(start)
    for _step in range(6):
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.body.x_of(view.caret) <= wished + 10
    for _step in range(6):
        QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.caret == start
    QTest.keyClick(view, Qt.Key.Key_Home, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.caret == view.body.runs.starts[0]


def test_page_keys_scroll_by_a_screen_and_the_ends_are_reached(show: Show) -> None:
    view = show(transcript(40))
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    view.placed()
    assert view.verticalScrollBar().value() == view.viewport().height() - view.style_of_text.line
    assert 0 < view.caret < len(view.page.text)
    QTest.keyClick(view, Qt.Key.Key_End, CONTROL)
    assert view.caret == len(view.page.text)
    view.placed()
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    QTest.keyClick(view, Qt.Key.Key_Home, CONTROL | SHIFT)
    assert view.selection() == (view.body.runs.starts[0], len(view.page.text))
    view.placed()
    assert view.verticalScrollBar().value() == 0


def test_select_all_stays_where_one_reads_and_escape_ends_it(show: Show) -> None:
    view = show(transcript(40))
    view.verticalScrollBar().setValue(500)
    before = view.visible_range()
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert view.selection() == (view.body.runs.starts[0], len(view.page.text))
    assert view.visible_range() == before
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection()[0] == view.selection()[1]


def test_other_keys_are_left_to_the_window(show: Show) -> None:
    view = show(transcript())
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_5, NONE, "5")
    view.keyPressEvent(event)
    assert not event.isAccepted()


def test_word_sentence_turn_and_paragraph(show: Show) -> None:
    view = show(transcript())
    start = words_at(view, "punya ide antrean")[0]
    view.select(start, start)
    view.select_word()
    assert selected(view) == "punya"
    view.select_sentence()
    assert selected(view) == "Staf saya punya ide antrean lewat pesan."
    view.select_turn()
    assert selected(view).startswith("Kalau saya")
    view.select_paragraph()
    assert selected(view).startswith("Kalau saya")  # its label hides
    view.select(start, start)
    grown = []
    for _step in range(5):
        view.grow_selection()
        grown.append(selected(view))
    assert grown[0] == "punya"
    assert grown[1] == "Staf saya punya ide antrean lewat pesan."
    assert grown[2].startswith("Kalau saya")
    assert grown[-1].startswith("Bagaimana")
    shrunk = []
    different = list(dict.fromkeys(grown))
    for _step in different:
        view.shrink_selection()
        shrunk.append(selected(view))
    assert shrunk == [*different[-2::-1], ""]
    assert view.selection() == (start, start)


def test_what_was_not_grown_shrinks_to_the_parts_at_its_start(show: Show) -> None:
    view = show(transcript())
    view.select(*words_at(view, "punya ide antrean"))
    view.select_turn()
    view.shrink_selection()
    assert selected(view).endswith(".")
    sentence = selected(view)
    view.shrink_selection()
    assert selected(view) == "Kalau"
    assert sentence.startswith("Kalau saya")
    view.shrink_selection()
    assert selected(view) == "Kalau"


def test_copy_gives_the_text_with_its_citation(show: Show) -> None:
    view = show(transcript())
    view.select(*words_at(view, "dicoba saja"))
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "dicoba saja"
    view.copy_format = lambda text, start, end: f"“{text}” (A3, {start}–{end})"
    view.copy()
    start, end = view.selection()
    assert QGuiApplication.clipboard().text() == f"“dicoba saja” (A3, {start}–{end})"


def test_dragging_below_the_window_scrolls_and_selects(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(30))
    start = words_at(view, "dicoba")[0]
    QTest.mousePress(view.viewport(), LEFT, NONE, place(view, start))
    QTest.mouseMove(view.viewport(), QPoint(300, view.viewport().height() + 120))
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 300, timeout=5000)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, QPoint(300, view.viewport().height() + 120))
    first, last = view.selection()
    assert first == start
    assert last > view.visible_range()[0]
    value = view.verticalScrollBar().value()
    qtbot.wait(80)
    assert view.verticalScrollBar().value() == value


def test_words_of_every_script_are_crossed_on_and_back(show: Show) -> None:
    text = "\n".join(line for line in MANY_SCRIPTS.split("\n") if line[0] not in "عע")
    view = show(Page(text))
    seen = []
    while not seen or seen[-1] != view.caret:
        seen.append(view.caret)
        view.move_caret("word", onward=True, selecting=False)
    assert view.caret == len(text)
    assert len(seen) > 30
    for _step in seen:
        view.move_caret("word", onward=False, selecting=False)
    assert view.caret == 0


def test_the_left_key_goes_on_in_a_paragraph_read_from_right_to_left(show: Show) -> None:
    text = "שלום עולם.\nselesai"
    view = show(Page(text))
    view.move_caret("word", onward=False, selecting=False)
    assert view.caret == 5
    for _step in range(6):
        view.move_caret("character", onward=False, selecting=True)
    assert view.caret == text.index("selesai")
    assert selected(view) == text[5:11]
