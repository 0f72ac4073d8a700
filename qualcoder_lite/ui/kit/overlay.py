"""Small boxes over the window's content: they stay inside the window and close when one clicks elsewhere.

They are children of the window, not windows of their own, so that they look and behave alike on every system.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from qualcoder_lite.ui.kit import theme


class Overlay(QWidget):
    """A box; `leave` is called when it closes by a click elsewhere, `give_up` by Escape."""

    def __init__(self, tokens: theme.Theme, name: str, window: QWidget) -> None:
        """A box that is not shown yet."""
        super().__init__(window)
        self.tokens, self._back = tokens, _outside(QApplication.focusWidget())
        self.setAccessibleName(name)
        self.is_above = False  # it stands above the words, not below
        self.setAutoFillBackground(True)
        self.hide()

    def open_at(self, words: QRect, width: int, height: int) -> None:
        """Open below words of the window, above them where there is no room; never over them if it fits."""
        inside, gap = self.window().rect(), self.tokens.px(theme.SPACE_8)
        width, height = min(width, inside.width() - 2 * gap), min(height, inside.height() - 2 * gap)
        x = min(max(gap, words.left()), inside.right() - width - gap)
        below, above = words.bottom() + gap, words.top() - gap - height
        self.is_above = below + height > inside.bottom() and above >= inside.top()
        y = above if self.is_above else below
        self.place(QRect(x, y, width, height))
        self._appear()

    def place(self, box: QRect) -> None:
        """Take a place of the window, moved and made smaller so that no edge of the window cuts it."""
        inside = self.window().rect()
        width, height = min(box.width(), inside.width()), min(box.height(), inside.height())
        x = max(0, min(box.left(), inside.width() - width))
        self.setGeometry(x, max(0, min(box.top(), inside.height() - height)), width, height)

    def open_in_middle(self, width: int, height: int) -> None:
        """Open in the upper middle of the window."""
        inside = self.window().rect()
        width, height = min(width, inside.width() - 32), min(height, inside.height() - 80)
        self.place(QRect((inside.width() - width) // 2, self.tokens.px(56), width, height))
        self._appear()

    def _appear(self) -> None:
        self.show()
        self.raise_()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click elsewhere closes the box; where the window gets smaller the box stays inside."""
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self.place(self.geometry())
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            outside = watched is not self and not self.isAncestorOf(watched)
            if outside and watched.window() is self.window() and self.isVisible():
                self.leave()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the box."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes round inside the box."""
        fields = self._fields_in_order()
        if not fields:
            return False
        now = QApplication.focusWidget()
        at = fields.index(now) if now in fields else -1
        reason = Qt.FocusReason.TabFocusReason if onward else Qt.FocusReason.BacktabFocusReason
        fields[(at + (1 if onward else -1)) % len(fields)].setFocus(reason)
        return True

    def _fields_in_order(self) -> list[QWidget]:
        """What takes the keys by Tab inside the box, in that order."""
        fields, each = list[QWidget](), self.nextInFocusChain()
        while each is not None and each is not self:
            takes = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus) and each.focusProxy() is None
            if takes and each.isEnabled() and each.isVisible() and self.isAncestorOf(each):
                fields.append(each)
            each = each.nextInFocusChain()
        return fields

    def leave(self) -> None:
        """A click elsewhere."""
        self.end()

    def give_up(self) -> None:
        """Escape."""
        self.end()

    def let_go(self) -> bool:
        """The window is being left: close; returns False, and stays, where words in it are not kept."""
        self.end()
        return True

    def end(self) -> None:
        """Close, and give the keys back to where they were."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.hide()
        self.deleteLater()
        if had_focus and self._back is not None and isValid(self._back):
            self._back.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and frame."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.tokens.panel)
        painter.setPen(QPen(self.tokens.border, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def _outside(focused: QWidget | None) -> QWidget | None:
    """Where the keys were before any box was open: a box may be opened from another one that then closes."""
    above = focused
    while above is not None:
        if isinstance(above, Overlay):
            return above._back
        above = above.parentWidget()
    return focused


def in_window(widget: QWidget, box: QRect) -> QRect:
    """A rectangle of a widget in the places of its window."""
    return QRect(widget.mapTo(widget.window(), QPoint(box.topLeft())), box.size())
