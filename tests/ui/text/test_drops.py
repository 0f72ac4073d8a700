"""Codes dropped on the text, the selection carried away, and what a label says when it is pointed at."""

import dataclasses

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from qualcoder_lite.lines import line_number, line_starts, lines_of
from qualcoder_lite.ui.text.mouse import SELECTION_DRAG
from qualcoder_lite.ui.text.view import CODE_DRAG, TextView
from tests.ui.pages import three, transcript
from tests.ui.text.driving import LEFT, NONE, Show, click, drag, place, words_at


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


def test_the_selection_is_carried_away_once_it_is_held_still(
    show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _actions: carried.append(drag.mimeData()))
    view = show(transcript())
    start, end = words_at(view, "dicoba saja dulu")
    view.select(start, end)
    drag(view, place(view, start + 3), QPoint(20, 300))
    assert not carried  # only what is held still for a moment is carried: dragging selects
    view.select(start, end)
    QTest.mousePress(view.viewport(), LEFT, NONE, place(view, start + 3))
    qtbot.wait(QGuiApplication.styleHints().startDragTime() + 60)
    assert view.selection() == (start, end)
    assert view.viewport().cursor().shape() == Qt.CursorShape.OpenHandCursor
    QTest.mouseMove(view.viewport(), QPoint(20, 300))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, QPoint(20, 300))
    assert carried[0].text() == "dicoba saja dulu"
    assert bytes(carried[0].data(SELECTION_DRAG).data()) == f"{start} {end}".encode()
    assert view.selection() == (start, end)
    click(view, place(view, start + 3))
    assert view.selection() == (start + 3, start + 3)


def test_a_line_number_says_what_it_counts(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, _view: said.append(words))
    page = transcript()
    view = show(dataclasses.replace(page, line_rule=lines_of(30)))
    position = page.text.index("dicoba saja dulu")
    where = QPoint(view.columns.number_right - 4, round(view.caret_box(position).center().y()))
    help_event = QHelpEvent(QEvent.Type.ToolTip, where, view.viewport().mapToGlobal(where))
    QGuiApplication.sendEvent(view.viewport(), help_event)
    shown = view.position_at(QPointF(view.columns.text, where.y()))
    assert said[0].startswith(f"Line {line_number(line_starts(page.text, 30), shown)}, counted by the rule")


def test_a_label_says_all_when_it_is_pointed_at(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, _view: said.append(words))
    view = show(three())
    label = view.side().labels[0]
    where = QPoint(view.columns.label + 10, label.top + 5)
    help_event = QHelpEvent(QEvent.Type.ToolTip, where, view.viewport().mapToGlobal(where))
    QGuiApplication.sendEvent(view.viewport(), help_event)
    assert said == ["S1 Kode nomor 1, no polarity, code from theory"]
