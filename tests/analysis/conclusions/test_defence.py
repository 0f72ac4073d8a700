"""Every list of the check before the defence, by a case made by hand and the nearest one that is well."""

from __future__ import annotations

import pytest

from qualcoder_lite.analysis.conclusions.defence import CHECKS, check_before_defence, check_in_words
from qualcoder_lite.analysis.conclusions.defence_texts import LONG, SAME_WORDS, is_bare_yes, is_leading
from qualcoder_lite.analysis.conclusions.hints import Hint
from qualcoder_lite.coding import cells, claims, codes, codings, member_checks, sources
from qualcoder_lite.coding.counting.references import STUDY, reference
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import use_language
from tests.analysis.building import StudyBuilder

LONG_ANSWER = "Kami menunggu perintah dari atas karena aturan belum jelas dan warga sudah lama antre."


@pytest.fixture
def talk(study: StudyBuilder) -> StudyBuilder:
    """A study in which all is well: one code, one informant, one turn, coded."""
    wordings = {"id": {"name": "Tanggap", "definition": "Sigap."}}
    study.ids["code", "R"] = codes.add(study.project, "R", None, wordings)
    study.informant("A1")
    study.source("W1", "P: Bagaimana?", f"A1: {LONG_ANSWER}", characters=120)
    study.coding("W1", "menunggu perintah", "R", "-")
    return study


def hints(study: StudyBuilder, kind: str) -> list[Hint]:
    return check_before_defence(study.project, "C1")[kind]


def what(study: StudyBuilder, kind: str) -> list[str]:
    return [hint.what for hint in hints(study, kind)]


def cell(study: StudyBuilder, alias: str = "A1", key: str = "R") -> tuple[str, str]:
    return reference("informant", study.ids["informant", alias]), reference("code", study.ids["code", key])


def only(study: StudyBuilder) -> bytes:
    """The first coding."""
    return next(row for (table, _name), row in study.ids.items() if table == "coding")


def test_where_all_is_well_only_what_is_not_done_yet_is_listed(talk: StudyBuilder) -> None:
    found = check_before_defence(talk.project)
    assert list(found) == list(CHECKS)
    assert {kind for kind, listed in found.items() if listed} == {"unquoted_informants"}


def test_an_empty_study_has_no_hints(study: StudyBuilder) -> None:
    assert not any(check_before_defence(study.project).values())


def test_with_two_coders_one_must_be_named(talk: StudyBuilder) -> None:
    talk.coding("W1", "antre", "R", coder="C2")
    with pytest.raises(UserError, match="several coders"):
        check_before_defence(talk.project)


# Cells and member checks -------------------------------------------------------------------------------


def test_stale_cells(talk: StudyBuilder) -> None:
    cells.write(talk.project, *cell(talk), emic_summary="Menunggu.")
    assert what(talk, "stale_cells") == []
    talk.coding("W1", "warga", "R", "-")
    (hint,) = hints(talk, "stale_cells")
    assert (hint.what, hint.place, {hint.first, hint.second}) == ("A1 × R Tanggap", "cell", set(cell(talk)))


def test_cells_that_break_the_rules_of_their_status(talk: StudyBuilder) -> None:
    cells.write(talk.project, *cell(talk), status="gap", etic_reading="Beda.", gap_note="Ini.")
    assert what(talk, "cell_rules") == ["A1 × R Tanggap: This status needs at least one chosen quote."]
    cells.choose_evidence(talk.project, *cell(talk), [only(talk)])
    assert what(talk, "cell_rules") == []


def test_summaries_without_a_passage(talk: StudyBuilder) -> None:
    talk.code("S", kind="factor")
    cells.write(talk.project, *cell(talk, key="S"), emic_summary="Dari atas.")
    cells.write(talk.project, reference("code", talk.ids["code", "S"]), STUDY, etic_reading="Menurut teori.")
    assert what(talk, "bare_cells") == ["A1 × S"]
    talk.coding("W1", "atas", "S")
    assert what(talk, "bare_cells") == []


