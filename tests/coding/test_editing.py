"""A text edited after coding: what lies on it moves by one rule, for any number of changes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from qualcoder_lite.coding import codes, codings, memos, sources
from qualcoder_lite.coding.editing import Splice, move_marks, move_ranges, normalize_splices
from qualcoder_lite.coding.importing.marks import pack, unpack
from qualcoder_lite.errors import UserError
from qualcoder_lite.readers.document import Mark
from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Coding, Memo, Source, SourceText, Turn
from qualcoder_lite.store.splices import splice
from tests.coding.adding import add_source

# The plain model: each character knows to which ranges it belongs ----------------------------------------


class Letter(NamedTuple):
    """A character and the ranges that it belongs to."""

    sign: str
    ranges: frozenset[int]


def model(text: str, ranges: list[tuple[int, int]], changes: list[Splice]) -> list[Letter]:
    """The text after the changes by letters; a new one belongs where all removed, or both beside it, do."""

    def of(place: int) -> frozenset[int]:
        return frozenset(n for n, (start, end) in enumerate(ranges) if start <= place < end)

    result: list[Letter] = []
    at = 0
    for start, removed, inserted in changes:
        result += [Letter(text[place], of(place)) for place in range(at, start)]
        beside = range(start, start + removed) if removed else (start - 1, start)
        belongs = frozenset.intersection(*(of(place) for place in beside))
        result += [Letter(sign, belongs) for sign in inserted]
        at = start + removed
    return result + [Letter(text[place], of(place)) for place in range(at, len(text))]


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[Splice]]:
    """A text, ranges on it, and orderly changes that do not touch each other."""
    text = draw(st.text("ab \n", min_size=1, max_size=30))
    places = st.integers(0, len(text))
    ranges = draw(st.lists(st.tuples(places, places).map(sorted).filter(lambda r: r[0] < r[1]), max_size=5))
    cuts = sorted(draw(st.sets(places, max_size=8)))
    changes: list[Splice] = []
    while cuts:
        start = cuts.pop(0)
        end = cuts.pop(0) if cuts and draw(st.booleans()) else start
        inserted = draw(st.text("xyz", max_size=4))
        if (inserted or end > start) and (not changes or sum(changes[-1][:2]) < start):
            changes.append((start, end - start, inserted))
    return text, [(start, end) for start, end in ranges], changes


@given(edits())
def test_ranges_move_as_in_the_plain_model(case: tuple[str, list[tuple[int, int]], list[Splice]]) -> None:
    text, ranges, changes = case
    letters = model(text, ranges, changes)
    assert "".join(letter.sign for letter in letters) == splice(text, changes)
    places = np.array(ranges, dtype=np.int64).reshape(-1, 2)
    starts, ends = move_ranges(places[:, 0], places[:, 1], changes)
    for number in range(len(ranges)):
        mine = [place for place, letter in enumerate(letters) if number in letter.ranges]
        assert list(range(starts[number], ends[number])) == mine


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((4, 0, "xx"), (6, 9)),  # inserted right before: outside
        ((7, 0, "xx"), (4, 7)),  # inserted right behind: outside
        ((5, 0, "xx"), (4, 9)),  # inside
        ((4, 3, "xxxx"), (4, 8)),  # all of it replaced: still it
        ((4, 1, ""), (4, 6)),
        ((3, 2, "x"), (4, 6)),  # replaced across the start: the new text is outside
        ((6, 2, "x"), (4, 6)),  # across the end
        ((0, 2, ""), (2, 5)),
        ((8, 1, "xyz"), (4, 7)),
    ],
)
def test_one_change(change: Splice, expected: tuple[int, int]) -> None:
    starts, ends = move_ranges(np.array([4]), np.array([7]), [change])
    assert (starts[0], ends[0]) == expected


def test_changes_that_touch_are_joined_and_cleaned() -> None:
    assert normalize_splices([[4, 0, "b\r\n"], [2, 2, "a\0"], [6, 0, ""]], 6) == [(2, 2, "a\ufffdb\n")]


@pytest.mark.parametrize("splices", [[[3, 0, "x"], [2, 2, ""]], [[5, 2, ""]], [[-1, 0, "x"]], [[1, -1, ""]]])
def test_changes_that_do_not_fit_are_refused(splices: list[list[object]]) -> None:
    with pytest.raises(UserError):
        normalize_splices(splices, 6)


def test_marks_move_and_go_with_their_text() -> None:
    marks = (Mark("heading", 0, 4, 1), Mark("bold", 5, 7), Mark("page", 8, 8, 2))
    assert unpack(move_marks(pack(marks), [(0, 0, "xx"), (5, 2, "")])) == (
        Mark("heading", 2, 6, 1),
        Mark("page", 8, 8, 2),
    )


def test_marks_are_packed_and_unpacked() -> None:
    kinds = ("heading", "bold", "italic", "list", "table", "page", "line")
    marks = tuple(Mark(kind, place, place + 3, place) for place, kind in enumerate(kinds))
    assert unpack(pack(marks)) == marks
    assert unpack(pack(())) == ()
    with pytest.raises(ValueError, match="not in tuple"):
        pack([Mark("blink", 0, 1)])


# In a study --------------------------------------------------------------------------------------------


def _ranges(project: Project, kind: type[Row]) -> list[tuple[int, int]]:
    table = kind.__table__.c
    with project.read() as connection:
        rows = connection.execute(select(table.start, table.end).order_by(table.start, table.end))
        return [(start, end) for start, end in rows]


def test_codings_turns_and_memos_move_with_the_text(project: Project) -> None:
    source = add_source(project, "A1", "P: Apa?\nI: Kami cepat sekali.\n", turns=[(3, 7), (11, 29)])
    code = codes.add(project, "K")
    codings.apply(project, source, 16, 21, code)
    memos.add_on_range(project, source, 16, 21, "Cek.")
    sources.edit_text(project, source, [[0, 0, "Tanya jawab\n"], [16, 5, "sangat cepat"]])
    assert _ranges(project, Coding) == _ranges(project, Memo) == [(28, 40)]
    assert _ranges(project, Turn) == [(15, 19), (23, 48)]
    with project.read() as connection:
        text = connection.scalar(select(SourceText.text))
        characters = connection.scalar(select(Source.characters))
    assert text == "Tanya jawab\nP: Apa?\nI: Kami sangat cepat sekali.\n"
    assert characters == len(text)


def test_a_coding_without_a_visible_character_goes_and_its_memo_on_the_range_stays(project: Project) -> None:
    source = add_source(project, "A1", "Kami cepat sekali.")
    code = codes.add(project, "K")
    codings.apply(project, source, 4, 10, code)
    memos.add_on_range(project, source, 5, 10, "Cek.")
    sources.edit_text(project, source, [[5, 5, ""]])
    assert _ranges(project, Coding) == []
    assert _ranges(project, Memo) == [(5, 5)]


def test_codings_that_come_to_the_same_range_become_one(project: Project) -> None:
    source = add_source(project, "A1", "Kami cepat sekali.")
    code = codes.add(project, "K")
    first = codings.apply(project, source, 0, 10, code, "+")
    second = codings.apply(project, source, 0, 5, code, "-", starred=True, condensation="ringkas")
    memo = memos.add_about(project, "coding", second, "Jangan hilang.")
    sources.edit_text(project, source, [[4, 6, ""]])
    with project.read() as connection:
        coding = connection.execute(select(Coding.__table__)).mappings().one()
        about = connection.scalar(select(Memo.about_id).where(Memo.id == memo))
    assert (coding["id"], coding["start"], coding["end"]) == (first, 0, 4)
    assert (coding["polarity"], coding["starred"], coding["condensation"]) == ("±", True, "ringkas")
    assert about == first


def test_a_text_is_never_left_without_words(project: Project) -> None:
    source = add_source(project, "A1", "Kami.\n")
    with pytest.raises(UserError, match="Nothing would be left"):
        sources.edit_text(project, source, [[0, 5, " "]])
