"""The line of find over the text: all hits marked and counted, Enter goes from one to the next."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from qualcoder_lite.analysis.search.words import fold_accents
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.panel import flat_button, label
from qualcoder_lite.ui.text.view import TextView

_PAUSE = 120  # milliseconds after the last letter
_MOST = 50_000  # hits that are marked


def hits_of(text: str, wanted: str, whole_words: bool = False) -> list[tuple[int, int]]:
    """Where words stand in a text, whatever case and accents: code points, end exclusive."""
    if not wanted.strip():
        return []
    pattern = re.escape(fold_accents(wanted))
    pattern = rf"(?<!\w){pattern}(?!\w)" if whole_words else pattern
    found = re.finditer(pattern, fold_accents(text), re.IGNORECASE)
    return [match.span() for match, _number in zip(found, range(_MOST), strict=False)]


class FindLine(QWidget):
    """Finds in the text that is shown."""

    def __init__(self, tokens: theme.Theme, text: TextView) -> None:
        """Hidden until it is asked for."""
        super().__init__()
        self._text, self.hits, self.current = text, [(0, 0)][:0], -1
        row = QHBoxLayout(self)
        row.setContentsMargins(
            tokens.px(20), tokens.px(theme.SPACE_4), tokens.px(theme.SPACE_12), tokens.px(theme.SPACE_4)
        )
        row.setSpacing(tokens.px(theme.SPACE_8))
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Find in this text"))
        self.words.setAccessibleName(_("Find in this text"))
        self.words.setMinimumWidth(tokens.px(200))
        self.whole = QCheckBox(_("Whole words"))
        self.count = label(tokens, "", "secondary", "ink2")
        row.addWidget(self.words, 1)
        row.addWidget(self.whole)
        row.addWidget(self.count)
        row.addWidget(flat_button(tokens, "chevron-up", _("Previous hit"), lambda: self.step(onward=False)))
        row.addWidget(flat_button(tokens, "chevron-down", _("Next hit"), lambda: self.step(onward=True)))
        row.addWidget(flat_button(tokens, "x", _("Close find"), self.close_line))
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.again)
        self.words.textChanged.connect(lambda _words: self._timer.start())
        self.whole.toggled.connect(lambda _on: self.again())
        self.words.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Shift+Enter back, Escape closes."""
        if watched is self.words and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step(onward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_line()
                return True
        return super().eventFilter(watched, event)

    def open_line(self) -> None:
        """Show the line with the selected words in it."""
        start, end = self._text.selection()
        self.show()
        if 0 < end - start <= 80:
            self.words.setText(self._text.page.text[start:end])
        self.words.selectAll()
        self.words.setFocus()
        self.again()

    def close_line(self) -> None:
        """Hide the line and its marks; the hit that was shown stays selected."""
        self.hide()
        if 0 <= self.current < len(self.hits):
            self._text.activate(None)
            self._text.select(*self.hits[self.current])
        self.hits, self.current = [], -1
        self._text.set_hits([])
        self._text.setFocus()

    def again(self) -> None:
        """Find in the text as it is now, from the caret or the start of what is selected on."""
        self._timer.stop()
        if not self.isVisible():
            return
        self.hits = hits_of(self._text.page.text, self.words.text(), self.whole.isChecked())
        after = [number for number, hit in enumerate(self.hits) if hit[0] >= self._text.selection()[0]]
        self.current = after[0] if after else 0 if self.hits else -1
        self._show()

    def step(self, onward: bool) -> None:
        """Go to the next hit, or the one before; around at the ends."""
        if not self.isVisible():
            selected = self._text.selection()
            self.open_line()
            if not self.hits or self.hits[self.current] != selected:
                return
        if self._timer.isActive():
            self.again()
            return
        if self.hits:
            self.current = (self.current + (1 if onward else -1)) % len(self.hits)
            self._show()

    def _show(self) -> None:
        self._text.set_hits(self.hits, self.current)
        number = len(self.hits)
        if number:
            words = _("{current} of {number}").format(current=self.current + 1, number=number)
        else:
            words = _("no hits") if self.words.text().strip() else ""
        self.count.setText(words)

    def said(self) -> str:
        """How many hits there are, in words."""
        return n_("{number} hit", "{number} hits", len(self.hits)).format(number=len(self.hits))
