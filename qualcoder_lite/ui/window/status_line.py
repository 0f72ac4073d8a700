"""The status line: saved, the last step with its undo key, long work with Cancel; place, coder, zoom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QWidget

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.panel import Elided, label, link_button, paper
from qualcoder_lite.ui.kit.row_paint import key_cap, width_of


class KeyCap(QWidget):
    """A key in its frame."""

    def __init__(self, tokens: theme.Theme, words: str) -> None:
        """One key."""
        super().__init__()
        self.tokens, self._words = tokens, words
        self.setFixedSize(width_of(words, tokens, "caption") + tokens.px(10), tokens.px(20))
        self.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        key_cap(painter, self._words, self.width(), self.height() / 2, self.tokens)
        painter.end()


class StatusLine(QFrame):
    """One line at the bottom of the window."""

    def __init__(self, tokens: theme.Theme, undo_keys: str, run_undo: Callable[[], object]) -> None:
        """Nothing to say yet."""
        super().__init__()
        self.tokens = tokens
        paper(self, "window")
        self.setFixedHeight(tokens.px(theme.STATUS_ROW))
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.px(theme.SPACE_12), 0, tokens.px(theme.SPACE_12), 0)
        row.setSpacing(tokens.px(theme.SPACE_8))
        self.check = QLabel()
        self.check.setPixmap(icons.pixmap("check", tokens.settled, tokens.px(theme.SPACE_12), 2.0))
        self.saved = label(tokens, "", "secondary", "ink2")
        self.last = Elided(tokens, "secondary", "ink2")
        self.bar = label(tokens, "|", "secondary", "ink3")
        self.undo_key, self.undo = KeyCap(tokens, undo_keys), link_button(tokens, _("undo"), run_undo)
        self.undo.setFont(tokens.font("secondary"))
        self.undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.left: list[QWidget] = [self.check, self.saved, self.bar, self.last, self.undo_key, self.undo]
        for widget in self.left:
            row.addWidget(widget)
        self.work, self.progress, self.cancel = self._work_parts(row)
        row.addStretch(1)
        self.place = label(tokens, "", "secondary", "ink2")
        self.coder = _choice(tokens, _("Coder"))
        self.zoom = _choice(tokens, _("Zoom"))
        for button in (self.place, self.coder, self.zoom):
            row.addWidget(button)
        self.show_last("", undoable=False)
        self.end_work()

    def _work_parts(self, row: QHBoxLayout) -> tuple[QLabel, QProgressBar, QPushButton]:
        work, progress = label(self.tokens, "", "secondary", "ink"), QProgressBar()
        progress.setTextVisible(False)
        progress.setFixedWidth(self.tokens.px(160))
        cancel = link_button(self.tokens, _("Cancel"), lambda: None)
        cancel.setFont(self.tokens.font("secondary"))
        for widget in (work, progress, cancel):
            row.addWidget(widget)
        return work, progress, cancel

    def clear(self) -> None:
        """No study is open."""
        self.show_saved("")
        self.place.setText("")
        self.coder.setText("")
        self.zoom.setText("")

    def show_saved(self, words: str) -> None:
        """Say when the study was last saved."""
        self.saved.setText(words)
        self.check.setVisible(bool(words))

    def show_last(self, words: str, undoable: bool) -> None:
        """Say what was done last."""
        self.last.setText(words)
        self.last.setToolTip(words)
        self.last.updateGeometry()
        self.last.setVisible(bool(words))
        self.bar.setVisible(bool(words and self.saved.text()))
        self.undo_key.setVisible(undoable)
        self.undo.setVisible(undoable)

    def show_work(self, words: str, done: int, total: int) -> None:
        """Show long work; `total` 0 where it is not known how much there is."""
        self.work.setText(words)
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        for widget in (self.work, self.progress, self.cancel):
            widget.setVisible(True)

    def end_work(self) -> None:
        """No long work."""
        for widget in (self.work, self.progress, self.cancel):
            widget.setVisible(False)


def _choice(tokens: theme.Theme, name: str) -> QToolButton:
    """Words at the right that open a menu."""
    button = QToolButton()
    button.setProperty("flat", True)
    button.setFont(tokens.font("secondary"))
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
