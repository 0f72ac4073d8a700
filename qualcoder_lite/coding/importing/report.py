"""What an import did, file by file, so that a person can check what was inferred."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.readers.document import Aside, Remark, Suggestion
from qualcoder_lite.readers.names import NameFound

Names = tuple[tuple[str, str], ...]
"""Aliases with the real names behind them: for the key file, never for the study."""


@dataclass(frozen=True)
class ImportedSpeaker:
    """A label of an imported file: its role, the alias behind it, how sure that is, why (a message id)."""

    label: str
    role: str
    informant: str | None
    sure: bool
    reason: str
    turns: int


@dataclass(frozen=True)
class ImportedFile:
    """A file that is now a source. `characters` counts code points, `turns` ranges of speech."""

    path: Path
    id: bytes
    key: str
    title: str
    technique: str
    characters: int
    turns: int
    speakers: tuple[ImportedSpeaker, ...]
    remarks: tuple[Remark, ...]
    suggestions: tuple[Suggestion, ...]
    encoding: str
    asides: tuple[Aside, ...] = ()  # what was taken for heads, numbers of pages and of lines
    names: tuple[NameFound, ...] = ()  # real names that stood in the file: never for the study
    masked: bool = False  # the names were replaced, and the original bytes were left out of the study

    @property
    def unsure(self) -> tuple[ImportedSpeaker, ...]:
        """The labels whose role was only guessed."""
        return tuple(speaker for speaker in self.speakers if not speaker.sure)


@dataclass(frozen=True)
class ImportReport:
    """The files that are in, those that could not be read and why, and real names for the key file."""

    imported: tuple[ImportedFile, ...]
    failed: tuple[tuple[Path, UserError], ...]
    names: Names
