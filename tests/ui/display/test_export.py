"""Matrices written from the window as they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from qualcoder_lite.coding import codings
from qualcoder_lite.coding.people import informants
from qualcoder_lite.store.project import open_study
from qualcoder_lite.ui.display.connect import Display
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import SAID, make_study, settle, window_on

TEXT = "\n".join(SAID) + "\n"
WORDS = "Warga sering dioper-oper antar loket"
Tables = list[list[list[str]]]


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    made = make_study(tmp_path / "a.qcl")
    with open_study(tmp_path / "a.qcl", coder="C1") as project:
        people = [{"alias": "M1", "kelompok": "Masyarakat"}, {"alias": "M2", "kelompok": "Masyarakat"}]
        informants.import_table(project, [{"class": "key", **person} for person in people])
        start = TEXT.index(WORDS)
        for key in ("R1", "S1"):
            codings.apply(
                project, made.ids["source", "A1"], start, start + len(WORDS), made.ids["code", key], "-"
            )
    with window_on(tmp_path / "a.qcl", qtbot, qapp, (1440, 900)) as opened:
        yield opened


def display(window: MainWindow) -> Display:
    return window.desk.part(Display)


@pytest.fixture
def exported(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Path]:
    """Export the matrix in sight by its command."""

    def run(name: str) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(path), ""))
        window.do("export_matrix")
        qtbot.waitUntil(lambda: not window.tasks.busy and path.is_file(), timeout=20_000)
        return path

    return run


def tables(path: Path) -> Tables:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(path)).tables]


def test_the_comparison_is_written_with_those_it_compares(
    window: MainWindow, qapp: QApplication, exported: Callable[[str], Path]
) -> None:
    window.do("matrix_comparison")
    settle(window, qapp)
    profiles, shared, passages = tables(exported("c.docx"))
    assert [head.splitlines()[0] for head in profiles[0][2:4]] == ["A1", "M1"]
    assert [line[0] for line in shared[1:]] == ["All of them", "Only A1", "Only M1"]
    assert any(WORDS in line[1] for line in passages[1:])


def test_a_matrix_is_written_the_way_round_it_stands_and_without_closed_groups(
    window: MainWindow, qapp: QApplication, exported: Callable[[str], Path]
) -> None:
    window.do("matrix_informants")
    settle(window, qapp)
    view = display(window).view
    upright = tables(exported("upright.docx"))[0]
    assert {line[1].splitlines()[0] for line in upright} >= {"A1", "M1", "M2"}
    view.band_toggled.emit("Masyarakat")
    settle(window, qapp)
    closed = exported("closed.docx")
    assert {line[1].splitlines()[0] for line in tables(closed)[0]}.isdisjoint({"M1", "M2"})
    assert "Filter: closed: Masyarakat." in [p.text for p in Document(str(closed)).paragraphs]
    view.band_toggled.emit("Masyarakat")
    window.do("transpose")
    settle(window, qapp)
    turned = tables(exported("turned.docx"))[0]
    assert {head.splitlines()[0] for head in turned[0][2:]} >= {"A1", "M1", "M2"}
    assert turned[0][1] == "Codes"


def test_emic_and_etic_by_groups_have_a_band_for_each_and_are_written_so(
    window: MainWindow, qtbot: QtBot, qapp: QApplication, exported: Callable[[str], Path]
) -> None:
    window.do("matrix_emic-etic")
    settle(window, qapp)
    menu = display(window).choosers["by"].menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "kelompok").trigger()
    settle(window, qapp)
    view, panel = display(window).view, display(window).cell.panel
    bands = [line.head.name for line in view.lines if line.kind == "band"]
    assert bands == ["ASN", "Masyarakat"]
    row = next(i for i, line in enumerate(view.lines) if (line.head.key, line.band) == ("S1", "ASN"))
    assert view.table.cells is not None
    assert "dioper" in view.table.cells.shown(row, 0).text
    other = next(i for i, line in enumerate(view.lines) if (line.head.key, line.band) == ("S1", "Masyarakat"))
    view.setCurrentIndex(view.table.index(other, 1))
    settle(window, qapp)
    panel.fields["emic_summary"].setFocus()
    qtbot.keyClicks(panel.fields["emic_summary"], "Lambat")
    view.setFocus()
    settle(window, qapp)
    assert view.table.cells.shown(other, 1).text == "Lambat"
    assert view.table.cells.shown(row, 1).text == ""
    view.band_toggled.emit("ASN")
    settle(window, qapp)
    table = tables(exported("e.docx"))[0]
    assert {line[0] for line in table} >= {"Masyarakat"}
    assert "ASN" not in {line[0] for line in table}
    assert any("Lambat" in line for line in table)
