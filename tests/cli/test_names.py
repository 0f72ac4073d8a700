"""Real names on the command line: warned of, and masked when asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcoder_lite.coding.people.key_file import key_path, read_names
from tests.cli.conftest import Command

TALK = "Nama: Bambang Sutrisno\n\nP: Apa kabar, Pak Bambang?\nI: Baik.\n"


@pytest.fixture
def study(done: Command, tmp_path: Path) -> Path:
    done("new", tmp_path / "s.qcl")
    (tmp_path / "W1.txt").write_text(TALK, encoding="utf-8")
    return tmp_path / "s.qcl"


def test_a_name_in_a_header_is_warned_of_without_being_repeated(done: Command, study: Path) -> None:
    outcome = done("import", study, study.parent / "W1.txt")
    assert outcome.err == (
        "W1.txt: a real name stands in lines 1, 3. To keep it out: undo, import with --mask-names (the name "
        "then goes to the key file), compact, and remove older backups.\n"
    )
    assert "Bambang" not in outcome.out + outcome.err
    outcome = done("import", study, study.parent / "W1.txt", "--json")
    assert outcome.data["imported"][0]["names"][0] == {"where": "header", "line": 1, "mask": "W1-2"}
    assert "Bambang" not in outcome.out + outcome.err
    assert not key_path(study).exists()


def test_names_are_masked_and_go_to_the_key_file(done: Command, study: Path) -> None:
    outcome = done("import", study, study.parent / "W1.txt", "--mask-names")
    assert outcome.err == ""
    assert "Real names were masked" in outcome.out
    assert read_names(key_path(study)) == {"W1": "Bambang Sutrisno"}
    assert b"Bambang" not in study.read_bytes()
    done("export", study, study.parent / "out.json")
    exported = json.loads((study.parent / "out.json").read_text(encoding="utf-8"))
    assert exported["sources"][0]["text"] == TALK.replace("Bambang Sutrisno", "W1").replace("Bambang", "W1")


def test_nothing_changes_where_the_key_file_can_not_be_read(refused: Command, study: Path) -> None:
    key_path(study).write_text("[1]", encoding="utf-8")
    refused("import", study, study.parent / "W1.txt", "--mask-names")


def test_what_the_warning_says_takes_the_name_out(done: Command, study: Path) -> None:
    done("import", study, study.parent / "W1.txt")
    assert b"Bambang" in study.read_bytes()
    done("undo", study)
    done("import", study, study.parent / "W1.txt", "--mask-names")
    done("compact", study)
    assert b"Bambang" not in study.read_bytes()
