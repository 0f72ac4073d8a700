"""A file that is not a whole study of ours is refused in words, and not a byte of it or beside it changes."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import use_language
from qualcoder_lite.store import connection
from qualcoder_lite.store.backup import backup
from qualcoder_lite.store.compacting import compact
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import Project, open_study, read_study, state
from qualcoder_lite.store.schema import APPLICATION_ID, Code
from qualcoder_lite.store.undo import history
from tests import conftest
from tests.store.states import rows, state_of

DOORS: dict[str, Callable[[Path], object]] = {
    "open": open_study,
    "read": read_study,
    "backup": backup,
    "compact": compact,
}
door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)


def refused(door: Callable[[Path], object], path: Path) -> str:
    """What this door tells when it refuses a file, in both languages; nothing on the disk differs then."""
    before, beside = (path.read_bytes() if path.is_file() else None), sorted(path.parent.iterdir())
    told = []
    for language in ("en", "id"):
        use_language(language)
        with pytest.raises(UserError) as caught:
            door(path)
        told.append(str(caught.value))
    use_language("en")
    assert told[0] != told[1]
    assert "{" not in "".join(told)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(path.parent.iterdir()) == beside
    return told[0]


# Refused ------------------------------------------------------------------------------------------------


@door
def test_a_file_that_is_not_there(tmp_path: Path, door: Callable[[Path], object]) -> None:
    assert "is not there" in refused(door, tmp_path / "none.qcl")


@door
def test_a_folder(tmp_path: Path, door: Callable[[Path], object]) -> None:
    (tmp_path / "folder.qcl").mkdir()
    assert "It is a folder." in refused(door, tmp_path / "folder.qcl")


@door
def test_an_empty_file(tmp_path: Path, door: Callable[[Path], object]) -> None:
    (tmp_path / "empty.qcl").touch()
    assert "empty.qcl is empty" in refused(door, tmp_path / "empty.qcl")


@door
@pytest.mark.parametrize("content", [b"x", b"PK\3\4" * 99, b"SQLite format 3\0", os.urandom(9_000)])
def test_a_file_of_another_kind(tmp_path: Path, door: Callable[[Path], object], content: bytes) -> None:
    (tmp_path / "other.qcl").write_bytes(content)
    assert "is not a study of QualCoder Lite" in refused(door, tmp_path / "other.qcl")


@door
def test_the_database_of_another_program(tmp_path: Path, door: Callable[[Path], object]) -> None:
    with closing(sqlite3.connect(tmp_path / "other.qcl", isolation_level=None)) as other:
        other.execute("CREATE TABLE code (id INTEGER)")
    assert "is not a study of QualCoder Lite" in refused(door, tmp_path / "other.qcl")


@door
def test_our_mark_on_random_bytes(study_path: Path, door: Callable[[Path], object]) -> None:
    whole = study_path.read_bytes()
    study_path.write_bytes(whole[:100] + random.Random(1).randbytes(len(whole) - 100))
    assert "is damaged or cut off" in refused(door, study_path)


@door
def test_a_study_cut_off_anywhere(study_path: Path, door: Callable[[Path], object]) -> None:
    whole = study_path.read_bytes()
    chance = random.Random(2)
    ends = [100, 512, 4095, 4096, 4097, len(whole) // 4096 * 4096 - 4096, len(whole) - 1]
    for end in [1, 99, *ends, *(chance.randrange(100, len(whole)) for _again in range(20))]:
        study_path.write_bytes(whole[:end])
        assert ("is damaged" if end >= 100 else "is not a study") in refused(door, study_path)
    study_path.write_bytes(whole)
    read_study(study_path).close()


@given(page=st.integers(0, 200), noise=st.binary(min_size=16, max_size=4096), at=st.integers(0, 4095))
def test_a_damaged_page_is_either_told_or_does_no_harm(
    empty_study: Path, page: int, noise: bytes, at: int
) -> None:
    whole = empty_study.read_bytes()
    begin = (page * 4096 + at) % (len(whole) - len(noise))
    damaged = whole[:begin] + noise + whole[begin + len(noise) :]
    path = empty_study.with_name("damaged.qcl")
    path.write_bytes(damaged)
    for opening in (read_study, partial(open_study, write_ahead=False)):
        with suppress(UserError), opening(path) as project:
            history(project)
        assert path.read_bytes() == damaged
        assert sorted(found.name for found in path.parent.iterdir()) == ["damaged.qcl", "empty.qcl"]


@pytest.fixture(scope="module")
def empty_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.qcl"
    new_study(path)
    return path


# A new study --------------------------------------------------------------------------------------------


def test_a_new_study_is_whole_and_ours(tmp_path: Path) -> None:
    path = tmp_path / "new.qcl"
    new_study(path, "Judul")
    assert rows(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert rows(path, "SELECT title FROM study") == [("Judul",)]
    facts = dict(rows(path, "SELECT name, value FROM fact"))
    assert facts.keys() == {"study_id", "copy_id"}
    assert len(set(facts.values())) == 2
    assert [found.name for found in tmp_path.iterdir()] == ["new.qcl"]


def test_a_new_study_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "there.qcl"
    path.write_text("catatan")
    assert "is there already" in refused(new_study, path)


def test_a_new_study_needs_its_suffix_and_its_folder(tmp_path: Path) -> None:
    assert ".qcl" in refused(new_study, tmp_path / "study.db")
    with pytest.raises(UserError, match="is not there"):
        new_study(tmp_path / "none" / "study.qcl")


def test_a_new_study_that_can_not_be_filled_leaves_no_file(tmp_path: Path) -> None:
    def fill(project: Project) -> None:
        with project.change("Add a code") as session:
            insert_rows(session, Code, [{"key": "A"}])
        raise UserError("refused")

    with pytest.raises(UserError, match="refused"):
        new_study(tmp_path / "new.qcl", fill=fill)
    assert list(tmp_path.iterdir()) == []


# Reading ------------------------------------------------------------------------------------------------


def add_code(project: Project, key: str) -> None:
    with project.change("Add code {name}", name=key) as session:
        insert_rows(session, Code, [{"key": key}])


def keys(project: Project) -> list[str]:
    with project.read() as opened:
        return list(opened.scalars(select(Code.key).order_by(Code.key)))


def test_reading_changes_no_byte_and_leaves_no_file(study_path: Path) -> None:
    with open_study(study_path) as project:
        add_code(project, "A")
    before, stamp = study_path.read_bytes(), study_path.stat().st_mtime_ns
    with read_study(study_path) as reading:
        assert keys(reading) == ["A"]
        assert len(history(reading)) == 1
        assert state(reading) == (1, 0)
        assert list(study_path.parent.iterdir()) == [study_path]
    assert study_path.read_bytes() == before
    assert study_path.stat().st_mtime_ns == stamp
    assert list(study_path.parent.iterdir()) == [study_path]


@pytest.mark.parametrize("write_ahead", [True, False])
def test_a_reader_beside_a_writer_sees_whole_steps_only(study_path: Path, write_ahead: bool) -> None:
    with open_study(study_path, write_ahead=write_ahead) as writing, read_study(study_path) as reading:
        add_code(writing, "A")
        with writing.change("Add code") as session:
            insert_rows(session, Code, [{"key": "B"}])
            assert keys(reading) == keys(writing) == ["A"]
        assert keys(reading) == keys(writing) == ["A", "B"]


def test_a_reader_sees_one_state_however_long_it_reads(project: Project) -> None:
    add_code(project, "A")
    with read_study(project.path) as reading, reading.read() as opened:
        assert opened.scalar(select(Code.key)) == "A"
        add_code(project, "B")
        assert list(opened.scalars(select(Code.key))) == ["A"]


def test_a_reader_that_keeps_the_study_is_waited_for_and_then_told(
    study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = tuple(pragma.replace("busy_timeout=5000", "busy_timeout=20") for pragma in connection.WRITING)
    monkeypatch.setattr(connection, "WRITING", quick)
    with open_study(study_path, write_ahead=False) as writing, read_study(study_path) as reading:
        with reading.read() as opened:
            assert list(opened.scalars(select(Code.key))) == []
            with pytest.raises(UserError, match="is busy"):
                add_code(writing, "A")
        assert keys(writing) == []
        add_code(writing, "A")
        assert keys(reading) == ["A"]


def test_a_closed_study_is_one_file(study_path: Path) -> None:
    with open_study(study_path) as project:
        add_code(project, "A")
        assert study_path.with_name("study.qcl-wal").exists()
    assert list(study_path.parent.iterdir()) == [study_path]
    assert study_path.read_bytes()[18] == 1


def test_a_study_at_rest_can_be_copied_while_it_is_open(study_path: Path) -> None:
    with open_study(study_path) as project:
        add_code(project, "A")
        project.settle()
        copy = Path(shutil.copy(study_path, study_path.with_name("copy.qcl")))
    assert rows(copy, "SELECT key FROM code") == [("A",)]


def test_a_reader_that_outlasts_the_writer_keeps_the_log_until_the_next_closing(study_path: Path) -> None:
    writing = open_study(study_path)
    add_code(writing, "A")
    with read_study(study_path) as reading, reading.read() as opened:
        assert opened.scalar(select(Code.key)) == "A"
        writing.close()
        with open_study(study_path) as second:
            add_code(second, "B")
    with read_study(study_path) as reading:
        assert keys(reading) == ["A", "B"]
    open_study(study_path).close()
    assert list(study_path.parent.iterdir()) == [study_path]
    assert len(state_of(study_path)["code"]) == 2


def test_a_study_is_written_to_the_disk_before_an_action_is_done() -> None:
    assert "synchronous=FULL" in conftest.AS_SHIPPED
    assert "foreign_keys=ON" in conftest.AS_SHIPPED


def test_the_window_and_what_is_measured_choose_no_log_of_their_own() -> None:
    root = Path(connection.__file__).parents[2]
    files = [*(root / "qualcoder_lite" / "ui").rglob("*.py"), *(root / "benchmarks").rglob("*.py")]
    assert len(files) > 50
    assert [path.name for path in files if "write_ahead" in path.read_text(encoding="utf-8")] == []


def test_values_of_a_study_never_stand_in_an_error(project: Project) -> None:
    with pytest.raises(Exception, match="no such table") as caught, project.read() as opened:
        opened.exec_driver_sql("SELECT * FROM nowhere WHERE a = ?", ("rahasia informan",))
    assert "rahasia" not in str(caught.value)
