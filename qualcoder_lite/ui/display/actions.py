"""What commands do among matrices: to a kind, the panel of the cell, pictures, writing a file."""

from __future__ import annotations

from functools import partial

from qualcoder_lite.export.pictures.kinds import names_for, write_picture
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.desk.action import ANALYSIS, Action, with_study
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.files import REPORTS, ask_file, write_beside
from qualcoder_lite.ui.desk.place import Workspace
from qualcoder_lite.ui.display.connect import Display
from qualcoder_lite.ui.display.layout import as_shown
from qualcoder_lite.ui.picture.paint import png_of


def show_kind(kind: str, desk: Desk) -> None:
    """Show a kind of matrix."""
    desk.show_workspace(Workspace.DISPLAY)
    desk.part(Display).show_kind(kind)


def in_display(desk: Desk) -> bool:
    """A matrix is in sight."""
    return with_study(desk) and desk.part(Display).shown and desk.part(Display).matrix is not None


def can_turn(desk: Desk) -> bool:
    """A matrix is in sight whose rows and columns can be swapped."""
    return in_display(desk) and desk.part(Display).turn.isEnabled()


def transpose(desk: Desk) -> None:
    """Swap rows and columns."""
    desk.part(Display).transpose()


def clear_filters(desk: Desk) -> None:
    """Take all filters away."""
    desk.part(Display).clear_filters()


def switch_panel(desk: Desk) -> None:
    """Show or hide the panel of the cell."""
    desk.part(Display).switch_panel()


def panel_shown(desk: Desk) -> bool:
    """Whether the panel of the cell is open."""
    return desk.project is not None and desk.part(Display).place.panel


def kind_words(kind: str) -> str:
    """What a kind of matrix is called, in the language now spoken."""
    return next(row.words for row in ACTIONS if row.id == f"matrix_{kind}")


def export(desk: Desk) -> None:
    """Ask for a file and write the matrix as it is chosen."""
    display = desk.part(Display)
    if display.matrix is None or not display.cell.save():
        return
    matrix, project = as_shown(display.matrix, display.view.lines), desk.study
    pictured = _("Word with the picture") + " (*.docx)"
    kinds = REPORTS.replace(";;", f";;{pictured};;", 1) if names_for(matrix.kind) else REPORTS
    chosen = ask_file(desk, _("Export the matrix"), f"{kind_words(matrix.kind)}.docx", kinds)
    if chosen is None:
        return
    path, kind = chosen
    figure = (display.picture.drawn(), png_of) if kind == pictured else None
    label = _("Writing the matrix")

    def write(progress: Progress) -> None:
        from qualcoder_lite.export.reports.matrices import write_matrix

        progress(0, 1, label)
        write_matrix(project, matrix, path, figure=figure)

    write_beside(desk, label, path, write)


def switch_picture(desk: Desk) -> None:
    """Show pictures of the matrix instead of its cells, or its cells again."""
    desk.part(Display).picture.switch(not desk.part(Display).picture.shown)


def picture_shown(desk: Desk) -> bool:
    """Whether pictures are shown instead of the cells."""
    return desk.project is not None and desk.part(Display).picture.shown


def can_save_picture(desk: Desk) -> bool:
    """Pictures of a matrix are in sight."""
    return in_display(desk) and picture_shown(desk)


def save_picture(form: str, desk: Desk) -> None:
    """Ask for a file and draw the picture into it, always in light colours, as it is printed.

    Raises UserError where nothing is there to be drawn.
    """
    display = desk.part(Display)
    drawn, known = display.picture.drawn(), f"{form.upper()} (*.{form})"
    chosen = ask_file(desk, drawn.title, f"{drawn.title}.{form}", known)
    if chosen is None:
        return
    path, label = chosen[0], _("Drawing the picture")

    def write(progress: Progress) -> None:
        progress(0, 1, label)
        write_picture(drawn, path, png_of)

    write_beside(desk, label, path, write)


def can_go_back(desk: Desk) -> bool:
    """One came to the text from a cell or claim."""
    return desk.can_go_back


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
    Action(
        "back", N_("Back to the cell or claim"), Desk.go_back, ANALYSIS, 2, ("Alt+Backspace",), can_go_back
    ),
)
