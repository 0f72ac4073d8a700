"""Codes (kode): making, wording, ordering, merging, splitting and removing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcoder_lite.coding import vocabulary
from qualcoder_lite.coding.folding import fold_twins
from qualcoder_lite.coding.rows import get_all_or_raise, get_or_raise, next_position, set_values
from qualcoder_lite.coding.tables.finding import name_of, names_of, validate_new_key
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.journal import remove as remove_rows
from qualcoder_lite.store.journal import update_rows
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Code, CodeLink, Coding, Wording

FIELDS = ("name", "definition", "include", "exclude", "example", "plus", "minus")
COLOURS = range(1, 17)  # of the palette
Wordings = Mapping[str, Mapping[str, str]]
"""By language (`id`, `en`) the fields of a code's wording."""


class Words(TypedDict, total=False):
    """The fields of a wording."""

    name: str
    definition: str
    include: str
    exclude: str
    example: str
    plus: str
    minus: str


class Details(TypedDict, total=False):
    """What a code has besides key, place and wording. `colour`: 1 to 16 of the palette, or the parent's."""

    kind: str
    perspective: str
    reference: str
    colour: int | None
    polarity_hint: str | None
    shortcut: str | None


def add(
    project: Project,
    key: str,
    parent: bytes | None = None,
    wordings: Wordings | None = None,
    position: int | None = None,
    **details: Unpack[Details],
) -> bytes:
    """Add a code under a parent, at a place among its siblings or last; return its id.

    Raises UserError where the key is taken or not usable, the parent is gone, or a detail is unknown.
    """
    with project.change(N_("Add code {code}"), code=key.strip()) as session:
        return insert(session, key, parent, wordings, position, **details)


def insert(
    session: Session,
    key: str,
    parent: bytes | None = None,
    wordings: Wordings | None = None,
    position: int | None = None,
    **details: Unpack[Details],
) -> bytes:
    """Add a code within a step; see `add`."""
    if parent is not None:
        get_or_raise(session, Code, parent)
    last = next_position(session, Code, Code.parent_id == parent)
    code = Code(key=validate_new_key(session.connection(), Code, key), parent_id=parent, position=last)
    session.add(code)
    _detail(session, code, details)
    session.flush()
    if position is not None:
        place_code(session, code, parent, position)
    for language, fields in (wordings or {}).items():
        _word(session, code.id, language, fields)
    return code.id


def next_emic_key(session: Session) -> str:
    """The next free key for a code in the informants' words: `E1`, `E2`, …"""
    taken = set(session.scalars(select(Code.key)))
    return next(key for key in (f"E{number}" for number in range(1, len(taken) + 2)) if key not in taken)


def set_wording(
    project: Project, code: bytes, language: str, reason: str = "", **fields: Unpack[Words]
) -> None:
    """Set fields of a code's wording in a language; `reason` (of a new meaning) goes into the history."""
    key = name_of(project, Code, code)
    message = N_("Change the wording of code {code} ({language})")
    with project.change(message, code=key, language=language, **reason_parameter(reason)) as session:
        get_or_raise(session, Code, code)
        _word(session, code, language, fields)


def set_details(project: Project, code: bytes, reason: str = "", **details: Unpack[Details]) -> None:
    """Set kind, perspective, reference, colour, polarity hint or shortcut of a code.

    A shortcut that another code has moves to this one. Raises UserError for an unknown word.
    """
    key = name_of(project, Code, code)
    with project.change(N_("Change code {code}"), code=key, **reason_parameter(reason)) as session:
        _detail(session, get_or_raise(session, Code, code), details)


def rename(project: Project, code: bytes, key: str, reason: str = "") -> None:
    """Give a code another key. Raises UserError where it is taken or not usable."""
    old = name_of(project, Code, code)
    parameters = {"old": old, "new": key.strip(), **reason_parameter(reason)}
    with project.change(N_("Rename code {old} to {new}"), **parameters) as session:
        get_or_raise(session, Code, code).key = validate_new_key(session.connection(), Code, key, code)


def move(
    project: Project, code: bytes, parent: bytes | None, position: int | None = None, reason: str = ""
) -> None:
    """Move a code under another parent, or to another place among its siblings (last where none is given).

    Raises UserError where that would put the code below itself.
    """
    key = name_of(project, Code, code)
    under = "—" if parent is None else name_of(project, Code, parent)
    with project.change(
        N_("Move code {code} under {parent}"), code=key, parent=under, **reason_parameter(reason)
    ) as session:
        place_code(session, get_or_raise(session, Code, code), parent, position)