def test_member_checks_of_a_changed_summary(talk: StudyBuilder) -> None:
    row = cells.write(talk.project, *cell(talk), emic_summary="Menunggu.")
    check = member_checks.add(talk.project, talk.ids["informant", "A1"], "Menunggu.", "agrees", cell=row)
    assert hints(talk, "stale_member_checks") == []
    cells.write(talk.project, *cell(talk), emic_summary="Selalu menunggu perintah.")
    (hint,) = hints(talk, "stale_member_checks")
    assert (hint.what, hint.place, hint.id) == ("A1: Menunggu.", "check", check)


# Claims ------------------------------------------------------------------------------------------------


def claimed(study: StudyBuilder, polarity: str = "-") -> bytes:
    return claims.add(
        study.project, "C1", {"id": "Aturan menghambat."}, [study.ids["code", "R"]], polarity=polarity
    )


def test_claims_without_evidence(talk: StudyBuilder) -> None:
    row = claimed(talk)
    (hint,) = hints(talk, "claims_without_evidence")
    assert (hint.what, hint.place, hint.id) == ("C1 Aturan menghambat.", "claim", row)
    assert hints(talk, "claims_without_counter") == []
    claims.set_evidence(talk.project, row, "for", [only(talk)])
    assert hints(talk, "claims_without_evidence") == []


def test_claims_without_counter_evidence_and_with_some_that_nobody_answered(talk: StudyBuilder) -> None:
    row = claimed(talk)
    claims.set_evidence(talk.project, row, "for", [only(talk)])
    assert what(talk, "claims_without_counter") == ["C1 Aturan menghambat."]
    other = talk.coding("W1", "warga", "R", "+")
    assert what(talk, "claims_without_counter") == []
    assert what(talk, "claims_unanswered") == ["C1 – 1 coding to answer: Aturan menghambat."]
    claims.set_evidence(talk.project, row, "against", [other])
    assert len(hints(talk, "claims_unanswered")) == 1
    claims.answer(talk.project, row, [other], "explained", "Satu kantor saja.")
    assert what(talk, "claims_unanswered") == what(talk, "claims_without_counter") == []


def test_claims_on_one_informant(talk: StudyBuilder) -> None:
    row = claimed(talk)
    assert what(talk, "claims_on_one") == []
    claims.set_evidence(talk.project, row, "for", [only(talk)])
    assert what(talk, "claims_on_one") == ["C1 – A1: Aturan menghambat."]
    talk.source("O1", "D: Warga antre.", technique="observation")
    seen = talk.coding("O1", "Warga antre", "R", "-", evidence="event")
    claims.set_evidence(talk.project, row, "for", [only(talk), seen])
    assert what(talk, "claims_on_one") == []


def test_claims_that_break_the_rules_of_their_status(talk: StudyBuilder) -> None:
    row = claimed(talk)
    claims.set_status(talk.project, row, "supported")
    assert len(what(talk, "claim_rules")) == 1
    claims.set_evidence(talk.project, row, "for", [only(talk)])
    assert what(talk, "claim_rules") == []


# Quotes, codes, informants -----------------------------------------------------------------------------


def test_chosen_quotes_that_are_used_nowhere(talk: StudyBuilder) -> None:
    assert what(talk, "unused_quotes") == []
    codings.set_starred(talk.project, [only(talk)], starred=True)
    (hint,) = hints(talk, "unused_quotes")
    assert (hint.what, hint.place, hint.id) == ("menunggu perintah", "passage", only(talk))
    assert talk.texts["W1"][hint.start : hint.end] == hint.what


