"""Any script is drawn and hit right: positions, pieces of lines, steps by what a reader calls a character."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtWidgets import QApplication

from qualcoder_lite.offsets import Utf16Map
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.layout import RunLayout, RunLook, TextStyle
from tests.ui.pages import MANY_SCRIPTS

LINES = MANY_SCRIPTS.split("\n")
PIECES = [
    "kata ",
    "undang-undang ",
    "é",
    "e\u0301",
    "👩🏽‍🚒",
    "🇮🇩",
    "السلام ",
    "שלום ",
    "公务员",
    "𝒳",
    "12 ",
    "(",
    ") ",
]
MIXED = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
START = 1000  # where in the whole text the run starts


@pytest.fixture(autouse=True)
def _letters(qapp: QApplication) -> None:
    theme.load_fonts()


def lay_out(text: str, width: int = 220, rightward: bool = False) -> RunLayout:
    """A run in a narrow column."""
    return RunLayout(
        text, START, TextStyle(theme.theme(), 15, 28, width), RunLook(rightward=rightward, gap=12)
    )


def edges(text: str) -> list[int]:
    """The places between what a reader takes for characters, in code points of the whole text."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    table, found = Utf16Map(text), [START]
    while (unit := finder.toNextBoundary()) >= 0:
        found.append(START + table.point(unit))
    return sorted(set(found))


@given(MIXED, st.integers(0, 400))
def test_units_and_points_convert_both_ways(text: str, offset: int) -> None:
    layout = lay_out(text)
    point = START + min(offset, len(text))
    assert layout.point(layout.unit(point)) == point


@given(MIXED, st.booleans())
def test_pieces_cover_each_character_once(text: str, rightward: bool) -> None:
    layout = lay_out(text, 220, rightward)
    whole = sum(right - left for _top, left, right in layout.strips(START, START + len(text)))
    parts = 0.0
    for first, last in pairwise(edges(text)):
        parts += sum(right - left for _top, left, right in layout.strips(first, last))
    assert parts == pytest.approx(whole, abs=2)
    widths = sum(line.naturalTextWidth() for line in layout.lines)
    assert whole == pytest.approx(widths, abs=max(8, 5 * len(layout.lines)))


@given(MIXED, st.data())
def test_pieces_stay_in_the_column_and_on_their_lines(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    layout = lay_out(text)
    tops = [layout.line_top(index) for index in range(len(layout.lines))]
    for top, left, right in layout.strips(START + first, START + last):
        assert top in tops
        assert -1 <= left < right <= 221
    assert layout.height == 12 + 28 * len(layout.lines)


@given(MIXED, st.floats(-20, 260), st.floats(-20, 400))
def test_a_place_gives_an_edge_between_characters(text: str, x: float, y: float) -> None:
    layout = lay_out(text)
    assert layout.position_at(x, y) in edges(text)


@given(MIXED, st.booleans(), st.sampled_from([220, 2000]))
def test_where_a_caret_is_drawn_it_is_found_again(text: str, rightward: bool, width: int) -> None:
    layout = lay_out(text, width, rightward)
    for point in edges(text):
        index, x = layout.line_at(point), layout.x_of(point)
        assert -1 <= x <= width + 1 or text.endswith(" ")
        found = layout.position_in_line(index, x)
        last = layout.line_bounds(index)[1]
        assert found in (point, last) or layout.x_of(found) == pytest.approx(x, abs=0.01)


@pytest.mark.parametrize("rightward", [False, True])
def test_a_name_among_arabic_is_taken_from_edge_to_edge(rightward: bool) -> None:
    text, name = "السلام Dr. H. Budi عليكم", "Dr. H. Budi"
    layout = lay_out(text, 700, rightward)
    start = START + text.index(name)
    for point in (start, start + len(name)):
        for off in (-0.5, 0, 0.5):
            assert layout.position_at(layout.x_of(point) + off, 20) == point
    ((_top, left, right),) = layout.strips(start, start + len(name))
    assert sorted((layout.x_of(start), layout.x_of(start + len(name)))) == pytest.approx([left, right], abs=1)


@given(MIXED)
def test_steps_in_reading_order_visit_every_edge(text: str) -> None:
    layout = lay_out(text)
    visited = [START]
    while (following := layout.next_position(visited[-1], forward=True)) is not None:
        visited.append(following)
    assert visited == edges(text)
    back = [visited[-1]]
    while (following := layout.next_position(back[-1], forward=False)) is not None:
        back.append(following)
    assert back == visited[::-1]


@pytest.mark.parametrize("text", LINES)
def test_steps_as_seen_cross_a_line_and_come_back(text: str) -> None:
    layout = lay_out(text, 2000, rightward=text.startswith(("ع", "ע")))
    forward = not layout.look.rightward
    position, steps = START, 0
    while (moved := layout.step(position, right=forward)) is not None:
        assert moved in edges(text)
        position, steps = moved, steps + 1
    assert position == START + len(text)
    assert steps <= len(edges(text))
    while (moved := layout.step(position, right=not forward)) is not None:
        position = moved
    assert position == START


def test_one_logical_range_shows_as_two_pieces_where_directions_mix() -> None:
    text = "abc שלום def"
    layout = lay_out(text, 2000)
    inside = layout.strips(START + 2, START + 6)  # c, a space, and the first half of the Hebrew word
    assert len(inside) == 2
    (_top, left, right), (_other, second_left, second_right) = inside
    assert left < right < second_left < second_right
    hebrew = layout.strips(START + 4, START + 8)
    assert hebrew[0][1] == pytest.approx(right, abs=1)
    assert hebrew[0][2] == pytest.approx(second_right, abs=1)


def test_a_run_read_from_right_to_left_stands_at_the_right() -> None:
    layout = lay_out("שלום", 500, rightward=True)
    ((_top, left, right),) = layout.strips(START, START + 4)
    assert right == pytest.approx(500, abs=1)
    assert left > 400
    assert layout.x_of(START) == pytest.approx(500, abs=1)
    assert layout.position_at(10, 20) == START + 4


def test_the_end_of_a_wrapped_line_is_still_in_it() -> None:
    layout = lay_out("satu dua tiga empat lima enam tujuh delapan sembilan")
    first, last = layout.line_bounds(0)
    assert first == START
    assert layout.line_at(last) == 0
    assert layout.line_at(last + 1) == 1
    assert layout.position_in_line(0, 10_000) == last


def test_lines_keep_their_height_whatever_letters_they_borrow() -> None:
    heights = {lay_out(text, 5000).height for text in LINES}
    assert heights == {12 + 28}
