"""The list of claims: status by shape, number, two lines of the sentence, passages for and against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qualcoder_lite.analysis.conclusions.claims import ClaimRow
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.i18n import _, language, n_
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.lists import row_list
from qualcoder_lite.ui.kit.panel import Head, Hint, label, paper
from qualcoder_lite.ui.kit.row_paint import Row, width_of, wrapped, write
from qualcoder_lite.ui.sources.panel import paint_status

STATUSES = ("supported", "partial", "unsupported", "no_evidence")
HALF = {"partial": "in_progress", "supported": "done"}  # drawn as the status of a source is
KEY = 36  # pixels


class ClaimsPanel(QWidget):
    """The panel at the left."""

    chosen = Signal(object)  # the id of a claim

    def __init__(self, tokens: theme.Theme) -> None:
        """No claims yet."""
        super().__init__()
        self.tokens = tokens
        paper(self, "panel")
        self.head = Head(tokens, _("Claims"))
        self.summary = label(tokens, "", "caption", "ink2")
        self.summary.setWordWrap(True)
        self.counted = label(tokens, _("for / against"), "caption", "ink2")  # what the numbers below are of
        self.numbers: dict[bytes, tuple[int, int]] = {}  # passages for and against
        self.waiting: dict[bytes, int] = {}  # opposing passages without an answer
        self.list, self.rows = row_list(tokens, theme.TWO_LINE_ROW, self._paint, self._said)
        self.list.setAccessibleName(_("Claims"))
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())
        self.hint, self.pages = Hint(tokens), QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        line = QHBoxLayout()
        line.setContentsMargins(tokens.px(14), 0, tokens.px(14), tokens.px(6))
        line.addWidget(self.summary, 1)
        line.addWidget(self.counted, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(line)
        column.addWidget(self.pages, 1)

    def say_empty(self, write: Callable[[], object]) -> None:
        """What stands there while there are no claims."""
        self.hint.say(_("There are no claims yet."), _("Write a claim…"), write)

    def show_claims(
        self, claims: Sequence[ClaimRow], current: bytes | None, study: Counted, waiting: dict[bytes, int]
    ) -> None:
        """Show these, one of them as current; `waiting`: how many opposing passages have no answer."""
        self.waiting = waiting
        self.numbers = {claim.id: passages_for_and_against(claim, study) for claim in claims}
        self.head.count.setText(str(len(claims)) if claims else "")
        counts = Counter(claim.status for claim in claims)
        parts = [f"{counts[status]} {word(status)}" for status in STATUSES if counts[status]]
        self.summary.setText(" · ".join(parts))
        self.counted.setVisible(bool(parts))
        model = self.list.selectionModel()
        model.blockSignals(True)
        self.rows.set_rows(list(claims))
        row = next((i for i, claim in enumerate(claims) if claim.id == current), 0)
        model.blockSignals(False)
        self.pages.setCurrentIndex(0 if claims else 1)
        if claims:
            self.list.setCurrentIndex(self.rows.index(row))
            self.list.scrollTo(self.rows.index(row))

    def choose(self, claim: bytes) -> bool:
        """Make a claim current; returns False where it is not listed."""
        for number, row in enumerate(self.rows.rows):
            if row.id == claim:
                self.list.setCurrentIndex(self.rows.index(number))
                return True
        return False

    def current(self) -> ClaimRow | None:
        """The current claim."""
        row = self.list.currentIndex().row()
        return self.rows.rows[row] if 0 <= row < len(self.rows.rows) else None

    def _tell(self) -> None:
        claim = self.current()
        if claim is not None:
            self.chosen.emit(claim.id)

    def _paint(self, row: Row, claim: ClaimRow) -> None:
        tokens, px = self.tokens, self.tokens.px
        top = row.box.top() + px(13)
        mark = QRectF(row.left, round(top - px(7)), px(14), px(14))
        if claim.status in HALF:
            paint_status(row.painter, mark, HALF[claim.status], tokens)
        else:
            icon = "x" if claim.status == "unsupported" else "circle-alert"
            icons.draw(row.painter, icon, tokens.look_again, mark)
        left = row.left + px(22)
        write(row.painter, claim.number, left, top, tokens.font("key"), tokens.ink)
        left += max(px(KEY), width_of(claim.number, tokens, "key") + px(8))
        counts = " / ".join(str(number) for number in self.numbers.get(claim.id, (0, 0)))
        right = row.right - width_of(counts, tokens, "secondary")
        write(row.painter, counts, right, top, tokens.font("secondary"), tokens.ink2)
        if open_ones := self.waiting.get(claim.id):
            words = _waiting_words(open_ones)
            right = min(right, row.right - width_of(words, tokens, "caption"))
            at = row.right - width_of(words, tokens, "caption")
            write(row.painter, words, at, top + px(17), tokens.font("caption"), tokens.look_again)
        sentence = claim.sentence(language())
        for number, line in enumerate(
            wrapped(sentence, int(right - left - px(8)), 2, *tokens.letter("secondary"), False)
        ):
            middle = top + number * px(17)
            write(row.painter, line, left, middle, tokens.font("secondary"), tokens.ink2)

    def _said(self, claim: ClaimRow) -> str:
        """A claim in words."""
        given, against = self.numbers.get(claim.id, (0, 0))
        counts = ", ".join(
            (
                n_("{n} passage for it", "{n} passages for it", given).format(n=given),
                n_("{n} passage against it", "{n} passages against it", against).format(n=against),
            )
        )
        if open_ones := self.waiting.get(claim.id):
            counts += f", {_waiting_words(open_ones)}"
        return f"{claim.number} {claim.sentence(language())}, {word(claim.status)}, {counts}"


def _waiting_words(number: int) -> str:
    """How many opposing passages wait for an answer."""
    return n_("{n} to answer", "{n} to answer", number).format(n=number)


def passages_for_and_against(claim: ClaimRow, study: Counted) -> tuple[int, int]:
    """How many different ranges speak for a claim, and how many against it."""
    return number_of_ranges(study, claim.evidence_for), number_of_ranges(study, claim.evidence_against)


def number_of_ranges(study: Counted, codings: Sequence[int]) -> int:
    """On how many different ranges codings (numbers) stand."""
    of = study.frames.codings
    return len({(int(of.source[n]), int(of.start[n]), int(of.end[n])) for n in codings})
