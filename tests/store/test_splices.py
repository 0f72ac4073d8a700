"""Splices lead from one text to the other and back, and are no longer than the change."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.store.splices import splice, splices_between

TEXTS = st.text(alphabet="aab é😀\u0301\n", max_size=40)


@given(TEXTS, TEXTS)
def test_splices_lead_from_one_text_to_the_other(text: str, other: str) -> None:
    assert splice(text, splices_between(text, other)) == other
    assert splice(other, splices_between(other, text)) == text


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_splices_are_no_longer_than_the_change(before: str, old: str, new: str, after: str) -> None:
    found = splices_between(before + old + after, before + new + after)
    assert sum(removed for _start, removed, _inserted in found) <= len(old)
    assert sum(len(inserted) for _start, _removed, inserted in found) <= len(new)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=5), TEXTS)
def test_several_splices_are_applied_at_once(parts: list[tuple[str, str, str]], rest: str) -> None:
    """Each part is a stretch that stays, one that goes, and what comes in its place."""
    text = "".join(stays + goes for stays, goes, _comes in parts) + rest
    other = "".join(stays + comes for stays, _goes, comes in parts) + rest
    splices, at = [], 0
    for stays, goes, comes in parts:
        splices.append([at + len(stays), len(goes), comes])
        at += len(stays) + len(goes)
    assert splice(text, splices) == other


def test_equal_texts_need_none() -> None:
    assert splices_between("sama", "sama") == []
    assert splice("sama", []) == "sama"


def test_a_repeated_letter_is_not_counted_at_both_ends() -> None:
    assert splice("aaa", splices_between("aaa", "aa")) == "aa"
    assert splice("aa", splices_between("aa", "aaaa")) == "aaaa"


def test_a_text_of_five_megabytes_is_compared_in_no_time() -> None:
    text = "kata demi kata " * 350_000
    other = text[:2_600_000] + "x" + text[2_600_000:]
    begin = time.perf_counter()
    assert len(splices_between(text, other)[0][2]) <= 2
    assert time.perf_counter() - begin < 0.5
