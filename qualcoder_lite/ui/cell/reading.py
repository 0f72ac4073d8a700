"""What the panel of a cell is told: its passages with the colours of their codes, and where tokens lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qualcoder_lite.analysis.cells.cell import SPEECH, CellPassage, CodingMark, passages_of
from qualcoder_lite.analysis.cells.changes import SeenChange, change_in_words
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.counted import Counted, counted
from qualcoder_lite.coding.counting.references import codings_of_reference
from qualcoder_lite.coding.tokens import find_tokens
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.store.project import Project
from qualcoder_lite.ui.matrix.lines import Column, Line

WORDED = ("technique", "class", "study")  # kinds of headings whose key is a word of the program
LONGEST = 600  # characters of a quote that the list shows


@dataclass(frozen=True)
class CodeMark:
    """A code on a passage: key, colour number (0: none), emic or not, sign."""

    key: str
    colour: int
    emic: bool
    sign: str


@dataclass(frozen=True)
class Passage:
    """A passage as the list shows it; `number` is its place in the researcher's order, else 0."""

    told: CellPassage
    marks: tuple[CodeMark, ...]
    number: int = 0
    badge: str = ""  # what else is to be seen of it
    note: str = ""  # what the researcher wrote of it, a line

    @property
    def codings(self) -> tuple[bytes, ...]:
        """The ids of its codings."""
        return tuple(mark.id for mark in self.told.codings)

    @property
    def token(self) -> str:
        """What a text cites it by."""
        return self.told.token

    @property
    def chosen(self) -> bool:
        """Whether the researcher chose it as evidence."""
        return self.told.chosen

    @property
    def quote(self) -> str:
        """Its words on one line, in quotation marks."""
        return f"“{' '.join(self.told.quote[:LONGEST].split())}”"

    @property
    def citation(self) -> str:
        """How it is cited."""
        return self.told.citation


def shown_passages(
    told: Sequence[CellPassage], codes: Mapping[str, CodeLine], ordered: bool = False
) -> list[Passage]:
    """Passages with the colours of their codes (by key); numbered where they are in order."""
    return [
        Passage(one, tuple(_mark(mark, codes) for mark in one.codings), number if ordered else 0, _layer(one))
        for number, one in enumerate(told, 1)
    ]


def said_and_seen(project: Project, matrix: Matrix, line: Line, column: Column) -> list[CellPassage]:
    """Beside a proposed state: the passages that say one thing, then those in which another was seen."""
    if column.field not in ("note", "state"):
        return []
    sides = matrix.details.get("sides", {}).get(matrix.rows[line.row].key, ())
    return [one for side in sides for one in passages_of(project, matrix.counted, side)]


def _layer(told: CellPassage) -> str:
    """The technique of what no informant says, empty for their speech."""
    return "" if told.layer == SPEECH else word(told.layer)


def _mark(mark: CodingMark, codes: Mapping[str, CodeLine]) -> CodeMark:
    line = codes.get(mark.code)
    emic = line is not None and line.perspective == "emic"
    return CodeMark(mark.code, line.colour if line else 0, emic, mark.sign)


def number_in_row(matrix: Matrix, row: str) -> int:
    """How many different ranges the coder's codings of a whole row have."""
    study: Counted = matrix.counted
    of = study.frames.codings
    mine = np.flatnonzero(codings_of_reference(study, row) & study.of_coder(matrix.coder))
    places = zip(of.source[mine].tolist(), of.start[mine].tolist(), of.end[mine].tolist(), strict=True)
    return len(set(places))


def place_of(project: Project, token: str) -> tuple[bytes, int, int] | None:
    """Where a token leads: source, start, end (code points, end exclusive); None where it leads nowhere."""
    study = counted(project)
    found, frames = find_tokens(Texts(project, study).citations, token), study.frames
    if not found or found[0].coding < 0:
        return None
    return frames.sources[found[0].source].id, found[0].start, found[0].end


def changes_in_words(study: Counted, changes: Sequence[SeenChange]) -> list[str]:
    """What changed since a cell was written, a line for each coding: where, which code, what became of it."""
    said = []
    for change in changes:
        look = change.now or change.before
        place = study.frames.sources[change.source].key if change.source >= 0 else ""
        named = " ".join(part for part in (place, look.code if look else "") if part)
        said.append(_("{coding}: {what}").format(coding=named, what=change_in_words(change)))
    return said


def linked_words(choice: Choice) -> str:
    """What makes two codings stand together."""
    if choice.linked == "near":
        return n_("at most {n} turn apart", "at most {n} turns apart", choice.turns).format(n=choice.turns)
    return _("same turn") if choice.linked == "turn" else _("same characters")


def called(heading: Heading) -> str:
    """What a heading is called in the head of the panel."""
    if heading.kind in WORDED:
        return heading.name
    is_code = heading.kind == "code" and heading.name != heading.key
    return f"{heading.key} {heading.name}" if is_code else heading.key
