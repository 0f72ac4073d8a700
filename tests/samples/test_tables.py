"""The sample's tables: they give the golden numbers and keep the rules of the matrices."""

from __future__ import annotations

import json
from collections import Counter, defaultdict

import openpyxl
import pytest

from tests.samples.reading import SAMPLES, SOURCES, masters, passages, table

TOPS = "GKIRVSPHT"
TOTALS = {  # codings/distinct passages by source and top code
    "A1": "1/1 - 2/2 1/1 3/2 2/2 2/1 2/1 -",
    "A2": "- 1/1 - 3/2 2/1 3/3 1/1 1/1 1/1",
    "A3": "- 2/2 4/3 5/5 2/1 3/2 3/3 2/1 -",
    "A4": "- 2/2 3/3 3/3 2/2 - 4/3 4/2 -",
    "M1": "2/2 1/1 - 3/3 - 1/1 - - -",
    "M2": "2/2 - 2/2 2/2 2/1 - - - -",
    "M3": "1/1 - - 3/2 - 2/2 1/1 2/1 -",
    "O1": "1/1 - 2/2 3/2 1/1 1/1 1/1 - -",
    "D1": "- - 1/1 - 3/3 1/1 - - -",
    "D2": "1/1 - - 1/1 - 2/2 - 2/1 -",
}
EMIC = {
    "E1": "S3",
    "E2": "S4",
    "E3": "S5",
    "E4": "V5",
    "E5": "H4",
    "E6": None,
}


def codebook() -> dict[str, dict[str, object]]:
    content = json.loads((SAMPLES / "tables" / "bukukode.json").read_text(encoding="utf-8"))
    return {code["id"]: code for code in content["codes"]}


def test_the_codings_are_those_of_the_golden_passages() -> None:
    given = [(row["source"], row["quote"], row["code"], row["polarity"]) for row in table("pengodean.csv")]
    golden = [(source, words, *code) for source, words, codes in passages().values() for code in codes]
    assert given == golden
    assert len(given) == 108
    assert len({row[:2] for row in given}) == 58


@pytest.mark.parametrize("source", SOURCES)
def test_codings_and_passages_by_source_and_top_code(source: str) -> None:
    quotes = defaultdict(list)
    for row in table("pengodean.csv"):
        if row["source"] == source:
            quotes[row["code"][0]].append(row["quote"])
    counted = [f"{len(quotes[top])}/{len(set(quotes[top]))}" if quotes[top] else "-" for top in TOPS]
    assert " ".join(counted) == TOTALS[source]


def test_every_indicator_is_used_and_new_ones_come_as_the_saturation_table_says() -> None:
    used = defaultdict(set)
    for row in table("pengodean.csv"):
        used[row["source"]].add(row["code"])
    known: set[str] = set()
    new = []
    for source in SOURCES[:7]:
        new.append(len(used[source] - known))
        known |= used[source]
    assert new == [12, 10, 9, 2, 3, 1, 1]
    assert set().union(*used.values()) == {
        key for key, code in codebook().items() if code["kind"] == "indicator"
    }


def test_the_informants_own_codes_are_linked_and_coded_with_their_own_words() -> None:
    codes = {key: code for key, code in codebook().items() if code["perspective"] == "emic"}
    assert {key: code["linked"] for key, code in codes.items()} == EMIC
    assert {code["kind"] for code in codes.values()} == {"theme", "category"}
    coded = table("pengodean_emik.csv")
    assert {row["code"] for row in coded} == set(EMIC)
    golden = [(source, words) for source, words, _codes in passages().values()]
    for row in coded:
        assert masters()[row["source"]].count(row["quote"]) == 1, row["quote"]
        assert any(row["source"] == source and row["quote"] in words for source, words in golden)


def test_the_codebook_is_the_neutral_template_and_the_informants_codes() -> None:
    template = SAMPLES.parent / "qualcoder_lite" / "templates" / "siagian.json"
    ours = list(codebook().values())
    assert ours[:47] == json.loads(template.read_text(encoding="utf-8"))["codes"]
    assert len(ours) == 53
    sheet = openpyxl.load_workbook(SAMPLES / "tables" / "bukukode.xlsx").active
    assert sheet is not None
    heads, *rows = list(sheet.iter_rows(values_only=True))
    workbook = [dict(zip(heads, row, strict=True)) for row in rows]
    assert workbook == [{head: code.get(str(head)) for head in heads} for code in ours]


def test_the_second_coder_differs_in_four_of_thirteen_passages() -> None:
    first = {words: codes[0][0][0] for _source, words, codes in passages().values()}
    pairs = [(first[row["quote"]], row["code"]) for row in table("pengode2.csv")]
    assert Counter(one == two for one, two in pairs) == {True: 9, False: 4}
    assert pairs[:3] == [("R", "P"), ("R", "R"), ("I", "S")]
    assert {row["coder"] for row in table("pengode2.csv")} == {"Pengode 2"}
    assert {row["coder"] for row in table("pengodean.csv")} == {"Peneliti"}


