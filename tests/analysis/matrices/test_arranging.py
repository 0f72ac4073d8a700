"""Filters, levels, sorting and transposing: what stands in a matrix, and that its counts stay."""

from __future__ import annotations

from typing import Any

import pytest

from qualcoder_lite.analysis.matrices.arranging import arrange, transpose
from qualcoder_lite.analysis.matrices.blanks import describe_blanks, may_be_asked
from qualcoder_lite.analysis.matrices.choice import Choice, describe_choice
from qualcoder_lite.analysis.matrices.filtering import UNFILTERED, Filters, describe_filters
from qualcoder_lite.analysis.matrices.kinds import KINDS, matrix_of
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.coding import cells
from qualcoder_lite.coding.counting.references import reference
from qualcoder_lite.coding.people import informants
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import use_language
from tests.analysis.building import StudyBuilder, cells_of, signs_of


def matrix(study: StudyBuilder, kind: str = "informants", **choice: Any) -> Matrix:
    filters = {name: choice.pop(name) for name in list(choice) if name in Filters.__annotations__}
    return matrix_of(study.project, kind, Choice(filters=Filters(**filters), **choice))


def keys(headings: tuple[Any, ...]) -> list[str]:
    return [heading.key for heading in headings]


def total(found: Matrix) -> int:
    return int(found.cells["codings"].sum())


# Filters -----------------------------------------------------------------------------------------------


def test_informants_and_groups(golden: StudyBuilder) -> None:
    assert keys(matrix(golden, informants=("A3", "M1")).rows) == ["A3", "M1"]
    found = matrix(golden, groups=("kelompok=Masyarakat",))
    assert keys(found.rows) == ["M1", "M2", "M3"]
    assert total(found) == 7 + 8 + 9
    informants.set_class(golden.project, [golden.ids["informant", "M3"]], "key")
    both = matrix(golden, groups=("kelompok=Masyarakat", "class=key"))
    assert keys(both.rows) == ["M3"]
    either = matrix(golden, groups=("kelompok=Masyarakat", "kelompok=ASN"))
    assert len(either.rows) == 7


def test_a_group_is_as_large_as_the_filter_leaves_it(golden: StudyBuilder) -> None:
    found = matrix(golden, "groups", informants=("A1", "A2", "M1"))
    assert [cells_of(found)["R", value]["n"] for value in ("ASN", "Masyarakat")] == [2, 1]
    assert found.details["sizes"] == [2, 1]
    assert keys(matrix(golden, "groups", groups=("kelompok=ASN",)).columns) == ["ASN"]


def test_sources_techniques_and_dates(golden: StudyBuilder) -> None:
    assert total(matrix(golden, techniques=("observation", "document"))) == 9 + 5 + 6
    assert keys(matrix(golden, techniques=("observation", "document")).rows)[-3:] == ["O1", "D1", "D2"]
    assert keys(matrix(golden, "triangulation", techniques=("observation",)).columns) == ["observation"]
    assert total(matrix(golden, sources=("A1", "O1"))) == 13 + 9
    assert total(matrix(golden, since="2026-03-12", until="2026-03-13")) == 21 + 18  # both ends are in
    golden.source("X1", "A1: Tanpa tanggal.")
    golden.coding("X1", "Tanpa tanggal", "K1")
    assert total(matrix(golden, until="2026-03-10")) == 13  # what has no date is in no span
    assert total(matrix(golden)) == 109


def test_a_code_brings_those_below_and_stands_under_those_above(golden: StudyBuilder) -> None:
    found = matrix(golden, codes=("R3", "S"), level="indicator")
    assert keys(found.columns) == ["R3", "S1", "S2", "S3", "S4", "S5"]
    top = matrix(golden, codes=("R3", "S"))
    assert keys(top.columns) == ["R", "S"]
    assert top.cells["codings"].sum() == 5 + 15
    assert keys(matrix(golden, "linkage", codes=("R", "S")).rows) == ["R"]


def test_signs_and_kinds_of_evidence(golden: StudyBuilder) -> None:
    plus = matrix(golden, polarities=("+",))
    assert signs_of({s: plus.cells[s].sum() for s in ("+", "-", "0", "±", "none")}).keys() == {"+"}
    assert total(matrix(golden, evidence=("provision",))) == 5 + 6
    linkage = cells_of(matrix(golden, "linkage", polarities=("+",)))
    assert signs_of(linkage["I", "V"]) == {"+": 2}


def test_a_cell_that_the_filter_emptied_is_no_blank_of_the_study(golden: StudyBuilder) -> None:
    found = cells_of(matrix(golden, polarities=("+",)))
    assert found["M1", "R"]["mark"] == "filtered"  # three codings with −
    assert found["M1", "I"]["mark"] == "silent"
    assert found["M1", "H"]["mark"] == "not_asked"
    assert found["A1", "V"]["mark"] is None


