"""kill -9 in the middle of any action loses nothing that was acknowledged and leaves nothing half.

Each case is a kill of its own on a fresh copy of the same folder, at a moment drawn within the time that the
action takes. One that came too late is checked as well, and then drawn anew: so every case has hit work that
was running. A case can be run again alone, `pytest --long -k code-17`: its name is the seed of its moments.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest

from tests.faults.attacked import place
from tests.faults.attacked_window import place_window
from tests.faults.attacks import ATTACKS, WINDOW, Attack

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills are by fork and signal")

LONG, LONG_WINDOW = 65, 220  # kills of each action in the long suite: with the window more than a thousand
SOON = 0.3  # seconds within which the short suite kills: less than most actions take
DRAWS = 12  # moments that may be too late, since the computer is faster now than when it was timed
ROOT = Path(__file__).parents[2]


class Killer:
    """A process that carries out works in children of its own and kills them, and where works begin."""

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
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(json.dumps([attack.name, str(folder), after]) + "\n")
        self.server.stdin.flush()
        status, seconds = json.loads(self.server.stdout.readline())
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


@pytest.fixture(scope="module")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    """A process that has loaded all that works need."""
    command = [sys.executable, "-m", "tests.faults.killing"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        yield Killer(server, tmp_path_factory.mktemp("kills"))
        assert server.stdin is not None
        server.stdin.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where works work. Our temporary files lie there too, so that we clear what a killed one left."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "place" / "tmp"))
    return tmp_path / "place"


def killed(killer: Killer, attack: Attack, folder: Path, after: float) -> bool:
    """Kill a work, check what it leaves, and tell whether it had not finished."""
    status, told, _seconds = killer.run(attack, folder, after)
    print(f"{attack.name}: killed after {after:.4f} s, {told} of {attack.told} told")  # noqa: T201
    assert status in (-9, 0)
    attack.check(folder, told, killer.before(attack))
    return status == -9 and told < attack.told


@pytest.mark.parametrize("attack", [pytest.param(one, id=one.name) for one in (*ATTACKS, WINDOW)])
def test_a_kill_loses_nothing(attack: Attack, killer: Killer, folder: Path) -> None:
    hit = killed(killer, attack, folder, random.Random(attack.name).uniform(0, SOON))
    assert hit or (folder / "told").stat().st_size == attack.told


def cases(attacks: tuple[Attack, ...], number: int) -> list[object]:
    numbered = [(attack, seed) for attack in attacks for seed in range(number)]
    return [pytest.param(attack, seed, id=f"{attack.name}-{seed}") for attack, seed in numbered]


@pytest.mark.long
@pytest.mark.parametrize(("attack", "seed"), [*cases(ATTACKS, LONG), *cases((WINDOW,), LONG_WINDOW)])
def test_kills_at_many_moments_lose_nothing(attack: Attack, seed: int, killer: Killer, folder: Path) -> None:
    chance, whole = random.Random(f"{attack.name} {seed}"), killer.time_of(attack, folder)
    for _draw in range(DRAWS):
        if killed(killer, attack, folder, chance.uniform(0, whole)):
            return
        killer.times[attack.name] = whole = whole * 0.9
    raise AssertionError(f"none of {DRAWS} moments came before the end")
