"""A log is rolled into the file to which it belongs, whole, and into no other."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from qualcoder_lite.store import connection
from qualcoder_lite.store.access.logs import journal_fits, mark_apart, wal_fits
from qualcoder_lite.store.backup import backup
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import Project, open_study, read_study
from qualcoder_lite.store.schema import Code, Source, SourceText
from tests.store.states import State, state_of

ROUNDS = pytest.mark.parametrize("rounds", [6, pytest.param(100, marks=pytest.mark.long)])
SUFFIXES = ("", "-journal", "-wal", "-shm")


def add_code(project: Project, key: str = "A") -> None:
    with project.change("Add a code") as session:
        insert_rows(session, Code, [{"key": key}])


def killed(study: Path, folder: Path) -> Path:
    """The study as it would lie there if its writer were killed at this moment."""
    folder.mkdir()
    for suffix in SUFFIXES:
        file = study.with_name(study.name + suffix)
        if file.exists() and suffix != "-shm":  # which a computer that starts anew does not have
            shutil.copyfile(file, folder / file.name)
    return folder / study.name


def killed_while_writing(project: Project, folder: Path, characters: int) -> Path:
    """The study of a program that is killed in a step so large that half of it is in the file already."""
    with suppress(ZeroDivisionError), project.change("Import") as session:
        [source] = insert_rows(session, Source, [{"key": "A1"}])
        insert_rows(session, SourceText, [{"source_id": source, "text": "x" * characters}])
        session.flush()
        killed(project.path, folder)
        raise ZeroDivisionError  # so that the study does not grow from round to round
    return folder / project.path.name


@pytest.fixture(autouse=True)
def _little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite writes a step into the file before its end when its memory is full: let that be soon."""
    monkeypatch.setattr(connection, "WRITING", (*connection.WRITING, "cache_size=10"))


def work_ahead(study: Path, folder: Path, chance: random.Random) -> tuple[Path, State]:
    """A killed study with a write-ahead log, and its last acknowledged state."""
    with open_study(study) as project:
        for _step in range(chance.randint(1, 4)):
            add_code(project)
            if chance.random() < 0.4:
                project.settle()
        add_code(project, "last")
        return killed(study, folder), state_of(study)


def work_behind(study: Path, folder: Path, chance: random.Random) -> tuple[Path, State]:
    """A killed study with a rollback journal, and its last acknowledged state."""
    with open_study(study, write_ahead=False) as project:
        for _step in range(chance.randint(0, 3)):
            add_code(project)
        acknowledged = state_of(study)
        return killed_while_writing(project, folder, chance.randint(100_000, 400_000)), acknowledged


WORKS = {"-wal": work_ahead, "-journal": work_behind}
work = pytest.mark.parametrize("suffix", WORKS)


def over_in_place(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())


def over_as_a_new_file(source: Path, target: Path) -> None:
    target.unlink()
    shutil.copy2(source, target)


@ROUNDS
@work
@pytest.mark.parametrize("over", [over_in_place, over_as_a_new_file])
def test_a_backup_copied_over_the_study_of_a_killed_program_stays_as_it_is(
    study_path: Path, tmp_path: Path, suffix: str, over: Callable[[Path, Path], None], rounds: int
) -> None:
    chance = random.Random(5)
    with open_study(study_path) as project:
        add_code(project, "kept")
    for turn in range(rounds):
        made = backup(study_path)
        expected = state_of(made)
        dead, _state = WORKS[suffix](study_path, tmp_path / f"dead-{turn}", chance)
        log = dead.with_name(dead.name + suffix)
        assert log.stat().st_size > 0
        over(made, dead)
        content = log.read_bytes()
        (read_study if turn % 2 else open_study)(dead).close()
        assert state_of(dead) == expected
        connection.check_whole(dead)
        [aside] = [path for path in dead.parent.iterdir() if path != dead]
        assert aside.read_bytes() == content
        assert aside.name.startswith("study.aside-")
        shutil.rmtree(dead.parent)


@ROUNDS
@work
def test_the_log_of_a_killed_program_is_rolled_into_its_own_file(
    study_path: Path, tmp_path: Path, suffix: str, rounds: int
) -> None:
    chance = random.Random(6)
    for turn in range(rounds):
        dead, acknowledged = WORKS[suffix](study_path, tmp_path / f"dead-{turn}", chance)
        (read_study if turn % 2 else open_study)(dead).close()
        assert state_of(dead) == acknowledged
        connection.check_whole(dead)
        assert [path.name for path in dead.parent.iterdir()] == [dead.name]
        shutil.rmtree(dead.parent)


def test_a_copy_made_earlier_in_the_same_session_takes_no_later_log(study_path: Path, tmp_path: Path) -> None:
    with open_study(study_path) as project:
        add_code(project)
        project.settle()
        early = Path(shutil.copy(study_path, tmp_path / "early.qcl"))
        expected = len(state_of(study_path)["code"])
        for _step in range(3):  # the log begins anew
            add_code(project)
            project.settle()
        add_code(project)
        dead = killed(study_path, tmp_path / "dead")
    over_in_place(early, dead)
    open_study(dead).close()
    assert len(state_of(dead)["code"]) == expected


def test_a_copy_within_what_the_log_holds_is_brought_to_the_last_step(
    study_path: Path, tmp_path: Path
) -> None:
    with open_study(study_path) as project:
        add_code(project)
        project.settle()
        early = Path(shutil.copy(study_path, tmp_path / "early.qcl"))
        add_code(project)
        acknowledged = state_of(study_path)
        dead = killed(study_path, tmp_path / "dead")
    over_in_place(early, dead)
    open_study(dead).close()
    assert state_of(dead) == acknowledged


@work
def test_a_study_of_other_counting_takes_no_log(study_path: Path, tmp_path: Path, suffix: str) -> None:
    dead, _state = WORKS[suffix](study_path, tmp_path / "dead", random.Random(7))
    fits = {"-wal": wal_fits, "-journal": journal_fits}[suffix]
    assert fits(dead)
    mark_apart(dead)
    assert not fits(dead)


@pytest.mark.parametrize("content", [b"", b"x", bytes(600), b"\xff" * 5000])
@work
def test_a_log_that_is_none_does_no_harm(study_path: Path, suffix: str, content: bytes) -> None:
    before = state_of(study_path)
    log = study_path.with_name(study_path.name + suffix)
    log.write_bytes(content)
    open_study(study_path).close()
    assert state_of(study_path) == before
    assert not log.exists()


@pytest.mark.parametrize("write_ahead", [True, False])
def test_each_step_counts_the_file_on_by_one(study_path: Path, write_ahead: bool) -> None:
    def counter() -> int:
        return int.from_bytes(study_path.read_bytes()[24:28], "big")

    with open_study(study_path, write_ahead=write_ahead) as project:
        before = counter()
        for step in range(1, 6):
            add_code(project)
            project.settle()
            assert counter() == before + step
