"""Comparison of groups of informants by an attribute."""

from __future__ import annotations

import numpy as np

from qualcoder_lite.analysis.matrix import (
    Choice,
    Heading,
    Matrix,
    begin,
    code_headings,
    distinct_per_cell,
    evidence_frame,
    frame,
    heading_of_code,
    into_codes,
    proposed_state,
    sign_columns,
    tally,
)
from qualcoder_lite.analysis.written import written_cells
from qualcoder_lite.coding.counted import Counted, distinct_pairs
from qualcoder_lite.coding.frames import Numbers
from qualcoder_lite.coding.references import reference
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.store.project import Project

MANY = 6  # more values than this are no groups
GROUP_WORDS = ("kelompok", "group")  # what researchers call the attribute that is meant for this


def groups_matrix(project: Project, choice: Choice) -> Matrix:
    """Codes by the values of an attribute. Cells: informants (m), n (in the group), codings, passages, signs.

    A coding counts once for a group, whichever of its informants it counts for.
    Where no attribute is named it is the one called a group, else the first with two to six values.
    Raises UserError where the attribute is unknown, or none fits.
    """
    study, coder = begin(project, choice)
    attribute, name = _attribute(study, choice.by)
    values = _values(study, name)
    group_of = np.array(
        [_place(values, row.attributes.get(name)) for row in study.frames.informants], np.int64
    )
    codes = code_headings(study, choice.level or "top", choice.perspective)
    pair = np.flatnonzero(study.of_coder(coder)[study.coding] & (group_of[study.informant] >= 0))
    group, coding, informant = group_of[study.informant[pair]], study.coding[pair], study.informant[pair]
    row, place = into_codes(study, codes, coding)
    cell, number = row * len(values) + group[place], len(codes) * len(values)
    once = distinct_pairs(cell, coding[place])
    counts = tally(study, *once, number)
    size = np.bincount(group_of[group_of >= 0], minlength=len(values))
    cells = frame(
        len(codes),
        len(values),
        informants=distinct_per_cell(cell, informant[place], number),
        n=np.tile(size, len(codes)),
        codings=counts.codings,
        passages=np.bincount(counts.passages.group, minlength=number),
        **sign_columns(counts.signs),
    )
    rows = tuple(heading_of_code(study, index) for index in codes)
    columns = tuple(
        Heading(v, v, "value", reference("attribute", f"{attribute.hex()}={v}"), name) for v in values
    )
    evidence = evidence_frame(study, len(values), *once)
    written = written_cells(project, study, rows, columns)
    states = {
        heading.key: state
        for heading, state in zip(rows, _states(counts.codings, counts.signs, len(values)), strict=True)
    }
    details = {"attribute": name, "sizes": [int(n) for n in size]}
    return Matrix("groups", choice, coder, study, rows, columns, cells, evidence, written, states, details)


def _attribute(study: Counted, by: str) -> tuple[bytes, str]:
    known = study.frames.attributes
    if by:
        found = [(row, name) for row, name in known if name.lower() == by.lower()]
        if found:
            return found[0]
        names = ", ".join(name for _row, name in known) or "—"
        raise UserError(
            _("There is no attribute {name}.").format(name=by), _("Known are: {names}.").format(names=names)
        )
    fit = [(row, name) for row, name in known if 2 <= len(_values(study, name)) <= MANY]
    named = [(row, name) for row, name in fit if name.lower() in GROUP_WORDS]
    if fit:
        return (named or fit)[0]
    raise UserError(
        _("There are no groups to compare."),
        _("No attribute of the informants has two to six values."),
        _("Bring in a table of informants with such a column, and name it with --by."),
    )


def _values(study: Counted, name: str) -> list[str]:
    """The values of an attribute in the order in which informants bring them."""
    return list(
        dict.fromkeys(row.attributes[name] for row in study.frames.informants if row.attributes.get(name))
    )


def _place(values: list[str], value: str | None) -> int:
    return values.index(value) if value else -1


def _states(codings: Numbers, signs: Numbers, columns: int) -> list[str]:
    triples = np.column_stack((codings, signs[:, 0], signs[:, 1])).reshape(-1, columns, 3)
    return [proposed_state([(int(c), int(p), int(m)) for c, p, m in row]) for row in triples]
