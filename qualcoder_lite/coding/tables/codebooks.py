"""Codebooks: the two that we ship, and those of .json, .xlsx and .csv files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcoder_lite.coding import claims, codes, vocabulary
from qualcoder_lite.coding.pairs import set_pairs
from qualcoder_lite.coding.rows import set_values
from qualcoder_lite.coding.tables.finding import ids_by_name, unknown_error, validate_key
from qualcoder_lite.coding.tables.sheet import (
    TableRow,
    cell_text,
    filled_rows,
    read_table,
    rows_error,
    split_list,
)
from qualcoder_lite.errors import UserError
from qualcoder_lite.files import templates_folder
from qualcoder_lite.i18n import N_, _, language
from qualcoder_lite.readers.opening import contents
from qualcoder_lite.readers.text import storable
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Code, CodeLink, Wording

SHIPPED = ("siagian", "replication")
NONE = "none"
SIZE = 16 << 20  # bytes of a codebook
_WORDING = re.compile(r"(name|def|definition|include|exclude|example|plus|minus)(?:_([a-z]{2}))?")
_DETAILS = {
    "kind": "kind",
    "perspective": "perspective",
    "reference": "reference",
    "source": "reference",
    "colour": "colour",
    "color": "colour",
    "polarity": "polarity_hint",
    "polarity_hint": "polarity_hint",
    "shortcut": "shortcut",
}
"""Columns of a codebook and the details of a code that they give."""


@dataclass(frozen=True)
class CodebookLoaded:
    """What a codebook did: how many codes were new and how many known by key, and how many claims it had."""

    added: int
    known: int
    claims: int


@dataclass(frozen=True)
class Entry:
    """A code as a codebook tells it; `parent` and `linked` None: it says nothing about them."""

    key: str
    parent: str | None
    details: dict[str, Any]
    wordings: dict[str, dict[str, str]]
    linked: tuple[str, ...] | None


def load(project: Project, name_or_path: str | Path) -> CodebookLoaded:
    """Bring a codebook in: `siagian`, `replication` (with its claims), `none`, or a .json, .xlsx, .csv file.

    Codes whose key is known are updated; polarities in it are hints, never polarities of codings. Raises
    UserError where it can't be read, a parent is missing, parents go in a circle, a key comes twice, or
    codes can't be used: with all of these.
    """
    if str(name_or_path) == NONE:
        return CodebookLoaded(0, 0, 0)
    shipped = str(name_or_path) in SHIPPED
    path = templates_folder() / f"{name_or_path}.json" if shipped else Path(name_or_path)
    rows, claim_rows = _read(path)
    name = str(name_or_path) if shipped else path.suffix.lower()
    with project.change(N_("Take over a codebook: {name} ({count})"), name=name, count=len(rows)) as session:
        entries = _understood(rows)
        known = ids_by_name(session.connection(), Code)
        _check_tree(session, entries, known)
        ids = _write(session, entries, known)
        told = [claims.parse_row(row, ids) for row in claim_rows]
        claims.write(session, told)
        old = sum(entry.key in known for entry in entries)
        return CodebookLoaded(len(entries) - old, old, len(told))


# Reading ---------------------------------------------------------------------------------------------------


def _read(path: Path) -> tuple[list[TableRow], list[TableRow]]:
    """The codes and claims of a file as rows of words."""
    if not path.suffix:
        raise UserError(
            _("There is no codebook {name}.").format(name=path.name),
            remedy=_("Choose one of {names}, or a .json, .xlsx or .csv file.").format(
                names=", ".join((*SHIPPED, NONE))
            ),
        )
    if path.suffix.lower() != ".json":
        return [row for _number, row in filled_rows(read_table(path))], []
    whole = _json(path)
    listed: Any = whole.get("codes") if isinstance(whole, dict) else whole
    told: Any = whole.get("claims", []) if isinstance(whole, dict) else []
    if not (_is_list_of_objects(listed) and _is_list_of_objects(told)):
        raise UserError(
            _("{name} is not a codebook.").format(name=path.name),
            _("It has no list of codes."),
        )
    return [_as_row(code) for code in _flat(listed)], [_claim_row(claim) for claim in told]


def _flat(listed: Sequence[Mapping[str, Any]], parent: str = "") -> Iterator[dict[str, Any]]:
    """The codes of a list and those in their `children`, each with the parent that it names or stands in."""
    for code in listed:
        above = code.get("parent") or parent
        yield {**code, "parent": above} if above else dict(code)
        children = code.get("children", [])
        if not _is_list_of_objects(children):
            raise UserError(_("The children of a code are a list of codes."))
        yield from _flat(children, _as_word(code.get("key", code.get("id"))))


def _json(path: Path) -> Any:
    data = contents(path, SIZE)
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UserError(
            _("{name} is not a codebook.").format(name=path.name), _("It is not a whole JSON text.")
        ) from error


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _as_row(code: Mapping[str, Any]) -> dict[str, str]:
    """An object of JSON as a row of words."""
    return {_as_word(name).strip().lower(): _as_word(value) for name, value in code.items()}


def _as_word(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(_as_word(each) for each in value)
    return "" if value is None else storable(str(value))[0]  # JSON can write halves of characters


def _claim_row(claim: Mapping[str, Any]) -> dict[str, str]:
    """A claim of a codebook as a row of a table of claims, whichever of the two layouts it has."""
    row = _as_row(claim)
    if "codes" not in row:
        row["codes"] = ";".join(row.pop(name, "") for name in ("dimensions", "factors")).replace(",", ";")
    row["number"] = row.get("number") or row.get("id", "")
    row["reference"] = row.get("reference") or row.get("source", "")
    return row


def _understood(rows: Sequence[TableRow]) -> list[Entry]:
    """The codes that the rows tell; raises UserError with every one that can't be used."""
    entries: list[Entry] = []
    wrong: list[str] = []
    for number, row in enumerate(rows, 1):
        key = cell_text(row, "key", "id")
        try:
            entries.append(_entry(validate_key(Code, key), row))
        except UserError as error:
            wrong.append(_("Code {code}: {problem}").format(code=key or number, problem=error))
    if wrong:
        raise rows_error(wrong)
    if not entries:
        raise UserError(_("The codebook has no codes."))
    return entries


