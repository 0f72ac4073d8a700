"""In a paragraph of both directions the mouse takes what stands between the carets that are drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qualcoder_lite.ui.text.page import Page
from qualcoder_lite.ui.text.view import TextView
from tests.ui.pages import MANY_SCRIPTS

NAME = "Dr. H. Budi"
AMONG_LATIN = f"Kata السلام عليكم lalu {NAME} berkata شكرا ya.\n"
AMONG_ARABIC = f"السلام {NAME} عليكم ورحمة الله\n"


def drag(view: TextView, start: int, end: int) -> str:
    """Drag from caret to caret; what is selected then."""
    places = [view.caret_box(point).center().toPoint() for point in (start, end)]
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=places[0])
    QTest.mouseMove(view.viewport(), places[1])
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=places[1])
    first, last = view.selection()
    return view.page.text[first:last]


@pytest.mark.parametrize("text", [AMONG_LATIN, AMONG_ARABIC])
@pytest.mark.parametrize("words", [NAME, "السلام", "عليكم"])
@pytest.mark.parametrize("backward", [False, True])
def test_a_drag_takes_just_the_words_between_two_carets(
    show: Callable[..., TextView], text: str, words: str, backward: bool
) -> None:
    view = show(Page(text))
    start = text.index(words)
    ends = (start, start + len(words))
    assert drag(view, *(ends[::-1] if backward else ends)) == words


@pytest.mark.parametrize("text", [AMONG_LATIN, AMONG_ARABIC, MANY_SCRIPTS])
def test_each_caret_is_found_where_it_is_drawn(show: Callable[..., TextView], text: str) -> None:
    view = show(Page(text))
    point: int | None = 0
    while point is not None:
        box = view.caret_box(point)
        found = view.caret_box(view.position_at(box.center()))
        assert (found.left(), found.top()) == pytest.approx((box.left(), box.top()), abs=0.01)
        layout = view.body.layout(view.body.runs.at(point))
        following = layout.next_position(point, forward=True)
        point = following if following is not None else point + 1 if point + 1 < len(text) else None
