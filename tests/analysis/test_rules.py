"""Each counting rule by hand, in a case where the nearest wrong reading gives another number."""

from __future__ import annotations

import pytest

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import KINDS
from qualcoder_lite.analysis.matrices.matrix import Matrix, proposed_state
from qualcoder_lite.coding.counting.counted import chosen_coder, counted
from qualcoder_lite.errors import UserError
from tests.analysis.building import StudyBuilder, cells_of, signs_of


def matrix(study: StudyBuilder, kind: str, **choice: object) -> Matrix:
    return KINDS[kind](study.project, Choice(**choice))  # type: ignore[arg-type]


def two_people(study: StudyBuilder) -> None:
    """R with R1 and R2 below, S a factor; A1 and A2 speak in one interview."""
    study.code("R")
    study.code("R1", "R", "indicator")
    study.code("R2", "R", "indicator")
    study.code("S", kind="factor")
    study.informant("A1")
    study.informant("A2")
    study.source(
        "W1", "P: Lalu bagaimana?", "A1: Kami menunggu perintah.", "A2: Kami tidak berani.", "P: Oh."
    )


def between(study: StudyBuilder, source: str, first: str, last: str) -> tuple[int, int]:
    """The range from the start of `first` to the end of `last`."""
    text = study.texts[source]
    return text.index(first), text.index(last) + len(last)


# Which codings count, and for whom -------------------------------------------------------------------


def test_a_coding_over_two_turns_counts_for_both_speakers_and_once_for_the_code(study: StudyBuilder) -> None:
    two_people(study)
    study.coding("W1", between(study, "W1", "perintah", "Kami tidak"), "R1")
    informants, triangulation = (
        cells_of(matrix(study, "informants")),
        cells_of(matrix(study, "triangulation")),
    )
    assert (informants["A1", "R"]["codings"], informants["A2", "R"]["codings"]) == (1, 1)
    assert triangulation["R1", "interview"]["codings"] == 1


def test_a_coding_on_an_interviewer_turn_alone_is_left_out(study: StudyBuilder) -> None:
    two_people(study)
    study.coding("W1", "Lalu bagaimana?", "R1")
    assert cells_of(matrix(study, "triangulation"))["R1", "interview"]["codings"] == 0
    shown = cells_of(matrix(study, "triangulation", interviewer=True))
    assert shown["R1", "interview"]["codings"] == 1


def test_white_space_beyond_an_interviewer_turn_does_not_make_it_count(study: StudyBuilder) -> None:
    two_people(study)
    start, end = between(study, "W1", "Lalu", "bagaimana?")
    assert study.texts["W1"][end] == "\n"
    study.coding("W1", (start, end + 1), "R1")
    assert cells_of(matrix(study, "triangulation"))["R1", "interview"]["codings"] == 0


def test_a_label_beyond_an_interviewer_turn_is_the_sources_own_text(study: StudyBuilder) -> None:
    two_people(study)
    start, end = between(study, "W1", "Lalu", "bagaimana?")
    study.coding("W1", (start, end + 3), "R1")  # with the letters A1 of the next label
    assert cells_of(matrix(study, "triangulation"))["R1", "interview"]["codings"] == 1
    assert cells_of(matrix(study, "informants"))["A1", "R"]["codings"] == 0


def test_a_coding_from_a_question_into_the_answer_counts_for_who_answers(
    study: StudyBuilder,
) -> None:
    two_people(study)
    study.coding("W1", between(study, "W1", "bagaimana?", "Kami menunggu"), "R1")
    cells = cells_of(matrix(study, "informants"))
    assert (cells["A1", "R"]["codings"], cells["A2", "R"]["codings"]) == (1, 0)


def test_reflective_notes_are_no_observation(study: StudyBuilder) -> None:
    study.code("R")
    study.source(
        "O1", "D: Loket dibuka pukul 08.20.", "R: Mereka menunggu perintah.", technique="observation"
    )
    study.coding("O1", "Loket dibuka", "R", evidence="event")
    study.coding("O1", "menunggu perintah", "R", evidence="event")
    cells = cells_of(matrix(study, "informants"))
    assert cells["O1", "R"]["codings"] == 1
    assert cells_of(matrix(study, "informants", interviewer=True))["O1", "R"]["codings"] == 2


def test_a_source_without_turns_counts_for_its_single_informant_only(study: StudyBuilder) -> None:
    study.code("R")
    study.informant("A1")
    study.informant("A2")
    study.source("N1", "Catatan tanpa pembicara.", technique="interview")
    study.source("N2", "Catatan dua orang.", technique="interview")
    for source, informant in (("N1", "A1"), ("N2", "A1"), ("N2", "A2")):
        study.link(source, informant)
    study.coding("N1", "tanpa pembicara", "R")
    study.coding("N2", "dua orang", "R")
    cells = cells_of(matrix(study, "informants"))
    assert (cells["A1", "R"]["codings"], cells["A2", "R"]["codings"]) == (1, 0)
    top = cells_of(matrix(study, "triangulation", level="top"))
    assert top["R", "interview"]["codings"] == 2


