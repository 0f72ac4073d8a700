"""Informants: people by alias. Real names never come into the study; see `key_file`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from qualcoder_lite.coding import vocabulary
from qualcoder_lite.coding.importing.report import Names
from qualcoder_lite.coding.people import attributes
from qualcoder_lite.coding.rows import (
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
from qualcoder_lite.coding.tables.sheet import TableRow, cell_text, parse_rows, read_table
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Informant

OWN_COLUMNS = ("alias", "class", "name", "nama", "consent", "persetujuan")
"""The columns of a table of informants that are not attributes."""


@dataclass(frozen=True)
class InformantsAdded:
    """What a table of informants did; `names`: (alias, real name) for the key file, never for the study."""

    added: int
    known: int
    names: Names


@dataclass(frozen=True)
class _Told:
    alias: str
    fields: dict[str, Any]
    attributes: list[tuple[str, str]]
    name: str


def add(project: Project, alias: str, class_: str = "main", consent: str = "given", note: str = "") -> bytes:
    """Add an informant; return the id. Raises UserError where the alias is taken or not usable."""
    fields = {
        "class_": vocabulary.parse_choice(vocabulary.CLASSES, class_),
        "consent": vocabulary.parse_choice(vocabulary.CONSENTS, consent),
    }
    with project.change(N_("Add informant {informant}"), informant=alias.strip()) as session:
        plain = validate_new_key(session.connection(), Informant, alias)
        row = Informant(alias=plain, note=note, position=next_position(session, Informant), **fields)
        session.add(row)
        session.flush()
        return row.id


def rename(project: Project, informant: bytes, alias: str) -> None:
    """Give an informant another alias. Raises UserError where it is taken or not usable."""
    old = name_of(project, Informant, informant)
    with project.change(N_("Rename informant {old} to {new}"), old=old, new=alias.strip()) as session:
        get_or_raise(session, Informant, informant).alias = validate_new_key(
            session.connection(), Informant, alias, informant
        )


def set_class(project: Project, informants: Sequence[bytes], class_: str) -> None:
    """Set the class of informants: key, main, additional."""
    found = vocabulary.parse_choice(vocabulary.CLASSES, class_)
    names = names_of(project, Informant, informants)
    with project.change(N_("Set the class of {informants}"), informants=names, class_=found) as session:
        set_values(session, Informant, [{"id": row, "class": found} for row in informants])


def set_consent(project: Project, informants: Sequence[bytes], consent: str) -> None:
    """Note that informants gave their consent, or withdrew it."""
    found = vocabulary.parse_choice(vocabulary.CONSENTS, consent)
    names = names_of(project, Informant, informants)
    message = N_("Note the consent of {informants}")
    if found == "withdrawn":
        message = N_("Note that {informants} withdrew consent")
    with project.change(message, informants=names, consent=found) as session:
        set_values(session, Informant, [{"id": row, "consent": found} for row in informants])


def set_note(project: Project, informant: bytes, note: str) -> None:
    """Set the note on an informant."""
    name = name_of(project, Informant, informant)
    with project.change(N_("Change the note on {informant}"), informant=name) as session:
        get_or_raise(session, Informant, informant).note = note


def reorder(project: Project, informants: Sequence[bytes]) -> None:
    """Put informants first in this order; the others follow as they were."""
    with project.change(N_("Reorder the informants")) as session:
        set_order(session, Informant, informants)


def remove(project: Project, informants: Sequence[bytes]) -> None:
    """Remove informants with their attributes, cells and member checks; what they said stays."""
    names = names_of(project, Informant, informants)
    with project.change(N_("Remove informant {informants}"), informants=names) as session:
        remove_all_or_raise(session, Informant, informants)


def read_people(path: Path) -> list[dict[str, str]]:
    """The rows of a table of informants; attributes are called as their heads are written."""
    return read_table(path, "alias", own=OWN_COLUMNS)


def import_table(
    project: Project, rows: Sequence[TableRow], keep: Callable[[Names], object] | None = None
) -> InformantsAdded:
    """Add informants from a table, or update those whose alias is known; all or nothing.

    Columns: alias, class (or the Indonesian words), consent, name or nama (returned for the key file, never
    stored); every other column is an attribute. Empty cells change nothing. `keep` is given the names within
    the step, so that nothing changes where they can't be kept. Raises UserError with every row that can't be
    used.
    """
    with project.change(N_("Take over a table of informants ({count})"), count=len(rows)) as session:
        told = parse_rows(rows, _understand)
        _refuse_twice([each.alias for each in told])
        known = ids_by_name(session.connection(), Informant)
        _write(session, told, known)
        names = tuple((each.alias, each.name) for each in told if each.name)
        if names and keep is not None:
            session.flush()
            keep(names)
        old = sum(each.alias in known for each in told)
        return InformantsAdded(len(told) - old, old, names)


def _understand(_number: int, row: TableRow) -> _Told:
    fields: dict[str, Any] = {}
    if cell_text(row, "class"):
        fields["class"] = vocabulary.parse_choice(vocabulary.CLASSES, cell_text(row, "class"))
    if cell_text(row, "consent", "persetujuan"):
        fields["consent"] = vocabulary.parse_choice(
            vocabulary.CONSENTS, cell_text(row, "consent", "persetujuan")
        )
    alias = validate_key(Informant, cell_text(row, "alias"))
    return _Told(alias, fields, attributes.values_of(row, OWN_COLUMNS), cell_text(row, "name", "nama"))


def _refuse_twice(aliases: Sequence[str]) -> None:
    twice = {alias for alias in aliases if aliases.count(alias) > 1}
    if twice:
        raise UserError(_("Informant {alias} stands in the table twice.").format(alias=min(twice)))


def _write(session: Session, told: Sequence[_Told], known: Mapping[str, bytes]) -> None:
    first = next_position(session, Informant)
    fresh = [each for each in told if each.alias not in known]
    rows = [
        {"alias": each.alias, "position": first + number, "class": "main", "consent": "given", **each.fields}
        for number, each in enumerate(fresh)
    ]
    ids = dict(known) | dict(
        zip((each.alias for each in fresh), insert_rows(session, Informant, rows), strict=True)
    )
    set_values(session, Informant, [{"id": known[e.alias], **e.fields} for e in told if e.alias in known])
    attributes.set_values_by_name(
        session, [(ids[each.alias], name, value) for each in told for name, value in each.attributes]
    )
