"""The rows of informant matrices at any level: informants, classes, values of an attribute, techniques.

A row is a set of people and of texts: a coding belongs to it if it counts for one of its people or lies in
one of its texts. Rows can be opened in place: a class or value to its informants, a technique to its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.filtering import value_of
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.counted import Counted, distinct_pairs, ranges_between
from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.coding.counting.references import reference
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _

MANY = 6  # more values than this are no groups
GROUP_WORDS = ("kelompok", "group")  # what researchers call the attribute that is meant for this
CLASSES = ("key", "main", "additional")
TECHNIQUES = ("interview", "focus_group", "observation", "document")


@dataclass(frozen=True)
class Line:
    """A row: its heading, the informants and sources (numbers) that it is made of, and those it is about.

    `sources` are those in which its people speak, or its texts: what the blanks of the row look at.
    """

    heading: Heading
    people: frozenset[int]
    texts: frozenset[int]
    sources: frozenset[int]


def lines_of(study: Counted, choice: Choice) -> list[Line]:
    """The rows that were chosen; by default informants, then the sources that are no interview or group.

    Raises UserError where they are named by an attribute that is not there.
    """
    frames = study.frames
    if choice.rows == "source":
        return [text_line(study, number) for number in range(len(frames.sources))]
    if choice.rows == "technique":
        return expand_lines(study, technique_lines(study), choice)
    texts = [text_line(study, i) for i, source in enumerate(frames.sources) if not source.is_spoken]
    if choice.rows in ("", "informant"):
        return [person_line(study, number) for number in range(len(frames.informants))] + texts
    return expand_lines(study, group_lines(study, choice.rows), choice) + texts


def person_line(study: Counted, number: int, depth: int = 0) -> Line:
    """The row of an informant."""
    row = study.frames.informants[number]
    name = row.attributes.get("jabatan", row.alias)
    heading = Heading(row.alias, name, "informant", reference("informant", row.id), row.class_, depth)
    return Line(heading, frozenset((number,)), frozenset(), frozenset(study.speaks[number]))


def text_line(study: Counted, number: int, depth: int = 0) -> Line:
    """The row of a source."""
    row = study.frames.sources[number]
    ref = reference("source", row.id)
    heading = Heading(row.key, row.title or row.key, "source", ref, row.technique, depth)
    return Line(heading, frozenset(), frozenset((number,)), frozenset((number,)))


def technique_lines(study: Counted) -> list[Line]:
    """The rows of the techniques that the study has."""
    return [_technique_line(study, name) for name in techniques_of(study)]


def _technique_line(study: Counted, name: str) -> Line:
    texts = frozenset(i for i, source in enumerate(study.frames.sources) if source.technique == name)
    heading = Heading(name, word(name), "technique", reference("technique", name), below=len(texts))
    return Line(heading, frozenset(), texts, texts)


def techniques_of(study: Counted) -> list[str]:
    """The techniques of the study's sources: the four in their order, then others."""
    present = {source.technique for source in study.frames.sources}
    return [t for t in TECHNIQUES if t in present] + sorted(present - set(TECHNIQUES))


def group_lines(study: Counted, name: str) -> list[Line]:
    """The rows of the classes of informants, or of the values of an attribute.

    Informants without a value belong to none. Raises UserError where the attribute is not there.
    """
    if name == "class":
        present = {row.class_ for row in study.frames.informants}
        order = [c for c in CLASSES if c in present] + sorted(present - set(CLASSES))
        headings = [Heading(c, word(c), "class", reference("class", c), "class") for c in order]
    else:
        attribute, name = attribute_named(study, name)
        headings = [
            Heading(value, value, "value", reference("attribute", f"{attribute.hex()}={value}"), name)
            for value in values_of(study, name)
        ]
    return [_group_line(study, heading, name) for heading in headings]


def _group_line(study: Counted, heading: Heading, name: str) -> Line:
    everyone = range(len(study.frames.informants))
    people = frozenset(i for i in everyone if value_of(study, i, name) == heading.key)
    sources = frozenset[int]().union(*(study.speaks[i] for i in people))
    named = (heading.key, heading.name, heading.kind, heading.reference, heading.group)
    return Line(Heading(*named, below=len(people)), people, frozenset(), sources)


def expand_lines(study: Counted, lines: Iterable[Line], choice: Choice) -> list[Line]:
    """The rows, and after each that is opened what it is made of."""
    found: list[Line] = []
    for line in lines:
        found.append(line)
        if line.heading.reference in choice.opened:
            found += [person_line(study, i, 1) for i in sorted(line.people)]
            found += [text_line(study, i, 1) for i in sorted(line.texts)]
    return found


def attribute_named(study: Counted, name: str) -> tuple[bytes, str]:
    """The attribute with this name in whatever case, as id and name; raises UserError where there is none."""
    known = study.frames.attributes
    found = [(row, attribute) for row, attribute in known if attribute.lower() == name.lower()]
    if found:
        return found[0]
    names = ", ".join(attribute for _row, attribute in known) or "—"
    raise UserError(
        _("There is no attribute {name}.").format(name=name), _("Known are: {names}.").format(names=names)
    )


def default_grouping(study: Counted) -> str:
    """The attribute by which to compare where none is named: one called a group, else the first that fits.

    Raises UserError where no attribute has two to six values.
    """
    fit = [name for _row, name in study.frames.attributes if 2 <= len(values_of(study, name)) <= MANY]
    named = [name for name in fit if name.lower() in GROUP_WORDS]
    if fit:
        return (named or fit)[0]
    raise UserError(
        _("There are no groups to compare."),
        _("No attribute of the informants has two to six values."),
        _("Bring in a table of informants with such a column."),
        missing="by",
    )


def values_of(study: Counted, name: str) -> list[str]:
    """The values of an attribute in the order in which informants bring them."""
    return list(
        dict.fromkeys(row.attributes[name] for row in study.frames.informants if row.attributes.get(name))
    )


def codings_in_lines(study: Counted, lines: Sequence[Line], coder: str) -> tuple[Numbers, Numbers]:
    """The pairs (row, coding) of this coder, each once."""
    mine = study.of_coder(coder)
    pair = np.flatnonzero(mine[study.coding])
    row, at = members_of_sets([line.people for line in lines], study.informant[pair])
    if any(len(line.people) > 1 for line in lines):
        row, coding = distinct_pairs(row, study.coding[pair][at])
    else:
        coding = study.coding[pair][at]
    own = np.flatnonzero(mine)
    text_row, at = members_of_sets([line.texts for line in lines], study.frames.codings.source[own])
    return np.concatenate((row, text_row)), np.concatenate((coding, own[at]))


def members_of_sets(sets: Sequence[frozenset[int]], members: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs (set, place in `members`) of members that are in a set, in the order of the members."""
    flat = np.array([m for members_of in sets for m in sorted(members_of)], dtype=np.int64)
    owner = np.repeat(np.arange(len(sets)), [len(members_of) for members_of in sets])
    order = np.argsort(flat, kind="stable")
    flat, owner = flat[order], owner[order]
    at, place = ranges_between(
        np.searchsorted(flat, members, "left"), np.searchsorted(flat, members, "right")
    )
    return owner[place], at
