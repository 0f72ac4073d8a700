"""Found codings as lines of a list: quote, place, person; read from the texts only as they come into view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from qualcoder_lite.analysis.panels.lists import informants_listed, source_label, works_of_sources
from qualcoder_lite.analysis.search.queries import Found, with_memo
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.frames import EVIDENCE, INFORMANT, SIGNS, SPAN
from qualcoder_lite.readers.document import ROLES
from qualcoder_lite.store.project import Project

AT_ONCE = 32  # lines that are read together
LONGEST = 400  # characters of a quote that a line shows


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A coding; `place` cites it, `person` is who speaks, else what the source is called.

    `sign` is a polarity or None; start and end are code points, end exclusive; `code` is the code's id.
    """

    id: bytes
    source: bytes
    start: int
    end: int
    place: str
    code: bytes
    key: str
    sign: str | None
    evidence: str
    starred: bool
    memo: bool
    quote: str
    person: str
    coder: str


class PassageLines(Sequence[PassageLine]):
    """The lines of what was found, each read when it is asked for."""

    def __init__(self, project: Project, found: Found) -> None:
        """Nothing is read yet but who the people are."""
        self.found, self._texts = found, Texts(project, found.study)
        self._blocks: dict[int, list[PassageLine]] = {}
        self._places: dict[bytes, int] | None = None
        people = {line.id: line.work or line.alias for line in informants_listed(project)}
        self._people = [people.get(row.id, row.alias) for row in found.study.frames.informants]
        with project.read() as connection:
            self._noted, works = with_memo(connection), works_of_sources(connection)
        rows, turns = found.study.frames.sources, found.study.frames.turns
        self._turns = turns.source * SPAN + turns.start
        self._titles = [
            source_label(row.technique, row.title or row.key, works.get(row.id, "")) for row in rows
        ]

    def __len__(self) -> int:
        return len(self.found.numbers)

    @overload
    def __getitem__(self, at: int) -> PassageLine: ...
    @overload
    def __getitem__(self, at: slice) -> list[PassageLine]: ...
    def __getitem__(self, at: int | slice) -> PassageLine | list[PassageLine]:
        """A line, or several."""
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = at + len(self) if at < 0 else at
        if not 0 <= number < len(self):
            raise IndexError(at)
        block, within = divmod(number, AT_ONCE)
        if block not in self._blocks:
            part = self.found.numbers[block * AT_ONCE : (block + 1) * AT_ONCE]
            self._blocks[block] = [self._line(coding) for coding in part.tolist()]
        return self._blocks[block][within]

    def places(self) -> dict[bytes, int]:
        """The number of the line of each coding."""
        if self._places is None:
            self._places = {row: number for number, row in enumerate(self.found.ids)}
        return self._places

    def _line(self, number: int) -> PassageLine:
        frames = self.found.study.frames
        codings = frames.codings
        source, start, end = (int(part[number]) for part in (codings.source, codings.start, codings.end))
        text, _lines = self._texts.of(source)
        code, sign = frames.codes[codings.code[number]], SIGNS[codings.sign[number]]
        row = codings.id[number]
        return PassageLine(
            id=row,
            source=frames.sources[source].id,
            start=start,
            end=end,
            place=self._texts.citations.of_coding(number),
            code=code.id,
            key=code.key,
            sign=None if sign == "none" else sign,
            evidence=EVIDENCE[codings.evidence[number]],
            starred=bool(codings.starred[number]),
            memo=row in self._noted,
            quote=" ".join(text[start : min(end, start + LONGEST)].split()),
            person=self._person(number, source, start),
            coder=frames.coders[codings.coder[number]],
        )

    def _person(self, number: int, source: int, start: int) -> str:
        """The informants for whom the coding counts; else the role of who speaks, else the source."""
        study = self.found.study
        first, last = np.searchsorted(study.coding, [number, number + 1])  # pairs stand in order of codings
        people = study.informant[first:last].tolist()
        if people:
            return ", ".join(dict.fromkeys(self._people[person] for person in people))
        turns = study.frames.turns
        at = int(np.searchsorted(self._turns, source * SPAN + start, "right")) - 1
        if at >= 0 and turns.source[at] == source and turns.end[at] > start and turns.role[at] != INFORMANT:
            return word(ROLES[turns.role[at]])
        return self._titles[source]
