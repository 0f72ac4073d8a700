"""What is seen of a text: jumps, scrolling, zoom, found words, line numbers, marks, scripts, themes."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcoder_lite.lines import lines_of
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.page import Page
from tests.ui.pages import MANY_SCRIPTS, coding, marked, transcript
from tests.ui.text.driving import CONTROL, NONE, Show, click, place, selected


def test_go_to_jumps_to_a_far_passage_and_shows_it(show: Show, qtbot: QtBot) -> None:
    page = transcript(400)
    view = show(page)
    start = page.text.index("Loket ramai", len(page.text) * 3 // 4)
    view.go_to(start, start + 11)
    first, last = view.visible_range()
    assert first < start < start + 11 < last
    assert 0 < view.caret_box(start).top() < view.viewport().height() / 2
    assert view.flash == (start, start + 11)
    qtbot.waitUntil(lambda: view.flash is None, timeout=2000)


def test_scrolling_up_over_what_was_only_estimated_is_exact(show: Show) -> None:
    view = show(transcript(200))
    view.go_to(len(view.page.text) // 2, len(view.page.text) // 2)
    for _step in range(60):
        position = view.visible_range()[0]
        before = view.caret_box(position).top()
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() - 40)
        assert view.caret_box(position).top() == pytest.approx(before + 40)


def test_zoom_keeps_what_one_reads(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(60))
    view.verticalScrollBar().setValue(4000)
    position = view.visible_range()[0]
    place_before = view.caret_box(position).top()
    with qtbot.waitSignal(view.text_size_changed) as told:
        view.set_text_size(20)
    assert told.args == [20]
    assert view.caret_box(position).top() == pytest.approx(place_before, abs=1)
    view.set_text_size(99)
    assert view.text_size == theme.READING_SIZES[-1]
    view.resize(700, 590)
    assert view.caret_box(position).top() == pytest.approx(place_before, abs=2)


def test_found_words_are_marked_and_the_current_one_is_shown(show: Show) -> None:
    page = transcript(100)
    view = show(page)
    hits = [(start, start + 5) for start in range(len(page.text)) if page.text.startswith("loket", start)]
    before = view.grab().toImage()
    view.set_hits(hits)
    marked_once = view.grab().toImage()
    assert marked_once != before
    view.set_hits(hits, 80)
    first, last = view.visible_range()
    assert first < hits[80][0] < last
    view.set_hits([])
    view.verticalScrollBar().setValue(0)
    assert view.grab().toImage() == before


def test_line_numbers_come_from_the_rule_that_is_given(show: Show, qtbot: QtBot) -> None:
    page = transcript(8)
    view = show(Page(page.text, page.turns, (), (), page.hidden, lines_of(40)))
    assert view.numbers.tolist() == lines_of(40)(page.text).tolist()
    without = show(page)
    assert view.grab().toImage() != without.grab().toImage()
    long = transcript(1200)
    view.show_page(Page(long.text, long.turns, (), (), long.hidden, lines_of(72)))
    assert len(view.numbers) == 0
    qtbot.waitUntil(lambda: len(view.numbers) > 0, timeout=5000)


def test_marks_change_how_text_is_set(show: Show) -> None:
    page = marked()
    view = show(page)
    looks = [run.layout.look for run in view.placed()]
    assert [look.heading for look in looks] == [1, 0, 0, 0, 0, 0]
    assert [look.item for look in looks] == [False, False, True, True, False, False]
    assert [look.row for look in looks] == [False] * 4 + [True] * 2
    start = page.text.index("utama")
    assert looks[1].spans[0] == (start, start + 5, 600, True)
    assert looks[1].spans[1][2:] == (400, True)
    assert view.placed()[0].layout.line_height > view.placed()[1].layout.line_height
    assert view.grab().toImage() != show(Page(page.text)).grab().toImage()


@pytest.mark.parametrize("name", theme.THEMES)
def test_every_theme_paints_every_script_and_overlap(show: Show, name: str) -> None:
    signs = enumerate(("+", "-", "0", "±", None) * 9)
    more = {"starred": True, "memo": True}
    kinds = ("etic", "emic", "emic")
    codings = [
        coding(n, n * 3, n * 3 + 60, perspective=kinds[n % 3], polarity=one, **more) for n, one in signs
    ]
    view = show(Page(MANY_SCRIPTS, codings=tuple(codings)), tokens=theme.theme(name))
    picture = view.grab().toImage()
    assert picture.pixelColor(2, view.height() - 3) == theme.theme(name).page
    view.select_all()
    assert view.grab().toImage() != picture


def test_a_paragraph_of_a_million_characters(show: Show) -> None:
    view = show(Page("Satu kalimat yang biasa saja. " * 34_000))
    middle = len(view.page.text) // 2
    view.go_to(middle, middle + 10)
    first, last = view.visible_range()
    assert first < middle < last
    assert last - first < 4000
    click(view, place(view, middle))
    assert view.caret == middle
    view.select_sentence()
    assert selected(view) == "Satu kalimat yang biasa saja."
    QTest.keyClick(view, Qt.Key.Key_End, CONTROL)
    assert view.caret == len(view.page.text)
    position = view.caret
    for _step in range(3000):
        view.move_caret("character", onward=False, selecting=False)
    assert view.caret == position - 3000


def test_an_empty_page_can_be_clicked_and_typed_into(show: Show) -> None:
    view = show(Page(""))
    click(view, QPoint(200, 200))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_A):
        QTest.keyClick(view, key, CONTROL if key == Qt.Key.Key_A else NONE)
    view.select_sentence()
    view.step_coding(True)
    assert view.selection() == (0, 0)
    assert view.visible_range() == (0, 0)


def test_focus_shows_the_caret(show: Show) -> None:
    view = show(transcript())
    view.clearFocus()
    assert not view.hasFocus()
    without = view.grab().toImage()
    view.setFocus()
    assert view.grab().toImage() != without