@pytest.mark.parametrize("use", ["cell", "claim", "token"])
def test_a_quote_is_used_in_a_cell_a_claim_or_a_text(talk: StudyBuilder, use: str) -> None:
    codings.set_starred(talk.project, [only(talk)], starred=True)
    if use == "cell":
        cells.choose_evidence(talk.project, *cell(talk), [only(talk)])
    elif use == "claim":
        claims.set_evidence(talk.project, claimed(talk), "against", [only(talk)])
    else:
        cells.write(talk.project, *cell(talk), etic_reading="Aturan [W1·2].")
    assert what(talk, "unused_quotes") == []


def test_codes_without_definition_or_coding(talk: StudyBuilder) -> None:
    talk.code("S", kind="factor")
    talk.code("S1", "S", "indicator")
    talk.code("E1", kind="theme", perspective="emic")
    assert what(talk, "undefined_codes") == ["S", "S1"]
    assert what(talk, "unused_codes") == ["S", "S1", "E1"]
    talk.coding("W1", "atas", "S1", coder="C2")
    assert what(talk, "unused_codes") == ["E1"]  # used by anyone, or below
    codes.set_wording(talk.project, talk.ids["code", "S"], "en", definition="Where power is.")
    assert what(talk, "undefined_codes") == ["S1"]


def test_informants_who_are_never_quoted_and_one_who_mostly_is(talk: StudyBuilder) -> None:
    for alias in ("A2", "A3"):
        talk.informant(alias)
    talk.source("F1", "A2: Satu dua tiga empat lima.", "A3: Lain lagi katanya.", technique="focus_group")
    starred = [talk.coding("F1", word, "R") for word in ("Satu", "dua", "tiga")]
    starred.append(talk.coding("F1", "Lain", "R"))
    codings.set_starred(talk.project, starred, starred=True)
    assert what(talk, "unquoted_informants") == ["A1"]
    assert what(talk, "mostly_quoted") == ["A2: 3 of 4 quotes"]
    claims.set_evidence(talk.project, claimed(talk), "for", [only(talk), talk.coding("W1", "aturan", "R")])
    assert (
        what(talk, "unquoted_informants") == what(talk, "mostly_quoted") == []
    )  # three of six are not over half


# Texts -------------------------------------------------------------------------------------------------


def test_uncoded_turns_of_done_sources(talk: StudyBuilder) -> None:
    talk.source("W2", "P: Lalu?", f"A1: {LONG_ANSWER}", "A1: Ya.", "D: " + LONG_ANSWER, status="in_progress")
    assert hints(talk, "uncoded_turns") == []
    sources.set_status(talk.project, talk.ids["source", "W2"], "done")
    (hint,) = hints(talk, "uncoded_turns")
    assert hint.what == f"W2: {LONG_ANSWER}"
    assert talk.texts["W2"][hint.start : hint.end] == LONG_ANSWER
    talk.coding("W2", LONG_ANSWER, "R", coder="C2")
    assert len(hints(talk, "uncoded_turns")) == 1  # of this coder
    talk.coding("W2", "aturan belum", "R")
    assert hints(talk, "uncoded_turns") == []


