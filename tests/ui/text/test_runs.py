"""Runs hold every character that is shown once, and heights add up, whatever the text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTextBoundaryFinder

from qualcoder_lite.offsets import Utf16Map
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.page import Turn, speaker_labels
from qualcoder_lite.ui.text.runs import LONGEST, Heights, Runs, cut
from tests.ui.pages import MANY_SCRIPTS, transcript

TEXT = st.text(alphabet="ab 😀é\n", max_size=60)


@st.composite
def texts_with_hidden(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text and stretches of it, apart and in order."""
    text = draw(TEXT)
    edges = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=8))))
    return text, list(zip(edges[::2], edges[1::2], strict=False))


@given(texts_with_hidden())
def test_runs_hold_what_is_shown_once(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, hidden = case
    runs = cut(text, (), hidden)
    shown = [place for start, end in zip(runs.starts, runs.ends, strict=True) for place in range(start, end)]
    expected = [
        place
        for place, character in enumerate(text)
        if character != "\n" and not any(start <= place < end for start, end in hidden)
    ]
    assert shown == expected
    assert (runs.starts[1:] >= runs.ends[:-1]).all()
    if not hidden:
        assert [text[start:end] for start, end in zip(runs.starts, runs.ends, strict=True)] == text.split(
            "\n"
        )


@given(texts_with_hidden(), st.integers(0, 60))
def test_a_position_snaps_to_what_is_shown(case: tuple[str, list[tuple[int, int]]], position: int) -> None:
    text, hidden = case
    runs = cut(text, (), hidden)
    position = min(position, len(text))
    run, snapped = runs.at(position), runs.snapped(position)
    assert runs.starts[run] <= snapped <= runs.ends[run]
    assert runs.all_at(np.array([position])) == [run]
    if runs.starts[run] <= position <= runs.ends[run]:
        assert snapped == position


@pytest.mark.parametrize("piece", ["kata yang biasa. ", "公务员的专业精神", "👨‍👩‍👧‍👦", "e\u0301\u0323", "x"])
def test_a_huge_paragraph_is_cut_between_characters(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    runs = cut(text)
    assert runs.starts[0] == 0
    assert runs.ends[-1] == len(text)
    assert (runs.starts[1:] == runs.ends[:-1]).all()
    assert (runs.ends - runs.starts).max() <= LONGEST + 20
    assert runs.opens.tolist() == [True] + [False] * (len(runs.starts) - 1)
    table = Utf16Map(text)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    for start in runs.starts[1:].tolist():
        finder.setPosition(table.units(start))
        assert finder.isAtBoundary()


def test_cuts_stand_after_sentences_where_there_are_some() -> None:
    text = "Satu kalimat yang agak panjang sekali. " * 1000
    runs = cut(text)
    assert all(text[start - 2 : start] == ". " for start in runs.starts[1:])


def test_labels_hide_and_turns_are_known() -> None:
    page = transcript(2)
    runs = cut(page.text, page.turns, page.hidden)
    spoken = [page.text[turn.start : turn.end] for turn in page.turns]
    assert [page.text[start:end] for start, end in zip(runs.starts, runs.ends, strict=True)] == [*spoken, ""]
    assert runs.turn.tolist() == [*range(8), -1]


def test_a_label_on_its_own_line_hides_too_and_other_text_does_not() -> None:
    text = "Wawancara 3\n\nInforman 1 (00:01:02):\nBaik sekali.\n"
    text += "Pewawancara: Terima kasih. Informan 1: Sama-sama."
    first, second, third = (text.index(words) for words in ("Baik", "Terima", "Sama"))
    turns = (
        Turn(first, first + 12, "Informan 1"),
        Turn(second, second + 13, "Pewawancara"),
        Turn(third, len(text), "Informan 1"),
    )
    runs = cut(text, turns, speaker_labels(text, turns))
    shown = [text[start:end] for start, end in zip(runs.starts, runs.ends, strict=True)]
    assert shown == ["Wawancara 3", "", "Baik sekali.", "Terima kasih.", "Sama-sama."]
    assert runs.turn.tolist() == [-1, -1, 0, 1, 2]
    assert runs.blank.tolist() == [False, True, False, False, False]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30), st.data())
def test_heights_add_up(exact: list[int], data: st.DataObject) -> None:
    runs = cut("\n".join("kata " * (number % 7) for number in exact))
    heights = Heights(runs, theme.theme(), 400, 7.5, 28)
    model = heights.height.tolist()
    for _round in range(3):
        changes = data.draw(st.dictionaries(st.integers(0, len(exact) - 1), st.integers(1, 400), max_size=5))
        heights.settle(changes)
        for index, height in changes.items():
            model[index] = height
        assert heights.top.tolist() == [sum(model[:index]) for index in range(len(model) + 1)]
    place = data.draw(st.integers(0, sum(model) - 1))
    run = heights.at(place)
    assert heights.top[run] <= place < heights.top[run + 1]


def test_wide_characters_count_double_in_the_estimate() -> None:
    runs: Runs = cut("公" * 100 + "\n" + "a" * 100)
    assert runs.weight.tolist() == [200, 100]
    assert len(cut(MANY_SCRIPTS).weight) == 7
