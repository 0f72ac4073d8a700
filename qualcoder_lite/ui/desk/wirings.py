"""What joins a panel to its desk is kept by the desk, and let go when the desk goes with its window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar
from weakref import ReferenceType, WeakKeyDictionary, ref

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk

W = TypeVar("W")


def keep(wirings: WeakKeyDictionary[Desk, W], desk: Desk, wiring: W) -> W:
    """Keep a wiring for a desk. It holds the desk, so a weak key alone would never let either go."""
    wirings[desk] = wiring
    desk.destroyed.connect(partial(_forget, wirings, ref(desk)))
    return wiring


def _forget(wirings: WeakKeyDictionary[Desk, W], desk: ReferenceType[Desk], *_gone: object) -> None:
    gone = desk()
    if gone is not None:
        wirings.pop(gone, None)
