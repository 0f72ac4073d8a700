"""Hits and the ranges that are coded for them, worked out by hand."""

from __future__ import annotations

import time

import pytest

from qualcoder_lite.analysis.search import hits as found_in
from qualcoder_lite.analysis.search.hits import (
    HIT,
    PARAGRAPH,
    SENTENCE,
    TURN,
    Search,
    codes_on,
    find_hits,
    ranges_of,
    speakers_listed,
)
from qualcoder_lite.analysis.search.patterns import pattern_hits
from qualcoder_lite.coding.importing.marks import pack
from qualcoder_lite.errors import UserError
from qualcoder_lite.readers.document import Mark
from qualcoder_lite.store.schema import SourceText
from tests.analysis.building import StudyBuilder

SAID = (
    "P: Bagaimana antrean di loket?",
    "A1: Antrean panjang. Warga mengeluh; loket tutup siang. Begitulah.",
    "Kadang lokét kedua buka.",
    "P: Lalu pimpinan?",
    "A1: Mendukung.",
    "R: Ia tampak ragu soal loket.",
)


@pytest.fixture
def small(study: StudyBuilder) -> StudyBuilder:
    study.informant("A1")
    study.source("A1", *SAID)
    study.source(
        "D1", "Bab 1", "Loket dibuka pukul 08.00. Antrean diatur.", "", "1.1", "Rincian.", "Bab 2", "Lain."
    )
    text = study.texts["D1"]
    heads = [("Bab 1", 1), ("1.1", 2), ("Bab 2", 1)]
    marks = [Mark("heading", text.index(h), text.index(h) + len(h), level) for h, level in heads]
    with study.project.change("Mark headings") as session:
        row = session.query(SourceText).filter_by(source_id=study.ids["source", "D1"]).one()
        row.marks = pack(marks)
    return study


def quotes(study: StudyBuilder, search: Search, unit: str = HIT) -> list[str]:
    keys = {row: key for (kind, key), row in study.ids.items() if kind == "source"}
    ranges = ranges_of(study.project, find_hits(study.project, search), unit)
    return [study.texts[keys[one.source]][one.start : one.end] for one in ranges]


def test_words_and_phrases_whatever_case_and_accents(small: StudyBuilder) -> None:
    assert quotes(small, Search(words="loket")) == ["loket", "Loket"]
    assert quotes(small, Search(words="loket", spoken=False)) == ["loket", "loket", "lokét", "loket", "Loket"]
    assert quotes(small, Search(words="warga mengel*; mendukung")) == ["Warga mengeluh", "Mendukung"]
    assert quotes(small, Search(words="loket", sources=(small.ids["source", "D1"],))) == ["Loket"]
    with pytest.raises(UserError):
        find_hits(small.project, Search(words=" ; "))


def test_a_hit_stands_in_its_context_and_place(small: StudyBuilder) -> None:
    hit = find_hits(small.project, Search(words="loket tutup"))[0]
    assert (hit.place, hit.quote) == ("A1·2", "loket tutup")
    assert hit.before.endswith("Warga mengeluh; ")
    assert hit.after.startswith(" siang. Begitulah.")


def test_the_sentence_turn_or_paragraph_of_a_hit_each_once(small: StudyBuilder) -> None:
    search = Search(words="loket; warga; mendukung", sources=(small.ids["source", "A1"],))
    assert quotes(small, search, SENTENCE)[0] == "Warga mengeluh; loket tutup siang."
    assert quotes(small, search, PARAGRAPH) == [SAID[1][4:], "Mendukung."]
    assert quotes(small, search, TURN)[0] == "Antrean panjang. Warga mengeluh; loket tutup siang. Begitulah."
    assert quotes(small, Search(words="dibuka"), TURN) == ["Loket dibuka pukul 08.00. Antrean diatur."]


def test_what_stands_outside_turns_is_not_what_informants_say(study: StudyBuilder) -> None:
    study.informant("A1")
    study.source("A1", "Wawancara di loket kecamatan", "P: Antrean?", "A1: Antrean di loket panjang.")
    study.source("D1", "Loket dibuka pukul 08.00.")
    assert quotes(study, Search(words="loket")) == ["loket", "Loket"]
    assert find_hits(study.project, Search(words="loket"))[0].before.endswith("Antrean di ")
    assert quotes(study, Search(words="loket", spoken=False)) == ["loket", "loket", "Loket"]


def test_no_range_lies_inside_another(small: StudyBuilder) -> None:
    search = Search(words="loket; loket tutup; tutup")
    assert quotes(small, search) == ["loket tutup", "Loket"]


def test_the_codes_that_hits_have_already(small: StudyBuilder) -> None:
    small.code("K")
    small.code("L")
    small.coding("A1", "Warga mengeluh; loket tutup", "K")
    small.coding("A1", "loket", "L", coder="C2")
    hits = find_hits(
        small.project, Search(words="warga; loket tutup siang; loket", sources=(small.ids["source", "A1"],))
    )
    keys = {row: key for (kind, key), row in small.ids.items() if kind == "code"}
    found = codes_on(small.project, hits, small.project.coder)
    assert [sorted(keys[code] for code in codes) for codes in found] == [["K"], ["K"], []]


def test_speakers_headings_and_questions(small: StudyBuilder) -> None:
    assert speakers_listed(small.project) == ["A1", "P", "R"]
    assert quotes(small, Search("speaker", "A1")) == [SAID[1][4:], "Mendukung."]
    assert quotes(small, Search("heading", "bab 1")) == [
        "Loket dibuka pukul 08.00. Antrean diatur.\n\n1.1\nRincian."
    ]
    assert quotes(small, Search("heading", "1.1")) == ["Rincian."]
    assert quotes(small, Search("question", "pimpinan")) == ["Mendukung.\nR: Ia tampak ragu soal loket."]
    assert quotes(small, Search("question", "warga")) == []


def test_expressions_find_what_words_can_not(small: StudyBuilder) -> None:
    assert quotes(small, Search("pattern", r"\d\d\.\d\d")) == ["08.00"]
    assert quotes(small, Search("pattern", r"^\w+ dua|x*")) == []
    assert quotes(small, Search("pattern", r"loket\s+tutup")) == ["loket tutup"]
    for wrong in ("(", "a{2,1}", "*"):
        with pytest.raises(UserError):
            find_hits(small.project, Search("pattern", wrong))


def test_an_expression_that_takes_for_ever_is_stopped() -> None:
    began = time.monotonic()
    with pytest.raises(UserError, match="too long"):
        pattern_hits(r"(a+)+$", ["a" * 40 + "b"], seconds=0.5)
    assert time.monotonic() - began < 5


def test_expressions_count_code_points(small: StudyBuilder) -> None:
    assert pattern_hits("b", ["😀b", "é b"]) == [[(1, 2)], [(2, 3)]]


def test_kinds_and_units_are_all_known() -> None:
    assert set(found_in.KINDS) == {"words", "pattern", "speaker", "heading", "question"}
    assert set(found_in.UNITS) == {"hit", "sentence", "turn", "paragraph"}
