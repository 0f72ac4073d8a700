"""Rows by the words that people use for them: citation codes, keys, aliases, names, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, select

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import (
    Attribute,
    Cell,
    Claim,
    Code,
    Coder,
    Coding,
    CodingLink,
    Informant,
    MemberCheck,
    Memo,
    Milestone,
    Question,
    SavedQuery,
    Source,
)

NAMES: dict[type[Row], Any] = {
    Source: Source.key,
    Code: Code.key,
    Informant: Informant.alias,
    Coder: Coder.name,
    Attribute: Attribute.name,
    Question: Question.number,
    Claim: Claim.number,
    SavedQuery: SavedQuery.name,
    Milestone: Milestone.name,
}
THINGS: dict[type[Row], str] = {
    Source: N_("source"),
    Code: N_("code"),
    Informant: N_("informant"),
    Coder: N_("coder"),
    Attribute: N_("attribute"),
    Question: N_("question"),
    Claim: N_("claim"),
    Coding: N_("coding"),
    CodingLink: N_("link"),
    Memo: N_("memo"),
    MemberCheck: N_("member check"),
    Cell: N_("cell"),
    SavedQuery: N_("query"),
    Milestone: N_("milestone"),
}


def ids_by_name(connection: Connection, kind: type[Row]) -> dict[str, bytes]:
    """The ids of all rows of a table by their name."""
    found = connection.execute(select(NAMES[kind], kind.id).order_by(kind.id.desc()))
    return {name: row for name, row in found}  # noqa: C416 - of two with one name the first made wins


def kind_label(kind: type[Row]) -> str:
    """The word for a row of this table in the language now spoken."""
    return _(THINGS[kind]) if kind in THINGS else _("row")


def unknown_error(kind: type[Row], word: str, known: Iterable[str]) -> UserError:
    """The error for a word by which the study knows nothing, with those that look like it."""
    near = get_close_matches(word, list(known), 5, 0.5)
    return UserError(
        _("The study has no {thing} “{word}”.").format(thing=kind_label(kind), word=word),
        remedy=_("Did you mean {words}?").format(words=", ".join(near)) if near else "",
    )


def find(connection: Connection, kind: type[Row], word: str) -> bytes:
    """The id of the row with this name; raises UserError with near matches where there is none."""
    plain = word.strip()
    row = connection.scalar(select(kind.id).where(NAMES[kind] == plain).order_by(kind.id).limit(1))
    if row is None:
        raise unknown_error(kind, plain, connection.scalars(select(NAMES[kind])))
    return row


def source_id(connection: Connection, key: str) -> bytes:
    """The id of the source with this citation code; raises UserError where there is none."""
    return find(connection, Source, key)


def code_id(connection: Connection, key: str) -> bytes:
    """The id of the code with this key; raises UserError where there is none."""
    return find(connection, Code, key)


def informant_id(connection: Connection, alias: str) -> bytes:
    """The id of the informant with this alias; raises UserError where there is none."""
    return find(connection, Informant, alias)


def coder_id(connection: Connection, name: str) -> bytes:
    """The id of the coder with this name; raises UserError where there is none."""
    return find(connection, Coder, name)


def question_id(connection: Connection, number: str) -> bytes:
    """The id of the question with this number; raises UserError where there is none."""
    return find(connection, Question, number)


def claim_id(connection: Connection, number: str) -> bytes:
    """The id of the claim with this number; raises UserError where there is none."""
    return find(connection, Claim, number)


def attribute_id(connection: Connection, name: str) -> bytes:
    """The id of the attribute with this name, whatever its case; raises UserError where there is none."""
    known = ids_by_name(connection, Attribute)
    for other, row in known.items():
        if same_attribute(other, name):
            return row
    raise unknown_error(Attribute, name.strip(), known)


def same_attribute(one: str, other: str) -> bool:
    """Tell whether two names mean the same attribute: case, spaces and underscores make no difference."""
    return normalize_attribute(one) == normalize_attribute(other)


def normalize_attribute(name: str) -> str:
    """The name of an attribute as it is compared."""
    return " ".join(name.replace("_", " ").split()).lower()


def gone_error(kind: type[Row]) -> UserError:
    """The error for a row that was removed meanwhile."""
    return UserError(_("This {thing} is no longer in the study.").format(thing=kind_label(kind)))


def name_of(project: Project, kind: type[Row], row: bytes) -> str:
    """The name of a row; raises UserError where it is gone."""
    with project.read() as connection:
        name = connection.scalar(select(NAMES[kind]).where(kind.id == row))
    if name is None:
        raise gone_error(kind)
    return str(name)


def names_of(project: Project, kind: type[Row], rows: Iterable[bytes]) -> str:
    """The names of some rows for a message, at most five of them written out."""
    wanted = list(rows)
    names = [name_of(project, kind, row) for row in wanted[:5]]
    return ", ".join([*names, "…"] if len(wanted) > 5 else names)


def validate_key(kind: type[Row], word: str) -> str:
    """A name as it may be stored: trimmed. Raises UserError where it is empty, or has `:` `;` or a line end.

    References write `kind:key`, and lists of keys in tables are parted by `;`.
    """
    plain = word.strip()
    if not plain or any(sign in plain for sign in ":;\n\r\t\0"):
        raise UserError(
            _("This {thing} can't be named “{word}”.").format(word=plain, thing=kind_label(kind)),
            _("It must not be empty or contain a colon or semicolon."),
            _("Choose another."),
        )
    return plain


def validate_new_key(connection: Connection, kind: type[Row], word: str, mine: bytes | None = None) -> str:
    """The name as it may be stored in a new row, or in the row `mine`; raises UserError where it is taken."""
    plain = validate_key(kind, word)
    other = select(kind.id).where(NAMES[kind] == plain, kind.id != (mine or b"")).limit(1)
    if connection.scalar(other) is not None:
        raise UserError(
            _("The study already has this {thing}: “{word}”.").format(thing=kind_label(kind), word=plain),
            remedy=_("Choose another."),
        )
    return plain
