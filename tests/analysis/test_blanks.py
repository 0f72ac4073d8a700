"""Empty cells, cells that became stale, and saturation by the contract's rules."""

from __future__ import annotations

from qualcoder_lite.analysis.matrices.saturation import runs
from qualcoder_lite.store.undo import redo, undo
from tests.analysis.building import StudyBuilder, cells_of
from tests.analysis.test_rules import matrix, two_people

# Blanks ----------------------------------------------------------------------------------------------


def blanks_of(study: StudyBuilder) -> dict[tuple[str, str], str | None]:
    return {key: cell["mark"] for key, cell in cells_of(matrix(study, "informants")).items()}


def test_without_a_guide_nothing_said_is_silent_and_unfinished_is_uncoded(study: StudyBuilder) -> None:
    two_people(study)
    assert blanks_of(study)["A1", "R"] == "silent"
    study.source("W2", "A1: Nanti saja.", status="in_progress")
    assert blanks_of(study)["A1", "R"] == "uncoded"
    assert blanks_of(study)["A2", "R"] == "silent"


def test_a_question_below_the_code_asks_about_it(study: StudyBuilder) -> None:
    two_people(study)
    study.question("1", "R1")
    assert blanks_of(study)["A1", "R"] == "silent"
    assert blanks_of(study)["A1", "S"] == "not_asked"


def test_asked_in_one_of_two_interviews_is_asked(study: StudyBuilder) -> None:
    two_people(study)
    study.source("W2", "A1: Lanjutan.")
    study.question("1", "R1", not_asked=("W1",))
    assert blanks_of(study)["A1", "R"] == "silent"
    assert blanks_of(study)["A2", "R"] == "not_asked"


def test_documents_are_not_asked_anything(study: StudyBuilder) -> None:
    two_people(study)
    study.source("D1", "Pasal.", technique="document")
    study.question("1", "R1", not_asked=("W1", "D1"))
    assert blanks_of(study)["D1", "R"] == "silent"


def test_not_applicable_is_the_researchers_word_and_gives_way_to_codings(study: StudyBuilder) -> None:
    two_people(study)
    study.source("W2", "A1: Nanti saja.", status="not_started")
    study.cell("informant:A1", "code:R", not_applicable=True)
    assert blanks_of(study)["A1", "R"] == "not_applicable"
    study.coding("W1", "menunggu", "R1")
    assert blanks_of(study)["A1", "R"] is None


def test_an_informant_without_any_source_is_uncoded(study: StudyBuilder) -> None:
    two_people(study)
    study.informant("A9")
    assert blanks_of(study)["A9", "R"] == "uncoded"


# Stale -----------------------------------------------------------------------------------------------


def is_stale(study: StudyBuilder) -> bool:
    return bool(cells_of(matrix(study, "informants", coder="C1"))["A1", "R"]["stale"])


def test_a_cell_is_stale_when_the_evidence_of_any_coder_differs(study: StudyBuilder) -> None:
    two_people(study)
    study.coding("W1", "menunggu", "R1", "-")
    study.cell("informant:A1", "code:R", emic_summary="Menurut A1 harus menunggu.")
    assert not is_stale(study)
    study.coding("W1", "tidak berani", "R1", "-")  # another's words
    assert not is_stale(study)
    study.coding("W1", "perintah", "R2", "-", coder="C2")
    assert is_stale(study)


def test_undo_of_the_change_makes_the_cell_fresh_again(study: StudyBuilder) -> None:
    two_people(study)
    study.coding("W1", "menunggu", "R1", "-")
    study.cell("informant:A1", "code:R", emic_summary="Menunggu.")
    study.coding("W1", "perintah", "R2", "-")
    assert is_stale(study)
    undo(study.project)
    assert not is_stale(study)
    redo(study.project)
    assert is_stale(study)


def test_a_linkage_cell_sees_only_codings_that_meet(study: StudyBuilder) -> None:
    two_people(study)
    study.coding("W1", "menunggu perintah", "R1", "-")
    study.coding("W1", "perintah", "S", "-")
    study.cell("code:R", "code:S", etic_reading="Struktur menghambat.")
    study.coding("W1", "tidak berani", "R1", "-")
    assert not matrix(study, "linkage").written[0, 0].stale
    study.coding("W1", "tidak berani", "S", "-")
    assert matrix(study, "linkage").written[0, 0].stale


def test_the_same_pair_is_the_same_cell_in_every_matrix(study: StudyBuilder) -> None:
    two_people(study)
    study.cell("technique:interview", "code:R1", conclusion="Sebagian.")
    found = matrix(study, "triangulation").written
    assert [cell.conclusion for cell in found.values()] == ["Sebagian."]


# Saturation ------------------------------------------------------------------------------------------


def test_runs_slide_and_saturation_is_reached_before_the_first_quiet_run() -> None:
    details = runs(list("abcdefgh"), [10, 5, 3, 2, 1, 1, 0, 0])
    assert details["base"] == 20
    assert [(run["new"], run["ratio"]) for run in details["runs"]] == [(2, 0.1), (1, 0.05), (0, 0.0)]
    assert details["reached"] == "e"
    assert runs(["a"], [3]) == {"base": None, "runs": [], "reached": None}


def test_interviews_stand_by_date_time_and_then_order(study: StudyBuilder) -> None:
    study.code("R")
    study.code("R1", "R", "indicator")
    study.source("W1", "A1: Ya.", date="2026-03-02", time="10:00")
    study.source("W2", "A1: Ya.", date="2026-03-02", time="08:00")
    study.source("W3", "A1: Ya.", date="2026-03-01", technique="focus_group")
    study.source("W4", "A1: Ya.")
    study.source("O1", "D: Sepi.", technique="observation", date="2026-01-01")
    assert [heading.key for heading in matrix(study, "saturation").rows] == ["W3", "W2", "W1", "W4"]
