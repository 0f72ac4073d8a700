"""From files on the disk to the rows of sources: which files, under which keys, who speaks in them."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from qualcoder_lite.coding.importing.marks import pack
from qualcoder_lite.coding.importing.report import ImportedFile, ImportedSpeaker
from qualcoder_lite.coding.people import attributes
from qualcoder_lite.coding.rows import next_position
from qualcoder_lite.coding.tables.finding import ids_by_name
from qualcoder_lite.errors import UserError
from qualcoder_lite.files import reason
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Progress
from qualcoder_lite.readers import times
from qualcoder_lite.readers.document import Document, Remark
from qualcoder_lite.readers.names import (
    ALIAS,
    NAME_KEYS,
    NameFound,
    find_names,
    mask_document,
    mask_words,
    persons_of,
)
from qualcoder_lite.readers.reading import SUFFIXES, read
from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.ids import new_id
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.journal_tables import Content
from qualcoder_lite.store.schema import (
    Informant,
    Source,
    SourceInformant,
    SourceText,
    Speaker,
    Turn,
)

OLD_WORD = ".doc"  # in a folder it is named among what can't be read, not passed over
PERSONAL = ("jabatan", "usia", "jenis_kelamin", "pendidikan", "masa_kerja", "instansi")
"""Header keys that become attributes of the one informant of an interview."""


@dataclass(frozen=True)
class FileRead:
    """A file as its reader gave it, with its original bytes.

    `masks`: what takes the place of each real name (by whole names, as `NameFound.person`); then the original
    bytes stay out of the study, since they hold the names.
    """

    path: Path
    document: Document
    data: bytes
    masks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wishes:
    """What the user said about the files: technique and informant where given, and to mask real names."""

    technique: str | None = None
    informant: str | None = None
    mask_names: bool = False


# Which files -----------------------------------------------------------------------------------------------


def expand_folders(paths: Iterable[Path]) -> tuple[list[Path], list[tuple[Path, UserError]]]:
    """The files of these paths, folders in natural order; and the folders that hold none that can be read."""
    files: dict[Path, Path] = {}
    failed: list[tuple[Path, UserError]] = []
    for path in paths:
        found = sorted(_readable_in(path), key=natural_order) if path.is_dir() else [path]
        files.update((file.absolute(), file) for file in found)
        if not found:
            what = _("The folder {folder} holds no file that can be read.").format(folder=path.name or path)
            suffixes = _("Readable are: {suffixes}.").format(suffixes=" ".join(SUFFIXES))
            failed.append((path, UserError(what, suffixes)))
    return list(files.values()), failed


def _readable_in(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            hidden = name.startswith((".", "~$"))  # ~$: what Word leaves beside an open file
            if not hidden and Path(name).suffix.lower() in (*SUFFIXES, OLD_WORD):
                yield Path(where, name)


def natural_order(path: Path) -> list[tuple[int, str]]:
    """The order in which people sort files: 2 before 10, whatever the case."""
    parts = re.split(r"(\d+)", str(path).casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def read_files(
    paths: Sequence[Path], speakers: Mapping[str, str], encoding: str | None, progress: Progress
) -> tuple[list[FileRead], list[tuple[Path, UserError]]]:
    """Read all files; those that can't be read are given with their errors. Raises Cancelled."""
    done: list[FileRead] = []
    failed: list[tuple[Path, UserError]] = []
    for number, path in enumerate(paths):
        progress(number, len(paths), path.name)
        try:
            document = read(path, speakers, encoding)
            done.append(FileRead(path, document, _bytes_of(path)))
        except UserError as error:
            failed.append((path, error))
    progress(len(paths), len(paths), "")
    return done, failed


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(_("{name} can't be read.").format(name=path.name), reason(error)) from error


# Who speaks ------------------------------------------------------------------------------------------------


def aliases_of(document: Document, key: str, informant: str | None) -> dict[str, str]:
    """The alias behind each label of an informant.

    What was said of the label; else, where only one informant speaks, the one given, the header's code of the
    informant, or the source's key; else the key with a number for each.
    """
    labels = [speaker for speaker in document.speakers if speaker.role == "informant"]
    alone = informant or header_alias(document) or key
    return {
        speaker.label: speaker.informant or (alone if len(labels) == 1 else f"{key}-{number}")
        for number, speaker in enumerate(labels, 1)
    }


def header_alias(document: Document) -> str | None:
    """The code of the informant that the header gives, if any."""
    told = document.header.get("kode_informan", "")
    named = document.header.get("informan", "")
    return clean_key(told) or (clean_key(named) if ALIAS.fullmatch(named.strip()) else None)


def real_name(document: Document) -> str:
    """The real name that the header gives; nothing where there is none, or only an alias."""
    names = (document.header.get(key, "").strip() for key in NAME_KEYS)
    return next((name for name in names if name and not ALIAS.fullmatch(name)), "")


