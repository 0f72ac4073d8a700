"""A claim: its sentence and codes, what speaks for it beside what speaks against it, theory, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.analysis.terms import SIGN_WORDS, word
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui.cell.field import CellField
from qualcoder_lite.ui.cell.passages import PassageList
from qualcoder_lite.ui.cell.reading import Passage
from qualcoder_lite.ui.conclusions.claims_list import STATUSES
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.mark_paint import paint_polarity, paint_swatch
from qualcoder_lite.ui.kit.panel import Choice, Hint, label, line_across, link_button, paper, push_button
from qualcoder_lite.ui.kit.row_paint import elided, width_of, write

SIDES = ("for", "against")


class CodesLine(QWidget):
    """The codes that a claim speaks of, with the sign that it gives them."""

    def __init__(self, tokens: theme.Theme) -> None:
        """None yet."""
        super().__init__()
        self.tokens = tokens
        self.codes: Sequence[CodeLine] = ()
        self.sign: str | None = None
        self.setFixedHeight(tokens.px(theme.TARGET))

    def show_codes(self, codes: Sequence[CodeLine], sign: str | None) -> None:
        """Show these."""
        self.codes, self.sign = codes, sign
        names = [code.called for code in codes] + ([_(SIGN_WORDS[sign])] if sign else [])
        self.setAccessibleName(", ".join(names))
        self.setToolTip(self.accessibleName())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Swatch and name of each, then the sign."""
        painter, tokens, px = QPainter(self), self.tokens, self.tokens.px
        at, middle = 0.0, self.height() / 2
        each = self._room_for_each()
        for number, code in enumerate(self.codes):
            if number:
                write(painter, "×", at, middle, tokens.font("secondary"), tokens.ink3)
                at += px(14)
            box = QRectF(at, round(middle - px(5)), px(10), px(10))
            paint_swatch(painter, box, tokens.code(code.colour), code.perspective == "emic")
            words = elided(code.called, each, tokens, "secondary")
            write(painter, words, at + px(16), middle, tokens.font("secondary"), tokens.ink)
            at += px(16) + width_of(words, tokens, "secondary") + px(8)
        if self.sign:
            paint_polarity(painter, QRectF(at, round(middle - px(6)), px(12), px(12)), self.sign, tokens)
            words = _(SIGN_WORDS[self.sign])
            write(painter, words, at + px(18), middle, tokens.font("secondary"), tokens.ink2)
        painter.end()

    def _room_for_each(self) -> int:
        """How wide the name of a code may be: as it is where all fit, else an equal share."""
        tokens, px, number = self.tokens, self.tokens.px, len(self.codes)
        room = self.width() - number * px(24) - (number - 1) * px(14)
        if self.sign:
            room -= px(18) + width_of(_(SIGN_WORDS[self.sign]), tokens, "secondary")
        names = [width_of(code.called, tokens, "secondary") for code in self.codes]
        return max(names, default=0) if sum(names) <= room else max(px(40), room // max(1, number))


class Side(QWidget):
    """The passages on one side of a claim, in the researcher's order."""

    def __init__(self, tokens: theme.Theme, words: str) -> None:
        """None yet."""
        super().__init__()
        self.tokens = tokens
        self.list = PassageList(tokens)
        self.list.setAccessibleName(words)
        self.list.most = 360
        self.list.setProperty("ground", "page")
        self.count = label(tokens, "", "secondary", "ink3")
        self.empty = label(tokens, _("No passage yet."), "interface", "ink2")
        row = QHBoxLayout()
        row.setSpacing(tokens.px(8))
        row.addWidget(label(tokens, words, "panel"))
        row.addWidget(self.count)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.px(6))
        column.addLayout(row)
        line = line_across()
        column.addWidget(line)
        column.addWidget(self.list)
        column.addWidget(self.empty)
        column.addStretch(1)

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """Show these."""
        self.count.setText(str(len(passages)) if passages else "")
        self.list.show_passages(passages, ordered=True)
        self.list.setVisible(bool(passages))
        self.empty.setVisible(not passages)


