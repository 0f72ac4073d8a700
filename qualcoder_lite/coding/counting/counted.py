"""Which codings count, and for whom: the one implementation of those rules (docs/architecture.md, counting).

A coding counts unless it shares no non-white-space character with anything but interviewer turns or
reflective notes. It counts for each informant with one of whose turns it shares such a character; in a source
without turns for its single linked informant. Turns begin and end with a character that is not white space,
and no coding is all white space, so two of them that share a character share one that counts; only what lies
between turns has to be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from qualcoder_lite.coding.counting.frames import (
    BATCH,
    DESCRIPTIVE,
    FRAMED,
    INFORMANT,
    SPAN,
    Codings,
    Frames,
    Numbers,
    read_again,
    read_frames,
)
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.store.project import Project, moved_since, state_of, touched_since
from qualcoder_lite.store.schema import SourceText


@dataclass(frozen=True, eq=False)
class Counted:
    """A study with what its codings count for. `counts` and `speaks` are of all coders."""

    frames: Frames
    counts: NDArray[np.bool_]  # per coding: whether it counts at all
    coding: Numbers  # with `informant`: the pairs of a coding and an informant for whom it counts
    informant: Numbers
    below: NDArray[np.bool_]  # [a, c]: code c is a or lies below a
    speaks: list[set[int]]  # per informant: the sources in which they speak or to which they are linked
    state: tuple[int, int]  # of the study when it was counted
    kept: dict[str, Any] = field(default_factory=dict)  # what was worked out of it once

    def of_coder(self, coder: str) -> NDArray[np.bool_]:
        """The codings of this coder that count."""
        if not coder:
            return np.zeros(len(self.counts), dtype=np.bool_)
        mine: NDArray[np.bool_] = self.counts & (self.frames.codings.coder == self.frames.coders.index(coder))
        return mine

    def spoken(self) -> NDArray[np.bool_]:
        """The codings that count for some informant: the others are of observation and documents."""
        mask = np.zeros(len(self.counts), dtype=np.bool_)
        mask[self.coding] = True
        return mask

    def for_informant(self, informant: int) -> NDArray[np.bool_]:
        """The codings that count for this informant, of all coders."""
        mask = np.zeros(len(self.counts), dtype=np.bool_)
        mask[self.coding[self.informant == informant]] = True
        return mask


TEXT = (SourceText.source_id, SourceText.text)


def counted(project: Project, interviewer: bool = False) -> Counted:
    """The study as it counts now; `interviewer` counts what touches only interviewer turns or notes too.

    Kept until the study changes. Within a `read` it is of the state that is read, even where another thread
    has counted a later one.
    """
    kept: dict[bool, Counted] = project.kept.setdefault("counted", {})
    with project.read() as connection:
        now = state_of(connection)
        study = kept.get(interviewer)
        if study is None or study.state > now:
            study = count(connection, interviewer)
        elif study.state != now:
            touched = touched_since(connection, study.state)
            moved = moved_since(connection, study.state, "coding") if "coding" in touched else set()
            frames = read_again(connection, study.frames, touched, moved)
            study = count(connection, interviewer, frames)
        kept[interviewer] = study
    return study


def is_kept(project: Project) -> bool:
    """Tell whether the study was read and nothing but codings changed since, so that `counted` is quick."""
    before: Counted | None = project.kept.get("counted", {}).get(False)
    if before is None:
        return False
    with project.read() as connection:
        return state_of(connection) == before.state or not touched_since(connection, before.state) & FRAMED


def count(connection: Connection, interviewer: bool = False, frames: Frames | None = None) -> Counted:
    """Work out what counts for whom, in frames just read, or in the study read now."""
    frames = frames or read_frames(connection)
    coding, turn = touching_turns(frames)
    counts = np.ones(len(frames.codings.id), dtype=np.bool_)
    if not interviewer:
        counts = _counting(connection, frames, coding, turn)
    pairs = _informant_pairs(frames, coding, turn, counts)
    return Counted(frames, counts, *pairs, _below(frames), _speaks(frames), state_of(connection))


def chosen_coder(frames: Frames, name: str = "") -> str:
    """The coder whose codings a matrix counts: the one named, else the only one who has codings.

    Raises UserError where none of this name codes here, or where several do and none was named: coders are
    never added together silently. Where nobody has coded yet, the name is empty.
    """
    active = [frames.coders[index] for index in np.unique(frames.codings.coder)]
    if name and name not in frames.coders:
        known = _("Known are: {names}.").format(names=", ".join(frames.coders) or "—")
        raise UserError(_("There is no coder {name} in this study.").format(name=name), known)
    if name or len(active) <= 1:
        return name or (active[0] if active else "")
    raise UserError(
        _("This study has codings of several coders: {names}.").format(names=", ".join(active)),
        _("Coders are never added together silently."),
        _("Choose one of them."),
        missing="coder",
    )


def touching_turns(frames: Frames) -> tuple[Numbers, Numbers]:
    """The pairs (coding, turn) that share a character."""
    return touching(frames.codings, frames.turns.source, frames.turns.start, frames.turns.end)


def touching(codings: Codings, source: Numbers, start: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs (coding, range) that share a character; ranges never overlap and stand in order."""
    base = codings.source * SPAN
    first = np.searchsorted(source * SPAN + end, base + codings.start, "right")
    beyond = np.searchsorted(source * SPAN + start, base + codings.end, "left")
    return ranges_between(first, beyond)


