"""Coded transcripts: line, speaker, words, codes, as the appendix of a thesis shows them.

Lines are broken here by the source's own rule and numbered, so that a citation names the line that is seen.
Speakers stand by alias or role; labels, time stamps and the header block of the file are left out, because
real names may stand in them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcoder_lite.analysis.panels.reading import CodingLine, SourceRead, TurnLine, read_source
from qualcoder_lite.analysis.terms import SIGN_MARKS, word
from qualcoder_lite.analysis.whole import study_head
from qualcoder_lite.coding.counting.citations import Citations
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.counting.frames import Frames
from qualcoder_lite.export.report import Block, Cell, Column, Heading, Paragraph, Part, Row, Run, Table, words
from qualcoder_lite.export.view import date_text
from qualcoder_lite.i18n import _, language
from qualcoder_lite.lines import Offsets, line_starts
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.readers.header import HEADER_KEYS, is_header_key
from qualcoder_lite.store.project import Project

_KEY = re.compile(r"\s*([^:=\t\n]{1,40}?)\s*[:=\t]")
_NAMING = ("nama", "inisial", "informan")  # header keys behind which a real name may stand
_STAMP = 24  # letters that a time stamp may add to a label


@dataclass(frozen=True)
class Stretch:
    """A stretch of text that is shown as one row, with who speaks it."""

    start: int
    end: int
    speaker: str


def transcript_parts(project: Project, coder: str = "", progress: Progress = silent) -> Iterator[Part]:
    """Each source on pages of its own, with the codings of a coder, or of all where none is named."""
    frames = counted(project).frames
    for done, source in enumerate(frames.sources):
        read = read_source(project, source.id, coder or None)
        yield Part((*_head(read), _table(read, frames)), wide=True)
        progress(done + 1, len(frames.sources), _("Writing transcripts"))


def front(project: Project) -> Part:
    """What stands before the transcripts."""
    lines = (
        _("Coded passages are shaded, with their line where they begin and end; the codes stand beside."),
        _("Labels of speakers become aliases or roles; titles and texts stay."),
    )
    return Part((words(study_head(project).title, "body", "bold"), *(words(line, "body") for line in lines)))


def _head(read: SourceRead) -> Iterator[Block]:
    yield Heading(f"{read.key} – {read.title}" if read.title not in ("", read.key) else read.key, 2)
    known = [
        word(read.technique),
        date_text(read.date) if read.date else "",
        read.time or "",
        read.place,
        ", ".join(dict.fromkeys(turn.alias for turn in read.turns if turn.alias)),
    ]
    yield words(" · ".join(part for part in known if part), "body")


def _table(read: SourceRead, frames: Frames) -> Table:
    heads = (
        Column(_("Line"), 0.8, centred=True),
        Column(_("Speaker"), 1.7),
        Column(_("Verbatim"), 7.6),
        Column(_("Codes"), 4.6),
    )
    lines = line_starts(read.text, read.line_characters)
    starts, numbered = lines.tolist(), _cited(read, frames, lines)
    names = {code.id: f"{code.key} {code.name(language())}" for code in frames.codes}
    rows = tuple(_row(read, stretch, starts, numbered, names) for stretch in stretches(read))
    nothing = tuple(words("—", "blank") for _head in heads)
    return Table("", heads, rows or (Row(tuple((mark,) for mark in nothing)),), chapter=0)


# What is shown ---------------------------------------------------------------------------------------------


def stretches(read: SourceRead) -> list[Stretch]:
    """The turns, and between them the lines that are no labels; header lines only where they are coded."""
    found: list[Stretch] = []
    at = 0
    for turn in read.turns:
        found += _between(read, at, turn.start, turn)
        found.append(Stretch(turn.start, turn.end, turn.alias or word(turn.role)))
        at = turn.end
    return found + _between(read, at, len(read.text), None)


def _between(read: SourceRead, start: int, end: int, following: TurnLine | None) -> list[Stretch]:
    """The lines from the end of one turn to the start of the next that are worth showing."""
    found = []
    at = start
    for line in read.text[start:end].split("\n"):
        first, last = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        beside_turn = (at == start > 0) or (following is not None and at + len(line) == end)
        shown = first < last and not (
            beside_turn or _is_label(line, following) or _is_header(read, line, start)
        )
        if shown or (first < last and any(c.start < last and first < c.end for c in read.codings)):
            found.append(Stretch(first, last, ""))
        at += len(line) + 1
    return found


def _is_label(line: str, following: TurnLine | None) -> bool:
    if following is None or not following.label:
        return False
    return following.label in line and len(line.strip()) <= len(following.label) + _STAMP


def _is_header(read: SourceRead, line: str, start: int) -> bool:
    """Tell whether a line before the first turn belongs to the header; without turns, whether it names."""
    match = _KEY.match(line)
    if start or match is None or not is_header_key(match[1]):
        return False
    return bool(read.turns) or HEADER_KEYS.get(match[1].lower().replace(".", "")) in _NAMING


# Rows ------------------------------------------------------------------------------------------------------

Names = dict[bytes, str]  # of codes, by id
Numbered = list[tuple[int, int, list[CodingLine], str]]  # ranges in order, their codings, how they are cited


def _cited(read: SourceRead, frames: Frames, lines: Offsets) -> Numbered:
    """The ranges of the codings in the order of the text, with the lines by which they are cited."""
    source = next(number for number, row in enumerate(frames.sources) if row.id == read.id)
    citations, codings = Citations(frames, {source: lines}.__getitem__), read.codings
    ranges: dict[tuple[int, int], list[CodingLine]] = {}
    for coding in sorted(codings, key=lambda c: (c.start, c.end)):
        ranges.setdefault((coding.start, coding.end), []).append(coding)
    return [
        (start, end, listed, citations.of_range(source, start, end).rpartition("·")[2])
        for (start, end), listed in ranges.items()
    ]


def _row(read: SourceRead, stretch: Stretch, starts: Sequence[int], numbered: Numbered, names: Names) -> Row:
    first, beyond = bisect_right(starts, stretch.start), bisect_left(starts, stretch.end)
    lines = "\n".join(str(number) for number in range(max(first, 1), max(beyond, first, 1) + 1))
    touching = [passage for passage in numbered if passage[0] < stretch.end and stretch.start < passage[1]]
    beginning = [passage for passage in touching if passage[0] >= stretch.start]
    return Row(
        (
            (words(lines, "lines"),),
            (words(stretch.speaker or "–", "text" if stretch.speaker else "count"),),
            (_verbatim(read.text, stretch, starts[first:beyond], touching),),
            _codes(beginning, names),
        )
    )


def _verbatim(text: str, stretch: Stretch, breaks: Sequence[int], touching: Numbered) -> Paragraph:
    """The words, broken into numbered lines, with coded ranges shaded and named at both ends."""
    ranges = {cited.partition("–")[0]: (start, end) for start, end, _codings, cited in touching}
    cuts = {stretch.start, stretch.end, *breaks, *(edge for span in ranges.values() for edge in span)}
    inside = sorted(cut for cut in cuts if stretch.start <= cut <= stretch.end)
    runs: list[Run] = []
    for at, to in zip(inside, [*inside[1:], stretch.end], strict=True):
        runs += [Run(f"{n}]", "mark") for n, (_start, end) in ranges.items() if end == at]
        if at in breaks:
            runs.append(Run("\n"))
        runs += [
            Run(f"[{n}", "mark") for n, (start, _end) in ranges.items() if start == at and at < stretch.end
        ]
        coded = any(start <= at < end for start, end in ranges.values())
        words_here = text[at:to]
        shown = words_here.rstrip() if to in breaks else words_here
        if shown:
            runs.append(Run(shown.replace("\n", " "), "coded" if coded else ""))
    return Paragraph(tuple(runs), "verbatim")


def _codes(beginning: Numbered, names: Names) -> Cell:
    """For each passage that begins here its lines and codes."""
    if not beginning:
        return (words("–", "count"),)
    paragraphs = []
    for _start, _end, codings, cited in beginning:
        said = "; ".join(dict.fromkeys(names[coding.code] + _sign(coding) for coding in codings))
        paragraphs.append(Paragraph((Run(f"{cited} ", "bold"), Run(said))))
    return tuple(paragraphs)


def _sign(coding: CodingLine) -> str:
    mark = SIGN_MARKS.get(coding.polarity or "", "")
    return f"\u00a0({mark})" if mark else ""
