"""Code points and UTF-16 units convert both ways for any text."""

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.offsets import Utf16Map, code_points

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


@given(TEXTS)
def test_offsets_beyond_the_end_stay_beyond_it(text: str) -> None:
    table = Utf16Map(text)
    units = len(text.encode("utf-16-le")) // 2
    assert table.units(len(text) + 3) == units + 3
    assert table.point(units + 3) == len(text) + 3
