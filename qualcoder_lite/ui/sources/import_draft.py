"""A file on its way into the study: what was read of it and what the person has settled so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qualcoder_lite.coding.importing.confirming import Confirmed
from qualcoder_lite.coding.importing.files import FileRead, aliases_of, clean_key
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.readers import times
from qualcoder_lite.readers.document import Document

PREVIEW = 4000  # rows of a preview at most


@dataclass
class SpeakerDraft:
    """A label with its role and alias as they now stand; `settled` where the person has looked at it."""

    label: str
    role: str
    alias: str
    sure: bool
    reason: str
    turns: int
    settled: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether the person should look at it."""
        return not self.sure and not self.settled


@dataclass
class Draft:
    """A file; `error` says why it could not be read."""

    path: Path
    file: FileRead | None = None
    error: str = ""
    key: str = ""
    technique: str = "document"
    date: str = ""
    place: str = ""
    speakers: list[SpeakerDraft] = field(default_factory=list)

    @property
    def doubts(self) -> int:
        """How many labels the person should look at."""
        return sum(speaker.doubtful for speaker in self.speakers)

    @property
    def told(self) -> str:
        """What the list says below the file's name."""
        if self.file is None:
            return self.error
        if self.doubts:
            return n_("{number} label not certain", "{number} labels not certain", self.doubts).format(
                number=self.doubts
            )
        turns = len(self.file.document.turns)
        if not turns:
            return _("without speakers")
        return n_("{number} turn", "{number} turns", turns).format(number=turns)

    def confirmed(self) -> Confirmed | None:
        """What goes into the study; None for a file that could not be read."""
        if self.file is None:
            return None
        speakers = {speaker.label: (speaker.role, speaker.alias) for speaker in self.speakers}
        return Confirmed(self.file, self.key, self.technique, self.date, self.place, speakers)


def drafted(file: FileRead) -> Draft:
    """The draft of a file that was read."""
    document, header = file.document, file.document.header
    key = clean_key(header.get("kode", "")) or clean_key(file.path.stem) or "1"
    aliases, count = aliases_of(document, key, None), _turns_of(document)
    speakers = [
        SpeakerDraft(
            known.label,
            known.role,
            aliases.get(known.label, ""),
            known.sure,
            known.reason,
            count[known.label],
        )
        for known in document.speakers
    ]
    date, place = times.date_of(header) or "", times.place_of(header) or ""
    return Draft(file.path, file, "", key, document.technique, date, place, speakers)


def failed(path: Path, error: UserError) -> Draft:
    """The draft of a file that could not be read."""
    return Draft(path, error=str(error))


def _turns_of(document: Document) -> dict[str, int]:
    count = {speaker.label: 0 for speaker in document.speakers}
    for turn in document.turns:
        count[turn.label] = count.get(turn.label, 0) + 1
    return count


@dataclass(frozen=True)
class PreviewRow:
    """A turn, or a paragraph of a text without turns, in one line."""

    number: int
    label: str
    words: str
    quiet: bool
    doubtful: bool


def preview(draft: Draft) -> list[PreviewRow]:
    """What a file is read as, row by row."""
    if draft.file is None:
        return []
    document = draft.file.document
    roles = {speaker.label: speaker for speaker in draft.speakers}
    if not document.turns:
        lines = [line for line in document.text.split("\n") if line.strip()]
        return [PreviewRow(number, "", line, False, False) for number, line in enumerate(lines[:PREVIEW], 1)]
    return [
        PreviewRow(
            number, turn.label, " ".join(document.text[turn.start : turn.end].split()),
            roles[turn.label].role == "interviewer", roles[turn.label].doubtful,
        )
        for number, turn in enumerate(document.turns[:PREVIEW], 1)
    ]  # fmt: skip


def next_doubtful(drafts: Sequence[Draft], after: int) -> int | None:
    """The next file with something to look at, around at the end; None where there is none."""
    order = [*range(after + 1, len(drafts)), *range(after + 1)]
    return next((number for number in order if drafts[number].doubts), None)
