"""What changed since a cell was written: codings added, removed, moved, recoded or given another sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from qualcoder_lite.analysis.terms import SIGN_WORDS
from qualcoder_lite.coding.counting.counted import Counted, counted
from qualcoder_lite.coding.counting.references import POLARITIES, current_evidence, pair
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Cell

KINDS = {
    "added": N_("added since"),
    "removed": N_("removed since"),
    "left": N_("no longer behind this cell"),
    "moved": N_("its range changed"),
    "recoded": N_("recoded from {before} to {now}"),
    "resigned": N_("its sign changed from {before} to {now}"),
}


@dataclass(frozen=True)
class Look:
    """A coding as it was or is: the key of its code, its range (code points, end exclusive), its polarity."""

    code: str
    start: int
    end: int
    polarity: str | None


@dataclass(frozen=True)
class SeenChange:
    """A coding that a cell saw otherwise than it is now.

    `kinds` are of KINDS: `added` was not seen, `removed` is no longer there, `left` is there and no longer
    behind the cell (also because its speaker or source changed), the others say what differs. `source` is the
    number of the source, -1 where the coding is gone.
    """

    coding: bytes
    kinds: tuple[str, ...]
    before: Look | None
    now: Look | None
    source: int


def change_in_words(change: SeenChange) -> str:
    """What became of a coding, in the language now spoken."""
    return ", ".join(_kind_in_words(change, kind) for kind in change.kinds)


def _kind_in_words(change: SeenChange, kind: str) -> str:
    looks = change.before, change.now
    said = {
        "recoded": [look.code if look else "" for look in looks],
        "resigned": [_(SIGN_WORDS[look.polarity or "none"]) if look else "" for look in looks],
    }
    before, now = said.get(kind, ("", ""))
    return _(KINDS[kind]).format(before=before, now=now)


def changes_since(project: Project, first: str, second: str) -> list[SeenChange]:
    """What changed since the cell of this pair was written or reviewed, in the order of the texts."""
    study, key = counted(project), pair(first, second)
    with project.read() as connection:
        saw = connection.scalar(select(Cell.seen).where(Cell.first == key[0], Cell.second == key[1]))
    return compare_evidence(study, saw or [], current_evidence(study, *key)) if saw is not None else []


def compare_evidence(study: Counted, saw: Sequence[Any], sees: Sequence[Any]) -> list[SeenChange]:
    """The differences of two lists of what a cell sees, the first of them older."""
    before, now = ({entry[0]: entry[1:] for entry in entries} for entries in (saw, sees))
    numbers = {row.hex(): number for number, row in enumerate(study.frames.codings.id)}
    changed = [row for row in before.keys() | now.keys() if before.get(row) != now.get(row)]
    found = [_change(study, row, before.get(row), row in now, numbers.get(row, -1)) for row in changed]
    return sorted(found, key=lambda each: _place(each))


def _place(change: SeenChange) -> tuple[bool, int, int, bytes]:
    look = change.now or change.before
    return change.source < 0, change.source, look.start if look else 0, change.coding


def _change(study: Counted, row: str, before: Any, is_behind: bool, number: int) -> SeenChange:
    codings, codes = study.frames.codings, {code.id.hex(): code.key for code in study.frames.codes}
    was = Look(codes.get(before[0], "?"), *before[1:]) if before else None
    if number < 0:
        return SeenChange(bytes.fromhex(row), ("removed",), was, None, -1)
    key = study.frames.codes[codings.code[number]].key
    place = int(codings.start[number]), int(codings.end[number])
    look = Look(key, *place, POLARITIES[codings.sign[number]])
    kinds = _differences(was, look) if was else ["added"]
    kinds += [] if is_behind else ["left"]
    return SeenChange(bytes.fromhex(row), tuple(kinds), was, look, int(codings.source[number]))


def _differences(was: Look, look: Look) -> list[str]:
    checks = {
        "moved": (was.start, was.end) != (look.start, look.end),
        "recoded": was.code != look.code,
        "resigned": was.polarity != look.polarity,
    }
    return [kind for kind, differs in checks.items() if differs]
