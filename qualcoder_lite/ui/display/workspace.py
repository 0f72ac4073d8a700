"""The workspace in which one displays data: kinds and choosers over a matrix, the cell at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from qualcoder_lite.i18n import N_, _
from qualcoder_lite.ui.display.tools import KindRow, Legend, ToolRow
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.panel import Hint, line_across, paper
from qualcoder_lite.ui.matrix.view import MatrixView

KINDS = {
    "informants": N_("Informants × dimensions/factors"),
    "linkage": N_("Linkage"),
    "groups": N_("Groups"),
    "triangulation": N_("Triangulation"),
    "emic-etic": N_("Emic–etic"),
    "saturation": N_("Saturation"),
    "comparison": N_("Comparison of informants"),
    "agreement": N_("Agreement of coders"),
}
PANEL, PANEL_LEAST, PANEL_MOST, NARROW_PANEL = 404, 340, 560, 360


class DisplayPage(QWidget):
    """The workspace; `pages` holds the matrix, and a sentence where there is none."""

    def __init__(self, tokens: theme.Theme, panel: QWidget) -> None:
        """No matrix yet."""
        super().__init__()
        self.tokens, self.panel = tokens, panel
        self.kinds = KindRow(tokens, [(name, _(words)) for name, words in KINDS.items()])
        self.tools, self.legend = ToolRow(tokens), Legend(tokens)
        self.view, self.hint = MatrixView(tokens), Hint(tokens)
        self.export = QPushButton(icons.icon("upload", tokens), _("Export"))
        self.export.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.picture = self._switch(_("Picture"))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.hint)
        paper(self.hint, "page")
        left = QWidget()
        paper(left, "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.kinds, self.tools, line_across(), self.pages, self.legend):
            column.addWidget(part)
        column.setStretch(3, 1)
        left.setMinimumWidth(tokens.px(420))
        panel.setMinimumWidth(tokens.px(PANEL_LEAST))
        panel.setMaximumWidth(tokens.px(PANEL_MOST))
        paper(panel, "panel")
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(left)
        self.split.addWidget(panel)
        self.split.setStretchFactor(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)

    def _switch(self, words: str) -> QToolButton:
        """A button that stays down while something else is shown in the place of the matrix."""
        button = QToolButton()
        button.setText(words)
        button.setCheckable(True)
        button.setProperty("flat", True)
        if self.tokens.name == "contrast":  # no tint: a frame tells that it is down
            button.setStyleSheet("QToolButton:checked { border: 2px solid palette(link); }")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def reset_sizes(self) -> None:
        """Give the panel its usual width."""
        width = self.window().width()
        right = self.tokens.px(PANEL if width >= self.tokens.px(1360) else NARROW_PANEL)
        self.split.setSizes([width - right, right])

    def show_sentence(self, sentence: str) -> None:
        """Say why there is no matrix."""
        self.hint.say(sentence)
        self.pages.setCurrentIndex(1)

    def show_matrix(self) -> None:
        """Show the matrix."""
        self.pages.setCurrentIndex(0)
