"""What a matrix leaves in: one set of filters for every kind, applied here and described here.

Filters decide which codings count and which rows and columns stand; they never change what a written cell
saw, nor what a blank means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.terms import SIGN_MARKS, SIGN_WORDS, word
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.frames import EVIDENCE, SIGNS, SourceRow
from qualcoder_lite.coding.counting.references import row_id
from qualcoder_lite.coding.tables.finding import unknown_error
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.schema import Code, Informant, Source

Mask = NDArray[np.bool_]
ROWS = {
    "class": N_("classes of informants"),
    "technique": N_("techniques"),
    "source": N_("sources"),
    "informant": N_("informants"),
}  # what rows can be, besides an attribute by its name
ONLY = {
    "gaps": N_("only rows with a gap"),
    "stale": N_("only rows that need review"),
    "without_evidence": N_("only rows with words but no evidence"),
}


@dataclass(frozen=True)
class Filters:
    """What is left in; an empty field leaves all in.

    `groups` are `attribute=value` or `class=key`: of one attribute any, of several all. Dates are ISO, both
    ends included; a source without a date is then left out. `codes` are keys, with the codes below them.
    `states` are proposed states or statuses of cells; `only` is of ONLY; both are about rows.
    """

    informants: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    codes: tuple[str, ...] = ()
    polarities: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    @property
    def narrows_people(self) -> bool:
        """Tell whether some informants are left out."""
        return bool(self.informants or self.groups)

    @property
    def narrows_codings(self) -> bool:
        """Tell whether some codings may be left out."""
        return replace(self, states=(), only=()) != UNFILTERED


UNFILTERED = Filters()


def apply_filters(study: Counted, filters: Filters) -> Counted:
    """The study as it counts under filters: fewer codings count, for fewer informants.

    Raises UserError where a filter names what the study does not have.
    """
    if not filters.narrows_codings:
        return study
    people, codings = people_in(study, filters), study.frames.codings
    counts = study.counts & sources_in(study, filters)[codings.source]
    counts &= _codes_chosen(study, filters)[codings.code]
    counts &= _numbered("polarity", SIGNS, filters.polarities)[codings.sign]
    counts &= _numbered("evidence", EVIDENCE, filters.evidence)[codings.evidence]
    if filters.narrows_people:
        spoken = np.zeros(len(counts), dtype=np.bool_)
        spoken[study.coding[people[study.informant]]] = True
        counts &= spoken
    pair = counts[study.coding] & people[study.informant]
    return replace(study, counts=counts, coding=study.coding[pair], informant=study.informant[pair])


def people_in(study: Counted, filters: Filters) -> Mask:
    """Which informants are left in."""
    rows = study.frames.informants
    mask = np.ones(len(rows), dtype=np.bool_)
    if filters.informants:
        mask &= _chosen(len(rows), numbers_of(Informant, [row.alias for row in rows], filters.informants))
    for name, values in _by_attribute(filters.groups).items():
        mask &= np.array([value_of(study, number, name) in values for number in range(len(rows))], np.bool_)
    return mask


def value_of(study: Counted, informant: int, name: str) -> str:
    """The value of an informant for an attribute by its name, or for `class`."""
    row = study.frames.informants[informant]
    return row.class_ if name == "class" else row.attributes.get(name, "")


def _by_attribute(groups: Iterable[str]) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for group in groups:
        name, _equals, value = group.partition("=")
        values.setdefault(name.strip(), set()).add(value.strip())
    return values


def sources_in(study: Counted, filters: Filters) -> Mask:
    """Which sources are left in."""
    rows = study.frames.sources
    mask = np.array([_is_in(row, filters) for row in rows], dtype=np.bool_)
    if filters.sources:
        mask &= _chosen(len(rows), numbers_of(Source, [row.key for row in rows], filters.sources))
    return mask


def _is_in(row: SourceRow, filters: Filters) -> bool:
    if filters.techniques and row.technique not in filters.techniques:
        return False
    if not (filters.since or filters.until):
        return True
    return row.date is not None and filters.since <= row.date <= (filters.until or "9999")


def _codes_chosen(study: Counted, filters: Filters) -> Mask:
    """The codes whose codings are left in: the chosen ones and those below."""
    keys = [code.key for code in study.frames.codes]
    if not filters.codes:
        return np.ones(len(keys), dtype=np.bool_)
    return np.asarray(study.below[numbers_of(Code, keys, filters.codes)].any(axis=0))


def _numbered(kind: str, names: Sequence[str], wanted: tuple[str, ...]) -> Mask:
    for name in wanted:
        if name not in names:
            raise UserError(_("There is no {kind} {name}.").format(kind=_(_KINDS[kind]), name=name))
    return np.array([not wanted or name in wanted for name in names], dtype=np.bool_)


_KINDS = {"polarity": N_("polarity"), "evidence": N_("kind of evidence")}


def _chosen(length: int, numbers: Sequence[int]) -> Mask:
    mask = np.zeros(length, dtype=np.bool_)
    mask[list(numbers)] = True
    return mask


def numbers_of(kind: type[Row], known: Sequence[str], words: Iterable[str]) -> list[int]:
    """The places of words among the known names; raises UserError where one is unknown."""
    numbers = {name: number for number, name in reversed(list(enumerate(known)))}
    chosen = [entry.strip() for entry in words]
    for entry in chosen:
        if entry not in numbers:
            raise unknown_error(kind, entry, known)
    return [numbers[entry] for entry in chosen]


# Rows and columns ----------------------------------------------------------------------------------------


def heading_filter(study: Counted, filters: Filters) -> Callable[[Heading], bool]:
    """Tells of a heading whether it stands under filters; codes above a chosen one stand too."""
    people, sources = people_in(study, filters), sources_in(study, filters)
    if filters.narrows_people:
        spoken = set[int]().union(*(study.speaks[i] for i in np.flatnonzero(people)))
        sources &= _chosen(len(sources), sorted(spoken))
    codes = _codes_chosen(study, filters)
    codes = codes | study.below[:, codes].any(axis=1)
    frames = study.frames
    rows = [row.id for part in (frames.informants, frames.sources, frames.codes) for row in part]
    left_out = set(compress(rows, ~np.concatenate((people, sources, codes))))

    def stands(heading: Heading) -> bool:
        if heading.kind in ("informant", "source", "code"):
            return row_id(heading.reference) not in left_out
        if heading.kind == "technique":
            return not filters.techniques or heading.key in filters.techniques
        if heading.kind in ("class", "value"):
            name = "class" if heading.kind == "class" else heading.group
            return any(value_of(study, int(i), name) == heading.key for i in np.flatnonzero(people))
        return True

    return stands


# In words ------------------------------------------------------------------------------------------------


def describe_filters(filters: Filters) -> list[str]:
    """What filters leave in, in the language now spoken, one entry for each."""
    signs = [f"{SIGN_MARKS[s] or '–'} ({_(SIGN_WORDS[s])})" for s in filters.polarities if s in SIGN_WORDS]
    lists = (
        (_("informants: {names}"), filters.informants),
        (_("groups: {names}"), [group.replace("=", ": ", 1) for group in filters.groups]),
        (_("sources: {names}"), filters.sources),
        (_("techniques: {names}"), [word(name) for name in filters.techniques]),
        (_("codes: {names}"), filters.codes),
        (_("signs: {names}"), signs),
        (_("evidence: {names}"), [word(name) for name in filters.evidence]),
        (_("states: {names}"), [word(name) for name in filters.states]),
    )
    said = [text.format(names=", ".join(names)) for text, names in lists if names]
    if filters.since or filters.until:
        said.append(
            _("dates: {since} to {until}").format(since=filters.since or "…", until=filters.until or "…")
        )
    return said + [_(ONLY[name]) for name in filters.only]
