"""Attributes of informants: typed properties such as position, age, group."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcoder_lite.coding import vocabulary
from qualcoder_lite.coding.rows import get_or_raise, next_position, set_order, set_values
from qualcoder_lite.coding.tables.finding import attribute_id, name_of, normalize_attribute, validate_key
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.journal import remove as remove_rows
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Attribute, AttributeValue, Informant


def add(project: Project, name: str, kind: str = "text") -> bytes:
    """Add an attribute of a kind (text, number, date, choice); return its id.

    Raises UserError where the name is taken (case, spaces and underscores make no difference) or not usable.
    """
    kind = vocabulary.parse_choice(vocabulary.ATTRIBUTE_KINDS, kind)
    with project.change(N_("Add attribute {attribute}"), attribute=name.strip()) as session:
        plain = _free_name(session, name)
        attribute = Attribute(name=plain, kind=kind, position=next_position(session, Attribute))
        session.add(attribute)
        session.flush()
        return attribute.id


def rename(project: Project, attribute: bytes, name: str) -> None:
    """Give an attribute another name. Raises UserError where it is taken or not usable."""
    old = name_of(project, Attribute, attribute)
    with project.change(N_("Rename attribute {old} to {new}"), old=old, new=name.strip()) as session:
        get_or_raise(session, Attribute, attribute).name = _free_name(session, name, attribute)


def set_kind(project: Project, attribute: bytes, kind: str) -> None:
    """Set the kind of an attribute. Raises UserError where a value that is there does not fit it."""
    kind = vocabulary.parse_choice(vocabulary.ATTRIBUTE_KINDS, kind)
    name = name_of(project, Attribute, attribute)
    with project.change(N_("Set the kind of attribute {attribute}"), attribute=name, kind=kind) as session:
        row = get_or_raise(session, Attribute, attribute)
        values = select(AttributeValue.value).where(AttributeValue.attribute_id == attribute)
        for value in session.scalars(values):
            _refuse_if_unfit(row.name, kind, value)
        row.kind = kind


def set_value(project: Project, informant: bytes, attribute: bytes, value: str) -> None:
    """Set an attribute of an informant; an empty value takes it away.

    Raises UserError where the value does not fit the kind of the attribute.
    """
    parameters = {
        "informant": name_of(project, Informant, informant),
        "attribute": name_of(project, Attribute, attribute),
    }
    with project.change(N_("Set {attribute} of {informant}"), **parameters) as session:
        get_or_raise(session, Informant, informant)
        row = get_or_raise(session, Attribute, attribute)
        if value.strip():
            _refuse_if_unfit(row.name, row.kind, value.strip())
            set_values_by_name(session, [(informant, row.name, value)])
        else:
            mine = (AttributeValue.attribute_id == attribute, AttributeValue.informant_id == informant)
            remove_rows(
                session, AttributeValue, list(session.scalars(select(AttributeValue.id).where(*mine)))
            )


def reorder(project: Project, attributes: Sequence[bytes]) -> None:
    """Put attributes first in this order; the others follow as they were."""
    with project.change(N_("Reorder the attributes")) as session:
        set_order(session, Attribute, attributes)


def remove(project: Project, attributes: Sequence[bytes]) -> None:
    """Remove attributes with all their values."""
    names = ", ".join(name_of(project, Attribute, attribute) for attribute in attributes)
    with project.change(N_("Remove attribute {attributes}"), attributes=names) as session:
        remove_rows(session, Attribute, list(attributes))


def set_values_by_name(
    session: Session, wanted: Iterable[tuple[bytes, str, str]], overwrite: bool = True
) -> None:
    """Give informants values of attributes by name, within a step; attributes that are not there are added.

    A kind that a new value does not fit widens to text. Without `overwrite` values that are there stay.
    """
    values = {(who, normalize_attribute(name)): (name.strip(), value.strip()) for who, name, value in wanted}
    values = {key: each for key, each in values.items() if each[1]}
    attributes = _with_new(session, values.values())
    statement = select(AttributeValue.informant_id, AttributeValue.attribute_id, AttributeValue.id)
    there = {(who, what): row for who, what, row in session.execute(statement)}
    fresh, changed = [], []
    for (who, name), (_name, value) in values.items():
        what = attributes[name]
        if (who, what) not in there:
            fresh.append({"informant_id": who, "attribute_id": what, "value": value})
        elif overwrite:
            changed.append({"id": there[who, what], "value": value})
    insert_rows(session, AttributeValue, fresh)
    set_values(session, AttributeValue, changed)
    _widen(session, set(attributes.values()))


def fitting_kind(values: Iterable[str]) -> str:
    """The narrowest kind for all these values: number, date or text."""
    every = list(values)
    for kind in ("number", "date"):
        if every and all(fits_kind(kind, value) for value in every):
            return kind
    return "text"


def fits_kind(kind: str, value: str) -> bool:
    """Tell whether a value can be one of this kind."""
    if kind == "number":
        return vocabulary.parse_number(value) is not None
    if kind != "date":
        return True
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _with_new(session: Session, wanted: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """The ids of all attributes by plain name, after those that are not there were added."""
    rows = session.execute(select(Attribute.name, Attribute.id).order_by(Attribute.id.desc()))
    known = {normalize_attribute(name): row for name, row in rows}
    fresh: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for name, value in wanted:
        if normalize_attribute(name) not in known:
            fresh.setdefault(normalize_attribute(name), []).append(value)
            written.setdefault(normalize_attribute(name), validate_key(Attribute, name))
    first = next_position(session, Attribute)
    made = [
        {"name": written[name], "kind": fitting_kind(values), "position": first + number}
        for number, (name, values) in enumerate(fresh.items())
    ]
    return known | dict(zip(fresh, insert_rows(session, Attribute, made), strict=True))


def _widen(session: Session, attributes: set[bytes]) -> None:
    narrow = select(Attribute.id, Attribute.kind).where(Attribute.kind.in_(("number", "date")))
    for row, kind in session.execute(narrow).all():
        if row in attributes:
            values = session.scalars(select(AttributeValue.value).where(AttributeValue.attribute_id == row))
            if not all(fits_kind(kind, value) for value in values):
                set_values(session, Attribute, [{"id": row, "kind": "text"}])


def _free_name(session: Session, name: str, mine: bytes | None = None) -> str:
    plain = validate_key(Attribute, name)
    try:
        other = attribute_id(session.connection(), plain)
    except UserError:
        return plain
    if other == mine:
        return plain
    raise UserError(_("The study already has an attribute “{attribute}”.").format(attribute=plain))


def _refuse_if_unfit(name: str, kind: str, value: str) -> None:
    if not fits_kind(kind, value):
        raise UserError(
            _("“{value}” is not a value of {attribute}.").format(value=value, attribute=name),
            _("Its kind is {kind}.").format(kind=kind),
            _("Change the value, or the kind of the attribute."),
        )


def values_of(row: Mapping[str, str], besides: Iterable[str]) -> list[tuple[str, str]]:
    """The attributes in a row of a table: every column but those named."""
    return [(name, value) for name, value in row.items() if name not in set(besides) and value.strip()]
