"""What links two codings, what the researcher drew, and what a claim says: three things kept apart."""

from __future__ import annotations

from typing import Any

import pytest

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import matrix_of
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.coding import claims, codings
from tests.analysis.building import StudyBuilder, cells_of, signs_of


def linkage(study: StudyBuilder, **choice: Any) -> Matrix:
    return matrix_of(study.project, "linkage", Choice(**choice))


def talk(study: StudyBuilder) -> None:
    """R1 under R, S1 under S; two interviews and a document."""
    for top, kind in (("R", "dimension"), ("S", "factor")):
        study.code(top, kind=kind)
        study.code(f"{top}1", top, "indicator")
    study.informant("A1")
    study.source(
        "W1", "A1: Kami menunggu perintah.", "P: Lalu?", "A1: Semua dari atas.", "P: Oh.", "A1: Begitulah."
    )
    study.source("W2", "A1: Satu lagi.")
    study.source("D1", "Pasal satu tentang wewenang.", technique="document")


def passages(matrix: Matrix) -> list[str]:
    """The co-coded passages, as `source start-end`."""
    rows = matrix.evidence[["source", "start", "end"]].to_numpy().tolist()
    return [f"{matrix.counted.frames.sources[source].key} {start}-{end}" for source, start, end in rows]


def test_same_characters_then_same_turn_then_near(study: StudyBuilder) -> None:
    talk(study)
    study.coding("W1", "menunggu", "R1", "-")
    study.coding("W1", "perintah", "S1", "-")
    study.coding("W1", "dari atas", "S1", "+")
    study.coding("W1", "Begitulah", "S1", "0")
    text = study.texts["W1"]
    first, second = text.index("Kami"), text.index("Begitulah")
    assert passages(linkage(study)) == []
    turn = linkage(study, linked="turn")
    assert passages(turn) == [f"W1 {first}-{text.index('.') + 1}"]
    assert signs_of(cells_of(turn)["R", "S"]) == {"-": 1}
    assert passages(linkage(study, linked="near", turns=1)) == passages(turn)  # the interviewer's turn counts
    near = linkage(study, linked="near", turns=2)
    assert passages(near) == [f"W1 {first}-{text.index('atas.') + 5}"]
    assert signs_of(cells_of(near)["R", "S"]) == {"±": 1}
    assert passages(linkage(study, linked="near", turns=4)) == [f"W1 {first}-{second + len('Begitulah.')}"]
    assert near.details["alone"] == [1]


def test_another_source_is_never_near(study: StudyBuilder) -> None:
    talk(study)
    study.coding("W1", "Begitulah", "R1")
    study.coding("W2", "Satu lagi", "S1")
    assert passages(linkage(study, linked="near", turns=50)) == []


def test_without_turns_only_the_same_characters_link(study: StudyBuilder) -> None:
    talk(study)
    study.coding("D1", "Pasal satu", "R1", evidence="provision")
    study.coding("D1", "wewenang", "S1", evidence="provision")
    for rule in ("overlap", "turn", "near"):
        assert passages(linkage(study, linked=rule)) == []
    study.coding("D1", "satu tentang", "S1", evidence="provision")
    for rule in ("overlap", "turn", "near"):
        assert passages(linkage(study, linked=rule)) == ["D1 6-10"]


@pytest.mark.parametrize("turns", [0, 1, 3])
def test_a_wider_rule_links_all_that_a_narrower_one_does(golden: StudyBuilder, turns: int) -> None:
    narrow, wide = (cells_of(linkage(golden, linked=rule, turns=turns)) for rule in ("overlap", "near"))
    assert [pair for pair, cell in narrow.items() if cell["passages"] and not wide[pair]["passages"]] == []
    assert all(wide[pair]["sources"] >= cell["sources"] for pair, cell in narrow.items())


def test_in_the_sample_a_passage_is_a_turn(golden: StudyBuilder) -> None:
    one, other = (cells_of(linkage(golden, linked=rule)) for rule in ("overlap", "turn"))
    assert {pair: (cell["passages"], signs_of(cell)) for pair, cell in one.items()} == {
        pair: (cell["passages"], signs_of(cell)) for pair, cell in other.items()
    }


def test_an_unknown_rule_is_a_bug(study: StudyBuilder) -> None:
    talk(study)
    with pytest.raises(ValueError, match="no rule"):
        linkage(study, linked="source")


def test_drawn_links_stand_beside_the_passages_and_never_among_them(study: StudyBuilder) -> None:
    talk(study)
    study.code("K")
    one = study.coding("W1", "menunggu", "R1")
    other = study.coding("W1", "dari atas", "S")
    study.coding("W1", "Oh", "S1")  # the interviewer's word does not count
    codings.link(study.project, other, one, "leads_to", "karena itu")
    found = linkage(study)
    assert cells_of(found)["R", "S"]["passages"] == 0
    assert list(found.details["links"]) == [(0, 0)]
    (link,) = found.details["links"][0, 0]
    ids = found.counted.frames.codings.id
    assert (ids[link.one], ids[link.other], link.kind, link.note) == (other, one, "leads_to", "karena itu")
    codings.unlink(study.project, [link.id])
    assert linkage(study).details["links"] == {}


def test_a_link_is_shown_where_its_codes_are_however_it_runs(golden: StudyBuilder) -> None:
    one, other = (golden.ids["coding", f"A1{span}{code}C1"] for span, code in _two_in_a1(golden))
    codings.link(golden.project, one, other, "because")
    found = linkage(golden)
    keys = [(found.rows[i].key, found.columns[j].key) for i, j in found.details["links"]]
    assert keys == [("I", "S")]
    turned = linkage(golden, transposed=True)
    assert [(turned.rows[i].key, turned.columns[j].key) for i, j in turned.details["links"]] == [("S", "I")]


def _two_in_a1(study: StudyBuilder) -> list[tuple[str, str]]:
    spans = {
        name: name.split("A1")[1] for table, name in study.ids if table == "coding" and name.startswith("A1(")
    }
    s2 = next(span for span in spans.values() if span.endswith("S2C1"))
    i2 = next(span for span in spans.values() if span.endswith("I2C1"))
    return [(s2.removesuffix("S2C1"), "S2"), (i2.removesuffix("I2C1"), "I2")]


def test_a_claim_stands_where_it_speaks_of_both_sides(golden: StudyBuilder) -> None:
    ids = {key: golden.ids["code", key] for key in ("R", "P", "V", "S1", "I")}
    claims.add(golden.project, "C02", {"id": "Menunggu petunjuk."}, [ids["R"], ids["V"], ids["P"]])
    claims.add(golden.project, "C03", {"id": "Hiasan dinding."}, [ids["V"]])
    claims.add(golden.project, "C09", {"id": "Boneka."}, [ids["I"], ids["S1"]])
    found = linkage(golden)
    told = {
        (found.rows[i].key, found.columns[j].key): [claim.number for claim in listed]
        for (i, j), listed in found.details["claims"].items()
    }
    assert told == {("R", "V"): ["C02"], ("R", "P"): ["C02"], ("I", "S"): ["C09"]}
