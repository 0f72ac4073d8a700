"""How the window looks: text size, theme, language, panels, find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_lite import i18n
from qualcoder_lite.ui import theme

if TYPE_CHECKING:
    from qualcoder_lite.ui.main_window import MainWindow

ZOOM_STEP = 1  # pixels of the letters


def can_undo(window: MainWindow) -> bool:
    """Something can be undone."""
    return window.project is not None and bool(window.undo_words) and not window.tasks.busy


def can_redo(window: MainWindow) -> bool:
    """Something can be redone."""
    return window.project is not None and bool(window.redo_words) and not window.tasks.busy


def copy(window: MainWindow) -> None:
    """Copy the selected words with their citation."""
    window.reduction.document.text.copy()


def find(window: MainWindow) -> None:
    """Open the line of find."""
    window.show_workspace(0)
    window.reduction.document.find_line.open_line()


def find_next(window: MainWindow) -> None:
    """Go to the next hit."""
    window.reduction.document.find_line.step(onward=True)


def find_previous(window: MainWindow) -> None:
    """Go to the hit before."""
    window.reduction.document.find_line.step(onward=False)


def zoom_in(window: MainWindow) -> None:
    """Make the letters of the text larger."""
    text = window.reduction.document.text
    text.set_text_size(text.text_size + ZOOM_STEP)


def zoom_out(window: MainWindow) -> None:
    """Make the letters of the text smaller."""
    text = window.reduction.document.text
    text.set_text_size(text.text_size - ZOOM_STEP)


def zoom_normal(window: MainWindow) -> None:
    """Give the letters of the text their usual size."""
    window.reduction.document.text.set_text_size(theme.READING_SIZE)


def light(window: MainWindow) -> None:
    """Take the light theme."""
    window.set_theme("light")


def dark(window: MainWindow) -> None:
    """Take the dark theme."""
    window.set_theme("dark")


def contrast(window: MainWindow) -> None:
    """Take the theme of high contrast."""
    window.set_theme("contrast")


def is_light(window: MainWindow) -> bool:
    """The theme is light."""
    return window.tokens.name == "light"


def is_dark(window: MainWindow) -> bool:
    """The theme is dark."""
    return window.tokens.name == "dark"


def is_contrast(window: MainWindow) -> bool:
    """The theme is that of high contrast."""
    return window.tokens.name == "contrast"


def indonesian(window: MainWindow) -> None:
    """Speak Indonesian."""
    window.set_language("id")


def english(window: MainWindow) -> None:
    """Speak English."""
    window.set_language("en")


def is_indonesian(_window: MainWindow) -> bool:
    """Indonesian is spoken."""
    return i18n.language() == "id"


def is_english(_window: MainWindow) -> bool:
    """English is spoken."""
    return i18n.language() == "en"


def show_palette(window: MainWindow) -> None:
    """Open the search of commands."""
    window.menu_row.setFocus()
