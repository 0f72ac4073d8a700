"""What the panel of a cell is told: its passages, what changed since it was written, checks by informants."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import select

from qualcoder_lite.analysis.excerpts import Texts
from qualcoder_lite.analysis.matrix import Matrix
from qualcoder_lite.analysis.panels import called, works_of_sources
from qualcoder_lite.analysis.written import Written
from qualcoder_lite.coding.counted import Counted, counted
from qualcoder_lite.coding.frames import SIGNS
from qualcoder_lite.coding.references import pair, seen
from qualcoder_lite.coding.tokens import Numbering, find_tokens, numbering, token_of
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.lines import line_number
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Cell, Coder, Informant, MemberCheck

LONGEST = 600  # characters of a quote that the list shows


@dataclass(frozen=True)
class CodeMark:
    """A code on a passage: key, colour number, emic or not, sign."""

    key: str
    colour: int
    emic: bool
    sign: str


@dataclass(frozen=True)
class Passage:
    """A range with its codings in the cell; offsets are code points, end exclusive."""

    codings: tuple[bytes, ...]
    source: bytes
    start: int
    end: int
    token: str  # `[A3·3]`
    quote: str
    lines: str
    person: str
    marks: tuple[CodeMark, ...]
    starred: bool
    chosen: bool = False
    number: int = 0  # in the researcher's order, from 1


@dataclass(frozen=True)
class CheckLine:
    """What an informant said of the statement."""

    id: bytes
    alias: str
    verdict: str
    date: str | None
    method: str
    correction: str
    statement: str


class Reader:
    """Reads of one study as it counts now; texts and numbers of passages once, when they are needed."""

    def __init__(self, project: Project, matrix: Matrix, colours: dict[bytes, int]) -> None:
        """For one matrix; `colours` by the id of a code."""
        self.project, self.matrix, self.colours = project, matrix, colours
        self.texts = Texts(project, matrix.counted)

    @cached_property
    def numbered(self) -> Numbering:
        """The passages of all sources as they are numbered."""
        return numbering(self.matrix.counted.frames)

    @cached_property
    def _people(self) -> list[str]:
        """What each source is called: an interview by the work of its informant."""
        with self.project.read() as connection:
            works = works_of_sources(connection)
        rows = self.matrix.counted.frames.sources
        return [called(row.technique, row.title or row.key, works.get(row.id, "")) for row in rows]

    def codings_in(self, rows: Sequence[int], columns: Sequence[int]) -> list[int]:
        """The codings (numbers) behind some rows and columns, in the order of the texts."""
        evidence = self.matrix.evidence
        if evidence.empty:
            return []
        inside = np.isin(evidence["row"].to_numpy(np.int64), rows)
        inside &= np.isin(evidence["column"].to_numpy(np.int64), columns)
        if "coding" in evidence:
            return [int(n) for n in np.unique(evidence["coding"].to_numpy(np.int64)[inside])]
        part = evidence[inside]
        found: set[int] = set()
        for source, start, end in zip(part["source"], part["start"], part["end"], strict=True):
            found |= set(self._touching(int(source), int(start), int(end)))
        return sorted(found)

    def _touching(self, source: int, start: int, end: int) -> list[int]:
        """The coder's codings that share a character with a range and stand under its row or column."""
        study = self.matrix.counted
        codings = study.frames.codings
        mask = study.of_coder(self.matrix.coder) & (codings.source == source)
        mask &= (codings.start < end) & (codings.end > start)
        return [int(n) for n in np.flatnonzero(mask)]

    def ranges(self, codings: Sequence[int]) -> int:
        """How many passages codings are: those on one range are one."""
        of, chosen = self.matrix.counted.frames.codings, np.array(codings, dtype=np.int64)
        return len(
            set(
                zip(
                    of.source[chosen].tolist(),
                    of.start[chosen].tolist(),
                    of.end[chosen].tolist(),
                    strict=True,
                )
            )
        )

    def passages(self, codings: Iterable[int], chosen: Sequence[bytes]) -> list[Passage]:
        """Codings as passages, those on one range together; each tells whether it is chosen."""
        of = self.matrix.counted.frames.codings
        ranges: dict[tuple[int, int, int], list[int]] = {}
        for coding in codings:
            place = int(of.source[coding]), int(of.start[coding]), int(of.end[coding])
            ranges.setdefault(place, []).append(coding)
        order: dict[bytes, int] = {row: place for place, row in enumerate(chosen)}
        made = [self._passage(place, numbers, order) for place, numbers in ranges.items()]
        numbers = {p.codings: n for n, p in enumerate(_in_order(made, order), 1) if p.chosen}
        return [_with_number(p, numbers.get(p.codings, 0)) for p in made]

    def _passage(self, place: tuple[int, int, int], codings: list[int], order: dict[bytes, int]) -> Passage:
        frames = self.matrix.counted.frames
        source, start, end = place
        text, lines = self.texts.of(source)
        first, last = line_number(lines, start), line_number(lines, max(start, end - 1))
        marks = []
        for coding in codings:
            code = frames.codes[frames.codings.code[coding]]
            sign = SIGNS[frames.codings.sign[coding]]
            marks.append(CodeMark(code.key, self.colours.get(code.id, 0), code.perspective == "emic", sign))
        ids = tuple(frames.codings.id[coding] for coding in codings)
        quote = " ".join(text[start : min(end, start + LONGEST)].split())
        return Passage(
            ids,
            frames.sources[source].id,
            start,
            end,
            token_of(self.numbered, codings[0]),
            f"“{quote}”",
            str(first) if first == last else f"{first}–{last}",
            self._people[source],
            tuple(marks),
            any(frames.codings.starred[coding] for coding in codings),
            any(row in order for row in ids),
        )

    def of_ids(self, ids: Sequence[bytes]) -> list[int]:
        """The numbers of codings that are still there, in this order."""
        return [self.numbered.codings[row] for row in ids if row in self.numbered.codings]

    def place_of(self, token: str) -> tuple[bytes, int, int] | None:
        """Where a token leads: source, start, end; None where it leads nowhere."""
        found = find_tokens(self.numbered, token)
        if not found or found[0].coding < 0:
            return None
        return self.matrix.counted.frames.sources[found[0].source].id, found[0].start, found[0].end


