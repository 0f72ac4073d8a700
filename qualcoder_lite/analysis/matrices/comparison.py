"""Two to six informants or groups side by side: profiles, what is shared, what only one of them speaks of.

A note of the researcher on a code belongs to just this set of informants, or to the attribute or classes as a
whole, so that it is there again whenever these are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qualcoder_lite.analysis.cells.written import notes_with
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.groups import side_by_side
from qualcoder_lite.analysis.matrices.matrix import Matrix, count_for
from qualcoder_lite.analysis.matrices.rows import MANY, Line, group_lines, person_line
from qualcoder_lite.coding.cell_names import references_by_word, resolve_reference
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.references import reference, reference_to_many, row_id, rows_named
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.store.project import Project

COMPARED = ("informant:", "class:", "attribute:")
"""The kinds of references that can be compared: a word that also names a source means the informant."""


def comparison_matrix(project: Project, choice: Choice) -> Matrix:
    """Codes by the members of the choice. Cells: as of groups; `states` are the proposed convergence.

    `details`: sizes; shared (keys of codes that all speak of); only (by key of a member, those that nobody
    else speaks of); note (the reference with which notes on codes are kept) and notes (written, by key).
    The passages of a cell are those of `cell_panel.cell_passages` for the code and the member.
    Raises UserError where they are fewer than two or more than six, or of different kinds.
    """
    study, coder = count_for(project, choice)
    note = convergence_reference(choice.members)
    lines = _members(study, choice.members)
    matrix = side_by_side(project, study, coder, choice, lines)
    notes = notes_with(project, matrix.rows, note)
    return replace(
        matrix, kind="comparison", details={**matrix.details, **_shared(matrix), "note": note, "notes": notes}
    )


def members_named(project: Project, names: Sequence[str]) -> tuple[str, ...]:
    """The references of those to compare, by alias, `class:key` or `attribute:name=value`.

    Raises UserError where a name means nothing or more than one thing.
    """
    if not names:
        return ()
    with project.read() as connection:
        words = references_by_word(connection)
    people = {word: [ref for ref in found if ref.startswith(COMPARED)] for word, found in words.items()}
    known = {word: found for word, found in people.items() if found}
    return tuple(resolve_reference(name, known) for name in names)


def convergence_reference(members: Sequence[str]) -> str:
    """The reference with which notes on these members are kept: these informants, an attribute, all classes.

    Raises UserError where there are fewer than two members or more than six, or not all of one kind.
    """
    kinds = {member.split(":", 1)[0] for member in members}
    if not 2 <= len(set(members)) <= MANY:
        raise UserError(
            _("A comparison is of two to six informants or groups."),
            missing="members",
        )
    if kinds == {"informant"}:
        return reference_to_many(row_id(member) for member in members)
    attributes = {row for member in members for row in rows_named(member)}
    if kinds == {"attribute"} and len(attributes) == 1:
        return reference("attribute", attributes.pop())
    if kinds == {"class"}:
        return reference("class")
    raise UserError(
        _("Only informants, or groups of one kind, can be compared."),
        remedy=_("Choose informants, or values of one attribute, or classes."),
    )


def _members(study: Counted, members: Sequence[str]) -> list[Line]:
    """The members in the order in which they were chosen; raises UserError where one is gone."""
    known = {line.heading.reference: line for line in _all_of_kind(study, members[0])}
    missing = [member for member in members if member not in known]
    if missing:
        raise UserError(_("One of those to compare is no longer in the study."))
    return [known[member] for member in dict.fromkeys(members)]


def _all_of_kind(study: Counted, member: str) -> list[Line]:
    kind = member.split(":", 1)[0]
    if kind == "informant":
        return [person_line(study, number) for number in range(len(study.frames.informants))]
    if kind == "class":
        return group_lines(study, "class")
    names = dict(study.frames.attributes)
    wanted = [names[row] for row in rows_named(member) if row in names]
    return [line for name in wanted for line in group_lines(study, name)]


def _shared(matrix: Matrix) -> dict[str, object]:
    """What all members speak of, and what only one of them does."""
    speaks = matrix.cells["codings"].to_numpy().reshape(len(matrix.rows), len(matrix.columns)) > 0
    number, keys = speaks.sum(axis=1), [heading.key for heading in matrix.rows]
    only = {
        heading.key: [keys[row] for row in np.flatnonzero(speaks[:, column] & (number == 1))]
        for column, heading in enumerate(matrix.columns)
    }
    shared = [keys[row] for row in np.flatnonzero(number == len(matrix.columns))]
    return {"shared": shared, "only": only}
