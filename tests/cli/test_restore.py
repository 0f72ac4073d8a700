"""The verb restore: what it puts back, and what it says of what was there."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def test_the_newest_backup_is_put_back(done: Command, small: Path) -> None:
    first = Path(done("backup", small, "--json").data["backup"])
    done("status", small, "W1", "done")
    outcome = done("restore", small)
    assert f"Put back: {first}" in outcome.out
    assert "1 step is only there:" in outcome.out
    assert done("show", small, "--json").data["sources"][0]["status"] == "not_started"
    assert len(done("history", small, "--json").data) == 2
    done("check", small)


def test_a_named_backup_is_put_back_and_told_as_data(done: Command, small: Path) -> None:
    first = done("backup", small, "--json").data["backup"]
    done("status", small, "W1", "in_progress")
    done("status", small, "W1", "done")
    done("backup", small)
    told = done("restore", small, first, "--json").data
    assert told["backup"] == first
    assert told["names"] is False
    assert len(told["later"]) == 2
    assert told["later"][0].keys() == {"message", "parameters", "coder", "at", "text"}
    kept = Path(told["kept"])
    assert done("show", kept, "--json").data["sources"][0]["status"] == "done"
    done("restore", small, kept)
    assert done("show", small, "--json").data["sources"][0]["status"] == "done"


def test_what_can_not_be_put_back_is_refused(refused: Command, done: Command, small: Path) -> None:
    assert "There is no whole backup" in refused("restore", small).err
    done("backup", small)
    assert "is not there" in refused("restore", small, small.with_name("none.qcl")).err
    assert "its own place" in refused("restore", small, small).err


def test_a_damaged_study_is_put_back(done: Command, command: Command, small: Path) -> None:
    done("backup", small)
    small.write_bytes(small.read_bytes()[:20_000])
    outcome = command("show", small)
    assert outcome.status == 1
    assert "restore" in outcome.err
    told = done("restore", small, "--json").data
    assert Path(told["kept"]).stat().st_size == 20_000
    done("check", small)


def test_a_backup_is_not_worked_in(done: Command, refused: Command, small: Path) -> None:
    kept = done("backup", small, "--json").data["backup"]
    assert "is a backup and stays as it is" in refused("status", kept, "W1", "done").err
    done("check", kept)


def test_a_refused_verb_leaves_every_byte(done: Command, refused: Command, small: Path) -> None:
    refused("redo", small)
    refused("status", small, "none", "done")
    assert [path.suffix for path in small.parent.iterdir() if path.name.startswith("small.")] == [".qcl"]


def test_a_backup_is_copied_to_a_folder_elsewhere(
    done: Command, refused: Command, small: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = Path(done("backup", small, "--also", stick, "--json").data["backup"])
    assert [copy.name for copy in stick.rglob("*.qcl")] == [made.name]
    assert "was made, but not the copy" in refused("backup", small, "--also", tmp_path / "none").err
