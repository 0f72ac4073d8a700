"""A cell with all that stands behind it: passages in three modes, what is written, its rules, what changed.

Only what informants say feeds the emic layer; observation and documents are told apart by `layer`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from qualcoder_lite.analysis.cells.changes import SeenChange, changes_since
from qualcoder_lite.analysis.cells.status_rules import broken_rules
from qualcoder_lite.analysis.cells.written import Written, read_cells
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.linking import linked_pairs
from qualcoder_lite.analysis.matrices.matrix import count_for
from qualcoder_lite.analysis.search.excerpts import speakers
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.coding.counting.counted import Counted, distinct_pairs
from qualcoder_lite.coding.counting.frames import EVIDENCE, SIGNS, Numbers
from qualcoder_lite.coding.counting.overlaps import passages
from qualcoder_lite.coding.counting.references import codings_of_reference, evidence, pair
from qualcoder_lite.coding.tokens import token_of
from qualcoder_lite.i18n import language
from qualcoder_lite.store.project import Project

MODES = ("cell", "row", "chosen")
Ranges = list[tuple[int, int, int, list[int]]]
"""Source, start and end, with the codings (numbers) that carry the range."""
SPEECH = "speech"  # the layer of what informants say; others are called by the technique of their source


@dataclass(frozen=True, slots=True)
class CodingMark:
    """A coding of a passage: its id, code by key and name, sign (of SIGNS), kind of evidence, coder."""

    id: bytes
    code: str
    name: str
    sign: str
    evidence: str
    coder: str
    starred: bool


@dataclass(frozen=True, slots=True)
class CellPassage:
    """A range that a cell shows, with its quote and the codings that carry it there.

    `citation` is how it is cited, `token` what a text cites it by: the coding that begins where it begins.
    `speaker` is the alias or role, `layer` SPEECH or a technique. Start and end: code points, end exclusive.
    """

    source: bytes
    key: str
    start: int
    end: int
    quote: str
    token: str
    citation: str
    speaker: str
    layer: str
    codings: tuple[CodingMark, ...]
    chosen: bool


@dataclass(frozen=True)
class CellPanel:
    """A cell: what is written, and how many codings and passages (merged ranges) stand behind it.

    `broken` are keys of `status_rules.RULES`; `changes` is empty unless the cell is stale.
    """

    first: str
    second: str
    written: Written | None
    codings: int
    passages: int
    broken: tuple[str, ...]
    changes: tuple[SeenChange, ...]


def cell_panel(project: Project, choice: Choice, row: str, column: str) -> CellPanel:
    """What is written in the cell of two references, and what stands behind it for this choice."""
    study, coder = count_for(project, choice)
    mine = _behind(study, coder, row, column)
    codings, key = study.frames.codings, pair(row, column)
    written = read_cells(project, {key}).get(key)
    ranges = codings.source[mine], codings.start[mine], codings.end[mine]
    merged = len(passages(mine * 0, *ranges).start)
    quotes = len(written.chosen) if written and written.chosen else int(codings.starred[mine].sum())
    broken = broken_rules(written, quotes, len(mine)) if written else []
    changes = changes_since(project, row, column) if written and written.stale else []
    return CellPanel(*key, written, len(mine), merged, tuple(broken), tuple(changes))


def cell_passages(
    project: Project, choice: Choice, row: str, column: str, mode: str = "cell", most: int | None = None
) -> list[CellPassage]:
    """The passages of a cell, of the whole row, or those chosen as evidence, in the order of the texts.

    Chosen ones stand in the order in which they were chosen, whoever coded them and whatever the filters
    leave in. The cell of two codes shows what they share by the rule of the choice. `most` is how many are
    read, for a cell with thousands of them.
    """
    if mode not in MODES:
        raise ValueError(f"no mode: {mode}")
    study, coder = count_for(project, choice)
    key = pair(row, column)
    written = read_cells(project, {key}).get(key)
    chosen = written.chosen if written else ()
    if mode == "chosen":
        ranges = _chosen_ranges(study, chosen)
    elif mode == "row":
        ranges = _by_range(study, np.flatnonzero(codings_of_reference(study, row) & study.of_coder(coder)))
    elif row.startswith("code:") and column.startswith("code:"):
        ranges = _shared(study, coder, row, column, choice)
    else:
        ranges = _by_range(study, _behind(study, coder, row, column))
    return _told(project, study, ranges[:most], chosen)


def passages_of(
    project: Project, study: Counted, numbers: Numbers, in_order: bool = True
) -> list[CellPassage]:
    """The passages of some codings (numbers), in the order of the texts, or as they are given."""
    return _told(project, study, _by_range(study, numbers, in_order), ())


def _chosen_ranges(study: Counted, chosen: Iterable[bytes]) -> Ranges:
    places = {row_id: number for number, row_id in enumerate(study.frames.codings.id)}
    numbers = np.array([places[row_id] for row_id in chosen], dtype=np.int64)
    return _by_range(study, numbers, in_order=False)


def _behind(study: Counted, coder: str, row: str, column: str) -> Numbers:
    """The codings of this coder behind a pair."""
    found = evidence(study, row, column)
    return found[study.of_coder(coder)[found]]


def _by_range(study: Counted, numbers: Numbers, in_order: bool = True) -> Ranges:
    """The different ranges of codings, each with all of these codings that lie on exactly it."""
    codings, found = study.frames.codings, dict[tuple[int, int, int], list[int]]()
    for number in numbers.tolist():
        place = int(codings.source[number]), int(codings.start[number]), int(codings.end[number])
        found.setdefault(place, []).append(number)
    ranges = [(*place, members) for place, members in found.items()]
    return sorted(ranges) if in_order else ranges


def _shared(study: Counted, coder: str, row: str, column: str, choice: Choice) -> Ranges:
    """The passages that two codes share, each with the codings whose pairs made it."""
    mine = study.of_coder(coder)
    one, other = (np.flatnonzero(codings_of_reference(study, ref) & mine) for ref in (row, column))
    found = linked_pairs(study, one, other, choice.linked, choice.turns)
    merged = passages(found.one * 0, study.frames.codings.source[found.one], found.start, found.end)
    place, member = distinct_pairs(np.tile(merged.of, 2), np.concatenate((found.one, found.other)))
    members = np.split(member, np.searchsorted(place, np.arange(1, len(merged.start))))
    columns = (merged.source.tolist(), merged.start.tolist(), merged.end.tolist())
    return [(*range_, of.tolist()) for *range_, of in zip(*columns, members, strict=False)]


def _told(project: Project, study: Counted, ranges: Ranges, chosen: Iterable[bytes]) -> list[CellPassage]:
    frames, texts = study.frames, Texts(project, study)
    picked, first = set(chosen), np.array([members[0] for *_place, members in ranges], dtype=np.int64)
    said, speaking = speakers(frames, first), set(study.coding[np.isin(study.coding, first)].tolist())
    return [
        CellPassage(
            source=frames.sources[source].id,
            key=frames.sources[source].key,
            start=start,
            end=end,
            quote=texts.quote(source, start, end),
            token=token_of(texts.citations, _beginning(study, members)),
            citation=texts.citation(source, start, end),
            speaker=speaker,
            layer=SPEECH if members[0] in speaking else frames.sources[source].technique,
            codings=tuple(mark_of(study, member) for member in members),
            chosen=any(frames.codings.id[member] in picked for member in members),
        )
        for (source, start, end, members), speaker in zip(ranges, said, strict=True)
    ]


def _beginning(study: Counted, members: list[int]) -> int:
    """Of the codings that made a passage that with which it begins: what two share begins with the later."""
    return max(members, key=lambda member: (study.frames.codings.start[member], -member))


def mark_of(study: Counted, number: int) -> CodingMark:
    """A coding as it stands beside its passage."""
    of, code = study.frames.codings, study.frames.codes[study.frames.codings.code[number]]
    sign, kind = SIGNS[of.sign[number]], EVIDENCE[of.evidence[number]]
    coder = study.frames.coders[of.coder[number]]
    return CodingMark(
        of.id[number], code.key, code.name(language()), sign, kind, coder, bool(of.starred[number])
    )
