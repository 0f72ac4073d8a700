"""The workspace in which one codes: sources and informants, the text, the codebook; panels below the text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui.codebook.detail import CodeDetail
from qualcoder_lite.ui.codebook.tree import CodeTree, code_nodes
from qualcoder_lite.ui.coding.document import Document
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.overlay import in_window
from qualcoder_lite.ui.kit.panel import Head, Hint, IconLine, flat_button, label, line_across, paper
from qualcoder_lite.ui.sources.panel import Progress, informants_panel, sources_panel

LEFT, RIGHT, BELOW, DETAIL, PEOPLE = 248, 304, 168, 206, 300  # pixels: the usual sizes of panels
LEFT_LEAST, RIGHT_LEAST, BELOW_LEAST = 212, 260, 96
LEFT_MOST, RIGHT_MOST = 360, 420
TEXT_LEAST = 500  # pixels that the text needs before the left panel makes way
NARROW, RIGHT_NARROW = 1360, 276  # pixels: a window narrower than this, and its codebook


class Codebook(QWidget):
    """The codebook's panel: head, filter, tree, the code in view."""

    def __init__(self, tokens: theme.Theme) -> None:
        """An empty codebook."""
        super().__init__()
        self.lines: list[CodeLine] = []
        self.head, self.tree, self.detail = Head(tokens, _("Codebook")), CodeTree(tokens), CodeDetail(tokens)
        self.filter = IconLine(tokens, "list-filter", _("Filter codes"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _words: self._filter())
        self.hint, self.pages = Hint(tokens), QStackedWidget()
        self.pages.addWidget(self.tree)
        self.pages.addWidget(self.hint)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        filter_row = QVBoxLayout()
        edge = tokens.px(theme.SPACE_12)
        filter_row.setContentsMargins(edge, 0, edge, tokens.px(theme.SPACE_8))
        filter_row.addWidget(self.filter)
        column.addWidget(self.head)
        column.addLayout(filter_row)
        column.addWidget(self.pages, 1)
        self.plan = label(tokens, "", "secondary", "ink")
        self.plan.setWordWrap(True)
        self.plan.setContentsMargins(edge, tokens.px(theme.SPACE_4), edge, tokens.px(theme.SPACE_4))
        paper(self.plan, "page")
        self.plan.hide()
        column.addWidget(self.plan)
        self.tree.planned.connect(self.show_plan)
        self.split = splitter(Qt.Orientation.Vertical, upper, self.detail)
        self.split.setSizes([600, tokens.px(DETAIL)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)

    def show_codes(self, lines: list[CodeLine]) -> None:
        """Show the codes as they are now."""
        if not self.lines:
            self.tree.closed = {line.id for line in lines}
        self.lines = self.tree.lines = lines
        number = len(lines)
        self.head.count.setText(n_("{number} code", "{number} codes", number).format(number=number))
        self._show()

    def show_plan(self, sentence: str) -> None:
        """Say what dropping here would do."""
        self.plan.setText(sentence)
        self.plan.setVisible(bool(sentence))

    def current_row(self) -> QRect:
        """Where the current row stands in the window."""
        box = self.tree.visualRect(self.tree.currentIndex())
        return in_window(self.tree.viewport(), box)

    def parent_for_new(self) -> bytes | None:
        """Under which code a new one goes: the current top code, or that of the current code; else none."""
        line = next((line for line in self.lines if line.id == self.tree.current_key()), None)
        if line is None or line.perspective == "emic":
            return None
        return line.parent or line.id

    def _filter(self) -> None:
        self._show()
        if not self.filter.text().strip():
            self.tree.open_all_but_closed()

    def _show(self) -> None:
        roots = code_nodes(self.lines, self.filter.text())
        self.tree.show_rows(roots)
        if self.filter.text().strip():
            self.tree.open_all()  # a hit in a closed branch would not be seen
        self.pages.setCurrentIndex(0 if roots else 1)


def splitter(orientation: Qt.Orientation, *parts: QWidget) -> QSplitter:
    """Parts beside or above each other, with a handle of one pixel that is easy to grab."""
    made = QSplitter(orientation)
    made.setHandleWidth(1)
    made.setChildrenCollapsible(False)
    for part in parts:
        made.addWidget(part)
    return made


class Reduction(QWidget):
    """The workspace; `below` holds the panels under the text, one of them at a time."""

    def __init__(self, tokens: theme.Theme, set_status: Callable[[str], object]) -> None:
        """All panels, empty."""
        super().__init__()
        self.tokens = tokens
        self.sources, self.informants = sources_panel(tokens), informants_panel(tokens)
        self.progress = Progress(tokens)
        self.sources.column.addWidget(self.progress)
        self.document = Document(tokens, set_status)
        self.codebook = Codebook(tokens)
        self.below = QStackedWidget()
        self.below.setMinimumHeight(tokens.px(BELOW_LEAST))
        self.below.hide()
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
