"""The workspace in which one codes: sources and informants, the text, the codebook; panels below the text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.coding.document import Document
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.panel import flat_button, line_across, paper, splitter
from qualcoder_lite.ui.sources.panel import InformantsPanel, SourcesPanel

LEFT, RIGHT, BELOW, PEOPLE = 248, 304, 168, 300  # pixels: the usual sizes of panels
LEFT_LEAST, RIGHT_LEAST, BELOW_LEAST = 212, 260, 96
LEFT_MOST, RIGHT_MOST = 360, 420
TEXT_LEAST = 500  # pixels that the text needs before the left panel makes way
NARROW, RIGHT_NARROW = 1360, 276  # pixels: a window narrower than this, and its codebook


class Reduction(QWidget):
    """The workspace; `below` holds the panels under the text, one of them at a time."""

    def __init__(self, desk: Desk) -> None:
        """All panels, empty."""
        super().__init__()
        self.tokens = tokens = desk.tokens
        self.sources, self.informants = SourcesPanel(tokens), InformantsPanel(tokens)
        self.document = Document(desk)
        self.codebook = Codebook(tokens)
        self.below = QStackedWidget()
        self.below.setMinimumHeight(tokens.px(BELOW_LEAST))
        self.below.hide()
        self.resting: QWidget | None = None  # the panel below that stands there while no other is open
        self.left = splitter(Qt.Orientation.Vertical, self.sources, self._with_line(self.informants))
        self.middle = splitter(Qt.Orientation.Vertical, self.document, self.below)
        self.middle.setStretchFactor(0, 1)
        self.whole = splitter(Qt.Orientation.Horizontal, self.left, self.middle, self.codebook)
        self.whole.setStretchFactor(1, 1)
        for side, least, most in (
            (self.left, LEFT_LEAST, LEFT_MOST),
            (self.codebook, RIGHT_LEAST, RIGHT_MOST),
        ):
            side.setMinimumWidth(tokens.px(least))
            side.setMaximumWidth(tokens.px(most))
        for panel in (self.sources, self.informants, self.codebook):
            paper(panel, "panel")
        self.edge = self._edge_tab()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.edge)
        row.addWidget(self.whole, 1)
        self.made_way = False  # the left panel went because the window is narrow
        self.wished = (0, 0)  # the widths of the sides that the person gave them
        self.whole.splitterMoved.connect(lambda *_moved: self._wish())
        self.reset_sizes()

    def _edge_tab(self) -> QToolButton:
        """What stands at the left edge while the left panel is away."""
        tab = flat_button(self.tokens, "chevron-right", _("Show the panels at the left"), self._show_left)
        tab.setFixedWidth(self.tokens.px(theme.TARGET))
        tab.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        tab.hide()
        return tab

    def _show_left(self) -> None:
        self.made_way = False
        self.show_left(shown=True)

    def show_left(self, shown: bool) -> None:
        """Show the panels of sources and informants, or only their edge."""
        self.left.setVisible(shown)
        self.edge.setVisible(not shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window gets narrow the left panel makes way for the text, and comes back."""
        super().resizeEvent(event)
        px, right = self.tokens.px, self.codebook.width() if self.codebook.isVisible() else 0
        room = self.width() - right
        if self.left.isVisible() and room - self.left.width() < px(TEXT_LEAST) and self.isVisible():
            self.made_way = True
            self.show_left(shown=False)
        elif self.made_way and room - px(LEFT_LEAST) >= px(TEXT_LEAST + 40):
            self.made_way = False
            self.show_left(shown=True)
        self._give_back()

    def _wish(self) -> None:
        left, _middle, right = self.whole.sizes()
        self.wished = (left, right)

    def _give_back(self) -> None:
        """Give sides that a narrow window squeezed their widths again, where the text has enough."""
        left, middle, right = self.whole.sizes()
        for_left = max(0, min(self.wished[0] - left, middle - self.tokens.px(NARROW // 2))) if left else 0
        middle -= for_left
        for_right = max(0, min(self.wished[1] - right, middle - self.tokens.px(NARROW // 2))) if right else 0
        if for_left or for_right:
            self.whole.setSizes([left + for_left, middle - for_right, right + for_right])

    def _with_line(self, panel: QWidget) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line_across())
        column.addWidget(panel, 1)
        return whole

    def reset_sizes(self) -> None:
        """Give the panels their usual sizes; in a narrow window the text keeps its width."""
        px = self.tokens.px
        narrow = self.window().width() < px(NARROW)
        left, right = (LEFT_LEAST, RIGHT_NARROW) if narrow else (LEFT, RIGHT)
        self.whole.setSizes([px(left), max(px(400), self.window().width() - px(left + right)), px(right)])
        self.wished = (px(left), px(right))
        self.left.setSizes([px(440), px(PEOPLE)])
        self.middle.setSizes([px(560), px(BELOW)])

    def sizes(self) -> dict[str, list[int]]:
        """The sizes of the panels, to be remembered."""
        parts = {
            "whole": self.whole,
            "left": self.left,
            "middle": self.middle,
            "codebook": self.codebook.split,
        }
        return {name: part.sizes() for name, part in parts.items() if part.isVisible()}

    def set_sizes(self, sizes: dict[str, list[int]]) -> None:
        """Give the panels remembered sizes; what does not fit is left out."""
        parts = {
            "whole": self.whole,
            "left": self.left,
            "middle": self.middle,
            "codebook": self.codebook.split,
        }
        for name, part in parts.items():
            found = sizes.get(name)
            if (
                isinstance(found, list)
                and len(found) == part.count()
                and all(isinstance(n, int) for n in found)
            ):
                part.setSizes(found)
        self._wish()
