"""The rows over a matrix: its kind, what it looks at, filters as chips; and the legend below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QToolButton, QWidget

from qualcoder_lite.i18n import _
from qualcoder_lite.signs import SIGN_ORDER, SIGN_WORDS
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.panel import Elided, flat_button, paper
from qualcoder_lite.ui.kit.row_paint import elided, width_of, write
from qualcoder_lite.ui.kit.strip_paint import paint_strip

KINDS_HIGH, TOOLS_HIGH, LEGEND_HIGH = 36, 36, 32
Fill = Callable[[QMenu], object]


class Chooser(QToolButton):
    """A button with what is chosen and a chevron; its menu is filled when it opens."""

    def __init__(self, tokens: theme.Theme, name: str, fill: Fill) -> None:
        """`name` says what is chosen here."""
        super().__init__()
        self.tokens = tokens
        self.setProperty("chip", True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFont(tokens.font("secondary"))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._menu.clear)
        self._menu.aboutToShow.connect(lambda: fill(self._menu))
        self.setMenu(self._menu)

    def sizeHint(self) -> QSize:
        """As wide as the words and the chevron."""
        wide = width_of(self.text(), self.tokens, "secondary") + self.tokens.px(38)
        return QSize(wide, self.tokens.px(theme.TARGET))

    def minimumSizeHint(self) -> QSize:
        """All of it."""
        return self.sizeHint()

    def say(self, words: str) -> None:
        """Show what is chosen."""
        self.setText(words)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, words, chevron."""
        painter, tokens = QPainter(self), self.tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.accent if self.hasFocus() else tokens.border)
        painter.setBrush(tokens.hover if self.underMouse() else tokens.page)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        middle, side = self.height() / 2, tokens.px(theme.SPACE_12)
        write(painter, self.text(), tokens.px(8), middle, tokens.font("secondary"), tokens.ink)
        place = QRectF(self.width() - side - tokens.px(7), round(middle - side / 2), side, side)
        icons.draw(painter, "chevron-down", tokens.ink2, place)
        painter.end()


