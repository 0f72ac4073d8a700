"""Which questions of the guide an interviewer seems to have asked: proposals by words, corrected by hand."""

from __future__ import annotations

import pytest

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.informants import informants_matrix
from qualcoder_lite.analysis.panels.guide import (
    ENOUGH,
    GuideLine,
    guide_in,
    keywords_of,
    match_questions,
    stem,
)
from qualcoder_lite.coding import questions
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.errors import UserError
from tests.analysis.building import StudyBuilder, cells_of

GUIDE = [
    "Bagaimana pelayanan di kantor ini secara umum: cepatnya, urusannya?",
    "Bagaimana visi-misi kecamatan dipakai dalam pekerjaan sehari-hari?",
    "Penghargaan apa yang tersedia bagi pegawai?",
]


@pytest.fixture
def talk(study: StudyBuilder) -> StudyBuilder:
    """An interview in which the first two questions are asked in other words."""
    for key in ("G", "V", "H"):
        study.code(key)
    study.informant("A1")
    study.source(
        "W1",
        "P: Boleh saya mulai?",
        "A1: Silakan. Penghargaan pegawai tersedia.",
        "P: Menurut Ibu, pelayanan kantor ini secara umum bagaimana?",
        "A1: Baik.",
        "P: Lalu visi dan misi kecamatan, Ibu memakainya bagaimana?",
        "A1: Ada di dinding.",
    )
    for number, (text, key) in enumerate(zip(GUIDE, "GVH", strict=True), 1):
        questions.add(study.project, str(number), text, [study.ids["code", key]])
    return study


def lines(study: StudyBuilder) -> list[GuideLine]:
    return guide_in(study.project, study.ids["source", "W1"])


def test_questions_are_found_in_the_interviewers_turns_and_not_in_answers(talk: StudyBuilder) -> None:
    first, second, third = lines(talk)
    assert [line.proposed for line in (first, second, third)] == [True, True, False]
    assert first.match is not None
    assert talk.texts["W1"][first.match.start : first.match.end] == first.match.text
    assert first.match.text.startswith("Menurut Ibu, pelayanan kantor")
    assert second.match is not None
    assert second.match.text.startswith("Lalu visi dan misi")
    assert third.match is None  # only the informant speaks of it
    assert (first.number, first.codes, first.asked) == ("1", ("G",), True)


def test_what_is_noted_is_told_and_corrected_for_a_source_at_once(talk: StudyBuilder) -> None:
    source = talk.ids["source", "W1"]
    proposed = [line.id for line in lines(talk) if not line.proposed]
    questions.set_not_asked(talk.project, source, proposed)
    assert [line.asked for line in lines(talk)] == [True, True, False]
    assert cells_of(informants_matrix(talk.project, Choice()))["A1", "H"]["mark"] == "not_asked"
    questions.set_asked(talk.project, lines(talk)[2].id, source, asked=True)
    questions.set_not_asked(talk.project, source, [lines(talk)[0].id])
    assert [line.asked for line in lines(talk)] == [False, True, True]
    questions.set_not_asked(talk.project, source, [])
    assert all(line.asked for line in lines(talk))


def test_without_guide_turns_or_source(talk: StudyBuilder) -> None:
    talk.source("D1", "Pelayanan kantor secara umum.", technique="document")
    assert [line.match for line in guide_in(talk.project, talk.ids["source", "D1"])] == [None] * 3
    questions.remove(talk.project, [line.id for line in lines(talk)])
    assert lines(talk) == []
    with pytest.raises(UserError, match="no longer"):
        guide_in(talk.project, b"\0" * 16)


def test_rare_words_weigh_more_and_the_first_of_equal_turns_wins() -> None:
    turns = [(0, 9, "Kantor ini?"), (10, 19, "Soal visi?"), (20, 29, "Visi lagi?")]
    found = match_questions(["Kantor dan visi?", "Kantor dan aturan?", "Kantor dan warga?"], turns)
    assert [match.start for match in found if match] == [10, 0, 0]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].score > 0.5 > found[1].score > ENOUGH
    assert match_questions(["Apa ini?"], turns) == [None]
    assert match_questions([], turns) == match_questions([], []) == []
    assert match_questions(["Kantor?"], []) == [None]


def test_related_words_have_one_root() -> None:
    for words in ("pelayanan melayani dilayani layanannya", "gagasan gagasannya", "penghargaan dihargai"):
        assert len({stem(word) for word in words.split()}) == 1, words
    assert keywords_of("Bagaimana Ibu di sini, 12 kali?") == keywords_of("sini kali")
    assert "visi" in keywords_of("visi-misi")


def test_in_the_sample_nothing_that_was_not_asked_is_proposed(golden: StudyBuilder) -> None:
    study = counted(golden.project)
    for row in study.frames.sources[:2]:
        assert not any(line.proposed for line in guide_in(golden.project, row.id))  # it has no interviewer
