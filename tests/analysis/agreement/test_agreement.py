"""Agreement of coders: the thirteen passages of the sample by their golden numbers, and each rule by hand."""

from __future__ import annotations

from typing import Any

import pytest

from qualcoder_lite.analysis.agreement.agreement import Domain
from qualcoder_lite.analysis.agreement.disagreements import disagreement_lines
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.filtering import Filters
from qualcoder_lite.analysis.matrices.kinds import EVERY_KIND, matrix_of
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.errors import UserError
from tests.analysis.building import StudyBuilder, cells_of

SECOND = {
    "A3": ["P", "R", "S", "I", "H", "S", "P", "R"],
    "M1": ["G", "R", "R", "R", "G"],
}  # the second coder's one top code for each passage, in the order of the text


def agreement(study: StudyBuilder, **choice: Any) -> Matrix:
    return EVERY_KIND["agreement"](study.project, Choice(**choice))


def domain(matrix: Matrix, key: str = "all") -> Domain:
    return next(part for part in matrix.details["domains"] if part.key == key)


@pytest.fixture
def sample(golden: StudyBuilder) -> StudyBuilder:
    """The sample study with its second coder."""
    for source, codes in SECOND.items():
        lines = golden.texts[source].splitlines()
        for line, code in zip(lines, codes, strict=True):
            golden.coding(source, line.split(": ", 1)[1], code, coder="C2")
    return golden


def apart(matrix: Matrix, key: str = "all") -> list[tuple[str, ...]]:
    """What each coder has on the units on which they differ."""
    found = domain(matrix, key)
    return [tuple("".join(of) for of in found.sets_of(unit)) for unit in found.apart.tolist()]


def test_the_list_of_disagreements_leads_to_the_passages(sample: StudyBuilder) -> None:
    matrix = agreement(sample, units="passages")
    assert apart(matrix)[:2] == [("RP", "P"), ("KRP", "R")]
    assert len(apart(matrix)) == 9
    lines = disagreement_lines(sample.project, matrix)
    assert len(lines) == len(domain(matrix).apart)
    line = next(one for one in lines if one.quote.startswith("Orangnya kaku."))
    assert (line.key, line.values[1]) == ("M1", ("R",))


def test_each_code_is_there_or_not_on_each_unit(sample: StudyBuilder) -> None:
    matrix = agreement(sample, units="passages")
    cells = cells_of(matrix)
    assert [heading.key for heading in matrix.rows] == list("GKIRVSPHT")
    cell = cells["G", "agreement"]
    assert (cell["both"], cell["some"], cell["none"], cell["units"]) == (2, 0, 11, 13)
    assert (cell["percent"], cell["kappa"]) == (1, 1)
    assert cells["T", "agreement"]["kappa"] is None  # neither uses it: nothing is known of it
    assert cells["T", "agreement"]["percent"] == 1
    rows = matrix.evidence
    of_kreativity = rows[rows["row"] == 1]
    assert of_kreativity[[0, 1]].to_numpy().tolist() == [[True, False]] * 3
    assert len(rows) == matrix.cells["some"].sum()


def two_coders(study: StudyBuilder) -> None:
    """Two codes with one below the first; C1 and C2 in one interview, a document only of C1."""
    study.code("R")
    study.code("R1", "R", "indicator")
    study.code("S", kind="factor")
    study.source(
        "W1", "P: Lalu?", "A1: Kami menunggu. Kami takut.", "P: Oh.", "A1: Warga marah.", "A1: Sudah."
    )
    study.source("D1", "Pasal satu.", "", "  Pasal dua. ", technique="document")
    study.coding("D1", "Pasal satu.", "R", evidence="provision")


def test_units_are_what_informants_said_where_both_have_coded(study: StudyBuilder) -> None:
    two_coders(study)
    study.coding("W1", "Kami takut", "R1")
    study.coding("W1", "menunggu", "R1", coder="C2")
    study.coding("W1", "Lalu?", "R1", coder="C2")  # an interviewer's words count for nobody

    def said(units: str) -> list[str]:
        found = agreement(study, units=units).details["units"]
        return [study.texts["W1"][a:b] for a, b in zip(found.start.tolist(), found.end.tolist(), strict=True)]

    assert said("turns") == ["Kami menunggu. Kami takut.", "Warga marah.", "Sudah."]
    assert said("sentences") == ["Kami menunggu.", "Kami takut.", "Warga marah.", "Sudah."]
    assert said("passages") == ["Kami takut"]
    assert cells_of(agreement(study, units="turns"))["R", "agreement"]["both"] == 1
    assert cells_of(agreement(study, units="sentences"))["R", "agreement"]["some"] == 2


