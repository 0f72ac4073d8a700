"""Clicking into a text view, dragging over it, and asking what is selected."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from qualcoder_lite.ui.text.view import TextView

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