def test_coders_are_never_added_together(study: StudyBuilder) -> None:
    two_people(study)
    study.coding("W1", "menunggu perintah", "R1", coder="C1")
    study.coding("W1", "menunggu perintah", "R1", coder="C2")
    with pytest.raises(UserError, match="C1, C2"):
        matrix(study, "informants")
    assert cells_of(matrix(study, "informants", coder="C2"))["A1", "R"]["codings"] == 1
    with pytest.raises(UserError, match="no coder C3"):
        matrix(study, "informants", coder="C3")


def test_without_codings_there_is_no_coder_and_every_count_is_zero(study: StudyBuilder) -> None:
    two_people(study)
    assert chosen_coder(counted(study.project).frames) == ""
    for kind in KINDS:
        if kind != "groups":
            counts = matrix(study, kind).cells
            assert counts[[c for c in ("codings", "passages", "used") if c in counts]].to_numpy().sum() == 0


def test_an_empty_study_gives_every_matrix_empty(study: StudyBuilder) -> None:
    for kind in KINDS:
        if kind != "groups":
            assert len(matrix(study, kind).cells) == 0


# Codings, passages, roll-up, signs -------------------------------------------------------------------


def test_touching_ranges_are_two_passages_and_sharing_ones_are_one(study: StudyBuilder) -> None:
    two_people(study)
    start = study.texts["W1"].index("Kami menunggu")
    study.coding("W1", (start, start + 4), "R1")
    study.coding("W1", (start + 4, start + 13), "R2")
    assert cells_of(matrix(study, "informants"))["A1", "R"]["passages"] == 2
    study.coding("W1", (start + 3, start + 5), "R")
    cell = cells_of(matrix(study, "informants"))["A1", "R"]
    assert (cell["codings"], cell["passages"]) == (3, 1)


def test_a_long_range_before_a_short_one_still_covers_a_later_one(study: StudyBuilder) -> None:
    two_people(study)
    start = study.texts["W1"].index("Kami menunggu")
    for length in ((0, 20), (1, 3), (10, 12)):
        study.coding("W1", (start + length[0], start + length[1]), "R1")
    assert cells_of(matrix(study, "informants"))["A1", "R"]["passages"] == 1


def test_roll_up_counts_a_coding_for_its_code_and_all_above_and_not_beside(study: StudyBuilder) -> None:
    two_people(study)
    study.code("R11", "R1", "indicator")
    study.coding("W1", "menunggu", "R11")
    study.coding("W1", "menunggu perintah", "R")
    top, below = (
        cells_of(matrix(study, "informants")),
        cells_of(matrix(study, "informants", level="indicator")),
    )
    assert top["A1", "R"]["codings"] == 2
    assert [below["A1", key]["codings"] for key in ("R1", "R11", "R2")] == [1, 1, 0]


def test_signs_are_of_codings_and_keep_ambivalent_neutral_and_none_apart(study: StudyBuilder) -> None:
    two_people(study)
    for code, sign in (("R", "+"), ("R1", "±"), ("R2", "0"), ("S", None)):
        study.coding("W1", "menunggu perintah", code, sign)
    cells = cells_of(matrix(study, "informants"))
    assert signs_of(cells["A1", "R"]) == {"+": 1, "0": 1, "±": 1}
    assert signs_of(cells["A1", "S"]) == {"none": 1}


def test_emic_codes_stay_out_unless_asked_for(study: StudyBuilder) -> None:
    two_people(study)
    study.code("E1", kind="theme", perspective="emic")
    study.coding("W1", "tidak berani", "E1")
    assert [heading.key for heading in matrix(study, "informants").columns] == ["R", "S"]
    emic = matrix(study, "informants", perspective="emic")
    assert [heading.key for heading in emic.columns] == ["E1"]
    assert cells_of(emic)["A2", "E1"]["codings"] == 1


# Linkage ---------------------------------------------------------------------------------------------


def linked(study: StudyBuilder, *pairs: tuple[tuple[int, int], str, str | None]) -> dict[str, object]:
    two_people(study)
    start = study.texts["W1"].index("Kami menunggu")
    for (a, b), code, sign in pairs:
        study.coding("W1", (start + a, start + b), code, sign)
    return cells_of(matrix(study, "linkage"))["R", "S"]


def test_touching_codings_are_not_linked(study: StudyBuilder) -> None:
    assert linked(study, ((0, 4), "R1", "+"), ((4, 9), "S", "+"))["passages"] == 0


def test_a_passage_is_what_both_share_and_two_apart_are_two(study: StudyBuilder) -> None:
    cell = linked(study, ((0, 20), "R1", "+"), ((0, 4), "S", "-"), ((10, 14), "S", "+"))
    assert (cell["passages"], cell["sources"]) == (2, 1)
    assert signs_of(cell) == {"±": 1, "+": 1}


