"""A field of a cell: it grows with its text, holds citation tokens as pieces, and says when to save."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QPlainTextEdit

from qualcoder_lite.coding.counting.citations import as_written
from qualcoder_lite.coding.tokens import TYPED
from qualcoder_lite.ui.kit import theme

PAUSE = 2500  # milliseconds without a key until a field is saved
LINES_LEAST, LINES_MOST = 2, 14
TOKEN_MIME = "application/x-qualcoder-token"


class TokenMarks(QSyntaxHighlighter):
    """Citation tokens on the accent's tint."""

    def __init__(self, document: QTextDocument, tokens: theme.Theme) -> None:
        """For one text."""
        super().__init__(document)
        self._form = QTextCharFormat()
        self._form.setForeground(QColor(tokens.accent))
        self._form.setBackground(QColor(tokens.accent_tint))
        self._form.setFontWeight(QFont.Weight.DemiBold)

    def highlightBlock(self, text: str) -> None:
        """Mark the tokens of a paragraph."""
        for match in TYPED.finditer(text):
            start = len(text[: match.start()].encode("utf-16-le")) // 2
            self.setFormat(start, len(match.group().encode("utf-16-le")) // 2, self._form)


class CellField(QPlainTextEdit):
    """The field. `left`: it was left or rests, and differs; `token_opened`: somebody follows one."""

    left = Signal()
    token_opened = Signal(str)
    dropped = Signal(str)

    def __init__(self, tokens: theme.Theme, name: str, least: int = LINES_LEAST) -> None:
        """An empty field."""
        super().__init__()
        self.tokens, self._least, self._kept = tokens, least, ""
        self.setAccessibleName(name)
        self.setFont(tokens.font())
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setMouseTracking(True)
        self._marks = TokenMarks(self.document(), tokens)
        self._rest = QTimer(self, singleShot=True, interval=PAUSE)
        self._rest.timeout.connect(self._pause)
        self.textChanged.connect(self._changed)
        self.offers: Callable[[], list[str]] = list  # what `[` offers: tokens, each with its quote
        self.offered = QStringListModel(self)
        self.completer = QCompleter(self.offered, self)
        self.completer.setWidget(self)
        self._popup().setProperty("popup", True)
        self.completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.activated.connect(self._complete)
        self._grow()

    # Text

    @property
    def words(self) -> str:
        """What is written, without white space at the end."""
        return self.toPlainText().rstrip()

    @property
    def changed(self) -> bool:
        """Whether it differs from what is kept."""
        return self.words != self._kept

    def show_words(self, words: str) -> None:
        """Show what is kept; a text that is being written is not touched."""
        if words == self._kept and self.changed:
            return
        self._kept = words.rstrip()
        if self.words != self._kept:
            cursor = self.textCursor().position()
            self.blockSignals(True)
            self.setPlainText(words)
            self.blockSignals(False)
            place = self.textCursor()
            place.setPosition(min(cursor, len(self.toPlainText())))
            self.setTextCursor(place)
        self._rest.stop()
        self._grow()

    def kept(self, words: str) -> None:
        """These words are kept; what was typed since is not."""
        self._kept = words
        if not self.changed:
            self._rest.stop()

    def _changed(self) -> None:
        self._grow()
        if self.changed:
            self._rest.start()

    def _pause(self) -> None:
        if self.changed:
            self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving it saves."""
        super().focusOutEvent(event)
        popup = event.reason() == Qt.FocusReason.PopupFocusReason
        if not popup and self.changed:
            self.left.emit()

    # Size

    def _grow(self) -> None:
        total, block, line = 0.0, self.document().firstBlock(), self.fontMetrics().lineSpacing()
        while block.isValid():
            total += self.blockBoundingRect(block).height()
            block = block.next()
        total = max(self._least * line, min(LINES_MOST * line, total))
        high = round(total + 2 * self.document().documentMargin()) + self.tokens.px(12)
        if high != self.height():
            self.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break elsewhere in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._grow)

    def sizeHint(self) -> QSize:
        """Its height as it has grown."""
        return QSize(200, self.height())

    # Tokens

    def insert_token(self, token: str) -> None:
        """Put a token at the caret, with a space where words touch."""
        cursor = self.textCursor()
        before = self.toPlainText()[: cursor.position()][-1:]
        cursor.insertText(f"{' ' if before and not before.isspace() else ''}{token}")
        self.setTextCursor(cursor)

    def token_at(self, position: int) -> tuple[int, int, str] | None:
        """The token in which a place (UTF-16 units) of the text lies."""
        text = self.toPlainText()
        for match in TYPED.finditer(text):
            start = len(text[: match.start()].encode("utf-16-le")) // 2
            end = start + len(match.group().encode("utf-16-le")) // 2
            if start <= position <= end:
                return start, end, match.group()
        return None

    def _typed(self) -> str | None:
        """What was typed since an open bracket."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        start = before.rfind("[")
        return None if start < 0 or "]" in before[start:] else before[start + 1 :]

    def _complete(self, row: str) -> None:
        typed = self._typed()
        if typed is not None:
            cursor = self.textCursor()
            back = len(typed.encode("utf-16-le")) // 2 + 1
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, back)
            cursor.insertText(row.split("]")[0] + "] ")
            self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Where nothing was typed since it was saved, undo and redo are those of the study."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            of_study = event.matches(QKeySequence.StandardKey.Undo) and not self.changed
            if of_study or (event.matches(QKeySequence.StandardKey.Redo) and not self.changed):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """`[` offers passages; a token goes as one piece; Ctrl and Enter follows it."""
        popup, enter = self._popup(), (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if popup.isVisible() and event.key() in (*enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab):
            event.ignore()
            return
        if event.key() in enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            found = self.token_at(self.textCursor().position())
            if found:
                self.token_opened.emit(found[2])
            return
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._remove_token(event.key()):
            return
        super().keyPressEvent(event)
        if (event.text().isprintable() and event.text()) or event.key() == Qt.Key.Key_Backspace:
            self._show_offers()

    def _remove_token(self, key: int) -> bool:
        cursor = self.textCursor()
        found = self.token_at(cursor.position())
        edge = found[1] if found and key == Qt.Key.Key_Backspace else found[0] if found else -1
        if cursor.hasSelection() or found is None or cursor.position() != edge:
            return False
        cursor.setPosition(found[0])
        cursor.setPosition(found[1], QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        return True

    def _popup(self) -> QAbstractItemView:
        popup = self.completer.popup()
        assert popup is not None  # Qt makes one where none was set
        return popup

    def _show_offers(self) -> None:
        typed = self._typed()
        if typed is None:
            self._popup().hide()
            return
        if typed == "":
            self.offered.setStringList(self.offers())
        self.completer.setCompletionPrefix(as_written(typed))
        if not self.completer.completionCount():
            self._popup().hide()
            return
        box = self.cursorRect().translated(self.viewport().pos())
        box.setLeft(0)  # as wide as the field, so that it stays within the panel
        box.setWidth(self.width())
        self._popup().setCurrentIndex(self.completer.completionModel().index(0, 0))
        self.completer.complete(box)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Over a token the pointer is a hand."""
        super().mouseMoveEvent(event)
        over = self._token_under(event)
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a token follows it."""
        super().mouseReleaseEvent(event)
        found = self._token_under(event)
        if found and event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.token_opened.emit(found)

    def _token_under(self, event: QMouseEvent) -> str:
        cursor = self.cursorForPosition(event.position().toPoint())
        found = self.token_at(cursor.position())
        return found[2] if found and found[0] < cursor.position() < found[1] else ""

    # Dropping a passage

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A passage, or plain text."""
        return source.hasFormat(TOKEN_MIME) or super().canInsertFromMimeData(source)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take passages."""
        if event.mimeData().hasFormat(TOKEN_MIME):
            event.acceptProposedAction()
            return
        super().dragEnterEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """A passage comes as its token."""
        if source.hasFormat(TOKEN_MIME):
            token = bytes(source.data(TOKEN_MIME).data()).decode()
            self.insert_token(token)
            self.setFocus()  # one goes on writing here, and leaving it saves
            self.dropped.emit(token)
            return
        super().insertFromMimeData(source)
