"""The texts of an open study with their numbered lines, kept until one changes, as far as memory allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import numpy as np
from sqlalchemy import Connection, select

from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.coding.tokens import TYPED, Numbering, find_tokens, numbering
from qualcoder_lite.i18n import _
from qualcoder_lite.lines import LINE_CHARACTERS, Offsets, line_number, line_starts
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.store.project import Project, state_of, touched_since
from qualcoder_lite.store.schema import Source, SourceText

KEPT = 12_000_000  # characters of texts that stay in memory; beyond that the first read goes first

Ranges = tuple[Numbers, Numbers]  # starts, ends: code points, end exclusive


@dataclass(eq=False)
class Known:
    """What was read of the texts of a study, by source id; `hits` by phrase and source, b"" for asked."""

    state: tuple[int, int]
    texts: dict[bytes, tuple[str, Offsets]] = field(default_factory=dict)
    hits: dict[tuple[str, bytes], Ranges] = field(default_factory=dict)
    paragraphs: dict[bytes, Numbers] = field(default_factory=dict)
    _one: Lock = field(default_factory=Lock)

    def keep(self, source: bytes, text: str, lines: Offsets) -> None:
        """Keep a text; earlier ones go where they would be too much. Several threads may read."""
        with self._one:
            self.texts[source] = text, lines
            characters = sum(len(kept) for kept, _lines in self.texts.values())
            while characters > KEPT and len(self.texts) > 1:
                characters -= len(self.texts.pop(next(iter(self.texts)))[0])


def text_cache(project: Project) -> Known:
    """What was read of this study's texts since one of them or its line rule changed."""
    before: Known | None = project.kept.get("texts")
    with project.read() as connection:
        now = state_of(connection)
        if before is not None and before.state > now:
            return Known(now)  # another thread has read later texts
        if before is None or touched_since(connection, before.state) & {"source", "source_text"}:
            before = Known(now)
        before.state = now
    project.kept["texts"] = before
    return before


class Texts:
    """The texts of sources by their number in a counted study, each read when it is needed."""

    def __init__(self, project: Project, study: Counted) -> None:
        """Nothing is read yet; what others read of unchanged texts is used."""
        self.project, self.study, self._known = project, study, text_cache(project)

    def of(self, source: int) -> tuple[str, Offsets]:
        """The text of a source and where its lines start."""
        row = self.study.frames.sources[source].id
        found = self._known.texts.get(row)
        if found is None:
            with self.project.read() as connection:
                found = _read(connection, row)
            self._known.keep(row, *found)
        return found

    def quote(self, source: int, start: int, end: int) -> str:
        """The words of a range."""
        return self.of(source)[0][start:end]

    def citation(self, source: int, start: int, end: int) -> str:
        """How a range is cited."""
        key, lines = self.study.frames.sources[source].key, self.of(source)[1]
        return citation(key, line_number(lines, start), line_number(lines, max(start, end - 1)))

    def with_lines(self, text: str) -> str:
        """A text of the researcher as a reader of paper can follow it: its tokens cite the lines of today.

        A token that leads nowhere stays as it is.
        """
        if not TYPED.search(text):
            return text
        shown, at = "", 0
        for token in find_tokens(self._numbering, text):
            if token.coding >= 0:
                shown += f"{text[at : token.at]}[{self.citation(token.source, token.start, token.end)}]"
                at = token.to
        return shown + text[at:]

    @cached_property
    def _numbering(self) -> Numbering:
        return numbering(self.study.frames)

    def many(self, codings: Numbers, progress: Progress = silent) -> tuple[list[str], Numbers, Numbers]:
        """The quotes of codings and their first and last lines; no text is kept."""
        all_codings, quotes = self.study.frames.codings, [""] * len(codings)
        first = np.ones(len(codings), dtype=np.int64)
        last = first.copy()
        source, start, end = (x[codings] for x in (all_codings.source, all_codings.start, all_codings.end))
        numbers = np.unique(source).tolist()
        with self.project.read() as connection:
            for done, number in enumerate(numbers):
                text, lines = _read(connection, self.study.frames.sources[number].id)
                here = np.flatnonzero(source == number)
                for i in here:
                    quotes[i] = text[start[i] : end[i]]
                first[here] = np.maximum(1, np.searchsorted(lines, start[here], "right"))
                last[here] = np.maximum(first[here], np.searchsorted(lines, end[here] - 1, "right"))
                progress(done + 1, len(numbers), _("Reading passages"))
        return quotes, first, last


def citation(source: str, first: int, last: int) -> str:
    """How a passage is cited: citation code and numbered lines."""
    lines = str(first) if first == last else f"{first}–{last}"
    return _("{source}·line {lines}").format(source=source, lines=lines)


def _read(connection: Connection, source: bytes) -> tuple[str, Offsets]:
    """The text of a source and where its numbered lines start, by the source's own rule."""
    joined = select(SourceText.text, Source.line_rule).join(Source, Source.id == SourceText.source_id)
    found = connection.execute(joined.where(Source.id == source)).first()
    text, rule = (str(found[0]), dict(found[1] or {})) if found else ("", {})
    return text, line_starts(text, int(rule.get("characters", LINE_CHARACTERS)))