def test_the_guide_asks_about_every_code_and_about_rewards_not_of_all() -> None:
    guide = table("pedoman.csv")
    assert [row["number"] for row in guide] == [str(number) for number in range(1, 13)]
    etic = {key for key, code in codebook().items() if code["perspective"] == "etic"}
    assert set(";".join(row["codes"] for row in guide).split(";")) == etic
    for row in guide:
        tops = {key[0] for key in row["codes"].split(";")}
        assert len(tops) == 1, "a question about two things would hide what was not asked"
        assert row["not_asked"] == ("M1;M2" if tops == {"H"} else "")


def test_all_sources_are_done_but_one() -> None:
    status = {row["source"]: row["status"] for row in table("status.csv")}
    assert list(status) == SOURCES
    assert {source for source, word in status.items() if word != "done"} == {"D1"}
    assert status["D1"] == "in_progress"


def test_informants_have_class_consent_and_no_name() -> None:
    rows = {row["alias"]: row for row in table("informan.csv")}
    assert list(rows) == SOURCES[:7]
    assert [row["class"] for row in rows.values()] == ["key"] * 2 + ["main"] * 2 + ["additional"] * 3
    assert [row["kelompok"] for row in rows.values()] == ["ASN"] * 4 + ["Masyarakat"] * 3
    assert {row["consent"] for row in rows.values()} == {"given"}
    assert not {"nama", "name"} & set(rows["A1"])
    assert [row["alias"] for row in table("kunci_nama.csv")] == list(rows)


def test_claims_stand_on_passages_that_exist_and_status_fits_evidence() -> None:
    claims = {row["number"]: row for row in table("pernyataan.csv")}
    numbers = {row["number"]: (row["source"], row["quote"]) for row in table("kutipan.csv")}
    assert numbers == {number: (source, words) for number, (source, words, _codes) in passages().items()}
    assert list(claims) == [f"C{number:02}" for number in range(1, 17)]
    for claim in claims.values():
        sides = [set(filter(None, claim[side].split(";"))) for side in ("evidence_for", "evidence_against")]
        assert sides[0] | sides[1] <= set(numbers)
        assert not sides[0] & sides[1]
        assert (claim["status"] == "no_evidence") == (not sides[0] | sides[1])
        assert set(claim["codes"].split(";")) <= set(codebook())
        assert claim["text_id"] != claim["text_en"]
    assert claims["C07"]["evidence_for"] == "A1.3;A3.6;M3.5;D1.4;D2.1"
    assert claims["C12"]["evidence_for"] == "A3.1;A4.1;A4.5"
    assert claims["C14"]["evidence_for"] == "A4.6;A2.6;D2.4"
    assert [claims[key]["status"] for key in ("C01", "C07", "C11", "C12", "C14")] == [
        "partial",
        "supported",
        "partial",
        "supported",
        "supported",
    ]


def test_cells_keep_the_rules_of_the_emic_etic_matrix() -> None:
    cells = {(row["row"], row["column"]): row for row in table("sel.csv")}
    assert len(cells) == len(table("sel.csv"))
    used = {row["code"] for name in ("pengodean.csv", "pengodean_emik.csv") for row in table(name)}
    for (row, column), cell in cells.items():
        status = cell["status"]
        assert status in ("", "aligned", "partial", "gap", "emic_only", "etic_only", "unjudged")
        if status in ("aligned", "gap"):
            assert cell["etic_reading"]
        assert (status == "gap") == bool(cell["gap_note"]), (row, column)
        if status == "emic_only":
            assert cell["emic_summary"]
            assert not cell["etic_reading"]
        if status == "etic_only":
            assert not cell["emic_summary"]
        if column == "study" and status != "etic_only":
            assert any(key.startswith(row) for key in used), row
    assert {key for key, cell in cells.items() if cell["not_applicable"]} == {("source:D2", "code:K")}
    prepared = {"R3": "aligned", "P2": "gap", "P3": "gap", "H1": "gap", "I2": "partial", "I4": "partial"}
    prepared |= dict.fromkeys(("E1", "E2", "E3"), "emic_only")
    assert {key: cells[key, "study"]["status"] for key in prepared} == prepared
    assert cells["K", "H"]["status"] == "etic_only"


def test_an_informants_cell_is_written_where_there_are_codings_and_only_there() -> None:
    written = {
        (row["row"].removeprefix("informant:"), row["column"].removeprefix("code:"))
        for row in table("sel.csv")
        if row["row"].startswith("informant:")
    }
    coded = {
        (row["source"], row["code"][0]) for row in table("pengodean.csv") if row["source"] in SOURCES[:7]
    }
    assert written == {(source, top) for source, top in coded if top not in "GT"}


def test_chosen_quotes_stand_behind_every_prepared_row() -> None:
    rows = table("pengodean.csv") + table("pengodean_emik.csv")
    starred = {row["code"] for row in rows if row["starred"] == "yes"}
    judged = [row["row"] for row in table("sel.csv") if row["column"] == "study"]
    for key in judged:
        assert any(code.startswith(key) for code in starred), key
