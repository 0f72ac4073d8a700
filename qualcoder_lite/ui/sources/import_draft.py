"""A file on its way into the study: what was read of it and what the person has settled so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from qualcoder_lite.coding.importing.confirming import Confirmed
from qualcoder_lite.coding.importing.files import (
    FileRead,
    aliases_of,
    clean_key,
    key_without_names,
    names_in,
    proposed_masks,
)
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.readers import times
from qualcoder_lite.readers.document import Document
from qualcoder_lite.readers.names import NameFound, mask_words


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
    """A file; `error` says why it could not be read.

    `masks`: by whole names, what takes their place where `masking` is wished. `by_hand`: what the person
    wrote (the code, the alias of a label, the mask of a name) and what therefore follows nothing any more.
    """

    path: Path
    file: FileRead | None = None
    error: str = ""
    key: str = ""
    technique: str = "document"
    date: str = ""
    place: str = ""
    speakers: list[SpeakerDraft] = field(default_factory=list)
    names: tuple[NameFound, ...] = ()
    masks: dict[str, str] = field(default_factory=dict)
    masking: bool = True
    original: bool = True  # whether the file itself goes in; never where names are masked
    by_hand: set[tuple[str, str]] = field(default_factory=set)
    proposed: Confirmed | None = None  # what would have gone in as it was read

    @property
    def is_settled(self) -> bool:
        """Tell whether the person has changed or confirmed anything of it."""
        return any(speaker.settled for speaker in self.speakers) or self.confirmed() != self.proposed

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

    @property
    def wished_masks(self) -> dict[str, str]:
        """The masks that go into the text: none where the names are left."""
        masks = self.masks if self.masking else {}
        return {person: mask.strip() for person, mask in masks.items() if mask.strip()}

    def confirmed(self) -> Confirmed | None:
        """What goes into the study; None for a file that could not be read."""
        if self.file is None:
            return None
        file = self.file if self.original else replace(self.file, data=b"")
        speakers = {speaker.label: (speaker.role, speaker.alias) for speaker in self.speakers}
        return Confirmed(file, self.key, self.technique, self.date, self.place, speakers, self.wished_masks)


def drafted(file: FileRead, taken: Collection[str] = ()) -> Draft:
    """The draft of a file that was read; `taken`: codes and aliases that a neutral code may not repeat."""
    document, header = file.document, file.document.header
    key = _proposed_key(file, taken)
    turns = _turns_of(document)
    speakers = [
        SpeakerDraft(known.label, known.role, "", known.sure, known.reason, turns[known.label])
        for known in document.speakers
    ]
    date, place = times.date_of(header) or "", times.place_of(header) or ""
    names = names_in(file, key)
    draft = Draft(file.path, file, "", key, document.technique, date, place, speakers, names)
    propose(draft)
    draft.proposed = draft.confirmed()
    return draft


def _proposed_key(file: FileRead, taken: Collection[str]) -> str:
    """A code without real names; one from which a name was taken off is no other file's, nor anybody's alias.

    Else two people whose files were told apart by their names alone would become one informant.
    """
    key = key_without_names(file)
    if key is None:
        return next(f"W{n}" for n in count(1) if f"W{n}" not in taken)
    if key in taken and key not in (
        clean_key(file.document.header.get("kode", "")),
        clean_key(file.path.stem),
    ):
        return next(f"{key} {n}" for n in count(2) if f"{key} {n}" not in taken)
    return key


def failed(path: Path, error: UserError) -> Draft:
    """The draft of a file that could not be read."""
    return Draft(path, error=str(error))


def _turns_of(document: Document) -> dict[str, int]:
    number = {speaker.label: 0 for speaker in document.speakers}
    for turn in document.turns:
        number[turn.label] = number.get(turn.label, 0) + 1
    return number


# What follows what -----------------------------------------------------------------------------------------


def set_key(draft: Draft, key: str) -> None:
    """The person wrote the citation code: aliases and masks that were proposed from it go with it."""
    draft.key = key.strip()
    draft.by_hand.add(("key", ""))
    propose(draft)


def set_alias(draft: Draft, speaker: SpeakerDraft, alias: str) -> None:
    """The person wrote who a label is: the code follows where it was the alias of the only informant."""
    before, speaker.alias = speaker.alias, alias.strip()
    draft.by_hand.add(("alias", speaker.label))
    alone = sum(one.role == "informant" for one in draft.speakers) == 1
    if alone and draft.key == before and speaker.alias and ("key", "") not in draft.by_hand:
        draft.key = speaker.alias
    propose(draft)


def set_mask(draft: Draft, person: str, mask: str) -> None:
    """The person wrote what takes the place of a name."""
    draft.masks[person] = mask
    draft.by_hand.add(("mask", person))


def propose(draft: Draft) -> None:
    """Propose aliases and masks anew, from the roles, the code and what the person wrote."""
    if draft.file is None or not draft.key:
        return
    aliases = aliases_of(_as_settled(draft, draft.file.document), draft.key, None)
    for speaker in draft.speakers:
        if ("alias", speaker.label) not in draft.by_hand:
            speaker.alias = aliases.get(speaker.label, "")
    masks = proposed_masks(_as_settled(draft, draft.file.document), draft.key, None)
    for person, mask in masks.items():
        if ("mask", person) not in draft.by_hand:
            draft.masks[person] = mask


def _as_settled(draft: Draft, document: Document) -> Document:
    """The document with roles as they now stand, and aliases that the person wrote or that hold no name."""
    speakers = []
    for known, speaker in zip(document.speakers, draft.speakers, strict=True):
        written = ("alias", speaker.label) in draft.by_hand
        alias = speaker.alias if written else known.informant
        named = alias is not None and not written and holds_name(alias, draft)
        speakers.append(replace(known, role=speaker.role, informant=None if named else alias or None))
    return replace(document, speakers=tuple(speakers))


def holds_name(words: str, draft: Draft) -> bool:
    """Tell whether a code or an alias holds a real name that was found in the file."""
    gone = {one.person: "" for one in draft.names if one.where != "properties"}
    return bool(gone) and mask_words(words, gone) != words


def codes_with_names(draft: Draft) -> list[str]:
    """The code and the aliases of a file, and its masks, that still hold a real name."""
    said = [draft.key, *(one.alias for one in draft.speakers if one.role == "informant")]
    said += draft.wished_masks.values()
    return [words for words in dict.fromkeys(said) if words and holds_name(words, draft)]


# Names -----------------------------------------------------------------------------------------------------


def places_of(names: Sequence[NameFound]) -> dict[str, str]:
    """By whole names: where each stands, in words."""
    persons = dict.fromkeys(one.person for one in names)
    return {person: _where([one for one in names if one.person == person]) for person in persons}


def _where(found: Sequence[NameFound]) -> str:
    lines = {
        where: list(dict.fromkeys(str(one.line) for one in found if one.where == where))
        for where in ("header", "text")
    }
    said = []
    if lines["header"]:
        said.append(_("header (line {lines})").format(lines=_few(lines["header"])))
    if number := len(lines["text"]):
        words = n_("text ({number} line: {lines})", "text ({number} lines: {lines})", number)
        said.append(words.format(number=number, lines=_few(lines["text"])))
    if any(one.where == "file_name" for one in found):
        said.append(_("file name"))
    if any(one.where == "properties" for one in found):
        said.append(_("file properties"))
    return ", ".join(said)


def _few(numbers: Sequence[str], most: int = 5) -> str:
    return ", ".join((*numbers[:most], *(["…"] if len(numbers) > most else [])))


def masked_label(label: str, masks: Mapping[str, str]) -> str:
    """A label with masks in place of names."""
    return mask_words(label, masks) if masks else label


def next_doubtful(drafts: Sequence[Draft], after: int) -> int | None:
    """The next file with something to look at, around at the end; None where there is none."""
    order = [*range(after + 1, len(drafts)), *range(after + 1)]
    return next((number for number in order if drafts[number].doubts), None)
