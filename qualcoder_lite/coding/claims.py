"""Claims (pernyataan): statements of the study, with codes, status, and evidence for and against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcoder_lite.coding import vocabulary
from qualcoder_lite.coding.pairs import set_pairs
from qualcoder_lite.coding.questions import RowsAdded, parse_keys, refuse_duplicates
from qualcoder_lite.coding.rows import (
    get_all_or_raise,
    get_or_raise,
    next_position,
    remove_all_or_raise,
    set_order,
    set_values,
)
from qualcoder_lite.coding.tables.finding import (
    ids_by_name,
    name_of,
    names_of,
    validate_key,
    validate_new_key,
)
from qualcoder_lite.coding.tables.sheet import TableRow, cell_text, parse_rows
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _, language
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.journal import remove as remove_rows
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Claim, ClaimAnswer, ClaimCode, ClaimEvidence, Code, Coding

_TEXT = re.compile(r"(?:text|claim|statement)(?:_([a-z]{2}))?")
"""Columns that hold the sentence, with or without its language."""


class Details(TypedDict, total=False):
    """What a claim says besides its number and sentence; polarity is `+ - 0 ±` or None."""

    polarity: str | None
    theory: str
    reference: str


class Changes(Details, total=False):
    """What can be changed of a claim; `text` is the sentence by language."""

    text: Mapping[str, str]


@dataclass(frozen=True)
class ClaimTold:
    """A claim as a table or codebook tells it; `codes` None: it says nothing about them."""

    number: str
    values: dict[str, Any]
    codes: list[bytes] | None


def add(
    project: Project,
    number: str,
    text: Mapping[str, str],
    codes: Sequence[bytes] = (),
    **details: Unpack[Details],
) -> bytes:
    """Add a claim, its sentence by language (`id`, `en`); return its id.

    Raises UserError where the number is taken, or nothing is stated.
    """
    values = _values(details) | _values({"text": text})
    with project.change(N_("Add claim {number}"), number=number.strip()) as session:
        plain = validate_new_key(session.connection(), Claim, number)
        row = Claim(number=plain, position=next_position(session, Claim), **values)
        session.add(row)
        session.flush()
        _set_codes(session, row.id, codes)
        return row.id


def edit(project: Project, claim: bytes, number: str | None = None, **details: Unpack[Changes]) -> None:
    """Change number, sentence, polarity, theory or reference of a claim; languages not named stay."""
    old = name_of(project, Claim, claim)
    values = _values(details)
    with project.change(N_("Edit claim {number}"), number=old) as session:
        row = get_or_raise(session, Claim, claim)
        if number is not None:
            values["number"] = validate_new_key(session.connection(), Claim, number, claim)
        set_values(session, Claim, [{"id": claim, **_with_languages(values, row.text)}])


def set_status(project: Project, claim: bytes, status: str) -> None:
    """Judge a claim: supported, partial, unsupported, no_evidence."""
    found = vocabulary.parse_choice(vocabulary.CLAIM_STATUSES, status)
    number = name_of(project, Claim, claim)
    with project.change(N_("Judge claim {number}"), number=number, status=found) as session:
        get_or_raise(session, Claim, claim).status = found


def set_codes(project: Project, claim: bytes, codes: Sequence[bytes]) -> None:
    """Say which codes a claim speaks of."""
    number = name_of(project, Claim, claim)
    with project.change(N_("Set the codes of claim {number}"), number=number) as session:
        get_or_raise(session, Claim, claim)
        _set_codes(session, claim, codes)


def set_evidence(project: Project, claim: bytes, side: str, codings: Sequence[bytes]) -> None:
    """Say which codings speak for (`for`) or against (`against`) a claim, in this order."""
    found = vocabulary.parse_choice(vocabulary.SIDES, side)
    number = name_of(project, Claim, claim)
    message = N_("Choose the evidence for claim {number}")
    if found == "against":
        message = N_("Choose the evidence against claim {number}")
    with project.change(message, number=number) as session:
        get_or_raise(session, Claim, claim)
        set_pairs(session, ClaimEvidence, ("claim_id", claim), "coding_id", codings, side=found)


def answer(project: Project, claim: bytes, codings: Sequence[bytes], answer: str, reason: str) -> None:
    """Answer codings that oppose a claim: changes, explained, elsewhere (not of its matter), with the reason.

    An answer that was given before is replaced. Raises UserError where no reason is given.
    """
    found, why = vocabulary.parse_choice(vocabulary.ANSWERS, answer), reason.strip()
    if not why:
        raise UserError(_("An answer to a passage needs a reason."))
    parameters = {"number": name_of(project, Claim, claim), "count": len(codings)}
    with project.change(N_("Answer passages that oppose claim {number} ({count})"), **parameters) as session:
        get_or_raise(session, Claim, claim)
        get_all_or_raise(session, Coding, codings)
        given = _answers(session, claim, codings)
        fresh = [row for row in dict.fromkeys(codings) if row not in given]
        told = {"answer": found, "reason": why}
        insert_rows(session, ClaimAnswer, [{"claim_id": claim, "coding_id": row, **told} for row in fresh])
        set_values(session, ClaimAnswer, [{"id": row, **told} for row in given.values()])


def withdraw_answers(project: Project, claim: bytes, codings: Sequence[bytes]) -> None:
    """Take back the answers to these codings, so that they wait for one again."""
    number = name_of(project, Claim, claim)
    with project.change(
        N_("Take back answers to passages that oppose claim {number}"), number=number
    ) as session:
        remove_rows(session, ClaimAnswer, list(_answers(session, claim, codings).values()))


def _answers(session: Session, claim: bytes, codings: Sequence[bytes]) -> dict[bytes, bytes]:
    """The answers that there are to these codings: coding to the row of its answer."""
    rows = session.execute(
        select(ClaimAnswer.coding_id, ClaimAnswer.id)
        .where(ClaimAnswer.claim_id == claim)
        .order_by(ClaimAnswer.id)
    )
    return {coding: row for coding, row in rows if coding in codings}


def reorder(project: Project, claims: Sequence[bytes]) -> None:
    """Put claims first in this order; the others follow as they were."""
    with project.change(N_("Reorder the claims")) as session:
        set_order(session, Claim, claims)


def remove(project: Project, claims: Sequence[bytes]) -> None:
    """Remove claims; the codings that were their evidence stay."""
    numbers = names_of(project, Claim, claims)
    with project.change(N_("Remove claim {numbers}"), numbers=numbers) as session:
        remove_all_or_raise(session, Claim, claims)


def import_table(project: Project, rows: Sequence[TableRow]) -> RowsAdded:
    """Add claims from a table, or update those whose number is known; all or nothing.

    Columns: number, text (or text_id, text_en), codes (keys with `;`), polarity, status, theory, reference.
    Empty cells change nothing. Raises UserError with every row that can't be used.
    """
    with project.change(N_("Take over a table of claims ({count})"), count=len(rows)) as session:
        codes = ids_by_name(session.connection(), Code)
        return write(session, parse_rows(rows, lambda _number, row: parse_row(row, codes)))


def parse_row(row: TableRow, codes: dict[str, bytes]) -> ClaimTold:
    """The claim that a row tells; raises UserError where it can't be understood."""
    values: dict[str, Any] = {
        name: cell_text(row, name) for name in ("theory", "reference") if cell_text(row, name)
    }
    texts = {(match[1] or language()): row[name].strip() for name in row if (match := _TEXT.fullmatch(name))}
    if any(texts.values()):
        values["text"] = {spoken: text for spoken, text in texts.items() if text}
    if cell_text(row, "polarity"):
        values["polarity"] = vocabulary.parse_polarity(row["polarity"])
    if cell_text(row, "status"):
        values["status"] = vocabulary.parse_choice(vocabulary.CLAIM_STATUSES, row["status"])
    about = parse_keys(Code, row["codes"], codes) if row.get("codes", "").strip() else None
    return ClaimTold(validate_key(Claim, cell_text(row, "number")), values, about)


