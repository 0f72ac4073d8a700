"""References of cells: `kind:value`, and the evidence that stands behind a pair of them.

Kinds: code, informant and source with the row's id in hex; informants with several ids joined by `,`;
technique and class with their word; attribute with `id=value`; study without value. Without a word or value
technique, class and attribute mean all sources or people that have one: there stands what a researcher
concludes from comparing them. A pair is unordered: it is stored sorted. A row that is gone has no evidence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.frames import Codings, Frames, InformantRow, Numbers
from qualcoder_lite.coding.counting.overlaps import overlapping_pairs

STUDY = "study:"
Seen = list[list[object]]
"""What a written cell saw: [coding id, code id, start, end, polarity or None], ids in hex, in order."""
Mask = NDArray[np.bool_]
POLARITIES = ("+", "-", "0", "±", None)  # as SIGNS are numbered


def reference(kind: str, value: bytes | str = "") -> str:
    """The reference to a row by its id, or to a word."""
    return f"{kind}:{value.hex() if isinstance(value, bytes) else value}"


def reference_to_many(informants: Iterable[bytes]) -> str:
    """The reference to several informants, whatever their order."""
    return "informants:" + ",".join(sorted({row.hex() for row in informants}))


def pair(one: str, other: str) -> tuple[str, str]:
    """The two references as they are stored."""
    return (one, other) if one <= other else (other, one)


def is_comparison(ref: str) -> bool:
    """Whether a reference stands for what is concluded from comparing: some informants, or all of a kind."""
    kind, value = ref.split(":", 1)
    if kind == "attribute":
        return "=" not in value
    return kind == "informants" or (kind in ("technique", "class") and not value)


def row_id(ref: str) -> bytes:
    """The id of the row that a code, informant or source reference names."""
    return bytes.fromhex(ref.split(":", 1)[1])


def rows_named(ref: str) -> list[bytes]:
    """The ids of all rows that a reference names."""
    kind, value = ref.split(":", 1)
    if kind in ("technique", "class", "study"):
        return []
    return [bytes.fromhex(row) for row in value.split("=", 1)[0].split(",") if row]


def reference_exists(frames: Frames) -> Callable[[str], bool]:
    """Tells of a reference whether all rows that it names are (still) in the study."""
    known = {row.id for rows in (frames.codes, frames.sources, frames.informants) for row in rows}
    known |= {row for row, _name in frames.attributes}
    return lambda ref: known.issuperset(rows_named(ref))


# What a reference speaks of ------------------------------------------------------------------------------


def codings_of_reference(counted: Counted, ref: str) -> Mask:
    """The counting codings, of all coders, that a reference speaks of. Kept as long as the study is."""
    masks: dict[str, Mask] = counted.kept.setdefault("masks", {})
    if ref not in masks:
        masks[ref] = _matching(counted, *ref.split(":", 1))
    return masks[ref]


def _matching(counted: Counted, kind: str, value: str) -> Mask:
    frames = counted.frames
    if kind == "study":
        return counted.counts
    if kind == "code":
        index = [i for i, code in enumerate(frames.codes) if code.id.hex() == value]
        below = np.asarray(counted.below[index].any(axis=0))
        return np.asarray(counted.counts & below[frames.codings.code])
    if kind in ("technique", "source"):
        is_meant = np.array([_is_source(row.id, row.technique, kind, value) for row in frames.sources], bool)
        return np.asarray(counted.counts & is_meant[frames.codings.source])
    people = np.array([_is_person(frames, row, kind, value) for row in frames.informants], dtype=np.bool_)
    mask = np.zeros(len(counted.counts), dtype=np.bool_)
    mask[counted.coding[people[counted.informant]]] = True
    return mask


def _is_source(row: bytes, technique: str, kind: str, value: str) -> bool:
    return row.hex() == value if kind == "source" else value in ("", technique)


def _is_person(frames: Frames, row: InformantRow, kind: str, value: str) -> bool:
    if kind in ("informant", "informants"):
        return row.id.hex() in value.split(",")
    if kind == "class":
        return value in ("", row.class_)
    attribute, _equals, wanted = value.partition("=")
    name = next((name for at, name in frames.attributes if at.hex() == attribute), "")
    has = row.attributes.get(name, "")
    return bool(has) and wanted in ("", has)


def evidence(counted: Counted, one: str, other: str) -> Numbers:
    """The codings behind a pair of references, of all coders, in the order of the sources.

    Of two codes: those codings under one that share a character with a coding under the other, and these.
    """
    first, second = codings_of_reference(counted, one), codings_of_reference(counted, other)
    if one.startswith("code:") and other.startswith("code:"):
        a, b = overlapping_pairs(counted.frames.codings, np.flatnonzero(first), np.flatnonzero(second))
        return np.unique(np.concatenate((a, b)))
    return np.flatnonzero(first & second)


def current_evidence(counted: Counted, one: str, other: str) -> Seen:
    """What a cell of this pair sees now."""
    codings, codes = counted.frames.codings, counted.frames.codes
    return sorted(
        [
            codings.id[i].hex(),
            codes[codings.code[i]].id.hex(),
            int(codings.start[i]),
            int(codings.end[i]),
            POLARITIES[codings.sign[i]],
        ]
        for i in evidence(counted, one, other)
    )


# Many cells at once --------------------------------------------------------------------------------------


def evidence_changed(counted: Counted) -> Callable[[str, str, str | Seen], bool]:
    """Tells of a pair whether what its cell saw, as it is stored, differs from what it sees now.

    The stored JSON is compared as text, since thousands of cells are looked at for one matrix; only where the
    texts differ is it read.
    """
    parts: list[tuple[list[str], Callable[[str, str], Numbers]]] = []

    def differs(one: str, other: str, stored: str | Seen) -> bool:
        if isinstance(stored, str):
            if not parts:  # worked out only where a cell is written
                parts.append((_entries(counted), _by_id(counted)))
            entries, by_id = parts[0]
            if stored == f"[{','.join([entries[i] for i in by_id(one, other).tolist()])}]":
                return False
            stored = json.loads(stored)
        return sorted(stored) != current_evidence(counted, one, other)

    return differs


def _by_id(counted: Counted) -> Callable[[str, str], Numbers]:
    """Gives the evidence of a pair in the order of the ids of the codings."""
    ranks = ranks_by_id(counted.frames.codings)
    known: dict[str, tuple[Mask, Numbers]] = {}

    def in_order(found: Numbers) -> Numbers:
        return found[np.argsort(ranks[found])]

    def sides(ref: str) -> tuple[Mask, Numbers]:
        mask = codings_of_reference(counted, ref)
        return known.setdefault(ref, (mask, in_order(np.flatnonzero(mask))))

    def by_id(one: str, other: str) -> Numbers:
        if one.startswith("code:") and other.startswith("code:"):
            return in_order(evidence(counted, one, other))
        first, second = known.get(one) or sides(one), known.get(other) or sides(other)
        few, many = (first, second) if len(first[1]) <= len(second[1]) else (second, first)
        return few[1][many[0][few[1]]]

    return by_id


def ranks_by_id(codings: Codings) -> Numbers:
    """For each coding its place in the order of ids, which is the order in which they were made."""
    ids = codings.id
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return ranks


def _entries(counted: Counted) -> list[str]:
    """For each coding its entry in what a cell sees, as the JSON that is stored."""
    known: list[str] | None = counted.kept.get("entries")
    if known is not None:
        return known
    codings = counted.frames.codings
    codes = [code.id.hex() for code in counted.frames.codes]
    signs = [json.dumps(sign, ensure_ascii=False) for sign in POLARITIES]
    columns = (codings.code.tolist(), codings.start.tolist(), codings.end.tolist(), codings.sign.tolist())
    known = counted.kept["entries"] = [
        f'["{row.hex()}","{codes[code]}",{start},{end},{signs[sign]}]'
        for row, code, start, end, sign in zip(codings.id, *columns, strict=True)
    ]
    return known
