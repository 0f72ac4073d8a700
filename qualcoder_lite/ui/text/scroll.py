"""A page in a window: which part of it is seen, at which size and width.

Only what is seen is laid out. What the person looks at stays where it is while heights become exact, letters
grow or the window changes.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.body import Placed, TextBody
from qualcoder_lite.ui.text.columns import Columns, share
from qualcoder_lite.ui.text.layout import TextStyle
from qualcoder_lite.ui.text.page import Page

_BEYOND = 3  # lines laid out below the window, so that labels know what follows
_JUMP = 0.3  # of the window stands above a passage that was jumped to
_NEAR = 3  # windows; a scroll up to so far is exact to the pixel


class TextScroll(QAbstractScrollArea):
    """A scrolled page; offsets are code points, places pixels of the viewport."""

    text_size_changed = Signal(int)

    def __init__(self, tokens: theme.Theme, parent: QWidget | None = None) -> None:
        """An empty page."""
        super().__init__(parent)
        self.tokens = tokens
        self.text_size, self.line_factor = theme.READING_SIZE, theme.LINE_FACTOR
        self.text_width: int | None = None
        self.page = Page("")
        self._run = self._offset = 0  # the run at the top, and how much of it is above
        self._placed: list[Placed] | None = None
        self._following = False  # the scroll bar is being set by us
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.columns, self.style_of_text = self._measured()
        self.body = TextBody(self.page, self.style_of_text)

    def set_page(self, page: Page, position: int = 0) -> None:
        """Take another page, with a position's line at the top."""
        self.page = page
        self.columns, self.style_of_text = self._measured()
        self.body = TextBody(page, self.style_of_text)
        self._go(self.body.line_box(position)[0] - theme.SPACE_8 if position else 0)
        self.rearrange()
        self.placed()  # so that the scroll bar is right at once

    @property
    def top(self) -> int:
        """Where the window's upper edge stands in the text, as far as heights are known by now."""
        return int(self.body.heights.top[self._run]) + self._offset

    def _go(self, top: int) -> None:
        """Hold on to the run that stands at a height, so that what is learnt about others moves nothing."""
        self._run = self.body.heights.at(max(0, top))
        self._offset = max(0, top) - int(self.body.heights.top[self._run])

    # Sizes

    def _measured(self) -> tuple[Columns, TextStyle]:
        """The columns and the setting of the text for this window, size and wishes."""
        size = self.tokens.px(self.text_size)
        thicker = self.tokens.underline - theme.UNDERLINE
        line = round(size * self.line_factor) + theme.UNDERLINES * thicker
        character = TextStyle(self.tokens, size, line, 1).character
        columns = share(
            self.viewport().width(), self.tokens, character, self.text_width, bool(self.page.turns)
        )
        return columns, TextStyle(self.tokens, size, line, columns.text_width)

    def restyle(self) -> None:
        """Set the text anew after a change of size, width or theme; what was at the top stays there."""
        columns, style = self._measured()
        position, shift = self._anchor()
        self.columns = columns
        if style != self.style_of_text:
            self.style_of_text = style
            self.body.set_style(style)
            self._go(self.body.line_box(position)[0] - shift)
        self.rearrange()

    def _anchor(self) -> tuple[int, int]:
        """The position whose line keeps its place when the text is set anew, and the line's place."""
        if self.top == 0:
            return 0, self.body.line_box(0)[0]
        position = self.visible_range()[0]
        return position, self.body.line_box(position)[0] - self.top

    def set_text_size(self, size: int) -> None:
        """Zoom: set the letters' size in pixels, within the sizes for reading."""
        size = min(max(size, theme.READING_SIZES[0]), theme.READING_SIZES[-1])
        if size != self.text_size:
            self.text_size = size
            self.restyle()
            self.text_size_changed.emit(size)

    def set_line_factor(self, factor: float) -> None:
        """Set the line height as a factor of the letters' size."""
        self.line_factor = factor
        self.restyle()

    def set_text_width(self, width: int | None) -> None:
        """Wish a width of the text column in pixels; None for the width that reads best."""
        self.text_width = width
        self.restyle()

    def set_tokens(self, tokens: theme.Theme) -> None:
        """Take other colours or another scale."""
        self.tokens = tokens
        self.restyle()

    # What is seen

    def rearrange(self) -> None:
        """What is seen must be laid out anew before it is painted or asked for."""
        self._placed = None
        self.viewport().update()

    def placed(self) -> list[Placed]:
        """The runs in sight, laid out; the scroll bar follows what that taught about heights."""
        if self._placed is None:
            height = self.viewport().height()
            placed, top = self.body.arrange(self.top, height, _BEYOND * self.style_of_text.line)
            self._go(top)
            self._follow(height)
            self._placed = placed
        return self._placed

    def _follow(self, height: int) -> None:
        """Tell the scroll bar where we are."""
        self._following = True
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self.body.heights.total - height))
        bar.setPageStep(height)
        bar.setSingleStep(self.style_of_text.line)
        bar.setValue(self.top)
        self._following = False

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Follow the scroll bar; a short way up is exact although heights above were only estimated."""
        if self._following:
            return
        if abs(dy) <= _NEAR * self.viewport().height():
            self.scroll_by(-dy)
        else:
            self._go(self.verticalScrollBar().value())
            self.rearrange()

    def scroll_by(self, distance: int) -> None:
        """Scroll so many pixels down, or up where negative; what is above becomes exact on the way."""
        self.body.settle_above(self._run, -distance)
        self._go(self.top + distance)
        self.rearrange()

    def visible_range(self) -> tuple[int, int]:
        """The first position in sight and the last, by whole lines."""
        height = self.viewport().height()
        inside = [run for run in self.placed() if run.bottom > 0 and run.y < height]
        if not inside:
            return 0, 0
        first, last = inside[0], inside[-1]
        start = first.layout.line_bounds(first.layout.line_below(-first.y))[0]
        end = last.layout.line_bounds(last.layout.line_above(height - last.y))[1]
        return start, end

    def reveal(self, start: int, end: int, jump: bool = False) -> None:
        """Scroll so that a range is seen, its start at least; a jump leaves some text above it."""
        height = self.viewport().height()
        first, line = self.body.line_box(start)
        last, _line = self.body.line_box(end)
        self.placed()
        if last + line - first > height:
            last = first
        if first >= self.top and last + line <= self.top + height:
            return
        if jump:
            self._go(first - round(height * _JUMP))
        elif first < self.top:
            self._go(first - theme.SPACE_4 if first > line else 0)
        else:
            below = last + line + theme.SPACE_4
            self._go((below if below + line < self.body.heights.total else self.body.heights.total) - height)
        self.rearrange()

    def position_at(self, place: QPointF) -> int:
        """The position nearest to a place, above or below the window too."""
        x, y = place.x() - self.columns.text, place.y()
        for run in self.placed():
            if run.y <= y < run.bottom:
                return run.layout.position_at(x, y - run.y)
        return self.body.position_at(x, y + self.top)

    def caret_box(self, position: int) -> QRectF:
        """Where the caret stands at a position, in the viewport, whether in sight or not."""
        top, _line = self.body.line_box(position)
        self.placed()
        height = self.style_of_text.line * theme.BASELINE + theme.HIGHLIGHT_DROP
        x = self.columns.text + self.body.x_of(position)
        return QRectF(x - 1, top - self.top, self.tokens.px(theme.CARET), round(height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self.restyle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom while Control is held."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = event.angleDelta().y()
            self.set_text_size(self.text_size + (step > 0) - (step < 0))
            event.accept()
        else:
            super().wheelEvent(event)
