"""Which codings are asked for: conditions joined by and, or, not, and by where codings stand to each other.

A condition is plain JSON, so that it can be kept in a study; ids are in hex, so that renaming breaks nothing.

    {"code": [id, …], "below": true}     with one of these codes, or one below it
    {"informant": [id, …]}               that count for one of these informants
    {"class": [word, …]}                 … for an informant of one of these classes (key, main, additional)
    {"attribute": id, "values": [v, …]}  … for an informant with one of these values
    {"source": [id, …]} {"technique": [word, …]} {"coder": [name, …]}
    {"polarity": ["+", "-", "0", "±", "none"]} {"evidence": ["account", "event", "provision"]}
    {"starred": true} {"memo": true}     starred; with a memo about it
    {"words": "phrase"}                  whose text has this phrase, `*` for the rest of a word
    {"all": [c, …]} {"any": [c, …]} {"not": c}
    {"overlapping": c}                   that share a character with another coding for which c holds
    {"within": c}                        that lie inside another coding for which c holds
    {"near": c, "turns": n}              at most n turns away from another coding for which c holds

Unlike in matrices, codings of interviewer turns are listed too. Where a source has no turns, its paragraphs
stand for them. An id that is gone finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from qualcoder_lite.analysis.matrices.filtering import value_of
from qualcoder_lite.analysis.search.texts import Known, Ranges, text_cache
from qualcoder_lite.analysis.search.words import compile_pattern, fold_accents
from qualcoder_lite.coding.counting.counted import Counted, counted, is_kept
from qualcoder_lite.coding.counting.frames import EVIDENCE, SIGNS, SPAN, Codings, Frames, Numbers
from qualcoder_lite.coding.counting.overlaps import passages
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.store.columns import raw
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Coding, Memo, SourceText, Turn

Mask = NDArray[np.bool_]
Condition = Mapping[str, Any]
EVERYTHING: Condition = {"all": []}
SMALL = 5_000  # codings and turns that are read at once
FAR = 1 << 32  # more turns or paragraphs than any source has


@dataclass(frozen=True)
class Found:
    """What was found: numbers of codings in the study's frames, ordered by source and start."""

    study: Counted
    numbers: Numbers

    @property
    def ids(self) -> list[bytes]:
        """The ids of the codings, in order."""
        ids = self.study.frames.codings.id
        return [ids[number] for number in self.numbers.tolist()]

    @cached_property
    def passages(self) -> int:
        """How many passages these codings make: ranges of a source, merged where they share a character."""
        codings, numbers = self.study.frames.codings, self.numbers
        ranges = codings.source[numbers], codings.start[numbers], codings.end[numbers]
        return len(passages(np.zeros(len(numbers), np.int64), *ranges).start)

    @cached_property
    def sources(self) -> int:
        """In how many sources they lie."""
        return len(np.unique(self.study.frames.codings.source[self.numbers]))


def find(project: Project, condition: Condition = EVERYTHING, coders: Sequence[str] = ()) -> Found:
    """The codings for which a condition holds, of these coders or, where none is named, of all.

    Codings of other coders are not looked at for `overlapping`, `within` and `near` either. Raises UserError
    where the condition asks for something that this version does not know.
    """
    with project.read():
        study = counted(project)
        coder = study.frames.codings.coder
        named = [number for number, name in enumerate(study.frames.coders) if name in coders]
        universe = np.isin(coder, named) if coders else np.ones(len(coder), dtype=np.bool_)
        asking = _Asking(project, study, universe, text_cache(project))
        return Found(study, np.flatnonzero(universe & asking.mask(condition, universe)))


def is_quick(project: Project, condition: Condition) -> bool:
    """Tell whether a condition is answered at once: the study is small or was read already, and its texts too
    where phrases are looked for.
    """
    read = {words for words, _source in text_cache(project).hits}
    return set(_phrases(condition)) <= read and (is_kept(project) or _is_small(project))


def _is_small(project: Project) -> bool:
    rows = [select(func.count()).select_from(kind).scalar_subquery() for kind in (Coding, Turn)]
    with project.read() as connection:
        return sum(connection.execute(select(*rows)).one()) <= SMALL


def _phrases(condition: Condition) -> Iterator[str]:
    """The phrases that a condition looks for."""
    kind = kind_of(condition)
    if kind == "words":
        yield condition[kind]
    elif kind in ("all", "any"):
        for part in condition[kind]:
            yield from _phrases(part)
    elif kind in ("not", "overlapping", "within", "near"):
        yield from _phrases(condition[kind])


# What is read of texts -----------------------------------------------------------------------------------


