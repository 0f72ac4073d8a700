"""Claims, questions, memos, coders, the study itself: what they refuse and keep."""

from __future__ import annotations

import pytest

from qualcoder_lite.coding import claims, codes, codings, memos, milestones, queries, questions, studies
from qualcoder_lite.coding.people import coders
from qualcoder_lite.coding.tables.finding import coder_id
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import use_language
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import (
    Asked,
    Claim,
    ClaimCode,
    ClaimEvidence,
    Coder,
    Coding,
    Memo,
    Milestone,
    Question,
    QuestionCode,
    SavedQuery,
)
from qualcoder_lite.store.undo import history, undo
from tests.coding.adding import add_source, values
from tests.store.states import state_of

# Claims ---------------------------------------------------------------------------------------------------


def test_a_claim_is_said_in_several_languages(project: Project) -> None:
    claim = claims.add(project, "C01", {"id": " Usul berhenti. "}, polarity="−")
    claims.edit(project, claim, text={"en": "Proposals stop."})
    assert values(project, Claim, "text", "polarity", "status") == [
        ({"id": "Usul berhenti.", "en": "Proposals stop."}, "-", "no_evidence")
    ]
    for refused in (
        lambda: claims.add(project, "C01", {"id": "x"}),
        lambda: claims.add(project, "C02", {"id": " "}),
        lambda: claims.edit(project, claim, polarity="++"),
        lambda: claims.set_status(project, claim, "benar"),
        lambda: claims.set_evidence(project, claim, "beside", []),
    ):
        with pytest.raises(UserError):
            refused()


def test_evidence_stands_for_and_against_in_order(project: Project) -> None:
    code, source = codes.add(project, "K"), add_source(project, "A1", "satu dua tiga")
    one, two, three = (
        codings.apply(project, source, start, end, code) for start, end in ((0, 4), (5, 8), (9, 13))
    )
    claim = claims.add(project, "C01", {"id": "Ya."}, [code])
    claims.set_evidence(project, claim, "for", [three, one])
    claims.set_evidence(project, claim, "against", [two])
    claims.set_evidence(project, claim, "for", [one, three])
    assert sorted(values(project, ClaimEvidence, "side", "position", "coding_id")) == [
        ("against", 0, two),
        ("for", 0, one),
        ("for", 1, three),
    ]
    codings.remove(project, [one])
    assert len(values(project, ClaimEvidence, "id")) == 2


def test_a_table_adds_and_updates_claims(project: Project) -> None:
    use_language("id")
    first, second = codes.add(project, "K"), codes.add(project, "L")
    rows = [
        {"number": "C01", "text": "Satu.", "codes": "K;L", "polarity": "+", "status": "sebagian"},
        {"number": "C02", "text_en": "Two.", "codes": ""},
    ]
    assert claims.import_table(project, rows).added == 2
    assert claims.import_table(project, [{"number": "C02", "text_id": "Dua.", "codes": "L"}]).known == 1
    assert values(project, Claim, "number", "text", "status", "polarity") == [
        ("C01", {"id": "Satu."}, "partial", "+"),
        ("C02", {"en": "Two.", "id": "Dua."}, "no_evidence", None),
    ]
    assert values(project, ClaimCode, "code_id") == [(first,), (second,), (second,)]
    before = state_of(project.path)
    claims.import_table(project, rows)
    assert state_of(project.path) == before


@pytest.mark.parametrize(
    "rows",
    [
        [{"number": "", "text": "x"}],
        [{"number": "C1", "text": ""}],
        [{"number": "C1", "text": "x", "codes": "X"}],
        [{"number": "C1", "text": "x"}, {"number": "C1", "text": "y"}],
        [{"number": "C1", "text": "x", "status": "benar"}],
    ],
)
def test_a_table_of_claims_that_can_not_be_used_is_refused(
    project: Project, rows: list[dict[str, str]]
) -> None:
    with pytest.raises(UserError):
        claims.import_table(project, rows)
    assert values(project, Claim, "id") == []


# Questions ------------------------------------------------------------------------------------------------


def test_a_guide_says_what_was_asked_where(project: Project) -> None:
    code, other = codes.add(project, "K"), codes.add(project, "L")
    first, second = add_source(project, "A1", "satu"), add_source(project, "M1", "dua")
    rows = [
        {"number": "1", "question": "Apa?", "codes": "K; L", "not_asked": "A1;M1"},
        {"number": "2", "question": "Siapa?", "codes": "", "not_asked": ""},
    ]
    assert questions.import_table(project, rows).added == 2
    assert values(project, QuestionCode, "code_id") == [(code,), (other,)]
    assert values(project, Asked, "source_id", "asked") == [(first, False), (second, False)]
    questions.import_table(project, [{"number": "1", "not_asked": "M1"}])
    assert values(project, Asked, "source_id") == [(second,)]
    questions.import_table(project, [{"number": "1", "question": "Apa saja?", "codes": "L"}])
    assert values(project, Question, "number", "text", "position") == [
        ("1", "Apa saja?", 0),
        ("2", "Siapa?", 1),
    ]
    assert values(project, QuestionCode, "code_id") == [(other,)]
    assert values(project, Asked, "source_id") == [(second,)]


