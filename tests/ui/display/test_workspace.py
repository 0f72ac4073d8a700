"""Matrices and cells by clicks and keys: what is shown, and what is in the study afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from qualcoder_lite.analysis.cells.written import Written, read_cells
from qualcoder_lite.analysis.panels.lists import coder_names
from qualcoder_lite.coding import cells, codes, codings, sources
from qualcoder_lite.coding.counting.references import STUDY, pair, reference, reference_to_many
from qualcoder_lite.coding.people import informants
from qualcoder_lite.store.project import open_study
from qualcoder_lite.store.schema import Informant, MemberCheck
from qualcoder_lite.ui.display import actions as display_actions
from qualcoder_lite.ui.display.cells import Shown
from qualcoder_lite.ui.display.connect import WIRINGS, DisplayWiring
from qualcoder_lite.ui.kit.form_box import FormBox
from qualcoder_lite.ui.text.accessible import words_of
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import SAID, Made, codings_of, make_study, settle, shown, window_on

TEXT = "\n".join(SAID) + "\n"
CODED = (
    ("Warga sering dioper-oper antar loket", "R1", "-"),
    ("Pak Camat mendukung ide baru", "S1", "+"),
    ("Rapat tiap Senin", "R1", "+"),
)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    made = make_study(tmp_path / "a.qcl")
    with open_study(tmp_path / "a.qcl", coder="C1") as project:
        informants.import_table(project, [{"alias": "M1", "class": "key", "kelompok": "Masyarakat"}])
        for words, key, sign in CODED:
            start = TEXT.index(words)
            code = made.ids["code", key]
            made.ids["coding", words] = codings.apply(
                project, made.ids["source", "A1"], start, start + len(words), code, polarity=sign
            )
        with project.read() as connection:
            rows = connection.execute(select(Informant.id, Informant.alias)).all()
            made.ids |= {("informant", alias): row for row, alias in rows}
    return made


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp, (1440, 900)) as opened:
        opened.menu_row.tabs.setCurrentIndex(1)
        settle(opened, qapp)
        yield opened


def display(window: MainWindow) -> DisplayWiring:
    return WIRINGS[window.desk]


def click_cell(window: MainWindow, qtbot: QtBot, row: str, column: str) -> None:
    view = display(window).view
    at = next(i for i, line in enumerate(view.lines) if line.head.key == row)
    over = next(i for i, one in enumerate(view.columns) if one.head.key == column)
    index = view.table.index(at, over)
    view.scrollTo(index)
    place = view.visualRect(index).topLeft() + QPoint(12, 8)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def cell_of(window: MainWindow, made: Made, alias: str = "A1", key: str = "R") -> Written | None:
    one = reference("informant", made.ids["informant", alias])
    other = reference("code", made.ids["code", key])
    return read_cells(window.desk.study).get(pair(one, other))


def said(window: MainWindow, row: str, column: str) -> str:
    view = display(window).view
    at = next(i for i, line in enumerate(view.lines) if line.head.key == row)
    over = next(i for i, one in enumerate(view.columns) if one.head.key == column)
    return str(view.table.index(at, over).data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_tab_shows_informants_by_codes_with_counts_and_blanks(window: MainWindow) -> None:
    view = display(window).view
    assert [line.head.key for line in view.lines if line.kind == "row"] == ["A1", "M1", "D1"]
    assert [line.number for line in view.lines if line.kind == "band"] == [1, 1, 1]
    assert "2 codings · 2 passages" in said(window, "A1", "R")
    assert "supports 1" in said(window, "A1", "R")
    assert "not coded yet" in said(window, "D1", "R")
    assert "1 of 2" in said(window, view.lines[-1].head.key, "R")


def test_a_click_on_the_head_opens_the_codes_below_and_closes_them(window: MainWindow, qtbot: QtBot) -> None:
    view = display(window).view

    def chevron() -> QPoint:
        right = view.tops.sectionViewportPosition(0) + view.tops.sectionSize(0) - 14
        return QPoint(right, view.tops.height() - 12)

    qtbot.mouseClick(view.tops.viewport(), Qt.MouseButton.LeftButton, pos=chevron())
    assert [column.head.key for column in view.columns if not column.field] == ["R", "R1", "S"]
    qtbot.mouseClick(view.tops.viewport(), Qt.MouseButton.LeftButton, pos=chevron())
    assert [column.head.key for column in view.columns if not column.field] == ["R", "S"]


def test_double_click_and_enter_on_a_head_switch_its_width(window: MainWindow, qtbot: QtBot) -> None:
    view = display(window).view
    before = view.columnWidth(0)
    place = QPoint(view.tops.sectionViewportPosition(0) + 20, view.tops.height() - 10)
    qtbot.mouseDClick(view.tops.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.columnWidth(0) == 69 < before
    view.tops.take_keys(0)
    qtbot.keyClick(view.tops, Qt.Key.Key_Return)
    assert view.columnWidth(0) >= 180
    qtbot.keyClick(view.tops, Qt.Key.Key_Space)
    assert len([column for column in view.columns if not column.field]) == 3


def test_a_band_closes_and_opens_by_click_and_enter(window: MainWindow, qtbot: QtBot) -> None:
    view = display(window).view
    number = len(view.lines)
    qtbot.mouseClick(view.heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    assert len(view.lines) == number - 1
    view.setCurrentIndex(view.table.index(0, 0))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert len(view.lines) == number


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
    assert field.toPlainText() == "Terbukti [A1·1] "
    cursor = field.textCursor()
    cursor.setPosition(len("Terbukti [A1"))
    field.setTextCursor(cursor)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk = window.desk
    assert window.workspaces.currentWidget() is desk.reduction
    assert desk.text.caret == TEXT.index("Warga sering")
    assert getattr(cell_of(window, made), "etic_reading", "") == "Terbukti [A1·1]"
    display_actions.back(desk)
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


def choose(box: QComboBox, value: str, qtbot: QtBot) -> None:
    """Choose by keys, as a person does."""
    box.setFocus()
    while box.currentData() != value:
        before = box.currentIndex()
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() != before


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
    assert display(window).view.currentIndex().data(Qt.ItemDataRole.ToolTipRole) == "review"
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


@pytest.mark.parametrize(
    "kind", ["informants", "linkage", "groups", "triangulation", "emic-etic", "saturation"]
)
def test_every_kind_is_shown_and_transposed_without_losing_its_cells(
    window: MainWindow, qtbot: QtBot, kind: str
) -> None:
    wiring = display(window)
    wiring.page.kinds.chosen.emit(kind)
    assert wiring.place.kind == kind
    assert wiring.view.lines
    assert wiring.page.pages.currentIndex() == 0
    wiring.view.grab()
    if wiring.turn.isEnabled():
        before = {line.head.key for line in wiring.view.lines if line.kind == "row"}
        qtbot.mouseClick(wiring.turn, Qt.MouseButton.LeftButton)
        assert before <= {column.head.key for column in wiring.view.columns}


def test_without_a_second_coder_agreement_says_why(window: MainWindow) -> None:
    wiring = display(window)
    wiring.page.kinds.chosen.emit("agreement")
    assert wiring.page.pages.currentIndex() == 1
    assert wiring.page.hint.sentence.text()


def test_a_filter_narrows_the_matrix_and_its_chip_takes_it_away(window: MainWindow, qtbot: QtBot) -> None:
    wiring = display(window)
    offered(window, "filter", "Group", "kelompok", "ASN")
    assert any(line.head.key == "A1" for line in wiring.view.lines)
    assert all(line.head.key != "M1" for line in wiring.view.lines)
    chip = wiring.page.tools.chip_row.itemAt(0).widget()
    assert "ASN" in chip.words
    wiring.clear_filters()
    assert any(line.head.key == "M1" for line in wiring.view.lines)


def test_the_filter_of_codes_offers_indicators_below_their_top_code(window: MainWindow, made: Made) -> None:
    def heads() -> list[str]:
        return [column.head.key for column in display(window).view.columns if column.head.key]

    offered(window, "filter", "Codes", "R", "R1")
    assert display(window).place.now.choice.filters.codes == ("R1",)
    assert heads() == ["R"]
    offered(window, "filter", "Codes", "R", "R")
    assert display(window).place.now.choice.filters.codes == ("R1", "R")


@pytest.mark.parametrize("kind", ["informants", "groups", "comparison", "emic-etic"])
def test_what_is_only_filtered_away_is_not_called_without_evidence(
    window: MainWindow, made: Made, qapp: QApplication, kind: str
) -> None:
    person = reference("informant", made.ids["informant", "A1"])
    other = person if kind in ("informants", "comparison") else STUDY
    code = reference("code", made.ids["code", "R"])
    cells.write(window.desk.study, other, code, emic_summary="Loket saling lempar.")
    settle(window, qapp)
    wiring = display(window)
    wiring.show_kind(kind)
    settle(window, qapp)
    assert "(…)" not in wiring.page.legend.accessibleName()
    offered(window, "filter", "Technique", "Document")
    row = next(i for i, line in enumerate(wiring.view.lines) if line.head.key in ("A1", "R"))
    told = [cell_at(window, row, column).said for column in range(len(wiring.view.columns))]
    assert any(words.startswith("(…), left out by the filter") for words in told)
    assert not any("no evidence" in words for words in told)
    assert "(…) left out by the filter" in wiring.page.legend.accessibleName()


def test_each_kind_remembers_its_cell_and_a_new_language_too(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    click_cell(window, qtbot, "A1", "S")
    wiring = display(window)
    key = wiring.view.chosen_key()
    wiring.page.kinds.chosen.emit("linkage")
    wiring.page.kinds.chosen.emit("informants")
    assert wiring.view.chosen_key() == key
    window.set_language("id")
    window.menu_row.tabs.setCurrentIndex(1)
    settle(window, qapp)
    try:
        assert display(window) is not wiring
        assert display(window).view.chosen_key() == key
    finally:
        window.set_language("en")
    with window.desk.study.read() as connection:
        assert connection.scalar(select(func.count()).select_from(MemberCheck)) == 0


def test_a_renamed_code_and_a_new_one_come_in(window: MainWindow, made: Made, qapp: QApplication) -> None:
    codes.add(window.desk.study, "K", kind="dimension")
    settle(window, qapp)
    view = display(window).view
    assert [column.head.key for column in view.columns if not column.field] == ["R", "S", "K"]


def heights(window: MainWindow) -> dict[str, set[int]]:
    view = display(window).view
    found: dict[str, set[int]] = {}
    for number, line in enumerate(view.lines):
        found.setdefault(line.kind, set()).add(view.rowHeight(number))
    return found


def test_rows_are_equally_high_where_another_layout_had_bands(window: MainWindow, qtbot: QtBot) -> None:
    before = heights(window)
    assert max(before["band"]) < min(before["row"])
    qtbot.mouseClick(display(window).turn, Qt.MouseButton.LeftButton)
    assert heights(window)["row"] == before["row"]
    qtbot.mouseClick(display(window).turn, Qt.MouseButton.LeftButton)
    assert heights(window) == before


def offered(window: MainWindow, chooser: str, *words: str) -> None:
    """Choose from a chooser's menu by the words of its entries, submenus first."""
    menu = display(window).choosers[chooser].menu()
    menu.aboutToShow.emit()
    for name in words[:-1]:
        menu = next(a.menu() for a in menu.actions() if a.text() == name)
    next(a for a in menu.actions() if a.text().endswith(words[-1])).trigger()


