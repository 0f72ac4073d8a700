"""Every form of a transcript seen in the field, read to the turns, times and header that it means."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from qualcoder_lite.readers.document import Document
from qualcoder_lite.readers.reading import read

FORMS = Path(__file__).parent / "forms"
EXPECTED: dict[str, dict[str, Any]] = {
    name: form
    for file in ("expected.json", "own.json")
    for name, form in json.loads((FORMS / file).read_text("utf-8")).items()
}
STATED = ("roles", "technique", "utterances")


def folded(text: str) -> str:
    return " ".join(text.split())


def speech(document: Document) -> list[list[str]]:
    return [[turn.label, folded(document.text[turn.start : turn.end])] for turn in document.turns]


def ms(stamp: str) -> int:
    whole, fraction = [*re.split("[.,-]", stamp), "0"][:2]
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + round(float(f"0.{fraction}") * 1000)


def assert_well_formed(document: Document) -> None:
    end = 0
    for turn in document.turns:
        assert end <= turn.start < turn.end <= len(document.text)
        assert not document.text[turn.start].isspace()
        assert not document.text[turn.end - 1].isspace()
        end = turn.end
    assert {turn.label for turn in document.turns} == {speaker.label for speaker in document.speakers}
    for mark in (*document.marks, *document.suggestions):
        assert 0 <= mark.start < mark.end <= len(document.text)


def test_no_form_is_without_its_facts() -> None:
    files = {path.name for path in FORMS.iterdir() if path.suffix != ".json"}
    assert files == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_turns(name: str) -> None:
    document = read(FORMS / name)
    assert speech(document) == [[turn[0], folded(turn[1])] for turn in EXPECTED[name]["turns"]]
    assert_well_formed(document)


@pytest.mark.parametrize(
    "name", [name for name in EXPECTED if any(len(t) > 2 for t in EXPECTED[name]["turns"])]
)
def test_times(name: str) -> None:
    turns = read(FORMS / name).turns
    assert [turn.time for turn in turns] == [ms(turn[2]) for turn in EXPECTED[name]["turns"]]


@pytest.mark.parametrize("name", [name for name in EXPECTED if "meta" in EXPECTED[name]])
def test_header(name: str) -> None:
    meta = EXPECTED[name]["meta"]
    header = read(FORMS / name).header
    assert {key: header.get(key) for key in meta} == meta


@pytest.mark.parametrize("name", [name for name in EXPECTED if "coding_suggestions" in EXPECTED[name]])
def test_suggestions(name: str) -> None:
    document = read(FORMS / name)
    ranges = [(turn.start, turn.end) for turn in document.turns]
    found = [[ranges.index((one.start, one.end)) + 1, one.name] for one in document.suggestions]
    assert found == EXPECTED[name]["coding_suggestions"]


@pytest.mark.parametrize(
    "name", [name for name in EXPECTED if any(fact in EXPECTED[name] for fact in STATED)]
)
def test_roles_technique_and_utterances(name: str) -> None:
    document = read(FORMS / name)
    found = {
        "roles": [speaker.role for speaker in document.speakers],
        "technique": document.technique,
        "utterances": [turn.utterance for turn in document.turns],
    }
    stated = {fact: EXPECTED[name][fact] for fact in STATED if fact in EXPECTED[name]}
    assert {fact: found[fact] for fact in stated} == stated


@pytest.mark.parametrize(
    ("name", "technique"),
    [
        ("F01_P_I.txt", "interview"),
        ("F10_otter.txt", "interview"),
        ("F11_vtt.txt", "interview"),
        ("F15_fgd.txt", "focus_group"),
        ("F22_f4.txt", "interview"),
        ("F23_fieldnote.txt", "observation"),
        ("D01_table_no_pelaku_verbatim_koding.docx", "interview"),
    ],
)
def test_technique_of_given_forms(name: str, technique: str) -> None:
    assert read(FORMS / name).technique == technique


def test_the_letter_i_is_whoever_asks() -> None:
    roles = {speaker.label: speaker.role for speaker in read(FORMS / "F22_f4.txt").speakers}
    assert roles == {"I": "interviewer", "B": "informant"}
    roles = {speaker.label: speaker.role for speaker in read(FORMS / "F01_P_I.txt").speakers}
    assert roles == {"P": "interviewer", "I": "informant"}


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.endswith(".txt")])
def test_the_text_of_a_plain_text_is_the_file(name: str) -> None:
    assert read(FORMS / name).text == (FORMS / name).read_bytes().decode("utf-8").replace("\r\n", "\n")


def test_subtitles_of_both_suffixes_have_the_same_turns(tmp_path: Path) -> None:
    path = tmp_path / "F11.vtt"
    path.write_bytes((FORMS / "F11_vtt.txt").read_bytes())
    document = read(path)
    assert speech(document) == [turn[:2] for turn in EXPECTED["F11_vtt.txt"]["turns"]]
    assert [turn.time for turn in document.turns] == [5000, 8500, 12000]
    assert "-->" not in document.text
