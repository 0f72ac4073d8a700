"""Ranges around a position of a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.ui.text.select import trimmed

TEXTS = st.text(" \n\u3000aé𝄞", max_size=12)


@given(TEXTS, st.data())
def test_a_range_is_trimmed_of_white_space_and_of_nothing_else(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    left, right = trimmed(text, start, end)
    assert start <= left <= right <= end
    assert text[left:right] == text[start:end].strip()
