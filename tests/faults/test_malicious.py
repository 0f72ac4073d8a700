"""Files made to do harm end in one sentence, soon, and without eating the memory of the computer."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcoder_lite.coding.sample_study import build_sample
from tests.faults.malicious import MALICE, SLOW

SECONDS, BYTES = 5, 500 << 20  # of work, so that a busy computer fails no test

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes, devices and memory as Linux counts")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study."""
    path = tmp_path_factory.mktemp("sample") / "sample.qcl"
    build_sample(path)
    return path


@pytest.fixture(scope="module")
def forking() -> Iterator[subprocess.Popen[str]]:
    """A process that carries out commands in children of its own."""
    command = [sys.executable, "-m", "tests.faults.forking"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as server:
        yield server
        assert server.stdin is not None
        server.stdin.close()


def test_there_are_enough() -> None:
    assert len(MALICE) >= 60


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if name in SLOW else []) for name in MALICE]
)
def test_a_malicious_file_ends_in_one_sentence(
    sample: Path, tmp_path: Path, forking: subprocess.Popen[str], name: str
) -> None:
    study = Path(shutil.copy(sample, tmp_path / "study.qcl"))
    words = [str(word) for word in MALICE[name](study)]
    assert forking.stdin is not None
    assert forking.stdout is not None
    forking.stdin.write(json.dumps([str(tmp_path), *words, "--language", "en"]) + "\n")
    forking.stdin.flush()
    status, said, memory, seconds = json.loads(forking.stdout.readline())
    lines = said.splitlines()
    assert status == 1, (status, said[-800:])
    assert lines
    if words[0] != "check":
        assert len(lines) == 1, lines
    assert "\x1b" not in said
    assert memory < BYTES, f"{memory / 1e6:.0f} MB"
    assert seconds < SECONDS
