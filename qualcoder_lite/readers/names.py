"""Real names in a file: those that its header and its properties give, and where else in the text they stand.

A name is found again whole, whatever its case, and by its parts where they are written with a capital or
follow a title (*Pak Bambang*, *pak bambang*). What the file itself calls an alias, initials, a pseudonym or
an office is no name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from qualcoder_lite.readers.document import Document, Speaker, Suggestion, TurnRange
from qualcoder_lite.readers.header import header_of
from qualcoder_lite.readers.label_words import PARTICLES, TITLES, without_brackets, word_set

NAME_KEYS = ("nama", "informan")
"""Header keys that hold a real name."""
ALIAS = re.compile(r"[A-Za-z]{1,3}[-. ]?\d{1,4}|(?i:informan|narasumber|responden|partisipan)[ -]?\d{0,4}")
_PSEUDONYM = re.compile(r"samar|pseudonim|pseudonym|fiktif|rekaan\)|anonim|anonym|alias", re.IGNORECASE)
_BETWEEN = re.compile(r"[;/&\n]|\s(?:dan|and|serta)\s")
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.)+(?:[A-Z][A-Za-z]{0,4})?")
_OFFICES = word_set("""
    kepala ketua wakil camat lurah bupati wali walikota gubernur menteri sekretaris sekcam seklur bendahara
    staf staff pegawai petugas operator kasi kabid kabag kasubag kadis kades kasie seksi anggota warga
    masyarakat pemohon pengguna pelanggan mahasiswa mahasiswi guru dosen dokter bidan perawat pedagang
    informan narasumber responden partisipan peserta subjek kunci utama tambahan tidak anonim head officer
    staff citizen informant respondent participant the
""")
_NOBODY = word_set("""
    user admin administrator owner unknown microsoft office windows python-docx libreoffice openoffice
    writer word qualcoder acer asus lenovo hp dell toshiba samsung apple pc laptop
