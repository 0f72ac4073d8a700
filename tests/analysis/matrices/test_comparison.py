"""Informants and groups side by side, triangulation by groups, emic categories with their concepts."""

from __future__ import annotations

from typing import Any

import pytest

from qualcoder_lite.analysis.cells.cell import cell_passages, passages_of
from qualcoder_lite.analysis.cells.written import syntheses
from qualcoder_lite.analysis.conclusions.emic_links import emic_to_etic
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import matrix_of
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.coding import cells, codes
from qualcoder_lite.coding.counting.references import STUDY, reference
from qualcoder_lite.coding.people import informants
from qualcoder_lite.errors import UserError
from tests.analysis.building import StudyBuilder, cells_of, signs_of


def person(study: StudyBuilder, alias: str) -> str:
    return reference("informant", study.ids["informant", alias])


def code(study: StudyBuilder, key: str) -> str:
    return reference("code", study.ids["code", key])


def compare(study: StudyBuilder, *members: str, **choice: Any) -> Matrix:
    return matrix_of(study.project, "comparison", Choice(members=members, **choice))


# Comparison --------------------------------------------------------------------------------------------


def test_three_informants_by_code_with_polarity(golden: StudyBuilder) -> None:
    found = compare(golden, *(person(golden, alias) for alias in ("A1", "A3", "M1")))
    cells = cells_of(found)
    assert [heading.key for heading in found.columns] == ["A1", "A3", "M1"]
    assert (cells["R", "A3"]["codings"], cells["R", "A3"]["informants"], cells["R", "A3"]["n"]) == (5, 1, 1)
    assert signs_of(cells["R", "A3"]) == {"+": 1, "-": 4}
    assert found.details["shared"] == ["R", "S"]
    assert found.details["only"] == {"A1": [], "A3": [], "M1": []}
    assert found.states["R"] == "oppose"  # A1 says +, A3 and M1 −
    assert found.states["G"] == "partial"
    assert found.states["T"] == "silent"
    two = compare(golden, person(golden, "A2"), person(golden, "M1"))
    assert two.details["only"] == {"A2": ["V", "P", "H", "T"], "M1": ["G"]}


def test_passages_stand_in_parallel(golden: StudyBuilder) -> None:
    quotes = [
        [
            passage.key
            for passage in cell_passages(golden.project, Choice(), code(golden, "R"), person(golden, alias))
        ]
        for alias in ("A3", "M1")
    ]
    assert quotes == [["A3"] * 5, ["M1"] * 3]


def test_groups_compare_as_the_matrix_of_groups_does(golden: StudyBuilder) -> None:
    group = golden.ids["attribute", "kelompok"].hex()
    found = compare(golden, f"attribute:{group}=Masyarakat", f"attribute:{group}=ASN")
    groups = matrix_of(golden.project, "groups", Choice(by="kelompok"))
    assert [heading.key for heading in found.columns] == ["Masyarakat", "ASN"]
    drop = ("row", "column")
    assert {k: {n: v for n, v in c.items() if n not in drop} for k, c in cells_of(found).items()} == {
        k: {n: v for n, v in c.items() if n not in drop} for k, c in cells_of(groups).items()
    }
    assert found.states == groups.states
    assert found.details["sizes"] == [3, 4]
    assert found.details["note"] == f"attribute:{group}"


def test_a_note_belongs_to_those_compared_in_any_order(golden: StudyBuilder) -> None:
    members = [person(golden, alias) for alias in ("A1", "A3", "M1")]
    note = compare(golden, *members).details["note"]
    cells.write(golden.project, code(golden, "R"), note, conclusion="Pimpinan lain sendiri.", status="gap")
    again = compare(golden, *reversed(members))
    assert {key: cell.conclusion for key, cell in again.details["notes"].items()} == {
        "R": "Pimpinan lain sendiri."
    }
    assert compare(golden, *members[:2]).details["notes"] == {}
    golden.coding("M1", "Orangnya kaku", "R1", "-")
    assert compare(golden, *members).details["notes"]["R"].stale
    informants.rename(golden.project, golden.ids["informant", "A1"], "N1")
    assert list(compare(golden, *members).details["notes"]) == ["R"]


def test_classes_compare_too(golden: StudyBuilder) -> None:
    informants.set_class(golden.project, [golden.ids["informant", "A1"]], "key")
    found = compare(golden, "class:main", "class:key", level="indicator")
    assert [heading.key for heading in found.columns] == ["main", "key"]
    assert found.details["note"] == "class:"
    assert "I3" in found.details["only"]["key"]


def test_only_what_can_be_compared_is(golden: StudyBuilder) -> None:
    one, group = person(golden, "A1"), golden.ids["attribute", "kelompok"].hex()
    for members in (
        (),
        (one,),
        (one, one),
        tuple(person(golden, alias) for alias in ("A1", "A2", "A3", "A4", "M1", "M2", "M3")),
    ):
        with pytest.raises(UserError, match="two to six"):
            compare(golden, *members)
    for other in ("class:main", f"attribute:{group}=ASN", code(golden, "R")):
        with pytest.raises(UserError, match="of one kind"):
            compare(golden, one, other)
    with pytest.raises(UserError, match="no longer"):
        compare(golden, one, reference("informant", b"\0" * 16))


