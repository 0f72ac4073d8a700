"""A question that must be answered before anything else: one thing to do, or not."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit.panel import push_button

WIDTH = 420


class Question(QDialog):
    """The question with its two buttons; Escape is no."""

    def __init__(self, window: QWidget, sentence: str, do: str) -> None:
        """`do` is the word of the button that says yes."""
        super().__init__(window)
        self.setWindowTitle("QualCoder Lite")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        said = QLabel(sentence)
        said.setWordWrap(True)
        said.setMinimumWidth(WIDTH)
        column.addWidget(said)
        row = QHBoxLayout()
        row.addStretch(1)
        self.no = push_button(_("Cancel"), self.reject, default=True)
        self.yes = push_button(do, self.accept)
        self.no.setDefault(True)
        for button in (self.yes, self.no):
            row.addWidget(button)
        column.addLayout(row)


def asked(window: QWidget, sentence: str, do: str) -> bool:
    """Ask, and tell whether it is wanted."""
    question = Question(window, sentence, do)
    wanted = bool(question.exec())
    question.deleteLater()
    return wanted
