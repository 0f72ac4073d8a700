"""References of cells: `kind:value`, and the evidence that stands behind a pair of them.

Kinds: code, informant and source with the row's id in hex; technique with its word; attribute with
`id=value`; study without value. A pair is unordered: it is stored sorted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from qualcoder_lite.coding.counted import Counted, count
from qualcoder_lite.coding.overlaps import overlapping_pairs

STUDY = "study:"
Seen = list[list[object]]
"""What a written cell saw: [coding id, code id, start, end, polarity or None], ids in hex, in order."""


def reference(kind: str, value: bytes | str = "") -> str:
    """The reference to a row by its id, or to a word."""
    return f"{kind}:{value.hex() if isinstance(value, bytes) else value}"


def pair(one: str, other: str) -> tuple[str, str]:
    """The two references as they are stored."""
    return (one, other) if one <= other else (other, one)


def row_id(ref: str) -> bytes:
    """The id of the row that a code, informant or source reference names."""
    return bytes.fromhex(ref.split(":", 1)[1])


def matching(counted: Counted, ref: str) -> NDArray[np.bool_]:
    """The counting codings, of all coders, that a reference speaks of."""
    kind, value = ref.split(":", 1)
    frames = counted.frames
    if kind == "code":
        index = next(i for i, code in enumerate(frames.codes) if code.id.hex() == value)
        under: NDArray[np.bool_] = counted.counts & counted.below[index][frames.codings.code]
        return under
    if kind == "informant":
        return counted.for_informant(
            next(i for i, row in enumerate(frames.informants) if row.id.hex() == value)
        )
    if kind == "attribute":
        return _of_attribute(counted, *value.split("=", 1))
    if kind == "study":
        return counted.counts
    field = "technique" if kind == "technique" else "id"
    wanted = value if kind == "technique" else bytes.fromhex(value)
    sources = [i for i, source in enumerate(frames.sources) if getattr(source, field) == wanted]
    return counted.counts & np.isin(frames.codings.source, sources)


def _of_attribute(counted: Counted, attribute: str, value: str) -> NDArray[np.bool_]:
    names = {row.hex(): name for row, name in counted.frames.attributes}
    mask = np.zeros(len(counted.counts), dtype=np.bool_)
    for index, informant in enumerate(counted.frames.informants):
        if informant.attributes.get(names[attribute]) == value:
            mask |= counted.for_informant(index)
    return mask


def evidence(counted: Counted, one: str, other: str) -> NDArray[np.int64]:
    """The codings behind a pair of references, of all coders, in the order of the sources.

    Of two codes: those codings under one that share a character with a coding under the other, and these.
    """
    first, second = matching(counted, one), matching(counted, other)
    if one.startswith("code:") and other.startswith("code:"):
        a, b = overlapping_pairs(counted.frames.codings, np.flatnonzero(first), np.flatnonzero(second))
        return np.unique(np.concatenate((a, b)))
    return np.flatnonzero(first & second)


def seen(counted: Counted, one: str, other: str) -> Seen:
    """What a cell of this pair sees now."""
    codings, codes = counted.frames.codings, counted.frames.codes
    from_sign = ("+", "-", "0", "±", None)
    return sorted(
        [
            codings.id[i].hex(),
            codes[codings.code[i]].id.hex(),
            int(codings.start[i]),
            int(codings.end[i]),
            from_sign[codings.sign[i]],
        ]
        for i in evidence(counted, one, other)
    )


def evidence_now(connection: Connection, one: str, other: str) -> Seen:
    """What a cell of this pair sees, read inside a step."""
    return seen(count(connection), one, other)
