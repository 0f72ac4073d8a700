"""Writing a short text where one is: a memo, a condensed wording, a reason. Leaving keeps the words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.overlay import Overlay
from qualcoder_lite.ui.kit.panel import label

WIDTH, HEIGHT = 380, 190


class _Words(QPlainTextEdit):
    """Plain words; Ctrl+Enter and Escape are the box's."""

    def __init__(self, box: NoteBox) -> None:
        super().__init__()
        self._box = box
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._box.leave()
        elif event.key() == Qt.Key.Key_Escape:
            self._box.give_up()
        else:
            super().keyPressEvent(event)


class NoteBox(Overlay):
    """A box to write in; `keep` gets the words when it is left and they differ, and tells if they are kept.

    Until they are, the box stays open with them.
    """

    def __init__(
        self, tokens: theme.Theme, title: str, words: str, keep: Callable[[str], bool], window: QWidget
    ) -> None:
        """A box with words to go on from."""
        super().__init__(tokens, title, window)
        self._before, self._keep = words, keep
        column = QVBoxLayout(self)
        edge = tokens.px(theme.SPACE_12)
        column.setContentsMargins(edge, tokens.px(theme.SPACE_8), edge, tokens.px(theme.SPACE_8))
        column.setSpacing(tokens.px(theme.SPACE_8))
        column.addWidget(label(tokens, title, "panel"))
        self.words = _Words(self)
        self.words.setPlainText(words)
        self.words.setAccessibleName(title)
        column.addWidget(self.words, 1)
        column.addWidget(label(tokens, _("Ctrl Enter keeps the words, Esc does not."), "secondary", "ink3"))

    def open_under(self, words: QRect) -> None:
        """Open beside words of the window."""
        self.open_at(words, self.tokens.px(WIDTH), self.tokens.px(HEIGHT))
        self.words.setFocus()
        self.words.moveCursor(self.words.textCursor().MoveOperation.End)

    def leave(self) -> None:
        """Keep what was written."""
        words = self.words.toPlainText().strip()
        if words == self._before.strip() or self._keep(words):
            self.end()

    def let_go(self) -> bool:
        """Keep what was written; returns whether it is kept."""
        self.leave()
        return self.isHidden()
