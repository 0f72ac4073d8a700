"""The texts of an open study with their numbered lines, kept until one changes, as far as memory allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import numpy as np

from qualcoder_lite.coding.counting.citations import Citations, lines_between, read_text
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.i18n import _
from qualcoder_lite.lines import Offsets
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.store.project import Project, state_of, touched_since

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
                found = read_text(connection, row)
            self._known.keep(row, *found)
        return found

    def quote(self, source: int, start: int, end: int) -> str:
        """The words of a range."""
        return self.of(source)[0][start:end]

    def citation(self, source: int, start: int, end: int) -> str:
        """How a range is cited."""
        return self.citations.of_range(source, start, end)

    @cached_property
    def citations(self) -> Citations:
        """How all quotes of the study are cited."""
        return Citations(self.study.frames, lambda source: self.of(source)[1])

    def many(
        self, codings: Numbers, progress: Progress = silent
    ) -> tuple[list[str], list[str], Numbers, Numbers]:
        """The quotes of codings, how they are cited, and their first and last lines; no text is kept."""
        frames, quotes, cited = self.study.frames, [""] * len(codings), [""] * len(codings)
        first = np.ones(len(codings), dtype=np.int64)
        last = first.copy()
        source, start, end = (
            x[codings] for x in (frames.codings.source, frames.codings.start, frames.codings.end)
        )
        numbers = np.unique(source).tolist()
        with self.project.read() as connection:
            for done, number in enumerate(numbers):
                text, lines = read_text(connection, frames.sources[number].id)
                citations, here = (
                    Citations(frames, {number: lines}.__getitem__),
                    np.flatnonzero(source == number),
                )
                for i in here:
                    quotes[i] = text[start[i] : end[i]]
                    cited[i] = citations.of_coding(int(codings[i]))
                first[here], last[here] = lines_between(lines, start[here], end[here])
                progress(done + 1, len(numbers), _("Reading passages"))
        return quotes, cited, first, last