@pytest.mark.parametrize(
    "row",
    [
        {"number": "1", "question": ""},
        {"number": "1", "question": "x", "codes": "X"},
        {"number": "1", "question": "x", "not_asked": "A9"},
        {"number": "a;b", "question": "x"},
    ],
)
def test_a_guide_that_can_not_be_used_is_refused(project: Project, row: dict[str, str]) -> None:
    with pytest.raises(UserError):
        questions.import_table(project, [{"number": "9", "question": "Ya?"}, row])
    assert values(project, Question, "id") == []


def test_a_question_is_asked_unless_said_otherwise(project: Project) -> None:
    question, source = questions.add(project, "1", "Apa?"), add_source(project, "A1", "satu")
    steps = len(history(project))
    questions.set_asked(project, question, source, asked=True)
    assert len(history(project)) == steps
    questions.set_asked(project, question, source, asked=False)
    questions.set_asked(project, question, source, asked=False)
    assert len(values(project, Asked, "id")) == 1
    questions.set_asked(project, question, source, asked=True)
    assert values(project, Asked, "id") == []


# Memos ----------------------------------------------------------------------------------------------------


def test_memos_lie_on_rows_ranges_or_nothing(project: Project) -> None:
    code, source = codes.add(project, "K"), add_source(project, "A1", "satu dua")
    memos.add(project, "Bebas.", " Judul ")
    memos.add_about(project, "code", code, "Batas kabur.")
    memos.add_on_range(project, source, 0, 4, "Lihat.")
    assert values(project, Memo, "title", "about_table", "about_id", "source_id", "start") == [
        ("Judul", None, None, None, None),
        ("", "code", code, None, None),
        ("", None, None, source, 0),
    ]
    codes.remove(project, [code])
    assert len(values(project, Memo, "id")) == 2


def test_memos_refuse_what_is_not_there(project: Project) -> None:
    source, memo = add_source(project, "A1", "satu dua"), memos.add(project, "Bebas.")
    for refused in (
        lambda: memos.add(project, " \n"),
        lambda: memos.add_about(project, "code", b"x" * 16, "x"),
        lambda: memos.add_on_range(project, source, 4, 9, "x"),
        lambda: memos.add_on_range(project, source, 4, 4, "x"),
        lambda: memos.edit(project, memo, ""),
    ):
        with pytest.raises(UserError):
            refused()
    assert len(values(project, Memo, "id")) == 1


# Coders and the study ---------------------------------------------------------------------------------------


def test_a_renamed_coder_goes_on_under_the_new_name(project: Project) -> None:
    codes.add(project, "K")
    [(coder,)] = values(project, Coder, "id")
    assert isinstance(coder, bytes)
    coders.rename(project, coder, "Ani")
    assert project.coder == "Ani"
    codes.add(project, "L")
    assert values(project, Coder, "id", "name") == [(coder, "Ani")]
    assert [line.coder for line in history(project)] == ["C1", "Ani", "Ani"]


def test_a_coder_who_is_not_named_is_renamed_too(project: Project) -> None:
    codes.add(project, "K")
    project.coder = ""
    with project.read() as connection:
        coder = coder_id(connection, "C1")
    coders.rename(project, coder, "Ani")
    assert project.coder == ""
    codes.add(project, "L")
    assert values(project, Coder, "name") == [("Ani",)]


def test_a_coder_goes_with_their_codings_but_not_while_they_work(project: Project) -> None:
    code, source = codes.add(project, "K"), add_source(project, "A1", "satu")
    codings.apply(project, source, 0, 4, code)
    with project.read() as connection:
        coder = coder_id(connection, "C1")
    with pytest.raises(UserError, match="works in this study now"):
        coders.remove(project, coder)
    project.coder = "C2"
    coders.remove(project, coder)
    assert values(project, Coding, "id") == []
    undo(project)
    assert len(values(project, Coding, "id")) == 1


def test_names_of_coders_are_unique(project: Project) -> None:
    coder = coders.add(project, "Ani")
    with pytest.raises(UserError):
        coders.add(project, " Ani")
    with pytest.raises(UserError):
        coders.rename(project, coder, "C1")
    with pytest.raises(UserError):
        coders.set_colour(project, coder, 0)


def test_a_study_needs_a_title(project: Project) -> None:
    with pytest.raises(UserError):
        studies.set_title(project, "  ")


def test_a_query_is_kept_by_name_and_replaced(project: Project) -> None:
    first = queries.save(project, " Berhenti ", {"code": "K"})
    assert queries.save(project, "Berhenti", {"code": "S"}) == first
    assert values(project, SavedQuery, "name", "definition") == [("Berhenti", {"code": "S"})]
    with pytest.raises(UserError):
        queries.save(project, " ", {})
    with pytest.raises(UserError):
        queries.rename(project, queries.save(project, "Lain", {}), "Berhenti")


def test_a_milestone_lies_after_all_steps_so_far(project: Project) -> None:
    codes.add(project, "K")
    codes.add(project, "L")
    milestone = milestones.add(project, "Bimbingan 1")
    assert values(project, Milestone, "step") == [(2,)]
    with pytest.raises(UserError):
        milestones.add(project, "Bimbingan 1")
    milestones.edit(project, milestone, "Bimbingan I", "Bab 4.")
    assert values(project, Milestone, "name", "note", "step") == [("Bimbingan I", "Bab 4.", 2)]