def write(session: Session, told: Sequence[ClaimTold]) -> RowsAdded:
    """Add claims, or update those whose number is known, within a step."""
    refuse_duplicates([each.number for each in told])
    known = ids_by_name(session.connection(), Claim)
    fresh = [each for each in told if each.number not in known]
    for each in fresh:
        if not each.values.get("text"):
            raise UserError(_("Claim {number} has no sentence.").format(number=each.number))
    first = next_position(session, Claim)
    rows = [{"number": e.number, "position": first + place, **e.values} for place, e in enumerate(fresh)]
    ids = known | dict(zip((each.number for each in fresh), insert_rows(session, Claim, rows), strict=True))
    texts = {number: text for number, text in session.execute(select(Claim.number, Claim.text))}  # noqa: C416
    old = [each for each in told if each.number in known]
    changes = [{"id": known[e.number], **_with_languages(e.values, texts[e.number])} for e in old]
    set_values(session, Claim, changes)
    for each in told:
        if each.codes is not None:
            _set_codes(session, ids[each.number], each.codes)
    return RowsAdded(len(fresh), len(old))


def _values(details: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(details)
    if "polarity" in details:
        values["polarity"] = vocabulary.parse_polarity(details["polarity"])
    if "text" in details:
        values["text"] = {spoken: text.strip() for spoken, text in details["text"].items()}
        if not any(values["text"].values()):
            raise UserError(_("A claim needs a sentence."))
    return values


def _with_languages(values: Mapping[str, Any], text: Mapping[str, str]) -> dict[str, Any]:
    """The values, with the sentences in languages that are not named as they were."""
    return {**values, "text": {**text, **values["text"]}} if "text" in values else {**values}


def _set_codes(session: Session, claim: bytes, codes: Sequence[bytes]) -> None:
    set_pairs(session, ClaimCode, ("claim_id", claim), "code_id", codes)