def test_emic_codes_are_nobodys_question(golden: StudyBuilder) -> None:
    golden.code("E1", kind="theme", perspective="emic")
    golden.coding("A1", golden.texts["A1"][4:20], "E1")
    found = matrix(golden, perspective="emic")
    marks = {heading.key: cells_of(found)[heading.key, "E1"]["mark"] for heading in found.rows}
    assert (marks["A1"], marks["M1"], marks["O1"], marks["D1"]) == (None, "silent", "silent", "uncoded")
    assert "not_asked" not in marks.values()
    assert found.details["indicators"][:2] == [1, 0]
    assert not any(may_be_asked(found, heading) for heading in found.rows)


def test_only_informants_can_have_been_asked(golden: StudyBuilder) -> None:
    for way_round in (False, True):
        found = matrix(golden, transposed=way_round)
        people = found.columns if way_round else found.rows
        codes = found.rows if way_round else found.columns
        asked = {heading.key for heading in people if may_be_asked(found, heading, codes[0])}
        assert asked == {heading.key for heading in people if heading.kind == "informant"}
        assert ("—", "did not come up (informants: though asked)") in describe_blanks(found)
    by_technique = matrix(golden, rows="technique")
    assert [may_be_asked(by_technique, heading) for heading in by_technique.rows] == [True, False, False]


def test_filters_change_nothing_of_what_a_cell_saw(golden: StudyBuilder) -> None:
    golden.cell("informant:M1", "code:R", emic_summary="Lambat.", status="gap", gap_note="Beda.")
    for filters in ({"polarities": ("+",)}, {"sources": ("M1",)}, {"codes": ("R3",)}):
        found = matrix(golden, **filters)
        assert [cell.stale for cell in found.written.values() if cell.has_words] == [False]
    assert not cells_of(matrix(golden, interviewer=True))["M1", "R"]["stale"]


def test_only_gaps_stale_and_without_evidence(golden: StudyBuilder) -> None:
    golden.cell("informant:A1", "code:K", emic_summary="Tidak disebut.")
    golden.cell("informant:A2", "code:R", emic_summary="Beda.", status="gap")
    golden.cell("informant:A3", "code:R", emic_summary="Sama.")
    golden.cell("informant:A4", "code:T", etic_reading="Menurut teori.", status="etic_only")
    golden.cell("source:O1", "code:T", reason="Tidak teramati.", not_applicable=True)
    golden.coding("A3", "buka loket tambahan", "R1", "+")
    assert keys(matrix(golden, only=("gaps",)).rows) == ["A2"]
    assert keys(matrix(golden, only=("stale",)).rows) == ["A3"]
    assert keys(matrix(golden, only=("without_evidence",)).rows) == ["A1"]
    assert keys(matrix(golden, only=("gaps", "stale")).rows) == []
    assert keys(matrix(golden, states=("etic_only", "gap")).rows) == ["A2", "A4"]


@pytest.mark.parametrize("kind", ["informants", "groups", "triangulation", "emic-etic", "linkage"])
@pytest.mark.parametrize("way_round", [False, True])
def test_what_filters_empty_keeps_its_evidence(golden: StudyBuilder, kind: str, way_round: bool) -> None:
    name = "passages" if kind == "linkage" else "codings"
    whole = cells_of(matrix(golden, kind, transposed=way_round))
    found = matrix(golden, kind, polarities=("+",), transposed=way_round)
    emptied = {
        (found.rows[row].key, found.columns[column].key): number
        for (row, column), number in found.details["left_out"].items()
    }
    assert emptied
    for place, cell in cells_of(found).items():
        assert emptied.get(place, 0) == (0 if cell[name] else whole[place][name])


def test_what_informants_said_is_told_apart_where_it_is_filtered_away(golden: StudyBuilder) -> None:
    whole = cells_of(matrix(golden, "emic-etic", level="top"))
    found = matrix(golden, "emic-etic", level="top", techniques=("observation",))
    for part in ("spoken", "others"):
        left_out = {found.rows[row].key for row, _column in found.details[f"left_out_{part}"]}
        now = {place[0] for place, cell in cells_of(found).items() if not cell[part]}
        assert left_out == {key for key in now if whole[key, "study"][part]}
    assert found.details["left_out_spoken"]


def test_words_whose_evidence_is_only_filtered_away_have_evidence(golden: StudyBuilder) -> None:
    golden.cell("informant:M1", "code:R", emic_summary="Lambat.")
    golden.cell("informant:A1", "code:K", emic_summary="Tidak disebut.")
    for filters in ({}, {"techniques": ("observation",)}, {"polarities": ("+",)}):
        assert keys(matrix(golden, only=("without_evidence",), **filters).rows) == ["A1"]


