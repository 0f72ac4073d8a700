"""Merging codes: everything that spoke of one code speaks of another afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from qualcoder_lite.coding.counting.references import STUDY, pair, reference
from qualcoder_lite.coding.folding import CODE_PAIRS, fold_twins, move_references
from qualcoder_lite.coding.rows import get_or_raise, next_position, set_values
from qualcoder_lite.store.journal import remove, update_rows
from qualcoder_lite.store.schema import Cell, CellEvidence, Code, Coding, MemberCheck, Memo

CELL_TEXTS = ("emic_summary", "etic_reading", "theory", "conclusion", "reason", "gap_note")


def merge_codes(session: Session, merged: Sequence[bytes], target: bytes) -> None:
    """Let the target take over all that belongs to or speaks of the merged codes; then remove these."""
    for code in merged:
        _lift_out_target(session, code, target)
        _move_children(session, code, target)
        for cell in _cells_of(session, code):
            _move_cell(session, cell, reference("code", code), reference("code", target))
    moves = dict.fromkeys(merged, target)
    move_references(session, "code", moves, CODE_PAIRS)
    codings = session.execute(select(Coding.id, Coding.source_id).where(Coding.code_id.in_(merged))).all()
    update_rows(session, Coding, [row for row, _source in codings], {"code_id": target})
    fold_twins(session, [source for _row, source in codings])
    remove(session, Code, list(merged))


def _lift_out_target(session: Session, code: bytes, target: bytes) -> None:
    """Where the target lies below the merged code, it first moves to that code's place."""
    row = get_or_raise(session, Code, target)
    above, seen = row.parent_id, [target]
    while above is not None and above != code:
        seen.append(above)
        above = get_or_raise(session, Code, above).parent_id
    if above == code:
        old = get_or_raise(session, Code, code)
        row.parent_id, row.position = old.parent_id, old.position
        session.flush()


def _move_children(session: Session, code: bytes, target: bytes) -> None:
    children = select(Code.id).where(Code.parent_id == code).order_by(Code.position, Code.id)
    first = next_position(session, Code, Code.parent_id == target)
    rows = [
        {"id": child, "parent_id": target, "position": first + number}
        for number, child in enumerate(session.scalars(children))
        if child != target
    ]
    set_values(session, Code, rows)


def _cells_of(session: Session, code: bytes) -> list[Cell]:
    ref = reference("code", code)
    statement = select(Cell).where(or_(Cell.first == ref, Cell.second == ref)).order_by(Cell.id)
    return list(session.scalars(statement))


def _move_cell(session: Session, cell: Cell, old: str, new: str) -> None:
    """Let a cell speak of the target; into a cell that is there already its words are added.

    A cell of both codes would speak of the target twice: it becomes the target's cell for the whole study.
    """
    first, second = (new if ref == old else ref for ref in (cell.first, cell.second))
    first, second = pair(first, STUDY if first == second else second)
    there = session.scalar(select(Cell).where(Cell.first == first, Cell.second == second))
    if there is None:
        cell.first, cell.second = first, second
        session.flush()
    elif there is not cell:
        _add_cell(session, there, cell)


def _add_cell(session: Session, cell: Cell, gone: Cell) -> None:
    for name in CELL_TEXTS:
        texts = [text for text in (getattr(cell, name), getattr(gone, name)) if text]
        setattr(cell, name, "\n\n".join(dict.fromkeys(texts)))
    if cell.status == "unjudged":
        cell.status = gone.status
    session.flush()
    _add_evidence(session, cell.id, gone.id)
    checks = session.scalars(select(MemberCheck.id).where(MemberCheck.cell_id == gone.id)).all()
    update_rows(session, MemberCheck, checks, {"cell_id": cell.id})
    memos = session.scalars(select(Memo.id).where(Memo.about_id == gone.id)).all()
    update_rows(session, Memo, memos, {"about_id": cell.id})
    remove(session, Cell, [gone.id])


def _add_evidence(session: Session, cell: bytes, gone: bytes) -> None:
    chosen = set(session.scalars(select(CellEvidence.coding_id).where(CellEvidence.cell_id == cell)))
    first = next_position(session, CellEvidence, CellEvidence.cell_id == cell)
    statement = select(CellEvidence.id, CellEvidence.coding_id).where(CellEvidence.cell_id == gone)
    rows = [
        row
        for row, coding in session.execute(statement.order_by(CellEvidence.position))
        if coding not in chosen
    ]
    set_values(
        session,
        CellEvidence,
        [{"id": row, "cell_id": cell, "position": first + number} for number, row in enumerate(rows)],
    )
