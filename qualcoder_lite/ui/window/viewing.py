"""How the window looks: text size, theme, language, panels, find."""

from __future__ import annotations

from qualcoder_lite import i18n
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.coding.document import Document
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.place import Workspace
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.window.main_window import MainWindow

ZOOM_STEP = 1  # pixels of the letters


def can_undo(desk: Desk) -> bool:
    """Something can be undone."""
    return desk.project is not None and bool(desk.undo_words) and not desk.busy


def can_redo(desk: Desk) -> bool:
    """Something can be redone."""
    return desk.project is not None and bool(desk.redo_words) and not desk.busy


def copy(desk: Desk) -> None:
    """Copy the selected words with their citation."""
    desk.text.copy()


def find(desk: Desk) -> None:
    """Open the line of find."""
    desk.show_workspace(Workspace.REDUCTION)
    desk.part(Document).find_line.open_line()


def find_next(desk: Desk) -> None:
    """Go to the next hit."""
    desk.part(Document).find_line.step(onward=True)


def find_previous(desk: Desk) -> None:
    """Go to the hit before."""
    desk.part(Document).find_line.step(onward=False)


def zoom_in(desk: Desk) -> None:
    """Make the letters of the text larger."""
    text = desk.text
    text.set_text_size(text.text_size + ZOOM_STEP)


def zoom_out(desk: Desk) -> None:
    """Make the letters of the text smaller."""
    text = desk.text
    text.set_text_size(text.text_size - ZOOM_STEP)


def zoom_normal(desk: Desk) -> None:
    """Give the letters of the text their usual size."""
    desk.text.set_text_size(theme.READING_SIZE)


def light(desk: Desk) -> None:
    """Take the light theme."""
    desk.part(MainWindow).set_theme("light")


def dark(desk: Desk) -> None:
    """Take the dark theme."""
    desk.part(MainWindow).set_theme("dark")


def contrast(desk: Desk) -> None:
    """Take the theme of high contrast."""
    desk.part(MainWindow).set_theme("contrast")


def is_light(desk: Desk) -> bool:
    """The theme is light."""
    return desk.tokens.name == "light"


def is_dark(desk: Desk) -> bool:
    """The theme is dark."""
    return desk.tokens.name == "dark"


def is_contrast(desk: Desk) -> bool:
    """The theme is that of high contrast."""
    return desk.tokens.name == "contrast"


def indonesian(desk: Desk) -> None:
    """Speak Indonesian."""
    desk.part(MainWindow).set_language("id")


def english(desk: Desk) -> None:
    """Speak English."""
    desk.part(MainWindow).set_language("en")


def is_indonesian(_desk: Desk) -> bool:
    """Indonesian is spoken."""
    return i18n.language() == "id"


def is_english(_desk: Desk) -> bool:
    """English is spoken."""
    return i18n.language() == "en"


def set_spacing(desk: Desk, factor: float) -> None:
    """Set the lines of the text closer together or wider apart."""
    desk.text.set_line_factor(factor)


def has_spacing(desk: Desk, factor: float) -> bool:
    """The lines stand so far apart."""
    return desk.text.line_factor == factor


def set_width(desk: Desk, width: int | None) -> None:
    """Set the text narrower or wider; None for the width that reads best."""
    desk.text.set_text_width(None if width is None else desk.tokens.px(width))


def has_width(desk: Desk, width: int | None) -> bool:
    """The text is so wide."""
    return desk.text.text_width == (None if width is None else desk.tokens.px(width))


# Where the keys go -----------------------------------------------------------------------------------------


def to_workspace(desk: Desk, number: int) -> None:
    """Show one of the three workspaces."""
    desk.show_workspace(number)


def to_sources(desk: Desk) -> None:
    """Give the keys to the sources."""
    desk.part(Reduction).show_left(shown=True)
    desk.part(Reduction).sources.tree.setFocus()


def to_text(desk: Desk) -> None:
    """Give the keys to the text."""
    desk.text.setFocus()


def to_codes(desk: Desk) -> None:
    """Give the keys to the codebook."""
    book = desk.part(Codebook)
    book.show()
    book.tree.setFocus()
    if book.tree.current_key() is None and desk.codes:
        book.tree.choose(desk.codes[0].id)


def to_filter(desk: Desk) -> None:
    """Type what to show of the codebook."""
    desk.part(Codebook).show()
    desk.part(Codebook).filter.setFocus()
    desk.part(Codebook).filter.selectAll()


def toggle_left(desk: Desk) -> None:
    """Show the panels of sources and informants, or not."""
    desk.part(Reduction).show_left(not shows_left(desk))


def shows_left(desk: Desk) -> bool:
    """The panels of sources and informants are shown."""
    return desk.part(Reduction).left.isVisibleTo(desk.part(Reduction))


def toggle_codes(desk: Desk) -> None:
    """Show the codebook, or not."""
    desk.part(Codebook).setVisible(not desk.part(Codebook).isVisible())


def shows_codes(desk: Desk) -> bool:
    """The codebook is shown."""
    return desk.part(Codebook).isVisibleTo(desk.part(Reduction))


def usual_sizes(desk: Desk) -> None:
    """Give all panels their usual sizes."""
    desk.part(Reduction).show_left(shown=True)
    desk.part(Codebook).show()
    desk.part(Reduction).reset_sizes()
