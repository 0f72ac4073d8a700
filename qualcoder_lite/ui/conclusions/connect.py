"""The workspace of claims laid on the desk: read, written, and gone to from hints."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QMenu

from qualcoder_lite.analysis.cells.cell import passages_of
from qualcoder_lite.analysis.cells.written import read_cells
from qualcoder_lite.analysis.conclusions.chapter import ClaimView as ToldClaim
from qualcoder_lite.analysis.conclusions.chapter import (
    answer_in_words,
    claim_rule_in_words,
    opposing_codings,
    unanswered,
    view_of_claim,
)
from qualcoder_lite.analysis.conclusions.claims import ClaimRow, read_claims
from qualcoder_lite.analysis.conclusions.defence import check_before_defence
from qualcoder_lite.analysis.conclusions.hints import Hint
from qualcoder_lite.analysis.conclusions.member_checks import member_checks
from qualcoder_lite.analysis.panels.lists import coders_listed
from qualcoder_lite.coding import claims
from qualcoder_lite.coding.counting.counted import Counted, chosen_coder, counted
from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.coding.counting.references import pair, row_id
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _, language
from qualcoder_lite.progress import Progress
from qualcoder_lite.store.project import Changes, Project
from qualcoder_lite.ui.cell import reading
from qualcoder_lite.ui.cell.field import CellField
from qualcoder_lite.ui.cell.passages import PassageList
from qualcoder_lite.ui.cell.reading import Passage
from qualcoder_lite.ui.conclusions.answering import AnswerBox
from qualcoder_lite.ui.conclusions.claims_list import number_of_ranges
from qualcoder_lite.ui.conclusions.claims_view import SIDES
from qualcoder_lite.ui.conclusions.workspace import ConclusionsPage
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.place import Cell, Claim, Code, Informant, Workspace
from qualcoder_lite.ui.desk.place import Passage as Place
from qualcoder_lite.ui.kit.panel import flat_button

REST = 60  # passages with the same codes that are offered
LARGE = 3000  # codings: the check of a study so large is made beside the window, when it is asked for
OF_CLAIMS = ("claim", "claim_code", "claim_evidence", "claim_answer")


def connect(desk: Desk) -> None:
    """Lay the workspace on the desk, at the claim where the person was."""
    before = desk.find(Conclusions)
    desk.add(Conclusions(desk, before.current if before else None))


class Conclusions:
    """The workspace; `current` is the claim that is worked on."""

    def __init__(self, desk: Desk, current: bytes | None) -> None:
        """A page without claims yet."""
        self.desk, self.current = desk, current
        self.page = ConclusionsPage(desk.tokens)
        self.told: ToldClaim | None = None
        self._project: Project | None = None
        self._study: Counted | None = None
        self._checked = False
        self._connect()
        desk.workspaces[Workspace.CONCLUSIONS] = self.page
        desk.stack.addWidget(self.page)
        desk.ways[Claim] = self._show_place
        desk.followers.append(self.follow)
        desk.refreshers.append(self.refresh)
        desk.endings.append(self.save)
        self.page.reset_sizes()

    def _connect(self) -> None:
        desk, page, view = self.desk, self.page, self.page.view
        new = partial(desk.do, "new_claim")
        page.claims.head.add(flat_button(desk.tokens, "plus", _("New claim…"), new))
        page.claims.say_empty(new)
        page.claims.chosen.connect(self.show)
        again = flat_button(desk.tokens, "redo-2", _("Check again"), partial(desk.attempt, self.check))
        page.checks.head.add(again)
        for head, words, command in (
            (page.claims.head, _("Export the outline of the chapter of findings…"), "outline_out"),
            (page.checks.head, _("Export the check before the defence…"), "defence_out"),
        ):
            head.add(flat_button(desk.tokens, "upload", words, partial(desk.do, command)))
        page.checks.jumped.connect(lambda hint: desk.attempt(self.jump, hint))
        view.text_left.connect(self._save_text)
        view.theory_left.connect(self._save_theory)
        view.status_chosen.connect(self._set_status)
        view.edit_codes.clicked.connect(partial(desk.do, "claim_codes"))
        view.open_cell.clicked.connect(lambda: desk.attempt(self._open_cell))
        for side in SIDES:
            listed = view.sides[side].list
            listed.opened.connect(self.follow_passage)
            listed.toggled.connect(lambda passage, s=side: desk.attempt(self._leave, s, passage))
            listed.ordered_anew.connect(lambda passages, s=side: desk.attempt(self._order, s, passages))
            view.take[side].clicked.connect(partial(self._take_current, side, view.rest))
            view.place[side].clicked.connect(partial(self._take_current, side, view.ledger))
        view.rest.opened.connect(self.follow_passage)
        view.rest.signed.connect(
            lambda sign: self._take_current("for" if sign == "+" else "against", view.rest)
        )
        view.ledger.opened.connect(self.follow_passage)
        view.ledger.toggled.connect(lambda _passage: desk.do("answer_opposing"))
        view.answer.clicked.connect(partial(desk.do, "answer_opposing"))

    # Reading

    @property
    def shown(self) -> bool:
        """Whether the workspace is in sight."""
        return self.desk.shows(Workspace.CONCLUSIONS)

    @property
    def coder(self) -> str:
        """Whose codings are looked at."""
        study = counted(self.desk.study)
        known = coders_listed(self.desk.study)
        return chosen_coder(study.frames, self.desk.coder if self.desk.coder in known else "")

    def refresh(self) -> None:
        """Read the claims anew where they are in sight."""
        if self._project is not self.desk.project:
            if self._project is not None:  # another study is open
                self._checked, self.current, self.told = False, None, None
            self._project = self.desk.project
        if self.shown:
            self.read()
            self._check_if_small()

    def _show_place(self, place: Claim) -> None:
        self.desk.show_workspace(Workspace.CONCLUSIONS)
        self.page.claims.choose(place.id)

    def read(self) -> None:
        """Read the claims and show the current one."""
        study = self._study = counted(self.desk.study)
        found = read_claims(self.desk.study, study)
        if self.current not in {claim.id for claim in found}:
            self.current = found[0].id if found else None
        self.page.claims.show_claims(found, self.current, study, self._waiting(found, study))
        if self.current is None:
            new = partial(self.desk.do, "new_claim")
            sentence = _("A claim is a sentence of your study with the passages that carry it.")
            self.page.view.show_nothing(sentence, _("Write a claim…"), new)
            self.told = None
        else:
            self.show(self.current)

    def _waiting(self, found: list[ClaimRow], study: Counted) -> dict[bytes, int]:
        """How many opposing passages of each claim wait for an answer."""
        coder = self._coder_or_none()
        waiting = {one.id: unanswered(one, opposing_codings(study, coder, one)) for one in found}
        return {claim: number_of_ranges(study, codings) for claim, codings in waiting.items()}

    def _coder_or_none(self) -> str:
        try:
            return self.coder
        except UserError:
            return ""

    def claim(self) -> ClaimRow | None:
        """The current claim."""
        return self.told.claim if self.told else None

    def show(self, row: object) -> None:
        """Show a claim; what was written in the one before is saved first."""
        if not isinstance(row, bytes):
            return
        if row != self.current and not self.save():
            self.page.claims.choose(self.current or b"")  # the one whose words can't be kept now
            return
        self.current = row
        study = self._study = counted(self.desk.study)
        claim = next((one for one in read_claims(self.desk.study, study) if one.id == row), None)
        if claim is None:
            return
        coder = self._coder_or_none()
        self.told = view_of_claim(self.desk.study, study, coder, claim)
        self._show_told(self.told, study, coder)

    def _show_told(self, told: ToldClaim, study: Counted, coder: str) -> None:
        view, claim = self.page.view, told.claim
        lines = {line.key: line for line in self.desk.codes}
        view.pages.setCurrentIndex(0)
        view.number.setText(claim.number)
        view.status.choose(claim.status)
        view.codes.show_codes([lines[c.key] for c in told.codes if c.key in lines], claim.polarity)
        view.text.show_words(claim.sentence(language()))
        view.theory.show_words(claim.theory)
        rules = [claim_rule_in_words(rule) for rule in told.broken]
        view.rules.setText("\n".join(rules))
        view.rules.setVisible(bool(rules))
        for side, found in zip(SIDES, (told.evidence_for, told.evidence_against), strict=True):
            view.sides[side].show_passages(reading.shown_passages(found, lines, ordered=True))
        opposing = reading.shown_passages([case.passage for case in told.ledger], lines)
        view.show_ledger(opposing, [answer_in_words(case) for case in told.ledger])
        rest = passages_of(self.desk.study, study, self._rest(study, coder, told))
        view.show_rest(reading.shown_passages(rest, lines))
        self._show_cell(told)
        self.desk.say_place(claim.number)

    def _rest(self, study: Counted, coder: str, told: ToldClaim) -> Numbers:
        """The coder's codings of its codes that are on no side and do not oppose it."""
        claim, codings = told.claim, study.frames.codings
        if not claim.codes or not coder:
            return np.zeros(0, dtype=np.int64)
        below = np.asarray(study.below[list(claim.codes)].any(axis=0))
        mine = np.flatnonzero(study.of_coder(coder) & below[codings.code])
        used = np.array((*claim.evidence_for, *told.opposing), dtype=np.int64)
        return mine[~np.isin(mine, used)][:REST]

    def _cell_of(self, told: ToldClaim) -> tuple[str, str] | None:
        """The cell of a claim that speaks of just two codes."""
        return pair(told.codes[0].reference, told.codes[1].reference) if len(told.codes) == 2 else None

    def _show_cell(self, told: ToldClaim) -> None:
        key, view = self._cell_of(told), self.page.view
        written = read_cells(self.desk.study, {key}).get(key) if key else None
        view.readings.setVisible(key is not None)
        view.show_readings(written.emic_summary if written else "", written.etic_reading if written else "")

    # Following

    def follow(self, changes: Changes) -> None:
        """Show at once what became of claims."""
        if self.shown and changes.touch(*OF_CLAIMS):
            self.read()

    # Writing

    def save(self) -> bool:
        """Save what was changed in the fields; returns whether nothing is left to be saved."""
        kept = [self._save_text(), self._save_theory()]
        return all(kept)

    def _save_text(self) -> bool:
        field = self.page.view.text
        return not field.words.strip() or self._save_field(field, lambda words: {"text": {language(): words}})

    def _save_theory(self) -> bool:
        return self._save_field(self.page.view.theory, lambda words: {"theory": words})

    def _save_field(self, field: CellField, named: Callable[[str], dict[str, Any]]) -> bool:
        """One field, one step; it goes on being changed until its words are kept."""
        claim, words = self.claim(), field.words
        if claim is None or self.desk.project is not self._project or not field.changed:
            return True
        kept = self.desk.attempt(partial(claims.edit, self.desk.study, claim.id, **named(words)))
        if kept:
            field.kept(words)
        return kept

    def _set_status(self, status: str) -> None:
        claim = self.claim()
        if claim is not None:
            self.desk.attempt(claims.set_status, self.desk.study, claim.id, status)

    def _ids(self, side: str) -> list[bytes]:
        """The codings on a side, in their order."""
        claim, study = self.claim(), self._study
        if claim is None or study is None:
            return []
        numbers = claim.evidence_for if side == "for" else claim.evidence_against
        return [study.frames.codings.id[number] for number in numbers]

    def _set(self, side: str, ids: list[bytes]) -> None:
        claim = self.claim()
        if claim is not None:
            claims.set_evidence(self.desk.study, claim.id, side, ids)

    def _leave(self, side: str, passage: Passage) -> None:
        """Take a passage from a side."""
        self._set(side, [row for row in self._ids(side) if row not in passage.codings])

    def _order(self, side: str, passages: list[Passage]) -> None:
        self._set(side, [row for passage in passages for row in passage.codings])

    def _take_current(self, side: str, among: PassageList) -> None:
        """Put the current passage of a list on a side."""
        passage = among.current()
        if passage is not None:
            ids = list(dict.fromkeys((*self._ids(side), *passage.codings)))
            self.desk.attempt(self._set, side, ids)

    def answer(self) -> None:
        """Ask for the answer to the current passage of those that oppose the claim."""
        told, ledger = self.told, self.page.view.ledger
        row = ledger.currentIndex().row()
        if told is None or not told.ledger:
            self.desk.tell(_("No passage opposes this claim."))
        elif self.save():
            AnswerBox(self.desk, told.claim, told.ledger[max(0, row)]).open()

    # The check

    def _check_if_small(self) -> None:
        if len(counted(self.desk.study).frames.codings.id) <= LARGE:
            self.desk.attempt(self._check_now)
        elif not self._checked:
            self._checked = True
            self.check()

    def _check_now(self) -> None:
        self._checked = True
        self.page.checks.show_found(check_before_defence(self.desk.study, self.coder))

    def check(self) -> None:
        """Make the check beside the window."""
        project, coder = self.desk.study, self.coder

        def work(progress: Progress) -> dict[str, list[Hint]]:
            return check_before_defence(project, coder, progress)

        self.desk.work(_("Checking before the defence"), work, self.page.checks.show_found)

    def jump(self, hint: Hint) -> None:
        """Go to what a hint is about."""
        if not self.save():
            return
        if hint.place == "claim":
            self.page.claims.choose(hint.id)
            self.page.view.sides["for"].list.setFocus()
        elif hint.place == "passage":
            self.desk.leave_for(Place(hint.source, hint.start, hint.end))
        elif hint.place == "cell":
            self.desk.leave_for(Cell(hint.first, hint.second))
        elif hint.place == "check":
            for line in member_checks(self.desk.study):
                if line.id == hint.id and line.pair:
                    self.desk.leave_for(Cell(*line.pair))
        else:
            self.desk.go(Code(hint.id) if hint.place == "code" else Informant(hint.id))

    def follow_passage(self, passage: Passage) -> None:
        """Show a passage in its text."""
        if self.save():
            told = passage.told
            self.desk.leave_for(Place(told.source, told.start, told.end))

    def _open_cell(self) -> None:
        key = self._cell_of(self.told) if self.told else None
        if key is not None and self.save():
            self.desk.leave_for(Cell(*key))

    def fill_codes(self, menu: QMenu) -> None:
        """The top codes and indicators of the study; those of the claim are ticked."""
        told = self.told
        if told is None:
            return
        now = [row_id(heading.reference) for heading in told.codes]
        for line in self.desk.codes:
            wanted = [row for row in now if row != line.id] if line.id in now else [*now, line.id]
            run = partial(self.desk.attempt, claims.set_codes, self.desk.study, told.claim.id, wanted)
            action = menu.addAction("    " * line.depth + line.called, run)
            action.setCheckable(True)
            action.setChecked(line.id in now)