def test_the_tone_looks_only_at_codings_whose_pairs_made_the_passage(study: StudyBuilder) -> None:
    cell = linked(study, ((0, 10), "R1", "+"), ((2, 6), "S", "+"), ((8, 12), "R2", "-"))
    assert signs_of(cell) == {"+": 1}


@pytest.mark.parametrize(
    ("dimension", "factor", "tone"),
    [
        ("+", "0", "+"),
        ("+", "±", "±"),
        ("0", None, "0"),
        (None, None, "0"),
        ("-", None, "-"),
        ("-", "+", "±"),
    ],
)
def test_tones(study: StudyBuilder, dimension: str | None, factor: str | None, tone: str) -> None:
    assert signs_of(linked(study, ((0, 9), "R1", dimension), ((0, 9), "S", factor))) == {tone: 1}


def test_linkage_needs_no_informant(study: StudyBuilder) -> None:
    two_people(study)
    study.source("D1", "Pasal tentang wewenang.", technique="document")
    for code in ("R1", "S"):
        study.coding("D1", "wewenang", code, "-", evidence="provision")
    assert cells_of(matrix(study, "linkage"))["R", "S"]["passages"] == 1


# Groups and triangulation ----------------------------------------------------------------------------


def test_a_coding_over_two_of_a_group_is_one_coding_and_two_informants(study: StudyBuilder) -> None:
    study.code("R")
    for alias, group in (("A1", "ASN"), ("A2", "ASN"), ("M1", "Warga"), ("X1", "")):
        study.informant(alias, **({"kelompok": group} if group else {}))
    study.source("F1", "A1: Kami menunggu.", "A2: Kami tidak berani.", "M1: Lama.", technique="focus_group")
    study.coding("F1", between(study, "F1", "menunggu", "tidak"), "R", "-")
    groups = matrix(study, "groups")
    cell = cells_of(groups)["R", "ASN"]
    assert (cell["informants"], cell["n"], cell["codings"]) == (2, 2, 1)
    assert groups.states == {"R": "silent"}


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ([(3, 3, 0), (3, 2, 1)], "partial"),  # two thirds are not over two thirds
        ([(3, 3, 0), (4, 3, 1)], "agree"),
        ([(3, 0, 3), (4, 3, 1)], "oppose"),
        ([(3, 0, 3), (0, 0, 0)], "silent"),
        ([(0, 0, 0), (0, 0, 0)], "silent"),
        ([(2, 0, 0), (2, 0, 0)], "partial"),  # neutral on both sides is no agreement
        ([(9, 1, 0), (9, 1, 0)], "agree"),  # only + and − are weighed
        ([(1, 1, 0), (1, 0, 1), (1, 1, 0)], "oppose"),
        ([(1, 1, 0), (2, 1, 1), (1, 1, 0)], "partial"),
        (
            [(1, 1, 0), (0, 0, 0), (1, 1, 0)],
            "agree",
        ),  # a technique that is silent neither confirms nor denies
    ],
)
def test_states(columns: list[tuple[int, int, int]], state: str) -> None:
    assert proposed_state(columns) == state


def test_groups_are_those_named_so_where_nothing_else_is_said(study: StudyBuilder) -> None:
    study.code("R")
    with pytest.raises(UserError, match="no groups"):
        matrix(study, "groups")
    study.informant("A1", kelamin="L", kelompok="ASN")
    study.informant("M1", kelamin="P", kelompok="Warga")
    assert [heading.key for heading in matrix(study, "groups").columns] == ["ASN", "Warga"]
    with pytest.raises(UserError, match="no attribute umur"):
        matrix(study, "groups", by="umur")
    assert [heading.key for heading in matrix(study, "groups", by="kelamin").columns] == ["L", "P"]


def test_provisions_are_counted_and_confirm_nothing(study: StudyBuilder) -> None:
    two_people(study)
    study.source("D1", "Petugas wajib cepat.", technique="document")
    study.coding("W1", "menunggu", "R1", "-")
    study.coding("D1", "wajib cepat", "R1", "-", evidence="provision")
    triangulation = matrix(study, "triangulation")
    cell = cells_of(triangulation)["R1", "document"]
    assert (cell["codings"], cell["sources"], cell["provisions"]) == (1, 1, 1)
    assert triangulation.states["R1"] == "silent"
    assert [heading.key for heading in triangulation.columns] == ["interview", "document"]


def test_said_versus_seen_needs_an_event_that_contradicts_an_account(study: StudyBuilder) -> None:
    two_people(study)
    study.source("O1", "D: Tidak ada tanya jawab.", technique="observation")
    study.source("D1", "Tidak ada.", technique="document")
    for code in ("R1", "R2", "S"):
        study.coding("W1", "menunggu perintah", code, "+")
    study.coding("O1", "Tidak ada", "R1", "-", evidence="event")
    study.coding("D1", "Tidak ada", "R2", "-", evidence="provision")
    study.coding("O1", "Tidak ada", "S", "+", evidence="event")
    assert matrix(study, "triangulation", level="indicator").details["said_versus_seen"] == ["R1"]
