"""What a cell of the linkage has besides passages: claims on it, and links drawn between its codings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qualcoder_lite.analysis.conclusions.claims import ClaimRow
from qualcoder_lite.analysis.matrices.links import LinkRow
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding import codings
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.frames import SIGNS
from qualcoder_lite.coding.counting.references import codings_of_reference
from qualcoder_lite.coding.tokens import token_of
from qualcoder_lite.coding.vocabulary import CODING_LINKS
from qualcoder_lite.i18n import _, language
from qualcoder_lite.ui.cell.badges import claim_badge
from qualcoder_lite.ui.cell.reading import CodeMark
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.badge_paint import paint_badge
from qualcoder_lite.ui.kit.form_box import FormBox, text_field
from qualcoder_lite.ui.kit.mark_paint import paint_polarity, paint_swatch
from qualcoder_lite.ui.kit.panel import Choice, Elided, flat_button, label, line_across, link_button
from qualcoder_lite.ui.kit.row_paint import chip, elided, width_of, write

MOST_LINKED = 400  # codings of a code that are offered as an end of a link


def elided_label(tokens: theme.Theme, words: str) -> Elided:
    """A note beside a heading, shortened where the panel is narrow."""
    made = Elided(tokens, "caption", "ink2")
    made.setText(words)
    made.setToolTip(words)
    return made


class LinkLine(QWidget):
    """From a code with its sign, by a kind of link, to another; the token of the first at the right."""

    def __init__(self, tokens: theme.Theme, one: CodeMark, other: CodeMark, kind: str, token: str) -> None:
        """One link."""
        super().__init__()
        self.tokens, self.marks, self.kind, self.token = tokens, (one, other), kind, token
        self.setFixedHeight(tokens.px(theme.TARGET))
        self.setMinimumWidth(tokens.px(160))
        self.setAccessibleName(f"{one.key} {word(kind)} {other.key} {token}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, tokens, px = QPainter(self), self.tokens, self.tokens.px
        middle, at = self.height() / 2, self._mark(painter, 0.0, self.marks[0])
        words = f"— {word(self.kind)} →"
        write(painter, words, at, middle, tokens.font("secondary"), tokens.ink2)
        at += width_of(words, tokens, "secondary") + px(8)
        self._mark(painter, at, self.marks[1])
        wide = width_of(self.token[1:-1], tokens, "chip") + px(2 * theme.CHIP_PAD)
        chip(painter, self.token[1:-1], self.width() - wide, middle, tokens)
        painter.end()

    def _mark(self, painter: QPainter, at: float, mark: CodeMark) -> float:
        tokens, px, middle = self.tokens, self.tokens.px, self.height() / 2
        box = QRectF(at, round(middle - px(5)), px(9), px(9))
        paint_swatch(painter, box, tokens.code(mark.colour or 1), mark.emic)
        at += px(15)
        write(painter, mark.key, at, middle, tokens.font("key"), tokens.ink)
        at += width_of(mark.key, tokens, "key") + px(5)
        if mark.sign != "none":
            paint_polarity(painter, QRectF(at, round(middle - px(6)), px(11), px(11)), mark.sign, tokens)
            at += px(17)
        return at


class ClaimLine(QWidget):
    """A claim by number and status, with its sentence; a click on the number goes to it."""

    def __init__(self, tokens: theme.Theme, claim: ClaimRow, opened: Callable[[bytes], object]) -> None:
        """One claim."""
        super().__init__()
        row, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, tokens.px(4))
        column.setSpacing(tokens.px(2))
        row.addWidget(link_button(tokens, claim.number, lambda: opened(claim.id)))
        row.addWidget(Badge(tokens, claim))
        row.addStretch(1)
        column.addLayout(row)
        sentence = label(tokens, claim.sentence(language()))
        sentence.setWordWrap(True)
        column.addWidget(sentence)


class Badge(QWidget):
    """The status of a claim."""

    def __init__(self, tokens: theme.Theme, claim: ClaimRow) -> None:
        """Of one claim."""
        super().__init__()
        self.tokens, self.badge = tokens, claim_badge(claim)
        self.setFixedSize(width_of(self.badge[2], tokens, "caption") + tokens.px(28), tokens.px(20))
        self.setAccessibleName(self.badge[2])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_badge(painter, self.width(), self.height() / 2, self.badge, self.tokens)
        painter.end()


class Links(QWidget):
    """Claims and drawn links of a cell."""

    claim_opened = Signal(object)  # id
    wanted = Signal()
    removed = Signal(object)  # id

    def __init__(self, tokens: theme.Theme) -> None:
        """None."""
        super().__init__()
        self.tokens = tokens
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, tokens.px(6), 0, 0)
        self.column.setSpacing(tokens.px(4))
        head = QHBoxLayout()
        head.addWidget(label(tokens, _("Links"), "panel"))
        head.addWidget(elided_label(tokens, _("drawn by the researcher; they carry the direction")), 1)
        self.add = link_button(tokens, _("Draw a link…"), self.wanted.emit)
        self.column.addLayout(head)
        self.column.addWidget(self.add)
        self.parts: list[QWidget] = []

    def show_links(
        self, texts: Texts, marks: dict[int, CodeMark], claims: Sequence[ClaimRow], links: Sequence[LinkRow]
    ) -> None:
        """Show these; `marks` has the code of each coding that is linked."""
        for part in self.parts:
            part.hide()
            part.deleteLater()
        self.parts = []
        for place, claim in enumerate(claims):
            self._put(ClaimLine(self.tokens, claim, self.claim_opened.emit), place)
        for link in links:
            token = token_of(texts.citations, link.one)
            line = LinkLine(self.tokens, marks[link.one], marks[link.other], link.kind, token)
            self._put(self._line(link, line), self.column.count() - 1)

    def _line(self, link: LinkRow, line: LinkLine) -> QWidget:
        whole, row = QWidget(), QHBoxLayout()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row.addWidget(line, 1)
        row.addWidget(flat_button(self.tokens, "x", _("Remove the link"), lambda: self.removed.emit(link.id)))
        column.addLayout(row)
        if link.note:
            note = label(self.tokens, link.note, "secondary", "ink2")
            note.setWordWrap(True)
            column.addWidget(note)
        column.addWidget(line_across())
        return whole

    def _put(self, part: QWidget, place: int) -> None:
        self.column.insertWidget(place, part)
        self.parts.append(part)


def mark_of(study: Counted, coding: int, colours: dict[bytes, int]) -> CodeMark:
    """The code of a coding with its colour and sign."""
    code = study.frames.codes[study.frames.codings.code[coding]]
    sign = SIGNS[study.frames.codings.sign[coding]]
    return CodeMark(code.key, colours.get(code.id, 0), code.perspective == "emic", sign)


def ask_link(desk: Desk, study: Counted, ones: Sequence[int], others: Sequence[int]) -> None:
    """Ask which coding of one code is linked to which of another, how, and why; they need share no word."""
    tokens, frames, texts = desk.tokens, study.frames, Texts(desk.study, study)
    of = frames.codings

    def named(coding: int) -> str:
        code = frames.codes[of.code[coding]]
        quote = texts.quote(int(of.source[coding]), int(of.start[coding]), int(of.end[coding]))
        words = f"{token_of(texts.citations, coding)} {code.key}: “{' '.join(quote.split())}”"
        return elided(words, 400, tokens)

    one, other = (
        Choice(tokens, [(of.id[number], named(number)) for number in numbers]) for numbers in (ones, others)
    )
    kind = Choice(tokens, [(name, word(name)) for name in CODING_LINKS.words])
    note = text_field("")

    def keep() -> bool:
        words = note.toPlainText().strip()
        return desk.attempt(
            codings.link, desk.study, one.currentData(), other.currentData(), kind.currentData(), words
        )

    fields = [(_("From"), one), (_("Kind of link"), kind), (_("To"), other), (_("Note"), note)]
    FormBox(tokens, _("Draw a link"), fields, keep, desk.window).open(one)


def sides_of_link(
    matrix: Matrix, row: int, column: int, together: Sequence[bytes]
) -> tuple[list[int], list[int]]:
    """The codings with the code of a row and those with the code of a column, by number.

    Those that stand together in the cell (`together`, ids) come first.
    """
    study, near = matrix.counted, set(together)
    mine, ids = study.of_coder(matrix.coder), study.frames.codings.id
    references = (matrix.rows[row].reference, matrix.columns[column].reference)
    found = (
        np.flatnonzero(codings_of_reference(study, reference) & mine).tolist() for reference in references
    )
    ones, others = (sorted(numbers, key=lambda n: (ids[n] not in near, n))[:MOST_LINKED] for numbers in found)
    return ones, others
