"""A backup put back is there to the letter; what was there before is kept, whatever state it is in."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import use_language
from qualcoder_lite.store import connection
from qualcoder_lite.store.backup import NEWEST, backup, backups, folder_of, names_of
from qualcoder_lite.store.copies import restoring
from qualcoder_lite.store.copies.held import backups_held
from qualcoder_lite.store.copies.restoring import restore
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.integrity.page_sums import is_sealed
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import Project, open_study, read_study
from qualcoder_lite.store.schema import Code
from qualcoder_lite.store.undo import history, undo
from tests.store.access.test_logs import killed, killed_while_writing
from tests.store.states import rows, state_of


def add_code(project: Project, key: str = "A") -> None:
    with project.change("Add code {name}", name=key) as session:
        insert_rows(session, Code, [{"key": key}])


def add(study: Path, *keys: str) -> None:
    with open_study(study, "C1") as project:
        for key in keys:
            add_code(project, key)


def keys(study: Path) -> list[str]:
    return [key for (key,) in rows(study, "SELECT key FROM code ORDER BY id")]


def test_the_newest_backup_is_put_back_and_what_was_there_is_kept(study_path: Path) -> None:
    add(study_path, "A")
    first = backup(study_path)
    expected = state_of(study_path)
    add(study_path, "B", "C")
    lost = state_of(study_path)
    done = restore(study_path)
    assert done.backup == first
    assert state_of(study_path) == expected
    assert done.kept is not None
    assert state_of(done.kept) == lost
    assert [step.text for step in done.later] == ["Add code C", "Add code B"]
    assert backups(study_path) == [done.kept, first]
    with open_study(study_path) as project:
        assert undo(project) is not None
        assert len(history(project)) == 2
    assert sorted(path.name for path in study_path.parent.iterdir()) == ["study.backups", "study.qcl"]


def test_restoring_twice_puts_the_same_backup_back(study_path: Path) -> None:
    add(study_path, "A")
    first = backup(study_path)
    add(study_path, "B")
    assert restore(study_path).backup == restore(study_path).backup == first
    held = backups_held(study_path)
    assert [one.before_restoring for one in held] == [True, True, False]
    assert keys(held[1].path) == ["A", "B"]
    assert restore(study_path, held[1].path).later == ()
    assert keys(study_path) == ["A", "B"]


def test_a_restored_study_is_sealed_so_that_later_damage_shows_at_the_next_opening(study_path: Path) -> None:
    add(study_path, *(f"kode-{number}" for number in range(100)))
    backup(study_path)
    restore(study_path)
    assert is_sealed(study_path)
    study_path.write_bytes(study_path.read_bytes().replace(b"kode-17", b"kode-71", 1))
    with pytest.raises(UserError, match="damaged"):
        open_study(study_path)


def test_a_named_backup_is_put_back_also_from_elsewhere(study_path: Path, tmp_path: Path) -> None:
    add(study_path, "A")
    elsewhere = Path(shutil.copy(backup(study_path), tmp_path / "stick.qcl"))
    add(study_path, "B")
    backup(study_path)
    assert restore(study_path, elsewhere).backup == elsewhere
    assert keys(study_path) == ["A"]


def test_a_study_that_is_gone_comes_back(study_path: Path) -> None:
    add(study_path, "A")
    expected, first = state_of(study_path), backup(study_path)
    study_path.unlink()
    done = restore(study_path)
    assert (done.backup, done.kept, done.later) == (first, None, ())
    assert state_of(study_path) == expected


@pytest.mark.parametrize("damage", [b"", b"x" * 5000, None])
def test_a_file_that_is_no_study_any_more_is_copied_aside_as_it_is(
    study_path: Path, damage: bytes | None
) -> None:
    add(study_path, "A")
    first, expected = backup(study_path), state_of(study_path)
    content = study_path.read_bytes()[:-5000] if damage is None else damage
    study_path.write_bytes(content)
    done = restore(study_path)
    assert state_of(study_path) == expected
    assert backups(study_path) == [first]
    assert done.kept is not None
    assert done.kept.read_bytes() == content
    assert done.kept.name.startswith("study.aside-")
    assert done.later == ()


@pytest.mark.parametrize("write_ahead", [True, False])
def test_the_last_steps_of_a_killed_program_are_in_what_is_kept(
    study_path: Path, tmp_path: Path, write_ahead: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "WRITING", (*connection.WRITING, "cache_size=10"))
    add(study_path, "A")
    first = backup(study_path)
    with open_study(study_path, write_ahead=write_ahead) as project:
        add_code(project, "B")
        lost = state_of(study_path)
        if write_ahead:
            dead = killed(study_path, tmp_path / "dead")
        else:
            dead = killed_while_writing(project, tmp_path / "dead", 300_000)
    assert connection.was_interrupted(dead)
    done = restore(dead, first)
    assert keys(dead) == ["A"]
    assert done.kept is not None
    assert state_of(done.kept) == lost
    assert not connection.was_interrupted(dead)


def test_a_damaged_study_with_a_log_keeps_both(study_path: Path, tmp_path: Path) -> None:
    add(study_path, "A")
    first = backup(study_path)
    with open_study(study_path) as project:
        add_code(project, "B")
        dead = killed(study_path, tmp_path / "dead")
    dead.write_bytes(dead.read_bytes()[:100] + bytes(5000))
    log = dead.with_name("study.qcl-wal").read_bytes()
    done = restore(dead, first)
    assert keys(dead) == ["A"]
    assert log in [path.read_bytes() for path in dead.parent.iterdir() if path.name.endswith("-wal")]
    assert done.kept is not None
    assert done.kept.stat().st_size == 5100


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_backup_that_was_changed_or_damaged_is_not_taken(study_path: Path, number: int) -> None:
    add(study_path, "A")
    whole = backup(study_path)
    add(study_path, "B")
    other = backup(study_path)
    content = other.read_bytes()
    damaged = [content[:-100], content[:-100] + b"damaged" + content[-93:], b""][number]
    other.write_bytes(damaged)
    assert [one.whole for one in backups_held(study_path)] == [False, True]
    before = state_of(study_path)
    with pytest.raises(UserError, match=r"not as it was made|is empty|cut off"):
        restore(study_path, other)
    assert state_of(study_path) == before
    assert backups(study_path) == [other, whole]
    assert restore(study_path).backup == whole


def test_what_can_not_be_put_back_is_refused_and_nothing_changes(study_path: Path, tmp_path: Path) -> None:
    add(study_path, "A")
    before = study_path.read_bytes()
    strange = tmp_path / "strange.qcl"
    new_study(strange)
    (tmp_path / "text.qcl").write_text("x")
    for backup_, words in (
        (None, "There is no whole backup of study.qcl"),
        (strange, "is a copy of another study"),
        (study_path, "can't be put back in its own place"),
        (tmp_path / "text.qcl", "is not a study"),
        (tmp_path / "none.qcl", "is not there"),
    ):
        for language in ("id", "en"):
            use_language(language)
            with pytest.raises(UserError) as caught:
                restore(study_path, backup_)
        assert words in str(caught.value)
    assert study_path.read_bytes() == before
    assert list(study_path.parent.iterdir()) == [study_path]


def test_a_study_that_is_open_is_not_replaced(project: Project) -> None:
    kept = backup(project.path)
    with pytest.raises(UserError, match="open in another window"):
        restore(project.path, kept)
    add_code(project)


def test_a_restore_that_fails_leaves_the_study(study_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(study_path, "A")
    backup(study_path)
    add(study_path, "B")

    def fail(_backup: Path, temporary: Path) -> None:
        temporary.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "_copy_whole", fail)
    with pytest.raises(UserError, match="The disk is full"):
        restore(study_path)
    assert keys(study_path) == ["A", "B"]
    assert sorted(path.name for path in study_path.parent.iterdir()) == ["study.backups", "study.qcl"]


def test_the_chosen_backup_is_not_thinned_out_by_restoring(study_path: Path) -> None:
    add(study_path, "A")
    oldest = backup(study_path)
    for _again in range(NEWEST - 1):
        backup(study_path)
    add(study_path, "B")
    assert restore(study_path, oldest).backup == oldest
    assert oldest.exists()
    assert keys(study_path) == ["A"]


def test_the_key_file_comes_back_only_where_there_is_none(study_path: Path) -> None:
    names = study_path.with_name("study.kunci.json")
    names.write_text('{"A1": "Rekaan"}')
    first = backup(study_path)
    assert names_of(first).read_text() == '{"A1": "Rekaan"}'
    assert stat.S_IMODE(names_of(first).stat().st_mode) == 0o600
    names.write_text('{"A1": "Rekaan", "A2": "Lain"}')
    assert not restore(study_path, first).names
    assert names.read_text() == '{"A1": "Rekaan", "A2": "Lain"}'
    names.unlink()
    assert restore(study_path, first).names
    assert names.read_text() == '{"A1": "Rekaan"}'
    assert stat.S_IMODE(names.stat().st_mode) == 0o600


def test_a_study_keeps_its_rights_and_a_new_one_is_private(study_path: Path) -> None:
    first = backup(study_path)
    study_path.chmod(0o640)
    restore(study_path, first)
    assert stat.S_IMODE(study_path.stat().st_mode) == 0o640
    study_path.unlink()
    restore(study_path, first)
    assert stat.S_IMODE(study_path.stat().st_mode) == 0o600


# A backup stays as it is -----------------------------------------------------------------------------------


def test_a_backup_is_read_and_never_worked_in(study_path: Path) -> None:
    add(study_path, "A")
    kept = backup(study_path)
    before = kept.read_bytes()
    with pytest.raises(UserError, match="is a backup and stays as it is"):
        open_study(kept)
    read_study(kept).close()
    assert kept.read_bytes() == before
    assert len(list(folder_of(study_path).iterdir())) == 2
    kept.write_bytes(before[:-1] + b"x")
    with pytest.raises(UserError, match="not as it was made"):
        read_study(kept)


def test_a_backup_of_an_earlier_version_has_no_manifest_and_is_put_back(study_path: Path) -> None:
    add(study_path, "A")
    old = folder_of(study_path) / "study-20260102-030405-000006.qcl"
    old.parent.mkdir()
    shutil.copy(study_path, old)
    [held] = backups_held(study_path)
    assert (held.whole, held.codings, len(held.steps)) == (True, 0, 1)
    add(study_path, "B")
    newer = backup(study_path)
    assert backups(study_path) == [newer, old]
    restore(study_path, old)
    assert keys(study_path) == ["A"]


def test_what_backups_hold_is_told_for_choosing(study_path: Path) -> None:
    add(study_path, "A", "B")
    backup(study_path)
    [held] = backups_held(study_path)
    assert held.whole
    assert held.size == held.path.stat().st_size
    assert (held.codings, held.sources) == (0, 0)
    assert [step.text for step in held.steps] == ["Add code B", "Add code A"]
    assert abs(held.at - held.path.stat().st_mtime * 1000) < 5000
    held.path.with_suffix(".json").write_text("{")
    [unnoted] = backups_held(study_path)
    assert unnoted.whole
    assert abs(unnoted.at - held.at) < 5000
    assert unnoted.steps == held.steps


def test_no_half_of_a_restored_file_is_ever_in_place(
    study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(study_path, "A")
    backup(study_path)
    add(study_path, "B")
    seen = []

    def look(*arguments: object, **options: object) -> None:
        seen.append(keys(study_path))
        write_whole(*arguments, **options)  # type: ignore[arg-type]
        seen.append(keys(study_path))

    monkeypatch.setattr(restoring, "write_whole", look)
    restore(study_path)
    assert seen == [["A", "B"], ["A"]]
    assert os.listdir(study_path.parent).count("study.qcl") == 1
