"""Making one row of several, so that nothing a researcher wrote or drew is lost on the way.

A coder has a code at most once on a range. Where merging, recoding, resizing or editing a text would leave
two, the older coding stays and takes over what the younger carries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import String, Table, or_, select
from sqlalchemy.orm import Session

from qualcoder_lite.coding.rows import set_values
from qualcoder_lite.coding.tokens import rebind_tokens
from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.journal import Image, remove
from qualcoder_lite.store.schema import (
    Cell,
    CellEvidence,
    ClaimAnswer,
    ClaimCode,
    ClaimEvidence,
    CodeLink,
    Coding,
    CodingLink,
    Memo,
    QuestionCode,
)

Moves = Mapping[bytes, bytes]
"""From the id of a row that goes to the id of the row that takes its place."""

CODING_PAIRS: tuple[tuple[type[Row], tuple[str, ...]], ...] = (
    (CodingLink, ("from_id", "to_id", "kind")),
    (CellEvidence, ("cell_id", "coding_id")),
    (ClaimEvidence, ("claim_id", "coding_id", "side")),
    (ClaimAnswer, ("claim_id", "coding_id")),
)
CODE_PAIRS: tuple[tuple[type[Row], tuple[str, ...]], ...] = (
    (CodeLink, ("emic_id", "etic_id")),
    (QuestionCode, ("question_id", "code_id")),
    (ClaimCode, ("claim_id", "code_id")),
)
"""Tables of pairs, with the columns that make two of their rows say the same."""


def fold_twins(session: Session, sources: Sequence[bytes]) -> int:
    """Make one of all codings of a coder with one code on one range in these sources; say how many went."""
    kept: dict[tuple[Any, ...], Image] = {}
    moves: dict[bytes, bytes] = {}
    for image in _codings_in(session, sources):
        place = tuple(image[name] for name in ("source_id", "start", "end", "code_id", "coder_id"))
        first = kept.setdefault(place, image)
        if first is not image:
            kept[place] = {**first, **_carried(first, image)}
            moves[image["id"]] = first["id"]
    fields = ("id", "polarity", "starred", "condensation")
    gaining = set(moves.values())
    set_values(
        session,
        Coding,
        [{name: row[name] for name in fields} for row in kept.values() if row["id"] in gaining],
    )
    move_references(session, "coding", moves, CODING_PAIRS)
    remove(session, Coding, list(moves))
    return len(moves)


def _codings_in(session: Session, sources: Sequence[bytes]) -> list[Image]:
    session.flush()
    table = cast(Table, Coding.__table__)
    found: list[Image] = []
    for source in dict.fromkeys(sources):
        rows = session.execute(select(table).where(table.c.source_id == source).order_by(table.c.id))
        found.extend(dict(row) for row in rows.mappings())
    return found


def _carried(older: Image, younger: Image) -> Image:
    condensations = [text for text in (older["condensation"], younger["condensation"]) if text]
    return {
        "polarity": joint_polarity(older["polarity"], younger["polarity"]),
        "starred": older["starred"] or younger["starred"],
        "condensation": "\n".join(dict.fromkeys(condensations)),
    }


def joint_polarity(one: str | None, other: str | None) -> str | None:
    """The polarity of two codings made one: mixed is `±`, `0` yields to a sign, none to anything.

    The same rule by which the codings of a co-coded passage give its tone.
    """
    signs = {one, other} - {None}
    if "±" in signs or signs >= {"+", "-"}:
        return "±"
    return next((sign for sign in ("+", "-", "0") if sign in signs), None)


def move_references(
    session: Session,
    table: str,
    moves: Moves,
    pairs: Sequence[tuple[type[Row], tuple[str, ...]]],
) -> None:
    """Point memos and pairs at the rows that take over; of pairs that then say the same the first stays."""
    if not moves:
        return
    if table == "coding":
        _move_tokens(session, moves)
    memos = session.execute(select(Memo.id, Memo.about_id).where(Memo.about_table == table)).all()
    set_values(session, Memo, [{"id": row, "about_id": moves[at]} for row, at in memos if at and at in moves])
    for kind, columns in pairs:
        _move_pairs(session, kind, columns, moves)


def _move_tokens(session: Session, moves: Moves) -> None:
    """Bind the citation tokens in cells to the codings that take over; their words stay."""
    at = cast(Table, Cell.__table__).c
    texts = [name for name in at.keys() if isinstance(at[name].type, String)]  # noqa: SIM118
    cited = or_(*(at[name].contains("@") for name in texts))
    rows = session.execute(select(at.id, *(at[name] for name in texts)).where(cited)).all()
    changed = [
        {"id": row, **{name: rebind_tokens(text, moves) for name, text in zip(texts, written, strict=True)}}
        for row, *written in rows
    ]
    set_values(session, Cell, changed)


def _move_pairs(session: Session, kind: type[Row], columns: tuple[str, ...], moves: Moves) -> None:
    at = cast(Table, kind.__table__).c
    rows = session.execute(select(at.id, *(at[name] for name in columns)).order_by(at.id)).all()
    taken: dict[tuple[Any, ...], bytes] = {}
    changed, twins = [], {}
    for row, *old in rows:
        new = tuple(moves.get(value, value) for value in old)
        kept = taken.setdefault(new, row)
        if kept != row or (new != tuple(old) and new[0] == new[1]):  # a twin, or a link to itself
            twins[row] = kept
        elif new != tuple(old):
            changed.append({"id": row, **dict(zip(columns, new, strict=True))})
    if "note" in at:
        _carry_notes(session, kind, {row: kept for row, kept in twins.items() if row != kept})
    remove(session, kind, list(twins))
    set_values(session, kind, changed)


def _carry_notes(session: Session, kind: type[Row], twins: Moves) -> None:
    at = cast(Table, kind.__table__).c
    wanted = [*twins, *twins.values()]
    notes = {row: note for row, note in session.execute(select(at.id, at.note).where(at.id.in_(wanted)))}  # noqa: C416
    for row, kept in twins.items():
        notes[kept] = "\n".join(dict.fromkeys(text for text in (notes[kept], notes[row]) if text))
    set_values(session, kind, [{"id": kept, "note": notes[kept]} for kept in dict.fromkeys(twins.values())])
