"""Citation tokens: bound to a passage when they are written, shown by today's code and number, never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from qualcoder_lite.analysis.cells.written import Written, read_cells
from qualcoder_lite.coding import cells, codings, sources
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.counting.references import STUDY, reference
from qualcoder_lite.coding.tokens import (
    Numbering,
    bind_tokens,
    codings_cited,
    find_coding,
    find_tokens,
    numbering,
    show_tokens,
    token_of,
    without_tokens,
)
from qualcoder_lite.store.schema import Cell
from qualcoder_lite.store.undo import history, undo
from tests.analysis.building import StudyBuilder

TEXT = "Kami menunggu perintah. Semua dari atas. Warga marah."


@pytest.fixture
def talk(study: StudyBuilder) -> StudyBuilder:
    """Three passages in A3, one of them made of two codings that share characters."""
    study.code("R")
    study.code("S", kind="factor")
    study.source("A1", "A1: Satu.")
    study.source("A3", f"A3: {TEXT}", characters=len(TEXT) + 5)
    for quote, code in (("Warga marah", "R"), ("menunggu", "R"), ("Kami menunggu", "S"), ("dari atas", "S")):
        study.coding("A3", quote, code)
    return study


def now(study: StudyBuilder) -> Numbering:
    return numbering(counted(study.project).frames)


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


def test_passages_are_numbered_by_their_place_and_merged(talk: StudyBuilder) -> None:
    numbered = now(talk)
    tokens = [token_of(numbered, number) for number in range(4)]
    assert tokens == ["[A3·1]", "[A3·1]", "[A3·2]", "[A3·3]"]
    talk.coding("A3", "Kami", "R", coder="C2")
    assert [token_of(now(talk), number) for number in range(5)] == ["[A3·1]"] * 3 + ["[A3·2]", "[A3·3]"]


def test_a_typed_token_is_bound_to_the_coding_with_which_the_passage_begins(talk: StudyBuilder) -> None:
    written = write(talk, "Menunggu [A3·1], lalu marah [A3·3].")
    assert written.emic_summary == "Menunggu [A3·1], lalu marah [A3·3]."
    assert codings_cited(kept(talk)) == [coding(talk, "Kami menunggu", "S"), coding(talk, "Warga marah", "R")]


def test_what_leads_nowhere_stays_as_it_was_typed(talk: StudyBuilder) -> None:
    text = "[A3·9] [B2·1] [A3·] [·3] [A3.3] [A3·2"
    assert write(talk, text).emic_summary == text
    assert kept(talk) == text


def test_a_token_survives_renaming_and_coding_before_it(talk: StudyBuilder) -> None:
    write(talk, "Dari atas [A3·2].")
    sources.set_details(talk.project, talk.ids["source", "A3"], key="Kasi")
    assert read(talk).emic_summary == "Dari atas [Kasi·2]."
    talk.coding("A3", "perintah", "R", coder="C2")
    assert read(talk).emic_summary == "Dari atas [Kasi·3]."
    talk.coding("A3", "menunggu perintah", "S", coder="C2")  # joins two passages
    assert read(talk).emic_summary == "Dari atas [Kasi·2]."
    (token,) = find_tokens(now(talk), read(talk).emic_summary)
    assert talk.texts["A3"][token.start : token.end] == "dari atas"
    (bound_token,) = find_tokens(now(talk), kept(talk))
    assert (bound_token.shown, bound_token.coding) == ("[Kasi·2]", token.coding)


def test_where_the_coding_is_gone_it_is_shown_as_it_was_and_comes_back_with_undo(talk: StudyBuilder) -> None:
    write(talk, "Dari atas [A3·2].")
    codings.remove(talk.project, [coding(talk, "dari atas", "S")])
    assert read(talk).emic_summary == "Dari atas [A3·2?]."
    (token,) = find_tokens(now(talk), read(talk).emic_summary)
    assert (token.coding, token.shown) == (-1, "[A3·2?]")
    undo(talk.project)
    assert read(talk).emic_summary == "Dari atas [A3·2]."


def test_writing_what_is_shown_again_is_no_change(talk: StudyBuilder) -> None:
    write(talk, "Satu [A3·1], dua [A3·2], lagi [A3·1].")
    codings.remove(talk.project, [coding(talk, "dari atas", "S")])
    sources.set_details(talk.project, talk.ids["source", "A3"], key="N3")
    before, steps = kept(talk), len(history(talk.project))
    assert read(talk).emic_summary == "Satu [N3·1], dua [A3·2?], lagi [N3·1]."
    assert read(talk).stale is False
    write(talk, read(talk).emic_summary)
    assert (kept(talk), len(history(talk.project))) == (before, steps)
    write(talk, "Lagi [N3·1] dan [A3·2?] dan [N3·2].")
    assert codings_cited(kept(talk))[:2] == codings_cited(before)[:2]
    assert read(talk).emic_summary == "Lagi [N3·1] dan [A3·2?] dan [N3·2]."


def test_two_codings_of_one_passage_stay_apart(talk: StudyBuilder) -> None:
    first, second = coding(talk, "Kami menunggu", "S"), coding(talk, "menunggu", "R")
    both = f"[A3·1@{second.hex()}] [A3·1@{first.hex()}]"
    write(talk, both)
    assert kept(talk) == both
    assert read(talk).emic_summary == "[A3·1] [A3·1]"
    write(talk, "[A3·1] [A3·1] [A3·1]")
    assert codings_cited(kept(talk)) == [second, first, first]


def test_a_token_goes_with_its_coding_where_two_become_one(talk: StudyBuilder) -> None:
    place = talk.texts["A3"].index("dari atas")
    younger = talk.coding("A3", (place, place + 4), "S")
    write(talk, f"Dari atas [A3·2@{younger.hex()}].", etic_reading="Struktur [A3·1].")
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
                "conclusion": "[A3·1]",
                "gap_note": "[A3·2]",
            }
        ],
    )
    sources.set_details(talk.project, talk.ids["source", "A3"], key="N3")
    assert (read(talk).emic_summary, read(talk).conclusion, read(talk).gap_note) == (
        "[N3·3]",
        "[N3·1]",
        "[N3·2]",
    )


def test_brackets_in_a_citation_code_become_parentheses(talk: StudyBuilder) -> None:
    sources.set_details(talk.project, talk.ids["source", "A3"], key="A3 [ulang]·2")
    text = f"Menunggu {token_of(now(talk), 0)}."
    assert text == "Menunggu [A3 (ulang)·2·1]."
    assert write(talk, text).emic_summary == text
    assert codings_cited(kept(talk)) == [coding(talk, "Kami menunggu", "S")]


def test_words_without_tokens() -> None:
    assert (
        without_tokens(f"Menunggu [A3·1],\n lalu [A3·2@{'0' * 32}] marah [B·3?].")
        == "Menunggu , lalu marah ."
    )


@given(
    st.lists(st.one_of(st.text("[]·?@A3 1\n", max_size=8), st.just("[A3·1]"), st.just("[A3·3]")), max_size=6)
)
def test_what_is_kept_is_shown_as_it_was_typed_whatever_the_text(parts: list[str]) -> None:
    text, numbered = "".join(parts), _numbered()
    stored = bind_tokens(lambda: numbered, text)
    assert show_tokens(lambda: numbered, stored) == text
    assert bind_tokens(lambda: numbered, show_tokens(lambda: numbered, stored), stored) == stored
    places = [text[token.at : token.to] for token in find_tokens(numbered, text)]
    assert all(place.startswith("[") and place.endswith("]") for place in places)


def _numbered() -> Numbering:
    """One source A3 with three codings, without a study."""
    import numpy as np

    from qualcoder_lite.coding.counting.frames import Codings, Frames, Guide, SourceRow, Turns

    none = np.zeros(0, np.int64)
    ids = [bytes([number]) * 16 for number in (1, 2, 3)]
    zeros, starts = np.zeros(3, np.int64), np.array([0, 10, 20])
    of = Codings(ids, zeros, starts, starts + 5, zeros, zeros, zeros, zeros, zeros.astype(np.bool_))
    source = SourceRow(b"s" * 16, "A3", "", "interview", None, None, "", "done", 30)
    turns = Turns(none, none, none, none, none)
    return numbering(Frames((), (source,), (), (), ("C1",), of, turns, (), Guide([], [])))


def test_a_key_that_no_source_has_means_nothing() -> None:
    assert find_coding(_numbered(), "A4", 1) == find_coding(_numbered(), "A3", 4) == -1
