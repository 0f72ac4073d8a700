"""Member checks in the panel of a cell: what informants said of the statement; a form for another."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qualcoder_lite.analysis.conclusions.member_checks import CheckLine
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding import member_checks
from qualcoder_lite.coding.vocabulary import VERDICTS
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.cell.badges import state_badge
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.badge_paint import paint_badge
from qualcoder_lite.ui.kit.form_box import FormBox, text_field
from qualcoder_lite.ui.kit.panel import Choice, Elided, flat_button, label, link_button
from qualcoder_lite.ui.kit.row_paint import width_of
from qualcoder_lite.ui.kit.times import iso_day


class Verdict(QWidget):
    """A badge with what the informant said."""

    def __init__(self, tokens: theme.Theme, verdict: str) -> None:
        """One verdict."""
        super().__init__()
        self.tokens, self.badge = tokens, state_badge(verdict)
        wide = width_of(self.badge[2], tokens, "caption") + tokens.px(26)
        self.setFixedSize(wide, tokens.px(20))
        self.setAccessibleName(word(verdict))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_badge(painter, self.width(), self.height() / 2, self.badge, self.tokens)
        painter.end()


class Checks(QWidget):
    """The member checks of a cell, and a way to note another."""

    wanted = Signal()
    removed = Signal(object)  # id

    def __init__(self, tokens: theme.Theme) -> None:
        """None yet."""
        super().__init__()
        self.tokens = tokens
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(tokens.px(4))
        self.add = link_button(tokens, _("Note a member check…"), self.wanted.emit)
        self.column.addWidget(self.add)
        self.lines: list[QWidget] = []
        self.shown: list[CheckLine] = []

    def show_checks(self, checks: Sequence[CheckLine]) -> None:
        """Show these; one of another statement than the present summary says so."""
        self.shown = list(checks)
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [self._line(check) for check in checks]
        for number, line in enumerate(self.lines):
            self.column.insertWidget(number, line)

    def _line(self, check: CheckLine) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.tokens.px(8))
        row.addWidget(Verdict(self.tokens, check.verdict))
        said = Elided(self.tokens, "secondary", "ink2")
        parts = [check.alias, iso_day(check.date), check.method, check.correction]
        parts.append(_("of an earlier wording") if check.stale else "")
        said.setText(", ".join(part for part in parts if part))
        said.setToolTip(f"{said.text()}\n{check.statement}")
        row.addWidget(said, 1)
        words = _("Remove the member check of {alias}").format(alias=check.alias)
        row.addWidget(flat_button(self.tokens, "x", words, lambda: self.removed.emit(check.id)))
        return line


def ask_check(
    desk: Desk, cell: Callable[[], bytes], statement: str, people: Sequence[tuple[bytes, str]]
) -> None:
    """Ask what an informant said; `cell` gives the id of the cell once something is kept."""
    tokens = desk.tokens
    who, verdict = Choice(tokens, people), Choice(tokens, [(key, word(key)) for key in VERDICTS.words])
    date = QLineEdit(datetime.datetime.now().date().isoformat())
    method, correction = QLineEdit(), text_field("")
    shown = label(tokens, statement, "interface", "ink2")
    shown.setWordWrap(True)

    def add() -> None:
        member_checks.add(
            desk.study,
            who.currentData(),
            statement,
            verdict.currentData(),
            date=date.text().strip() or None,
            method=method.text().strip(),
            correction=correction.toPlainText().strip(),
            cell=cell(),
        )

    rows = [
        (_("Statement"), shown),
        (_("Informant"), who),
        (_("Verdict"), verdict),
        (_("Date"), date),
        (_("Method"), method),
        (_("Correction"), correction),
    ]
    FormBox(tokens, _("Member check"), rows, lambda: desk.attempt(add), desk.window).open(who)
