"""The command line, run in this process as a person runs it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qualcoder_lite.__main__ import main


@dataclass(frozen=True)
class Outcome:
    """What one command said."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Outcome]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run one command in English; give what it said."""

    def run(*arguments: object) -> Outcome:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments] + ["--language", "en"])
        return Outcome(status, *capsys.readouterr())

    return run


@pytest.fixture
def done(command: Command) -> Command:
    """Run one command that must succeed."""

    def run(*arguments: object) -> Outcome:
        outcome = command(*arguments)
        assert outcome.status == 0, outcome.err
        return outcome

    return run


@pytest.fixture
def refused(command: Command) -> Command:
    """Run one command that must be refused with one line, changing no byte of the named study."""

    def run(*arguments: object) -> Outcome:
        studies = [argument for argument in arguments if str(argument).endswith(".qcl")]
        before = [_bytes(study) for study in studies]
        outcome = command(*arguments)
        assert outcome.status == 1, (outcome.status, outcome.out, outcome.err)
        assert outcome.out == ""
        assert len(outcome.err.splitlines()) == 1, outcome.err
        assert [_bytes(study) for study in studies] == before
        return outcome

    return run


def _bytes(path: object) -> bytes | None:
    file = Path(str(path))
    return file.read_bytes() if file.is_file() else None


@pytest.fixture
def small(done: Command, tmp_path: Path) -> Path:
    """A study with the codebook and one interview, W1, of informant A1."""
    study = tmp_path / "small.qcl"
    (tmp_path / "W1.txt").write_text(
        "P: Apa visi kecamatan ini, Pak?\nI: Visinya ada di dinding itu.\n"
        "P: Dipakai sehari-hari?\nI: Jujur saja, jarang dibaca. Ada di dinding saja.\n",
        encoding="utf-8",
    )
    done("new", study, "--codebook", "siagian")
    done("import", study, tmp_path / "W1.txt", "--speakers", "P=interviewer,I=A1")
    return study


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """A .csv table of lines of words parted by commas."""

    def write(*lines: str, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
