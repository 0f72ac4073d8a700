"""The panel of memos: all of them with a search, and the one that is read and written beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.analysis.panels.memo_subjects import about_words, heading_of
from qualcoder_lite.analysis.panels.memos import MemoLine
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.lists import row_list
from qualcoder_lite.ui.kit.panel import Head, Hint, label, link_button, paper
from qualcoder_lite.ui.kit.row_paint import Row, elided, write
from qualcoder_lite.ui.kit.times import stamp

PAUSE = 150  # milliseconds after the last letter of a search


class MemosPanel(QWidget):
    """List at the left, the current memo at the right; what was written is kept when one leaves it."""

    searched = Signal()
    jumped = Signal(object)  # MemoLine
    came_into_view = Signal()

    def __init__(self, tokens: theme.Theme, write: Callable[[bytes | None, str, str], bool]) -> None:
        """No memos; `write` gets an id (None: a new memo), title and text, and tells if it kept them."""
        super().__init__()
        self.tokens, self._write = tokens, write
        self.editing: MemoLine | None = None
        self._fresh = False  # a free memo is being begun
        self.head, self.hint, self.pages = Head(tokens, _("Memos")), Hint(tokens), QStackedWidget()
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Search the memos"))
        self.words.setAccessibleName(_("Search the memos"))
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(tokens.px(220))
        self.head.row.insertWidget(2, self.words)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.searched.emit)
        self.words.textChanged.connect(lambda _words: self._pause.start())
        self.view, self.model = row_list(tokens, theme.TWO_LINE_ROW, self._paint, said)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)
        self.view.setAccessibleName(_("Memos"))
        self.view.selectionModel().currentChanged.connect(lambda *_index: self._show_current())
        self.view.installEventFilter(self)
        self.title, self.text = QLineEdit(), QPlainTextEdit()
        self.about = label(tokens, "", "secondary", "ink2")
        self.jump = link_button(tokens, "", lambda: self._tell_jump())
        self._lay_out()
        paper(self, "panel")
        self.show_memos([])

    def _lay_out(self) -> None:
        px = self.tokens.px
        self.title.setPlaceholderText(_("Title"))
        self.title.setAccessibleName(_("Title of the memo"))
        self.text.setAccessibleName(_("Text of the memo"))
        self.text.setTabChangesFocus(True)
        for field in (self.title, self.text):
            field.installEventFilter(self)
        editor = QWidget()
        column = QVBoxLayout(editor)
        column.setContentsMargins(
            px(theme.SPACE_12), px(theme.SPACE_4), px(theme.SPACE_12), px(theme.SPACE_8)
        )
        column.setSpacing(px(theme.SPACE_4))
        line = QHBoxLayout()
        line.addWidget(self.about)
        line.addStretch(1)
        line.addWidget(self.jump)
        column.addLayout(line)
        column.addWidget(self.title)
        column.addWidget(self.text, 1)
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.hint)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.pages)
        self.split.addWidget(editor)
        self.split.setSizes([400, 440])
        self.editor = editor
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self.split, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the panel was hidden is read now."""
        super().showEvent(event)
        self.came_into_view.emit()

    # What is shown

    def show_memos(self, lines: Sequence[MemoLine], wanted: bytes | None = None) -> None:
        """Show memos; the current one, or the wanted one, stays current, and what is being written stays."""
        current = wanted or (self.editing.id if self.editing else None)
        place = next((number for number, line in enumerate(lines) if line.id == current), -1)
        self.head.count.setText(n_("{n} memo", "{n} memos", len(lines)).format(n=len(lines)))
        blocked = self.view.selectionModel().blockSignals(True)
        self.model.set_rows(lines)
        hidden = place < 0 and self.editing is not None and self.is_changed()  # by a search; it stays open
        if place < 0 and lines and not self._fresh and not hidden:
            place = 0
        if place >= 0:
            self.view.setCurrentIndex(self.model.index(place))
        self.view.selectionModel().blockSignals(blocked)
        self.pages.setCurrentIndex(0 if lines else 1)
        self._say_empty()
        if not hidden:
            self._show_line(lines[place] if place >= 0 else None)

    def _say_empty(self) -> None:
        """What stands there while no memo is listed."""
        if self.words.text().strip():
            self.hint.say(_("No memo has these words."), _("Clear the search"), self.words.clear)
        else:
            self.hint.say(_("There are no memos yet."), _("New memo"), self.begin)

    def _show_current(self) -> None:
        """Another memo was chosen: keep what was written, then show it."""
        row = self.view.currentIndex().row()
        line = self.model.rows[row] if 0 <= row < len(self.model.rows) else None
        if line is None or (self.editing is not None and line.id == self.editing.id):
            return
        if self.keep():
            self._fresh = False
            self._show_line(line)
        else:
            self._choose_edited()

    def _choose_edited(self) -> None:
        """The memo that can't be kept now stays the current one."""
        blocked = self.view.selectionModel().blockSignals(True)
        rows = [row for row, one in enumerate(self.model.rows) if self.editing and one.id == self.editing.id]
        self.view.setCurrentIndex(self.model.index(rows[0]) if rows else QModelIndex())
        self.view.selectionModel().blockSignals(blocked)

    def _show_line(self, line: MemoLine | None) -> None:
        same = line is not None and self.editing is not None and line.id == self.editing.id
        unwritten = self.is_changed() and (same or self._fresh)
        self.editing = line if not self._fresh else None
        self.editor.setVisible(line is not None or self._fresh)
        if line is not None and not self._fresh:
            words = f"{about_words(line)} · {stamp(line.changed)}"
            self.about.setText(elided(words, self.tokens.px(240), self.tokens, "secondary"))
            quoted = f"“{line.quote}”" if line.quote else _("Show it")
            self.jump.setText(elided(quoted, self.tokens.px(200), self.tokens))
            self.jump.setVisible(line.source is not None or line.about == "code")
        if line is not None and not unwritten and not self._fresh:
            self.title.setText(line.title)
            self.text.setPlainText(line.text)

    def begin(self) -> None:
        """Begin a free memo."""
        if not self.keep():
            return
        self._fresh, self.editing = True, None
        self.view.clearSelection()
        self.about.setText(_("Free memo"))
        self.jump.hide()
        self.title.clear()
        self.text.clear()
        self.editor.show()
        self.title.setFocus()

    def is_changed(self) -> bool:
        """Whether something was written that is not kept yet."""
        title, text = self.title.text().strip(), self.text.toPlainText()
        if self.editing is None:
            return self._fresh and bool(title or text.strip())
        return (title, text) != (self.editing.title, self.editing.text)

    def keep(self) -> bool:
        """Keep what was written; returns whether nothing is left to be kept."""
        if not self.is_changed():
            return True
        title, text = self.title.text().strip(), self.text.toPlainText()
        row, fresh = self.editing.id if self.editing is not None else None, self._fresh
        self._fresh = False
        kept = self._write(row, title, text)
        if not kept:
            self._fresh = fresh
        elif self.editing is not None and self.editing.id == row:
            self.editing = replace(self.editing, title=title, text=text)
        return kept

    def _tell_jump(self) -> None:
        if self.editing is not None:
            self.jumped.emit(self.editing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving a field keeps what was written, as does Control and Enter; Enter in the list goes there."""
        if event.type() == QEvent.Type.FocusOut and watched in (self.title, self.text):
            QTimer.singleShot(0, self, self._left)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and watched is self.view and self.editing is not None:
                self.text.setFocus()
                return True
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.keep()
                return True
        return super().eventFilter(watched, event)

    def _left(self) -> None:
        """The keys went elsewhere: from one field to the other is no leaving."""
        if not (self.title.hasFocus() or self.text.hasFocus()):
            self.keep()

    def _paint(self, row: Row, line: MemoLine) -> None:
        """Title or first words; below it what it is about and when it was changed."""
        half, tokens = row.box.height() / 4, self.tokens
        room = int(row.right - row.left)
        upper, lower = row.box.top() + half + 2, row.box.top() + 3 * half - 2
        self._line(row.painter, elided(heading_of(line), room, tokens), row.left, upper, "interface", "ink")
        told = f"{about_words(line)} · {stamp(line.changed)}"
        self._line(row.painter, elided(told, room, tokens, "secondary"), row.left, lower, "secondary", "ink3")

    def _line(self, painter: QPainter, words: str, left: float, middle: float, role: str, tone: str) -> None:
        write(painter, words, left, middle, self.tokens.font(role), getattr(self.tokens, tone))

    def minimumSizeHint(self) -> QSize:
        """A list of two memos."""
        return QSize(self.tokens.px(480), self.tokens.px(96))


def said(line: MemoLine) -> str:
    """A memo as it is read aloud."""
    return f"{heading_of(line)}, {about_words(line)}, {stamp(line.changed)}"