def merge(project: Project, codes: Sequence[bytes], target: bytes, reason: str = "") -> None:
    """Merge codes into a target, whose key and wording stay.

    Codings, links, memos, questions, claims and cells of the merged codes move to the target, and their
    children below it; a coder's codings that come to the same range become one.
    """
    merged = [code for code in dict.fromkeys(codes) if code != target]
    if not merged:
        raise UserError(_("A code can't be merged into itself."), remedy=_("Choose another code."))
    keys, into = names_of(project, Code, merged), name_of(project, Code, target)
    with project.change(
        N_("Merge code {codes} into {target}"), codes=keys, target=into, **reason_parameter(reason)
    ) as session:
        get_all_or_raise(session, Code, [*merged, target])
        from qualcoder_lite.coding.code_merging import merge_codes

        merge_codes(session, merged, target)


def split(
    project: Project, code: bytes, codings: Sequence[bytes], into: bytes | str, reason: str = ""
) -> bytes:
    """Move chosen codings of a code to another one, or to a new sibling whose key is given; return its id.

    Raises UserError where a coding is not one of this code, or the new key is taken.
    """
    key = name_of(project, Code, code)
    other = into.strip() if isinstance(into, str) else name_of(project, Code, into)
    parameters = {"code": key, "other": other, "count": len(codings), **reason_parameter(reason)}
    with project.change(N_("Split code {code}: {count} passages to {other}"), **parameters) as session:
        images = get_all_or_raise(session, Coding, codings)
        if not images or any(image["code_id"] != code for image in images.values()):
            raise UserError(_("Choose passages of code {code} to split off.").format(code=key))
        target = into if isinstance(into, bytes) else _sibling(session, code, into)
        get_or_raise(session, Code, target)
        update_rows(session, Coding, list(images), {"code_id": target})
        fold_twins(session, [image["source_id"] for image in images.values()])
        return target


def remove(project: Project, codes: Sequence[bytes], with_children: bool = False, reason: str = "") -> None:
    """Remove codes with their codings; their children too, or else these move to the parent's place."""
    keys = names_of(project, Code, codes)
    with project.change(N_("Remove code {codes}"), codes=keys, **reason_parameter(reason)) as session:
        get_all_or_raise(session, Code, codes)
        doomed = [*codes, *codes_below(session, codes)] if with_children else list(codes)
        for code in codes:
            _orphans_to_grandparent(session, code, set(doomed))
        remove_rows(session, Code, list(dict.fromkeys(doomed)))


def link_emic(project: Project, emic: bytes, etic: bytes, note: str = "") -> bytes:
    """Link a code in the informants' words to the code from theory under which it is read; return its id.

    An existing link stays and takes the note. Raises UserError where the perspectives are not emic and etic.
    """
    parameters = {"emic": name_of(project, Code, emic), "etic": name_of(project, Code, etic)}
    with project.change(N_("Link code {emic} to {etic}"), **parameters) as session:
        return link_codes(session, emic, etic, note)


def link_codes(session: Session, emic: bytes, etic: bytes, note: str = "") -> bytes:
    """Link an emic to an etic code within a step; see `link_emic`."""
    refuse_unless_emic_and_etic(session, emic, etic)
    statement = select(CodeLink).where(CodeLink.emic_id == emic, CodeLink.etic_id == etic)
    link = session.scalar(statement) or CodeLink(emic_id=emic, etic_id=etic)
    link.note = note or link.note or ""
    session.add(link)
    session.flush()
    return link.id


def refuse_unless_emic_and_etic(session: Session, emic: bytes, etic: bytes) -> None:
    """Raise UserError unless the first code is in the informants' words and the second from theory."""
    first, second = get_or_raise(session, Code, emic), get_or_raise(session, Code, etic)
    if (first.perspective, second.perspective) != ("emic", "etic"):
        raise UserError(
            _("Only a code from informants can be linked to a code from theory."),
            _("{emic} is {first}, {etic} is {second}.").format(
                emic=first.key, first=first.perspective, etic=second.key, second=second.perspective
            ),
        )


