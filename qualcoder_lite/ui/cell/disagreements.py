"""Beside the agreement of coders: the units on which they differ about a code, with a way to the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from qualcoder_lite.analysis.agreement.disagreements import DisagreementLine, disagreements_about
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.i18n import _
from qualcoder_lite.store.project import Project
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.lists import RowDelegate, Rows
from qualcoder_lite.ui.kit.panel import Elided, label, line_across
from qualcoder_lite.ui.kit.row_paint import Row, elided, wrapped, write

QUOTE, CODERS, LINE, HIGH = 3, 2, 17, 118  # lines of a quote and of what coders have; pixels
MOST = 300  # units that are listed
NOTHING = "—"
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class UnitList(QListView):
    """The units; a click or Enter goes to the text."""

    opened = Signal(object)  # a DisagreementLine

    def __init__(self, tokens: theme.Theme, owner: Disagreements) -> None:
        """None yet."""
        super().__init__()
        self.rows = Rows(self, owner.said)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(tokens, HIGH, owner.paint, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("Disagreements"))
        self.clicked.connect(self._open)

    def _open(self, index: Any) -> None:
        self.opened.emit(index.data(Qt.ItemDataRole.UserRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the text."""
        if event.key() in ENTER and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


class Disagreements(QWidget):
    """The panel of a code: how many units differ, and which."""

    def __init__(self, tokens: theme.Theme) -> None:
        """No code yet."""
        super().__init__()
        self.tokens, self.coders = tokens, tuple[str, ...]()
        self.title, self.caption = Elided(tokens, "document"), Elided(tokens, "secondary", "ink2")
        self.list = UnitList(tokens, self)
        self.agreed = label(tokens, _("All coders agree on this code."), "interface", "ink2")
        self.agreed.setWordWrap(True)
        edge = tokens.px(theme.SPACE_16)
        head, row = QVBoxLayout(), QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.title)
        head.addWidget(self.caption)
        row.setContentsMargins(edge, tokens.px(10), edge, tokens.px(8))
        row.addLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(line_across())
        column.addWidget(self.list, 1)
        column.addWidget(self.agreed)
        self.rest = QWidget()  # below the sentence, so that all stands at the top
        column.addWidget(self.rest, 1)
        self.agreed.setContentsMargins(edge, edge, edge, edge)

    def show_code(self, project: Project, matrix: Matrix, row: int) -> None:
        """Show what coders differ about a code of a matrix of agreement."""
        self.coders = matrix.details["coders"]
        heading, number = matrix.rows[row], int(matrix.cells["some"].iloc[row])
        units = len(matrix.details["units"])
        self.title.setText(heading.key if heading.key == heading.name else f"{heading.key} {heading.name}")
        self.caption.setText(_("Differing: {n} of {total} units").format(n=number, total=units))
        lines = disagreements_about(project, matrix, row, MOST)
        self.list.rows.set_rows(lines)
        self.list.setVisible(bool(lines))
        self.agreed.setVisible(not lines)
        self.rest.setVisible(not lines)

    def has(self, line: DisagreementLine) -> str:
        """What each coder has on a unit."""
        named = zip(self.coders, line.codes, strict=True)
        return "   ".join(f"{coder}: {' '.join(keys) or NOTHING}" for coder, keys in named)

    def said(self, line: DisagreementLine) -> str:
        """A unit in words."""
        return f"{line.citation}, {line.speaker}, {line.quote}. {self.has(line)}"

    def paint(self, row: Row, line: DisagreementLine) -> None:
        """The quote, where it stands, what each coder has."""
        tokens, px = self.tokens, self.tokens.px
        row.skip(4)  # below the title
        width = round(row.right - row.left)
        quote = wrapped(f"“{' '.join(line.quote.split())}”", width, QUOTE, *tokens.letter(), False)
        place = " · ".join(part for part in (line.citation, line.speaker) if part)
        has = wrapped(self.has(line), width, CODERS, *tokens.letter("key"), False)
        self._write(row, 0, quote, "interface", "ink")
        self._write(row, len(quote), (elided(place, width, tokens, "caption"),), "caption", "ink2")
        self._write(row, len(quote) + 1, has, "key", "ink2")
        row.painter.setPen(tokens.separator)
        bottom = row.box.bottom()
        row.painter.drawLine(round(row.left), bottom, round(row.right) + px(4), bottom)

    def _write(self, row: Row, first: int, lines: Sequence[str], role: str, tone: str) -> None:
        px, top = self.tokens.px, row.box.top() + self.tokens.px(8)
        for number, words in enumerate(lines, first):
            middle = top + px(LINE) * number + px(LINE) / 2
            write(row.painter, words, row.left, middle, self.tokens.font(role), getattr(self.tokens, tone))
