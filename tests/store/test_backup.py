"""A backup is a whole study of its own; older ones are thinned out, never the newest."""

from __future__ import annotations

import os
import re
import shutil
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.store import backup as backing
from qualcoder_lite.store import connection
from qualcoder_lite.store.backup import DAYS, FORM, NEWEST, backup, backups, folder_of
from qualcoder_lite.store.copies.manifest import manifest_path
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import Project, open_study, read_study
from qualcoder_lite.store.schema import Code
from qualcoder_lite.store.undo import undo
from tests.store.states import rows, state_of


def add_codes(project: Project, number: int = 1) -> None:
    with project.change("Add codes") as session:
        insert_rows(session, Code, [{"key": f"K{index}"} for index in range(number)])


def test_a_backup_holds_all_that_is_done_and_can_undo_it(project: Project) -> None:
    add_codes(project)
    kept = backup(project.path)
    add_codes(project)
    assert backups(project.path) == [kept]
    assert kept.parent == folder_of(project.path) == project.path.with_name("study.backups")
    assert len(state_of(kept)["code"]) == 1
    with open_study(Path(shutil.copy(kept, project.path.with_name("copy.qcl")))) as opened:
        assert undo(opened) is not None


def test_a_backup_is_one_file_without_a_log_beside(project: Project) -> None:
    add_codes(project)
    kept = backup(project.path)
    assert kept.read_bytes()[18] == 1
    with read_study(kept):
        assert sorted(kept.parent.iterdir()) == sorted([kept, manifest_path(kept)])


def test_a_backup_of_a_closed_study_leaves_it_untouched(study_path: Path) -> None:
    before = study_path.read_bytes()
    kept = backup(study_path)
    assert study_path.read_bytes() == before
    assert state_of(kept) == state_of(study_path)


@pytest.mark.parametrize("write_ahead", [True, False])
def test_a_backup_beside_a_writer_holds_whole_steps_only(study_path: Path, write_ahead: bool) -> None:
    stop = threading.Event()
    with open_study(study_path, write_ahead=write_ahead) as project:

        def work() -> None:
            while not stop.is_set():
                add_codes(project, 10)

        writer = threading.Thread(target=work)
        writer.start()
        try:
            made = [backup(study_path) for _again in range(5)]
        finally:
            stop.set()
            writer.join()
    for kept in made:
        connection.check_whole(kept)
        [(codes,)], [(steps,)] = (
            rows(kept, "SELECT count(*) FROM code"),
            rows(kept, "SELECT count(*) FROM step"),
        )
        assert codes == 10 * steps


def test_the_newest_and_the_last_of_each_day_are_kept(study_path: Path) -> None:
    folder = folder_of(study_path)
    folder.mkdir()
    begin = datetime.now() - timedelta(days=60)
    times = [begin + timedelta(days=day, hours=hour) for day in range(60) for hour in (-2, -1, 0)]
    names = sorted((f"study-{time:{FORM}}.qcl" for time in times), reverse=True)
    for name in names:
        (folder / name).touch()
    names.insert(0, backup(study_path).name)
    last_of_day = {_day(name): name for name in reversed(names)}
    days = sorted(last_of_day, reverse=True)[:DAYS]
    expected = {*names[:NEWEST], *(last_of_day[day] for day in days)}
    assert {path.name for path in backups(study_path)} == expected


def _day(name: str) -> str:
    found = re.search(r"(\d{8})-\d{6}-\d{6}", name)
    assert found is not None
    return found[1]


def test_other_files_in_the_folder_are_nobodys_backups(study_path: Path) -> None:
    folder = folder_of(study_path)
    folder.mkdir()
    others = ["study-catatan.qcl", "other-20200101-000000-000000.qcl", "readme.txt"]
    for name in others:
        (folder / name).touch()
    kept = backup(study_path)
    assert backups(study_path) == [kept]
    ours = [kept.name, manifest_path(kept).name]
    assert sorted(found.name for found in folder.iterdir()) == sorted([*others, *ours])


def test_a_copy_that_is_not_whole_never_counts_as_a_backup(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backup(project.path)

    def half(study: Path, target: Path) -> None:
        target.write_bytes(study.read_bytes()[:9_000])

    monkeypatch.setattr(backing, "copy", half)
    with pytest.raises(UserError, match="damaged"):
        backup(project.path)
    assert backups(project.path) == [first]
    assert sorted(first.parent.iterdir()) == sorted([first, manifest_path(first)])


def test_what_a_killed_backup_left_goes_after_a_while(study_path: Path) -> None:
    folder = folder_of(study_path)
    folder.mkdir()
    left = folder / ".study-20260101-000000-000000.0123abcd.qcl"
    left.touch()
    backup(study_path)
    assert left.exists()  # it may still be at work
    os.utime(left, (0, 0))
    backup(study_path)
    assert not left.exists()


def test_a_folder_that_can_not_be_made_is_told(study_path: Path) -> None:
    folder_of(study_path).touch()
    with pytest.raises(UserError, match="No backup can be made"):
        backup(study_path)
