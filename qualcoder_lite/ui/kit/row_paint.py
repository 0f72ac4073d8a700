"""How rows of lists and trees are painted: words, key caps, chips, chevrons, the ground of a chosen row.

A `Row` is written from both edges towards the middle; what does not fit is elided.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.row_typing import TypingDelegate
from qualcoder_lite.ui.kit.tree import Node

TICK = 14  # pixels


@lru_cache(maxsize=64)
def _metrics(size: int, weight: int, italic: bool) -> QFontMetricsF:
    return QFontMetricsF(theme.letters(size, weight, italic))


def width_of(words: str, tokens: theme.Theme, role: str = "interface", italic: bool = False) -> int:
    """The width of words in letters of a role, in whole pixels."""
    return round(_metrics(*tokens.letter(role), italic).horizontalAdvance(words) + 0.5)


def elided(words: str, width: int, tokens: theme.Theme, role: str = "interface", italic: bool = False) -> str:
    """Words shortened to a width."""
    metrics = _metrics(*tokens.letter(role), italic)
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, width))


def write(painter: QPainter, words: str, x: float, middle: float, font: QFont, colour: QColor) -> None:
    """Words on the base line that centres them on a height."""
    metrics = _metrics(font.pixelSize(), font.weight(), font.italic())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(x, round(middle + (metrics.ascent() - metrics.descent()) / 2)), words)


@lru_cache(maxsize=8192)
def wrapped(words: str, width: int, lines: int, size: int, weight: int, italic: bool) -> tuple[str, ...]:
    """Words broken into at most so many lines of a width; the last is shortened where more would follow."""
    font, option = theme.letters(size, weight, italic), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    shown = words[: lines * max(8, width // 3)]  # no letter is narrower than three pixels
    layout = QTextLayout(shown, font)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[str] = []
    while len(found) < lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        start = line.textStart()
        found.append(shown[start : start + line.textLength()])
    end = line.textStart() + line.textLength() if found and line.isValid() else len(shown)
    layout.endLayout()
    if found and end < len(shown):
        rest = shown[end - len(found[-1]) :]
        found[-1] = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return tuple(line.rstrip() for line in found)


class Row:
    """One row being painted; `left` and `right` are the edges of what is still free."""

    def __init__(self, painter: QPainter, box: QRect, tokens: theme.Theme) -> None:
        """An empty row."""
        self.painter, self.box, self.tokens = painter, box, tokens
        self.left, self.right = (
            box.left() + tokens.px(theme.SPACE_12),
            box.right() - tokens.px(theme.SPACE_12),
        )
        self.middle = box.top() + box.height() / 2

    def skip(self, pixels: int) -> None:
        """Leave room at the left."""
        self.left += self.tokens.px(pixels)

    def words(
        self, words: str, role: str = "interface", tone: str = "ink", italic: bool = False, gap: int = 8
    ) -> None:
        """Words from the left."""
        shown = elided(words, self.right - self.left, self.tokens, role, italic)
        font = theme.letters(*self.tokens.letter(role), italic)
        write(self.painter, shown, self.left, self.middle, font, getattr(self.tokens, tone))
        self.left += width_of(shown, self.tokens, role, italic) + self.tokens.px(gap)

    def words_right(
        self, words: str, role: str = "secondary", tone: str = "ink3", gap: int = 8, least: int = 0
    ) -> None:
        """Words at the right edge, in a column of at least so many pixels."""
        width = width_of(words, self.tokens, role)
        write(
            self.painter,
            words,
            self.right - width,
            self.middle,
            self.tokens.font(role),
            getattr(self.tokens, tone),
        )
        self.right -= max(width, self.tokens.px(least)) + self.tokens.px(gap)

    def words_ending(self, words: str, right: int, role: str = "caption", tone: str = "ink3") -> None:
        """Words that end at a place, whatever else stands in the row."""
        width = width_of(words, self.tokens, role)
        font = self.tokens.font(role)
        write(self.painter, words, right - width, self.middle, font, getattr(self.tokens, tone))

    def icon(self, name: str, tone: str = "ink2", size: int = theme.ICON, gap: int = 8) -> None:
        """An icon at the left."""
        side = self.tokens.px(size)
        box = QRectF(self.left, round(self.middle - side / 2), side, side)
        icons.draw(self.painter, name, getattr(self.tokens, tone), box)
        self.left += side + self.tokens.px(gap)

    def square(self, size: int, gap: int = 8) -> QRectF:
        """Room for a mark at the left."""
        side = self.tokens.px(size)
        box = QRectF(self.left, round(self.middle - side / 2), side, side)
        self.left += side + self.tokens.px(gap)
        return box

    def tick(self, on: bool) -> None:
        """A box at the left, ticked or not; `on_tick` tells whether a click hits it."""
        side = self.tokens.px(TICK)
        box = QRectF(self.left + 0.5, round(self.middle - side / 2) + 0.5, side - 1, side - 1)
        self.painter.setPen(QPen(self.tokens.accent if on else self.tokens.border, 1))
        self.painter.setBrush(self.tokens.accent if on else self.tokens.page)
        self.painter.drawRoundedRect(box, theme.RADIUS_SWATCH, theme.RADIUS_SWATCH)
        if on:
            icons.draw(self.painter, "check", self.tokens.on_accent, box.adjusted(1, 1, -1, -1))
        self.left += side + self.tokens.px(theme.SPACE_8)

    def key_cap_right(self, words: str, gap: int = 8) -> None:
        """A key in its frame, at the right."""
        self.right -= key_cap(self.painter, words, self.right, self.middle, self.tokens) + self.tokens.px(gap)

    def chevron(self, opened: bool) -> None:
        """The sign that rows stand below."""
        self.icon("chevron-down" if opened else "chevron-right", "ink2", theme.SPACE_12, gap=6)


def on_tick(x: float, tokens: theme.Theme) -> bool:
    """Whether a place across a row lies on its tick."""
    return x < tokens.px(theme.SPACE_12 + TICK + theme.SPACE_4)


def key_cap(painter: QPainter, words: str, right: float, middle: float, tokens: theme.Theme) -> int:
    """A key in its frame, ending at `right`; returns its width."""
    width, height = width_of(words, tokens, "caption") + tokens.px(10), tokens.px(17)
    box = QRectF(right - width + 0.5, round(middle - height / 2) + 0.5, width - 1, height - 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.border, 1))
    painter.setBrush(tokens.page)
    painter.drawRoundedRect(box, theme.RADIUS_CHIP, theme.RADIUS_CHIP)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    write(painter, words, right - width + tokens.px(5), middle, tokens.font("caption"), tokens.ink2)
    return width


def chip(
    painter: QPainter, words: str, left: float, middle: float, tokens: theme.Theme, tone: str = "accent"
) -> int:
    """Words on a tint, as a citation or a state; returns the width."""
    width, height = width_of(words, tokens, "chip") + tokens.px(2 * theme.CHIP_PAD), tokens.px(18)
    box = QRectF(left, round(middle - height / 2), width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(getattr(tokens, tone), 1) if tokens.name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(getattr(tokens, f"{tone}_tint"))
    painter.drawRoundedRect(box, theme.RADIUS_CHIP, theme.RADIUS_CHIP)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    write(
        painter, words, left + tokens.px(theme.CHIP_PAD), middle, tokens.font("chip"), getattr(tokens, tone)
    )
    return width


def ground(painter: QPainter, option: QStyleOptionViewItem, tokens: theme.Theme) -> None:
    """The ground of a row that is chosen or under the pointer: a tint, and a bar at the left edge."""
    box, state = option.rect, option.state
    if state & QStyle.StateFlag.State_Selected:
        active = bool(state & QStyle.StateFlag.State_HasFocus or state & QStyle.StateFlag.State_Active)
        painter.fillRect(box, tokens.accent_tint)
        bar = QRect(box.left(), box.top(), tokens.px(theme.BAR), box.height())
        painter.fillRect(bar, tokens.accent if active else tokens.border)
        if tokens.name == "contrast":
            painter.setPen(QPen(tokens.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, tokens.hover)


Paint = Callable[[Row, Node, QStyleOptionViewItem], None]


class TreeDelegate(TypingDelegate):
    """Paints the rows of a tree with one function, and edits them where they stand."""

    def __init__(self, tokens: theme.Theme, height: int, paint: Paint, parent: QWidget) -> None:
        """Rows of one height."""
        super().__init__(tokens.font(), parent)
        self.tokens, self.height, self._paint = tokens, height, paint

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        """One height for all rows."""
        return QSize(40, self.tokens.px(self.height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground and row."""
        node: Node = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if node.selectable:
            ground(painter, option, self.tokens)
        self._paint(Row(painter, option.rect, self.tokens), node, option)
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Any) -> None:
        """The line stands over the row."""
        editor.setGeometry(option.rect.adjusted(self.tokens.px(theme.SPACE_24), 0, -2, 0))
