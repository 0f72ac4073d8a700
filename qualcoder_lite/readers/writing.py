"""A text that grows piece by piece, with its marks; what readers of structured files write into."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcoder_lite.readers.document import Mark, MarkKind


@dataclass
class Writing:
    """Pieces of text and marks upon them; `length` is in code points."""

    parts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0
    joins: bool = True  # the next block goes on in the same line

    def write(self, text: str) -> None:
        """Add text at the end."""
        self.parts.append(text)
        self.length += len(text)

    def begin_block(self) -> int:
        """Start a new line, unless this is the first or the last one was left open; gives its start."""
        if not self.joins:
            self.write("\n")
        self.joins = False
        return self.length

    def mark(self, kind: MarkKind, start: int, value: int = 0) -> None:
        """Mark what was written since `start`; a mark of the same kind that ends there is prolonged."""
        if start >= self.length:
            return
        for index in range(len(self.marks) - 1, max(-1, len(self.marks) - 4), -1):
            last = self.marks[index]
            if kind in ("bold", "italic") and last.kind == kind and last.end == start:
                self.marks[index] = Mark(kind, last.start, self.length)
                return
        self.marks.append(Mark(kind, start, self.length, value))

    def take(self, other: Writing) -> int:
        """Add another writing with its marks at the end; gives its start."""
        start = self.length
        self.marks += [
            Mark(mark.kind, mark.start + start, mark.end + start, mark.value) for mark in other.marks
        ]
        self.write(other.text())
        return start

    def text(self) -> str:
        """The whole text so far."""
        return "".join(self.parts)