""")
_TITLED = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, TITLES)))})\.?\s+\Z", re.IGNORECASE)
_TITLE_ROOM = 16  # code points before a name in which its title stands
_BETWEEN_WORDS = r"[\s_.-]+"
_WORD_EDGE = r"(?<![^\W_]){}(?![^\W_])"  # an underline, as in names of files, parts words

Place = Literal["header", "text", "file_name", "properties"]


@dataclass(frozen=True, slots=True)
class NameFound:
    """A real name in a file: as it stands there, and the whole name of the person (`person`).

    `line` counts from 1; `start` and `end` are code points of the text, end exclusive; all are 0 where the
    name stands in the name of the file or in its properties. `mask` is what could stand there instead.
    """

    name: str
    person: str
    where: Place
    line: int = 0
    start: int = 0
    end: int = 0
    mask: str = ""


def persons_of(header: Mapping[str, str]) -> tuple[str, ...]:
    """The people whose real names a header gives, each as written there."""
    found = (person for key in NAME_KEYS for person in _persons_in(header.get(key, "")))
    return tuple(dict.fromkeys(found))


def authors_in(names: Sequence[str]) -> tuple[str, ...]:
    """The names in the properties of a file that could be of people, not of programs or computers."""
    cleaned = (" ".join(name.split()) for name in names)
    return tuple(
        dict.fromkeys(name for name in cleaned if name and not _NOBODY.intersection(name.casefold().split()))
    )


def find_names(document: Document, file_name: str) -> tuple[NameFound, ...]:
    """Where real names stand in a file: in its header and text, its name, its properties."""
    persons = persons_of(document.header)
    found: list[NameFound] = []
    if persons:
        _header, begin = header_of(document.text)
        line, last = 1, 0
        for start, end, person in _places(document.text, persons):
            line, last = line + document.text.count("\n", last, start), start
            where: Place = "header" if start < begin else "text"
            found.append(NameFound(document.text[start:end], person, where, line, start, end))
        found += [
            NameFound(file_name[start:end], person, "file_name")
            for start, end, person in _places(file_name, persons, loose=True)
        ]
    return (*found, *(NameFound(author, author, "properties") for author in document.authors))


def mask_words(words: str, masks: Mapping[str, str]) -> str:
    """A few words (a label, a title, the name of a file) with masks in place of names, by whole names."""
    for start, end, person in reversed(list(_places(words, tuple(masks), loose=True))):
        words = words[:start] + masks[person] + words[end:]
    return words


def mask_document(document: Document, masks: Mapping[str, str]) -> Document:
    """A document with masks in place of names, by whole names; everything on its text moves with it.

    Its header and properties give no name any more.
    """
    places = list(_places(document.text, tuple(masks)))
    moved = _Moves([(start, end, masks[person]) for start, end, person in places])
    named = {key for key in NAME_KEYS if any(_persons_in(document.header.get(key, "")))}
    labels = {speaker.label: mask_words(speaker.label, masks) for speaker in document.speakers}
    speakers: dict[str, Speaker] = {}
    for speaker in document.speakers:
        speakers.setdefault(labels[speaker.label], replace(speaker, label=labels[speaker.label]))
    return replace(
        document,
        text=moved.text(document.text),
        marks=tuple(replace(m, start=moved.start(m.start), end=moved.end(m.end)) for m in document.marks),
        header={key: mask_words(value, masks) for key, value in document.header.items() if key not in named},
        speakers=tuple(speakers.values()),
        turns=tuple(
            TurnRange(moved.start(t.start), moved.end(t.end), labels[t.label], t.time, t.utterance)
            for t in document.turns
        ),
        suggestions=tuple(
            Suggestion(moved.start(s.start), moved.end(s.end), s.name) for s in document.suggestions
        ),
        asides=tuple(replace(aside, words=mask_words(aside.words, masks)) for aside in document.asides),
        remarks=tuple(
            replace(
                remark,
                parameters={
                    key: mask_words(value, masks) if isinstance(value, str) else value
                    for key, value in remark.parameters.items()
                },
            )
            for remark in document.remarks
        ),
        authors=(),
    )


class _Moves:
    """Where the offsets of a text lie after replacements, which are in order and do not overlap."""

    def __init__(self, replacements: Sequence[tuple[int, int, str]]) -> None:
        self.replacements = replacements
        self.ends = [end for _start, end, _mask in replacements]
        self.shifts = [0, *accumulate(len(mask) - (end - start) for start, end, mask in replacements)]

    def text(self, text: str) -> str:
        parts: list[str] = []
        last = 0
        for start, end, mask in self.replacements:
            parts += (text[last:start], mask)
            last = end
        return "".join((*parts, text[last:]))

    def start(self, offset: int) -> int:
        """Of a start: one inside a name goes to where its mask begins."""
        at = bisect_right(self.ends, offset)
        inside = at < len(self.ends) and self.replacements[at][0] < offset
        return (self.replacements[at][0] if inside else offset) + self.shifts[at]

    def end(self, offset: int) -> int:
        """Of an end: one inside a name goes to where its mask ends."""
        at = bisect_right(self.ends, offset)
        inside = at < len(self.ends) and self.replacements[at][0] < offset
        return self.ends[at] + self.shifts[at + 1] if inside else offset + self.shifts[at]


# What is a name --------------------------------------------------------------------------------------


def _persons_in(value: str) -> Iterator[str]:
    """The real names in a value of a header, each with its titles and degrees."""
    if _PSEUDONYM.search(value):
        return
    for piece in _BETWEEN.split(without_brackets(value)):
        first, *others = [part.strip() for part in piece.split(",")]
        degrees = [part for part in others if _is_degree(part)]
        for person in (", ".join((first, *degrees)), *(part for part in others if part not in degrees)):
            if _is_name(person):
                yield person


def _is_degree(words: str) -> bool:
    return all(_DEGREE.fullmatch(word) or (word.isupper() and len(word) < 5) for word in words.split())


def _is_name(words: str) -> bool:
    parts = _parts(words)
    if not parts or len(parts) > 6 or ALIAS.fullmatch(words.strip()) or not "".join(parts).isalpha():
        return False
    initials = all(len(part) < 3 or (part.isupper() and len(part) < 5) for part in parts)
    return not initials and not _OFFICES.intersection(part.casefold() for part in parts)


def _parts(person: str) -> list[str]:
    """The words of a name without titles, degrees and initials, apostrophes and hyphens taken off."""
    words = [word.strip(".,") for word in person.split() if not _DEGREE.fullmatch(word.strip(","))]
    return [
        re.sub(r"['’`-]", "", word)
        for word in words
        if word and word.casefold() not in TITLES | PARTICLES and not (word.isupper() and len(word) < 3)
    ]


# Where it stands --------------------------------------------------------------------------------------


def _places(text: str, persons: Sequence[str], *, loose: bool = False) -> Iterator[tuple[int, int, str]]:
    """The ranges of names in a text in order, with the person; `loose`: in any case."""
    owners: dict[str, str] = {}
    whole: dict[str, str] = {}
    for person in persons:
        words = _words_of(person)
        whole.setdefault(_folded(" ".join(words)), person)
        for word in words:
            if len(word) > 2:
                owners.setdefault(_folded(word), person)
    if not whole:
        return
    names = sorted({**owners, **whole}, key=len, reverse=True)
    choice = "|".join(re.escape(name).replace(r"\ ", _BETWEEN_WORDS) for name in names)
    pattern = re.compile(_WORD_EDGE.format(f"(?:{choice})"), re.IGNORECASE)
    for match in pattern.finditer(text):
        start, end = match.span()
        name = _folded(match[0])
        sure = loose or " " in name or text[start].isupper()
        if sure or _TITLED.search(text, max(0, start - _TITLE_ROOM), start):
            yield start, end, whole.get(name) or owners.get(name) or persons[0]


def _words_of(person: str) -> list[str]:
    """The words by which a person is found, as they are written."""
    kept = set(_parts(person))
    return [word for word in re.split(r"[\s,]+", person) if re.sub(r"['’`-]", "", word.strip(".")) in kept]


def _folded(words: str) -> str:
    return " ".join(re.split(_BETWEEN_WORDS, words)).casefold()
