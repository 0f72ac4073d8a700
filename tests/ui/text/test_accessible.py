"""A screen reader gets text, caret, selection and codings through Qt's interface."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from qualcoder_lite.i18n import use_language
from qualcoder_lite.ui.text import accessible
from qualcoder_lite.ui.text.page import Page
from qualcoder_lite.ui.text.view import TextView
from tests.ui.pages import MANY_SCRIPTS, at, transcript, with_codings

Show = Callable[..., TextView]


def interface(view: TextView) -> accessible.AccessibleView:
    """The interface that Qt hands to screen readers."""
    found = QAccessible.queryAccessibleInterface(view)
    assert isinstance(found, accessible.AccessibleView)
    return found


def test_the_text_is_read_in_units_of_utf16(show: Show) -> None:
    view = show(Page(MANY_SCRIPTS))
    words = interface(view).words
    units = len(MANY_SCRIPTS.encode("utf-16-le")) // 2
    assert words.characterCount() == units
    assert words.text(0, units) == MANY_SCRIPTS
    before = MANY_SCRIPTS.index("memadamkan")
    unit = len(MANY_SCRIPTS[:before].encode("utf-16-le")) // 2
    assert words.text(unit, unit + 10) == "memadamkan"
    words.setSelection(0, unit, unit + 10)
    assert view.selection() == (before, before + 10)
    assert words.selectionCount() == 1
    assert words.selection(0) == (unit, unit + 10)
    assert words.cursorPosition() == unit + 10
    words.removeSelection(0)
    assert words.selectionCount() == 0
    words.setCursorPosition(0)
    assert view.caret == 0


def test_places_on_the_screen_and_back(show: Show) -> None:
    view = show(transcript())
    words = interface(view).words
    position = view.page.text.index("dicoba")
    box = words.characterRect(position)
    assert words.offsetAtPoint(box.center()) == position
    words.scrollToSubstring(len(view.page.text) - 1, len(view.page.text))


def test_codings_at_the_caret_are_words(show: Show) -> None:
    page = transcript()
    view = show(
        with_codings(
            page, at(page, "dicoba saja", 1, polarity="-", starred=True, memo=True), at(page, "saja", 2)
        )
    )
    spoken = interface(view)
    assert spoken.text(QAccessible.Text.Name) == "Text with codings"
    assert spoken.text(QAccessible.Text.Description) == ""
    start = page.text.index("saja")
    view.select(start, start)
    first = "S1 Kode nomor 1, hinders, code from theory, starred, with memo"
    assert (
        spoken.text(QAccessible.Text.Description)
        == f"{first}; S2 Kode nomor 2, no polarity, code from theory"
    )
    told, begin, end = spoken.words.attributes(start)
    assert told.startswith("codings:S1")
    assert (begin, end) == (start, start + 4)
    use_language("id")
    assert spoken.text(QAccessible.Text.Value) == ""


def test_moving_tells_what_is_new(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    page = transcript()
    view = show(with_codings(page, at(page, "dicoba saja", 1)))
    told: list[str] = []
    monkeypatch.setattr(accessible, "heard", lambda: True)
    real = accessible.tell
    monkeypatch.setattr(accessible, "tell", lambda one, words: (told.append(words), real(one, words)))
    start = page.text.index("dicoba")
    for position in (start, start + 3, start + 30):
        view.set_selection(position, position)
    view.set_selection(start, start + 6)
    assert told == [
        "S1 Kode nomor 1, no polarity, code from theory",
        "",
        "",
        "S1 Kode nomor 1, no polarity, code from theory",
    ]


def test_an_interface_goes_with_its_view(qapp: QApplication) -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    alive = accessible.installed().alive
    before = len(alive)
    view = TextView()
    interface(view)
    assert len(alive) == before + 1
    view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(alive) == before
