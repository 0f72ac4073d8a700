"""The panel of the interview guide: what was asked in the open interview, and in which turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStackedWidget, QVBoxLayout, QWidget

from qualcoder_lite.analysis.panels.guide import GuideLine
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.lists import row_list
from qualcoder_lite.ui.kit.panel import Head, Hint, paper
from qualcoder_lite.ui.kit.row_paint import Row, on_tick

NUMBER = 44  # pixels of the column of numbers


class GuidePanel(QWidget):
    """The questions in their order, ticked where they were asked; below each the turn that has its words."""

    ticked = Signal(object)  # the lines whose ticks turn
    jumped = Signal(object)  # GuideLine
    edited = Signal(object)  # GuideLine
    removed = Signal(object)  # the lines to remove
    came_into_view = Signal()

    def __init__(self, tokens: theme.Theme) -> None:
        """No questions."""
        super().__init__()
        self.tokens = tokens
        self.head, self.hint, self.pages = Head(tokens, _("Interview guide")), Hint(tokens), QStackedWidget()
        self.view, self.model = row_list(tokens, theme.TWO_LINE_ROW, self._paint, said)
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.setAccessibleName(_("Interview guide"))
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        self.view.doubleClicked.connect(lambda index: self.jumped.emit(self.model.rows[index.row()]))
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.hint)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self.pages, 1)
        paper(self, "panel")

    def say_empty(self, spoken: bool, ask_new: Callable[[], object]) -> None:
        """What stands there while no question is listed; `spoken`: the open source is an interview."""
        if spoken:
            self.hint.say(_("There is no interview guide yet."), _("New question"), ask_new)
        else:
            self.hint.say(_("Open an interview to see which questions of the guide were asked in it."))

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the panel was hidden is read now."""
        super().showEvent(event)
        self.came_into_view.emit()

    def show_lines(self, lines: Sequence[GuideLine], source: str) -> None:
        """Show the questions as they stand in a source; the row that was current stays so."""
        place, chosen = self.view.currentIndex().row(), [line.id for line in self.chosen()]
        asked = sum(line.asked for line in lines)
        words = _("{asked} of {number} asked in {source}")
        self.head.count.setText(words.format(asked=asked, number=len(lines), source=source) if lines else "")
        self.model.set_rows(lines)
        self.pages.setCurrentIndex(0 if lines else 1)
        if 0 <= place < len(lines):
            self.view.setCurrentIndex(self.model.index(place))
        for row, line in enumerate(lines):
            if line.id in chosen:
                select = self.view.selectionModel().SelectionFlag.Select
                self.view.selectionModel().select(self.model.index(row), select)

    def chosen(self) -> list[GuideLine]:
        """The chosen questions in their order."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self.model.rows[row] for row in rows]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space turns ticks, Enter goes to the turn; a click on a tick turns it."""
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event) or super().eventFilter(watched, event)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            index = self.view.indexAt(event.position().toPoint())
            if index.isValid() and on_tick(event.position().x(), self.tokens):
                self.ticked.emit([self.model.rows[index.row()]])
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        lines = self.chosen()
        if not lines:
            return False
        if event.key() == Qt.Key.Key_Space:
            self.ticked.emit(lines)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.jumped.emit(lines[0])
        elif event.key() == Qt.Key.Key_F2:
            self.edited.emit(lines[0])
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit(lines)
        else:
            return False
        return True

    def _paint(self, row: Row, line: GuideLine) -> None:
        """Tick, number, question, its codes; below it the turn, and what its words propose."""
        half = row.box.height() / 4
        row.middle = row.box.top() + half + 2
        row.tick(line.asked)
        left = row.left
        row.words(line.number, "interface", "ink2")
        row.left = max(row.left, left + self.tokens.px(NUMBER))
        left = row.left
        right = row.right
        row.words_right(" ".join(line.codes))
        row.words(line.text, "interface", "ink" if line.asked else "ink3")
        row.left, row.right, row.middle = left, right, row.box.top() + 3 * half - 2
        if line.proposed != line.asked:
            row.words_right(_proposal(line), tone="accent")
        row.words(_match(line), "secondary", "ink3")

    def minimumSizeHint(self) -> QSize:
        """A list of two questions."""
        return QSize(self.tokens.px(480), self.tokens.px(96))


def _proposal(line: GuideLine) -> str:
    return _("its words propose: asked") if line.proposed else _("its words propose: not asked")


def _match(line: GuideLine) -> str:
    if line.match is None:
        return _("No turn of the interviewer has words of it.")
    return f"“{' '.join(line.match.text.split())}”"


def said(line: GuideLine) -> str:
    """A question as it is read aloud."""
    state = _("asked") if line.asked else _("not asked")
    return f"{line.number}, {line.text}, {state}, {_match(line)}"
