"""Member checks: what an informant said when shown a statement of their view. Emic only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

from qualcoder_lite.coding import vocabulary
from qualcoder_lite.coding.rows import get_or_raise, message_by_count, remove_all_or_raise, set_values
from qualcoder_lite.coding.tables.finding import name_of
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Cell, Informant, MemberCheck


class Details(TypedDict, total=False):
    """What a member check says besides statement and verdict; `date` is ISO, `cell` where it came from."""

    date: str | None
    method: str
    correction: str
    cell: bytes | None


class Changes(Details, total=False):
    """What can be changed of a member check; `verdict` is agrees, corrects or rejects."""

    statement: str
    verdict: str


def add(
    project: Project, informant: bytes, statement: str, verdict: str, **details: Unpack[Details]
) -> bytes:
    """Add what an informant said of a statement; return its id.

    Raises UserError where nothing is stated, or verdict or date can't be understood.
    """
    values = _values(details) | _values({"statement": statement, "verdict": verdict})
    alias = name_of(project, Informant, informant)
    with project.change(N_("Add a member check with {informant}"), informant=alias) as session:
        get_or_raise(session, Informant, informant)
        if values.get("cell_id") is not None:
            get_or_raise(session, Cell, values["cell_id"])
        row = MemberCheck(informant_id=informant, **values)
        session.add(row)
        session.flush()
        return row.id


def edit(project: Project, check: bytes, **details: Unpack[Changes]) -> None:
    """Change what a member check says."""
    values = _values(details)
    with project.change(N_("Edit a member check")) as session:
        if values.get("cell_id") is not None:
            get_or_raise(session, Cell, values["cell_id"])
        set_values(session, MemberCheck, [{"id": check, **values}])


def remove(project: Project, checks: Sequence[bytes]) -> None:
    """Remove member checks."""
    message = message_by_count(len(checks), N_("Remove a member check"), N_("Remove {count} member checks"))
    with project.change(message, count=len(checks)) as session:
        remove_all_or_raise(session, MemberCheck, checks)


def _values(details: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(details)
    if "statement" in details and not details["statement"].strip():
        raise UserError(_("A member check needs a statement."))
    if "verdict" in details:
        values["verdict"] = vocabulary.parse_choice(vocabulary.VERDICTS, details["verdict"])
    if "date" in details:
        values["date"] = vocabulary.parse_date(details["date"])
    if "cell" in details:
        values["cell_id"] = values.pop("cell")
    return values
