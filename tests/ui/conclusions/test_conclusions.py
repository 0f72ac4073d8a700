"""Claims by clicks and keys: what is shown, and what is in the study afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.cells.written import read_cells
from qualcoder_lite.analysis.conclusions.claims import ClaimRow, read_claims
from qualcoder_lite.coding import cells, claims, codings, member_checks
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.counting.references import pair, reference
from qualcoder_lite.store.project import open_study
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.conclusions.answering import AnswerBox
from qualcoder_lite.ui.conclusions.connect import Conclusions
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import SAID, Made, make_study, settle, shown, window_on

TEXT = "\n".join(SAID) + "\n"
CODED = (
    ("Warga sering dioper-oper antar loket", "R1", "-"),
    ("Warga sering dioper-oper antar loket", "S1", "-"),
    ("Pak Camat mendukung ide baru", "S1", "+"),
    ("Rapat tiap Senin", "R1", "+"),
)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    made = make_study(tmp_path / "a.qcl")
    with open_study(tmp_path / "a.qcl", coder="C1") as project:
        for words, key, sign in CODED:
            start = TEXT.index(words)
            made.ids[key, words] = codings.apply(
                project, made.ids["source", "A1"], start, start + len(words), made.ids["code", key], sign
            )
        both = [made.ids["code", "R"], made.ids["code", "S"]]
        made.ids["claim", "C01"] = claims.add(project, "C01", {"en": "Rules hinder."}, both, polarity="-")
        made.ids["claim", "C02"] = claims.add(project, "C02", {"en": "Another."})
    return made


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp, (1440, 900)) as opened:
        opened.menu_row.tabs.setCurrentIndex(2)
        settle(opened, qapp)
        yield opened


def wiring(window: MainWindow) -> Conclusions:
    return window.desk.part(Conclusions)


def stored(window: MainWindow, number: str = "C01") -> ClaimRow:
    study = counted(window.desk.study)
    return next(one for one in read_claims(window.desk.study, study) if one.number == number)


def sides(window: MainWindow) -> tuple[list[bytes], list[bytes]]:
    ids, claim = counted(window.desk.study).frames.codings.id, stored(window)
    return [ids[n] for n in claim.evidence_for], [ids[n] for n in claim.evidence_against]


def rest(window: MainWindow) -> list[str]:
    return [passage.quote for passage in wiring(window).page.view.rest.rows.rows]


def test_the_tab_lists_claims_and_shows_the_first_with_its_codes(window: MainWindow) -> None:
    page = wiring(window).page
    assert [claim.number for claim in page.claims.rows.rows] == ["C01", "C02"]
    assert page.view.text.words == "Rules hinder."
    assert [code.key for code in page.view.codes.codes] == ["R", "S"]
    assert page.view.codes.sign == "-"


def test_passages_with_the_same_codes_are_put_on_a_side_and_leave_it(
    window: MainWindow, made: Made, qtbot: QtBot
) -> None:
    view = wiring(window).page.view
    assert len(rest(window)) == 3
    row = next(i for i, quote in enumerate(rest(window)) if "dioper" in quote)
    view.rest.setCurrentIndex(view.rest.rows.index(row))
    qtbot.mouseClick(view.take["for"], Qt.MouseButton.LeftButton)
    words = CODED[0][0]
    assert set(sides(window)[0]) == {made.ids["R1", words], made.ids["S1", words]}
    assert wiring(window).page.claims.numbers[made.ids["claim", "C01"]] == (1, 0)
    row = next(i for i, quote in enumerate(rest(window)) if "Senin" in quote)
    view.rest.setCurrentIndex(view.rest.rows.index(row))
    view.rest.setFocus()
    qtbot.keyClick(view.rest, Qt.Key.Key_Minus)
    assert sides(window)[1] == [made.ids["R1", CODED[3][0]]]
    against = view.sides["against"].list
    against.setCurrentIndex(against.rows.index(0))
    against.setFocus()
    qtbot.keyClick(against, Qt.Key.Key_Delete)
    assert sides(window)[1] == []


def test_a_passage_that_opposes_the_claim_is_answered_by_keys(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    claims.set_codes(window.desk.study, made.ids["claim", "C01"], [made.ids["code", "R"]])
    settle(window, qapp)
    page = wiring(window).page
    assert [passage.quote for passage in page.view.ledger.rows.rows] == [f"“{CODED[3][0]}”"]
    assert page.claims.waiting[made.ids["claim", "C01"]] == 1
    assert page.view.waiting.text() == "1 not answered yet"
    page.view.ledger.setCurrentIndex(page.view.ledger.rows.index(0))
    page.view.ledger.setFocus()
    qtbot.keyClick(page.view.ledger, Qt.Key.Key_Space)
    box = shown(qapp, AnswerBox)
    qtbot.keyClick(box.answer, Qt.Key.Key_End)
    qtbot.keyClick(box.answer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert box.isVisible()  # a reason is needed
    assert "reason" in window.news.sentence.text()
    box.reason.setFocus()
    qtbot.keyClicks(box.reason, "Another office.")
    qtbot.keyClick(box.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window, qapp)
    [(_coding, answer)] = stored(window).answers.items()
    assert (answer.answer, answer.reason) == ("elsewhere", "Another office.")
    assert page.view.ledger.rows.rows[0].note == "Not of this matter: Another office."
    assert not page.view.waiting.isVisible()
    assert page.claims.waiting[made.ids["claim", "C01"]] == 0
    qtbot.mouseClick(page.view.answer, Qt.MouseButton.LeftButton)
    box = shown(qapp, AnswerBox)
    assert box.reason.toPlainText() == "Another office."
    qtbot.keyClick(box.answer, Qt.Key.Key_Home)
    qtbot.keyClick(box.answer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "Choose an answer" in window.news.sentence.text()
    box.reason.clear()
    qtbot.keyClick(box.answer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stored(window).answers == {}


def test_sentence_theory_and_status_are_kept(window: MainWindow, qtbot: QtBot) -> None:
    view = wiring(window).page.view
    view.text.setFocus()
    view.text.selectAll()
    qtbot.keyClicks(view.text, "Rules slow the office.")
    view.theory.setFocus()
    qtbot.keyClicks(view.theory, "Siagian")
    view.status.setFocus()
    qtbot.keyClick(view.status, Qt.Key.Key_Home)
    qtbot.keyClick(view.status, Qt.Key.Key_Down)
    claim = stored(window)
    assert (claim.text["en"], claim.theory) == ("Rules slow the office.", "Siagian")
    assert claim.status == view.status.currentData()


def test_another_claim_saves_what_was_written_in_the_one_before(window: MainWindow, qtbot: QtBot) -> None:
    page = wiring(window).page
    page.view.theory.setFocus()
    qtbot.keyClicks(page.view.theory, "Weber")
    page.claims.list.setCurrentIndex(page.claims.rows.index(1))
    assert stored(window).theory == "Weber"
    assert page.view.number.text() == "C02"
    assert page.view.theory.words == ""


def test_a_new_claim_moves_up_and_is_removed(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    window.do("new_claim")
    box = shown(qapp, AskingBox)
    qtbot.keyClicks(box.line, "Reward is even.")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    page = wiring(window).page
    assert [claim.number for claim in page.claims.rows.rows] == ["C01", "C02", "C03"]
    assert page.view.text.words == "Reward is even."
    settle(window, qapp)
    window.do("claim_up")
    assert [claim.number for claim in page.claims.rows.rows] == ["C01", "C03", "C02"]
    settle(window, qapp)
    window.do("remove_claim")
    assert [claim.number for claim in page.claims.rows.rows] == ["C01", "C02"]


def test_a_passage_leads_to_the_text_and_back_to_the_claim(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    view, desk = wiring(window).page.view, window.desk
    row = next(i for i, quote in enumerate(rest(window)) if "Senin" in quote)
    view.rest.setCurrentIndex(view.rest.rows.index(row))
    view.rest.setFocus()
    qtbot.keyClick(view.rest, Qt.Key.Key_Return)
    assert window.workspaces.currentWidget() is desk.part(Reduction)
    assert desk.text.caret == TEXT.index("Rapat tiap Senin")
    desk.go_back()
    settle(window, qapp)
    assert wiring(window).shown
    assert view.number.text() == "C01"


def test_hints_of_the_check_lead_to_claim_code_and_cell(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    page, desk = wiring(window).page, window.desk
    found = {key.split(":")[0] for key in page.checks.hints}
    assert {"undefined_codes"} <= found
    claim = next(hint for hint in page.checks.hints.values() if hint.place == "claim")
    page.checks.jumped.emit(claim)
    assert wiring(window).current == claim.id
    code = next(key for key, hint in page.checks.hints.items() if hint.place == "code")
    page.checks.tree.row_activated.emit(code)
    assert window.workspaces.currentWidget() is desk.part(Reduction)
    assert desk.part(Codebook).tree.current_key() == page.checks.hints[code].id


def test_a_member_check_of_another_wording_leads_to_its_cell(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    from qualcoder_lite.ui.display.connect import Display

    study = window.desk.study
    person = next(line.id for line in window.desk.people)
    cell = reference("informant", person), reference("code", made.ids["code", "R"])
    cells.write(study, *cell, emic_summary="Warga dioper.")
    row = read_cells(study)[pair(*cell)].id
    member_checks.add(study, person, "Warga dioper.", "agrees", cell=row)
    cells.write(study, *cell, emic_summary="Warga menunggu.")
    settle(window, qapp)
    hint = wiring(window).page.checks.hints["stale_member_checks:0"]
    wiring(window).page.checks.jumped.emit(hint)
    settle(window, qapp)
    display = window.desk.part(Display)
    assert display.shown
    assert display.cell.panel.title.text().startswith("A1 × R")
    assert display.cell.panel.checks.shown[0].stale


def test_the_cell_of_two_codes_opens_in_the_linkage(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    from qualcoder_lite.ui.display.connect import Display

    view = wiring(window).page.view
    qtbot.mouseClick(view.open_cell, Qt.MouseButton.LeftButton)
    display = window.desk.part(Display)
    assert display.shown
    assert display.place.kind == "linkage"
    settle(window, qapp)
    assert display.cell.panel.title.text().startswith("R × S")


@pytest.mark.parametrize(
    ("panel", "words", "name"),
    [("claims", "Export the outline of the", "outline-of"), ("checks", "Export the check before", "check-")],
)
def test_what_is_handed_in_is_exported_where_it_is_made(
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    panel: str,
    words: str,
    name: str,
) -> None:
    proposed: list[str] = []

    def ask(_window: object, _title: str, usual: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(usual).name)
        return str(tmp_path / "keluar.docx"), "Word (*.docx)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    head = getattr(wiring(window).page, panel).head
    (button,) = (one for one in head.findChildren(QToolButton) if one.toolTip().startswith(words))
    assert head.rect().contains(button.geometry())
    assert head.title.width() >= head.title.sizeHint().width()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.desk.busy)
    assert name in proposed[0]
    assert (tmp_path / "keluar.docx").read_bytes().startswith(b"PK")


def test_without_claims_the_page_says_what_one_is(window: MainWindow, made: Made, qapp: QApplication) -> None:
    claims.remove(window.desk.study, [made.ids["claim", "C01"], made.ids["claim", "C02"]])
    settle(window, qapp)
    page = wiring(window).page
    assert page.claims.pages.currentIndex() == 1
    assert page.view.pages.currentIndex() == 1
