"""What panels share: a head with title, count and tools; a sentence where a list is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.row_paint import elided, width_of


def tint(widget: QWidget, colour: QColor) -> None:
    """Give a widget's words a colour."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.WindowText, colour)
    widget.setPalette(palette)


def paper(widget: QWidget, ground: str) -> None:
    """Fill a widget's ground as the style sheet fills `window`, `panel`, `page` or `news`."""
    widget.setProperty("paper", ground)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def label(tokens: theme.Theme, words: str = "", role: str = "interface", tone: str = "ink") -> QLabel:
    """Plain words in a role of the type scale."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(tokens.font(role))
    tint(made, getattr(tokens, tone))
    return made


class Elided(QLabel):
    """Plain words of one line that are shortened where there is no room."""

    def __init__(self, tokens: theme.Theme, role: str = "interface", tone: str = "ink") -> None:
        """No words yet."""
        super().__init__()
        self._tokens, self._role, self.short = tokens, role, ""  # short: what is shown where not all fits
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(tokens.font(role))
        tint(self, getattr(tokens, tone))

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        wide = width_of(self.text(), self._tokens, self._role) + 2
        return QSize(wide, self._tokens.line(self._role))

    def minimumSizeHint(self) -> QSize:
        """Three dots."""
        return QSize(self._tokens.px(theme.SPACE_24), self._tokens.line(self._role))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter, words = QPainter(self), self.text()
        if self.short and width_of(words, self._tokens, self._role) > self.width():
            words = self.short
        shown = elided(words, self.width(), self._tokens, self._role)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()


def flat_button(tokens: theme.Theme, icon: str, words: str, run: Callable[[], object]) -> QToolButton:
    """A tool of a panel's head: an icon with its words as name and tooltip."""
    button = QToolButton()
    button.setProperty("flat", True)
    button.setIcon(icons.icon(icon, tokens))
    button.setIconSize(QSize(tokens.px(theme.ICON), tokens.px(theme.ICON)))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda: run())
    return button


def action_button(tokens: theme.Theme, icon: str, action: QAction) -> QToolButton:
    """A tool that does what a command does, and is enabled when it is."""
    button = flat_button(tokens, icon, action.toolTip(), action.trigger)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    action.changed.connect(lambda: button.setToolTip(action.toolTip()))
    return button


def link_button(tokens: theme.Theme, words: str, run: Callable[[], object]) -> QPushButton:
    """Words in the accent's colour that do something."""
    button = QPushButton(words)
    button.setProperty("link", True)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFont(tokens.font("interface"))
    button.clicked.connect(lambda: run())
    return button


def push_button(words: str, run: Callable[[], object], default: bool = False) -> QPushButton:
    """A button with words; the default one in the accent's colour."""
    button = QPushButton(words)
    button.setProperty("main", default)
    button.clicked.connect(lambda: run())
    return button


class IconLine(QLineEdit):
    """A line to type in, with an icon before the words that says what for."""

    def __init__(self, tokens: theme.Theme, icon: str, words: str) -> None:
        """An empty line; `words` stand in it until something is typed, and name it."""
        super().__init__()
        self._tokens, self._icon = tokens, icon
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setTextMargins(tokens.px(theme.ICON + 4), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, then the icon."""
        super().paintEvent(event)
        painter, side = QPainter(self), self._tokens.px(theme.ICON)
        box = QRectF(self._tokens.px(theme.SPACE_8), round((self.height() - side) / 2), side, side)
        icons.draw(painter, self._icon, self._tokens.ink2, box)
        painter.end()


class Choice(QComboBox):
    """One of some values, each with its words."""

    def __init__(self, tokens: theme.Theme, rows: Iterable[tuple[Any, str]], chosen: Any = None) -> None:
        """Rows of (value, words)."""
        super().__init__()
        self._tokens = tokens
        for value, words in rows:
            self.addItem(words, value)
        self.choose(chosen)

    def choose(self, value: Any) -> None:
        """Choose the row with a value, else the first."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, with the chevron of the theme."""
        super().paintEvent(event)
        painter, side = QPainter(self), self._tokens.px(theme.SPACE_12)
        box = QRectF(self.width() - side - self._tokens.px(8), (self.height() - side) / 2, side, side)
        icons.draw(painter, "chevron-down", self._tokens.ink2, box)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past a box must not change it."""
        event.ignore()


def line_across() -> QFrame:
    """A separator of one pixel."""
    line = QFrame()
    line.setObjectName("separator")
    line.setFixedHeight(1)
    return line


class Head(QWidget):
    """The head of a panel: its title, a count, tools at the right."""

    def __init__(self, tokens: theme.Theme, title: str, height: int = theme.PANEL_HEAD) -> None:
        """A head with a title."""
        super().__init__()
        self.tokens = tokens
        self.setFixedHeight(tokens.px(height))
        self.row = QHBoxLayout(self)
        edge = tokens.px(theme.SPACE_12)
        self.row.setContentsMargins(edge, 0, edge - tokens.px(theme.SPACE_4), 0)
        self.row.setSpacing(tokens.px(theme.SPACE_8))
        self.title = label(tokens, title, "panel")
        self.count = label(tokens, "", "secondary", "ink3")
        self.row.addWidget(self.title)
        self.row.addWidget(self.count)
        self.row.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """Put a tool at the right."""
        self.row.addWidget(widget)


class Hint(QWidget):
    """What stands where a list is empty: one sentence and one action."""

    def __init__(self, tokens: theme.Theme) -> None:
        """Nothing to say yet."""
        super().__init__()
        self.tokens = tokens
        column = QVBoxLayout(self)
        edge = tokens.px(theme.SPACE_12)
        column.setContentsMargins(edge, tokens.px(theme.SPACE_8), edge, tokens.px(theme.SPACE_8))
        column.setSpacing(tokens.px(theme.SPACE_8))
        self.sentence = label(tokens, "", "interface", "ink2")
        self.sentence.setWordWrap(True)
        self.button = link_button(tokens, "", lambda: self._run())
        column.addWidget(self.sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._run: Callable[[], object] = lambda: None

    def say(self, sentence: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Show a sentence and, where given, an action."""
        self.sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._run = run or (lambda: None)


def splitter(orientation: Qt.Orientation, *parts: QWidget) -> QSplitter:
    """Parts beside or above each other, with a handle of one pixel that is easy to grab."""
    made = QSplitter(orientation)
    made.setHandleWidth(1)
    made.setChildrenCollapsible(False)
    for part in parts:
        made.addWidget(part)
    return made
