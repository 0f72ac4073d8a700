"""From cells to conclusions: informants side by side, claims with evidence, the check of all."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from qualcoder_lite.analysis.cells.written import read_cells
from qualcoder_lite.analysis.matrices.comparison import convergence_reference
from qualcoder_lite.coding.counting.references import pair, reference
from qualcoder_lite.i18n import language
from qualcoder_lite.ui.cell.reading import Passage
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.conclusions.answering import AnswerBox
from qualcoder_lite.ui.kit.asking_box import AskingBox
from tests.screens.hands import ALT, CONTROL
from tests.screens.way import Way

Key = Qt.Key
COMPARED = ("A1", "A2", "A4")
NOTE = "Ketiganya menyebut tanggapan, dari letak yang berbeda"
SENTENCE = "Inovasi berhenti pada pembagian tugas"
THEORY = "Siagian (2014)"
REASON = "Satu peristiwa, yang kemudian diperbaiki"
OPPOSED, BARE = "C01", "C16"  # claims of the sample that the check finds


def compare(way: Way) -> None:
    """Put three informants side by side, and write of one code how they stand to each other."""
    hands, display = way.hands, way.display
    way.show_kind("comparison")
    while (now := compared(way)) != COMPARED:
        wrong = [alias for alias in now if alias not in COMPARED]
        missing = [alias for alias in COMPARED if alias not in now]
        hands.choose_from(display.choosers["members"], (missing or wrong)[0])
        hands.rest()
    way.click_cell("R", "note")
    way.write("conclusion", NOTE)
    hands.choose_in(way.panel.status, "partial")
    hands.rest()
    note = convergence_reference([reference("informant", way.person(alias)) for alias in COMPARED])
    key = pair(reference("code", way.code("R")), note)
    written = read_cells(way.study, {key})[key]
    assert (written.conclusion, written.status) == (NOTE, "partial")


def talk_over(way: Way) -> None:
    """See in the agreement of coders where they differ about a code, go to the first unit, and come back."""
    hands, apart = way.hands, way.panel.apart
    way.show_kind("agreement")
    way.click_cell("R", "some")
    first = apart.list.rows.rows[0]
    assert first.about == ("R",)
    hands.click_item(apart.list, 0)
    hands.rest()
    assert hands.window.workspaces.currentWidget() is way.desk.part(Reduction)
    assert way.desk.text.flash == (first.start, first.end)
    hands.key(Key.Key_Backspace, ALT)
    hands.rest()
    assert apart.isVisible()


def compared(way: Way) -> tuple[str, ...]:
    """Who stands side by side."""
    matrix = way.display.matrix
    return tuple(heading.key for heading in matrix.columns) if matrix else ()


def make_claim(way: Way) -> None:
    """Write a claim, say of which codes it speaks, and put passages on both its sides."""
    hands, desk = way.hands, way.desk
    way.go(2)
    view = way.conclusions.page.view
    hands.key_on_window(Key.Key_N, CONTROL | ALT)
    hands.wait(lambda: bool(hands.focus().parentWidget()))
    assert isinstance(hands.focus().parentWidget(), AskingBox)
    hands.type(SENTENCE)
    hands.key(Key.Key_Return)
    hands.rest()
    number = view.number.text()
    for key in ("I", "S"):
        hands.click(view.edit_codes)
        line = next(one for one in desk.codes if one.key == key)
        menu = hands.application.activePopupWidget()
        assert menu is not None
        hands.choose(next(one for one in menu.actions() if one.text() == line.called))
        hands.rest()
    given = way.click_passage(view.rest, "forumnya sepi")
    hands.click(view.take["for"])
    hands.rest()
    against = way.click_passage(view.rest, "dipakai terus")
    hands.type("-")
    hands.rest()
    way.see(view.theory)
    hands.clear(view.theory)
    hands.type(THEORY)
    way.see(view.status)
    hands.choose_in(view.status, "partial")
    hands.rest()
    claim, codes = way.claim(number), way.counted.frames.codes
    assert claim.sentence(language()) == SENTENCE
    assert (claim.theory, claim.status) == (THEORY, "partial")
    assert [codes[one].key for one in claim.codes] == ["I", "S"]
    assert ids(way, claim.evidence_for) == given.codings
    assert ids(way, claim.evidence_against) == against.codings


def ids(way: Way, numbers: tuple[int, ...]) -> tuple[bytes, ...]:
    """The ids of codings."""
    return tuple(way.counted.frames.codings.id[number] for number in numbers)


def hints(way: Way, kind: str) -> list[str]:
    """The hints of a list, as it stands there."""
    rows = way.conclusions.page.checks.tree.rows.root.children
    return [node.row.what for row in rows if row.key == kind for node in row.children]


def click_hint(way: Way, kind: str, number: int = 0) -> None:
    """Click a hint; its list opens where it is closed."""
    way.hands.click_row(way.conclusions.page.checks.tree, f"{kind}:{number}")
    way.hands.rest()


def clear_checks(way: Way) -> None:
    """Go through lists of the check until nothing is left in them."""
    hands, view = way.hands, way.conclusions.page.view
    number = len(hints(way, "stale_cells"))
    assert number
    for left in range(number - 1, -1, -1):
        click_hint(way, "stale_cells")
        assert way.display.shown
        way.see(way.panel.reviewed)
        hands.click(way.panel.reviewed)
        hands.rest()
        hands.key(Key.Key_Backspace, ALT)
        hands.rest()
        assert len(hints(way, "stale_cells")) == left
    click_hint(way, "stale_member_checks")
    assert way.display.shown
    checks = way.panel.checks
    assert [check.stale for check in checks.shown] == [True]
    way.see(checks.lines[0])
    hands.click(checks.lines[0].findChildren(QToolButton)[0])
    hands.rest()
    assert checks.shown == []
    hands.key(Key.Key_Backspace, ALT)
    hands.rest()
    assert hints(way, "stale_member_checks") == []
    click_hint(way, "claims_without_evidence")
    assert view.number.text() == BARE
    found: Passage = view.rest.rows.rows[0]
    way.click_passage(view.rest, found.quote)
    hands.click(view.take["for"])
    hands.rest()
    assert hints(way, "claims_without_evidence") == []
    assert ids(way, way.claim(BARE).evidence_for) == found.codings
    while any(said.startswith(OPPOSED) for said in hints(way, "claims_unanswered")):
        click_hint(way, "claims_unanswered")
        assert view.number.text() == OPPOSED
        assert view.ledger.rows.rows[0].badge
        way.click_passage(view.ledger, view.ledger.rows.rows[0].quote)
        hands.click(view.answer)
        box = hands.shown(AnswerBox)
        hands.choose_in(box.answer, "explained")
        hands.click(box.reason)
        hands.type(REASON)
        hands.key(Key.Key_Return, CONTROL)
        hands.rest()


def go_back_and_forth(way: Way) -> None:
    """Undo what was done last, step by step, and do it again."""
    hands, states = way.hands, [way.everything()]
    for _step in range(6):
        hands.key(Key.Key_Z, CONTROL)
        hands.rest()
        states.append(way.everything())
    assert all(one != other for one, other in pairwise(states))
    for state in reversed(states[:-1]):
        hands.key(Key.Key_Y, CONTROL)
        hands.rest()
        assert way.everything() == state
