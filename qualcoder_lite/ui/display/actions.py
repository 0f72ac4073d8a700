"""What commands do among matrices: to a kind, to a passage and back, the panel, writing a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtWidgets import QFileDialog

from qualcoder_lite.analysis.matrices.arranging import without_collapsed, without_columns
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.coding.counting.counted import Counted, counted
from qualcoder_lite.export.pictures.kinds import names_for, write_picture
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.desk.action import ANALYSIS, Action, with_study
from qualcoder_lite.ui.display.layout import BAND, ROW, by_groups
from qualcoder_lite.ui.picture.paint import png_of

if TYPE_CHECKING:
    from qualcoder_lite.export.writing import AsFigure
    from qualcoder_lite.ui.desk.desk import Desk
    from qualcoder_lite.ui.display.connect import DisplayWiring

FILES = "Word (*.docx);;Excel (*.xlsx);;CSV (*.csv);;HTML (*.html);;JSON (*.json)"
REDUCTION, DISPLAY, CONCLUSIONS = range(3)  # tabs
LEFT_FROM: WeakKeyDictionary[Desk, int] = WeakKeyDictionary()  # the tab from which one went to a text
WIDENED: WeakSet[Desk] = WeakSet()  # those whose text shows all coders only until one goes back


def wiring(desk: Desk) -> DisplayWiring:
    """The workspace of matrices of a desk."""
    from qualcoder_lite.ui.display.connect import WIRINGS

    return WIRINGS[desk]


def counted_study(desk: Desk) -> Counted:
    """The study as it counts now."""
    return counted(desk.study)


def to_text(desk: Desk, source: bytes, start: int, end: int) -> None:
    """Show a passage in its text; `back` leads to where one was."""
    tab = desk.window.menu_row.tabs.currentIndex()
    desk.show_workspace(REDUCTION)
    LEFT_FROM[desk] = tab
    desk.reduction.sources.tree.choose(source)
    desk.open_source(source)
    desk.text.go_to(start, end)
    desk.text.setFocus()
    desk.enable()


def to_difference(desk: Desk, source: bytes, start: int, end: int) -> None:
    """Show a passage with what all coders have on it; `back` shows the codings that were shown before."""
    if not desk.all_coders:
        WIDENED.add(desk)
        desk.set_all_coders(every=True)
    to_text(desk, source, start, end)


def to_cell(desk: Desk, first: str, second: str) -> None:
    """Show the cell of two references in a matrix in which it stands."""
    tab = desk.window.menu_row.tabs.currentIndex()
    desk.show_workspace(DISPLAY)
    if wiring(desk).show_pair(first, second):
        LEFT_FROM[desk] = tab
        show_panel(desk)
    else:
        desk.window.tell(_("This cell stands in none of the matrices as they are chosen now."))
    desk.enable()


def to_claim(desk: Desk, claim: bytes) -> None:
    """Show a claim where claims are worked on."""
    from qualcoder_lite.ui.conclusions.connect import WIRINGS

    desk.show_workspace(CONCLUSIONS)
    WIRINGS[desk].page.claims.choose(claim)


def can_go_back(desk: Desk) -> bool:
    """One came to the text from a cell or claim."""
    return desk.project is not None and desk in LEFT_FROM


def back(desk: Desk) -> None:
    """Go back to the cell or claim from which one followed a passage."""
    tab = LEFT_FROM.pop(desk, None)
    if desk in WIDENED:
        WIDENED.discard(desk)
        desk.set_all_coders(every=False)
    if tab is not None:
        desk.show_workspace(tab)
        page = desk.workspaces.get(tab)
        if tab == DISPLAY:
            wiring(desk).view.setFocus()
        elif page is not None:
            page.setFocus()
    desk.enable()


def show_kind(kind: str, desk: Desk) -> None:
    """Show a kind of matrix."""
    desk.show_workspace(DISPLAY)
    wiring(desk).show_kind(kind)


def in_display(desk: Desk) -> bool:
    """A matrix is in sight."""
    return with_study(desk) and wiring(desk).shown and wiring(desk).matrix is not None


def can_turn(desk: Desk) -> bool:
    """A matrix is in sight whose rows and columns can be swapped."""
    return in_display(desk) and wiring(desk).turn.isEnabled()


def transpose(desk: Desk) -> None:
    """Swap rows and columns."""
    wiring(desk).transpose()


def clear_filters(desk: Desk) -> None:
    """Take all filters away."""
    wiring(desk).clear_filters()


def switch_panel(desk: Desk) -> None:
    """Show or hide the panel of the cell."""
    page = wiring(desk).page
    shown = not page.panel.isVisibleTo(page)
    page.panel.setVisible(shown)
    wiring(desk).place.panel = shown
    if not shown:
        wiring(desk).view.setFocus()


def show_panel(desk: Desk) -> None:
    """Show the panel of the cell."""
    page = wiring(desk).page
    page.panel.show()
    wiring(desk).place.panel = True


def panel_shown(desk: Desk) -> bool:
    """Whether the panel of the cell is open."""
    return desk.project is not None and wiring(desk).place.panel


def export(desk: Desk) -> None:
    """Ask for a file and write the matrix as it is chosen."""
    if wiring(desk).matrix is None:
        return
    wiring(desk).cell.save()
    matrix = as_shown(wiring(desk))
    name = str(desk.study.path.parent / f"{matrix.kind}.docx")
    title, pictured = _("Export the matrix"), _("Word with the picture") + " (*.docx)"
    kinds = FILES.replace(";;", f";;{pictured};;", 1) if names_for(matrix.kind) else FILES
    chosen, kind = QFileDialog.getSaveFileName(desk.window, title, name, kinds)
    if chosen:
        path = Path(chosen)
        figure = (wiring(desk).picture.drawn(), png_of) if kind == pictured else None
        write(desk, matrix, path if path.suffix else path.with_suffix(_suffix(kind)), figure)


def as_shown(display: DisplayWiring) -> Matrix:
    """The matrix as it stands on the screen: in the order of its bands, without the rows of closed ones.

    Raises ValueError where none is shown.
    """
    matrix, lines = display.matrix, display.view.lines
    if matrix is None:
        raise ValueError("no matrix is shown")
    closed = [line.head.name for line in lines if line.kind == BAND and not line.head.opened]
    if by_groups(matrix):
        return without_columns(matrix, sorted({line.column for line in lines if line.kind == ROW}), closed)
    return without_collapsed(matrix, [line.row for line in lines if line.kind == ROW], closed)


def _suffix(kind: str) -> str:
    return "." + kind.rpartition("*.")[2].rstrip(")")


def write(desk: Desk, matrix: Matrix, path: Path, figure: AsFigure | None = None) -> None:
    """Write a matrix beside the window, with a picture of it if given."""
    project = desk.study

    def write_it() -> None:
        from qualcoder_lite.export.writing import write_matrix

        write_matrix(project, matrix, path, figure=figure)

    _write_beside(desk, _("Writing the matrix"), path, write_it)


def _write_beside(desk: Desk, label: str, path: Path, write_it: Callable[[], object]) -> None:
    """Write a file beside the window, and say where it is."""

    def work(progress: Progress) -> None:
        progress(0, 1, label)
        write_it()

    desk.window.work(label, work, lambda _done: desk.window.tell(_("Written: {file}").format(file=path)))


def switch_picture(desk: Desk) -> None:
    """Show pictures of the matrix instead of its cells, or its cells again."""
    wiring(desk).picture.switch(not wiring(desk).picture.shown)


def picture_shown(desk: Desk) -> bool:
    """Whether pictures are shown instead of the cells."""
    return desk.project is not None and wiring(desk).picture.shown


def can_save_picture(desk: Desk) -> bool:
    """Pictures of a matrix are in sight."""
    return in_display(desk) and picture_shown(desk)


def save_picture(form: str, desk: Desk) -> None:
    """Ask for a file and draw the picture into it, always in light colours, as it is printed.

    Raises UserError where nothing is there to be drawn.
    """
    display = wiring(desk)
    drawn, known = display.picture.drawn(), f"{form.upper()} (*.{form})"
    usual = desk.study.path.parent / f"{display.place.kind}-{display.picture.name}.{form}"
    chosen, _kind = QFileDialog.getSaveFileName(desk.window, drawn.title, str(usual), known)
    if chosen:
        path = Path(chosen)
        path = path if path.suffix else path.with_suffix(f".{form}")
        _write_beside(desk, _("Drawing the picture"), path, partial(write_picture, drawn, path, png_of))


def _kind(number: int, kind: str, text: str) -> Action:
    keys = (f"Ctrl+Alt+{number}",)
    return Action(f"matrix_{kind}", text, partial(show_kind, kind), ANALYSIS, 0, keys)


ACTIONS = (
    _kind(1, "informants", N_("Informants × dimensions/factors")),
    _kind(2, "linkage", N_("Linkage")),
    _kind(3, "groups", N_("Groups")),
    _kind(4, "triangulation", N_("Triangulation")),
    _kind(5, "emic-etic", N_("Emic–etic")),
    _kind(6, "saturation", N_("Saturation")),
    _kind(7, "comparison", N_("Comparison of informants")),
    _kind(8, "agreement", N_("Agreement of coders")),
    Action("transpose", N_("Swap rows and columns"), transpose, ANALYSIS, 1, ("Ctrl+Alt+T",), can_turn),
    Action("clear_filters", N_("Remove all filters"), clear_filters, ANALYSIS, 1, (), in_display),
    Action("export_matrix", N_("Export the matrix…"), export, ANALYSIS, 1, ("Ctrl+Alt+E",), in_display),
    Action(
        "picture",
        N_("Picture of the matrix"),
        switch_picture,
        ANALYSIS,
        1,
        ("Ctrl+Alt+G",),
        in_display,
        ticked=picture_shown,
    ),
    Action(
        "picture_png",
        N_("Save the picture as PNG…"),
        partial(save_picture, "png"),
        ANALYSIS,
        1,
        (),
        can_save_picture,
    ),
    Action(
        "picture_svg",
        N_("Save the picture as SVG…"),
        partial(save_picture, "svg"),
        ANALYSIS,
        1,
        (),
        can_save_picture,
    ),
    Action(
        "cell_panel",
        N_("Panel of the cell"),
        switch_panel,
        ANALYSIS,
        1,
        ("Ctrl+Alt+P",),
        in_display,
        ticked=panel_shown,
    ),
    Action("back", N_("Back to the cell or claim"), back, ANALYSIS, 2, ("Alt+Backspace",), can_go_back),
)
