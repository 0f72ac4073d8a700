"""Milestones: named moments of a study's history, such as a supervision (bimbingan)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from qualcoder_lite.coding.rows import get_or_raise, remove_all_or_raise
from qualcoder_lite.coding.tables.finding import name_of, names_of, validate_new_key
from qualcoder_lite.i18n import N_
from qualcoder_lite.store.journal_tables import Step
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Milestone


def add(project: Project, name: str, note: str = "") -> bytes:
    """Name the present moment: all steps so far lie before it. Return the milestone's id.

    Raises UserError where the name is taken or not usable.
    """
    with project.change(N_("Set milestone {name}"), name=name.strip()) as session:
        last = session.scalar(select(func.coalesce(func.max(Step.id), 0))) or 0
        row = Milestone(name=validate_new_key(session.connection(), Milestone, name), step=last, note=note)
        session.add(row)
        session.flush()
        return row.id


def edit(project: Project, milestone: bytes, name: str | None = None, note: str | None = None) -> None:
    """Change the name or note of a milestone. Raises UserError where the name is taken or not usable."""
    old = name_of(project, Milestone, milestone)
    with project.change(N_("Edit milestone {name}"), name=old) as session:
        row = get_or_raise(session, Milestone, milestone)
        if name is not None:
            row.name = validate_new_key(session.connection(), Milestone, name, milestone)
        if note is not None:
            row.note = note


def remove(project: Project, milestones: Sequence[bytes]) -> None:
    """Remove milestones; what was done before and after them stays."""
    names = names_of(project, Milestone, milestones)
    with project.change(N_("Remove milestone {names}"), names=names) as session:
        remove_all_or_raise(session, Milestone, milestones)
