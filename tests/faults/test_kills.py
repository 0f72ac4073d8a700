"""kill -9 in the middle of any action loses nothing that was acknowledged and leaves nothing half.

Each case is a kill of its own on a fresh copy of the same folder, at a moment drawn within the time that the
action takes. One that came too late is checked as well, and then drawn anew: so every case has hit work that
was running. A case can be run again alone, `pytest --long -k code-17`: its name is the seed of its moments.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.faults.attacks import ATTACKS, WINDOW, Attack
from tests.faults.conftest import Killer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills are by fork and signal")

LONG, LONG_WINDOW = 65, 220  # kills of each action in the long suite: with the window more than a thousand
SOON = 0.3  # seconds within which the short suite kills: less than most actions take
DRAWS = 12  # moments that may be too late, since the computer is faster now than when it was timed


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
