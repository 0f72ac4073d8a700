"""The wording of a code to be written: name, what it means, what belongs to it and what does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.analysis.panels import CodeLine
from qualcoder_lite.analysis.words import word
from qualcoder_lite.i18n import _
from qualcoder_lite.ui import theme
from qualcoder_lite.ui.code_detail import PARTS
from qualcoder_lite.ui.overlay import Overlay
from qualcoder_lite.ui.panel import Choice, label, paper, push_button

WIDTH, HEIGHT = 560, 580
KINDS = ("dimension", "factor", "indicator", "category", "theme", "context")
HINTS: tuple[tuple[str | None, str], ...] = ((None, "—"), ("+", "+"), ("-", "−"), ("0", "0"), ("±", "±"))


@dataclass(frozen=True)
class Written:
    """What was written in the form."""

    key: str
    fields: dict[str, str]
    kind: str
    hint: str | None
    shortcut: str
    reason: str


class CodeForm(Overlay):
    """The form; `keep` gets what was written."""

    def __init__(
        self,
        tokens: theme.Theme,
        title: str,
        line: CodeLine,
        fields: Mapping[str, str],
        keep: Callable[[Written], object],
        window: QWidget,
    ) -> None:
        """A form for a code, filled with what is known of it."""
        super().__init__(tokens, title, window)
        self._keep = keep
        self.key, self.name = QLineEdit(line.key), QLineEdit(fields.get("name", ""))
        self.kind = Choice(tokens, [(kind, word(kind)) for kind in KINDS], line.kind)
        self.hint = Choice(tokens, HINTS, line.hint)
        numbers = [("", _("none")), *((number, number) for number in "123456789")]
        self.shortcut = Choice(tokens, numbers, line.shortcut or "")
        self.texts = {name: _text(fields.get(name, "")) for name, _head in PARTS}
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("optional; goes into the history"))
        column = QVBoxLayout(self)
        edge = tokens.px(theme.SPACE_16)
        column.setContentsMargins(edge, edge, edge, tokens.px(theme.SPACE_12))
        column.addWidget(label(tokens, title, "document"))
        column.addWidget(self._form(), 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(push_button(_("Cancel"), self.give_up))
        row.addWidget(push_button(_("Keep"), self.keep, default=True))
        column.addLayout(row)

    def _form(self) -> QWidget:
        inner, area = QWidget(), QScrollArea()
        paper(inner, "panel")
        form = QFormLayout(inner)
        form.setContentsMargins(0, self.tokens.px(theme.SPACE_8), self.tokens.px(theme.SPACE_12), 0)
        form.setVerticalSpacing(self.tokens.px(theme.SPACE_8))
        form.setHorizontalSpacing(self.tokens.px(theme.SPACE_12))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        rows: list[tuple[str, QWidget]] = [
            (_("Key"), self.key),
            (_("Name"), self.name),
            (_("Kind"), self.kind),
        ]
        rows += [(_(head), self.texts[name]) for name, head in PARTS]
        rows += [(_("Usual polarity"), self.hint), (_("Key on the keyboard"), self.shortcut)]
        rows += [(_("Reason for the change"), self.reason)]
        for words, widget in rows:
            widget.setAccessibleName(words)
            form.addRow(label(self.tokens, words, "interface", "ink2"), widget)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        return area

    def open(self) -> None:
        """Show the form in the upper middle of the window."""
        self.open_in_middle(self.tokens.px(WIDTH), self.tokens.px(HEIGHT))
        self.name.setFocus()
        self.name.selectAll()

    def leave(self) -> None:
        """A click elsewhere does not lose what was written."""

    def keep(self) -> None:
        """Close and hand on what was written."""
        fields = {name: text.toPlainText().strip() for name, text in self.texts.items()}
        fields["name"] = self.name.text().strip()
        written = Written(
            self.key.text().strip(), fields, self.kind.currentData(), self.hint.currentData(),
            self.shortcut.currentData(), self.reason.text().strip(),
        )  # fmt: skip
        self.end()
        self._keep(written)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Control and Enter keep."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.keep()
        else:
            super().keyPressEvent(event)


def _text(words: str) -> QPlainTextEdit:
    text = QPlainTextEdit(words)
    text.setTabChangesFocus(True)
    text.setFixedHeight(60)
    return text
