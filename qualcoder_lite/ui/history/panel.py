"""The panel of the history: every step with its coder and time, milestones, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStackedWidget, QVBoxLayout, QWidget

from qualcoder_lite.analysis.panels.history import StepLine
from qualcoder_lite.analysis.panels.since import CodingChange, MilestoneLine, Since
from qualcoder_lite.analysis.panels.table_names import kind_word
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.lists import row_list
from qualcoder_lite.ui.kit.panel import Head, label, paper
from qualcoder_lite.ui.kit.row_paint import Row, chip
from qualcoder_lite.ui.kit.times import stamp

TIME = 128  # pixels of the column of times


@dataclass(frozen=True)
class HistoryRow:
    """A step or, where `milestone` is set, a named moment after `step`; `now`: the newest step that holds."""

    step: int
    line: StepLine | None = None
    milestone: MilestoneLine | None = None
    now: bool = False


@dataclass(frozen=True)
class SinceRow:
    """A line of the report: a heading, or a name with what changed."""

    name: str
    text: str = ""
    heading: bool = False


def history_rows(lines: Sequence[StepLine], milestones: Sequence[MilestoneLine]) -> list[HistoryRow]:
    """Steps, the newest first, each with the milestones that were set after it above it."""
    now = next((line.step for line in lines if not line.undone), 0)
    named: dict[int, list[MilestoneLine]] = {}
    for one in milestones:
        named.setdefault(one.step, []).append(one)
    rows: list[HistoryRow] = []
    for line in lines:
        rows += [HistoryRow(line.step, milestone=one) for one in named.pop(line.step, ())]
        rows.append(HistoryRow(line.step, line=line, now=line.step == now))
    return rows + [HistoryRow(0, milestone=one) for rest in named.values() for one in rest]


def since_rows(changed: Since) -> list[SinceRow]:
    """What changed, as lines to read."""
    rows = [SinceRow(n_("{n} step", "{n} steps", changed.steps).format(n=changed.steps), heading=True)]
    if not changed.complete:
        rows.append(SinceRow(_("Part of this history was given up to make the study smaller.")))
    for one in changed.kinds:
        named = [*one.names_added, *one.names_removed, *one.names_changed]
        counts = counts_said(one.added, one.removed, one.changed)
        rows.append(SinceRow(kind_word(one.kind), f"{counts} – {', '.join(named)}" if named else counts))
    for title, part in ((_("Codings by code"), changed.codes), (_("Codings by source"), changed.sources)):
        rows += _coding_rows(title, part)
    return rows


def _coding_rows(title: str, part: Sequence[CodingChange]) -> list[SinceRow]:
    rows = [SinceRow(one.key, counts_said(one.added, one.removed, one.changed)) for one in part]
    return [SinceRow(title, heading=True), *rows] if rows else []


def counts_said(added: int, removed: int, changed: int) -> str:
    """How many were added, removed and changed, those that are not none."""
    parts = ((_("{n} added"), added), (_("{n} removed"), removed), (_("{n} changed"), changed))
    return " · ".join(text.format(n=number) for text, number in parts if number)


class HistoryPanel(QWidget):
    """Two pages: the steps, and the report of what changed since."""

    entered = Signal(object)  # HistoryRow
    came_into_view = Signal()

    def __init__(self, tokens: theme.Theme) -> None:
        """Nothing to show yet."""
        super().__init__()
        self.tokens = tokens
        self.head, self.pages = Head(tokens, _("History")), QStackedWidget()
        self.view, self.model = row_list(tokens, theme.LIST_ROW, self._paint_step, said)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)
        self.view.setAccessibleName(_("History"))
        self.view.installEventFilter(self)
        self.view.doubleClicked.connect(lambda index: self.entered.emit(self.model.rows[index.row()]))
        self.report = self._report_page()
        steps = QWidget()
        column = QVBoxLayout(steps)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.view, 1)
        self.pages.addWidget(steps)
        self.pages.addWidget(self.report)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        paper(self, "panel")

    def _report_page(self) -> QWidget:
        page = QWidget()
        self.report_head = Head(self.tokens, "")
        self.report_view, self.report_model = row_list(
            self.tokens, theme.TREE_ROW, self._paint_change, lambda row: f"{row.name} {row.text}"
        )
        self.nothing = label(self.tokens, _("Nothing changed since."), "interface", "ink2")
        self.nothing.setContentsMargins(self.tokens.px(theme.SPACE_12), 0, 0, 0)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.report_head)
        column.addWidget(self.nothing)
        column.addWidget(self.report_view, 1)
        return page

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the panel was hidden is read now."""
        super().showEvent(event)
        self.came_into_view.emit()

    def show_steps(self, rows: list[HistoryRow]) -> None:
        """Show the steps as they are now; the row that was current stays so."""
        current, top = self.current(), self.view.verticalScrollBar().value()
        number = sum(row.line is not None for row in rows)
        self.head.count.setText(n_("{n} step", "{n} steps", number).format(n=number))
        self.model.set_rows(rows)
        if current is not None:
            same = (current.step, current.milestone)
            place = next((at for at, row in enumerate(rows) if (row.step, row.milestone) == same), 0)
            self.view.setCurrentIndex(self.model.index(place))
        self.view.verticalScrollBar().setValue(top)

    def show_since(self, moment: str, changed: Since) -> None:
        """Show what changed since a moment."""
        self.report_head.title.setText(_("What changed since {moment}").format(moment=moment))
        self.report_model.set_rows(since_rows(changed) if changed.kinds else [])
        self.nothing.setVisible(not changed.kinds)
        self.pages.setCurrentIndex(1)
        self.report_view.setFocus()

    def current(self) -> HistoryRow | None:
        """The row at which the list stands."""
        row = self.view.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter does what a double click does."""
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = self.current()
            if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit(row)
                return True
        return super().eventFilter(watched, event)

    def _paint_step(self, row: Row, shown: HistoryRow) -> None:
        """Time, what was done, who did it; what is undone is quieter."""
        left, line = row.left, shown.line
        if shown.milestone is not None:
            row.words(stamp(shown.milestone.at), "secondary", "ink3")
            row.left = left + self.tokens.px(TIME)
            row.left += chip(
                row.painter, shown.milestone.name, row.left, row.middle, self.tokens, "look_again"
            )
            row.left += self.tokens.px(theme.SPACE_8)
            row.words(shown.milestone.note, tone="ink2")
        elif line is not None:
            row.words(stamp(line.at), "secondary", "ink3")
            row.left = left + self.tokens.px(TIME)
            row.words_right(line.coder)
            state = _state(shown)
            if state:
                row.words_right(state, tone="accent" if shown.now else "ink3")
            row.words(line.words, tone="ink3" if line.undone else "ink", italic=line.undone)

    def _paint_change(self, row: Row, shown: SinceRow) -> None:
        if shown.heading:
            row.words(shown.name, "panel")
            return
        row.skip(theme.SPACE_8)
        left = row.left
        row.words(shown.name, "interface", "ink2" if shown.text else "ink")
        row.left = max(row.left, left + self.tokens.px(TIME))
        row.words(shown.text)


def _state(row: HistoryRow) -> str:
    if row.now:
        return _("now")
    if row.line is not None and row.line.undone:
        return _("undone")
    return ""


def said(row: HistoryRow) -> str:
    """A row as it is read aloud."""
    if row.milestone is not None:
        return f"{_('Milestone')}: {row.milestone.name}, {stamp(row.milestone.at)}"
    if row.line is None:
        return ""
    parts = [row.line.words, row.line.coder, stamp(row.line.at), _state(row)]
    return ", ".join(part for part in parts if part)
