"""A protected study: nothing in clear, a wrong password changes nothing, a kill leaves the old or the new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qualcoder_lite.coding import codes
from qualcoder_lite.coding.people.key_file import key_path, read_names, write_names
from qualcoder_lite.coding.vocabulary import CHOICES
from qualcoder_lite.errors import UserError
from qualcoder_lite.store.access.logs import beside
from qualcoder_lite.store.backup import backup, backups
from qualcoder_lite.store.compacting import compact
from qualcoder_lite.store.copies.held import backups_held
from qualcoder_lite.store.copies.restoring import restore
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.integrity.checking import problems
from qualcoder_lite.store.integrity.repairing import repair
from qualcoder_lite.store.project import Project, open_study, read_study
from qualcoder_lite.store.protection import key as keys
from qualcoder_lite.store.protection import opener
from qualcoder_lite.store.protection.converting import protect, unprotect
from qualcoder_lite.store.protection.key import holding, known, sign_of
from qualcoder_lite.store.protection.opener import Locked, WrongPassword, is_protected, key_of
from qualcoder_lite.store.protection.unlocking import unlocked
from qualcoder_lite.store.undo import history

pytest.importorskip("sqlcipher3")
PASSWORD, OTHER = "kata sandi panjang", "another long one"
WORDS = ("Rahasiakan", "Sulastri", "Kerahasiaan")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys at little cost, and none left over."""
    monkeypatch.setattr(keys, "COST", 8)
    yield
    assert not keys._KNOWN


def fill(project: Project) -> None:
    codes.add(project, "Kerahasiaan")


def made(folder: Path, password: str = "") -> Path:
    study = folder / "ujian.qcl"
    new_study(study, "Rahasiakan", "Peneliti", fill, password)
    return study


def in_clear(folder: Path) -> set[str]:
    """The words that the files of a folder hold, in any of the forms in which texts are stored."""
    forms = ("utf-8", "utf-16-le", "utf-16-be")
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {word for word in WORDS for form in forms for data in files if word.encode(form) in data}


def names_of_codes(study: Path) -> list[str]:
    with read_study(study) as project:
        return [line.text for line in history(project)]


def test_a_day_leaves_no_word_in_clear(tmp_path: Path) -> None:
    study = made(tmp_path, PASSWORD)
    with holding(unlocked(study, PASSWORD)):
        write_names(key_path(study), {"A1": "Sulastri"})
        with open_study(study) as project:
            codes.add(project, "Kerahasiaan2")
            assert beside(study, "-wal").exists()
            assert in_clear(tmp_path) == set()
            backup(study)
        compact(study)
        restore(study)
        assert read_names(key_path(study)) == {"A1": "Sulastri"}
        assert problems(study, CHOICES) == []
        assert [held.whole for held in backups_held(study)] == [True] * 3
        assert any("Kerahasiaan2" in step.text for held in backups_held(study) for step in held.steps)
    assert in_clear(tmp_path) == set()


def test_convert_change_and_remove(tmp_path: Path) -> None:
    study = made(tmp_path)
    write_names(key_path(study), {"A1": "Sulastri"})
    backup(study)
    before = names_of_codes(study)
    assert in_clear(tmp_path) == set(WORDS)
    assert protect(study, PASSWORD) == []
    assert in_clear(tmp_path) == set()
    with holding(unlocked(study, PASSWORD)):
        assert protect(study, OTHER) == []
    with pytest.raises(WrongPassword):
        unlocked(study, PASSWORD)
    with holding(unlocked(study, OTHER)):
        assert names_of_codes(study) == before
        assert [held.whole for held in backups_held(study)] == [True]
        assert {sign_of(path) for path in backups(study)} == {sign_of(study)}
        assert unprotect(study) == []
    assert names_of_codes(study) == before
    assert read_names(key_path(study)) == {"A1": "Sulastri"}
    assert [held.whole for held in backups_held(study)] == [True]
    assert problems(study, CHOICES) == []


