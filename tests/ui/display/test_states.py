"""What the screen says of the state that counts propose, and of what is said but not seen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import matrix_of
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.coding.sample_study import RESEARCHER, build_sample
from qualcoder_lite.store.project import read_study
from qualcoder_lite.ui.display.cells import Cells
from qualcoder_lite.ui.display.connect import Display
from qualcoder_lite.ui.display.layout import layout_of
from qualcoder_lite.ui.matrix.shown import Shown
from tests.ui.driving import settle, window_on


def states(path: Path, choice: Choice) -> tuple[Matrix, dict[str, Shown]]:
    """The cells of the column of proposed states, by the key of their row."""
    build_sample(path)
    with read_study(path) as project:
        matrix = matrix_of(project, "triangulation", choice)
        cells = Cells(project, matrix, layout_of(matrix, {}, frozenset()), "counts")
        at = next(i for i, column in enumerate(cells.layout.columns) if column.field == "state")
        lines = [(i, line.head.key) for i, line in enumerate(cells.layout.lines) if line.kind == "row"]
        return matrix, {key: cells.shown(i, at) for i, key in lines}


def test_what_is_said_but_not_seen_stands_beside_the_state(tmp_path: Path) -> None:
    matrix, shown = states(tmp_path / "a.qcl", Choice(coder=RESEARCHER))
    told = {key for key, cell in shown.items() if cell.note == "said, not seen"}
    assert "P3" in told
    assert told == set(matrix.details["said_versus_seen"])
    assert shown["P3"].badges[0][2] == "partial"  # it is no state


def test_a_technique_that_speaks_alone_is_called_so_and_a_group_is_silent(tmp_path: Path) -> None:
    assert states(tmp_path / "a.qcl", Choice(coder=RESEARCHER))[1]["P1"].badges[0][2] == "one technique"
    found = states(tmp_path / "b.qcl", Choice(coder=RESEARCHER, by="class"))[1]
    assert "one technique" not in {cell.badges[0][2] for cell in found.values() if cell.badges}


def test_both_sides_of_what_is_said_and_seen_stand_in_the_panel(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    build_sample(tmp_path / "a.qcl")
    with window_on(tmp_path / "a.qcl", qtbot, qapp, (1440, 900)) as window:
        window.desk.set_coder(RESEARCHER)
        window.menu_row.tabs.setCurrentIndex(1)
        display = window.desk.part(Display)
        display.show_kind("triangulation")
        settle(window, qapp)
        view, panel = display.view, display.cell.panel
        row = next(i for i, line in enumerate(view.lines) if line.head.key == "P3")
        over = next(i for i, column in enumerate(view.columns) if column.field == "state")
        view.setCurrentIndex(view.table.index(row, over))
        settle(window, qapp)
        layers = [passage.told.layer for passage in panel.passages.rows.rows]
        assert (layers[0], layers[-1]) == ("speech", "observation")
        assert panel.emic_title.text() == "Said versus seen"
