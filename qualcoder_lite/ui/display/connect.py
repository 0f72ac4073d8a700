"""The workspace of matrices joined to the desk: reading a matrix, following changes, keeping the place."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QTimer

from qualcoder_lite.analysis.cells.written import written_cells
from qualcoder_lite.analysis.matrices.blanks import blanks_told
from qualcoder_lite.analysis.matrices.filtering import Filters
from qualcoder_lite.analysis.matrices.kinds import matrix_of
from qualcoder_lite.analysis.matrices.matrix import Choice, Matrix
from qualcoder_lite.analysis.panels.lists import coders_listed
from qualcoder_lite.coding.counting.references import reference
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.store.project import Changes
from qualcoder_lite.ui.cell.connect import CellWiring
from qualcoder_lite.ui.desk.wirings import keep
from qualcoder_lite.ui.display.cells import Cells
from qualcoder_lite.ui.display.choosers import Choosers
from qualcoder_lite.ui.display.filters import domain_note
from qualcoder_lite.ui.display.layout import layout_of
from qualcoder_lite.ui.display.picture_page import PictureWiring
from qualcoder_lite.ui.display.place import DisplayPlace
from qualcoder_lite.ui.display.tools import Chooser
from qualcoder_lite.ui.display.workspace import Display
from qualcoder_lite.ui.kit.panel import flat_button

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk

CELL_TABLES = {"cell", "cell_evidence", "member_check"}
PLACES: WeakKeyDictionary[Desk, DisplayPlace] = WeakKeyDictionary()
WIRINGS: WeakKeyDictionary[Desk, DisplayWiring] = WeakKeyDictionary()
TAB = 1  # of the workspace


def connect(desk: Desk) -> None:
    """Give the second tab its page."""
    keep(WIRINGS, desk, DisplayWiring(desk, PLACES.setdefault(desk, DisplayPlace())))


class DisplayWiring:
    """The page of one desk; every gesture changes the place and then reads anew."""

    def __init__(self, desk: Desk, place: DisplayPlace) -> None:
        """A page at the place where the person was."""
        self.desk, self.place = desk, place
        self.matrix: Matrix | None = None
        self.cell = CellWiring(desk, self)
        self.page = Display(desk.tokens, self.cell.panel)
        self.view = self.page.view
        self._study: object = None
        self._said_place = self._showing = False
        self._panel = QTimer(self.page, singleShot=True, interval=0)
        self._panel.timeout.connect(self._cell_chosen)
        self._make_tools()
        self._connect()
        desk.add_workspace(TAB, self.page)
        desk.followers.append(self.follow)
        desk.refreshers.append(self.refresh)
        self.page.reset_sizes()

    def _make_tools(self) -> None:
        page, tokens = self.page, self.desk.tokens
        self.turn = flat_button(tokens, "arrow-left-right", _("Swap rows and columns"), self.transpose)
        page.kinds.add(self.turn)
        page.kinds.add(page.picture)
        page.kinds.add(page.export)
        self.picture = PictureWiring(self)
        self.tools = Choosers(self)

    @property
    def choosers(self) -> dict[str, Chooser]:
        """The choosers by name."""
        return self.tools.choosers

    def _connect(self) -> None:
        page, view = self.page, self.view
        page.kinds.chosen.connect(partial(self.desk.attempt, self.show_kind))
        page.export.clicked.connect(lambda: self.desk.window.do("export_matrix"))
        page.picture.clicked.connect(lambda: self.desk.window.do("picture"))
        view.cell_chosen.connect(self._cell_chosen)
        view.cell_opened.connect(self.cell.open)
        view.band_toggled.connect(self._toggle_band)
        view.head_opened.connect(self._toggle_head)
        view.width_changed.connect(self._keep)

    # Reading

    @property
    def shown(self) -> bool:
        """Whether the workspace is in sight."""
        return self.desk.window.workspaces.currentWidget() is self.page

    def refresh(self) -> None:
        """Read the matrix anew where it is in sight."""
        if self.desk.project is None:
            self._study = None
            return
        if self._study is not self.desk.project:
            self._study = self.desk.project
            self._forget()
        if self.shown:
            self.read()
        elif self._said_place:
            self._said_place = False
            self.desk.show_caret()

    def say_place(self, words: str) -> None:
        """Say in the status line which cell is current."""
        self._said_place = True
        self.desk.window.status.place.setText(words)

    def _forget(self) -> None:
        """Another study may be open: nothing of the one before is kept."""
        path = str(self.desk.study.path)
        if self.place.study != path:
            self.place = PLACES[self.desk] = DisplayPlace(study=path)
        self.matrix = None
        self.view.show_cells(None)
        self.page.panel.setVisible(self.place.panel)
        self.page.picture.setChecked(self.place.pictured)

    def read(self) -> None:
        """Count the matrix and show it; say why where there is none."""
        now = self.place.now
        choice = replace(now.choice, coder=now.choice.coder or self.coder())
        if self.place.kind == "comparison" and len(choice.members) < 2:
            choice = replace(choice, members=self.first_members())
        self.page.kinds.show_kind(self.place.kind)
        try:
            self.matrix = matrix_of(self.desk.study, self.place.kind, choice)
        except UserError as error:
            self.matrix = None
            self.page.show_sentence(str(error))
            self.tools.show(choice)
            self.cell.show(None)
            return
        self.page.show_matrix()
        self.tools.show(choice)
        self.show_cells()

    def coder(self) -> str:
        """Who works now, where they have joined the study; else the only one who has coded."""
        return self.desk.coder if self.desk.coder in coders_listed(self.desk.study) else ""

    def first_members(self) -> tuple[str, ...]:
        """Whom to compare where nobody was chosen: the first two informants."""
        return tuple(reference("informant", line.id) for line in self.desk.people[:2])

    def show_content(self, content: str) -> None:
        """Let the cells show something else."""
        self.place.now.content = content
        self.show_cells()
        self.tools.show(self.matrix.choice if self.matrix else Choice())

    def show_cells(self) -> None:
        """Show the matrix as it was counted last."""
        matrix, now = self.matrix, self.place.now
        if matrix is None:
            return
        codes = {line.id: line for line in self.desk.codebook.lines}
        cells = Cells(self.desk.study, matrix, layout_of(matrix, codes, now.closed), now.content)
        self.view.widths = now.widths
        self._showing = True
        self.view.show_cells(cells)
        if not self.view.currentIndex().isValid() and self.view.lines:
            self._choose_first(now.chosen)
        self._showing = False
        self._panel.start()  # the matrix is painted first
        self.picture.refresh()
        note = shared_in_words(matrix) or domain_note(matrix)
        self.page.legend.show_for(matrix.kind, blanks_told(matrix), note)

    def _choose_first(self, chosen: tuple[str, str]) -> None:
        if not self.view.choose(chosen):
            first = next((i for i, line in enumerate(self.view.lines) if line.row >= 0), 0)
            self.view.setCurrentIndex(self.view.table.index(first, 0))

    # Following

    def follow(self, changes: Changes) -> None:
        """Show at once what was written in a cell; counts follow a little later."""
        if self.matrix is None or not self.shown:
            return
        if changes.touch(*CELL_TABLES) and self.view.table.cells is not None:
            written = written_cells(self.desk.study, self.matrix.rows, self.matrix.columns)
            self.matrix = replace(self.matrix, written=written)
            self.view.table.cells.set_written(written)
            self.view.viewport().update()
            self.tools.say_summary()
            self.cell.follow()

    def show_pair(self, first: str, second: str) -> bool:
        """Show the cell of a pair, in this kind or another; returns False where it stands nowhere."""
        for kind in dict.fromkeys((self.place.kind, *kinds_of(first, second))):
            if kind != self.place.kind:
                self.show_kind(kind)
            if self._choose_pair(first, second):
                return True
        return False

    def _choose_pair(self, first: str, second: str) -> bool:
        cells, view = self.view.table.cells, self.view
        for row, line in enumerate(view.lines):
            for number, column in enumerate(view.columns):
                if cells is not None and set(cells.pair(line, column) or ()) == {first, second}:
                    view.setCurrentIndex(view.table.index(row, number))
                    return True
        return False

    # Choosing

    def show_kind(self, kind: str) -> None:
        """Show another kind of matrix, at the place where it was left."""
        self.cell.save()
        self._keep()
        self.place.kind = kind
        self.view.show_cells(None)
        self.read()
        self._scroll_back()
        self.picture.focus()
        self.desk.enable()

    def choose(self, choice: Choice) -> None:
        """Look at the study in another way."""
        self.cell.save()
        self._keep()
        self.place.now.choice = choice
        self.read()
        self.desk.enable()

    def transpose(self) -> None:
        """Swap rows and columns."""
        now = self.place.now.choice
        self.choose(replace(now, transposed=not now.transposed))

    def _keep(self) -> None:
        if self.matrix is None or not self.view.lines:
            return
        now = self.place.now
        now.chosen, now.widths = self.view.chosen_key(), self.view.widths
        bars = self.view.horizontalScrollBar(), self.view.verticalScrollBar()
        now.scrolled = bars[0].value(), bars[1].value()

    def _scroll_back(self) -> None:
        across, down = self.place.now.scrolled
        self.view.horizontalScrollBar().setValue(across)
        self.view.verticalScrollBar().setValue(down)

    def _cell_chosen(self) -> None:
        if self._showing:
            return
        if self.view.lines and self.view.currentIndex().isValid():
            self.place.now.chosen = self.view.chosen_key()
        self.cell.refresh()

    def _toggle_band(self, band: str) -> None:
        now = self.place.now
        now.closed = now.closed ^ {band}
        self.show_cells()

    def _toggle_head(self, reference: str) -> None:
        choice = self.place.now.choice
        opened = tuple(one for one in choice.opened if one != reference)
        self.choose(replace(choice, opened=opened if reference in choice.opened else (*opened, reference)))

    def clear_filters(self) -> None:
        """Take all filters away."""
        self.choose(replace(self.place.now.choice, filters=Filters()))


def kinds_of(first: str, second: str) -> tuple[str, ...]:
    """The kinds of matrices in which a pair may stand."""
    sides = {first.split(":", 1)[0], second.split(":", 1)[0]}
    if sides == {"code"}:
        return ("linkage",)
    if "study" in sides:
        return ("emic-etic", "informants")
    others = {"technique": "triangulation", "attribute": "groups", "class": "groups"}
    return tuple(others.get(side, "informants") for side in sides - {"code"})


def shared_in_words(matrix: Matrix) -> str:
    """Which codes all of those compared speak of, and which only one of them does; empty for other kinds.

    What blanks mean stands there too, since these words take the place of the legend.
    """
    if matrix.kind != "comparison":
        return ""
    said = [_("Shared codes: {names}").format(names=" ".join(matrix.details["shared"]) or "—")]
    for alias, keys in matrix.details["only"].items():
        said.append(_("Only {who}: {names}").format(who=alias, names=" ".join(keys) or "—"))
    said += [f"{mark} {words}" for mark, words in blanks_told(matrix)]
    return "   ".join(said)
