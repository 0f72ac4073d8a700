"""The study itself: its title and its note on method."""

from __future__ import annotations

from sqlalchemy import select

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Study


def set_title(project: Project, title: str) -> None:
    """Set the title of the study. Raises UserError where it is empty."""
    if not title.strip():
        raise UserError(_("A study needs a title."))
    with project.change(N_("Call the study {title}"), title=title.strip()) as session:
        session.scalars(select(Study)).one().title = title.strip()


def set_note(project: Project, note: str) -> None:
    """Set the note on the study: how it defines emic and etic, for the paragraph on method."""
    with project.change(N_("Change the note on the study")) as session:
        session.scalars(select(Study)).one().note = note