def _entry(key: str, row: TableRow) -> Entry:
    given: dict[str, Any] = {_DETAILS[name]: row[name].strip() for name in row if name in _DETAILS}
    details = {name: value for name, value in given.items() if value}
    if "colour" in details:
        details["colour"] = _colour(details["colour"])
    wordings: dict[str, dict[str, str]] = {}
    for name, text in row.items():
        match = _WORDING.fullmatch(name)
        if match and text.strip():
            column = "definition" if match[1] == "def" else match[1]
            wordings.setdefault(match[2] or language(), {})[column] = text.strip()
    parent = row["parent"].strip() if "parent" in row else None
    linked = tuple(split_list(row["linked"])) if "linked" in row else None
    return Entry(key, parent, dict(codes.validate_details(details)), wordings, linked)  # type: ignore[arg-type]


def _colour(word_: str) -> int:
    number = vocabulary.parse_number(word_)
    if number is None or not number.is_integer():
        raise UserError(_("“{word}” is not the number of a colour.").format(word=word_))
    return int(number)


# Checking --------------------------------------------------------------------------------------------------


def _check_tree(session: Session, entries: Sequence[Entry], known: Mapping[str, bytes]) -> None:
    """Raise UserError where a key comes twice, a parent is missing, or parents go in a circle."""
    keys = Counter(entry.key for entry in entries)
    twice = ", ".join(key for key, number in keys.items() if number > 1)
    if twice:
        raise UserError(_("The codebook has code {code} twice.").format(code=twice))
    missing = [e for e in entries if e.parent and e.parent not in keys and e.parent not in known]
    if missing:
        raise UserError(
            _("The codebook has no code {parent}, the parent of {code}.").format(
                parent=missing[0].parent, code=missing[0].key
            )
        )
    key_of = {row: key for key, row in known.items()}
    parents = {
        key_of[row]: key_of[parent]
        for row, parent in session.execute(select(Code.id, Code.parent_id))
        if row in key_of and parent is not None
    }
    parents |= {entry.key: entry.parent for entry in entries if entry.parent is not None}
    for key in keys:
        _refuse_circle(key, parents)