def _hits(words: str, text: str) -> Ranges:
    spans = [match.span() for match in compile_pattern(words).finditer(fold_accents(text))]
    both = np.array(spans, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _paragraphs(text: str) -> Numbers:
    """Where the paragraphs of a text start, those that hold more than white space."""
    starts, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            starts.append(at)
        at += len(line) + 1
    return np.array(starts, dtype=np.int64)


# Conditions ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asking:
    """One question to a study: its codings, those that are looked at, and what is known of its texts."""

    project: Project
    study: Counted
    universe: Mask
    texts: Known

    @property
    def frames(self) -> Frames:
        return self.study.frames

    @property
    def codings(self) -> Codings:
        return self.study.frames.codings

    def mask(self, condition: Condition, among: Mask) -> Mask:
        """For which codings a condition holds; it is only asked about those in `among`."""
        return _CONDITIONS[kind_of(condition)](self, condition, among)

    def those(self, condition: Condition) -> Mask:
        """The codings to which others stand in a relation."""
        return self.universe & self.mask(condition, self.universe)

    def read(self, sources: Iterable[int]) -> Iterator[tuple[int, str]]:
        """The texts of sources, one after the other."""
        for number in sources:
            one = select(SourceText.text).where(SourceText.source_id == self.frames.sources[number].id)
            with self.project.read() as connection:
                text = connection.scalar(one)
            yield number, text or ""

    def numbers(self, rows: Iterable[Any], ids: Iterable[str]) -> list[int]:
        """The places of ids among rows."""
        wanted = set(ids)
        return [number for number, row in enumerate(rows) if row.id.hex() in wanted]


def kind_of(condition: Condition) -> str:
    """What a condition asks about. Raises UserError where this version does not know it."""
    kinds = [name for name in condition if name in _CONDITIONS]
    if len(kinds) != 1:
        raise UserError(
            _("This query can't be read: {what}.").format(what=", ".join(condition) or "—"),
            _("It may have been kept by a later version of the program."),
        )
    return kinds[0]


def _chosen(length: int, numbers: Iterable[int]) -> Mask:
    mask = np.zeros(length, dtype=np.bool_)
    mask[list(numbers)] = True
    return mask


def _code(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    chosen = asking.numbers(asking.frames.codes, condition["code"])
    codes = _chosen(len(asking.frames.codes), chosen)
    if condition.get("below", True):
        codes = np.asarray(asking.study.below[chosen].any(axis=0))
    return codes[asking.codings.code]


def _of_people(asking: _Asking, people: Sequence[int]) -> Mask:
    """The codings that count for one of these informants."""
    mask = np.zeros(len(asking.codings.id), dtype=np.bool_)
    mask[asking.study.coding[np.isin(asking.study.informant, people)]] = True
    return mask


def _informant(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    return _of_people(asking, asking.numbers(asking.frames.informants, condition["informant"]))


def _class(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    rows = asking.frames.informants
    return _of_people(asking, [i for i, row in enumerate(rows) if row.class_ in condition["class"]])


def _attribute(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    names = [name for row, name in asking.frames.attributes if row.hex() == condition["attribute"]]
    people, values = range(len(asking.frames.informants)), condition["values"]
    return _of_people(
        asking, [i for i in people if any(value_of(asking.study, i, name) in values for name in names)]
    )


def _source(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    rows = asking.frames.sources
    return _chosen(len(rows), asking.numbers(rows, condition["source"]))[asking.codings.source]


def _technique(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    rows = asking.frames.sources
    chosen = [number for number, row in enumerate(rows) if row.technique in condition["technique"]]
    return _chosen(len(rows), chosen)[asking.codings.source]


def _coder(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    return _named(asking.frames.coders, condition["coder"])[asking.codings.coder]


def _polarity(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    return _named(SIGNS, condition["polarity"])[asking.codings.sign]


def _evidence(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    return _named(EVIDENCE, condition["evidence"])[asking.codings.evidence]


def _named(names: Sequence[str], wanted: Sequence[str]) -> Mask:
    return np.array([name in wanted for name in names], dtype=np.bool_)


def _starred(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    starred = asking.codings.starred
    return starred if condition["starred"] else ~starred


def _memo(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    with asking.project.read() as connection:
        noted = with_memo(connection)
    has = np.fromiter((row in noted for row in asking.codings.id), np.bool_, len(asking.codings.id))
    return has if condition["memo"] else ~has


def with_memo(connection: Connection) -> set[bytes]:
    """The codings about which a memo is written."""
    about = select(raw(Memo.__table__.c.about_id)).where(Memo.about_table == "coding")
    return set(connection.scalars(about))


def _words(asking: _Asking, condition: Condition, among: Mask) -> Mask:
    """The codings in whose range a hit of the phrase lies whole; texts are read only where they must be."""
    words, codings, known = condition["words"], asking.codings, asking.texts.hits
    rows, sources = asking.frames.sources, np.unique(codings.source[among]).tolist()
    unread = [number for number in sources if (words, rows[number].id) not in known]
    for number, text in asking.read(unread):
        known[words, rows[number].id] = _hits(words, text)
    known[words, b""] = _hits(words, "")
    mask = np.zeros(len(codings.id), dtype=np.bool_)
    for number in sources:
        starts, ends = known[words, rows[number].id]
        first, last = np.searchsorted(codings.source, [number, number + 1])
        at = np.searchsorted(starts, codings.start[first:last])
        next_end = np.append(ends, SPAN)[at]  # hits never overlap, so the first that starts inside ends first
        mask[first:last] = next_end <= codings.end[first:last]
    return mask


def _all(asking: _Asking, condition: Condition, among: Mask) -> Mask:
    mask = among.copy()
    for part in sorted(condition["all"], key=_reads_texts):
        mask &= asking.mask(part, mask)
    return mask


def _reads_texts(condition: Condition) -> bool:
    return next(_phrases(condition), None) is not None


def _any(asking: _Asking, condition: Condition, among: Mask) -> Mask:
    mask = np.zeros(len(among), dtype=np.bool_)
    for part in condition["any"]:
        mask |= asking.mask(part, among)
    return mask


def _not(asking: _Asking, condition: Condition, among: Mask) -> Mask:
    return ~asking.mask(condition["not"], among)


# Where codings stand to each other -----------------------------------------------------------------------


def _overlapping(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    start, end = _placed(asking.codings)
    return _meeting((start, end), (start, end), asking.those(condition["overlapping"]))


def _near(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    those, turns = asking.those(condition["near"]), max(0, int(condition.get("turns", 1)))
    first, last = _units(asking)
    return _meeting((first, last + 1), (first - turns, last + turns + 1), those)


def _within(asking: _Asking, condition: Condition, _among: Mask) -> Mask:
    """Those inside a range that starts no later and ends no earlier: the greatest end so far tells.

    A coding that is itself one of `those` needs a second one, so the second greatest end is kept too.
    """
    those, (start, end) = asking.those(condition["within"]), _placed(asking.codings)
    order = np.flatnonzero(those)  # by start, as codings are
    ends = np.concatenate(([-1, -1], end[order]))
    greatest = np.maximum.accumulate(ends)
    second = np.maximum.accumulate(np.minimum(ends[1:], greatest[:-1]))
    before = np.searchsorted(start[order], start, "right")
    furthest = np.where(those, second[before], greatest[before + 1])
    inside: Mask = furthest >= end
    return inside


def _placed(codings: Codings) -> Ranges:
    """The ranges of all codings on one line, source after source."""
    return codings.source * SPAN + codings.start, codings.source * SPAN + codings.end


def _meeting(own: Ranges, theirs: Ranges, those: Mask) -> Mask:
    """Whose own range shares something with the range of one of `those`, other than itself."""
    begun = np.searchsorted(np.sort(theirs[0][those]), own[1], "left")
    over = np.searchsorted(np.sort(theirs[1][those]), own[0], "right")
    meeting: Mask = begun - over - those > 0
    return meeting


def _units(asking: _Asking) -> Ranges:
    """The first and last turn of each coding, source after source; paragraphs where there are no turns."""
    codings, turns, rows = asking.codings, asking.frames.turns, asking.frames.sources
    without = np.setdiff1d(np.unique(codings.source), np.unique(turns.source)).tolist()
    known = asking.texts.paragraphs
    for number, text in asking.read([i for i in without if rows[i].id not in known]):
        known[rows[number].id] = _paragraphs(text)
    paragraphs = [number * SPAN + known[rows[number].id] for number in without]
    starts = np.sort(np.concatenate([turns.source * SPAN + turns.start, *paragraphs]))
    first_of = np.searchsorted(starts, codings.source * SPAN, "left")
    start, end = _placed(codings)
    first, last = (np.searchsorted(starts, place, "right") - 1 for place in (start, end - 1))
    base = codings.source * FAR - first_of
    return np.maximum(first, first_of) + base, np.maximum(last, first_of) + base


_CONDITIONS: dict[str, Callable[[_Asking, Condition, Mask], Mask]] = {
    "code": _code, "informant": _informant, "class": _class, "attribute": _attribute, "source": _source,
    "technique": _technique, "coder": _coder, "polarity": _polarity, "evidence": _evidence,
    "starred": _starred, "memo": _memo, "words": _words, "all": _all, "any": _any, "not": _not,
    "overlapping": _overlapping, "near": _near, "within": _within,
}  # fmt: skip
