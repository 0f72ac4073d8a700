"""The text view under real clicks and keys: select, code, resize, jump, zoom."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from qualcoder_lite.lines import lines_of
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.mouse import SELECTION_DRAG
from qualcoder_lite.ui.text.page import Page
from qualcoder_lite.ui.text.view import CODE_DRAG, TextView
from tests.ui.pages import MANY_SCRIPTS, at, coding, marked, transcript, with_codings

Show = Callable[..., TextView]
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def place(view: TextView, position: int, beside: float = 1) -> QPoint:
    """Where a position is seen, a little to its right."""
    box = view.caret_box(position)
    return QPointF(box.center().x() + beside, box.center().y()).toPoint()


def click(view: TextView, where: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(view.viewport(), LEFT, modifiers, where)


def drag(view: TextView, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    QTest.mouseMove(view.viewport(), (start + end) / 2)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, end)


def selected(view: TextView) -> str:
    start, end = view.selection()
    return view.page.text[start:end]


def words_at(view: TextView, words: str) -> tuple[int, int]:
    start = view.page.text.index(words)
    return start, start + len(words)


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


# Codings


def three() -> Page:
    """A transcript with three codings, two of them overlapping."""
    page = transcript(6)
    return with_codings(
        page,
        at(page, "dicoba saja dulu", 1),
        at(page, "saja", 2, perspective="emic"),
        at(page, "Loket ramai", 3),
    )


def test_a_click_on_a_stripe_or_label_activates_the_coding(show: Show, qtbot: QtBot) -> None:
    view = show(three())
    stripe = view.side().stripes[0]
    with qtbot.waitSignal(view.coding_activated) as told:
        click(view, QPoint(stripe.left + 1, (max(stripe.top, 0) + stripe.bottom) // 2))
    assert told.args == [stripe.coding.id]
    assert view.handle_ends() == (stripe.coding.start, stripe.coding.end)
    label = view.side().labels[2]
    click(view, QPoint(view.columns.label + 20, label.top + 8))
    assert view.active is label.coding
    assert view.caret == label.coding.start
    click(view, place(view, words_at(view, "Bagaimana")[0]))
    assert view.active is None


def test_hovering_lets_the_coding_stand_out_in_text_and_margin(show: Show, qtbot: QtBot) -> None:
    view = show(three())
    before = view.grab().toImage()
    with qtbot.waitSignal(view.coding_hovered) as told:
        QTest.mouseMove(view.viewport(), place(view, words_at(view, "saja")[0], 8))
    assert told.args == [coding(2, 0, 1).id]  # the shortest
    assert view.grab().toImage() != before
    label = view.side().labels[0]
    QTest.mouseMove(view.viewport(), QPoint(view.columns.label + 20, label.top + 8))
    assert view.hovered is label.coding
    QTest.mouseMove(view.viewport(), place(view, words_at(view, "Bagaimana")[0], 8))
    assert view.hovered is None
    assert view.grab().toImage() == before


def test_a_handle_of_the_active_coding_resizes_it(show: Show, qtbot: QtBot) -> None:
    view = show(three())
    coded = view.side().labels[0].coding
    view.activate(coded.id)
    box = view.caret_box(coded.end)
    handle = QPoint(round(box.center().x()), round(box.bottom()) + 2)
    target = place(view, words_at(view, "Staf saya")[1])
    with qtbot.waitSignal(view.coding_resized) as told:
        drag(view, handle, target)
    assert told.args == [coded.id, coded.start, words_at(view, "Staf saya")[1]]
    assert view.resizing is None


def test_a_handle_of_the_selection_extends_it(show: Show) -> None:
    view = show(transcript())
    view.select(*words_at(view, "saja dulu"))
    box = view.caret_box(view.selection()[0])
    drag(
        view, QPoint(round(box.center().x()), round(box.top()) - 2), place(view, words_at(view, "dicoba")[0])
    )
    assert selected(view) == "dicoba saja dulu"


def test_update_codings_changes_the_picture_and_back(show: Show) -> None:
    view = show(three())
    before = view.grab().toImage()
    new = at(view.page, "Kalau saya", 9)
    view.update_codings([new])
    assert new in [label.coding for label in view.side().labels]
    assert view.grab().toImage() != before
    view.update_codings(removed=[new.id])
    assert view.grab().toImage() == before
    changed = at(view.page, "saja", 2, perspective="emic", polarity="+")
    view.update_codings([changed])
    assert view.body.codings.by_id[changed.id] is changed
    assert len(view.body.codings.items) == 3


def test_the_active_coding_follows_its_change_and_goes_with_it(show: Show) -> None:
    view = show(three())
    view.activate(coding(3, 0, 1).id)
    view.update_codings([at(view.page, "Loket ramai dan", 3)])
    assert view.handle_ends() == words_at(view, "Loket ramai dan")
    view.update_codings(removed=[coding(3, 0, 1).id])
    assert view.active is None


def test_the_coding_that_a_key_would_mean_stands_out_in_the_margin(show: Show) -> None:
    view = show(three())
    start = words_at(view, "saja")[0]
    label = next(one for one in view.side().labels if one.coding.key == "S2")
    ground = QPoint(view.columns.label + view.columns.label_width, label.top + 9)
    assert view.grab().toImage().pixelColor(ground) == view.tokens.page
    view.select(start, start)
    assert view.at_hand() is label.coding
    assert view.grab().toImage().pixelColor(ground) == view.tokens.hover
    view.activate(label.coding.id)
    assert view.grab().toImage().pixelColor(ground) == view.tokens.accent_tint
    view.activate(coding(1, 0, 1).id)
    assert view.at_hand().key == "S1"


def test_next_and_previous_coding(show: Show) -> None:
    view = show(three())
    visited = []
    for onward in (True, True, True, True, False, False, False):
        view.step_coding(onward)
        visited.append(view.active.key)
    assert visited == ["S1", "S2", "S3", "S3", "S2", "S1", "S1"]


def test_more_labels_than_fit_open_by_hover_and_by_key(show: Show, qtbot: QtBot) -> None:
    page = transcript(3)
    codings = [at(page, "loket, Bu", number) for number in range(8)] + [
        at(page, "Kalau", 20),
        at(page, "Lalu", 21),
    ]
    view = show(with_codings(page, *codings))
    label = next(one for one in view.side().labels if one.more)
    QTest.mouseMove(view.viewport(), QPoint(view.columns.label + 20, label.top + 8))
    assert [one.coding.key for one in view.expanded] == [f"S{number}" for number in range(8)]
    box = view.expanded_box()
    assert box.top() >= 0
    last = view.expanded[-1]
    click(view, QPoint(view.columns.label + 20, last.top + 8))
    assert view.active.key == "S7"
    QTest.mouseMove(view.viewport(), QPoint(200, 500))
    assert view.expanded == []
    view.select(*words_at(view, "loket, Bu"))
    view.expand_at_caret()
    assert view.expanded == []  # the caret stands behind the words
    view.select(words_at(view, "loket, Bu")[0], words_at(view, "loket, Bu")[0])
    view.expand_at_caret()
    assert len(view.expanded) == 8
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.expanded == []


def test_the_menu_is_asked_for_with_place_position_and_coding(show: Show, qtbot: QtBot) -> None:
    view = show(three())
    start = words_at(view, "saja")[0]
    with qtbot.waitSignal(view.menu_requested) as told:
        where = place(view, start, 6)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, view.viewport().mapToGlobal(where))
        QGuiApplication.sendEvent(view.viewport(), event)
    _place, position, coded = told.args
    assert position in (start, start + 1)
    assert coded == coding(2, 0, 1).id
    assert view.caret == position


# What is seen


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


def test_an_empty_page_can_be_clicked_and_typed_into(show: Show) -> None:
    view = show(Page(""))
    click(view, QPoint(200, 200))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_A):
        QTest.keyClick(view, key, CONTROL if key == Qt.Key.Key_A else NONE)
    view.select_sentence()
    view.step_coding(True)
    assert view.selection() == (0, 0)
    assert view.visible_range() == (0, 0)


# Drag and drop


def dropped(view: TextView, kind: str, where: QPoint) -> bool:
    """Carry a code of this kind to a place and let it go; tell whether the view took it."""
    data = QMimeData()
    data.setData(kind, b"code")
    actions, buttons = Qt.DropAction.CopyAction, LEFT
    enter = QDragEnterEvent(where, actions, data, buttons, NONE)
    view.dragEnterEvent(enter)
    move = QDragMoveEvent(where, actions, data, buttons, NONE)
    view.dragMoveEvent(move)
    if enter.isAccepted() and move.isAccepted():
        view.dropEvent(QDropEvent(QPointF(where), actions, data, buttons, NONE))
        return True
    view.dragLeaveEvent(QDragLeaveEvent())
    return False


def test_a_code_dropped_on_the_selection(show: Show, qtbot: QtBot) -> None:
    view = show(three())
    inside = place(view, words_at(view, "Itu yang")[0])
    assert not dropped(view, CODE_DRAG, inside)  # nothing is selected
    view.select(*words_at(view, "Itu yang susah"))
    assert not dropped(view, "text/plain", inside)
    with qtbot.waitSignal(view.code_dropped) as told:
        assert dropped(view, CODE_DRAG, inside)
    assert told.args == [b"code", *words_at(view, "Itu yang susah")]


def test_a_code_dropped_on_a_label(show: Show, qtbot: QtBot) -> None:
    view = show(three())
    label = view.side().labels[1]
    with qtbot.waitSignal(view.code_dropped_on) as told:
        assert dropped(view, CODE_DRAG, QPoint(view.columns.label + 10, label.top + 5))
    assert told.args == [b"code", label.coding.id]
    assert view.hovered is None


def test_the_selection_can_be_carried_away(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    carried = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _actions: carried.append(drag.mimeData()))
    view = show(transcript())
    start, end = words_at(view, "dicoba saja dulu")
    view.select(start, end)
    drag(view, place(view, start + 3), QPoint(20, 300))
    assert carried[0].text() == "dicoba saja dulu"
    assert bytes(carried[0].data(SELECTION_DRAG).data()) == f"{start} {end}".encode()
    assert view.selection() == (start, end)
    click(view, place(view, start + 3))
    assert view.selection() == (start + 3, start + 3)


def test_a_label_says_all_when_it_is_pointed_at(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, _view: said.append(words))
    view = show(three())
    label = view.side().labels[0]
    where = QPoint(view.columns.label + 10, label.top + 5)
    help_event = QHelpEvent(QEvent.Type.ToolTip, where, view.viewport().mapToGlobal(where))
    QGuiApplication.sendEvent(view.viewport(), help_event)
    assert said == ["S1 Kode nomor 1, no polarity, code from theory"]


def test_focus_shows_the_caret(show: Show) -> None:
    view = show(transcript())
    view.clearFocus()
    assert not view.hasFocus()
    without = view.grab().toImage()
    view.setFocus()
    assert view.grab().toImage() != without
