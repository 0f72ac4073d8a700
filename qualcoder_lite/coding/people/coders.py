"""Coders: who codes. A coder joins a study with the first step they do in it."""

from __future__ import annotations

from qualcoder_lite.coding.rows import get_or_raise
from qualcoder_lite.coding.tables.finding import name_of, validate_new_key
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.journal import remove as remove_rows
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Coder


def add(project: Project, name: str) -> bytes:
    """Add a coder who has not worked in this study yet; return the id.

    Raises UserError where the name is taken or not usable.
    """
    with project.change(N_("Add coder {coder}"), coder=name.strip()) as session:
        coder = Coder(name=validate_new_key(session.connection(), Coder, name))
        session.add(coder)
        session.flush()
        return coder.id


def rename(project: Project, coder: bytes, name: str) -> None:
    """Give a coder another name. Raises UserError where it is taken or not usable."""
    old = name_of(project, Coder, coder)
    with project.change(N_("Rename coder {old} to {new}"), old=old, new=name.strip()) as session:
        row = get_or_raise(session, Coder, coder)
        row.name = validate_new_key(session.connection(), Coder, name, coder)
        if session.info["coder_id"] == coder:
            session.info["coder"] = row.name  # this step and all later ones are by the new name
    if project.coder == old:
        project.coder = name.strip()


def set_colour(project: Project, coder: bytes, colour: int | None) -> None:
    """Set the colour of a coder: 1 to 16 of the palette, or none."""
    name = name_of(project, Coder, coder)
    if colour is not None and not 1 <= colour <= 16:
        raise UserError(
            _("{colour} is not a colour of the palette.").format(colour=colour),
            remedy=_("Choose a number from 1 to 16."),
        )
    with project.change(N_("Set the colour of coder {coder}"), coder=name) as session:
        get_or_raise(session, Coder, coder).colour = colour


def remove(project: Project, coder: bytes) -> None:
    """Remove a coder with all their codings. Raises UserError for the one who works now."""
    name = name_of(project, Coder, coder)
    with project.change(N_("Remove coder {coder} with all codings"), coder=name) as session:
        get_or_raise(session, Coder, coder)
        if session.info["coder_id"] == coder:
            raise UserError(
                _("{coder} works in this study now.").format(coder=name),
                remedy=_("Choose another coder first."),
            )
        remove_rows(session, Coder, [coder])
