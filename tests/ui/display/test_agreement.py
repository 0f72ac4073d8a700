"""Coders compared: who and what is compared, the coefficients, and the way from a difference to the text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.panels.lists import coder_names
from qualcoder_lite.coding import codings
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.desk.place import Passage
from qualcoder_lite.ui.display.connect import Display
from qualcoder_lite.ui.text.accessible import words_of
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, codings_of, settle
from tests.ui.matrices import CODED, TEXT, cell_at, display, offered


def test_without_a_second_coder_agreement_says_why(window: MainWindow) -> None:
    wiring = display(window)
    wiring.page.kinds.chosen.emit("agreement")
    assert wiring.page.pages.currentIndex() == 1
    assert wiring.page.hint.sentence.text()


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
    assert window.workspaces.currentWidget() is window.desk.part(Reduction)
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
def compared(window: MainWindow, made: Made, qapp: QApplication) -> Display:
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


def test_coders_units_and_domain_of_agreement_are_chosen(window: MainWindow, compared: Display) -> None:
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


def test_all_coefficients_have_a_column_and_undefined_stays_so(window: MainWindow, compared: Display) -> None:
    fields = [column.field for column in compared.view.columns]
    assert fields[3:] == ["percent", "kappa", "pi", "alpha", "ac1", "bp", "holsti"]
    offered(window, "coders", "C2")
    offered(window, "units", "passages of C3")
    row = next(i for i, line in enumerate(compared.view.lines) if line.head.key == "S")  # nobody has it
    assert [cell_at(window, row, fields.index(name)).short for name in ("percent", "kappa", "pi")] == [
        "1.00", "undefined", "undefined",
    ]  # fmt: skip


def test_where_all_agree_the_words_stand_at_the_top(
    window: MainWindow, compared: Display, qapp: QApplication
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
        desk.leave_for(Passage(made.ids["source", "A1"], start, start + 7, all_coders=True))
        qtbot.keyClick(desk.text, Qt.Key.Key_Backspace, Qt.KeyboardModifier.AltModifier)
        settle(window, qapp)
        assert desk.all_coders
