"""Searches for passages kept by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from qualcoder_lite.coding.rows import get_or_raise, next_position, remove_all_or_raise, set_order
from qualcoder_lite.coding.tables.finding import name_of, names_of, validate_new_key
from qualcoder_lite.i18n import N_
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import SavedQuery


def save(project: Project, name: str, definition: Mapping[str, Any]) -> bytes:
    """Keep what a query asks (plain JSON) under a name; one of this name is replaced. Return its id."""
    with project.change(N_("Keep query {name}"), name=name.strip()) as session:
        row = session.scalar(select(SavedQuery).where(SavedQuery.name == name.strip()))
        if row is None:
            plain = validate_new_key(session.connection(), SavedQuery, name)
            row = SavedQuery(name=plain, position=next_position(session, SavedQuery))
        row.definition = dict(definition)
        session.add(row)
        session.flush()
        return row.id


def rename(project: Project, query: bytes, name: str) -> None:
    """Give a kept query another name. Raises UserError where it is taken or not usable."""
    old = name_of(project, SavedQuery, query)
    with project.change(N_("Rename query {old} to {new}"), old=old, new=name.strip()) as session:
        get_or_raise(session, SavedQuery, query).name = validate_new_key(
            session.connection(), SavedQuery, name, query
        )


def reorder(project: Project, queries: Sequence[bytes]) -> None:
    """Put kept queries first in this order; the others follow as they were."""
    with project.change(N_("Reorder the queries")) as session:
        set_order(session, SavedQuery, queries)


def remove(project: Project, queries: Sequence[bytes]) -> None:
    """Remove kept queries."""
    names = names_of(project, SavedQuery, queries)
    with project.change(N_("Remove query {names}"), names=names) as session:
        remove_all_or_raise(session, SavedQuery, queries)