class KindRow(QWidget):
    """The kinds of matrices; those for which there is no room stand in a menu at the end."""

    chosen = Signal(str)

    def __init__(self, tokens: theme.Theme, kinds: Sequence[tuple[str, str]]) -> None:
        """Kinds with their words."""
        super().__init__()
        self.tokens, self.kinds, self.kind = tokens, list(kinds), ""
        self.setFixedHeight(tokens.px(KINDS_HIGH))
        self.group = QButtonGroup(self)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(tokens.px(theme.SPACE_8), 0, tokens.px(theme.SPACE_12), 0)
        self.row.setSpacing(tokens.px(2))
        self.buttons = {name: self._button(name, words) for name, words in kinds}
        self.more = Chooser(tokens, _("More matrices"), self._fill_more)
        self.more.say(_("More"))
        self.row.addWidget(self.more)
        self.row.addStretch(1)

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("flat", True)
        button.setText(words)
        button.setFont(self.tokens.font())
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if self.tokens.name == "contrast":  # no tint: a frame tells what is chosen
            button.setStyleSheet("QToolButton:checked { border: 2px solid palette(link); }")
        button.setFixedSize(width_of(words, self.tokens, "panel") + self.tokens.px(20), self.tokens.px(28))
        button.clicked.connect(lambda: self.chosen.emit(name))
        self.group.addButton(button)
        self.row.addWidget(button)
        return button

    def add(self, widget: QWidget) -> None:
        """Put a tool at the right."""
        self.row.addWidget(widget)

    def show_kind(self, kind: str) -> None:
        """Mark the kind that is shown."""
        self.kind = kind
        for name, button in self.buttons.items():
            button.setChecked(name == kind)
            button.setFont(self.tokens.font("panel" if name == kind else "interface"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many kinds as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        items = [self.row.itemAt(at) for at in range(self.row.count())]
        others = [item.widget() for item in items if item is not None]
        tools = [w for w in others if w and w not in self.buttons.values() and w is not self.more]
        room = self.width() - sum(tool.sizeHint().width() + 8 for tool in tools) - self.tokens.px(30)
        names = [name for name, _words in self.kinds]
        wide = sum(self.buttons[name].width() + 2 for name in names)
        if wide > room:
            room -= self.more.sizeHint().width()
        for name in reversed(names):
            hidden = wide > room and name != self.kind
            self.buttons[name].setVisible(not hidden)
            wide -= self.buttons[name].width() + 2 if hidden else 0
        self.more.setVisible(any(button.isHidden() for button in self.buttons.values()))

    def _fill_more(self, menu: QMenu) -> None:
        for name, words in self.kinds:
            if self.buttons[name].isHidden():
                menu.addAction(words, partial(self.chosen.emit, name))


class ToolRow(QWidget):
    """What the matrix looks at, its filters, and how much there is."""

    def __init__(self, tokens: theme.Theme) -> None:
        """Nothing is chosen yet."""
        super().__init__()
        self.tokens = tokens
        self.setFixedHeight(tokens.px(TOOLS_HIGH))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(tokens.px(theme.SPACE_12), 0, tokens.px(theme.SPACE_12), tokens.px(4))
        self.row.setSpacing(tokens.px(6))
        self.chips = QWidget()
        self.chip_row = QHBoxLayout(self.chips)
        self.chip_row.setContentsMargins(0, 0, 0, 0)
        self.chip_row.setSpacing(tokens.px(4))
        self.summary = Elided(tokens, "secondary", "ink2")
        self.row.addWidget(self.chips)
        self.row.addStretch(1)
        self.row.addWidget(self.summary)

    def add(self, widget: QWidget) -> None:
        """Put a chooser before the chips."""
        self.row.insertWidget(self.row.indexOf(self.chips), widget)

    def show_chips(self, chips: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Show each filter with a cross that takes it away."""
        while self.chip_row.count():
            item = self.chip_row.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for words, remove in chips:
            self.chip_row.addWidget(FilterChip(self.tokens, words, remove))


class FilterChip(QWidget):
    """A filter in words, with a cross."""

    def __init__(self, tokens: theme.Theme, words: str, remove: Callable[[], object]) -> None:
        """One filter."""
        super().__init__()
        self.tokens, self.words = tokens, words
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.px(8), 0, 0, 0)
        row.setSpacing(0)
        said = Elided(tokens, "secondary", "accent")
        said.setText(words)
        said.setToolTip(words)
        said.setMaximumWidth(tokens.px(200))
        row.addWidget(said)
        row.addWidget(flat_button(tokens, "x", _("Remove the filter {words}").format(words=words), remove))
        self.setFixedHeight(tokens.px(theme.TARGET))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.tokens.accent if self.tokens.name == "contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(self.tokens.accent_tint)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.end()


class Legend(QWidget):
    """What the blanks and the ticks mean, under every matrix."""

    def __init__(self, tokens: theme.Theme) -> None:
        """All of them."""
        super().__init__()
        self.tokens, self.note, self.blanks = tokens, "", list[tuple[str, str]]()
        paper(self, "page")
        self.setFixedHeight(tokens.px(LEGEND_HIGH))

    def show_for(self, kind: str, blanks: Sequence[tuple[str, str]], note: str = "") -> None:
        """The legend of a kind with these blanks, each with what it means."""
        notes = {
            "linkage": _(
                "The tone of a quote states no cause. Direction comes from drawn links and claims alone."
            ),
            "saturation": _("With a codebook from theory this shows how indicators are covered, no more."),
            "agreement": _("Only sources that every compared coder has coded; undefined stays undefined."),
        }
        self.note, self.blanks = note or notes.get(kind, ""), list(blanks)
        self.setToolTip(self.note)
        self.setAccessibleName(self.note or ", ".join(f"{mark} {words}" for mark, words in blanks))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Marks at the left, ticks at the right."""
        painter, tokens = QPainter(self), self.tokens
        painter.setPen(tokens.separator)
        painter.drawLine(0, 0, self.width(), 0)
        middle, at = self.height() / 2, float(tokens.px(theme.SPACE_12))
        if self.note:
            shown = elided(self.note, self.width() - tokens.px(24), tokens, "caption")
            write(painter, shown, at, middle, tokens.font("caption"), tokens.ink2)
            painter.end()
            return
        for mark, words in self.blanks:
            at = self._mark(painter, at, middle, mark, words)
        self._signs(painter, at, middle)
        painter.end()

    def _mark(self, painter: QPainter, at: float, middle: float, mark: str, words: str) -> float:
        tokens = self.tokens
        write(painter, mark, at, middle, tokens.font("chip"), tokens.ink)
        at += width_of(mark, tokens, "chip") + tokens.px(5)
        write(painter, words, at, middle, tokens.font("caption"), tokens.ink2)
        return at + width_of(words, tokens, "caption") + tokens.px(18)

    def _signs(self, painter: QPainter, left: float, middle: float) -> None:
        tokens, at = self.tokens, float(self.width() - self.tokens.px(theme.SPACE_12))
        for sign in ("±", "0", "-", "+"):
            words = _(SIGN_WORDS[sign])
            at -= width_of(words, tokens, "caption")
            if at < left + tokens.px(20):
                return
            write(painter, words, at, middle, tokens.font("caption"), tokens.ink2)
            at -= tokens.px(10)
            one = [int(sign == known) for known in SIGN_ORDER]
            paint_strip(painter, at, middle + tokens.px(1), one, tokens)
            at -= tokens.px(14)