def _in_order(passages: list[Passage], order: dict[bytes, int]) -> list[Passage]:
    last = len(order)
    return sorted(passages, key=lambda p: min((order.get(row, last) for row in p.codings), default=last))


def chosen_first(passages: list[Passage]) -> list[Passage]:
    """The chosen ones in the researcher's order."""
    return sorted((p for p in passages if p.chosen), key=lambda p: p.number)


def _with_number(passage: Passage, number: int) -> Passage:
    return replace(passage, number=number)


# What else is known of a cell ----------------------------------------------------------------------------


def last_written(project: Project, cell: bytes) -> tuple[str, datetime.date] | None:
    """Who changed a cell last, and when."""
    statement = select(Cell.modified_at, Coder.name).outerjoin(Coder, Coder.id == Cell.modified_by)
    with project.read() as connection:
        found = connection.execute(statement.where(Cell.id == cell)).first()
    if found is None or not found[0]:
        return None
    return str(found[1] or ""), datetime.datetime.fromtimestamp(found[0] / 1000).date()


def checks_of(project: Project, cell: bytes) -> list[CheckLine]:
    """The member checks of a cell, the first first."""
    columns = (
        MemberCheck.id,
        Informant.alias,
        MemberCheck.verdict,
        MemberCheck.date,
        MemberCheck.method,
        MemberCheck.correction,
        MemberCheck.statement,
    )
    joined = select(*columns).join(Informant, Informant.id == MemberCheck.informant_id)
    with project.read() as connection:
        rows = connection.execute(joined.where(MemberCheck.cell_id == cell).order_by(MemberCheck.id)).all()
    return [CheckLine(*row) for row in rows]


def changed_since(project: Project, cell: bytes, first: str, second: str) -> list[str]:
    """What differs between the evidence that a cell saw and that of now, in words."""
    study = counted(project)
    with project.read() as connection:
        saw = connection.scalar(select(Cell.seen).where(Cell.id == cell)) or []
    before = {row[0]: row[1:] for row in _as_lists(saw)}
    now = {row[0]: row[1:] for row in _as_lists(seen(study, *pair(first, second)))}
    said = []
    new, gone = now.keys() - before.keys(), before.keys() - now.keys()
    moved = [row for row in now.keys() & before.keys() if now[row] != before[row]]
    if new:
        words = n_("{n} new coding: {names}", "{n} new codings: {names}", len(new))
        said.append(words.format(n=len(new), names=_names(study, new)))
    if gone:
        said.append(n_("{n} coding is gone", "{n} codings are gone", len(gone)).format(n=len(gone)))
    if moved:
        words = n_("{n} coding was changed: {names}", "{n} codings were changed: {names}", len(moved))
        said.append(words.format(n=len(moved), names=_names(study, moved)))
    return said


def _as_lists(rows: Any) -> list[list[Any]]:
    return json.loads(rows) if isinstance(rows, str | bytes) else [list(row) for row in rows]


def _names(study: Counted, ids: Iterable[str]) -> str:
    """Codings by token and code."""
    numbered, codes = numbering(study.frames), study.frames.codes
    found = [numbered.codings.get(bytes.fromhex(row), -1) for row in ids]
    named = [
        f"{token_of(numbered, n)[1:-1]} {codes[study.frames.codings.code[n]].key}"
        for n in sorted(found)
        if n >= 0
    ]
    return ", ".join(named[:4]) + ("…" if len(named) > 4 else "")


def hints_of(written: Written | None, evidence: int) -> list[str]:
    """What the status asks for and is not there yet: a hint, never a block."""
    if written is None:
        return []
    status, found = written.status, []
    if status in ("aligned", "partial", "gap") and not evidence:
        found.append(_("This status needs at least one passage."))
    if status in ("aligned", "partial", "gap") and not written.etic_reading.strip():
        found.append(_("This status needs an etic reading to compare with."))
    if status == "gap" and not written.gap_note.strip():
        found.append(_("A gap needs a note that says what differs."))
    if status == "emic_only" and written.etic_reading.strip():
        found.append(_("“Emic only” stands beside an etic reading."))
    if status == "etic_only" and evidence:
        found.append(_("“Etic only” stands beside passages of informants."))
    if written.emic_summary.strip() and not evidence:
        found.append(_("The summary has no passage behind it."))
    return found
