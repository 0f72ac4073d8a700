"""The workspace of matrices laid on the desk: reading a matrix, following changes, keeping the place."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer

from qualcoder_lite.analysis.cells.written import written_cells
from qualcoder_lite.analysis.matrices.blanks import describe_blanks
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.filtering import Filters
from qualcoder_lite.analysis.matrices.kinds import matrix_of
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.coding.counting.references import reference
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.signs import SIGN_MARKS, SIGN_ORDER
from qualcoder_lite.store.project import Changes
from qualcoder_lite.ui.cell.connect import CellEditor, CellPlace
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.files import coder_with_codings
from qualcoder_lite.ui.desk.place import Cell, Workspace
from qualcoder_lite.ui.display.cells import Cells, cells_of
from qualcoder_lite.ui.display.choosers import Choosers
from qualcoder_lite.ui.display.filters import domain_note
from qualcoder_lite.ui.display.layout import layout_of
from qualcoder_lite.ui.display.picture_page import Pictures
from qualcoder_lite.ui.display.place import DisplayPlace
from qualcoder_lite.ui.display.tools import Chooser
from qualcoder_lite.ui.display.workspace import DisplayPage
from qualcoder_lite.ui.kit.panel import flat_button
from qualcoder_lite.ui.matrix.shown import Shown

CELL_TABLES = {"cell", "cell_evidence", "member_check"}


def connect(desk: Desk) -> None:
    """Lay the workspace on the desk, at the place where the person was."""
    before = desk.find(Display)
    desk.add(Display(desk, before.place if before else DisplayPlace()))


class Display:
    """The workspace with what it shows; every gesture changes the place and then reads anew."""

    def __init__(self, desk: Desk, place: DisplayPlace) -> None:
        """A page at the place where the person was."""
        self.desk, self.place = desk, place
        self.matrix: Matrix | None = None
        self.cell = CellEditor(desk)
        self.page = DisplayPage(desk.tokens, self.cell.panel)
        self.view = self.page.view
        self._study: object = None
        self._showing = False
        self._panel = QTimer(self.page, singleShot=True, interval=0)
        self._panel.timeout.connect(self._cell_chosen)
        self._make_tools()
        self._connect()
        desk.workspaces[Workspace.DISPLAY] = self.page
        desk.stack.addWidget(self.page)
        desk.ways[Cell] = self._show_place
        desk.followers.append(self.follow)
        desk.refreshers.append(self.refresh)
        desk.endings.append(self.cell.save)
        self.page.setFocusProxy(self.view)
        self.page.reset_sizes()

    def _make_tools(self) -> None:
        page, tokens = self.page, self.desk.tokens
        self.turn = flat_button(tokens, "arrow-left-right", _("Swap rows and columns"), self.transpose)
        page.kinds.add(self.turn)
        page.kinds.add(page.picture)
        page.kinds.add(page.export)
        self.picture = Pictures(self)
        self.tools = Choosers(self)

    @property
    def choosers(self) -> dict[str, Chooser]:
        """The choosers by name."""
        return self.tools.choosers

    def _connect(self) -> None:
        page, view = self.page, self.view
        page.kinds.chosen.connect(partial(self.desk.attempt, self.show_kind))
        page.export.clicked.connect(partial(self.desk.do, "export_matrix"))
        page.picture.clicked.connect(partial(self.desk.do, "picture"))
        view.cell_chosen.connect(self._cell_chosen)
        view.cell_opened.connect(self.open_cell)
        self.cell.panel.close_button.clicked.connect(self.switch_panel)
        view.band_toggled.connect(self._toggle_band)
        view.head_opened.connect(self._toggle_head)
        view.width_changed.connect(self._keep)

    # Reading

    @property
    def shown(self) -> bool:
        """Whether the workspace is in sight."""
        return self.desk.shows(Workspace.DISPLAY)

    def refresh(self) -> None:
        """Read the matrix anew where it is in sight."""
        if self._study is not self.desk.project:
            self._study = self.desk.project
            self._forget()
        if self.shown:
            self.read()

    def _forget(self) -> None:
        """Another study may be open: nothing of the one before is kept."""
        path = str(self.desk.study.path)
        if self.place.study != path:
            self.place = DisplayPlace(study=path)
            self.cell.mode = "cell"
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
        return coder_with_codings(self.desk)

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
        codes = {line.id: line for line in self.desk.codes}
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
        self.page.legend.show_for(matrix.kind, describe_blanks(matrix), note)

    def _choose_first(self, chosen: tuple[str, str]) -> None:
        if not self.view.choose(chosen):
            first = next((i for i, line in enumerate(self.view.lines) if line.row >= 0), 0)
            self.view.setCurrentIndex(self.view.table.index(first, 0))

    # Following

    def follow(self, changes: Changes) -> None:
        """Show at once what was written in a cell; counts follow a little later."""
        if self.matrix is None or not self.shown:
            return
        cells = cells_of(self.view)
        if changes.touch(*CELL_TABLES) and cells is not None:
            written = written_cells(self.desk.study, self.matrix.rows, self.matrix.columns)
            self.matrix = replace(self.matrix, written=written)
            cells.set_written(written)
            self.view.viewport().update()
            self.tools.say_summary()
            self._show_cell()

    def _show_place(self, place: Cell) -> None:
        """Show a cell where it stands, and its panel; say so where it stands nowhere."""
        self.desk.show_workspace(Workspace.DISPLAY)
        if self.show_pair(place.first, place.second):
            self.show_panel()
        else:
            self.desk.tell(_("This cell stands in none of the matrices as they are chosen now."))

    def show_pair(self, first: str, second: str) -> bool:
        """Show the cell of a pair, in this kind or another; returns False where it stands nowhere."""
        for kind in dict.fromkeys((self.place.kind, *kinds_of(first, second))):
            if kind != self.place.kind:
                self.show_kind(kind)
            if self._choose_pair(first, second):
                return True
        return False

    def _choose_pair(self, first: str, second: str) -> bool:
        cells, view = cells_of(self.view), self.view
        for row, line in enumerate(view.lines):
            for number, column in enumerate(view.columns):
                if cells is not None and set(cells.pair(line, column) or ()) == {first, second}:
                    view.setCurrentIndex(view.table.index(row, number))
                    return True
        return False

    # Choosing

    def show_kind(self, kind: str) -> None:
        """Show another kind of matrix, at the place where it was left."""
        if not self.cell.save():
            self.page.kinds.show_kind(self.place.kind)
            return
        self._keep()
        self.place.kind = kind
        self.view.show_cells(None)
        self.read()
        self._scroll_back()
        self.picture.focus()
        self.desk.enable()

    def choose(self, choice: Choice) -> None:
        """Look at the study in another way."""
        if not self.cell.save():
            return
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
        self._show_cell()

    def _show_cell(self) -> None:
        """Show the current cell of the matrix in its panel."""
        view, cells, matrix = self.view, cells_of(self.view), self.matrix
        index = view.currentIndex()
        if matrix is None or cells is None or not index.isValid() or index.row() >= len(view.lines):
            self.cell.show(None)
            return
        line, column = view.lines[index.row()], view.columns[index.column()]
        counts = counts_told(cells.shown(index.row(), index.column()))
        self.cell.show(CellPlace(matrix, line, column, cells.pair(line, column), counts))

    # The panel of the cell

    def switch_panel(self) -> None:
        """Show or hide the panel of the cell."""
        if not self.page.panel.isVisibleTo(self.page):
            self.show_panel()
            return
        self.page.panel.setVisible(False)
        self.place.panel = False
        self.view.setFocus()

    def show_panel(self) -> None:
        """Show the panel of the cell."""
        self.page.panel.show()
        self.place.panel = True

    def open_cell(self) -> None:
        """Let the keys go to what is written in the cell."""
        self.show_panel()
        self.cell.panel.fields["emic_summary"].setFocus()

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


def counts_told(shown: Shown) -> tuple[str, ...]:
    """What a cell counts, in words: codings, and the signs among them."""
    signs = zip(SIGN_ORDER, shown.signs, strict=False)
    tone = " ".join(f"{SIGN_MARKS[sign]}{n}" for sign, n in signs if n and sign != "none")
    return shown.note or shown.count, tone


def shared_in_words(matrix: Matrix) -> str:
    """Which codes all of those compared speak of, and which only one of them does; empty for other kinds.

    What blanks mean stands there too, since these words take the place of the legend.
    """
    if matrix.kind != "comparison":
        return ""
    said = [_("Shared codes: {names}").format(names=" ".join(matrix.details["shared"]) or "—")]
    for alias, keys in matrix.details["only"].items():
        said.append(_("Only {who}: {names}").format(who=alias, names=" ".join(keys) or "—"))
    said += [f"{mark} {words}" for mark, words in describe_blanks(matrix)]
    return "   ".join(said)
