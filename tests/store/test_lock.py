"""One writer to a study: others are told, a dead one's right is taken over, other computers leave a note."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.settings import data_folder
from qualcoder_lite.store import lock
from qualcoder_lite.store.access import opening
from qualcoder_lite.store.compacting import compact
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.lock import Lock
from qualcoder_lite.store.project import Project, open_study, read_study
from qualcoder_lite.store.schema import Code
from tests.store.states import rows

OTHER_PROGRAM = """
import sys
from pathlib import Path
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import open_study
from qualcoder_lite.store.schema import Code
opened = open_study(Path(sys.argv[1]), "C9", write_ahead=sys.argv[2] == "ahead")
with opened.change("Add a code") as session:
    insert_rows(session, Code, [{"key": "there"}])
print("ready", flush=True)
sys.stdin.readline()
opened.close()
"""


@contextmanager
def other_program(study: Path, log: str) -> Iterator[subprocess.Popen[str]]:
    """Another program that has the study open until it reads a line or is killed."""
    command = [sys.executable, "-c", OTHER_PROGRAM, str(study), log]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        try:
            yield program
        finally:
            program.kill()


def files(study: Path) -> list[str]:
    return sorted(found.name for found in study.parent.iterdir())


def test_a_second_window_is_refused_and_the_first_goes_on(study_path: Path) -> None:
    with open_study(study_path) as first:
        with pytest.raises(UserError, match="open in another window"):
            open_study(study_path)
        with first.change("Add a code") as session:
            insert_rows(session, Code, [{"key": "A"}])
    open_study(study_path).close()
    assert files(study_path) == ["study.qcl"]


def test_a_link_to_a_study_has_the_same_lock(study_path: Path) -> None:
    link = study_path.with_name("link.qcl")
    link.symlink_to(study_path)
    with open_study(study_path), pytest.raises(UserError, match="open in another window"):
        open_study(link)


def test_a_second_name_of_a_study_has_the_same_lock(study_path: Path) -> None:
    other = study_path.with_name("other.qcl")
    other.hardlink_to(study_path)
    with open_study(study_path), pytest.raises(UserError, match="open in another window"):
        open_study(other)
    assert files(study_path) == ["other.qcl", "study.qcl"]
    open_study(other).close()
    assert list((data_folder() / "locks").iterdir()) == []


def test_the_file_that_takes_a_study_s_place_is_locked_too(study_path: Path) -> None:
    with open_study(study_path) as opened:
        compact(opened)
        other = study_path.with_name("other.qcl")
        other.hardlink_to(study_path)
        with pytest.raises(UserError, match="open in another window"):
            open_study(other)


def test_a_computer_that_keeps_no_data_opens_all_the_same(
    study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study_path.with_name("file").touch()
    monkeypatch.setattr(lock, "data_folder", lambda: study_path.with_name("file"))
    open_study(study_path).close()


@pytest.mark.parametrize("log", ["ahead", "behind"])
def test_another_program_is_seen_and_read_beside(study_path: Path, log: str) -> None:
    with other_program(study_path, log) as program:
        with pytest.raises(UserError, match="open in another window"):
            open_study(study_path)
        with read_study(study_path) as reading, reading.read() as opened:
            assert opened.exec_driver_sql("SELECT key FROM code").scalar() == "there"
        program.communicate("go\n", timeout=20)
        assert program.returncode == 0
    assert files(study_path) == ["study.qcl"]


@pytest.mark.parametrize("log", ["ahead", "behind"])
def test_the_right_of_a_killed_program_is_taken_over(study_path: Path, log: str) -> None:
    with other_program(study_path, log) as program:
        program.kill()
    assert ".study.qcl.lock" in files(study_path)
    with read_study(study_path) as reading, reading.read() as opened:
        assert opened.exec_driver_sql("SELECT key FROM code").scalar() == "there"
    open_study(study_path).close()
    assert files(study_path) == ["study.qcl"]
    assert rows(study_path, "SELECT key FROM code") == [("there",)]


def test_a_lock_can_be_given_back_by_another_thread(study_path: Path) -> None:
    held = Lock(study_path)
    thread = threading.Thread(target=held.release)
    thread.start()
    thread.join()
    Lock(study_path).release()
    assert files(study_path) == ["study.qcl"]


def test_a_study_that_is_refused_after_the_lock_gives_it_back(study_path: Path) -> None:
    whole = study_path.read_bytes()
    study_path.write_bytes(whole[:100] + bytes(len(whole) - 100))
    with pytest.raises(UserError, match="damaged"):
        open_study(study_path)
    study_path.write_bytes(whole)
    open_study(study_path).close()


# In a shared folder -------------------------------------------------------------------------------------


@pytest.fixture
def shared(study_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study in a folder that other computers see."""
    for module in (lock, opening):
        monkeypatch.setattr(module, "is_shared", lambda _path: True)
    return study_path


def note_of(study: Path) -> Path:
    return study.with_name(".study.qcl.open")


def test_no_write_ahead_log_lies_in_a_shared_folder(shared: Path) -> None:
    with open_study(shared) as opened:
        add_code(opened)
        assert files(shared) == [".study.qcl.lock", ".study.qcl.open", "study.qcl"]
        assert shared.read_bytes()[18] == 1
        note = json.loads(note_of(shared).read_text())
        assert note["computer"] == platform.node()
    assert files(shared) == ["study.qcl"]


def add_code(opened: Project) -> None:
    with opened.change("Add a code") as session:
        insert_rows(session, Code, [{"key": "A"}])


def test_the_note_of_another_computer_refuses_and_stays(shared: Path) -> None:
    note = json.dumps({"computer": "kantor-2", "process": 7, "at": 0})
    note_of(shared).write_text(note)
    with pytest.raises(UserError, match="open on the computer kantor-2") as caught:
        open_study(shared)
    assert ".study.qcl.open" in caught.value.remedy
    assert note_of(shared).read_text() == note
    assert files(shared) == [".study.qcl.open", "study.qcl"]
    note_of(shared).unlink()
    open_study(shared).close()


@pytest.mark.parametrize("left", ["", "{", "[]", '{"process": 1}', json.dumps({"computer": platform.node()})])
def test_a_note_of_our_own_or_a_damaged_one_is_taken_over(shared: Path, left: str) -> None:
    note_of(shared).write_text(left)
    open_study(shared).close()
    assert files(shared) == ["study.qcl"]


def test_a_note_that_can_not_be_left_gives_the_lock_back(shared: Path) -> None:
    note_of(shared).mkdir()
    with pytest.raises(UserError, match="can't be changed"):
        open_study(shared)
    note_of(shared).rmdir()
    open_study(shared).close()
