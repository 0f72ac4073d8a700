"""A coded study whose matrix is shown: choosing cells and entries, and asking what they say."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from qualcoder_lite.analysis.cells.written import Written, read_cells
from qualcoder_lite.coding import codings
from qualcoder_lite.coding.counting.references import pair, reference
from qualcoder_lite.coding.people import informants
from qualcoder_lite.store.project import open_study
from qualcoder_lite.store.schema import Informant
from qualcoder_lite.ui.display.connect import Display
from qualcoder_lite.ui.matrix.shown import Shown
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import SAID, Made, make_study

TEXT = "\n".join(SAID) + "\n"
CODED = (
    ("Warga sering dioper-oper antar loket", "R1", "-"),
    ("Pak Camat mendukung ide baru", "S1", "+"),
    ("Rapat tiap Senin", "R1", "+"),
)


def make_coded_study(path: Path) -> Made:
    """The study of `make_study` with another informant and three codings."""
    made = make_study(path)
    with open_study(path, coder="C1") as project:
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


def display(window: MainWindow) -> Display:
    return window.desk.part(Display)


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


def cell_at(window: MainWindow, row: int, column: int) -> Shown:
    """What a cell of the matrix shows."""
    cells = display(window).view.table.cells
    assert cells is not None
    return cells.shown(row, column)


def said(window: MainWindow, row: str, column: str) -> str:
    view = display(window).view
    at = next(i for i, line in enumerate(view.lines) if line.head.key == row)
    over = next(i for i, one in enumerate(view.columns) if one.head.key == column)
    return str(view.table.index(at, over).data(Qt.ItemDataRole.AccessibleTextRole))


def choose(box: QComboBox, value: str, qtbot: QtBot) -> None:
    """Choose by keys, as a person does."""
    box.setFocus()
    while box.currentData() != value:
        before = box.currentIndex()
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() != before


def offered(window: MainWindow, chooser: str, *words: str) -> None:
    """Choose from a chooser's menu by the words of its entries, submenus first."""
    menu = display(window).choosers[chooser].menu()
    menu.aboutToShow.emit()
    for name in words[:-1]:
        menu = next(a.menu() for a in menu.actions() if a.text() == name)
    next(a for a in menu.actions() if a.text().endswith(words[-1])).trigger()
