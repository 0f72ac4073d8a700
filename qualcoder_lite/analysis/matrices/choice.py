"""What was chosen for a matrix, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass

from qualcoder_lite.analysis.matrices.filtering import ROWS, UNFILTERED, Filters, describe_filters
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.i18n import _


@dataclass(frozen=True)
class Choice:
    """What of the study a matrix looks at, and how it stands."""

    coder: str = ""
    level: str = ""  # top, indicator or all; empty: the kind's own default
    perspective: str = "etic"
    by: str = ""  # an attribute or `class`, for groups; in triangulation then instead of techniques
    interviewer: bool = False
    filters: Filters = UNFILTERED
    rows: str = ""  # of informants: empty, class, technique, source, or an attribute
    opened: tuple[str, ...] = ()  # references of the headings that are opened in place
    sort: tuple[
        str, ...
    ] = ()  # rows by: key, name, group, codings or an attribute; `-` before: from the last
    by_frequency: bool = False  # columns by their number of codings, not in the order of the codebook
    transposed: bool = False
    collapsed: tuple[
        str, ...
    ] = ()  # bands of rows that are closed, as they are called: their rows are left out
    linked: str = "overlap"  # what links two codings: overlap, turn or near (within `turns` turns)
    turns: int = 1
    members: tuple[str, ...] = ()  # of a comparison: references of informants, classes or values
    coders: tuple[str, ...] = ()  # whom agreement compares; empty: all who have coded
    units: str = "turns"  # of agreement: turns, sentences or passages (of the first coder)
    basis: str = "sources"  # of agreement: all units of the sources that all coded, or those `used`
    domain: str = "all"  # of agreement: whose disagreements are listed


def describe_choice(choice: Choice) -> list[str]:
    """What was chosen for a matrix, and what its filters leave in, as they stand under an exported table."""
    said = [word(choice.level)] if choice.level else []
    if choice.perspective != "etic":
        said.append(word(choice.perspective))
    if choice.rows:
        rows = _(ROWS[choice.rows]) if choice.rows in ROWS else choice.rows
        said.append(_("rows: {rows}").format(rows=rows))
    if choice.by:
        said.append(_("by {attribute}").format(attribute=choice.by))
    if choice.linked == "turn":
        said.append(_("linked where codings touch the same turn"))
    if choice.linked == "near":
        said.append(_("linked where codings are at most {n} turns apart").format(n=choice.turns))
    if choice.interviewer:
        said.append(_("interviewer turns and reflective notes included"))
    if choice.collapsed:
        said.append(_("closed: {names}").format(names=", ".join(choice.collapsed)))
    return said + describe_filters(choice.filters)
