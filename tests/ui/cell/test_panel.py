"""What is written in a cell by clicks and keys, and what is in the study afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from qualcoder_lite.analysis.cells.written import read_cells
from qualcoder_lite.coding import codes, codings
from qualcoder_lite.coding.counting.references import STUDY, pair, reference, reference_to_many
from qualcoder_lite.store.schema import MemberCheck
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.kit.form_box import FormBox
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, settle, shown
from tests.ui.matrices import CODED, TEXT, cell_at, cell_of, choose, click_cell, display, said


def test_what_is_written_in_a_field_is_saved_when_it_is_left_as_one_step(
    window: MainWindow, made: Made, qtbot: QtBot
) -> None:
    click_cell(window, qtbot, "A1", "R")
    view, panel = display(window).view, display(window).cell.panel
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert panel.fields["emic_summary"].hasFocus()
    qtbot.keyClicks(panel.fields["emic_summary"], "Warga dioper")
    qtbot.keyClick(panel.fields["emic_summary"], Qt.Key.Key_Tab)
    assert panel.fields["etic_reading"].hasFocus()
    qtbot.keyClicks(panel.fields["etic_reading"], "Patologi")
    panel.fields["theory"].setFocus()
    written = cell_of(window, made)
    assert written is not None
    assert (written.emic_summary, written.etic_reading) == ("Warga dioper", "Patologi")
    assert "Warga dioper" in said(window, "A1", "R")
    window.do("undo")
    written = cell_of(window, made)
    assert written is not None
    assert (written.emic_summary, written.etic_reading) == ("Warga dioper", "")
    assert panel.fields["etic_reading"].words == ""


def test_a_pause_saves_and_another_cell_saves_what_was_written_before(
    window: MainWindow, made: Made, qtbot: QtBot
) -> None:
    click_cell(window, qtbot, "A1", "R")
    field = display(window).cell.panel.fields["conclusion"]
    field.setFocus()
    qtbot.keyClicks(field, "Lambat")
    field._rest.setInterval(10)
    qtbot.keyClicks(field, ".")
    qtbot.waitUntil(lambda: getattr(cell_of(window, made), "conclusion", "") == "Lambat.")
    qtbot.keyClicks(field, " Sekali")
    click_cell(window, qtbot, "M1", "S")
    assert getattr(cell_of(window, made), "conclusion", "") == "Lambat. Sekali"
    assert field.words == ""


def test_passages_are_chosen_put_in_order_and_leave_again(
    window: MainWindow, made: Made, qtbot: QtBot
) -> None:
    click_cell(window, qtbot, "A1", "R")
    panel = display(window).cell.panel
    first = made.ids["coding", CODED[0][0]]
    second = made.ids["coding", CODED[2][0]]
    for row in (0, 1):
        box = panel.passages.visualRect(panel.passages.rows.index(row))
        place = QPoint(14, box.top() + 14)
        qtbot.mouseClick(panel.passages.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert getattr(cell_of(window, made), "chosen", ()) == (first, second)
    panel.modes.buttons["chosen"].click()
    assert [passage.number for passage in panel.passages.rows.rows] == [1, 2]
    panel.passages.setCurrentIndex(panel.passages.rows.index(1))
    panel.passages.setFocus()
    qtbot.keyClick(panel.passages, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert getattr(cell_of(window, made), "chosen", ()) == (second, first)
    qtbot.keyClick(panel.passages, Qt.Key.Key_Space)
    assert len(getattr(cell_of(window, made), "chosen", ())) == 1


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_bracket_offers_passages_and_the_token_leads_to_the_text_and_back(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    click_cell(window, qtbot, "A1", "R")
    field = display(window).cell.panel.fields["etic_reading"]
    field.setFocus()
    qtbot.keyClicks(field, "Terbukti [")
    popup = field.completer.popup()
    assert popup.isVisible()
    qtbot.keyClicks(popup, "oper")
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.toPlainText() == "Terbukti [A1·2] "
    cursor = field.textCursor()
    cursor.setPosition(len("Terbukti [A1"))
    field.setTextCursor(cursor)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk = window.desk
    assert window.workspaces.currentWidget() is desk.part(Reduction)
    assert desk.text.caret == TEXT.index("Warga sering")
    assert getattr(cell_of(window, made), "etic_reading", "") == "Terbukti [A1·2]"
    desk.go_back()
    settle(window, qapp)
    assert display(window).shown
    assert display(window).view.chosen_key()[1] == reference("code", made.ids["code", "R"])


def test_a_token_goes_as_one_piece(window: MainWindow, qtbot: QtBot) -> None:
    click_cell(window, qtbot, "A1", "R")
    field = display(window).cell.panel.fields["theory"]
    field.setFocus()
    field.insert_token("[A1·1]")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert field.toPlainText() == ""


def test_status_reason_and_gap_note_with_their_hints(window: MainWindow, made: Made, qtbot: QtBot) -> None:
    click_cell(window, qtbot, "A1", "R")
    panel = display(window).cell.panel
    choose(panel.status, "gap", qtbot)
    qtbot.keyClicks(panel.reason, "berbeda")
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    written = cell_of(window, made)
    assert written is not None
    assert (written.status, written.reason) == ("gap", "berbeda")
    assert "needs a note" in panel.hints.text()
    panel.fields["gap_note"].setFocus()
    qtbot.keyClicks(panel.fields["gap_note"], "ucapan dan perbuatan")
    panel.fields["theory"].setFocus()
    assert "needs a note" not in panel.hints.text()
    assert "gap" in said(window, "A1", "R")


def test_a_cell_that_does_not_apply_is_told_by_its_mark(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    click_cell(window, qtbot, "M1", "S")
    panel = display(window).cell.panel
    qtbot.mouseClick(panel.not_applicable, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert getattr(cell_of(window, made, "M1", "S"), "not_applicable", False)
    settle(window, qapp)
    assert "not applicable" in said(window, "M1", "S")


def test_a_changed_coding_makes_the_cell_stale_until_it_is_reviewed(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    click_cell(window, qtbot, "A1", "R")
    panel = display(window).cell.panel
    panel.fields["emic_summary"].setFocus()
    qtbot.keyClicks(panel.fields["emic_summary"], "Warga dioper")
    panel.fields["theory"].setFocus()
    codings.remove(window.desk.study, [made.ids["coding", CODED[2][0]]])
    settle(window, qapp)
    assert "review" in said(window, "A1", "R")
    assert display(window).view.currentIndex().data(Qt.ItemDataRole.ToolTipRole).endswith("\nreview")
    assert "removed since" in panel.since.text()
    qtbot.mouseClick(panel.reviewed, Qt.MouseButton.LeftButton)
    assert "review" not in said(window, "A1", "R")
    assert getattr(cell_of(window, made), "emic_summary", "") == "Warga dioper"


def test_a_member_check_is_noted_with_date_method_and_verdict(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    click_cell(window, qtbot, "A1", "R")
    panel = display(window).cell.panel
    panel.fields["emic_summary"].setFocus()
    qtbot.keyClicks(panel.fields["emic_summary"], "Warga dioper")
    panel.fields["theory"].setFocus()
    qtbot.mouseClick(panel.checks.add, Qt.MouseButton.LeftButton)
    box = shown(qapp, FormBox)
    fields = dict(box.rows)
    qtbot.keyClicks(fields["Method"], "tatap muka")
    box.keep()
    with window.desk.study.read() as connection:
        row = connection.execute(
            select(MemberCheck.statement, MemberCheck.verdict, MemberCheck.method, MemberCheck.informant_id)
        ).one()
    assert tuple(row) == ("Warga dioper", "agrees", "tatap muka", made.ids["informant", "A1"])
    assert [check.alias for check in panel.checks.shown] == ["A1"]


def test_conclusion_and_note_on_the_gap_come_on_demand(window: MainWindow, made: Made, qtbot: QtBot) -> None:
    click_cell(window, qtbot, "A1", "R")
    panel = display(window).cell.panel
    assert panel.parts["conclusion"].isHidden()
    choose(panel.status, "gap", qtbot)
    assert not panel.parts["gap_note"].isHidden()
    assert panel.parts["conclusion"].isHidden()
    qtbot.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    assert panel.fields["conclusion"].hasFocus()
    assert panel.more.isHidden()


def test_a_note_on_convergence_is_written_alone(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    wiring = display(window)
    wiring.page.kinds.chosen.emit("comparison")
    view = wiring.view
    row = next(i for i, line in enumerate(view.lines) if line.head.key == "R")
    over = next(i for i, column in enumerate(view.columns) if column.field == "note")
    view.setCurrentIndex(view.table.index(row, over))
    settle(window, qapp)
    panel = wiring.cell.panel
    assert panel.caption.text() == "A1, M1"
    assert [name for name, part in panel.parts.items() if not part.isHidden()] == ["conclusion"]
    offered = [panel.status.itemText(at) for at in range(panel.status.count())]
    assert offered == ["not judged yet", "agree", "partial", "oppose", "silent"]
    qtbot.keyClicks(panel.status, "opp")
    qtbot.keyClick(panel.status, Qt.Key.Key_Return)
    settle(window, qapp)
    assert [badge[2] for badge in cell_at(window, row, over).badges] == ["oppose"]
    members = window.desk.people
    note = reference_to_many(line.id for line in members)
    code = reference("code", made.ids["code", "R"])
    assert read_cells(window.desk.study)[pair(code, note)].status == "oppose"
    view.setCurrentIndex(view.table.index(row, 0))
    settle(window, qapp)
    shown_now = [name for name, part in panel.parts.items() if not part.isHidden()]
    assert shown_now == ["emic_summary", "etic_reading", "theory", "checks"]
    offered = [panel.status.itemText(at) for at in range(panel.status.count())]
    assert offered == ["not judged yet", "aligned", "partial", "gap", "emic only", "etic only"]


def test_whole_rows_and_groups_have_a_synthesis(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    view, panel = display(window).view, display(window).cell.panel
    click_cell(window, qtbot, "A1", "")
    assert view.columns[-1].field == "whole"
    assert said(window, "A1", "") == "2 indicators"
    assert panel.fields["etic_reading"].isVisible()
    panel.fields["etic_reading"].setFocus()
    qtbot.keyClicks(panel.fields["etic_reading"], "Camat melihat dari atas.")
    display(window).show_kind("groups")
    settle(window, qapp)
    one = reference("informant", made.ids["informant", "A1"])
    assert read_cells(window.desk.study)[pair(one, STUDY)].etic_reading == "Camat melihat dari atas."
    foot = view.lines[-1].head.key
    click_cell(window, qtbot, foot, "ASN")
    panel.fields["etic_reading"].setFocus()
    qtbot.keyClicks(panel.fields["etic_reading"], "ASN setuju.")
    click_cell(window, qtbot, "R", "")  # the proposed state, beside which stands what is concluded
    assert view.columns[-1].field == "state"
    panel.fields["conclusion"].setFocus()
    qtbot.keyClicks(panel.fields["conclusion"], "Sama-sama mengeluh.")
    display(window).cell.save()
    settle(window, qapp)
    assert "ASN setuju." in said(window, foot, "ASN")
    code, note = reference("code", made.ids["code", "R"]), display(window).matrix.details["note"]
    assert note.startswith("attribute:")
    written = read_cells(window.desk.study)
    assert written[pair(code, note)].conclusion == "Sama-sama mengeluh."
    assert pair(code, STUDY) not in written  # the study as a whole is another cell
    row = next(i for i, line in enumerate(view.lines) if line.head.key == "R")
    over = next(i for i, column in enumerate(view.columns) if column.field == "note")
    told = view.table.index(row, over).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Sama-sama mengeluh." in told


def test_a_cell_that_is_counted_says_that_nothing_is_written_there(
    window: MainWindow, qapp: QApplication
) -> None:
    wiring = display(window)
    wiring.page.kinds.chosen.emit("saturation")
    settle(window, qapp)
    panel = wiring.cell.panel
    assert panel.nothing.isVisible()
    assert "counted from the codings" in panel.nothing.sentence.text()


def test_a_long_title_of_a_cell_is_told_by_its_keys(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    click_cell(window, qtbot, "A1", "R")
    title = display(window).cell.panel.title
    assert title.short == "A1 × R"
    codes.set_wording(window.desk.study, made.ids["code", "R"], "en", name="Responsiveness to citizens " * 3)
    settle(window, qapp)
    assert len(title.text()) > 60
    shown_now = title.grab().toImage()
    title.setText("A1 × R")
    assert shown_now == title.grab().toImage()


def test_what_was_observed_stands_beside_the_emic_layer(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    study, source = window.desk.study, made.ids["source", "D1"]
    codings.apply(study, source, 0, 7, made.ids["code", "R1"], starred=True)
    display(window).show_kind("emic-etic")
    settle(window, qapp)
    view, panel = display(window).view, display(window).cell.panel
    row = next(i for i, line in enumerate(view.lines) if line.head.key == "R1")
    said_of = {
        column.field: str(view.table.index(row, at).data(Qt.ItemDataRole.AccessibleTextRole))
        for at, column in enumerate(view.columns)
    }
    assert said_of["quotes"].startswith("2 codings · 2 passages")
    assert said_of["others"] == "1 coding, “Renstra”"
    view.setCurrentIndex(view.table.index(row, 0))
    settle(window, qapp)
    badges = [passage.badge for passage in panel.passages.rows.rows]
    assert badges == ["", "", "Document"]
    assert "not emic" in panel.emic_note.text()


def test_observation_and_documents_are_not_confirmed_by_informants(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    panel = display(window).cell.panel
    click_cell(window, qtbot, "A1", "R")
    assert panel.parts["checks"].isVisible()
    click_cell(window, qtbot, "D1", "R")
    assert not panel.parts["checks"].isVisible()
