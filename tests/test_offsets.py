"""Code points and UTF-16 units convert both ways for any text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.offsets import Utf16Map, code_points, merged

TEXTS = st.text(
    alphabet=st.one_of(st.characters(codec="utf-16"), st.sampled_from("aé😀👩🏽‍🚒𝒳")), max_size=80
)


@given(TEXTS)
def test_units_equal_the_encoded_length(text: str) -> None:
    table = Utf16Map(text)
    for point in range(len(text) + 1):
        assert table.units(point) == len(text[:point].encode("utf-16-le")) // 2
        assert table.point(table.units(point)) == point


@given(TEXTS)
def test_a_unit_inside_a_pair_belongs_to_its_character(text: str) -> None:
    table = Utf16Map(text)
    for point, character in enumerate(text):
        if ord(character) > 0xFFFF:
            assert table.point(table.units(point) + 1) == point


@given(TEXTS)
def test_code_points_are_those_of_the_text(text: str) -> None:
    assert code_points(text).tolist() == [ord(character) for character in text]


RANGES = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(RANGES, max_size=12))
def test_merged_ranges_cover_the_same_and_share_nothing(ranges: list[tuple[int, int]]) -> None:
    result = merged(ranges)
    assert result == sorted(result)
    assert {at for pair in result for at in range(*pair)} == {at for pair in ranges for at in range(*pair)}
    for before, after in pairwise(result):
        assert before[1] <= after[0]


def test_touching_ranges_stay_apart() -> None:
    assert merged([(5, 9), (0, 5), (9, 10)]) == [(0, 5), (5, 9), (9, 10)]
    assert merged([(0, 5), (4, 9), (0, 2)]) == [(0, 9)]


@given(TEXTS)
def test_offsets_beyond_the_end_stay_beyond_it(text: str) -> None:
    table = Utf16Map(text)
    units = len(text.encode("utf-16-le")) // 2
    assert table.units(len(text) + 3) == units + 3
    assert table.point(units + 3) == len(text) + 3
