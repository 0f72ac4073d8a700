"""Ids ascend, are unique, and are version 7 UUIDs of the moment."""

from __future__ import annotations

import threading
import time
from uuid import UUID

import pytest

from qualcoder_lite.store import ids
from qualcoder_lite.store.ids import new_id, new_ids


def test_ids_ascend_within_and_between_calls() -> None:
    made = [*new_ids(5_000), new_id(), *new_ids(70_000), new_id()]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_are_version_7_of_this_moment() -> None:
    before = time.time_ns() // 1_000_000
    made = UUID(bytes=new_id())
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_all_of_many_are_version_7() -> None:
    assert {(row[6] >> 4, row[8] >> 6) for row in new_ids(40_000)} == {(7, 2)}


def test_ids_ascend_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = new_id()
    real = time.time_ns()
    monkeypatch.setattr(ids.time, "time_ns", lambda: real - 3_600_000_000_000)
    assert new_id() > first


def test_threads_never_share_an_id() -> None:
    made: list[list[bytes]] = []
    threads = [
        threading.Thread(target=lambda: made.append([new_id() for _each in range(2_000)]))
        for _each in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(part == sorted(part) for part in made)
    assert len({row for part in made for row in part}) == 8_000


def test_no_ids_are_none() -> None:
    assert new_ids(0) == []
