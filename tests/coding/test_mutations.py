"""Damaged files of every kind that is read: each is brought in or refused in a sentence, soon, in 500 MB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def outcomes(first: int, count: int, folder: Path) -> list[tuple[int, str, str, int]]:
    """What came of each file: its number, the whole file's name, `done` or `refused` or a fault, peak MB."""
    command = [sys.executable, "-m", "tests.coding.mutating", str(first), str(count), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30 + count)
    assert done.returncode == 0, done.stderr[-2000:]
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def check(first: int, count: int, folder: Path) -> None:
    found = outcomes(first, count, folder)
    assert len(found) == count
    faults = [one for one in found if one[2] not in ("done", "refused")]
    assert not faults, "\n".join(f"{number} {name}: {said}" for number, name, said, _peak in faults[:5])
    assert {"done", "refused"} == {said for _number, _name, said, _peak in found}
    assert max(peak for _number, _name, _said, peak in found) < 500


def test_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    check(0, 48, tmp_path)


@pytest.mark.long
def test_a_thousand_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    check(48, 1000, tmp_path)