def test_states_that_counts_propose_choose_rows(golden: StudyBuilder) -> None:
    assert keys(matrix(golden, "groups", states=("silent",)).rows) == ["T"]
    assert set(matrix(golden, "groups", states=("agree",)).states.values()) == {"agree"}
    assert "R4" in keys(matrix(golden, "triangulation", states=("agree",)).rows)


@pytest.mark.parametrize(
    "filters",
    [
        {"informants": ("A9",)},
        {"sources": ("Z",)},
        {"codes": ("Z9",)},
        {"polarities": ("?",)},
        {"evidence": ("x",)},
    ],
)
def test_a_filter_that_names_nothing_of_the_study_is_refused(golden: StudyBuilder, filters: Any) -> None:
    with pytest.raises(UserError):
        matrix(golden, **filters)


@pytest.mark.parametrize("kind", list(KINDS))
def test_without_filters_every_kind_is_as_it_was_counted(golden: StudyBuilder, kind: str) -> None:
    counted = KINDS[kind](golden.project, Choice())
    assert arrange(counted) is counted


def test_every_filter_is_said_in_words() -> None:
    filters = Filters(
        ("A1", "A2"),
        ("kelompok=ASN",),
        ("W1",),
        ("interview",),
        "2026-03-01",
        "",
        ("R3",),
        ("-", "none"),
        ("event",),
        ("agree",),
        ("gaps",),
    )
    said = describe_filters(filters)
    assert said == [
        "informants: A1, A2",
        "groups: kelompok: ASN",
        "sources: W1",
        "techniques: Interview",
        "codes: R3",
        "signs: − (hinders), – (without a sign)",
        "evidence: event",
        "states: agree",
        "dates: 2026-03-01 to …",
        "only rows with a gap",
    ]
    assert describe_filters(UNFILTERED) == []
    assert describe_choice(Choice(level="top", by="kelompok", filters=Filters(codes=("K",)))) == [
        "top codes",
        "by kelompok",
        "codes: K",
    ]
    use_language("id")
    assert describe_filters(Filters(polarities=("+",)))


# Levels ------------------------------------------------------------------------------------------------


def test_rows_can_be_classes_values_techniques_and_sources(golden: StudyBuilder) -> None:
    informants.set_class(golden.project, [golden.ids["informant", "A1"]], "key")
    classes = matrix(golden, rows="class")
    assert keys(classes.rows) == ["key", "main", "O1", "D1", "D2"]
    assert cells_of(classes)["key", "V"]["codings"] == 3
    values = matrix(golden, rows="kelompok")
    assert keys(values.rows) == ["ASN", "Masyarakat", "O1", "D1", "D2"]
    assert cells_of(values)["ASN", "R"]["codings"] == 12
    assert keys(matrix(golden, rows="technique").rows) == ["interview", "observation", "document"]
    sources = matrix(golden, rows="source")
    assert len(sources.rows) == 10
    assert total(sources) == total(values) == 108
    with pytest.raises(UserError, match="no attribute x"):
        matrix(golden, rows="x")


def test_a_coding_over_two_of_a_class_counts_once_for_it(study: StudyBuilder) -> None:
    study.code("R")
    study.informant("A1")
    study.informant("A2")
    study.source("F1", "A1: Kami menunggu.", "A2: Kami takut.", technique="focus_group")
    start = study.texts["F1"].index("menunggu")
    study.coding("F1", (start, study.texts["F1"].index("takut")), "R")
    assert cells_of(matrix(study, rows="class"))["main", "R"]["codings"] == 1
    assert total(matrix(study)) == 2
    assert matrix(study, rows="class").details["mentioned"] == [2]


def test_rows_and_codes_open_in_place(golden: StudyBuilder) -> None:
    group = golden.ids["attribute", "kelompok"].hex()
    opened = (f"attribute:{group}=Masyarakat", reference("code", golden.ids["code", "V"]))
    found = matrix(golden, rows="kelompok", opened=opened)
    assert keys(found.rows) == ["ASN", "Masyarakat", "M1", "M2", "M3", "O1", "D1", "D2"]
    assert [heading.depth for heading in found.rows] == [0, 0, 1, 1, 1, 0, 0, 0]
    assert [heading.below for heading in found.rows[:3]] == [4, 3, 0]
    assert keys(found.columns)[4:11] == ["V", "V1", "V2", "V3", "V4", "V5", "S"]
    assert [heading.depth for heading in found.columns][4:7] == [0, 1, 1]
    cells = cells_of(found)
    assert cells["M2", "V"]["codings"] == sum(cells["M2", f"V{n}"]["codings"] for n in range(1, 6)) == 2
    assert cells["Masyarakat", "V"]["codings"] == 2
    assert keys(matrix(golden, rows="technique", opened=("technique:observation",)).rows)[1:3] == [
        "observation",
        "O1",
    ]


