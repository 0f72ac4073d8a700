"""A box with fields, one below the other, and two buttons; a click elsewhere loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.overlay import Overlay
from qualcoder_lite.ui.kit.panel import label, paper, push_button

WIDTH, HEIGHT = 560, 580


class FormBox(Overlay):
    """The box; Control and Enter keep, Escape does not."""

    def __init__(
        self,
        tokens: theme.Theme,
        title: str,
        rows: Sequence[tuple[str, QWidget]],
        keep: Callable[[], bool],
        window: QWidget,
        do: str = "",
    ) -> None:
        """`keep` reads the fields and tells whether they are kept; until then the box stays open.

        `do` is the word of the button, where it is another.
        """
        super().__init__(tokens, title, window)
        self._keep, self.rows = keep, list(rows)
        self._before = self._typed()
        column = QVBoxLayout(self)
        edge = tokens.px(theme.SPACE_16)
        column.setContentsMargins(edge, edge, edge, tokens.px(theme.SPACE_12))
        column.addWidget(label(tokens, title, "document"))
        column.addWidget(self._fields(), 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(push_button(_("Cancel"), self.give_up))
        foot.addWidget(push_button(do or _("Keep"), self.keep, default=True))
        column.addLayout(foot)

    def _fields(self) -> QWidget:
        inner, area = QWidget(), QScrollArea()
        paper(inner, "panel")
        form = QFormLayout(inner)
        form.setContentsMargins(0, self.tokens.px(theme.SPACE_8), self.tokens.px(theme.SPACE_12), 0)
        form.setVerticalSpacing(self.tokens.px(theme.SPACE_8))
        form.setHorizontalSpacing(self.tokens.px(theme.SPACE_12))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, widget in self.rows:
            widget.setAccessibleName(words)
            form.addRow(label(self.tokens, words, "interface", "ink2"), widget)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        self._inner = inner
        return area

    def open(self, first: QWidget | None = None) -> None:
        """Show the box in the upper middle of the window, with the keys at a field."""
        height = self._inner.sizeHint().height() + self.tokens.px(116)
        self.open_in_middle(self.tokens.px(WIDTH), min(self.tokens.px(HEIGHT), height))
        (first or self.rows[0][1]).setFocus()

    def leave(self) -> None:
        """A click elsewhere keeps the box."""

    def let_go(self) -> bool:
        """Close; returns False, and stays, where something in it is another than at first."""
        if self._typed() == self._before:
            self.end()
        return self.isHidden()

    def _typed(self) -> list[str]:
        """What stands in the fields."""
        return [_words_of(field) for _words, field in self.rows]

    def keep(self) -> None:
        """Keep what was written, and close."""
        if self._keep():
            self.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Control and Enter keep."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.keep()
        else:
            super().keyPressEvent(event)


def _words_of(field: QWidget) -> str:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        return field.currentText()
    return field.text() if isinstance(field, QLineEdit) else ""


def text_field(words: str, height: int = 60) -> QPlainTextEdit:
    """A field of several lines; Tab leaves it."""
    text = QPlainTextEdit(words)
    text.setTabChangesFocus(True)
    text.setFixedHeight(height)
    return text
