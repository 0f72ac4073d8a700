"""What stands in the window while no study is open: where to begin, what was open before, the way to go."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qualcoder_lite.i18n import N_, _
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.panel import label, line_across, paper
from qualcoder_lite.ui.kit.row_paint import elided, width_of, write
from qualcoder_lite.ui.kit.times import moment

STEPS = (
    N_("Import sources"), N_("Confirm who speaks"), N_("Code"), N_("Fill the matrices"),
    N_("Draw conclusions"), N_("Export to Word"),
)  # fmt: skip
WIDTH = 1000
Run = Callable[[], object]


class Choice(QWidget):
    """A row of two lines to click: what it does, and with what."""

    def __init__(
        self, tokens: theme.Theme, title: str, under: str, run: Run, icon: str = "", right: str = ""
    ) -> None:
        """One choice."""
        super().__init__()
        self.tokens, self._title, self._under, self._run = tokens, title, under, run
        self._icon, self._right, self._pointed = icon, right, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(tokens.px(54))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        self.setAccessibleDescription(under)
        self.setToolTip(under if len(under) > 48 else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon and words."""
        painter, tokens = QPainter(self), self.tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(tokens.accent, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(tokens.accent_tint if self.hasFocus() else tokens.hover)
            painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        left, right = tokens.px(theme.SPACE_12), self.width() - tokens.px(theme.SPACE_12)
        upper, lower = self.height() / 2 - tokens.px(9), self.height() / 2 + tokens.px(9)
        if self._icon:
            side = tokens.px(theme.ICON)
            tone = tokens.accent if self.hasFocus() else tokens.ink2
            icons.draw(painter, self._icon, tone, QRectF(left, round(upper - side / 2), side, side))
            left += side + tokens.px(theme.SPACE_12)
        if self._right:
            wide = width_of(self._right, tokens, "secondary")
            write(painter, self._right, right - wide, upper, tokens.font("secondary"), tokens.ink3)
            right -= wide + tokens.px(theme.SPACE_12)
        role = "panel" if self._icon else "interface"
        write(
            painter,
            elided(self._title, right - left, tokens, role),
            left,
            upper,
            tokens.font(role),
            tokens.ink,
        )
        under = elided(self._under, self.width() - left - tokens.px(theme.SPACE_12), tokens, "secondary")
        write(painter, under, left, lower, tokens.font("secondary"), tokens.ink2)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do it by Enter or Space; the arrows go to the other choices."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._run()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)
        self.update()


class Way(QWidget):
    """The six steps from transcripts to the thesis."""

    def __init__(self, tokens: theme.Theme) -> None:
        """Draw nothing yet."""
        super().__init__()
        self.tokens = tokens
        self.setFixedHeight(tokens.px(56))
        self.setAccessibleName(", ".join(f"{number} {_(step)}" for number, step in enumerate(STEPS, 1)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw numbers in rings, joined by lines, their words below."""
        painter, tokens = QPainter(self), self.tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring, step = tokens.px(24), self.width() / len(STEPS)
        for number, words in enumerate(STEPS):
            x, middle = step * number, ring / 2 + 1
            painter.setPen(QPen(tokens.border, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(x + 1, 1, ring, ring))
            if number < len(STEPS) - 1:
                painter.setPen(QPen(tokens.separator, 1))
                painter.drawLine(round(x + ring + 12), round(middle), round(x + step - 10), round(middle))
            digit = str(number + 1)
            place = x + 1 + (ring - width_of(digit, tokens, "secondary")) / 2
            write(painter, digit, place, middle, tokens.font("secondary"), tokens.ink2)
            shown = elided(_(words), round(step) - tokens.px(8), tokens, "secondary")
            write(painter, shown, x, ring + tokens.px(18), tokens.font("secondary"), tokens.ink)
        painter.end()


class Welcome(QWidget):
    """The page."""

    def __init__(self, tokens: theme.Theme, choices: Sequence[tuple[str, str, str, Run]]) -> None:
        """`choices`: icon, what, with what, function."""
        super().__init__()
        self.tokens = tokens
        paper(self, "page")
        inner = QWidget()
        inner.setMaximumWidth(tokens.px(WIDTH))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, tokens.px(64), 0, tokens.px(theme.SPACE_24))
        column.setSpacing(0)
        column.addWidget(label(tokens, "QualCoder Lite", "welcome"))
        column.addSpacing(tokens.px(theme.SPACE_8))
        motto = label(tokens, _("From interviews to claims that carry their evidence."), tone="ink2")
        motto.setFont(theme.letters(tokens.px(theme.READING_SIZE)))
        column.addWidget(motto)
        column.addSpacing(tokens.px(40))
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.px(48))
        grid.addWidget(label(tokens, _("Begin"), "chip", "ink2"), 0, 0)
        grid.addWidget(label(tokens, _("Opened before"), "chip", "ink2"), 0, 1)
        grid.addLayout(self._choices(choices), 1, 0, Qt.AlignmentFlag.AlignTop)
        self.recent = QVBoxLayout()
        self.recent.setSpacing(0)
        grid.addLayout(self.recent, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addStretch(1)
        column.addWidget(line_across())
        column.addSpacing(tokens.px(theme.SPACE_16))
        column.addWidget(label(tokens, _("The way to go"), "chip", "ink2"))
        column.addSpacing(tokens.px(theme.SPACE_12))
        column.addWidget(Way(tokens))
        row = QHBoxLayout(self)
        edge = tokens.px(theme.SPACE_32)
        row.setContentsMargins(edge, 0, edge, 0)
        row.addStretch(1)
        row.addWidget(inner, 1000)
        row.addStretch(1)

    def _choices(self, choices: Sequence[tuple[str, str, str, Run]]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.tokens.px(2))
        self.choices = [Choice(self.tokens, title, under, run, icon) for icon, title, under, run in choices]
        for choice in self.choices:
            column.addWidget(choice)
        return column

    def show_recent(self, paths: Sequence[Path], open_one: Callable[[Path], object]) -> None:
        """List the studies that were open before and are still there."""
        while self.recent.count():
            item = self.recent.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        now = datetime.datetime.now()
        for path in paths:
            when = datetime.datetime.fromtimestamp(path.stat().st_mtime)
            run = partial(open_one, path)
            row = Choice(self.tokens, path.stem, _short(path), run, right=moment(when, now))
            self.recent.addWidget(row)
            self.recent.addWidget(line_across())
        words = _("Drop a study or transcripts on this window to open them.")
        hint = label(self.tokens, words, "secondary", "ink2")
        hint.setWordWrap(True)
        hint.setContentsMargins(self.tokens.px(theme.SPACE_12), self.tokens.px(theme.SPACE_16), 0, 0)
        self.recent.addWidget(hint)


def _short(path: Path) -> str:
    """A path from the person's own folder on."""
    try:
        return str(path.relative_to(Path.home()))
    except ValueError:
        return str(path)
