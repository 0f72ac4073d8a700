"""What the command line writes over, and what it prints of names that others have made."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import grimp
import pytest

from qualcoder_lite.cli.terminal import harmless
from qualcoder_lite.coding.people import key_file
from qualcoder_lite.coding.people.key_file import key_path
from tests.cli.conftest import Command

Table = Callable[..., Path]
ROOT = Path(__file__).parents[2]
WRITING: dict[str, tuple[str, ...]] = {
    "export": ("export",),
    "part": ("export", "--part", "codebook"),
    "matrix": ("matrix", "informants", "--out"),
    "excerpts": ("excerpts", "--out"),
}
STEERING = "a\x1b[31m\x07\x9b2J\x7f\u202egnp.\u2066\rb"


def arguments(name: str, study: Path, file: Path) -> list[object]:
    verb, *options = WRITING[name]
    if verb == "export":
        return [verb, study, file, *options]
    return [verb, study, *options, file]


@pytest.mark.parametrize("name", WRITING)
def test_the_key_file_is_never_written_over(
    name: str, done: Command, refused: Command, small: Path, table: Table
) -> None:
    done("informants", small, table("alias,class,name", "A1,key,Nama Rekaan"))
    before = key_path(small).read_bytes()
    for options in ((), ("--force",)):
        said = refused(*arguments(name, small, key_path(small)), *options).err
        assert "never overwritten" in said
    assert key_path(small).read_bytes() == before


@pytest.mark.parametrize("name", WRITING)
def test_another_file_only_by_force(name: str, done: Command, refused: Command, small: Path) -> None:
    file = small.with_name("mine.json")
    file.write_text("mine")
    assert "--force" in refused(*arguments(name, small, file)).err
    assert file.read_text() == "mine"
    done(*arguments(name, small, file), "--force")
    assert json.loads(file.read_text(encoding="utf-8"))


def test_a_picture_over_a_file_only_by_force(done: Command, refused: Command, small: Path) -> None:
    file = small.with_name("m.svg")
    file.write_text("mine")
    assert "--force" in refused("matrix", small, "linkage", "--out", file).err
    assert file.read_text() == "mine"
    done("matrix", small, "linkage", "--out", file, "--force")
    assert file.read_text(encoding="utf-8").startswith("<")


def test_the_sample_is_not_built_over_files_of_the_same_names(refused: Command, tmp_path: Path) -> None:
    (tmp_path / "codebook.docx").write_text("mine")
    assert "codebook.docx is there already" in refused("demo", tmp_path).err
    assert [path.name for path in tmp_path.iterdir()] == ["codebook.docx"]


def test_a_key_file_that_others_can_read_is_told(
    done: Command, small: Path, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = table("alias,class,name", "A1,key,Nama Rekaan")
    assert done("informants", small, people).err == ""
    monkeypatch.setattr(key_file, "OTHERS", 0o777)  # as on a disk that lets everybody do everything
    assert "Others may be able to read the key file small.kunci.json" in done("informants", small, people).err


def test_nothing_that_is_printed_steers_the_terminal(command: Command, tmp_path: Path) -> None:
    study = tmp_path / "s.qcl"
    assert command("new", study, "--title", STEERING).status == 0
    text = tmp_path / "W1.txt"
    text.write_text("P: Apa?\nI: Kata \x1b]0;x\x07 antrean \u202e.\n", encoding="utf-8")
    outcomes = [
        command("import", study, text),
        command("show", study),
        command("show", study, "--json"),
        command("search", study, "antrean"),
        command("search", study, "antrean", "--json"),
        command("history", study),
        command("show", study, STEERING),
        command("status", study, STEERING, "done"),
        command("import", study, tmp_path / STEERING),
    ]
    for outcome in outcomes:
        for printed in (outcome.out, outcome.err):
            assert printed == harmless(printed)
    assert "a\\u001b[31m\\u0007\\u009b2J\\u007f\\u202egnp.\\u2066 b" in outcomes[1].out
    assert outcomes[2].data["study"]["title"] == STEERING
    assert "\x1b]0;x\x07" in outcomes[4].data["hits"][0]["before"]


def test_no_module_of_the_command_line_imports_in_a_circle() -> None:
    room = "qualcoder_lite.cli"
    graph = grimp.build_graph("qualcoder_lite", cache_dir=None)  # with late imports and those for types
    for module in graph.find_children(room):
        for imported in graph.find_modules_directly_imported_by(module):
            chain = graph.find_shortest_chain(importer=imported, imported=module)
            assert chain is None, chain


def test_a_hostile_file_name_stays_on_one_line_of_a_real_terminal(small: Path) -> None:
    command = [sys.executable, "-m", "qualcoder_lite", "show", f"{small.parent}/no\x1b[2J\n.qcl"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