def ranges_between(first: Numbers, beyond: Numbers) -> tuple[Numbers, Numbers]:
    """For each i the numbers from first[i] up to beyond[i]: as pairs (i, number)."""
    lengths = np.maximum(beyond - first, 0)
    owner = np.repeat(np.arange(len(first)), lengths)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return owner, np.repeat(first, lengths) + within


def _counting(connection: Connection, frames: Frames, coding: Numbers, turn: Numbers) -> NDArray[np.bool_]:
    codings, turns = frames.codings, frames.turns
    counts = np.asarray(np.bincount(turns.source, minlength=len(frames.sources))[codings.source] == 0)
    speaking = np.isin(turns.role[turn], (INFORMANT, DESCRIPTIVE))
    counts[coding[speaking]] = True
    inside = (turns.start[turn] <= codings.start[coding]) & (codings.end[coding] <= turns.end[turn])
    open_ = ~counts
    open_[coding[inside]] = False
    between = np.unique(codings.source[open_]).tolist()
    texts = _texts(connection, [frames.sources[source].id for source in between])
    for source in between:
        text = texts[frames.sources[source].id]
        for index in np.flatnonzero(open_ & (codings.source == source)):
            touched = turn[slice(*np.searchsorted(coding, [index, index + 1]))]  # the pairs stand by coding
            spoken = zip(turns.start[touched].tolist(), turns.end[touched].tolist(), strict=True)
            left = _outside(text, codings.start[index], codings.end[index], spoken)
            counts[index] = bool(left.strip())
    return counts


def _texts(connection: Connection, sources: list[bytes]) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for at in range(0, len(sources), BATCH):
        some = SourceText.source_id.in_(sources[at : at + BATCH])
        found.update((row, text) for row, text in connection.execute(select(*TEXT).where(some)))
    return found


def _outside(text: str, start: int, end: int, turns: Iterable[tuple[int, int]]) -> str:
    """The part of a range that lies outside the turns that it touches, (start, end) in order."""
    parts, at = [], int(start)
    for turn_start, turn_end in turns:
        parts.append(text[at:turn_start])
        at = turn_end
    return "".join([*parts, text[at:end]])


def distinct_pairs(one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    """The different pairs of two columns of numbers from 0, in order."""
    width = int(other.max(initial=0)) + 1
    both = np.sort(one * width + other)  # numbers almost in order: ten times as fast as np.unique
    both = both[np.diff(both, prepend=-1) > 0]
    return both // width, both % width


def _informant_pairs(
    frames: Frames, coding: Numbers, turn: Numbers, counts: NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    informant = frames.turns.informant[turn]
    speaking = (informant >= 0) & (frames.turns.role[turn] == INFORMANT)
    by_link = [
        (index, person)
        for source, person in _single_links(frames)
        for index in np.flatnonzero(frames.codings.source == source)
    ]
    linked = np.array(by_link, dtype=np.int64).reshape(-1, 2)
    all_codings = np.concatenate((coding[speaking], linked[:, 0]))
    people = np.concatenate((informant[speaking], linked[:, 1]))
    counting = counts[all_codings]
    return distinct_pairs(all_codings[counting], people[counting])


def _single_links(frames: Frames) -> list[tuple[int, int]]:
    """The sources without turns that are linked to exactly one informant, with that informant."""
    with_turns = set(np.flatnonzero(np.bincount(frames.turns.source)).tolist())
    sources = [source for source, _informant in frames.linked]
    return [(s, i) for s, i in frames.linked if s not in with_turns and sources.count(s) == 1]


def _below(frames: Frames) -> NDArray[np.bool_]:
    below = np.eye(len(frames.codes), dtype=np.bool_)
    for index, code in enumerate(frames.codes):
        if code.parent >= 0:
            below[:, index] |= below[:, code.parent]
    return below


def _speaks(frames: Frames) -> list[set[int]]:
    speaks: list[set[int]] = [set() for _ in frames.informants]
    spoken = frames.turns.informant >= 0
    pairs = distinct_pairs(frames.turns.source[spoken], frames.turns.informant[spoken])
    for source, informant in [*zip(*(column.tolist() for column in pairs), strict=True), *frames.linked]:
        speaks[informant].add(source)
    return speaks
