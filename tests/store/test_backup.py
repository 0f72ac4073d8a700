"""A backup is a whole study of its own; older ones are thinned out, never the newest."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.store import backup as backing
from qualcoder_lite.store import connection
from qualcoder_lite.store.backup import DAYS, FORM, NEWEST, backup, backups, folder_of, names_of
from qualcoder_lite.store.compacting import compact
from qualcoder_lite.store.copies.manifest import manifest_path, verify
from qualcoder_lite.store.copies.restoring import restore
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import Project, open_study, read_study
from qualcoder_lite.store.schema import Code
from qualcoder_lite.store.undo import undo
from tests.store.access.test_logs import killed
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


@pytest.mark.skipif(os.name != "posix", reason="only there a process is asked for")
def test_what_a_killed_backup_left_goes_with_the_next_one_but_no_name_is_lost(study_path: Path) -> None:
    names = study_path.with_name("study.kunci.json")
    names.write_text('{"A1": "Rekaan"}')
    first = backup(study_path)
    folder = folder_of(study_path)
    same, other, making = (f"study-000002-20260102-030405-00000{number}" for number in (1, 2, 3))
    for stem in (same, other, making):
        shutil.copy(manifest_path(first), folder / f"{stem}.json")
    shutil.copy(names, folder / f"{same}.kunci.json")
    (folder / f"{other}.kunci.json").write_text('{"A1": "Rekaan", "A2": "Lain"}')
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    for unfinished in (f"{same}.qcl", f"{same}.json", f"{same}.kunci.json"):
        stem, suffix = unfinished.rsplit(".", 1)
        (folder / f".{stem}.{process.pid:08x}0123abcd.{suffix}").touch()
    living = folder / f".{making}.{os.getpid():08x}0123abcd.qcl"
    living.touch()
    second = backup(study_path)
    kept = {first, second, *map(manifest_path, (first, second)), *map(names_of, (first, second))}
    kept |= {living, folder / f"{making}.json", folder / f"{other}.kunci.json"}
    assert set(folder.iterdir()) == kept


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


# The clock, names, rights, a copy elsewhere -----------------------------------------------------------


class Clock:
    """A clock that is set by hand."""

    moment = datetime(2026, 11, 24, 12)

    @classmethod
    def now(cls) -> datetime:
        return cls.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    monkeypatch.setattr(backing, "datetime", Clock)
    monkeypatch.setattr(Clock, "moment", datetime(2026, 11, 24, 12))
    return Clock


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=400)])
def test_a_backup_made_after_the_clock_was_set_back_is_the_newest(
    study_path: Path, clock: type[Clock], back: timedelta
) -> None:
    for _each in range(NEWEST + 2):
        backup(study_path)
        clock.moment += timedelta(minutes=1)
    clock.moment -= back
    made = [backup(study_path) for _again in range(3)]
    assert backups(study_path)[:3] == made[::-1]
    assert all(path.exists() for path in made)


def test_ten_backups_of_a_later_hour_by_an_earlier_version_thin_out_no_new_one(study_path: Path) -> None:
    folder_of(study_path).mkdir()
    later = datetime.now() + timedelta(hours=1)
    for minute in range(NEWEST + 2):
        time = later + timedelta(minutes=minute)
        (folder_of(study_path) / f"study-{time:{FORM}}.qcl").touch()
    made = [backup(study_path) for _again in range(3)]
    assert backups(study_path)[:3] == made[::-1]


def test_what_belongs_to_a_backup_goes_with_it(study_path: Path, clock: type[Clock]) -> None:
    study_path.with_name("study.kunci.json").write_text("{}")
    for _each in range(NEWEST + 3):
        backup(study_path)
    kept = backups(study_path)
    assert len(kept) == NEWEST
    expected = [path.stem + end for path in kept for end in (".qcl", ".json", ".kunci.json")]
    assert sorted(path.name for path in folder_of(study_path).iterdir()) == sorted(expected)


def test_studies_and_backups_are_their_owner_s_alone(tmp_path: Path) -> None:
    study = tmp_path / "own.qcl"
    new_study(study)
    study.with_name("own.kunci.json").write_text("{}")
    kept = backup(study)
    assert stat.S_IMODE(study.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.parent.iterdir()} == {0o600}
    study.chmod(0o640)
    kept.parent.chmod(0o750)
    compact(study)
    assert stat.S_IMODE(study.stat().st_mode) == 0o640
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o750


@pytest.mark.parametrize("stem", ["x" * 240, "é" * 120, "访" * 80], ids=["x", "é", "访"])
def test_a_study_of_a_long_name_is_worked_on_backed_up_compacted_and_put_back(
    study_path: Path, stem: str
) -> None:
    study = study_path.rename(study_path.with_name(f"{stem}.qcl"))
    with open_study(study, "C1") as project:
        add_codes(project)
    kept = backup(study)
    expected = state_of(study)
    compact(study)
    with open_study(study) as project:
        add_codes(project, 3)
    assert restore(study, kept).kept in backups(study)
    assert state_of(study) == expected
    assert sorted(path.name for path in study.parent.iterdir()) == sorted([study.name, f"{stem}.backups"])


def test_backups_that_an_earlier_version_named_at_length_are_listed(study_path: Path) -> None:
    study = study_path.rename(study_path.with_name(f"{'x' * 80}.qcl"))
    old = folder_of(study) / f"{study.stem}-20260102-030405-000006.qcl"
    old.parent.mkdir()
    shutil.copy(study, old)
    made = backup(study)
    assert made.name.startswith(f"{'x' * 50}-000001-")
    assert backups(study) == [made, old]


def test_a_copy_elsewhere_is_whole_and_holds_the_same(
    study_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study_path.with_name("study.kunci.json").write_text("{}")
    elsewhere = tmp_path / "stick"
    elsewhere.mkdir()
    made = backup(study_path, also=elsewhere)
    [folder] = elsewhere.iterdir()
    assert folder.name.startswith("study-")
    copies = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert copies == {path.name: path.read_bytes() for path in made.parent.iterdir()}
    verify(folder / made.name)
    monkeypatch.setattr(backing, "is_shared", lambda _path: True)
    seen = backup(study_path, also=elsewhere)
    assert (folder / seen.name).exists()
    assert not names_of(folder / seen.name).exists()  # others may see that folder
    for _again in range(NEWEST + 2):
        backup(study_path, also=elsewhere)
    assert len(list(folder.glob("*.qcl"))) == NEWEST


def test_a_copy_elsewhere_that_fails_names_the_backup_that_was_made(study_path: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="was made, but not the copy") as caught:
        backup(study_path, also=tmp_path / "gone")
    [made] = backups(study_path)
    assert made.name in str(caught.value)


def test_a_killed_study_is_backed_up_as_its_last_step_left_it(study_path: Path, tmp_path: Path) -> None:
    with open_study(study_path) as project:
        add_codes(project)
        expected = state_of(study_path)
        dead = killed(study_path, tmp_path / "dead")
    assert state_of(backup(dead)) == expected
