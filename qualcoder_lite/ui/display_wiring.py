"""The workspace of matrices joined to the desk: reading a matrix, following changes, keeping the place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu

from qualcoder_lite.analysis.filtering import Filters
from qualcoder_lite.analysis.kinds import matrix_of
from qualcoder_lite.analysis.matrix import Choice, Matrix
from qualcoder_lite.analysis.panels import coders_listed
from qualcoder_lite.analysis.written import written_cells
from qualcoder_lite.coding.references import reference
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.store.project import Changes
from qualcoder_lite.ui import display_filters as filters
from qualcoder_lite.ui import display_gestures
from qualcoder_lite.ui.cell_panel_wiring import CellWiring
from qualcoder_lite.ui.display import Display
from qualcoder_lite.ui.display_place import DisplayPlace
from qualcoder_lite.ui.display_tools import Chooser
from qualcoder_lite.ui.matrix_cells import CONTENTS, Cells
from qualcoder_lite.ui.matrix_lines import layout_of
from qualcoder_lite.ui.panel import flat_button

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk import Desk

CELL_TABLES = {"cell", "cell_evidence", "member_check"}
PLACES: WeakKeyDictionary[Desk, DisplayPlace] = WeakKeyDictionary()
WIRINGS: WeakKeyDictionary[Desk, DisplayWiring] = WeakKeyDictionary()
TAB = 1  # of the workspace


def connect(desk: Desk) -> None:
    """Give the second tab its page."""
    WIRINGS[desk] = DisplayWiring(desk, PLACES.setdefault(desk, DisplayPlace()))


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
        page.kinds.add(page.export)
        makers: dict[str, tuple[str, Callable[[QMenu], object]]] = {
            "coder": (_("Coder"), self._fill_coders),
            "content": (_("What cells show"), self._fill_contents),
            "rows": (_("Rows"), self._fill_rows),
            "by": (_("By"), self._fill_by),
            "linked": (_("What stands together"), self._fill_linked),
            "members": (_("Informants or groups"), self._fill_members),
            "filter": (_("Filter"), self._fill_filters),
        }
        self.choosers = {name: Chooser(tokens, words, fill) for name, (words, fill) in makers.items()}
        for chooser in self.choosers.values():
            page.tools.add(chooser)
        self.choosers["filter"].say(_("+ Filter"))

    def _connect(self) -> None:
        page, view = self.page, self.view
        page.kinds.chosen.connect(partial(self.desk.attempt, self.show_kind))
        page.export.clicked.connect(lambda: self.desk.window.do("export_matrix"))
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

    def read(self) -> None:
        """Count the matrix and show it; say why where there is none."""
        now = self.place.now
        choice = replace(now.choice, coder=now.choice.coder or self._coder())
        if self.place.kind == "comparison" and len(choice.members) < 2:
            choice = replace(choice, members=self._first_members())
        self.page.kinds.show_kind(self.place.kind)
        try:
            self.matrix = matrix_of(self.desk.study, self.place.kind, choice)
        except UserError as error:
            self.matrix = None
            self.page.show_sentence(str(error))
            self.show_tools(choice)
            self.cell.show(None)
            return
        self.page.show_matrix()
        self.show_tools(choice)
        self.show_cells()

    def _coder(self) -> str:
        """Who works now, where they have joined the study; else the only one who has coded."""
        return self.desk.coder if self.desk.coder in coders_listed(self.desk.study) else ""

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
        guide = bool(matrix.counted.frames.guide.codes)
        self.page.legend.show_for(matrix.kind, guide, shared_in_words(matrix))

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
            self._say_summary()
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
        self.view.setFocus()

    def choose(self, choice: Choice) -> None:
        """Look at the study in another way."""
        self.cell.save()
        self._keep()
        self.place.now.choice = choice
        self.read()

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

    # The tools

    def show_tools(self, choice: Choice) -> None:
        """Say what is chosen."""
        kind, content = self.place.kind, self.place.now.content
        said = {
            "coder": _("Coder: {name}").format(name=choice.coder or "—"),
            "content": _("Cells: {what}").format(what=_(filters.CONTENT_WORDS[content])),
            "rows": _("Rows: {what}").format(what=self._rows_said(choice)),
            "by": _("By: {what}").format(what=self._by_said(choice)),
            "linked": _("Co-occurrence: {what}").format(what=_(filters.LINKED_WORDS[choice.linked])),
            "members": _("Compared: {names}").format(names=self._members_said()),
        }
        for name, words in said.items():
            self.choosers[name].say(words)
        self.choosers["coder"].setVisible(kind != "agreement")
        self.choosers["content"].setVisible(kind in ("informants", "groups", "triangulation", "comparison"))
        self.choosers["by"].setVisible(kind in ("groups", "triangulation"))
        self.choosers["linked"].setVisible(kind == "linkage")
        self.choosers["members"].setVisible(kind == "comparison")
        self.turn.setEnabled(kind not in ("emic-etic", "saturation", "agreement", "comparison"))
        self.page.tools.show_chips(filters.chips_of(self.place.now.choice, self.choose))
        self._say_summary()

    def _rows_said(self, choice: Choice) -> str:
        if self.place.kind == "informants":
            return filters.rows_words(choice)
        level = choice.level or filters.default_level(self.place.kind)
        return {"top": _("top codes"), "indicator": _("indicators"), "all": _("all codes")}[level]

    def _by_said(self, choice: Choice) -> str:
        details = self.matrix.details if self.matrix else {}
        name = choice.by or str(details.get("attribute", "")) or _("techniques")
        return _("classes of informants") if name == "class" else name

    def _say_summary(self) -> None:
        matrix = self.matrix
        if matrix is None:
            self.page.tools.summary.setText("")
            return
        rows, stale = len(matrix.rows), sum(cell.stale for cell in matrix.written.values())
        said = [n_("{n} row", "{n} rows", rows).format(n=rows)]
        if stale:
            said.append(n_("{n} to review", "{n} to review", stale).format(n=stale))
        if "mark" in matrix.cells:
            blanks = int(matrix.cells["mark"].notna().sum())
            said.append(n_("{n} blank cell marked", "{n} blank cells marked", blanks).format(n=blanks))
        self.page.tools.summary.setText(" · ".join(said))
        self.page.tools.summary.updateGeometry()

    def _fill_coders(self, menu: QMenu) -> None:
        now = self.place.now.choice
        current = now.coder or self._coder()
        for name in coders_listed(self.desk.study):
            wanted = "" if name == self._coder() else name
            run = partial(self.choose, replace(now, coder=wanted))
            filters.add_choice(menu, name, name == current, run)

    def _fill_contents(self, menu: QMenu) -> None:
        for name in CONTENTS:
            words = _(filters.CONTENT_WORDS[name])
            filters.add_choice(menu, words, self.place.now.content == name, partial(self.show_content, name))

    def show_content(self, content: str) -> None:
        """Let the cells show something else."""
        self.place.now.content = content
        self.show_cells()
        self.show_tools(self.matrix.choice if self.matrix else Choice())

    def _fill_rows(self, menu: QMenu) -> None:
        if self.matrix is not None:
            study = self.matrix.counted
            filters.fill_rows(menu, study, self.place.kind, self.place.now.choice, self.choose)

    def _fill_by(self, menu: QMenu) -> None:
        study = display_gestures.counted_study(self.desk)
        filters.fill_by(menu, study, self.place.kind, self.place.now.choice, self.choose)

    def _fill_linked(self, menu: QMenu) -> None:
        filters.fill_linked(menu, self.place.now.choice, self.choose)

    def _first_members(self) -> tuple[str, ...]:
        """Whom to compare where nobody was chosen: the first two informants."""
        return tuple(reference("informant", line.id) for line in self.desk.people[:2])

    def _members_said(self) -> str:
        matrix = self.matrix
        if matrix is None or matrix.kind != "comparison":
            return "—"
        return ", ".join(heading.key for heading in matrix.columns)

    def _fill_members(self, menu: QMenu) -> None:
        now = self.place.now.choice
        members = now.members or self._first_members()
        study = display_gestures.counted_study(self.desk)
        filters.fill_members(menu, study, replace(now, members=members), self.choose)

    def _fill_filters(self, menu: QMenu) -> None:
        study = display_gestures.counted_study(self.desk)
        filters.fill_filters(menu, study, self.place.now.choice, self.choose)

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
    """Which codes all of those compared speak of, and which only one of them does; empty for other kinds."""
    if matrix.kind != "comparison":
        return ""
    said = [_("Shared codes: {names}").format(names=" ".join(matrix.details["shared"]) or "—")]
    for alias, keys in matrix.details["only"].items():
        said.append(_("Only {who}: {names}").format(who=alias, names=" ".join(keys) or "—"))
    return "   ".join(said)
