"""Links and claims in the linkage, and informants compared, by clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from qualcoder_lite.analysis.cells.written import read_cells
from qualcoder_lite.analysis.matrices.comparison import convergence_reference
from qualcoder_lite.coding import claims, codings
from qualcoder_lite.coding.counting.references import pair, reference
from qualcoder_lite.coding.people import informants
from qualcoder_lite.store.project import open_study
from qualcoder_lite.store.schema import CodingLink, Informant
from qualcoder_lite.ui.conclusions.connect import Conclusions
from qualcoder_lite.ui.display.connect import Display
from qualcoder_lite.ui.kit.form_box import FormBox
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import SAID, Made, make_study, settle, shown, window_on

TEXT = "\n".join(SAID) + "\n"
WORDS = "Warga sering dioper-oper antar loket"


@pytest.fixture
def made(tmp_path: Path) -> Made:
    made = make_study(tmp_path / "a.qcl")
    with open_study(tmp_path / "a.qcl", coder="C1") as project:
        informants.import_table(project, [{"alias": "M1", "class": "key", "kelompok": "Masyarakat"}])
        start = TEXT.index(WORDS)
        for key in ("R1", "S1"):
            made.ids["coding", key] = codings.apply(
                project, made.ids["source", "A1"], start, start + len(WORDS), made.ids["code", key], "-"
            )
        both = [made.ids["code", "R"], made.ids["code", "S"]]
        made.ids["claim", "C01"] = claims.add(project, "C01", {"en": "Structure slows."}, both)
        with project.read() as connection:
            rows = connection.execute(select(Informant.id, Informant.alias)).all()
            made.ids |= {("informant", alias): row for row, alias in rows}
    return made


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp, (1440, 900)) as opened:
        opened.do("matrix_linkage")
        settle(opened, qapp)
        yield opened


def display(window: MainWindow) -> Display:
    return window.desk.part(Display)


def links(window: MainWindow) -> list[tuple[bytes, bytes, str, str]]:
    wanted = select(CodingLink.from_id, CodingLink.to_id, CodingLink.kind, CodingLink.note)
    with window.desk.study.read() as connection:
        return [tuple(row) for row in connection.execute(wanted)]


def test_a_link_is_drawn_between_two_codings_of_the_cell_and_taken_away(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    panel = display(window).cell.panel
    assert panel.links.isVisibleTo(panel)
    qtbot.mouseClick(panel.links.add, Qt.MouseButton.LeftButton)
    box = shown(qapp, FormBox)
    fields = dict(box.rows)
    qtbot.keyClick(fields["Kind of link"], Qt.Key.Key_Down)
    qtbot.keyClicks(fields["Note"], "menunggu disposisi")
    box.keep()
    ((one, other, kind, note),) = links(window)
    assert {one, other} == {made.ids["coding", "R1"], made.ids["coding", "S1"]}
    assert (kind, note) == ("leads_to", "menunggu disposisi")
    settle(window, qapp)
    assert len(panel.links.parts) == 2
    assert "“" in fields["From"].currentText()  # the words tell codings apart
    panel.links.removed.emit(display(window).matrix.details["links"][0, 0][0].id)  # type: ignore[union-attr]
    assert links(window) == []


def test_the_claim_of_a_cell_leads_to_where_claims_are_worked_on(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    cells = display(window).view.table.cells
    assert cells is not None
    assert cells.shown(0, 0).bold == "C01"
    display(window).cell.panel.links.claim_opened.emit(made.ids["claim", "C01"])
    settle(window, qapp)
    assert window.desk.part(Conclusions).shown
    assert window.desk.part(Conclusions).current == made.ids["claim", "C01"]


def test_informants_are_compared_and_the_note_on_a_code_is_kept_for_just_these(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    window.do("matrix_comparison")
    settle(window, qapp)
    view, panel = display(window).view, display(window).cell.panel
    assert [column.head.key for column in view.columns[:2]] == ["A1", "M1"]
    assert view.columns[2].field == "note"
    assert "R" in display(window).page.legend.note
    view.setCurrentIndex(view.table.index(0, 2))
    panel.fields["conclusion"].setFocus()
    qtbot.keyClicks(panel.fields["conclusion"], "Hanya A1 bicara")
    view.setFocus()
    both = [reference("informant", made.ids["informant", alias]) for alias in ("A1", "M1")]
    key = pair(reference("code", made.ids["code", "R"]), convergence_reference(both))
    assert read_cells(window.desk.study)[key].conclusion == "Hanya A1 bicara"
    settle(window, qapp)
    assert "Hanya A1" in view.table.cells.shown(0, 2).text  # type: ignore[union-attr]


def test_groups_are_compared_once_one_of_them_is_chosen(window: MainWindow, qapp: QApplication) -> None:
    window.do("matrix_comparison")
    settle(window, qapp)
    menu = display(window).choosers["members"].menu()
    menu.aboutToShow.emit()
    assert "ASN" not in [action.text() for action in menu.actions()]
    by_group = next(action.menu() for action in menu.actions() if action.text() == "kelompok")
    next(action for action in by_group.actions() if action.text() == "ASN").trigger()
    assert [column.head.key for column in display(window).view.columns[:2]] == ["ASN", "Masyarakat"]


def test_claims_stand_in_the_panel_in_their_order(window: MainWindow, made: Made, qapp: QApplication) -> None:
    both = [made.ids["code", "R"], made.ids["code", "S"]]
    claims.add(window.desk.study, "C02", {"en": "Rules come first."}, both)
    settle(window, qapp)
    column = display(window).cell.panel.links.column
    parts = [column.itemAt(place).widget() for place in range(2)]  # type: ignore[union-attr]
    assert [part.findChildren(QPushButton)[0].text() for part in parts] == ["C01", "C02"]


def test_codings_that_share_no_word_can_be_linked(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    study, text = window.desk.study, window.desk.text.page.text
    start = text.index("Tidak ada.")
    apart = codings.apply(study, made.ids["source", "A1"], start, start + 10, made.ids["code", "S1"])
    settle(window, qapp)
    panel = display(window).cell.panel
    qtbot.mouseClick(panel.links.add, Qt.MouseButton.LeftButton)
    fields = dict(shown(qapp, FormBox).rows)
    fields["To"].setCurrentIndex(1)  # type: ignore[attr-defined]
    shown(qapp, FormBox).keep()
    settle(window, qapp)
    assert (made.ids["coding", "R1"], apart) in [(one, other) for one, other, _kind, _note in links(window)]
    assert len(display(window).matrix.details["links"][0, 0]) == 1  # type: ignore[union-attr]