def test_a_wrong_password_changes_nothing(tmp_path: Path) -> None:
    study = made(tmp_path, PASSWORD)
    before = study.read_bytes()
    with pytest.raises(WrongPassword, match=r"ujian\.qcl"):
        unlocked(study, "something else")
    for attempt in (open_study, read_study, backup, compact, unprotect):
        with pytest.raises(Locked, match="password"):
            attempt(study)
    assert study.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["ujian.qcl"]


def test_the_key_is_forgotten_when_the_study_is_closed(tmp_path: Path) -> None:
    study = made(tmp_path, PASSWORD)
    salt, _cost = sign_of(study) or (b"", 0)
    with holding(unlocked(study, PASSWORD)):
        project = open_study(study)
    assert known(salt) == key_of(study)
    project.close()
    assert known(salt) is None


def test_a_password_that_is_too_short_is_refused(tmp_path: Path) -> None:
    study = made(tmp_path)
    with pytest.raises(UserError, match="8"):
        protect(study, "short")
    assert not is_protected(study)


def test_without_the_part_a_protected_study_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = made(tmp_path, PASSWORD)

    def missing() -> None:
        raise Locked("missing")

    monkeypatch.setattr(opener, "cipher", missing)
    with pytest.raises(Locked, match=r"qualcoder-lite\[encryption\]"):
        open_study(study)


@pytest.mark.parametrize("place", [3, 40])
def test_a_changed_byte_is_found_and_the_rest_is_saved(tmp_path: Path, place: int) -> None:
    study = made(tmp_path, PASSWORD)
    data = bytearray(study.read_bytes())
    data[opener.PAGE * (place % (len(data) // opener.PAGE)) + 1000] ^= 1
    study.write_bytes(data)
    with holding(unlocked(study, PASSWORD)):
        assert problems(study, CHOICES)
        with pytest.raises(UserError):
            open_study(study)
        repair(study, tmp_path / "baru.qcl", CHOICES, lambda *_args: None)
        assert is_protected(tmp_path / "baru.qcl")
        assert problems(tmp_path / "baru.qcl", CHOICES) == []
    assert in_clear(tmp_path) == set()


KILLED = """
import sys
from pathlib import Path
from qualcoder_lite.store.protection import key
from qualcoder_lite.store.protection.converting import protect, unprotect
from qualcoder_lite.store.protection.key import holding
from qualcoder_lite.store.protection.unlocking import unlocked
key.COST = 8
study = Path(sys.argv[1])
print("begun", flush=True)
for _ in range(1000):
    protect(study, sys.argv[2])
    with holding(unlocked(study, sys.argv[2])):
        protect(study, sys.argv[3])
    with holding(unlocked(study, sys.argv[3])):
        unprotect(study)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX knows them")
def test_a_kill_leaves_the_old_or_the_new_and_no_clear_leftover(tmp_path: Path) -> None:
    study = made(tmp_path)
    write_names(key_path(study), {"A1": "Sulastri"})
    backup(study)
    command = [sys.executable, "-c", KILLED, str(study), PASSWORD, OTHER]
    for number in range(4):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as worker, closing(worker.stdout) as said:  # type: ignore[type-var]
            said.readline()  # type: ignore[union-attr]
            time.sleep(0.05 + number * 0.07)
            worker.send_signal(signal.SIGKILL)
        if is_protected(study):
            with holding(_key(study)):
                open_study(study).close()
                assert in_clear(tmp_path) == set()
                assert read_names(key_path(study)) == {"A1": "Sulastri"}
                assert [held.whole for held in backups_held(study)] == [True]
                assert unprotect(study) == []
        open_study(study).close()
        assert read_names(key_path(study)) == {"A1": "Sulastri"}
        assert not [path for path in tmp_path.glob(".*") if path.suffix != ".lock"]


def _key(study: Path) -> keys.Key:
    try:
        return unlocked(study, PASSWORD)
    except WrongPassword:
        return unlocked(study, OTHER)