def test_every_code_can_stand(golden: StudyBuilder) -> None:
    assert len(matrix(golden, level="all").columns) == 47
    linkage = matrix(golden, "linkage", opened=(reference("code", golden.ids["code", "R"]),))
    assert keys(linkage.rows) == ["K", "I", "R", "R1", "R2", "R3", "R4", "R5"]
    assert cells_of(linkage)["R", "S"]["passages"] == 7


def test_a_blank_of_a_class_looks_at_all_its_sources(golden: StudyBuilder) -> None:
    assert cells_of(matrix(golden, rows="kelompok"))["Masyarakat", "T"]["mark"] == "silent"
    golden.source("W9", "M1: Nanti.", status="in_progress")
    assert cells_of(matrix(golden, rows="kelompok"))["Masyarakat", "T"]["mark"] == "uncoded"


def test_the_cell_of_a_class_is_its_own(golden: StudyBuilder) -> None:
    cells.write(
        golden.project, "class:main", reference("code", golden.ids["code", "R"]), emic_summary="Menunggu."
    )
    found = matrix(golden, rows="class")
    assert [cell.emic_summary for cell in found.written.values() if cell.has_words] == ["Menunggu."]


# Order and sides ---------------------------------------------------------------------------------------


def test_rows_sort_by_several_keys(golden: StudyBuilder) -> None:
    for alias, age in (("A1", "51"), ("A2", "8"), ("A3", "41"), ("M1", "tua")):
        informants.import_table(golden.project, [{"alias": alias, "umur": age}])
    assert keys(matrix(golden, sort=("umur",)).rows) == [
        "A2",
        "A3",
        "A1",
        "M1",
        "A4",
        "M2",
        "M3",
        "O1",
        "D1",
        "D2",
    ]
    assert keys(matrix(golden, sort=("-codings",)).rows)[:3] == ["A3", "A4", "A1"]
    by_group = matrix(
        golden,
        rows="kelompok",
        opened=(f"attribute:{golden.ids['attribute', 'kelompok'].hex()}=ASN",),
        sort=("-key",),
    )
    assert keys(by_group.rows) == ["O1", "Masyarakat", "D2", "D1", "ASN", "A4", "A3", "A2", "A1"]
    with pytest.raises(UserError, match="sorted by warna"):
        matrix(golden, sort=("warna",))


def test_columns_by_frequency(golden: StudyBuilder) -> None:
    found = matrix(golden, by_frequency=True)
    assert keys(found.columns) == ["R", "V", "S", "I", "H", "P", "G", "K", "T"]
    assert found.details["mentioned"][:2] == [7, 5]


def test_a_part_keeps_its_evidence_words_and_details(golden: StudyBuilder) -> None:
    golden.cell("informant:M1", "code:R", emic_summary="Lambat.")
    found = matrix(golden, informants=("A3", "M1"), codes=("R", "P"), sort=("-key",))
    assert (keys(found.rows), keys(found.columns)) == (["M1", "A3"], ["R", "P"])
    assert [(place, cell.emic_summary) for place, cell in found.written.items() if cell.has_words] == [
        ((0, 0), "Lambat.")
    ]
    sources = [found.counted.frames.sources[i].key for i in found.evidence["source"]]
    assert sources == ["M1"] * 3 + ["A3"] * 8
    assert found.evidence[["row", "column"]].drop_duplicates().to_numpy().tolist() == [[0, 0], [1, 0], [1, 1]]
    assert found.details["mentioned"] == [2, 1]
    assert found.details["indicators"] == [3, 7]


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_other_way_round_is_the_same_matrix(golden: StudyBuilder, kind: str) -> None:
    golden.cell("code:R", "study:", etic_reading="Menunggu.")
    golden.cell("code:R", "code:S", etic_reading="Menghambat.")
    one = KINDS[kind](golden.project, Choice())
    other = matrix_of(golden.project, kind, Choice(transposed=True))
    assert (other.rows, other.columns) == (one.columns, one.rows)
    swapped = {(column, row): cell for (row, column), cell in cells_of(one).items()}
    drop = ("row", "column")
    assert {k: {n: v for n, v in c.items() if n not in drop} for k, c in cells_of(other).items()} == {
        k: {n: v for n, v in c.items() if n not in drop} for k, c in swapped.items()
    }
    assert {(j, i): cell for (i, j), cell in one.written.items()} == other.written
    assert sorted(other.evidence[["column", "row", "source", "start"]].to_numpy().tolist()) == sorted(
        one.evidence[["row", "column", "source", "start"]].to_numpy().tolist()
    )
    back = transpose(other)
    assert back.cells.equals(one.cells[back.cells.columns])
    assert back.evidence.equals(one.evidence[back.evidence.columns])
