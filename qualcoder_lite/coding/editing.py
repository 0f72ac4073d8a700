"""Editing a text after coding: what happens to the ranges that lie on it.

A text that comes in at the boundary of a range stays outside, one inside stays inside. What replaces
characters that all belong to a range stays inside; what replaces some inside and some outside stays outside.
A splice is [start, removed, inserted]; offsets are code points, end exclusive, in the text before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcoder_lite.coding.folding import fold_twins
from qualcoder_lite.coding.importing.marks import WIDTH
from qualcoder_lite.coding.rows import get_or_raise, set_values
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.readers.text import storable
from qualcoder_lite.store.journal import remove
from qualcoder_lite.store.schema import Coding, Memo, Source, SourceText, Turn
from qualcoder_lite.store.splices import splice

Splice = tuple[int, int, str]
Numbers = NDArray[np.int64]


def edit(session: Session, source: bytes, splices: Sequence[Sequence[Any]]) -> None:
    """Change the text of a source, and move, shorten or remove what lies on it, within a step."""
    row = get_or_raise(session, Source, source)
    stored = session.scalars(select(SourceText).where(SourceText.source_id == source)).one()
    changes = normalize_splices(splices, len(stored.text))
    text = splice(stored.text, changes)
    if not text.strip():
        raise UserError(
            _("Nothing would be left of the text of {source}.").format(source=row.key),
            remedy=_("Remove the source instead."),
        )
    session.info["texts"].clear()
    stored.text, row.characters = text, len(text)
    stored.marks = move_marks(stored.marks, changes)
    session.flush()
    for kind in (Turn, Coding):
        _move(session, kind, source, changes, text)
    _move_memos(session, source, changes)
    fold_twins(session, [source])


def normalize_splices(splices: Sequence[Sequence[Any]], length: int) -> list[Splice]:
    """The splices in order, those that touch joined, new text as it may be stored, empty ones left out.

    Raises UserError where they overlap or reach outside the text.
    """
    result: list[Splice] = []
    at = 0
    for start, removed, inserted in sorted(splices, key=lambda each: (each[0], each[0] + each[1])):
        if start < at or removed < 0 or start + removed > length:
            raise UserError(_("These changes do not fit the text."), _("It was changed meanwhile."))
        at = start + removed
        plain, _remarks = storable(inserted.replace("\r\n", "\n").replace("\r", "\n"))
        if result and sum(result[-1][:2]) == start:
            first, gone, before = result.pop()
            start, removed, plain = first, gone + removed, before + plain
        result.append((start, removed, plain))
    return [each for each in result if each[1] or each[2]]


def move_ranges(starts: Numbers, ends: Numbers, splices: Sequence[Splice]) -> tuple[Numbers, Numbers]:
    """Where ranges lie after orderly splices; a range of which nothing is left ends where it starts."""
    first = np.array([start for start, _removed, _text in splices], dtype=np.int64)
    beyond = first + np.array([removed for _start, removed, _text in splices], dtype=np.int64)
    inserted = np.array([len(text) for _start, _removed, text in splices], dtype=np.int64)
    shift = np.concatenate(([0], np.cumsum(inserted - (beyond - first))))
    no_more = np.iinfo(np.int64).max  # beyond the last splice there is none that could straddle
    first, inserted = np.append(first, no_more), np.append(inserted, 0)
    before = np.searchsorted(beyond, starts, "right")
    straddled = first[before] < starts
    new_starts = np.where(straddled, first[before] + inserted[before], starts) + shift[before]
    before = np.searchsorted(beyond, ends, "right")
    last = np.maximum(before - 1, 0)
    at_boundary = (before > 0) & (first[last] == ends)  # an insertion right at the end stays outside
    before = before - at_boundary
    straddled = first[before] < ends
    new_ends = np.where(straddled, first[before], ends) + shift[before]
    return new_starts, np.maximum(new_starts, new_ends)


def move_marks(packed: Sequence[int], splices: Sequence[Splice]) -> list[int]:
    """A packed list of marks after splices; marks of which nothing is left go."""
    rows = np.array(packed, dtype=np.int64).reshape(-1, WIDTH)
    starts, ends = move_ranges(rows[:, 1], rows[:, 2], splices)
    kept = (starts < ends) | (rows[:, 1] == rows[:, 2])
    new = np.column_stack((rows[:, 0], starts, ends, rows[:, 3]))[kept]
    return [int(number) for number in new.ravel()]


def _move(
    session: Session, kind: type[Turn | Coding], source: bytes, splices: Sequence[Splice], text: str
) -> None:
    """Move the rows of a table that lie on a source; those without a character that can be seen go."""
    rows = session.execute(select(kind.id, kind.start, kind.end).where(kind.source_id == source)).all()
    kept, lost = [], []
    for row, start, end in _moved_rows(rows, splices):
        if text[start:end].strip():
            kept.append({"id": row, "start": start, "end": end})
        else:
            lost.append(row)
    set_values(session, kind, kept)
    remove(session, kind, lost)


def _move_memos(session: Session, source: bytes, splices: Sequence[Splice]) -> None:
    """Move the memos on ranges; one whose words are gone stays at their place: nothing written is lost."""
    columns = (Memo.id, Memo.start, Memo.end)
    rows = session.execute(select(*columns).where(Memo.source_id == source, Memo.start.is_not(None))).all()
    moved_rows = _moved_rows(rows, splices)
    set_values(session, Memo, [{"id": row, "start": start, "end": end} for row, start, end in moved_rows])


def _moved_rows(rows: Sequence[Any], splices: Sequence[Splice]) -> list[tuple[bytes, int, int]]:
    places = np.array([(start, end) for _row, start, end in rows], dtype=np.int64).reshape(-1, 2)
    starts, ends = move_ranges(places[:, 0], places[:, 1], splices)
    return [(row[0], int(start), int(end)) for row, start, end in zip(rows, starts, ends, strict=True)]
