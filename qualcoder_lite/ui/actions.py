"""Every command of the window as a row of data over a plain function.

Menus, shortcuts, the palette and the list of keys are built from these rows. `where` says where its keys
hold: in the whole window, or only while the text, the list of passages or the codebook has the focus.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_lite.i18n import N_
from qualcoder_lite.ui import gestures, opening, viewing

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk import Desk

Run = Callable[["Desk"], object]
Test = Callable[["Desk"], bool]

FILE, EDIT, CODING, ANALYSIS, VIEW, HELP = (
    N_("File"), N_("Edit"), N_("Coding"), N_("Analysis"), N_("View"), N_("Help"),
)  # fmt: skip
MENUS = (FILE, EDIT, CODING, ANALYSIS, VIEW, HELP)


def always(_desk: Desk) -> bool:
    """It can be done at any time."""
    return True


def with_study(desk: Desk) -> bool:
    """A study is open and nothing long is being written to it."""
    return desk.project is not None and not desk.busy


def with_text(desk: Desk) -> bool:
    """A source is open."""
    return with_study(desk) and desk.document.source is not None


@dataclass(frozen=True)
class Action:
    """A command: its words (a message id), keys, place in the menus, and what it does.

    `group` parts a menu by lines; `under` is the submenu; `ticked` tells whether it is switched on.
    """

    id: str
    text: str
    run: Run
    menu: str
    group: int = 0
    keys: tuple[str, ...] = ()
    enabled: Test = with_study
    where: str = "window"  # window, text, passages or codes; several with spaces
    ticked: Test | None = None
    under: str = ""
    hint: str = ""


def _switch(name: str, text: str, run: Run, ticked: Test, under: str) -> Action:
    """A choice of the view that holds until another is made."""
    return Action(name, text, run, VIEW, 3, (), always, ticked=ticked, under=under)


def _files() -> tuple[Action, ...]:
    return (
        Action("new", N_("New study…"), opening.ask_new, FILE, 0, ("Ctrl+N",), always),
        Action("open", N_("Open study…"), opening.ask_open, FILE, 0, ("Ctrl+O",), always),
        Action("sample", N_("Open the sample study"), opening.open_sample, FILE, 0, (), always),
        Action("close", N_("Close the study"), opening.close_study, FILE, 2, ("Ctrl+W",)),
        Action("quit", N_("Quit"), opening.quit_program, FILE, 2, ("Ctrl+Q",), always),
    )


def _edits() -> tuple[Action, ...]:
    text = with_text
    return (
        Action("undo", N_("Undo"), gestures.undo, EDIT, 0, ("Ctrl+Z",), viewing.can_undo),
        Action("redo", N_("Redo"), gestures.redo, EDIT, 0, ("Ctrl+Shift+Z", "Ctrl+Y"), viewing.can_redo),
        Action("copy", N_("Copy with citation"), viewing.copy, EDIT, 1, (), text),
        Action("find", N_("Find in the text…"), viewing.find, EDIT, 2, ("Ctrl+F",), text),
        Action("find_next", N_("Next hit"), viewing.find_next, EDIT, 2, ("F3",), text),
        Action("find_previous", N_("Previous hit"), viewing.find_previous, EDIT, 2, ("Shift+F3",), text),
    )


def _views() -> tuple[Action, ...]:
    colours, tongue = N_("Theme"), N_("Language")
    return (
        Action("zoom_in", N_("Larger text"), viewing.zoom_in, VIEW, 0, ("Ctrl++", "Ctrl+=")),
        Action("zoom_out", N_("Smaller text"), viewing.zoom_out, VIEW, 0, ("Ctrl+-",)),
        Action("zoom_normal", N_("Usual text size"), viewing.zoom_normal, VIEW, 0, ("Ctrl+0",)),
        _switch("light", N_("Light"), viewing.light, viewing.is_light, colours),
        _switch("dark", N_("Dark"), viewing.dark, viewing.is_dark, colours),
        _switch("contrast", N_("High contrast"), viewing.contrast, viewing.is_contrast, colours),
        _switch("indonesian", N_("Indonesian"), viewing.indonesian, viewing.is_indonesian, tongue),
        _switch("english", N_("English"), viewing.english, viewing.is_english, tongue),
        Action("palette", N_("Search commands…"), viewing.show_palette, HELP, 0, ("Ctrl+K",), always),
    )


ACTIONS = (*_files(), *_edits(), *_views())
