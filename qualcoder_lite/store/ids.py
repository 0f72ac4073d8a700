"""Ids: time-ordered UUIDs (version 7, RFC 9562 §5.7) as 16 raw bytes; as text only at the edge."""

from __future__ import annotations

import os
import threading
import time

_lock = threading.Lock()
_last = 0


def new_id() -> bytes:
    """One new id, greater than every id that this process made before."""
    return new_ids(1)[0]


def new_ids(number: int) -> list[bytes]:
    """This many new ids in ascending order.

    The 12 bits after the version and the first 14 of the variant's part count on from the millisecond, so
    that ids made within one millisecond keep their order; the last 48 bits are random.
    """
    global _last
    with _lock:
        first = max(_last + 1, time.time_ns() // 1_000_000 << 26)
        _last = first + number - 1
    noise = os.urandom(6 * number)
    return [_pack(first + index, noise[6 * index : 6 * index + 6]) for index in range(number)]


def _pack(stamp: int, noise: bytes) -> bytes:
    milliseconds, counter = stamp >> 26, stamp & 0x3FFFFFF
    head = milliseconds << 16 | 0x7000 | counter >> 14
    return head.to_bytes(8, "big") + (0x8000 | counter & 0x3FFF).to_bytes(2, "big") + noise
