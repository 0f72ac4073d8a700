"""Where one draws conclusions: claims, one with its evidence, the last check before the defence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from qualcoder_lite.ui.conclusions.checks import ChecksPanel
from qualcoder_lite.ui.conclusions.claims_list import ClaimsPanel
from qualcoder_lite.ui.conclusions.claims_view import ClaimView
from qualcoder_lite.ui.kit import theme

LEFT, LEFT_LEAST, LEFT_MOST = 330, 280, 420
RIGHT, RIGHT_LEAST, RIGHT_MOST = 324, 280, 400
NARROW = 1360  # pixels: both panels then take their least width


class ConclusionsPage(QWidget):
    """The workspace."""

    def __init__(self, tokens: theme.Theme) -> None:
        """No claims yet."""
        super().__init__()
        self.tokens = tokens
        self.claims, self.view, self.checks = ClaimsPanel(tokens), ClaimView(tokens), ChecksPanel(tokens)
        px = tokens.px
        for panel, least, most in (
            (self.claims, LEFT_LEAST, LEFT_MOST),
            (self.checks, RIGHT_LEAST, RIGHT_MOST),
        ):
            panel.setMinimumWidth(px(least))
            panel.setMaximumWidth(px(most))
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        for part in (self.claims, self.view, self.checks):
            self.split.addWidget(part)
        self.split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)

    def reset_sizes(self) -> None:
        """Give the panels their usual widths."""
        px, width = self.tokens.px, self.window().width()
        narrow = width < px(NARROW)
        left, right = (LEFT_LEAST, RIGHT_LEAST) if narrow else (LEFT, RIGHT)
        self.split.setSizes([px(left), width - px(left + right), px(right)])