def _refuse_circle(key: str, parents: Mapping[str, str]) -> None:
    seen = [key]
    while above := parents.get(seen[-1], ""):
        if above in seen:
            raise UserError(
                _("The parents go in a circle: {codes}.").format(codes=" → ".join([*seen, above]))
            )
        seen.append(above)


# Writing ---------------------------------------------------------------------------------------------------


def _write(session: Session, entries: Sequence[Entry], known: Mapping[str, bytes]) -> dict[str, bytes]:
    """Add and update the codes; return all ids by key."""
    fresh = [entry for entry in entries if entry.key not in known]
    ids = dict(known) | dict(
        zip(
            (e.key for e in fresh),
            insert_rows(session, Code, _new_rows(session, entries, fresh)),
            strict=True,
        )
    )
    changes = {
        entry.key: {"id": known[entry.key], **entry.details} for entry in entries if entry.key in known
    }
    for entry in entries:
        if entry.parent is not None:
            parent = ids[entry.parent] if entry.parent else None
            changes.setdefault(entry.key, {"id": ids[entry.key]})["parent_id"] = parent
    set_values(session, Code, changes.values())
    _write_wordings(session, entries, ids)
    _write_links(session, entries, ids)
    return ids


def _new_rows(session: Session, entries: Sequence[Entry], fresh: Sequence[Entry]) -> list[dict[str, Any]]:
    """The rows of new codes without their parents, each after the siblings that are there."""
    parents = {entry.parent for entry in entries if entry.parent}
    places: dict[str, int] = {}
    there = session.execute(select(Code.id, Code.key, Code.parent_id, Code.position)).all()
    key_of = {row: key for row, key, _parent, _position in there}
    for _row, _key, parent, position in there:
        under = key_of[parent] if parent is not None else ""
        places[under] = max(places.get(under, 0), position + 1)
    rows = []
    for entry in fresh:
        under = entry.parent or ""
        places[under] = places.get(under, 0) + 1
        usual = {"kind": _usual_kind(entry, parents)}
        rows.append({"key": entry.key, "position": places[under] - 1, **usual, **entry.details})
    return rows


def _usual_kind(entry: Entry, parents: Iterable[str | None]) -> str:
    """The kind of a code where none is given: a leaf is an indicator, or a theme in the informants' words."""
    if entry.key in parents:
        return "category"
    return "theme" if entry.details.get("perspective") == "emic" else "indicator"


def _write_wordings(session: Session, entries: Sequence[Entry], ids: Mapping[str, bytes]) -> None:
    statement = select(Wording.code_id, Wording.language, Wording.id)
    there = {(code, spoken): row for code, spoken, row in session.execute(statement)}
    told = [(ids[e.key], spoken, fields) for e in entries for spoken, fields in e.wordings.items()]
    set_values(
        session,
        Wording,
        [{"id": there[code, spoken], **fields} for code, spoken, fields in told if (code, spoken) in there],
    )
    fresh = [
        {"code_id": code, "language": spoken, **fields}
        for code, spoken, fields in told
        if (code, spoken) not in there
    ]
    insert_rows(session, Wording, fresh)


def _write_links(session: Session, entries: Sequence[Entry], ids: Mapping[str, bytes]) -> None:
    for entry in entries:
        if entry.linked is None:
            continue
        for key in entry.linked:
            if key not in ids:
                raise unknown_error(Code, key, ids)
            codes.refuse_unless_emic_and_etic(session, ids[entry.key], ids[key])
        set_pairs(
            session, CodeLink, ("emic_id", ids[entry.key]), "etic_id", [ids[key] for key in entry.linked]
        )
