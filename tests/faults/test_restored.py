"""A backup put over a study whose program was killed is what the study then is: by the verb, by hand."""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

import pytest

from qualcoder_lite.__main__ import main
from qualcoder_lite.coding.vocabulary import CHOICES
from qualcoder_lite.export.formats.json_file import study_json
from qualcoder_lite.store.backup import backups
from qualcoder_lite.store.connection import was_interrupted
from qualcoder_lite.store.integrity.checking import problems
from qualcoder_lite.store.integrity.page_sums import is_sealed
from qualcoder_lite.store.project import open_study, read_study
from tests.faults.attacks import ATTACKS, nothing_hidden
from tests.faults.conftest import Killer
from tests.store.states import state_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills are by fork and signal")

SHORT, LONG = 2, 100
SOON = 0.3  # seconds within which the short suite kills
WRITING = [one for one in ATTACKS if one.name in ("code", "bring_in", "import_by_verb", "back_and_forth")]


def by_verb(backup: Path, study: Path) -> None:
    assert main(["restore", str(study), str(backup)]) == 0


def over_it(backup: Path, study: Path) -> None:
    """Into the same file, as many programs copy."""
    shutil.copyfile(backup, study)


def in_its_place(backup: Path, study: Path) -> None:
    """As a new file that takes the place, as other programs copy."""
    copied = Path(shutil.copyfile(backup, study.with_name("copied")))
    os.replace(copied, study)


def seeds() -> list[object]:
    return [*range(SHORT), *(pytest.param(seed, marks=[pytest.mark.long]) for seed in range(SHORT, LONG))]


@pytest.mark.parametrize("way", ["verb", "hand"])
@pytest.mark.parametrize("seed", seeds())
def test_a_backup_over_a_killed_study_equals_the_backup(
    killer: Killer, folder: Path, way: str, seed: int
) -> None:
    attack, chance = WRITING[seed % len(WRITING)], random.Random(f"{way} {seed}")
    study = folder / "study.qcl"
    whole = SOON if seed < SHORT else killer.time_of(attack, folder)
    while not was_interrupted(study):  # a log is what could be rolled into the backup
        killer.run(attack, folder, chance.uniform(0, whole))
    [backup] = backups(study)
    logs = sorted(path.suffix for path in folder.glob("study.qcl-*"))
    {"verb": by_verb, "hand": over_it if seed % 2 else in_its_place}[way](backup, study)
    open_study(study).close()
    print(f"{way}-{seed}: {attack.name}, killed with {' '.join(logs)}")  # noqa: T201
    assert state_of(study) == state_of(backup)
    with read_study(study) as restored, read_study(backup) as original:
        assert study_json(restored) == study_json(original)
    assert problems(study, CHOICES) == []
    assert is_sealed(study)
    nothing_hidden_but_what_was_put_aside(study)


def nothing_hidden_but_what_was_put_aside(study: Path) -> None:
    for kept in study.parent.glob("study.aside-*"):
        kept.unlink()
    nothing_hidden(study)
