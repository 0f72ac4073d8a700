"""Processes that carry out work in children of their own: commands, and works to be killed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pytest

from tests.faults.attacked import place
from tests.faults.attacked_window import place_window
from tests.faults.attacks import WINDOW, Attack

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(module: str) -> Iterator[subprocess.Popen[str]]:
    """A process that answers line by line."""
    command = [sys.executable, "-m", module]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        yield server
        assert server.stdin is not None
        server.stdin.close()


def asked(server: subprocess.Popen[str], question: object) -> object:
    """What such a process answers."""
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(json.dumps(question) + "\n")
    server.stdin.flush()
    return json.loads(server.stdout.readline())


class Commands:
    """Carries out commands, each in a child of its own."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self.server = server

    def run(self, folder: Path, *words: object) -> tuple[int, str, int, float]:
        """Status of a command, what it complained of, its bytes of memory, its seconds of work."""
        found = asked(self.server, [str(folder), *map(str, words), "--language", "en"])
        status, said, memory, seconds = found  # type: ignore[misc]
        return status, said, memory, seconds


class Killer:
    """Carries out works in children of its own and kills them; knows where works begin."""

    def __init__(self, server: subprocess.Popen[str], home: Path) -> None:
        self.server, self.home = server, home
        self.times: dict[str, float] = {}

    @cached_property
    def places(self) -> dict[bool, Path]:
        """The folders in which works begin: that of the window, and that of all others."""
        found = {True: self.home / "window", False: self.home / "others"}
        for is_window, folder in found.items():
            folder.mkdir()
            (place_window if is_window else place)(folder)
            (folder / "tmp").mkdir()
        return found

    def before(self, attack: Attack) -> Path:
        return self.places[attack is WINDOW]

    def run(self, attack: Attack, folder: Path, after: float | None) -> tuple[int, int, float]:
        """Let a work be done in a fresh folder; its status, how many things it told, its seconds."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.before(attack), folder)
        status, seconds = asked(self.server, [attack.name, str(folder), after])  # type: ignore[misc]
        done = folder / "told"
        complaints = (folder / "complaints").read_text(encoding="utf-8")
        assert complaints == "", complaints[-3000:]
        return status, done.stat().st_size if done.exists() else 0, seconds

    def time_of(self, attack: Attack, folder: Path) -> float:
        """The seconds that a work takes in peace; what it leaves then passes the check too."""
        if attack.name not in self.times:
            status, told, self.times[attack.name] = self.run(attack, folder, None)
            assert (status, told) == (0, attack.told)
            attack.check(folder, told, self.before(attack))
        return self.times[attack.name]


@pytest.fixture(scope="session")
def commands() -> Iterator[Commands]:
    """A process that has loaded all that commands need."""
    with serving("tests.faults.forking") as server:
        yield Commands(server)


@pytest.fixture(scope="session")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    """A process that has loaded all that works need."""
    with serving("tests.faults.killing") as server:
        yield Killer(server, tmp_path_factory.mktemp("kills"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where works work. Our temporary files lie there too, so that we clear what a killed one left."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "place" / "tmp"))
    yield tmp_path / "place"
    shutil.rmtree(tmp_path / "place", ignore_errors=True)  # a thousand of them are large
