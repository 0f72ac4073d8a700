"""Agreement of coders: the thirteen passages of the sample by their golden numbers, and each rule by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from qualcoder_lite.analysis.agreement.agreement import Domain
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.filtering import Filters
from qualcoder_lite.analysis.matrices.kinds import EVERY_KIND, matrix_of
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.errors import UserError
from tests.analysis.building import StudyBuilder, cells_of

EXPECTED = (Path(__file__).parents[1] / "expected.txt").read_text(encoding="utf-8").split("\n(g) ", 1)[1]
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


@pytest.mark.parametrize("units", ["passages", "turns"])
def test_g_two_coders_of_thirteen_passages(sample: StudyBuilder, units: str) -> None:
    found = domain(agreement(sample, units=units))
    numbers = dict(re.findall(r"(Po|kappa|pi|alpha|BP q=9|AC1 q=9|Holsti) ([.\d]+)", EXPECTED))
    given = found.coefficients
    names = {"Po": given.percent, "kappa": given.kappa, "pi": given.pi, "alpha": given.alpha}
    names |= {"BP q=9": given.bp, "AC1 q=9": given.ac1, "Holsti": given.holsti}
    assert {name: f"{value:.4f}" for name, value in names.items()} == numbers
    assert (given.units, found.left_out, len(found.codes)) == (13, 0, 9)
    pairs = re.findall(r"\('(\w)', '(\w)'\)", EXPECTED)
    assert [apart.values for apart in found.disagreements] == [pair for pair in pairs if pair[0] != pair[1]]


def test_the_list_of_disagreements_leads_to_the_passages(sample: StudyBuilder) -> None:
    matrix = agreement(sample, units="passages")
    sources = matrix.counted.frames.sources
    told = [(sources[d.source].key, d.values, d.start, d.end) for d in domain(matrix).disagreements]
    assert [(key, values) for key, values, _s, _e in told] == [
        ("A3", ("R", "P")),
        ("A3", ("I", "S")),
        ("M1", ("K", "R")),
        ("M1", ("S", "R")),
    ]
    key, _values, start, end = told[2]
    assert sample.texts[key][start:end].startswith("Orangnya kaku.")


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
    assert domain(agreement(study)).coefficients.units == 0
    assert domain(agreement(study)).coefficients.percent is None
    assert domain(agreement(study)).left_out == 2
    assert [d.values for d in domain(agreement(study)).disagreements] == [("R", ""), ("", "S")]


def test_the_primary_code_covers_most_of_the_unit_and_else_was_made_first(study: StudyBuilder) -> None:
    two_coders(study)
    study.coding("W1", "Kami takut.", "S")
    study.coding("W1", "Kami menunggu.", "R1")
    study.coding("W1", "Warga", "S")
    study.coding("W1", "marah", "R")  # as long as `Warga`, made later
    study.coding("W1", "Sudah.", "R", coder="C2")
    study.coding("W1", "Sudah.", "S", coder="C2")
    units = domain(agreement(study)).disagreements
    assert [d.values for d in units] == [("R", ""), ("S", ""), ("", "R")]


def test_domains_are_all_top_codes_and_each_kind_of_several(golden: StudyBuilder) -> None:
    golden.coding("A3", "Kami terikat juklak dan juknis", "V3", coder="C2")
    found = agreement(golden).details["domains"]
    assert [(part.key, "".join(part.codes)) for part in found] == [
        ("all", "GKIRVSPHT"),
        ("context", "GT"),
        ("dimension", "KIR"),
        ("factor", "VSPH"),
    ]
    assert found[1].disagreements == ()
    assert ("S", "V") not in [d.values for d in found[0].disagreements]
    assert found[3].disagreements[0].values == ("P", "V")


def test_more_than_two_coders_have_no_kappa_but_the_rest(sample: StudyBuilder) -> None:
    for source, codes in SECOND.items():
        for line, code in zip(sample.texts[source].splitlines(), codes, strict=True):
            sample.coding(source, line.split(": ", 1)[1], code, coder="C3")
    given = domain(agreement(sample, units="passages")).coefficients
    assert given.kappa is None
    assert given.percent == pytest.approx((9 + 2 * 4 / 6) / 13)
    assert given.alpha is not None
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