class ClaimView(QWidget):
    """The page in the middle; it shows what it is told and tells what the person does."""

    text_left = Signal()
    theory_left = Signal()
    status_chosen = Signal(str)

    def __init__(self, tokens: theme.Theme) -> None:
        """No claim yet."""
        super().__init__()
        self.tokens = tokens
        paper(self, "page")
        self.number = label(tokens, "", "document")
        self.status = Choice(tokens, [(key, word(key)) for key in STATUSES])
        self.status.setAccessibleName(_("Status"))
        self.status.activated.connect(lambda _at: self.status_chosen.emit(str(self.status.currentData())))
        self.codes = CodesLine(tokens)
        self.edit_codes = link_button(tokens, _("Codes…"), lambda: None)
        self.text = CellField(tokens, _("Sentence of the claim"), 2)
        self.text.setFont(theme.letters(tokens.px(18)))
        self.text.left.connect(self.text_left.emit)
        self.theory = CellField(tokens, _("Theory"))
        self.theory.left.connect(self.theory_left.emit)
        self.sides = {
            "for": Side(tokens, _("Evidence for it")),
            "against": Side(tokens, _("Evidence against it")),
        }
        self.rules = label(tokens, "", "secondary", "look_again")
        self.rules.setWordWrap(True)
        self.emic, self.etic = self._reading(), self._reading()
        self.open_cell = link_button(tokens, _("Open the cell"), lambda: None)
        self.rest = PassageList(tokens)
        self.rest.setAccessibleName(_("Passages with the same codes"))
        self.rest.setProperty("ground", "page")
        self.rest.boxed, self.rest.most = False, 320
        self.take = {
            "for": push_button(_("Speaks for it"), lambda: None),
            "against": push_button(_("Speaks against it"), lambda: None),
        }
        self.ledger = PassageList(tokens)
        self.ledger.setAccessibleName(_("Passages that oppose it"))
        self.ledger.setProperty("ground", "page")
        self.ledger.boxed, self.ledger.most = False, 320
        self.waiting = label(tokens, "", "caption", "look_again")
        self.answer = push_button(_("Answer…"), lambda: None)
        self.place = {
            "for": push_button(_("Speaks for it"), lambda: None),
            "against": push_button(_("Speaks against it"), lambda: None),
        }
        self.nothing = Hint(tokens)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._area())
        self.pages.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def _reading(self) -> QLabel:
        made = label(self.tokens, "", "interface", "ink")
        made.setWordWrap(True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _area(self) -> QScrollArea:
        area, inner = QScrollArea(), QWidget()
        paper(inner, "page")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(inner)
        edge = self.tokens.px(theme.SPACE_24)
        column.setContentsMargins(edge, self.tokens.px(14), edge, edge)
        column.setSpacing(self.tokens.px(10))
        self._fill(column)
        column.addStretch(1)
        area.setWidget(inner)
        return area

    def _fill(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(self.tokens.px(12))
        head.addWidget(self.number)
        head.addWidget(self.status)
        head.addWidget(self.codes, 1)
        head.addWidget(self.edit_codes)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.rules)
        sides = QHBoxLayout()
        sides.setSpacing(self.tokens.px(theme.SPACE_24))
        for side in SIDES:
            sides.addWidget(self.sides[side], 1)
        column.addLayout(sides)
        column.addWidget(self._opposing())
        column.addWidget(self._readings())
        column.addWidget(label(self.tokens, _("Theory"), "panel"))
        column.addWidget(self.theory)
        column.addWidget(self._rest())

    def _readings(self) -> QWidget:
        whole = self.readings = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.tokens.px(theme.SPACE_24))
        notes = (
            (_("Emic"), _("the researcher’s words for the informants’ view"), self.emic),
            (_("Etic"), _("the researcher’s reading"), self.etic),
        )
        for title, note, said in notes:
            part = QVBoxLayout()
            part.setSpacing(0)
            top = QWidget()
            top.setFixedHeight(self.tokens.px(theme.TARGET))
            head = QHBoxLayout(top)
            head.setContentsMargins(0, 0, 0, 0)
            head.addWidget(label(self.tokens, title, "panel"))
            head.addStretch(1)
            if said is self.etic:
                head.addWidget(self.open_cell)
            part.addWidget(top)
            part.addWidget(label(self.tokens, note, "caption", "ink2"))
            part.addWidget(said)
            part.addStretch(1)
            row.addLayout(part, 1)
        return whole

    def _opposing(self) -> QWidget:
        """The ledger of negative cases."""
        whole = self.opposing = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(label(self.tokens, _("Passages that oppose it"), "panel"))
        head.addWidget(self.waiting)
        head.addStretch(1)
        for button in (self.answer, *self.place.values()):
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(line_across())
        column.addWidget(self.ledger)
        return whole

    def _rest(self) -> QWidget:
        whole = self.left_over = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(label(self.tokens, _("Passages with the same codes"), "panel"))
        head.addWidget(label(self.tokens, _("not used in this claim yet"), "caption", "ink2"))
        head.addStretch(1)
        for side in SIDES:
            head.addWidget(self.take[side])
        column.addLayout(head)
        column.addWidget(line_across())
        column.addWidget(self.rest)
        return whole

    # Showing

    def show_nothing(self, sentence: str, action: str, run: object) -> None:
        """No claim."""
        self.nothing.say(sentence, action, run)  # type: ignore[arg-type]
        self.pages.setCurrentIndex(1)

    def show_readings(self, emic: str, etic: str) -> None:
        """What is written in the cell of the claim's codes."""
        self.emic.setText(emic or _("not written yet"))
        self.etic.setText(etic or _("not written yet"))

    def show_ledger(self, passages: Sequence[Passage], answers: Sequence[str]) -> None:
        """The passages that oppose the claim, each with the word of its answer; empty: it waits for one."""
        marked = [
            replace(passage, badge="" if answer else _("not answered"), note=answer)
            for passage, answer in zip(passages, answers, strict=True)
        ]
        self.ledger.show_passages(marked, ordered=False)
        self.opposing.setVisible(bool(marked))
        number = sum(not answer for answer in answers)
        self.waiting.setText(n_("{n} not answered yet", "{n} not answered yet", number).format(n=number))
        self.waiting.setVisible(bool(number))

    def show_rest(self, passages: Sequence[Passage]) -> None:
        """The passages that are on no side and do not oppose the claim."""
        self.rest.show_passages(passages, ordered=False)
        self.left_over.setVisible(bool(passages))