def test_sources_are_narrowed_by_their_dates(window: MainWindow, made: Made, qapp: QApplication) -> None:
    sources.set_details(window.desk.study, made.ids["source", "A1"], date="2026-03-12")
    settle(window, qapp)
    offered(window, "filter", "Dates…")
    box = shown(qapp, FormBox)
    dict(box.rows)["Since"].setText("2026-04-01")
    box.keep()
    assert "left out by the filter" in said(window, "A1", "R")
    offered(window, "filter", "Dates…")
    box = shown(qapp, FormBox)
    dict(box.rows)["Since"].setText("2026-03-01")
    dict(box.rows)["Until"].setText("kemarin")
    box.keep()
    assert "is not a date" in window.news.sentence.text()
    chip = display(window).page.tools.chip_row.itemAt(0).widget()
    assert "2026-04-01" in chip.words


def test_rows_are_sorted_by_several_things_in_the_order_in_which_they_were_chosen(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    people = [
        {"alias": alias, "class": "main", "kelompok": group}
        for alias, group in (("B1", "ASN"), ("B2", "Masyarakat"))
    ]
    informants.import_table(window.desk.study, people)
    settle(window, qapp)
    offered(window, "rows", "Order of the rows", "kelompok")
    offered(window, "rows", "Order of the rows", "By codings, most first")
    keys = [line.head.key for line in display(window).view.lines if line.kind == "row"]
    assert keys == ["A1", "B1", "M1", "B2", "D1"]
    assert display(window).place.now.choice.sort == ("kelompok", "-codings")


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


def cell_at(window: MainWindow, row: int, column: int) -> Shown:
    """What a cell of the matrix shows."""
    cells = display(window).view.table.cells
    assert cells is not None
    return cells.shown(row, column)


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


def test_columns_are_narrowed_a_little_where_then_all_are_in_sight(window: MainWindow) -> None:
    wiring = display(window)
    wiring.page.kinds.chosen.emit("comparison")
    view, free = wiring.view, wiring.view.viewport().width()
    view.resize(view.width() - free + 3 * 160 + 118, view.height())
    assert [view.columnWidth(column) for column in range(4)] == [160, 160, 160, 118]
    view.resize(view.width() - 3 * 30, view.height())
    assert view.columnWidth(0) == 180


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


def coders_in_sight(window: MainWindow) -> set[str]:
    """Those whose codings the text shows."""
    names = coder_names(window.desk.study)
    whose = {line.id: names[line.coder] for line in codings_of(window)}
    return {whose[coding.id] for coding in window.desk.text.body.codings.items}


def test_what_coders_differ_about_leads_to_the_text_and_back(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    study, words = window.desk.study, CODED[0][0]
    start = TEXT.index(words)
    study.coder = "C2"
    codings.apply(study, made.ids["source", "A1"], start, start + len(words), made.ids["code", "S1"])
    study.coder = "C1"
    settle(window, qapp)
    wiring = display(window)
    wiring.page.kinds.chosen.emit("agreement")
    view, apart = wiring.view, wiring.cell.panel.apart
    row = next(i for i, line in enumerate(view.lines) if line.head.key == "R")
    view.setCurrentIndex(view.table.index(row, 0))
    settle(window, qapp)
    assert apart.isVisible()
    assert apart.title.text().startswith("R")
    assert wiring.matrix is not None
    differing = int(wiring.matrix.cells["some"].iloc[view.lines[row].row])
    assert apart.list.rows.rowCount() == differing == 2
    assert [apart.has(line) for line in apart.list.rows.rows] == ["C1: R1   C2: S1", "C1: R1 S1   C2: —"]
    first = apart.list.visualRect(apart.list.rows.index(0))
    qtbot.mouseClick(apart.list.viewport(), Qt.MouseButton.LeftButton, pos=first.center())
    assert window.workspaces.currentWidget() is window.desk.reduction
    assert window.desk.text.caret == TEXT.index("Lancar.")
    assert coders_in_sight(window) == {"C1", "C2"}
    told = {words_of(one).rpartition(", ")[2] for one in window.desk.text.body.codings.items}
    assert told == {"Coder: C1", "Coder: C2"}
    qtbot.keyClick(window.desk.text, Qt.Key.Key_Backspace, Qt.KeyboardModifier.AltModifier)
    settle(window, qapp)
    assert display(window).shown
    assert apart.isVisible()
    assert coders_in_sight(window) == {"C1"}
    assert {one.coder for one in window.desk.text.body.codings.items} == {""}
    apart.list.setCurrentIndex(apart.list.rows.index(1))
    qtbot.keyClick(apart.list, Qt.Key.Key_Return)
    assert window.desk.text.caret == TEXT.index("Pak Camat")


@pytest.fixture
def compared(window: MainWindow, made: Made, qapp: QApplication) -> DisplayWiring:
    """The agreement of three coders: C2 and C3 have coded one passage each."""
    study = window.desk.study
    for coder, key in (("C2", "S1"), ("C3", "R1")):
        study.coder = coder
        codings.apply(study, made.ids["source", "A1"], 0, 8, made.ids["code", key])
    study.coder = "C1"
    settle(window, qapp)
    display(window).page.kinds.chosen.emit("agreement")
    settle(window, qapp)
    return display(window)


def test_coders_units_and_domain_of_agreement_are_chosen(window: MainWindow, compared: DisplayWiring) -> None:
    choosers = compared.choosers
    assert [n for n in ("coders", "units", "domain", "coder") if choosers[n].isVisible()] == [
        "coders", "units", "domain",
    ]  # fmt: skip
    assert choosers["coders"].text() == "Coders: C1, C2, C3"
    offered(window, "coders", "C2")
    assert choosers["coders"].text() == "Coders: C1, C3"
    menu = choosers["coders"].menu()
    menu.aboutToShow.emit()
    assert {a.text(): a.isEnabled() for a in menu.actions()} == {"C1": False, "C2": True, "C3": False}
    offered(window, "units", "passages of C3")
    assert choosers["units"].text() == "Units: passages of C3"
    assert compared.matrix is not None
    assert len(compared.matrix.details["units"]) == 1
    offered(window, "units", "sentences")
    assert choosers["units"].text() == "Units: sentences"
    domain = compared.matrix.details["domains"][-1]
    offered(window, "domain", domain.name)
    assert choosers["domain"].text() == f"Domain: {domain.name}"
    assert compared.page.legend.note.startswith(f"{domain.name}: ")
    assert "Holsti" in compared.page.legend.note


def test_all_coefficients_have_a_column_and_undefined_stays_so(
    window: MainWindow, compared: DisplayWiring
) -> None:
    fields = [column.field for column in compared.view.columns]
    assert fields[3:] == ["percent", "kappa", "pi", "alpha", "ac1", "bp", "holsti"]
    offered(window, "coders", "C2")
    offered(window, "units", "passages of C3")
    row = next(i for i, line in enumerate(compared.view.lines) if line.head.key == "S")  # nobody has it
    assert [cell_at(window, row, fields.index(name)).short for name in ("percent", "kappa", "pi")] == [
        "1.00", "undefined", "undefined",
    ]  # fmt: skip


def test_where_all_agree_the_words_stand_at_the_top(
    window: MainWindow, compared: DisplayWiring, qapp: QApplication
) -> None:
    apart = compared.cell.panel.apart
    assert compared.matrix is not None
    agreed = replace(compared.matrix, evidence=compared.matrix.evidence.iloc[:0])
    apart.show_code(window.desk.study, agreed, 0)
    settle(window, qapp)
    assert apart.agreed.isVisible()
    assert apart.agreed.geometry().bottom() < 200


def test_who_saw_all_coders_before_a_difference_still_does_after_it(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    desk, start = window.desk, TEXT.index("Lancar.")
    desk.set_all_coders(every=True)
    for _time in range(2):
        display_actions.to_difference(desk, made.ids["source", "A1"], start, start + 7)
        qtbot.keyClick(desk.text, Qt.Key.Key_Backspace, Qt.KeyboardModifier.AltModifier)
        settle(window, qapp)
        assert desk.all_coders


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


def test_the_groups_of_informants_stand_over_the_columns_where_rows_and_columns_are_swapped(
    window: MainWindow, qapp: QApplication
) -> None:
    window.do("transpose")
    settle(window, qapp)
    groups = {column.head.key: column.group for column in display(window).view.columns}
    assert groups == {"A1": "ASN", "M1": "Masyarakat", "D1": "Observation and documents"}
