"""The box in which a passage that opposes a claim is answered."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qualcoder_lite.analysis.conclusions.chapter import NegativeCase
from qualcoder_lite.analysis.conclusions.claims import Answer, ClaimRow
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding import claims
from qualcoder_lite.coding.vocabulary import ANSWERS
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit.form_box import FormBox, text_field
from qualcoder_lite.ui.kit.panel import Choice, label

REASON = 76  # pixels high


class AnswerBox(FormBox):
    """The box: the passage, the answer, its reason."""

    def __init__(self, desk: Desk, claim: ClaimRow, case: NegativeCase) -> None:
        """As it was answered before; nothing is chosen where it was not."""
        self._desk, self._claim = desk, claim
        self._codings = [mark.id for mark in case.passage.codings]
        tokens, before = desk.tokens, case.answer or Answer("", "")
        quote = label(tokens, f"“{case.passage.quote}”", "interface", "ink")
        quote.setWordWrap(True)
        answers = [("", _("not answered")), *((each, word(each)) for each in ANSWERS.words)]
        self.answer = Choice(tokens, answers)
        self.answer.choose(before.answer)
        self.reason = text_field(before.reason, tokens.px(REASON))
        title = _("Answer to {citation}, which opposes {claim}")
        rows = ((_("Passage"), quote), (_("Answer"), self.answer), (_("Reason"), self.reason))
        said = title.format(citation=case.passage.citation, claim=claim.number)
        super().__init__(tokens, said, rows, self._answer, desk.window)

    def open(self, first: QWidget | None = None) -> None:
        """Show the box with the keys at the answer."""
        super().open(first or self.answer)

    def _answer(self) -> bool:
        """Keep the answer; without one, take back what was answered before."""
        answer, reason = str(self.answer.currentData()), self.reason.toPlainText()
        study = self._desk.study
        if reason.strip() and not answer:
            self._desk.tell(_("Choose an answer for this reason."))
            return False
        if answer:
            return self._desk.attempt(claims.answer, study, self._claim.id, self._codings, answer, reason)
        return self._desk.attempt(claims.withdraw_answers, study, self._claim.id, self._codings)