def names_in(file: FileRead, key: str, informant: str | None = None) -> tuple[NameFound, ...]:
    """The real names in a file, each with a mask to propose: the alias of the informant behind it.

    Who is behind a name: the only informant who speaks; else the one whose label holds a part of it; else it
    is the citation code with a number. A name that only stands in the properties of the file has no mask.
    """
    document = file.document
    masks = proposed_masks(document, key, informant)
    return tuple(
        replace(found, mask=masks.get(found.person, "")) for found in find_names(document, file.path.stem)
    )


def proposed_masks(document: Document, key: str, informant: str | None = None) -> dict[str, str]:
    """The mask to propose for each real name in the header, by whole names."""
    aliases = aliases_of(document, key, informant)
    people = list(dict.fromkeys(aliases.values()))
    alone = people[0] if people else informant or header_alias(document) or key
    gone = dict.fromkeys(persons_of(document.header), "")
    masks: dict[str, str] = {}
    for person in gone:
        labelled = [alias for label, alias in aliases.items() if mask_words(label, {person: ""}) != label]
        numbered = (f"{start}{number}" for start in (f"{key}-", "N") for number in range(1, 100))
        wanted = [*labelled, *([alone] if len(people) < 2 and not masks else []), *numbered]
        taken = {*masks.values(), *(people if len(people) > 1 and not labelled else [])}
        masks[person] = next(one for one in wanted if one not in taken and mask_words(one, gone) == one)
    return masks


def key_without_names(file: FileRead) -> str | None:
    """The citation code that a file proposes, with what is left of it without the real names in the file."""
    gone = dict.fromkeys(persons_of(file.document.header), "")
    proposed = (file.document.header.get("kode", ""), file.path.stem)
    return next((key for words in proposed if (key := clean_key(_left(words, gone)))), None)


def _left(words: str, gone: Mapping[str, str]) -> str:
    left = mask_words(words, gone)
    return left if left == words else re.sub(r"(?i)^(?:pak|bu|bapak|ibu)\b|[\W_]+$|^[\W_]+", "", left)


def clean_key(word: str) -> str | None:
    """A word of a file as a key can be: no colon, semicolon or line end; None where nothing is left."""
    return " ".join(re.sub(r"[:;\x00-\x1f]", "-", word).split()).strip("- ") or None


# Into the study --------------------------------------------------------------------------------------------


@dataclass
class Intake:
    """The rows of a batch of files, gathered so that each table is written once."""

    session: Session
    wishes: Wishes
    keys: set[str]
    aliases: dict[str, bytes]
    contents: dict[str, bytes]  # digest -> id
    sources_of: dict[bytes, str]  # content id -> key of a source that came from it
    next_informant: int  # the place of the next one who is added
    rows: dict[type[Row], list[dict[str, Any]]] = field(default_factory=dict)
    new_contents: list[dict[str, Any]] = field(default_factory=list)
    personal: list[tuple[bytes, str, str]] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)

    def add(self, kind: type[Row], **values: Any) -> bytes:
        """Gather a row; return its id."""
        row = new_id()
        self.rows.setdefault(kind, []).append({"id": row, **values})
        return row

    def informant(self, alias: str) -> bytes:
        """The id of an informant; one that is not there is added."""
        if alias not in self.aliases:
            self.aliases[alias] = self.add(Informant, alias=alias, position=self.next_informant)
            self.next_informant += 1
        return self.aliases[alias]

    def free_key(self, wanted: str) -> str:
        """A citation code that no source has: with a number behind it where it is taken."""
        found, number = wanted, 1
        while found in self.keys:
            number += 1
            found = f"{wanted}-{number}"
        self.keys.add(found)
        return found

    def neutral_key(self) -> str:
        """A key for a file whose own would hold a real name."""
        return next(
            key for n in itertools.count(1) if (key := f"W{n}") not in self.keys | self.aliases.keys()
        )

    def content(self, data: bytes) -> bytes:
        """The id of original bytes, which are kept once."""
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self.contents:
            self.contents[digest] = new_id()
            self.new_contents.append({"id": self.contents[digest], "digest": digest, "data": data})
        return self.contents[digest]


def add_files(
    session: Session, files: Sequence[FileRead], wishes: Wishes
) -> tuple[list[ImportedFile], list[tuple[str, str]]]:
    """Add the files as sources within a step; return what was added, and real names by alias."""
    connection = session.connection()
    columns = select(Source.content_id, Source.key).where(Source.content_id.is_not(None))
    intake = Intake(
        session,
        wishes,
        set(ids_by_name(connection, Source)),
        ids_by_name(connection, Informant),
        {digest: row for digest, row in session.execute(select(Content.digest, Content.id))},  # noqa: C416
        {content: key for content, key in session.execute(columns)},  # type: ignore[misc]  # noqa: C416
        next_position(session, Informant),
    )
    first = next_position(session, Source)
    imported = [_take(intake, file, first + number) for number, file in enumerate(files)]
    _write(session, intake)
    return imported, intake.names


