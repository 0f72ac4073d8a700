"""Numbered lines do not depend on any window, and agree with a plain loop over characters."""

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.lines import line_number, line_starts


def plain(text: str, width: int) -> list[int]:
    """The same rule, one paragraph and one character at a time."""
    found, offset = [], 0
    for paragraph in text.split("\n"):
        start, end = 0, len(paragraph)
        if paragraph.strip(" \t"):
            found.append(offset)
            while start + width < end:
                spaces = [place for place in range(start + 1, start + width + 1) if paragraph[place] in " \t"]
                start = spaces[-1] + 1 if spaces else start + width
                if start < end:
                    found.append(offset + start)
        offset += end + 1
    return found


@given(st.text(alphabet="ab  \n", max_size=200), st.integers(1, 12))
def test_equals_the_plain_rule(text: str, width: int) -> None:
    assert line_starts(text, width).tolist() == plain(text, width)


@given(st.lists(st.text(alphabet="kata \t”😀", max_size=40), max_size=30), st.integers(3, 9))
def test_equals_the_plain_rule_in_many_paragraphs(paragraphs: list[str], width: int) -> None:
    text = "\n".join(paragraphs)
    assert line_starts(text, width).tolist() == plain(text, width)


def test_number_of_a_position() -> None:
    starts = line_starts("satu dua tiga\n\nempat", 8)
    assert starts.tolist() == [0, 9, 15]
    assert [line_number(starts, place) for place in (0, 8, 9, 14, 15, 99)] == [1, 1, 2, 2, 3, 3]
    assert line_number(line_starts(""), 0) == 1
