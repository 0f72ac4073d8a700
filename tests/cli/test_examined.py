"""What an examination of the command line found against its contract, each mended."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from qualcoder_lite.coding.people.key_file import key_path
from tests.cli.conftest import Command

Table = Callable[..., Path]


def test_a_study_of_a_later_version_is_not_backed_up_either(refused: Command, small: Path) -> None:
    with closing(sqlite3.connect(small)) as database:
        database.execute("PRAGMA user_version=999")
    assert "later version" in refused("backup", small).err
    assert not list(small.parent.glob("*.backups"))


def test_a_full_disk_is_told_for_excel_as_for_every_form(
    refused: Command, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Workbook._store_workbook

    def full(workbook: Workbook) -> None:
        write(workbook)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Workbook, "_store_workbook", full)
    target = small.with_name("m.xlsx")
    assert "The disk is full." in refused("matrix", small, "informants", "--out", target).err
    assert not target.exists()


def test_attributes_are_called_as_their_heads_are_written(done: Command, small: Path, table: Table) -> None:
    done("informants", small, table("Alias,Class,Nama,Masa Kerja", "A1,key,Nama Rekaan,12"))
    (person,) = done("show", small, "--json").data["informants"]
    assert person == {"alias": "A1", "class": "key", "attributes": {"Masa Kerja": "12"}}
    done("informants", small, table("alias,masa_kerja", "A1,13"))
    (person,) = done("show", small, "--json").data["informants"]
    assert person["attributes"] == {"Masa Kerja": "13"}


def test_two_heads_that_differ_in_case_alone_are_refused(refused: Command, small: Path, table: Table) -> None:
    assert "twice" in refused("informants", small, table("alias,Umur,umur", "A1,1,2")).err


def test_names_that_cannot_be_kept_leave_the_study_as_it_was(
    refused: Command, small: Path, table: Table
) -> None:
    key_path(small).write_text("[1", encoding="utf-8")
    refused("informants", small, table("alias,nama,umur", "A1,Nama Rekaan,40"))
    assert key_path(small).read_text(encoding="utf-8") == "[1"


def test_codes_in_codes_are_taken_at_any_depth(done: Command, refused: Command, tmp_path: Path) -> None:
    book = tmp_path / "book.json"
    deepest = {"key": "X1a", "name": "deepest", "parent": None}
    codes = [{"id": "X", "children": [{"key": "X1", "children": [deepest]}]}, {"id": "X2", "parent": "X1a"}]
    book.write_text(json.dumps({"codes": codes}), encoding="utf-8")
    study = tmp_path / "study.qcl"
    done("new", study, "--codebook", book)
    told = {code["key"]: code["parent"] for code in done("show", study, "--json").data["codes"]}
    assert told == {"X": None, "X1": "X", "X1a": "X1", "X2": "X1a"}
    book.write_text('{"codes": [{"id": "Y", "children": ["Y1"]}]}', encoding="utf-8")
    assert "children" in refused("codebook", study, book).err


def test_a_codebook_that_is_none_of_ours_is_named(refused: Command, tmp_path: Path) -> None:
    said = refused("new", tmp_path / "study.qcl", "--codebook", "siagan").err
    assert "There is no codebook siagan." in said
    assert "siagian, replication, none" in said


@pytest.mark.parametrize("verb", ["import", "informants", "code", "codebook"])
def test_a_file_that_is_not_there_is_told_in_whole_sentences(
    refused: Command, small: Path, verb: str
) -> None:
    said = refused(verb, small, small.with_name("none.csv" if verb != "import" else "none.txt")).err
    assert "It is not there, or it is not a file. Check" in said


def test_a_line_end_in_a_name_makes_no_second_line(refused: Command, small: Path) -> None:
    assert "two lines.txt" in refused("import", small, small.with_name("two\nlines.txt")).err


@pytest.mark.parametrize("verb", ["show", "history", "check"])
def test_a_coder_who_is_unknown_is_refused_when_reading(refused: Command, small: Path, verb: str) -> None:
    assert "nobody" in refused(verb, small, "--coder", "nobody").err


def test_the_day_inside_a_longer_citation_code(done: Command, small: Path) -> None:
    note = small.with_name("note.txt")
    note.write_text(
        "CATATAN LAPANGAN (DATA FIKTIF)\nKode : O/01/10-03-2026\n\nCatatan Deskriptif\nLoket dibuka.\n",
        encoding="utf-8",
    )
    done("import", small, note)
    source = done("show", small, "--json").data["sources"][-1]
    assert (source["key"], source["date"]) == ("O/01/10-03-2026", "2026-03-10")


def test_several_steps_are_undone_all_or_none(
    done: Command, refused: Command, small: Path, table: Table
) -> None:
    done("codebook", small, table("key,name", "E1,di dinding"))
    done("code", small, table("source,quote,code", "W1,jarang dibaca,E1"), "--coder", "Budi")
    done("status", small, "W1", "done")
    said = refused("undo", small, "2", "--coder", "Peneliti").err  # the second carries Budi's coding
    assert "Another step builds on it" in said
    assert done("undo", small, "3", "--json").data["steps"] == [
        "Mark W1 as done",
        "Code 1 passages from a table",
        "Take over a codebook: .csv (1)",
    ]
    assert len(done("redo", small, "3", "--json").data["steps"]) == 3
    assert done("show", small, "--json").data["codings"] == 1


def test_codings_that_a_table_changes_are_told(done: Command, small: Path, table: Table) -> None:
    done("code", small, table("source,quote,code", "W1,jarang dibaca,V3"))
    rows = table("source,quote,code,polarity", "W1,jarang dibaca,V3,-", "W1,Visinya,V1,+")
    assert done("code", small, rows).out == "1 coding added.\n1 coding changed.\n"
    assert done("code", small, rows, "--json").data == {"added": 0, "changed": 0, "unchanged": 2}


def test_a_damaged_study_is_told_and_repaired(done: Command, command: Command, small: Path) -> None:
    done("code", small, _codings(small))
    data = small.read_bytes()
    before, after = data.rsplit(b"Jujur saja", 1)  # the text; its original file comes first
    small.write_bytes(before + b"Jujur saya" + after)
    outcome = command("check", small)
    assert outcome.status == 1
    assert "repair" in outcome.err
    assert "W1: " in outcome.err
    for verb in ("show", "history", "undo"):
        assert command(verb, small).status == 1
    new = small.with_name("new.qcl")
    said = done("repair", small, new)
    assert "codings: 1" in said.out
    assert "damaged, while their original file is whole" in said.out
    assert done("check", new, "--json").data == {"problems": []}
    assert small.read_bytes() != data
    assert command("repair", small, new).status == 1
    assert command("repair", small.with_name("none.qcl"), small.with_name("x.qcl")).status == 1
    assert not small.with_name("x.qcl").exists()


def _codings(small: Path) -> Path:
    path = small.with_name("codings.csv")
    path.write_text("source,quote,code,polarity\nW1,Jujur saja,R,-\n", encoding="utf-8")
    return path


def test_a_failure_over_a_damaged_study_is_told_as_damage(command: Command, small: Path) -> None:
    with closing(sqlite3.connect(small)) as database, database:
        database.execute("UPDATE source SET header = '{'")
    outcome = command("export", small, small.with_name("out.json"))
    assert outcome.status == 1
    assert "Sources with something in them" in outcome.err
    assert len(outcome.err.splitlines()) == 1