def _write(session: Session, intake: Intake) -> None:
    if intake.new_contents:
        session.connection().execute(insert(Content), intake.new_contents)
    for kind in (Informant, Source, SourceText, Speaker, Turn, SourceInformant):
        insert_rows(session, kind, intake.rows.get(kind, []))
    attributes.set_values_by_name(session, intake.personal, overwrite=False)


def _take(intake: Intake, file: FileRead, position: int) -> ImportedFile:
    masking = intake.wishes.mask_names or bool(file.masks)
    key = intake.free_key(_key_of(intake, file))
    names = names_in(file, key, intake.wishes.informant)
    if masking and names:
        file = _masked(intake, file, file.masks or {one.person: one.mask for one in names if one.mask})
    document, header = file.document, file.document.header
    technique = intake.wishes.technique or document.technique
    title = header.get("topik", "").strip() or mask_words(file.path.stem, file.masks)
    remarks, content = document.remarks, None
    if file.data:
        content = intake.content(file.data)
        if content in intake.sources_of:
            same = N_("The same file is in the study already, as {source}.")
            remarks += (Remark(same, {"source": intake.sources_of[content]}),)
        intake.sources_of.setdefault(content, key)
    source = intake.add(
        Source,
        key=key, title=title, technique=technique, date=times.date_of(header), time=times.time_of(header),
        place=times.place_of(header) or "", position=position, header=_without_names(header),
        characters=len(document.text), origin=mask_words(file.path.name, file.masks),
        encoding=document.encoding, content_id=content,
    )  # fmt: skip
    intake.add(SourceText, source_id=source, text=document.text, marks=pack(document.marks))
    speakers = _take_speakers(intake, source, document, key)
    _take_person(intake, source, document, technique, speakers)
    return ImportedFile(
        file.path, source, key, title, technique, len(document.text), len(document.turns), speakers,
        remarks, document.suggestions, document.encoding, document.asides, names, not file.data,
    )  # fmt: skip


def _key_of(intake: Intake, file: FileRead) -> str:
    if intake.wishes.mask_names:
        return key_without_names(file) or intake.neutral_key()
    return clean_key(file.document.header.get("kode", "")) or clean_key(file.path.stem) or "1"


def _masked(intake: Intake, file: FileRead, masks: Mapping[str, str]) -> FileRead:
    """The file with masks for real names, which are kept for the key file, and without its bytes."""
    intake.names.extend((mask, person) for person, mask in masks.items())
    return replace(file, document=mask_document(file.document, masks), data=b"", masks=masks)


def _take_speakers(
    intake: Intake, source: bytes, document: Document, key: str
) -> tuple[ImportedSpeaker, ...]:
    aliases = aliases_of(document, key, intake.wishes.informant)
    rows: dict[str, bytes] = {}
    for speaker in document.speakers:
        alias = aliases.get(speaker.label)
        informant = intake.informant(alias) if alias else None
        rows[speaker.label] = intake.add(
            Speaker,
            source_id=source, label=speaker.label, role=speaker.role, informant_id=informant,
            sure=speaker.sure,
        )  # fmt: skip
    count = dict.fromkeys(rows, 0)
    for turn in document.turns:
        count[turn.label] += 1
        intake.add(
            Turn,
            source_id=source, speaker_id=rows[turn.label], start=turn.start, end=turn.end, time=turn.time,
            utterance=turn.utterance,
        )  # fmt: skip
    return tuple(
        ImportedSpeaker(s.label, s.role, aliases.get(s.label), s.sure, s.reason, count[s.label])
        for s in document.speakers
    )


def _take_person(
    intake: Intake,
    source: bytes,
    document: Document,
    technique: str,
    speakers: Sequence[ImportedSpeaker],
) -> None:
    """What the header says of the one person interviewed; a text without turns is linked to that person."""
    people = {speaker.informant for speaker in speakers if speaker.informant}
    if not document.turns:
        told = header_alias(document) if technique == "interview" else None
        alias = intake.wishes.informant or told
        if alias:
            intake.add(SourceInformant, source_id=source, informant_id=intake.informant(alias))
            people = {alias}
    if len(people) == 1 and technique == "interview":
        (alias,) = people
        row = intake.informant(alias)
        header = document.header
        intake.personal.extend((row, key, header[key]) for key in PERSONAL if header.get(key, "").strip())
        if real_name(document):
            intake.names.append((alias, real_name(document)))


def _without_names(header: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in header.items() if key not in NAME_KEYS}
