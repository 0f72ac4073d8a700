"""A way through matrices: a cell with its passages, both layers and status, as a researcher fills it.

All is done on the sample study, and compared with the study in the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from qualcoder_lite.analysis.written import Written, read_cells
from qualcoder_lite.coding.references import pair, reference
from qualcoder_lite.coding.sample_study import build_sample
from qualcoder_lite.store.project import Project
from qualcoder_lite.ui.cell_panel import CellPanel
from qualcoder_lite.ui.cell_panel_field import CellField
from qualcoder_lite.ui.display_wiring import WIRINGS, DisplayWiring
from tests.screens.hands import ALT, Hands

Key = Qt.Key
CODER = "Peneliti"
WHO, CODE = "A3", "I"  # the cell that is filled
EMIC = "Cara baru dari loket jalan, yang tidak ada pemiliknya sepi"
ETIC = "Inovasi bertahan bila ada pelaksananya"
THEORY = "Siagian (2014) tentang inovasi aparatur"
CONCLUSION = "Penugasan menentukan umur inovasi"
GAP = "Kantor menghitung peluncuran, informan menghitung pemakaian"
REASON = "Dibaca ulang dari tiga kutipan"


@dataclass
class Way:
    """The hands, and what they meant to do, to be found in the study in the end."""

    hands: Hands
    chosen: list[bytes] = field(default_factory=list)  # codings of the cell, in the researcher's order
    emic: str = ""
    etic: str = ""

    @property
    def display(self) -> DisplayWiring:
        """The workspace of matrices."""
        return WIRINGS[self.hands.window.desk]

    @property
    def panel(self) -> CellPanel:
        """The panel of the cell."""
        return self.display.cell.panel

    @property
    def study(self) -> Project:
        """The study."""
        return self.hands.window.desk.study

    def written(self, who: str = WHO, code: str = CODE) -> Written:
        """What the study has of a cell of an informant and a code."""
        people = {line.alias: line.id for line in self.hands.window.desk.people}
        codes = {line.key: line.id for line in self.hands.window.desk.codebook.lines}
        key = pair(reference("informant", people[who]), reference("code", codes[code]))
        return read_cells(self.study, {key})[key]

    def click_cell(self, row: str, column: str) -> None:
        """Click a cell of the matrix by the keys of its heads."""
        view = self.display.view
        line = next(at for at, one in enumerate(view.lines) if one.head.key == row)
        across = next(at for at, one in enumerate(view.columns) if column in (one.head.key, one.field))
        index = view.table.index(line, across)
        view.scrollTo(index)
        self.hands.click(view.viewport(), view.visualRect(index).center())
        self.hands.rest()

    def see(self, part: QWidget) -> None:
        """Scroll the panel until a part of it is to be seen."""
        self.panel.area.ensureWidgetVisible(part)
        self.hands.application.processEvents()
        assert not part.visibleRegion().isEmpty(), "it is not to be seen"

    def write(self, name: str, words: str) -> CellField:
        """Type anew into a field of the panel."""
        field = self.panel.fields[name]
        self.see(field)
        self.hands.clear(field)
        self.hands.type(words)
        return field

    def row_place(self, row: int, x: int) -> QPoint:
        """A place on the first line of a passage of the list."""
        passages = self.panel.passages
        index = passages.rows.index(row)
        passages.scrollTo(index)
        self.hands.application.processEvents()
        return QPoint(x, passages.visualRect(index).top() + 14)


def fill_matrices(folder: Path, language: str) -> None:
    """A whole cell of an informant, by mouse and keys."""
    path = folder / "contoh.qcl"
    build_sample(path)
    hands = Hands(language, (1440, 900), CODER)
    hands.window.open_path(path)
    hands.rest()
    way = Way(hands)
    open_cell(way)
    pick_and_order(way)
    write_layers(way)
    judge(way)
    cell_is_kept(way)
    hands.close()


def open_cell(way: Way) -> None:
    """Go to the matrices and click a cell."""
    hands = way.hands
    tabs = hands.window.menu_row.tabs
    hands.click(tabs, tabs.tabRect(1).center())
    hands.rest()
    assert way.display.shown
    way.click_cell(WHO, CODE)
    assert way.panel.title.text().startswith(f"{WHO} × {CODE} ")


def pick_and_order(way: Way) -> None:
    """Tick three passages from the last to the first; put the last one first by keys, then by dragging."""
    hands, passages = way.hands, way.panel.passages
    ids = [passage.codings for passage in passages.rows.rows]
    assert len(ids) == 3
    for row in (2, 1, 0):
        hands.click(passages.viewport(), way.row_place(row, 14))
    assert all(passage.chosen for passage in passages.rows.rows)
    hands.click(way.panel.modes.buttons["chosen"])
    assert [passage.codings for passage in passages.rows.rows] == [ids[2], ids[1], ids[0]]
    hands.click(passages.viewport(), way.row_place(2, 120))
    hands.key(Key.Key_Up, ALT)
    assert [passage.codings for passage in passages.rows.rows] == [ids[2], ids[0], ids[1]]
    hands.carry(passages.viewport(), way.row_place(1, 120), passages.viewport(), way.row_place(0, 120))
    assert [passage.codings for passage in passages.rows.rows] == [ids[0], ids[2], ids[1]]
    way.chosen = [*ids[0], *ids[2], *ids[1]]
    hands.rest()


def write_layers(way: Way) -> None:
    """Both layers with tokens, one dragged into the field, one offered after `[`; theory and conclusion."""
    hands, passages = way.hands, way.panel.passages
    tokens = [passage.token for passage in passages.rows.rows]
    emic = way.write("emic_summary", EMIC)
    way.see(passages)
    edge = emic.viewport().rect().bottomRight() - QPoint(4, 4)
    hands.carry(passages.viewport(), way.row_place(0, 120), emic.viewport(), edge)
    assert emic.words == f"{EMIC} {tokens[0]}", emic.words
    hands.type(".")
    etic = way.write("etic_reading", ETIC + " [")
    hands.wait(etic.completer.popup().isVisible)
    hands.type(tokens[1][1:-1])
    hands.key(Key.Key_Return)
    hands.type("dan ditinggalkan bila tidak.")
    way.emic, way.etic = f"{EMIC} {tokens[0]}.", f"{ETIC} {tokens[1]} dan ditinggalkan bila tidak."
    assert etic.words == way.etic, etic.words
    way.write("theory", THEORY)
    way.see(way.panel.more)
    hands.click(way.panel.more)
    hands.type(CONCLUSION)


def judge(way: Way) -> None:
    """Set one status, then another: a gap, which asks for its note; say why."""
    hands, panel = way.hands, way.panel
    hands.choose_in(panel.status, "aligned")
    hands.choose_in(panel.status, "gap")
    assert panel.hints.isVisibleTo(panel), "a gap without a note gives a hint"
    way.write("gap_note", GAP)
    hands.clear(panel.reason)
    hands.type(REASON)
    hands.key(Key.Key_Return)
    hands.rest()
    assert not panel.hints.isVisibleTo(panel)


def cell_is_kept(way: Way) -> None:
    """All of it is in the study."""
    found = way.written()
    assert (found.emic_summary, found.etic_reading) == (way.emic, way.etic)
    assert (found.theory, found.conclusion, found.gap_note) == (THEORY, CONCLUSION, GAP)
    assert (found.status, found.reason) == ("gap", REASON)
    assert list(found.chosen) == way.chosen
