"""kill -9 at any moment loses no action that was acknowledged and leaves no half one."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from qualcoder_lite.coding import codes, codings, sources
from qualcoder_lite.store.backup import backup, backups
from qualcoder_lite.store.connection import check_whole
from qualcoder_lite.store.copies.manifest import read, verify
from qualcoder_lite.store.copies.restoring import restore
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import Project, open_study
from qualcoder_lite.store.schema import Code, Coding, Source
from qualcoder_lite.store.undo import history, redo, undo
from tests.faults.worker import BATCH
from tests.store.states import State, rows, state_of

PROJECTS = Path(__file__).parent.parent / "projects"
LONGEST = 0.6  # seconds of work before the kill; a migration takes about 0.4
KINDS = ("code", "bring_in", "back_and_forth", "migrate", "copy", "put_back", "shrink", "begin")
CODINGS = 12  # that are undone and redone


@dataclass(frozen=True)
class Killed:
    """What the process had said when it was killed: how many actions were done for sure."""

    done: int


def killed(kind: str, study: Path, files: Path, after: float) -> Killed:
    """Run the worker, kill it `after` seconds of work, and read what it had said."""
    command = [sys.executable, "-m", "tests.faults.worker", kind, str(study), str(files)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)
        process.kill()
        said, complaints = process.stdout.read().split(), process.stderr.read()
    assert complaints == ""
    return Killed(int(said[-1]) if said else 0)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(BATCH):
        text = "".join(f"P: Pertanyaan {n}?\nI: Jawaban {n} yang cukup panjang.\n" for n in range(300))
        (folder / f"W{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    """A study with a code and one source of letters alone."""
    study = tmp_path / "kills.qcl"
    (tmp_path / "letters.txt").write_text("a" * 5_000, encoding="utf-8")
    new_study(study)
    with open_study(study) as project:
        codes.add(project, "R")
        sources.import_files(project, [tmp_path / "letters.txt"])
    return study


def number_of(project: Project, kind: type) -> int:
    with project.read() as connection:
        return connection.scalar(select(func.count()).select_from(kind)) or 0


def ids(project: Project, kind: Any) -> list[bytes]:
    with project.read() as connection:
        return list(connection.scalars(select(kind.id)))


def starts(project: Project) -> list[int]:
    with project.read() as connection:
        return list(connection.scalars(select(Coding.start).order_by(Coding.start)))


def whole(study: Path) -> Project:
    """The study, opened by the next program, whole and without what the dead one left."""
    project = open_study(study)
    check_whole(study)
    return project


def after_code(study: Path, files: Path, wait: float) -> None:
    with open_study(study) as project:
        before = number_of(project, Coding)
    done = killed("code", study, files, wait).done
    with whole(study) as project:
        found = starts(project)
        assert found == list(range(len(found)))
        assert len(found) >= max(done, before)
        steps = [line for line in history(project) if line.kind == "do"]
        assert len(steps) == 2 + len(found)
        if found:
            undo(project)
            assert starts(project) == found[:-1]
            redo(project)
            assert starts(project) == found


def after_bring_in(study: Path, files: Path, wait: float) -> None:
    with open_study(study) as project:
        before = number_of(project, Source)
    done = killed("bring_in", study, files, wait).done
    with whole(study) as project:
        fresh = number_of(project, Source) - before
        assert fresh % BATCH == 0
        assert fresh // BATCH in (done, done + 1)


def after_migrate(study: Path, files: Path, wait: float) -> None:
    old = study.with_name("old.qcl")
    shutil.copy(PROJECTS / "0001.qcl", old)
    killed("migrate", old, files, wait)
    with whole(old) as project:
        assert state_of(old) == migrated()
        assert redo(project) is not None
    for kept in backups(old):
        check_whole(kept)


@cache
def migrated() -> State:
    """What is in the oldest study once it is brought up to date in peace."""
    with tempfile.TemporaryDirectory() as folder:
        old = Path(shutil.copy(PROJECTS / "0001.qcl", folder))
        open_study(old).close()
        return state_of(old)


def after_copy(study: Path, files: Path, wait: float) -> None:
    done = killed("copy", study, files, wait).done
    assert len(backups(study)) >= min(done, 10)
    for kept in backups(study):
        assert read(kept) is not None
        verify(kept)
    whole(study).close()


def after_put_back(study: Path, files: Path, wait: float) -> None:
    """The study is the backup or what it was before; each new code is in it or in what was kept of it."""
    first = backups(study)[-1] if backups(study) else backup(study)
    for other in backups(study)[:-1]:
        other.unlink()
    restore(study, first)
    before = state_of(study)
    done = killed("put_back", study, files, wait).done
    whole(study).close()
    fresh = keys(study) - keys(first)
    assert len(fresh) <= 1
    assert fresh or state_of(study) == before
    everywhere = set[str]().union(*map(keys, [study, *backups(study)]))
    assert {f"N{number}" for number in range(1, done + 1)} <= everywhere
    for kept in backups(study):
        verify(kept)
    assert restore(study).backup == first
    assert state_of(study) == before


def keys(study: Path) -> set[str]:
    return {key for (key,) in rows(study, "SELECT key FROM code")}


def after_shrink(study: Path, files: Path, wait: float) -> None:
    with open_study(study) as project:
        with project.change("Rename") as session:
            session.query(Source).one().title += "x"
        before, lines = state_of(study), history(project)
    done = killed("shrink", study, files, wait).done
    with whole(study) as project:
        assert state_of(study) == before
        found = history(project)
        assert [line.text for line in found][: len(lines)] == [line.text for line in lines]
        compacted = len(found) - len(lines)
        assert compacted in (done, done + 1)
        assert (undo(project) is None) == (compacted > 0)


def after_back_and_forth(study: Path, files: Path, wait: float) -> None:
    with open_study(study) as project:
        [source] = ids(project, Source)
        [code] = ids(project, Code)
        for start in range(number_of(project, Coding), CODINGS):
            codings.apply(project, source, start, start + 1, code)
        while redo(project):
            pass
        states = [state_of(study)]
        while undo(project):
            states.append(state_of(study))
        while redo(project):
            pass
    there = killed("back_and_forth", study, files, wait).done  # so many codings there were for sure
    with whole(study) as project:
        assert state_of(study) in states
        assert not there or abs(number_of(project, Coding) - there) <= 1
        while redo(project):
            pass
        assert state_of(study) == states[0]


def after_begin(study: Path, files: Path, wait: float) -> None:
    done = killed("begin", study, files, wait).done
    made = sorted(study.parent.glob("new-*.qcl"))
    assert len(made) in (done, done + 1)
    for path in made:
        whole(path).close()
        path.unlink()
    for left in study.parent.glob(".new-*"):  # the next study of that name clears it, after a while
        left.unlink()


def kill_often(kind: str, number: int, study: Path, files: Path, seed: int) -> None:
    """Kill the worker that many times at moments spread over its work."""
    chance = random.Random(seed)
    check = globals()[f"after_{kind}"]
    for _each in range(number):
        check(study, files, chance.uniform(0, LONGEST))
        assert [path.name for path in study.parent.iterdir() if path.name.startswith(".")] == []
        assert list(study.parent.glob("*.qcl-*")) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_loses_nothing(kind: str, coded: Path, files: Path) -> None:
    kill_often(kind, 1, coded, files, seed=7)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(4))
def test_kills_at_many_moments_lose_nothing(kind: str, seed: int, coded: Path, files: Path) -> None:
    kill_often(kind, 10, coded, files, seed)
