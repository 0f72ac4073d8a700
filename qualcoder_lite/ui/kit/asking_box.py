"""A box that says what will happen and takes an optional reason for the audit trail, or a short answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.overlay import Overlay
from qualcoder_lite.ui.kit.panel import label, push_button

WIDTH = 460


class AskingBox(Overlay):
    """A sentence, a line to write in, and two buttons; `then` gets the words and tells whether it was done.

    Until it was, the box stays open with them.
    """

    def __init__(
        self,
        tokens: theme.Theme,
        sentence: str,
        asked: str,
        do: str,
        then: Callable[[str], bool],
        window: QWidget,
        words: str = "",
        needed: bool = False,
    ) -> None:
        """`asked` is what the line is for, `do` the word of the button; `needed`: it may not be empty."""
        super().__init__(tokens, sentence, window)
        self._then, self._needed, self._before = then, needed, words
        column = QVBoxLayout(self)
        edge = tokens.px(theme.SPACE_16)
        column.setContentsMargins(edge, edge, edge, tokens.px(theme.SPACE_12))
        column.setSpacing(tokens.px(theme.SPACE_8))
        said = label(tokens, sentence, "panel")
        said.setWordWrap(True)
        column.addWidget(said)
        column.addWidget(label(tokens, asked, "secondary", "ink2"))
        self.line = QLineEdit(words)
        self.line.setAccessibleName(asked)
        self.line.returnPressed.connect(self._do)
        column.addWidget(self.line)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(push_button(_("Cancel"), self.give_up))
        self.button = push_button(do, self._do, default=True)
        row.addWidget(self.button)
        column.addLayout(row)

    def open(self) -> None:
        """Show the box in the upper middle of the window."""
        width = self.tokens.px(WIDTH)
        self.resize(width, 10)
        self.open_in_middle(width, max(self.heightForWidth(width), self.sizeHint().height()))
        self.line.setFocus()
        self.line.selectAll()

    def leave(self) -> None:
        """A click elsewhere closes the box only where nothing was typed into it."""
        if self.line.text() == self._before:
            self.end()

    def let_go(self) -> bool:
        """Close; returns False, and stays, where something was typed."""
        self.leave()
        return self.isHidden()

    def _do(self) -> None:
        words = self.line.text().strip()
        if (words or not self._needed) and self._then(words):
            self.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a button presses it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)
