"""Codings in the text view: pointed at, activated, resized, stepped through, labelled, and their menu."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
)
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.pages import at, coding, three, transcript, with_codings
from tests.ui.text.driving import Show, click, drag, place, selected, words_at


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
