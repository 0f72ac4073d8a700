"""Citation tokens: bound to a coding when they are written, shown by today's citation, never lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from qualcoder_lite.analysis.cells.written import Written, read_cells
from qualcoder_lite.coding import cells, codings, sources
from qualcoder_lite.coding.counting.citations import Citations, citations_in, unbroken
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.counting.frames import Codings, Frames, Guide, SourceRow, Turns
from qualcoder_lite.coding.counting.references import STUDY, reference
from qualcoder_lite.coding.tokens import (
    bind_tokens,
    codings_cited,
    find_tokens,
    show_tokens,
    token_of,
    without_tokens,
)
from qualcoder_lite.store.schema import Cell
from qualcoder_lite.store.undo import history, undo
from tests.analysis.building import StudyBuilder

TEXT = "Kami menunggu perintah.\nSemua dari atas.\nWarga marah."


@pytest.fixture
def talk(study: StudyBuilder) -> StudyBuilder:
    """Four codings in A3: two begin in line 1, one each in lines 2 and 3."""
    study.code("R")
    study.code("S", kind="factor")
    study.source("A1", "A1: Satu.")
    study.source("A3", f"A3: {TEXT}", characters=len(TEXT) + 5)
    for quote, code in (("Warga marah", "R"), ("menunggu", "R"), ("Kami menunggu", "S"), ("dari atas", "S")):
        study.coding("A3", quote, code)
    return study


def now(study: StudyBuilder) -> Citations:
    with study.project.read() as connection:
        found = citations_in(connection, counted(study.project).frames)
        for source in range(len(found.frames.sources)):
            found.of_range(source, 0, 1)
        return found


def write(study: StudyBuilder, text: str, **more: str) -> Written:
    cells.write(study.project, reference("code", study.ids["code", "R"]), STUDY, emic_summary=text, **more)
    return read(study)


def read(study: StudyBuilder) -> Written:
    (cell,) = read_cells(study.project).values()
    return cell


def kept(study: StudyBuilder) -> str:
    with study.project.read() as connection:
        return str(connection.scalars(select(Cell.emic_summary)).one())


def coding(study: StudyBuilder, quote: str, code: str) -> bytes:
    start = study.texts["A3"].index(quote)
    return study.ids["coding", f"A3{(start, start + len(quote))}{code}C1"]


def test_a_citation_names_lines_and_a_letter_where_several_begin_in_one(talk: StudyBuilder) -> None:
    citations = now(talk)
    tokens = [token_of(citations, number) for number in range(4)]
    assert tokens == ["[A3·1a]", "[A3·1b]", "[A3·2]", "[A3·3]"]
    talk.coding("A3", "Kami", "R", coder="C2")
    talk.coding("A3", "dari atas", "R")  # the same words: the same quote
    talk.coding("A3", "Semua dari atas.\nWarga marah", "S")
    tokens = [token_of(now(talk), number) for number in range(7)]
    assert tokens == ["[A3·1a]", "[A3·1b]", "[A3·1c]", "[A3·2a–3]", "[A3·2b]", "[A3·2b]", "[A3·3]"]


@pytest.mark.parametrize(
    ("typed", "quote", "code"),
    [
        ("[A3·1b]", "menunggu", "R"),
        ("[A3·1]", "Kami menunggu", "S"),
        ("[A3·2a-3]", "Semua dari atas.\nWarga marah", "S"),
        ("[A3·2-3]", "Semua dari atas.\nWarga marah", "S"),
        ("[A3·2–\u20603]", "Semua dari atas.\nWarga marah", "S"),
        ("[A3·2a]", "Semua dari atas.\nWarga marah", "S"),
        ("[A3·2]", "dari atas", "S"),  # that of the one line
        ("[A3·3a]", "Warga marah", "R"),
    ],
)
def test_a_typed_token_is_bound_to_the_coding_that_it_names(
    talk: StudyBuilder, typed: str, quote: str, code: str
) -> None:
    talk.coding("A3", "Semua dari atas.\nWarga marah", "S")
    write(talk, f"Begitu {typed}.")
    assert codings_cited(kept(talk)) == [coding(talk, quote, code)]


def test_an_old_token_is_shown_by_its_coding(talk: StudyBuilder) -> None:
    row = coding(talk, "menunggu", "R")
    assert write(talk, f"Begitu [A3·7@{row.hex()}].").emic_summary == "Begitu [A3·1b]."


def test_what_leads_nowhere_stays_as_it_was_typed(talk: StudyBuilder) -> None:
    text = "[A3·9] [A3·1c] [A3·1-2] [B2·1] [A3·] [·3] [A3.3] [A3·2"
    assert write(talk, text).emic_summary == text
    assert kept(talk) == text


def test_a_token_survives_renaming_and_coding_before_it(talk: StudyBuilder) -> None:
    write(talk, "Dari atas [A3·2].")
    sources.set_details(talk.project, talk.ids["source", "A3"], key="Kasi")
    assert read(talk).emic_summary == "Dari atas [Kasi·2]."
    talk.coding("A3", "Semua", "R", coder="C2")
    assert read(talk).emic_summary == "Dari atas [Kasi·2b]."
    (token,) = find_tokens(now(talk), read(talk).emic_summary)
    assert talk.texts["A3"][token.start : token.end] == "dari atas"
    (bound_token,) = find_tokens(now(talk), kept(talk))
    assert (bound_token.shown, bound_token.coding) == ("[Kasi·2b]", token.coding)


def test_where_the_coding_is_gone_it_is_shown_as_it_was_and_comes_back_with_undo(talk: StudyBuilder) -> None:
    write(talk, "Dari atas [A3·2].")
    codings.remove(talk.project, [coding(talk, "dari atas", "S")])
    assert read(talk).emic_summary == "Dari atas [A3·2?]."
    (token,) = find_tokens(now(talk), read(talk).emic_summary)
    assert (token.coding, token.shown) == (-1, "[A3·2?]")
    undo(talk.project)
    assert read(talk).emic_summary == "Dari atas [A3·2]."


def test_writing_what_is_shown_again_is_no_change(talk: StudyBuilder) -> None:
    write(talk, "Satu [A3·1a], dua [A3·2], lagi [A3·1a].")
    codings.remove(talk.project, [coding(talk, "dari atas", "S")])
    sources.set_details(talk.project, talk.ids["source", "A3"], key="N3")
    before, steps = kept(talk), len(history(talk.project))
    assert read(talk).emic_summary == "Satu [N3·1a], dua [A3·2?], lagi [N3·1a]."
    assert read(talk).stale is False
    write(talk, read(talk).emic_summary)
    assert (kept(talk), len(history(talk.project))) == (before, steps)
    write(talk, "Lagi [N3·1a] dan [A3·2?] dan [N3·2].")
    assert codings_cited(kept(talk))[:2] == codings_cited(before)[:2]
    assert read(talk).emic_summary == "Lagi [N3·1a] dan [A3·2?] dan [N3·2]."


def test_two_codings_of_the_same_words_stay_apart(talk: StudyBuilder) -> None:
    first, second = coding(talk, "dari atas", "S"), talk.coding("A3", "dari atas", "R")
    both = f"[A3·2@{second.hex()}] [A3·2@{first.hex()}]"
    write(talk, both)
    assert kept(talk) == both
    assert read(talk).emic_summary == "[A3·2] [A3·2]"
    write(talk, "[A3·2] [A3·2] [A3·2]")
    assert codings_cited(kept(talk)) == [second, first, first]


def test_a_token_goes_with_its_coding_where_two_become_one(talk: StudyBuilder) -> None:
    place = talk.texts["A3"].index("dari atas")
    younger = talk.coding("A3", (place, place + 4), "S")
    write(talk, f"Dari atas [A3·2@{younger.hex()}].", etic_reading="Struktur [A3·1a].")
    codings.set_range(talk.project, younger, place, place + 9)
    assert codings_cited(kept(talk)) == [coding(talk, "dari atas", "S")]
    assert read(talk).emic_summary == "Dari atas [A3·2]."
    undo(talk.project)
    assert codings_cited(kept(talk)) == [younger]


def test_every_layer_has_tokens_and_a_table_binds_them_too(talk: StudyBuilder) -> None:
    cells.import_table(
        talk.project,
        [
            {
                "row": "R",
                "column": "study",
                "emic_summary": "[A3·3]",
                "conclusion": "[A3·1b]",
                "gap_note": "[A3·2]",
            }
        ],
    )
    sources.set_details(talk.project, talk.ids["source", "A3"], key="N3")
    assert (read(talk).emic_summary, read(talk).conclusion, read(talk).gap_note) == (
        "[N3·3]",
        "[N3·1b]",
        "[N3·2]",
    )


def test_brackets_in_a_citation_code_become_parentheses(talk: StudyBuilder) -> None:
    sources.set_details(talk.project, talk.ids["source", "A3"], key="A3 [ulang]·2")
    text = f"Menunggu {token_of(now(talk), 0)}."
    assert text == "Menunggu [A3 (ulang)·2·1a]."
    assert write(talk, text).emic_summary == text
    assert codings_cited(kept(talk)) == [coding(talk, "Kami menunggu", "S")]


def test_words_without_tokens() -> None:
    assert (
        without_tokens(f"Menunggu [A3·1-2],\n lalu [A3·2b–4@{'0' * 32}] marah [B·3?].")
        == "Menunggu , lalu marah ."
    )


@given(
    st.lists(
        st.one_of(st.text("[]·?@A3 1–-ab\n", max_size=8), st.just("[A3·1]"), st.just("[A3·3-4]")), max_size=6
    )
)
def test_what_is_kept_is_shown_and_kept_again_whatever_the_text(parts: list[str]) -> None:
    text, citations = "".join(parts), _citations()
    stored = bind_tokens(lambda: citations, text)
    shown = show_tokens(lambda: citations, stored)
    assert without_tokens(shown) == without_tokens(text)
    assert bind_tokens(lambda: citations, shown, stored) == stored
    places = [text[token.at : token.to] for token in find_tokens(citations, text)]
    assert all(place.startswith("[") and place.endswith("]") for place in places)


def _citations() -> Citations:
    """One source A3 with lines of ten characters and three codings, without a study."""
    none = np.zeros(0, np.int64)
    ids = [bytes([number]) * 16 for number in (1, 2, 3)]
    zeros, starts = np.zeros(3, np.int64), np.array([0, 10, 20])
    of = Codings(
        ids, zeros, starts, np.array([5, 15, 35]), zeros, zeros, zeros, zeros, zeros.astype(np.bool_)
    )
    source = SourceRow(b"s" * 16, "A3", "", "interview", None, None, "", "done", 40)
    turns = Turns(none, none, none, none, none)
    frames = Frames((), (source,), (), (), ("C1",), of, turns, (), Guide([], []))
    return Citations(frames, lambda _source: np.array([0, 10, 20, 30]))


def test_a_key_that_no_source_has_means_nothing() -> None:
    assert _citations().find_coding("A4", 1) == _citations().find_coding("A3", 4) == -1


@pytest.mark.parametrize("typed", ["A3·3–4", "a3 3-4", "A3.3", "[A3·3a]", " a3:3 ", "A3, 3"])
def test_a_citation_that_is_typed_leads_to_its_coding(typed: str) -> None:
    assert _citations().find_place(typed) == (0, 20, 35)


def test_lines_without_a_coding_are_found_as_well() -> None:
    assert _citations().find_place("A3 1-3") == (0, 0, 30)
    assert _citations().find_place("A3 4") == (0, 30, 40)
    assert [_citations().find_place(typed) for typed in ("A3", "A3 9", "B3 1", "hapus kode 1", "")] == [
        None
    ] * 5


def test_letters_go_on_after_z() -> None:
    citations = _citations()
    none, many = np.zeros(30, np.int64), np.arange(30)
    codings = replace(citations.frames.codings, id=[bytes(16)] * 30, source=none, start=many, end=many + 1)
    found = Citations(replace(citations.frames, codings=codings), lambda _source: np.array([0]))
    assert [found.of_coding(number) for number in (0, 25, 26, 29)] == ["A3·1a", "A3·1z", "A3·1aa", "A3·1ad"]
    assert [found.find_coding("A3", 1, letter) for letter in ("a", "z", "ad", "ae")] == [0, 25, 29, -1]


def test_no_line_break_parts_a_citation() -> None:
    assert unbroken("Begitu [A1·27b–29], lalu [FGD-1 b·3] – ya – (A1·2–3).") == (
        "Begitu [A1·27b–\u206029], lalu [FGD\u20111\u00a0b·3] – ya – (A1·2–\u20603)."
    )
    assert unbroken("2–3 · pagi-sore") == "2–3 · pagi-sore"
