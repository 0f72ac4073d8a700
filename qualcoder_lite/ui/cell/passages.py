"""The passages of a cell: chosen or not, put in order by dragging or keys, dragged into a text as tokens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.cell.field import TOKEN_MIME
from qualcoder_lite.ui.cell.reading import CodeMark, Passage
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.badge_paint import paint_badge
from qualcoder_lite.ui.kit.lists import Rows
from qualcoder_lite.ui.kit.mark_paint import paint_polarity, paint_swatch
from qualcoder_lite.ui.kit.row_paint import chip, elided, ground, width_of, wrapped, write

LEFT, QUOTE_LINES, LINE, FOOT, PAD = 36, 3, 18, 22, 6
MARKS = 4  # codes that a passage shows


class PassageDelegate(QStyledItemDelegate):
    """Paints a passage: its place in the order or a box, quote, citation, codes with signs, speaker."""

    def __init__(self, view: PassageList) -> None:
        """For one list."""
        super().__init__(view)
        self.view = view

    def _quote(self, passage: Passage, width: int) -> tuple[str, ...]:
        tokens = self.view.tokens
        room = width - tokens.px(LEFT) - tokens.px(10)
        return wrapped(passage.quote, room, QUOTE_LINES, *tokens.letter(), False)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        """As many lines as the quote takes, at most three."""
        passage, px = index.data(Qt.ItemDataRole.UserRole), self.view.tokens.px
        width = self.view.viewport().width()
        lines = len(self._quote(passage, width))
        return QSize(width, px(PAD) * 2 + (lines + bool(passage.note)) * px(LINE) + px(FOOT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        """One passage."""
        tokens, passage = self.view.tokens, index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if self.view.hasFocus() or option.state & QStyle.StateFlag.State_MouseOver:
            ground(painter, option, tokens)
        box, px = option.rect, tokens.px
        self._sign(painter, box, passage)
        top = box.top() + px(PAD)
        for number, line in enumerate(self._quote(passage, box.width())):
            middle = top + number * px(LINE) + px(LINE) / 2
            write(painter, line, box.left() + px(LEFT), middle, tokens.font(), tokens.ink)
            top_of_note = middle + px(LINE)
        if passage.note:
            room = box.width() - px(LEFT) - px(10)
            words = elided(passage.note, room, tokens, "secondary")
            write(painter, words, box.left() + px(LEFT), top_of_note, tokens.font("secondary"), tokens.ink2)
        self._foot(painter, box, passage)
        painter.setPen(QPen(tokens.separator, 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def _sign(self, painter: QPainter, box: QRect, passage: Passage) -> None:
        """In the order of the researcher the number; else a box that is ticked when it is chosen."""
        tokens, px = self.view.tokens, self.view.tokens.px
        middle = box.top() + px(PAD) + px(LINE) / 2
        if not (self.view.ordered or self.view.boxed):
            return
        if self.view.ordered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.border)
            for at in range(6):
                place = QRectF(box.left() + px(4) + 4 * (at % 2), middle - 5 + 4 * (at // 2), 2, 2)
                painter.drawRect(place)
            words = str(passage.number)
            write(painter, words, box.left() + px(18), middle, tokens.font("secondary"), tokens.ink3)
            return
        side = px(14)
        place = QRectF(box.left() + px(8) + 0.5, round(middle - side / 2) + 0.5, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.accent if passage.chosen else tokens.border, 1))
        painter.setBrush(tokens.accent if passage.chosen else tokens.page)
        painter.drawRoundedRect(place, 2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if passage.chosen:
            icons.draw(painter, "check", tokens.on_accent, place.adjusted(1, 1, -1, -1))

    def _foot(self, painter: QPainter, box: QRect, passage: Passage) -> None:
        """Citation, codes with signs, speaker; codes for which there is no room are counted."""
        tokens, px = self.view.tokens, self.view.tokens.px
        middle, at = box.bottom() - px(PAD) - px(FOOT) / 2 + px(3), float(box.left() + px(LEFT))
        right = box.right() - px(8)
        if passage.badge:
            right -= paint_badge(painter, right, middle, ("look_again", "", passage.badge), tokens) + px(6)
        at += chip(painter, passage.citation, at, middle, tokens) + px(6)
        marks = self._marks_in(passage.marks, right - at)
        for mark in marks:
            at = self._mark(painter, at, middle, mark)
        if left := len(passage.marks) - len(marks):
            write(painter, f"+{left}", at, middle, tokens.font("caption"), tokens.ink3)
            at += width_of(f"+{left}", tokens, "caption") + px(6)
        words = elided(passage.told.speaker, int(right - at), tokens, "caption")
        write(painter, words, at, middle, tokens.font("caption"), tokens.ink3)

    def _marks_in(self, marks: Sequence[CodeMark], room: float) -> Sequence[CodeMark]:
        """As many codes as there is room for, at most MARKS, and for the number of the others."""
        wide = [self._mark_width(mark) for mark in marks]
        if len(marks) <= MARKS and sum(wide) <= room:
            return marks
        room -= width_of("+9", self.view.tokens, "caption") + self.view.tokens.px(6)
        fits = [number for number in range(1, min(MARKS, len(marks) - 1) + 1) if sum(wide[:number]) <= room]
        return marks[: max(fits, default=1)]

    def _mark_width(self, mark: CodeMark) -> int:
        tokens, px = self.view.tokens, self.view.tokens.px
        swatch, sign = px(12) if mark.colour else 0, px(15) if mark.sign != "none" else 0
        return swatch + width_of(mark.key, tokens, "key") + px(4) + sign + px(4)

    def _mark(self, painter: QPainter, at: float, middle: float, mark: CodeMark) -> float:
        """One code with its sign; returns where the next begins."""
        tokens, px, beyond = self.view.tokens, self.view.tokens.px, at + self._mark_width(mark)
        if mark.colour:
            place = QRectF(at, round(middle - px(4)), px(8), px(8))
            paint_swatch(painter, place, tokens.code(mark.colour), mark.emic)
            at += px(12)
        write(painter, mark.key, at, middle, tokens.font("key"), tokens.ink2)
        at += width_of(mark.key, tokens, "key") + px(4)
        if mark.sign != "none":
            paint_polarity(painter, QRectF(at, round(middle - px(5)), px(11), px(11)), mark.sign, tokens)
        return beyond


def said(passage: Passage) -> str:
    """A passage in words."""
    state = _("chosen") if passage.chosen else _("not chosen")
    signs = {"none": ""}
    codes = " ".join(f"{mark.key}{signs.get(mark.sign, mark.sign)}" for mark in passage.marks)
    more = "".join(f", {words}" for words in (passage.badge, passage.note) if words)
    return f"{passage.citation} {passage.quote}, {codes}, {state}{more}"


class PassageList(QListView):
    """The list; Enter goes to the text, Space chooses, Alt and arrows put in order."""

    opened = Signal(object)  # the passage
    toggled = Signal(object)
    signed = Signal(str)  # + or − was pressed
    ordered_anew = Signal(object)  # all passages of the list in their new order

    def __init__(self, tokens: theme.Theme) -> None:
        """No passages."""
        super().__init__()
        self.tokens, self.ordered, self.boxed = tokens, False, True  # boxed: a box tells what is chosen
        self.rows = Rows(self, said)
        self.setModel(self.rows)
        self.setItemDelegate(PassageDelegate(self))
        self.setAccessibleName(_("Passages of the cell"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.most = 300  # pixels high
        self._pressed: QPoint | None = None

    def show_passages(self, passages: Sequence[Passage], ordered: bool) -> None:
        """Show these; `ordered`: they stand in the researcher's order and can be moved."""
        row, self.ordered = self.currentIndex().row(), ordered
        self.rows.set_rows(list(passages))
        if 0 <= row < len(passages):
            self.setCurrentIndex(self.rows.index(row))
        self.fit()

    def fit(self) -> None:
        """Take as much height as the passages need, up to a limit."""
        delegate = self.itemDelegate()
        option, high = QStyleOptionViewItem(), 2
        for number in range(self.rows.rowCount()):
            high += delegate.sizeHint(option, self.rows.index(number)).height()
            if high > self.tokens.px(self.most):
                break
        self.setFixedHeight(min(high, self.tokens.px(self.most)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Quotes break elsewhere in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.fit()

    def current(self) -> Passage | None:
        """The current passage."""
        index = self.currentIndex()
        return index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None

    # Keys and mouse

    def event(self, event: QEvent) -> bool:
        """Alt and arrows put passages in order here, whatever they do elsewhere in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space, Alt and arrows."""
        passage, key = self.current(), event.key()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if passage and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(passage)
        elif passage and not (self.boxed or self.ordered) and event.text() in ("+", "-"):
            self.signed.emit(event.text())
        elif passage and key in (Qt.Key.Key_Space, Qt.Key.Key_Delete):
            self.toggled.emit(passage)
        elif passage and alt and self.ordered and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move(self.currentIndex().row(), -1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def move(self, row: int, by: int) -> None:  # type: ignore[override]
        """Put a passage one place up or down."""
        self.put(row, row + by)

    def put(self, row: int, to: int) -> None:
        """Put a passage at a place of the order."""
        passages = list(self.rows.rows)
        if not 0 <= to < len(passages) or row == to:
            return
        passages.insert(to, passages.pop(row))
        self.setCurrentIndex(self.rows.index(to))
        self.ordered_anew.emit(passages)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box chooses; elsewhere a drag may begin."""
        super().mousePressEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        self._pressed = place if index.isValid() else None
        if index.isValid() and self.boxed and not self.ordered and place.x() < self.tokens.px(LEFT - 6):
            self._pressed = None
            self.toggled.emit(index.data(Qt.ItemDataRole.UserRole))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the token goes to the text."""
        super().mouseReleaseEvent(event)
        index, place = self.indexAt(event.position().toPoint()), event.position().toPoint()
        if not index.isValid() or self._pressed is None:
            return
        box, px, passage = self.visualRect(index), self.tokens.px, index.data(Qt.ItemDataRole.UserRole)
        wide = width_of(passage.citation, self.tokens, "chip") + px(2 * theme.CHIP_PAD)
        chip_box = QRect(box.left() + px(LEFT), box.bottom() - px(PAD + FOOT), wide, px(FOOT + PAD))
        if chip_box.contains(place):
            self.opened.emit(passage)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click goes to the text."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() > self.tokens.px(LEFT):
            self.opened.emit(index.data(Qt.ItemDataRole.UserRole))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag a passage."""
        place = event.position().toPoint()
        pressed = self._pressed
        if pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if (place - pressed).manhattanLength() < QApplication.startDragDistance():
            return
        index, self._pressed = self.indexAt(pressed), None
        if index.isValid():
            drag = QDrag(self)
            drag.setMimeData(carried(index.data(Qt.ItemDataRole.UserRole)))
            drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take passages of this list."""
        event.setAccepted(self.ordered and event.source() is self)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Follow the pointer."""
        event.setAccepted(self.ordered and event.source() is self)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the dragged passage where it was dropped."""
        token = bytes(event.mimeData().data(TOKEN_MIME).data()).decode()
        row = next((i for i, passage in enumerate(self.rows.rows) if passage.token == token), -1)
        index = self.indexAt(event.position().toPoint())
        if row >= 0:
            self.put(row, index.row() if index.isValid() else len(self.rows.rows) - 1)
        event.accept()


def carried(passage: Passage) -> QMimeData:
    """What a dragged passage carries: its token, and its quote for other programs."""
    data = QMimeData()
    data.setData(TOKEN_MIME, QByteArray(passage.token.encode()))
    data.setText(f"{passage.quote} {passage.token}")
    return data