def test_very_long_codings(talk: StudyBuilder) -> None:
    answer = "kata " * (LONG // 5 + 1)
    talk.source("W2", f"A1: {answer.strip()}.")
    talk.coding("W2", (4, 4 + LONG), "R")
    assert hints(talk, "long_codings") == []
    talk.coding("W2", (4, 5 + LONG), "R")
    assert [text.split(":")[0] for text in what(talk, "long_codings")] == ["1001 characters"]


def test_codings_across_speakers(talk: StudyBuilder) -> None:
    talk.source("F1", "A1: Kami menunggu.", "A1: Lagi pula takut.", "P: Oh ya?", technique="focus_group")
    text = talk.texts["F1"]
    talk.coding("F1", (text.index("menunggu"), text.index("takut")), "R")
    assert hints(talk, "across_speakers") == []  # two turns of one
    talk.coding("F1", (text.index("takut"), text.index("ya?")), "R")
    assert len(what(talk, "across_speakers")) == 1


def test_a_bare_yes_after_a_leading_question(talk: StudyBuilder) -> None:
    talk.source(
        "W2",
        "P: Atasan menghambat, kan, Bu?",
        "A1: Ya, Pak.",
        "P: Apa yang terjadi?",
        "A1: Ya.",
        "A1: Betul.",
    )
    talk.coding("W2", "Ya, Pak.", "R")
    talk.coding("W2", "Betul", "R")  # after another answer
    start = talk.texts["W2"].index("Ya.")
    talk.coding("W2", (start, start + 3), "R")  # after an open question
    (hint,) = hints(talk, "bare_yes")
    assert hint.what == "Atasan menghambat, kan, Bu? – Ya, Pak."


@pytest.mark.parametrize("said", ["Ya.", "Iya, Bu.", "Betul sekali, Pak!", "Ya, memang begitu.", "Yes."])
def test_what_a_bare_yes_is(said: str) -> None:
    assert is_bare_yes(said)


@pytest.mark.parametrize("said", ["Ya, kami menunggu.", "Memang.", "Tidak.", "", "Begitu."])
def test_what_a_bare_yes_is_not(said: str) -> None:
    assert not is_bare_yes(said)


@pytest.mark.parametrize(
    ("question", "leading"),
    [
        ("Atasan menghambat, kan?", True),
        ("Kalau begitu Ibu takut, ya, Bu?", True),
        ("Bagaimana? Jadi Bapak tidak pernah ditanya?", True),
        ("Berarti aturannya yang salah?", True),
        ("Bukankah itu aturan?", True),
        ("You were afraid, right?", True),
        ("Jadi bagaimana, ya?", False),
        ("Apa yang terjadi?", False),
        ("Ibu takut?", False),
        ("Jadi begitu.", False),
        ("", False),
    ],
)
def test_what_a_leading_question_is(question: str, leading: bool) -> None:
    assert is_leading(question) is leading


def test_readings_that_repeat_their_quote(talk: StudyBuilder) -> None:
    talk.coding("W1", LONG_ANSWER, "R", "-")
    words = LONG_ANSWER.lower().split()
    less, enough = " ".join(words[: SAME_WORDS - 1]), " ".join(words[:SAME_WORDS])
    cells.write(talk.project, *cell(talk), etic_reading=f"Artinya {less}, begitu.")
    assert what(talk, "etic_repeats") == []
    cells.write(talk.project, *cell(talk), etic_reading=f"Artinya {enough}, begitu.")
    assert what(talk, "etic_repeats") == [f"A1 × R Tanggap: {LONG_ANSWER}"]
    cells.write(talk.project, *cell(talk), etic_reading=f"Kata mereka “{enough}”: aturan menahan petugas.")
    assert what(talk, "etic_repeats") == []
    cells.write(talk.project, *cell(talk), etic_reading=f"“{enough}”")
    assert what(talk, "etic_repeats") == ["A1 × R Tanggap: nothing but a citation"]
    cells.write(talk.project, *cell(talk), etic_reading="", emic_summary=f"Mereka {enough}.")
    assert what(talk, "etic_repeats") == []  # the emic side may speak as they do


# The whole ---------------------------------------------------------------------------------------------


def test_every_list_has_a_name_in_both_languages() -> None:
    for spoken in ("en", "id"):
        use_language(spoken)
        assert all(check_in_words(kind) for kind in CHECKS)


def test_the_golden_study_is_looked_through(golden: StudyBuilder) -> None:
    steps: list[tuple[int, int, str]] = []
    found = check_before_defence(
        golden.project, progress=lambda done, total, label: steps.append((done, total, label))
    )
    assert [done for done, _total, _label in steps] == list(range(len(CHECKS)))
    assert {hint.kind for listed in found.values() for hint in listed} <= set(CHECKS)
    assert len(found["undefined_codes"]) == 47
    assert [hint.what for hint in found["unquoted_informants"]] == ["A1", "A2", "A3", "A4", "M1", "M2", "M3"]
