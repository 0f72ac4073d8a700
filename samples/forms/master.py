"""The plain texts in masters/: how they are written and read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

NOTICE = "DATA FIKTIF – hanya contoh / FICTIONAL DATA – sample only"
TURN = re.compile(r"([A-Z]) ?: ")
HEADING = re.compile(r"(#+) ")


@dataclass(frozen=True)
class Master:
    """One plain text: titles, header, and body lines (turns `P: …`, headings `## …`, paragraphs)."""

    stem: str
    titles: tuple[str, ...]
    header: tuple[tuple[str, str], ...]
    body: tuple[str, ...]

    def value(self, key: str) -> str:
        """What the header says under this key."""
        return dict(self.header)[key]

    def turns(self) -> list[tuple[str, str]]:
        """The body's turns: label and speech."""
        return [(line[0], TURN.sub("", line, count=1)) for line in self.body]


def read_master(path: Path) -> Master:
    """Read one master; its first block is notice, titles and header, the rest is the body."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    lines = head.split("\n")
    titles = tuple(line.removeprefix("# ") for line in lines if " : " not in line)
    header = tuple((line.split(" : ", 1)[0], line.split(" : ", 1)[1]) for line in lines if " : " in line)
    return Master(path.stem, titles, header, tuple(line for line in body.split("\n") if line))


def words(text: str) -> int:
    """How many words a text has: what stands between white space and holds a letter or digit."""
    return sum(1 for part in text.split() if re.search(r"\w", part))
