"""What goes out is never written over a study, a key file or a backup, by whatever name it is called."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcoder_lite import files
from qualcoder_lite.coding.people.key_file import is_private, write_names
from qualcoder_lite.errors import UserError
from qualcoder_lite.outputs import write_out
from qualcoder_lite.store.backup import backup
from qualcoder_lite.store.creating import new_study


def words(temporary: Path) -> None:
    temporary.write_text("words")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a study, its key file and a backup."""
    new_study(tmp_path / "s.qcl")
    (tmp_path / "s.kunci.json").write_text('{"A1": "Nama Rekaan"}')
    backup(tmp_path / "s.qcl")
    return tmp_path


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def symlink(folder: Path, name: str) -> Path:
    path = folder / "link.json"
    path.symlink_to(folder / name)
    return path


def hard_link(folder: Path, name: str) -> Path:
    path = folder / "second.json"
    path.hardlink_to(folder / name)
    return path


NAMES: dict[str, Callable[[Path], Path]] = {
    "study": lambda folder: folder / "s.qcl",
    "key file": lambda folder: folder / "s.kunci.json",
    "key file of a study to come": lambda folder: folder / "t.kunci.json",
    "backup": lambda folder: next((folder / "s.backups").iterdir()),
    "capitals": lambda folder: folder / "S.Kunci.JSON",
    "points": lambda folder: folder / "s.kunci.json. ",
    "roundabout": lambda folder: folder / "s.backups" / ".." / "s.kunci.json",
    "symbolic link to the key file": lambda folder: symlink(folder, "s.kunci.json"),
    "symbolic link to the study": lambda folder: symlink(folder, "s.qcl"),
    "hard link to the key file": lambda folder: hard_link(folder, "s.kunci.json"),
    "hard link to the study": lambda folder: hard_link(folder, "s.qcl"),
    "study under another name": lambda folder: (folder / "s.qcl").rename(folder / "study.json"),
    "journal": lambda folder: folder / "s.qcl-journal",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("overwrite", [True, False])
def test_studies_key_files_and_backups_are_never_written_over(
    folder: Path, name: str, overwrite: bool
) -> None:
    path = NAMES[name](folder)
    before = state(folder)
    with pytest.raises(UserError, match="a study, a key file or a backup"):
        write_out(path, words, overwrite)
    assert state(folder) == before


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to(tmp_path / "b.json")
    (tmp_path / "b.json").symlink_to(tmp_path / "a.json")
    with pytest.raises(UserError, match="can't be written"):
        write_out(tmp_path / "a.json", words)


def test_another_file_is_replaced_only_when_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    write_out(path, words, overwrite=False)
    path.write_text("mine")
    with pytest.raises(UserError, match="is there already"):
        write_out(path, words, overwrite=False)
    assert path.read_text() == "mine"
    write_out(path, words)
    assert path.read_text() == "words"


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_is_not_replaced_either(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError(errno.EPERM, "no links on this disk")

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "m.csv"

    def slow(temporary: Path) -> None:
        words(temporary)
        path.write_text("another's")

    with pytest.raises(UserError, match="is there already"):
        write_out(path, slow, overwrite=False)
    assert state(tmp_path) == {"m.csv": b"another's"}
    write_out(tmp_path / "n.csv", words, overwrite=False)
    assert (tmp_path / "n.csv").read_text() == "words"


def test_what_a_killed_export_left_is_cleared_at_the_next_one_there(tmp_path: Path) -> None:
    old = [".e.0123abcd.docx", ".matrix-informants.89abcdef.xlsx", ".s.kunci.0123abcd.json"]
    kept = [".e.0123abcd.txt", ".e.docx", "e.0123abcd.docx", ".e.0123abcz.docx"]
    for name in [*old, *kept]:
        (tmp_path / name).write_text("half")
        os.utime(tmp_path / name, times=(time.time() - 2 * files.ABANDONED,) * 2)
    (tmp_path / ".f.0123abcd.docx").write_text("being written by another")
    write_out(tmp_path / "m.csv", words)
    assert sorted(state(tmp_path)) == sorted([*kept, ".f.0123abcd.docx", "m.csv"])


@pytest.mark.skipif(os.name != "posix", reason="only there have files such rights")
def test_the_key_file_is_private_from_its_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.kunci.json"
    seen: list[int] = []
    write = Path.write_text

    def watch(file: Path, *words: str, **options: str) -> int:
        seen.append(stat.S_IMODE(file.stat().st_mode))
        return write(file, *words, **options)

    monkeypatch.setattr(Path, "write_text", watch)
    write_names(path, {"A1": "Nama Rekaan"})
    path.chmod(0o644)  # as earlier versions left it on some disks
    assert not is_private(path)
    write_names(path, {"A1": "Nama Lain"})
    assert is_private(path)
    assert seen == [0o600, 0o600]


@pytest.mark.skipif(os.name != "posix", reason="only there have files such rights")
def test_a_disk_that_keeps_no_rights_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.kunci.json"
    write_names(path, {"A1": "Nama Rekaan"})
    real = Path.chmod

    def refuse(file: Path, mode: int) -> None:
        if mode == 0o600:
            raise PermissionError
        real(file, mode)

    path.chmod(0o644)
    monkeypatch.setattr(Path, "chmod", refuse)
    write_names(path, {"A1": "Nama Lain"})
    assert "Nama Lain" in path.read_text(encoding="utf-8")
    assert not is_private(path)