def test_in_a_source_without_turns_the_paragraphs_are_units(study: StudyBuilder) -> None:
    two_coders(study)
    study.coding("D1", "Pasal dua.", "S", coder="C2", evidence="provision")
    found = agreement(study).details["units"]
    assert [study.texts["D1"][a:b] for a, b in zip(found.start, found.end, strict=True)] == [
        "Pasal satu.",
        "Pasal dua.",
    ]
    assert domain(agreement(study)).coefficients.units == 2
    assert domain(agreement(study)).coefficients.percent == 0  # nothing is a value as well
    assert apart(agreement(study)) == [("R", ""), ("", "S")]


def test_the_value_of_a_unit_is_all_its_top_codes_whatever_they_cover(study: StudyBuilder) -> None:
    two_coders(study)
    study.coding("W1", "Kami takut.", "S")
    study.coding("W1", "Kami menunggu.", "R1")
    study.coding("W1", "Warga", "S")
    study.coding("W1", "Warga marah.", "S", coder="C2")
    study.coding("W1", "Sudah.", "R", coder="C2")
    study.coding("W1", "Sudah.", "S", coder="C2")
    assert apart(agreement(study)) == [("RS", ""), ("", "RS")]


def test_domains_are_all_top_codes_and_each_kind_of_several(golden: StudyBuilder) -> None:
    golden.coding("A3", "Kami terikat juklak dan juknis", "V3", coder="C2")
    found = agreement(golden).details["domains"]
    assert [(part.key, "".join(part.codes)) for part in found] == [
        ("all", "GKIRVSPHT"),
        ("context", "GT"),
        ("dimension", "KIR"),
        ("factor", "VSPH"),
    ]
    assert ("V", "V") not in apart(agreement(golden))
    assert apart(agreement(golden), "factor")[0] == ("P", "V")


def test_more_than_two_coders_have_no_kappa_but_the_rest(sample: StudyBuilder) -> None:
    for source, codes in SECOND.items():
        for line, code in zip(sample.texts[source].splitlines(), codes, strict=True):
            sample.coding(source, line.split(": ", 1)[1], code, coder="C3")
    given = domain(agreement(sample, units="passages")).coefficients
    assert given.kappa is None
    two = domain(agreement(sample, units="passages", coders=("C1", "C2"))).coefficients
    assert given.percent is not None
    assert two.percent is not None
    assert given.percent == pytest.approx((2 * two.percent + 1) / 3)  # C2 and C3 agree on all
    assert given.alpha_jaccard is not None
    only = domain(agreement(sample, units="passages", coders=("C2", "C3"))).coefficients
    assert (only.percent, only.kappa) == (1, 1)


def test_filters_hold_for_agreement_too(sample: StudyBuilder) -> None:
    filtered = agreement(sample, units="passages", filters=Filters(informants=("M1",)))
    assert domain(filtered).coefficients.units == 5


def test_without_two_coders_there_is_nothing_to_compare(golden: StudyBuilder) -> None:
    with pytest.raises(UserError, match="no two coders") as error:
        agreement(golden)
    assert "C1" in error.value.why
    with pytest.raises(UserError, match="no coder C9"):
        agreement(golden, coders=("C1", "C9"))


def test_the_matrix_can_be_sorted_and_narrowed_like_others(sample: StudyBuilder) -> None:
    shown = matrix_of(sample.project, "agreement", Choice(filters=Filters(codes=("K", "I1")), sort=("-key",)))
    assert [heading.key for heading in shown.rows] == ["K", "I"]
    assert [row["some"] for row in shown.cells.to_dict("records")] == [3, 2]
    assert shown.cells["units"].tolist() == [13, 13]
