"""The codebook's panel: head, filter, tree, the code in view."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui.codebook.detail import CodeDetail
from qualcoder_lite.ui.codebook.tree import CodeTree, code_nodes
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.overlay import in_window
from qualcoder_lite.ui.kit.panel import Head, Hint, IconLine, label, paper, splitter

DETAIL = 206  # pixels: the usual height of the code in view


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
        self.hint.say(_("No code fits."), _("Clear the filter"), self.filter.clear)
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
