"""A filter as a chip: a click opens what can be changed in it, the cross or Delete takes it away."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.mark_paint import paint_swatch
from qualcoder_lite.ui.kit.row_paint import elided, width_of, write

HEIGHT, CROSS, MOST = 24, 12, 280  # pixels


class Chip(QAbstractButton):
    """The words of a filter in a frame, with the colour of its code where it has one."""

    taken_away = Signal()

    def __init__(
        self, tokens: theme.Theme, words: str, colour: QColor | None = None, emic: bool = False
    ) -> None:
        """A chip with words."""
        super().__init__()
        self.tokens, self._colour, self._emic = tokens, colour, emic
        self.setText(words)
        self.setToolTip(words)
        self.setAccessibleName(_("Filter: {words}").format(words=words))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def _around(self) -> int:
        """What stands beside the words: edges, swatch, cross."""
        px = self.tokens.px
        return 3 * px(theme.SPACE_8) + px(CROSS) + (px(theme.SWATCH + 8) if self._colour else 0)

    def sizeHint(self) -> QSize:
        """As wide as the words, up to a limit."""
        wide = self._around() + width_of(self.text(), self.tokens) + 2
        return QSize(min(wide, self.tokens.px(MOST)), self.tokens.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        least = self._around() + self.tokens.px(theme.SPACE_32)
        return QSize(min(least, self.sizeHint().width()), self.tokens.px(HEIGHT))

    def _cross(self) -> QRectF:
        side, edge = self.tokens.px(CROSS), self.tokens.px(theme.SPACE_8)
        return QRectF(self.width() - side - edge, (self.height() - side) / 2, side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, swatch, words, cross."""
        painter, px = QPainter(self), self.tokens.px
        focused = self.hasFocus()
        edge = 1.0 if focused else 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.tokens.accent if focused else self.tokens.border, 2 if focused else 1))
        painter.setBrush(self.tokens.hover if self.underMouse() else self.tokens.page)
        box = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        left = float(px(theme.SPACE_8))
        if self._colour is not None:
            side = px(theme.SWATCH)
            paint_swatch(
                painter, QRectF(left, (self.height() - side) // 2, side, side), self._colour, self._emic
            )
            left += side + px(8)
        room = int(self._cross().left() - left - px(theme.SPACE_4))
        shown = elided(self.text(), room, self.tokens)
        write(painter, shown, left, self.height() / 2, self.tokens.font(), self.tokens.ink)
        icons.draw(painter, "x", self.tokens.ink2, self._cross())
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The cross takes the filter away."""
        if event.position().x() >= self._cross().left() - self.tokens.px(theme.SPACE_4):
            self.setDown(False)
            self.taken_away.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the filter away, Enter and Space open it."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.taken_away.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