def unlink_emic(project: Project, emic: bytes, etic: bytes) -> None:
    """Take the link between an emic and an etic code away."""
    parameters = {"emic": name_of(project, Code, emic), "etic": name_of(project, Code, etic)}
    with project.change(N_("Unlink code {emic} from {etic}"), **parameters) as session:
        statement = select(CodeLink.id).where(CodeLink.emic_id == emic, CodeLink.etic_id == etic)
        remove_rows(session, CodeLink, list(session.scalars(statement)))


def reason_parameter(reason: str) -> dict[str, str]:
    """The parameter of a step that keeps the reason for a change of meaning."""
    return {"reason": reason.strip()} if reason.strip() else {}


def codes_below(session: Session, codes: Sequence[bytes]) -> list[bytes]:
    """The ids of all codes below these."""
    children: dict[bytes | None, list[bytes]] = {}
    for row, parent in session.execute(select(Code.id, Code.parent_id).order_by(Code.position, Code.id)):
        children.setdefault(parent, []).append(row)
    found: list[bytes] = []
    waiting = list(codes)
    while waiting:
        below_this = children.get(waiting.pop(), [])
        found.extend(below_this)
        waiting.extend(below_this)
    return found


def place_code(session: Session, code: Code, parent: bytes | None, position: int | None) -> None:
    """Put a code under a parent at a place among its siblings; the siblings make room.

    Raises UserError where the parent is gone, or is the code itself or below it.
    """
    if parent is not None:
        get_or_raise(session, Code, parent)
        if parent in (code.id, *codes_below(session, [code.id])):
            raise UserError(_("Code {code} can't be moved below itself.").format(code=code.key))
    if position is None:
        if code.parent_id != parent:
            code.position = next_position(session, Code, Code.parent_id == parent)
    else:
        siblings = select(Code.id).where(Code.parent_id == parent).order_by(Code.position, Code.id)
        others = [row for row in session.scalars(siblings) if row != code.id]
        code.position = min(max(position, 0), len(others))
        order = [*others[: code.position], None, *others[code.position :]]
        set_values(
            session, Code, [{"id": row, "position": at} for at, row in enumerate(order) if row is not None]
        )
    code.parent_id = parent


def _word(session: Session, code: bytes, language: str, fields: Mapping[str, str] | Words) -> None:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"no fields of a wording: {sorted(unknown)}")
    statement = select(Wording).where(Wording.code_id == code, Wording.language == language)
    wording = session.scalar(statement) or Wording(code_id=code, language=language)
    for name, text in fields.items():
        setattr(wording, name, text)
    session.add(wording)
    session.flush()


def _detail(session: Session, code: Code, details: Details) -> None:
    """Set the details that are given, after all of them have been checked."""
    for name, value in validate_details(details).items():
        setattr(code, name, value)
    if code.shortcut:
        others = select(Code.id).where(Code.shortcut == code.shortcut, Code.key != code.key)
        update_rows(session, Code, list(session.scalars(others)), {"shortcut": None})


def validate_details(details: Details) -> Details:
    """The details with their fixed words; raises UserError for a word that is not one of them."""
    result = details.copy()
    if "kind" in details:
        result["kind"] = vocabulary.parse_choice(vocabulary.CODE_KINDS, details["kind"])
    if "perspective" in details:
        result["perspective"] = vocabulary.parse_choice(vocabulary.PERSPECTIVES, details["perspective"])
    if "polarity_hint" in details:
        result["polarity_hint"] = vocabulary.parse_polarity(details["polarity_hint"])
    if "shortcut" in details:
        result["shortcut"] = (details["shortcut"] or "").strip() or None
    colour = details.get("colour")
    if colour is not None and colour not in COLOURS:
        raise UserError(
            _("{colour} is not a colour of the palette.").format(colour=colour),
            remedy=_("Choose a number from 1 to 16."),
        )
    return result


def _sibling(session: Session, code: bytes, key: str) -> bytes:
    model = get_or_raise(session, Code, code)
    return insert(session, key, model.parent_id, kind=model.kind, perspective=model.perspective)


def _orphans_to_grandparent(session: Session, code: bytes, doomed: set[bytes]) -> None:
    """Put the children that stay where their parent stood, or the topmost of its parents that goes too."""
    children = select(Code).where(Code.parent_id == code).order_by(Code.position, Code.id)
    stood = get_or_raise(session, Code, code)
    while stood.parent_id in doomed:
        stood = get_or_raise(session, Code, stood.parent_id)
    at, under = stood.position, stood.parent_id
    for number, child in enumerate(session.scalars(children).all()):
        if child.id not in doomed:
            place_code(session, child, under, at + number + 1)
