"""Files made to do harm end in one sentence, soon, and without eating the memory of the computer."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from qualcoder_lite.coding.sample_study import build_sample
from tests.faults.conftest import Commands
from tests.faults.malicious import MALICE, SLOW

SECONDS, BYTES = 5, 500 << 20  # of work, so that a busy computer fails no test

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes, devices and memory as Linux counts")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study."""
    path = tmp_path_factory.mktemp("sample") / "sample.qcl"
    build_sample(path)
    return path


def test_there_are_enough() -> None:
    assert len(MALICE) >= 60


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if name in SLOW else []) for name in MALICE]
)
def test_a_malicious_file_ends_in_one_sentence(
    sample: Path, tmp_path: Path, commands: Commands, name: str
) -> None:
    study = Path(shutil.copy(sample, tmp_path / "study.qcl"))
    words = MALICE[name](study)
    status, said, memory, seconds = commands.run(tmp_path, *words)
    lines = said.splitlines()
    assert status == 1, (status, said[-800:])
    assert lines
    if words[0] != "check":
        assert len(lines) == 1, lines
    assert "\x1b" not in said
    assert memory < BYTES, f"{memory / 1e6:.0f} MB"
    assert seconds < SECONDS
