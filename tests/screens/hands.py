"""Hands on the window: keys go to whatever has the focus, the mouse to what is to be seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QContextMenuEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QMenu,
    QToolButton,
    QWidget,
)

from qualcoder_lite import i18n
from qualcoder_lite.ui.kit import shapes, theme
from qualcoder_lite.ui.kit.tree import Tree
from qualcoder_lite.ui.window.app import new_window, the_application

W = TypeVar("W", bound=QWidget)
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
PATIENCE = 30.0  # seconds for long work


class Hands:
    """A window in a language, and two hands."""

    def __init__(self, language: str, size: tuple[int, int] = (1280, 720), coder: str = "Dewi") -> None:
        """Open the window on the screen."""
        i18n.use_language(language)
        self.application = the_application()
        tokens = theme.theme()
        shapes.dress(self.application, tokens)
        self.window = new_window(tokens, coder)
        self.window.resize(*size)
        self.window.show()
        self.window.complete()
        self.wait(lambda: self.window.isVisible())
        self.window.activateWindow()
        self.wait(lambda: QApplication.activeWindow() is self.window)

    def wait(self, ready: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        until = time.monotonic() + PATIENCE
        while not ready():
            self.application.processEvents()
            if time.monotonic() > until:
                raise AssertionError("waited too long")
            time.sleep(0.002)
        self.application.processEvents()

    def rest(self) -> None:
        """Let the window do what it put off."""
        self.wait(lambda: not self.window.tasks.busy)
        self.wait(lambda: not self.window.desk.later.isActive())

    def focus(self) -> QWidget:
        """What has the keys: what has popped up, else the widget with the focus."""
        popup = QApplication.activePopupWidget()
        found = (popup.focusWidget() or popup) if popup is not None else QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key."""
        QTest.keyClick(self.focus(), key, modifiers)
        self.application.processEvents()

    def key_on_window(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key while nothing particular has the focus."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.application.processEvents()

    def type(self, words: str) -> None:
        """Type words."""
        for letter in words:
            QTest.keyClicks(self.focus(), letter)
            self.application.processEvents()

    def click(self, widget: QWidget, place: QPoint | None = None, double: bool = False) -> None:
        """Click the middle of a widget, or a place of it."""
        where = place if place is not None else widget.rect().center()
        (QTest.mouseDClick if double else QTest.mouseClick)(widget, LEFT, NONE, where)
        self.application.processEvents()

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Press at one place, move to another, release."""
        QTest.mousePress(widget, LEFT, NONE, start)
        QTest.mouseMove(widget, (start + end) / 2)
        QTest.mouseMove(widget, end)
        QTest.mouseRelease(widget, LEFT, NONE, end)
        self.application.processEvents()

    def carry(self, start_on: QWidget, start: QPoint, end_on: QWidget, end: QPoint) -> None:
        """Drag something from one widget, and drop it on another."""
        handle, origin = self.window.windowHandle(), self.window.mapFromGlobal(start_on.mapToGlobal(start))
        goal = self.window.mapFromGlobal(end_on.mapToGlobal(end))
        steps: list[Callable[[], object]] = [
            lambda: QTest.mouseMove(handle, (origin + goal) / 2),
            lambda: QTest.mouseMove(handle, goal),
            lambda: QTest.mouseMove(handle, goal + QPoint(1, 1)),
            lambda: QTest.mouseRelease(handle, LEFT, NONE, goal + QPoint(1, 1)),
        ]
        for number, step in enumerate(steps, 1):  # what is dragged has a loop of its own
            QTimer.singleShot(60 * number, step)
        QTest.mousePress(start_on, LEFT, NONE, start)
        QTest.mouseMove(start_on, start + QPoint(0, 2 * QApplication.startDragDistance()))
        QTest.qWait(60 * (len(steps) + 2))
        self.application.processEvents()

    def choose_in(self, box: QComboBox, value: object) -> None:
        """Open a box of values and click one of them."""
        row = box.findData(value)
        assert row >= 0, f"{value} is not offered"
        self.click(box)
        self.wait(lambda: box.view().isVisible())
        QTest.qWait(QApplication.doubleClickInterval() + 50)  # a click that comes sooner is not taken
        view = box.view()
        place = view.visualRect(box.model().index(row, 0)).center()
        QTest.mouseMove(view.viewport(), place - QPoint(20, 0))
        QTest.mouseMove(view.viewport(), place)
        self.click(view.viewport(), place)
        self.wait(lambda: not view.isVisible())
        assert box.currentData() == value

    def clear(self, field: QWidget) -> None:
        """Click into a field and take out all that stands in it."""
        self.click(field.viewport() if isinstance(field, QAbstractScrollArea) else field)
        self.key(Key.Key_A, CONTROL)
        self.key(Key.Key_Delete)

    def choose_at_words(self, words: str, command: str) -> None:
        """Open the menu of a place of the text with the right button, and click a command in it."""
        viewport, place = self.window.desk.text.viewport(), self.words(words)[0] + QPoint(40, 0)
        QTest.mouseClick(viewport, Qt.MouseButton.RightButton, NONE, place)
        menu_event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place), NONE
        )
        self.application.sendEvent(viewport, menu_event)
        self.choose(self.window.desk.actions_by_id[command])

    def choose(self, action: QAction) -> None:
        """Click a command in the menu that is open."""
        self.wait(lambda: self.application.activePopupWidget() is not None)
        menu = self.application.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu is open"
        assert action in menu.actions(), f"{action.text()} is not in the menu"
        self.click(menu, menu.actionGeometry(action).center())

    def choose_from(self, button: QToolButton, words: str) -> None:
        """Open the menu of a button, which has a loop of its own, and click an entry."""
        found: list[QAction] = []

        def pick() -> None:
            menu = self.application.activePopupWidget()
            if not isinstance(menu, QMenu):
                QTimer.singleShot(20, pick)
                return
            found.extend(action for action in menu.actions() if action.text() == words)
            if found:
                QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(found[0]).center())
            else:
                menu.close()

        QTimer.singleShot(20, pick)
        self.click(button)
        assert found, f"{words} is not in the menu"

    def drop_files(self, *paths: Path) -> None:
        """Drop files on the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        place = QPointF(self.window.rect().center())
        event = QDropEvent(place, Qt.DropAction.CopyAction, data, LEFT, NONE, QEvent.Type.Drop)
        self.window.dropEvent(event)
        self.application.processEvents()

    def click_row(self, tree: Tree, key: object, double: bool = False) -> None:
        """Click a row of a tree."""
        index = tree.rows.index_of(key)
        assert index.isValid(), "the row is not there"
        above = index.parent()
        if above.isValid() and not tree.isExpanded(above):
            self.click_chevron(tree, above)
        tree.scrollTo(index)
        self.application.processEvents()
        box = tree.visualRect(index)
        self.click(tree.viewport(), QPoint(box.left() + 90, box.center().y()), double)

    def click_chevron(self, tree: Tree, index: object) -> None:
        """Open a row at its chevron."""
        tree.scrollTo(index)  # type: ignore[arg-type]
        box = tree.visualRect(index)  # type: ignore[arg-type]
        left = tree.chevron_left(tree.rows.node(index))  # type: ignore[arg-type]
        self.click(tree.viewport(), QPoint(left + 8, box.center().y()))

    def click_item(self, view: QAbstractItemView, row: int, double: bool = False) -> None:
        """Click a row of a list."""
        index = view.model().index(row, 0)
        view.scrollTo(index)
        box: QRect = view.visualRect(index)
        self.click(view.viewport(), QPoint(box.left() + 60, box.center().y()), double)

    def shown(self, kind: type[W]) -> W:
        """The one widget of this kind that is to be seen."""
        (found,) = [one for one in self.application.allWidgets() if isinstance(one, kind) and one.isVisible()]
        return found

    def save_as(self, path: Path) -> None:
        """Answer the system's next question for a file with this one."""
        QFileDialog.getSaveFileName = staticmethod(lambda *_given: (str(path), ""))  # type: ignore[assignment]

    def words(self, text: str) -> tuple[QPoint, QPoint]:
        """Where words of the text begin and end on the screen, after they are brought into sight."""
        view = self.window.desk.text
        start = view.page.text.index(text)
        view.reveal(start, start + len(text), jump=True)
        self.application.processEvents()
        first, last = view.caret_box(start).center(), view.caret_box(start + len(text)).center()
        return first.toPoint(), last.toPoint()

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.application.processEvents()
