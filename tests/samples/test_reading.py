"""The program reads the sample's files so that every passage lies in a turn of the person who said it."""

from __future__ import annotations

from functools import cache

import pytest

from qualcoder_lite.readers.document import Document
from qualcoder_lite.readers.reading import read
from tests.samples.reading import SAMPLES, SOURCES, masters, passages

FILES = dict(zip(SOURCES, sorted((SAMPLES / "sources").iterdir()), strict=True))
TECHNIQUES = dict.fromkeys(SOURCES[:7], "interview") | {
    "O1": "observation",
    "D1": "document",
    "D2": "document",
}


@cache
def document(code: str) -> Document:
    return read(FILES[code])


@pytest.mark.parametrize("code", SOURCES)
def test_the_header_gives_the_citation_code_and_the_form_the_technique(code: str) -> None:
    assert document(code).header["kode"] == code
    assert document(code).header.get("kode_informan") == (code if code in SOURCES[:7] else None)
    assert document(code).technique == TECHNIQUES[code]
    assert document(code).header["tanggal"]
    assert document(code).header["tempat"]


@pytest.mark.parametrize("number", passages())
def test_a_passage_is_found_once_and_in_the_right_turn(number: str) -> None:
    code, words, _codes = passages()[number]
    read_as = document(code)
    assert read_as.text.count(words) == 1
    start = read_as.text.index(words)
    around = [turn for turn in read_as.turns if turn.start <= start and start + len(words) <= turn.end]
    roles = {speaker.label: speaker.role for speaker in read_as.speakers}
    wanted = {"interview": ["informant"], "observation": ["descriptive"], "document": []}
    assert [roles[turn.label] for turn in around] == wanted[read_as.technique]


@pytest.mark.parametrize("code", SOURCES[:7])
def test_every_answer_and_question_of_the_plain_text_is_a_turn_of_its_own(code: str) -> None:
    lines = masters()[code].split("\n\n", 1)[1].strip().split("\n")
    said = [(line[0] in "PT", line.split(": ", 1)[1]) for line in lines]
    read_as = document(code)
    roles = {speaker.label: speaker.role == "interviewer" for speaker in read_as.speakers}
    assert [(roles[turn.label], read_as.text[turn.start : turn.end]) for turn in read_as.turns] == said
