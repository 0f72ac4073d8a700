"""Damaged files of every kind that is read: each is brought in or refused in a sentence, soon, in 500 MB."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import pytest

from qualcoder_lite.coding import codes, sources
from qualcoder_lite.coding.vocabulary import CHOICES
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.integrity.checking import problems
from qualcoder_lite.store.project import open_study
from tests.faults.conftest import Commands
from tests.faults.mutating import Job, mutated, prepared

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="commands are carried out by fork")

SHORT, LONG, BATCH = 1, 42, 25  # batches of so many files: 1,050 in the long suite
SECONDS, BYTES = 5, 500 << 20  # of work, so that a busy computer fails no test


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> list[Job]:
    """Whole files of every kind."""
    return prepared(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with a source and a code, to which tables may refer."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "W1.txt").write_text("P: Apa?\nI: Ya.\n", "utf-8")
    new_study(folder / "study.qcl", "Studi rekaan")
    with open_study(folder / "study.qcl", coder="C1") as project:
        codes.add(project, "K")
        sources.import_files(project, [folder / "W1.txt"])
    return folder / "study.qcl"


def batches() -> list[object]:
    return [*range(SHORT), *(pytest.param(one, marks=[pytest.mark.long]) for one in range(SHORT, LONG))]


@pytest.mark.parametrize("batch", batches())
def test_damaged_files_are_read_or_refused(
    batch: int, jobs: list[Job], small: Path, tmp_path: Path, commands: Commands
) -> None:
    """The number of a file is its seed. What is refused changes nothing, what is read leaves all whole."""
    found = set()
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        path, (verb, *options) = jobs[number % len(jobs)]
        study = Path(shutil.copy(small, tmp_path / "study.qcl"))
        study.with_name("study.kunci.json").unlink(missing_ok=True)
        damaged = tmp_path / f"rusak{path.suffix}"
        damaged.write_bytes(mutated(path, random.Random(number)))
        status, said, memory, seconds = commands.run(tmp_path, verb, study, damaged, *options)
        told = (number, path.name, status, said[-800:])
        print(number, path.name, status, f"{memory >> 20} MB {seconds:.2f} s", said[:150])  # noqa: T201
        assert status in (0, 1), told
        assert seconds < SECONDS, told
        assert memory < BYTES, told
        assert "\x1b" not in said, told
        if status == 1:
            assert len(said.splitlines()) == 1, told
            assert study.read_bytes() == small.read_bytes(), told
        else:
            assert problems(study, CHOICES) == [], told
        found.add(status)
    assert found == {0, 1}
