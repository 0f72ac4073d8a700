"""A study that is moved, replaced or overwritten while it is open: no work is lost by us."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.store.access import open_here
from qualcoder_lite.store.access.same_file import SameFile
from qualcoder_lite.store.backup import backup
from qualcoder_lite.store.compacting import compact
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import Project, open_study, read_study
from qualcoder_lite.store.schema import Code
from qualcoder_lite.store.undo import redo, undo
from tests.store.states import rows, state_of

LOGS = pytest.mark.parametrize("write_ahead", [True, False])


def add_code(project: Project, key: str = "A") -> None:
    with project.change("Add a code") as session:
        insert_rows(session, Code, [{"key": key}])


def keys(study: Path) -> list[str]:
    return [key for (key,) in rows(study, "SELECT key FROM code ORDER BY id")]


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(UserError, match="is no longer the study that was opened"):
        act()


def all_refused(project: Project) -> None:
    """Nothing is written by any road, also when it is tried again."""
    for _again in range(2):
        refused(lambda: add_code(project))
        refused(lambda: undo(project))
        refused(lambda: redo(project))
        refused(project.settle)
        refused(lambda: compact(project))


def begun(study: Path, write_ahead: bool) -> tuple[Project, Path]:
    """An open study with two steps, and a copy of it as it was before them."""
    earlier = Path(shutil.copy(study, study.parent.with_name("earlier.qcl")))
    project = open_study(study, "C1", write_ahead)
    add_code(project, "A")
    add_code(project, "B")
    return project, earlier


@LOGS
@pytest.mark.parametrize("settled", [True, False])
def test_a_study_overwritten_in_place_is_left_as_it_is(
    study_path: Path, write_ahead: bool, settled: bool
) -> None:
    project, earlier = begun(study_path, write_ahead)
    if settled:
        project.settle()
    study_path.write_bytes(earlier.read_bytes())
    all_refused(project)
    assert study_path.read_bytes() == earlier.read_bytes()
    with pytest.raises(UserError, match="was overwritten by another program"):
        project.close()
    assert study_path.read_bytes() == earlier.read_bytes()
    open_study(study_path).close()
    assert state_of(study_path) == state_of(earlier)
    others = [path.name for path in study_path.parent.iterdir() if path != study_path]
    assert all(name.startswith("study.aside-") for name in others)


@LOGS
def test_a_backup_copied_over_an_open_study_is_left_as_it_is(study_path: Path, write_ahead: bool) -> None:
    with open_study(study_path) as project:
        add_code(project, "old")
    made = backup(study_path)
    project, _earlier = begun(study_path, write_ahead)
    study_path.write_bytes(made.read_bytes())
    all_refused(project)
    with pytest.raises(UserError, match="was overwritten"):
        project.close()
    assert study_path.read_bytes() == made.read_bytes()


@LOGS
@pytest.mark.parametrize("settled", [True, False])
def test_of_a_study_replaced_by_another_file_all_work_is_put_beside(
    study_path: Path, write_ahead: bool, settled: bool
) -> None:
    project, earlier = begun(study_path, write_ahead)
    if settled:
        project.settle()
    expected = state_of(study_path)
    os.replace(shutil.copy(earlier, study_path.with_name("new")), study_path)
    all_refused(project)
    with pytest.raises(UserError, match="was replaced or deleted") as caught:
        project.close()
    assert study_path.read_bytes() == earlier.read_bytes()
    [kept] = [path for path in study_path.parent.iterdir() if path != study_path]
    assert kept.name in str(caught.value)
    assert state_of(kept) == expected
    with open_study(kept) as again:
        assert undo(again) is not None


@LOGS
def test_of_a_study_that_was_deleted_all_work_is_put_beside(study_path: Path, write_ahead: bool) -> None:
    project, _earlier = begun(study_path, write_ahead)
    study_path.unlink()
    all_refused(project)
    with pytest.raises(UserError, match="was replaced or deleted"):
        project.close()
    [kept] = study_path.parent.iterdir()
    assert keys(kept) == ["A", "B"]


@LOGS
def test_a_study_that_was_renamed_has_all_work_under_its_new_name(
    study_path: Path, write_ahead: bool
) -> None:
    project, _earlier = begun(study_path, write_ahead)
    moved = study_path.rename(study_path.with_name("renamed.qcl"))
    all_refused(project)
    with pytest.raises(UserError, match="was moved or renamed"):
        project.close()
    assert list(moved.parent.iterdir()) == [moved]
    assert keys(moved) == ["A", "B"]
    open_study(moved).close()


def test_work_goes_on_where_the_file_comes_back(study_path: Path) -> None:
    project, _earlier = begun(study_path, True)
    moved = study_path.rename(study_path.with_name("renamed.qcl"))
    refused(lambda: add_code(project, "C"))
    moved.rename(study_path)
    add_code(project, "C")
    project.close()
    assert keys(study_path) == ["A", "B", "C"]


@LOGS
def test_a_touched_or_copied_study_is_still_the_same(study_path: Path, write_ahead: bool) -> None:
    project, _earlier = begun(study_path, write_ahead)
    with project:
        os.utime(study_path, (0, 0))
        study_path.chmod(0o640)
        add_code(project, "C")
        shutil.copy(study_path, study_path.with_name("copy.qcl"))
        backup(study_path)
        with read_study(study_path):
            add_code(project, "D")
        compact(project)
        add_code(project, "E")
        project.settle()
        add_code(project, "F")
    assert keys(study_path) == list("ABCDEF")


def test_steps_that_are_refused_by_the_disk_or_do_nothing_leave_it_the_same(project: Project) -> None:
    with suppress(ZeroDivisionError), project.change("Fail") as session:
        insert_rows(session, Code, [{"key": "A"}])
        raise ZeroDivisionError
    with project.change("Nothing"):
        pass
    assert undo(project) is None
    add_code(project)
    assert keys(project.path) == ["A"]


@pytest.mark.parametrize("act", [read_study, backup])
def test_nothing_is_read_beside_the_log_of_the_file_that_was_replaced(
    study_path: Path, act: Callable[[Path], object]
) -> None:
    project, earlier = begun(study_path, True)
    os.replace(shutil.copy(earlier, study_path.with_name("new")), study_path)
    with pytest.raises(UserError, match="belongs to another file"):
        act(study_path)
    with pytest.raises(UserError, match="was replaced"):
        project.close()
    assert study_path.read_bytes() == earlier.read_bytes()
    with read_study(study_path) as reading, reading.read() as opened:
        assert opened.exec_driver_sql("SELECT count(*) FROM code").scalar() == 0


def test_a_disk_that_does_not_answer_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patching:
        patching.setattr(SameFile, "_content", fail)
        with pytest.raises(UserError, match="Its disk or folder does not answer"):
            add_code(project)
    add_code(project)
    assert keys(project.path) == ["A"]


# A reader beside ------------------------------------------------------------------------------------------


def test_the_window_writes_ahead_of_its_own_accord(study_path: Path) -> None:
    with open_study(study_path) as project:
        add_code(project)
        assert study_path.with_name("study.qcl-wal").exists()


def test_a_reader_that_reads_on_and_on_does_not_keep_a_writer(study_path: Path) -> None:
    with open_study(study_path) as writing, read_study(study_path) as reading, reading.read() as opened:
        assert opened.exec_driver_sql("SELECT count(*) FROM code").scalar() == 0
        assert seconds(lambda: [add_code(writing) for _step in range(5)]) < 0.5
        assert seconds(writing.settle) < 0.1
        assert opened.exec_driver_sql("SELECT count(*) FROM code").scalar() == 0


def test_a_reader_that_was_there_first_keeps_a_writer_for_a_moment_only(study_path: Path) -> None:
    with read_study(study_path) as reading:
        with reading.read() as opened:
            assert opened.exec_driver_sql("SELECT count(*) FROM code").scalar() == 0
            writing = open_study(study_path)
            for _again in range(2):
                begin = perf_counter()
                with pytest.raises(UserError, match="is busy"):
                    add_code(writing, "refused")
                assert perf_counter() - begin < 0.15
        add_code(writing, "A")
        with reading.read() as opened:
            assert opened.exec_driver_sql("SELECT count(*) FROM code").scalar() == 1
            assert seconds(lambda: add_code(writing, "B")) < 0.1
        assert seconds(writing.close) < 0.3
    assert keys(study_path) == ["A", "B"]


def seconds(act: Callable[[], object]) -> float:
    begin = perf_counter()
    act()
    return perf_counter() - begin


def test_the_handle_of_a_study_is_let_go_after_its_last_connection(study_path: Path) -> None:
    project = open_study(study_path)
    with read_study(study_path) as reading, reading.read() as opened:
        opened.exec_driver_sql("SELECT count(*) FROM code").scalar()
        project.close()
        assert len(open_here._TO_CLOSE) == 1
    assert not open_here._TO_CLOSE
