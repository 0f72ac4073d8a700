"""The codebooks that the program brings along: complete in two languages, one of them without a verdict."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

TEMPLATES = Path(__file__).parents[2] / "qualcoder_lite" / "templates"
TEXTS = [
    f"{field}_{language}"
    for field in ("name", "def", "include", "exclude", "example", "plus", "minus")
    for language in ("id", "en")
]
INDICATORS = {"G": 4, "K": 4, "I": 4, "R": 5, "V": 5, "S": 5, "P": 5, "H": 5, "T": 1}
JUDGING = re.compile(  # the words by which the article's names already tell its findings
    r"hiasan|pajangan|boneka|robot|mati\b|sekadar|hanya|enggan|takut|\bangan|kaku|nepotis|cepat puas|dominan|"
    r"sentralis|berbelit|tidak|bukan|senioritas|menunggu|patologi|kecewa|"
    r"decoration|puppet|dies|killed|\bmere\b|reluctan|fear|pipe dream|rigid|satisfied too|dominant|"
    r"centralis|convoluted|not |seniority|waiting|patholog|disappoint",
    re.IGNORECASE,
)


def codebook(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((TEMPLATES / f"{name}.json").read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize("name", ["siagian", "replication"])
def test_has_nine_top_codes_and_38_indicators_under_them(name: str) -> None:
    codes = codebook(name)["codes"]
    tops = [code for code in codes if code["parent"] is None]
    assert [code["id"] for code in tops] == list(INDICATORS)
    assert Counter(code["parent"] for code in codes if code["parent"]) == INDICATORS
    assert all(code["kind"] == "indicator" for code in codes if code["parent"])
    kinds = {code["id"]: code["kind"] for code in tops}
    assert [key for key, kind in kinds.items() if kind == "dimension"] == ["K", "I", "R"]
    assert [key for key, kind in kinds.items() if kind == "factor"] == ["V", "S", "P", "H"]
    assert len({code["id"] for code in codes}) == 47


@pytest.mark.parametrize("name", ["siagian", "replication"])
def test_every_field_is_filled_in_both_languages(name: str) -> None:
    for code in codebook(name)["codes"]:
        for field in [*TEXTS, "source", "perspective"]:
            assert code[field].strip(), (code["id"], field)
        for field in ("name", "def", "example", "plus", "minus"):
            assert code[f"{field}_id"] != code[f"{field}_en"], (code["id"], field)


@pytest.mark.parametrize("name", ["siagian", "replication"])
def test_every_code_that_a_text_points_to_exists(name: str) -> None:
    codes = codebook(name)["codes"]
    keys = {code["id"] for code in codes}
    for code in codes:
        for field in TEXTS:
            for pointed in re.findall(r"→ ([A-Z]\d?)", code[field]):
                assert pointed in keys, (code["id"], field, pointed)
                assert pointed != code["id"], (code["id"], field)


@pytest.mark.parametrize("name", ["siagian", "replication"])
def test_each_top_code_has_a_colour_of_its_own_which_indicators_inherit(name: str) -> None:
    colours = {code["id"]: code.get("colour") for code in codebook(name)["codes"]}
    top = [colours[key] for key in INDICATORS]
    assert len(set(top)) == len(top)
    assert all(colour in range(1, 17) for colour in top)
    assert all(colour is None for key, colour in colours.items() if key not in INDICATORS)


def test_both_give_a_code_the_same_key_and_the_same_meaning_of_signs() -> None:
    neutral, article = codebook("siagian")["codes"], codebook("replication")["codes"]
    fields = ("id", "parent", "kind", "plus_id", "plus_en", "minus_id", "minus_en", "colour")
    assert [[code.get(field) for field in fields] for code in neutral] == [
        [code.get(field) for field in fields] for code in article
    ]


def test_the_neutral_names_tell_no_finding_and_presume_no_hindrance() -> None:
    for code in codebook("siagian")["codes"]:
        names = f"{code['name_id']} / {code['name_en']}"
        assert not JUDGING.search(names), names
        assert code.get("polarity", "0") in ("+", "0"), names
        assert "(+)" in code["example_id"], names
        assert "(−)" in code["example_id"], names
    judged = [code for code in codebook("replication")["codes"] if JUDGING.search(code["name_id"])]
    assert len(judged) > 8  # the same words do stand in the article's names


def test_the_neutral_codebook_is_spelt_by_the_standard_and_the_other_as_the_article() -> None:
    neutral = json.dumps(codebook("siagian"), ensure_ascii=False).lower()
    assert not re.search(r"kreatifitas|responsifitas|produktifitas|aktifitas", neutral)
    names = {code["id"]: code["name_id"] for code in codebook("replication")["codes"]}
    assert (names["K"], names["R"]) == ("Kreatifitas", "Responsifitas")


def test_only_the_replication_brings_the_sixteen_claims() -> None:
    assert "claims" not in codebook("siagian")
    content = codebook("replication")
    keys = {code["id"] for code in content["codes"]}
    assert [claim["number"] for claim in content["claims"]] == [f"C{number:02}" for number in range(1, 17)]
    for claim in content["claims"]:
        assert claim["text_id"] != claim["text_en"]
        assert claim["polarity"] in ("+", "-", "0")
        assert claim["codes"]
        assert set(claim["codes"]) <= keys
        assert claim["reference"]
