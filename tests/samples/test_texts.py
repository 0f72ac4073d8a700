"""The fictional texts: marked as such, of the lengths promised, holding every coded passage exactly once."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from tests.samples.reading import SAMPLES, SOURCES, masters, passages, table

LENGTHS = {
    "A1": (900, 1100),
    "A2": (800, 900),
    "A3": (1000, 1200),
    "A4": (800, 1000),
    "M1": (350, 450),
    "M2": (300, 400),
    "M3": (450, 600),
    "O1": (450, 600),
    "D1": (250, 350),
    "D2": (250, 350),
}
NOISE = "kreatifitas|kreativitas|respon|respons|merespon|pelayanan2|e-KTP-nya|juklak|juknis|juklak-juknis|"
NOISE += r"Rp\. 10\.000,-|s\.d\.|dll\."
INTERVIEWS = SOURCES[:7]


def body(code: str) -> str:
    return masters()[code].split("\n\n", 1)[1]


def answers(code: str) -> list[str]:
    """What passages may stand in, line by line."""
    if code in INTERVIEWS:
        return re.findall(r"^[IJ] ?: (.*)$", body(code), re.MULTILINE)
    text = body(code).split("## Catatan Reflektif")[0]
    return [line for line in text.split("\n") if not line.startswith("#")]


def test_there_are_ten_texts_all_marked_fictional() -> None:
    assert list(masters()) == SOURCES
    for text in masters().values():
        assert text.startswith("DATA FIKTIF – hanya contoh / FICTIONAL DATA – sample only\n")
    assert all("(samaran)" in masters()[code] for code in INTERVIEWS)


@pytest.mark.parametrize("number", passages())
def test_a_passage_stands_once_inside_one_answer(number: str) -> None:
    source, words, _codes = passages()[number]
    assert masters()[source].count(words) == 1
    assert sum(words in answer for answer in answers(source)) == 1


@pytest.mark.parametrize("code", SOURCES)
def test_the_length_keeps_within_its_limits(code: str) -> None:
    low, high = LENGTHS[code]
    speech = re.sub(r"^(?:[A-Z] ?: |#+ )", "", body(code), flags=re.MULTILINE)
    assert low <= len(re.findall(r"\S*\w\S*", speech))
    assert len(re.findall(r"\S*\w\S*", masters()[code])) <= high


def test_interviews_follow_each_other_in_the_order_of_the_saturation_table() -> None:
    months = {"Maret": 3}
    moments = []
    for code in INTERVIEWS:
        day, month, year = re.findall(r"^Tanggal : \w+, (\d+) (\w+) (\d+)$", masters()[code], re.MULTILINE)[0]
        hour, minute = re.findall(r"^Waktu : (\d\d)\.(\d\d)", masters()[code], re.MULTILINE)[0]
        moments.append(datetime(int(year), months[month], int(day), int(hour), int(minute)))
    assert moments == sorted(set(moments))


def test_the_spellings_that_search_must_fold_are_there() -> None:
    everything = "\n".join(masters().values())
    for word in NOISE.split("|"):
        assert re.search(rf"(?<!\w){word}(?!\w)", everything, re.IGNORECASE), word


def test_rewards_were_not_asked_about_where_the_guide_says_so() -> None:
    for code in ("M1", "M2"):
        questions = " ".join(re.findall(r"^[PT] ?: (.*)$", body(code), re.MULTILINE))
        assert not re.search(r"penghargaan|dihargai|tunjangan|naik|jabatan|prestasi|senior", questions)
    for code in ("A1", "A2", "A3", "A4", "M3"):
        questions = " ".join(re.findall(r"^[P] ?: (.*)$", body(code), re.MULTILINE))
        assert re.search(r"penghargaan|dihargai", questions), code


def test_names_of_the_key_file_stand_nowhere_else() -> None:
    names = [row["nama"].removesuffix(" (nama rekaan)") for row in table("kunci_nama.csv")]
    assert len(set(names)) == 7
    texts = [path.read_text(encoding="utf-8") for path in (SAMPLES / "masters").iterdir()]
    tables = [path for path in (SAMPLES / "tables").glob("*.csv") if path.name != "kunci_nama.csv"]
    for text in texts + [path.read_text(encoding="utf-8") for path in tables]:
        assert not any(part in text for name in names for part in name.split())
