"""Progress is reported often enough to look alive, seldom enough to cost nothing, and can stop the work."""

from __future__ import annotations

import pytest

from qualcoder_lite.progress import INTERVAL, Cancelled, silent, throttled


class Clock:
    """A clock that only moves when told."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


def test_the_first_the_last_and_one_per_interval_are_passed_on() -> None:
    heard: list[tuple[int, int, str]] = []
    clock = Clock()
    report = throttled(lambda done, total, label: heard.append((done, total, label)), clock)
    for done in range(101):
        report(done, 100, f"file {done}")
        clock.time += INTERVAL / 10
    numbers = [done for done, _total, _label in heard]
    assert numbers[0] == 0
    assert numbers[-1] == 100
    assert 10 <= len(numbers) <= 12
    assert heard[1][2] == f"file {numbers[1]}"


def test_the_end_is_passed_on_however_soon_it_comes() -> None:
    heard: list[int] = []
    report = throttled(lambda done, _total, _label: heard.append(done), Clock())
    for done in range(4):
        report(done, 3)
    assert heard == [0, 3]


def test_work_of_unknown_or_no_length_is_reported() -> None:
    heard: list[int] = []
    report = throttled(lambda done, _total, _label: heard.append(done), Clock())
    report(0, 0)
    assert heard == [0]


def test_whoever_listens_can_stop_the_work() -> None:
    def stop(_done: int, _total: int, _label: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        throttled(stop, Clock())(1, 9)


def test_nobody_needs_to_listen() -> None:
    silent(1, 2)
    silent(2, 2, "file")