# Triangulation by groups of sources --------------------------------------------------------------------


def test_triangulation_by_groups_of_informants(golden: StudyBuilder) -> None:
    found = matrix_of(golden.project, "triangulation", Choice(by="kelompok", level="top"))
    cells = cells_of(found)
    assert [heading.key for heading in found.columns] == ["ASN", "Masyarakat"]
    assert (cells["R", "ASN"]["codings"], cells["R", "ASN"]["sources"], cells["R", "ASN"]["provisions"]) == (
        12,
        4,
        0,
    )
    assert cells["R", "Masyarakat"]["sources"] == 3
    assert found.states["S"] == "agree"
    by_class = matrix_of(golden.project, "triangulation", Choice(by="class"))
    assert [heading.key for heading in by_class.columns] == ["main"]
    assert set(by_class.states.values()) == {"silent"}  # one class alone confirms nothing


def test_techniques_open_to_their_sources_and_states_do_not_count_them_twice(golden: StudyBuilder) -> None:
    plain = matrix_of(golden.project, "triangulation", Choice())
    opened = matrix_of(golden.project, "triangulation", Choice(opened=("technique:document",)))
    assert [heading.key for heading in opened.columns] == ["interview", "observation", "document", "D1", "D2"]
    assert opened.states == plain.states
    cells = cells_of(opened)
    assert (
        cells["S2", "document"]["codings"] == cells["S2", "D1"]["codings"] + cells["S2", "D2"]["codings"] == 2
    )


def test_groups_open_to_their_informants(golden: StudyBuilder) -> None:
    group = golden.ids["attribute", "kelompok"].hex()
    plain = matrix_of(golden.project, "groups", Choice())
    opened = matrix_of(golden.project, "groups", Choice(opened=(f"attribute:{group}=Masyarakat",)))
    assert [heading.key for heading in opened.columns] == ["ASN", "Masyarakat", "M1", "M2", "M3"]
    assert opened.details["sizes"] == [4, 3, 1, 1, 1]
    assert opened.states == plain.states
    assert cells_of(opened)["R", "Masyarakat"]["codings"] == 8


def test_said_versus_seen_with_the_passages_of_both_sides(golden: StudyBuilder) -> None:
    found = matrix_of(golden.project, "triangulation", Choice())
    assert set(found.details["sides"]) == {"G1", "R5", "P3"}
    said, seen = (passages_of(golden.project, found.counted, side) for side in found.details["sides"]["P3"])
    assert [passage.quote for passage in said] == [
        "Saya selalu terbuka. Rapat ada tiap Senin, staf boleh bicara."
    ]
    assert [(passage.key, passage.layer) for passage in seen] == [("O1", "observation")]


def test_syntheses_of_rows_columns_and_groups(golden: StudyBuilder) -> None:
    group = golden.ids["attribute", "kelompok"].hex()
    for ref in (person(golden, "A1"), code(golden, "R"), f"attribute:{group}=ASN", "class:main"):
        cells.write(golden.project, ref, STUDY, conclusion=f"Rangkuman {ref[:5]}")
    found = matrix_of(golden.project, "informants", Choice(rows="kelompok"))
    written = syntheses(golden.project, (*found.rows, *found.columns))
    assert {cell.conclusion for cell in written.values()} == {"Rangkuman attri", "Rangkuman code:"}
    by_class = matrix_of(golden.project, "informants", Choice(rows="class"))
    assert "class:main" in syntheses(golden.project, by_class.rows)


# Emic categories ---------------------------------------------------------------------------------------


def test_emic_categories_with_their_concepts_and_those_without(golden: StudyBuilder) -> None:
    for key, parent in (("E1", None), ("E2", None), ("E3", "E2")):
        golden.code(key, parent, "theme", perspective="emic")
    golden.coding("A3", "rasanya seperti boneka", "E1", "-")
    golden.coding("M1", "Orangnya kaku", "E3", "-")
    golden.coding("M1", "Orangnya", "E2")
    golden.coding("O1", golden.texts["O1"].split(": ", 1)[1].split("\n")[0], "E1", evidence="event")
    for etic in ("S5", "V5"):
        codes.link_emic(
            golden.project, golden.ids["code", "E1"], golden.ids["code", etic], "Digerakkan dari atas."
        )
    first, second, third = emic_to_etic(golden.project, Choice())
    assert [concept.heading.key for concept in first.concepts] == ["S5", "V5"]
    assert first.concepts[0].note == "Digerakkan dari atas."
    assert (first.codings, first.passages, first.informants, first.sources) == (2, 2, 1, 2)
    assert first.signs == {"+": 0, "-": 1, "0": 0, "±": 0, "none": 1}
    assert (second.concepts, second.codings, second.passages, second.informants) == ((), 2, 1, 1)
    assert (third.heading.key, third.heading.depth) == ("E3", 1)
    (passage,) = cell_passages(golden.project, Choice(), code(golden, "E3"), STUDY)
    assert passage.quote == "Orangnya kaku"


def test_without_emic_codes_the_table_is_empty(golden: StudyBuilder) -> None:
    assert emic_to_etic(golden.project, Choice()) == []
