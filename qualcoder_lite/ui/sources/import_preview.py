"""What a file is read as, row by row: turns or paragraphs, and what was left out around the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcoder_lite.i18n import _
from qualcoder_lite.readers.document import Aside, Document
from qualcoder_lite.readers.names import mask_document
from qualcoder_lite.readers.text import preview_encodings
from qualcoder_lite.ui.sources.import_draft import Draft, masked_label

ROWS = 4000  # rows of a preview at most
SAMPLE = 1 << 20  # bytes: of larger texts no sample is shown for each encoding
SAMPLE_WORDS = 44  # characters of a sample
_SHOWN = 3  # heads and page numbers of one page that are written out


@dataclass(frozen=True)
class PreviewRow:
    """A turn, or a paragraph of a text without turns, in one line; number 0: what was left out of a page."""

    number: int
    label: str
    words: str
    quiet: bool
    doubtful: bool


def preview(draft: Draft) -> list[PreviewRow]:
    """What a file is read as, with masks in place of names."""
    if draft.file is None:
        return []
    masks = draft.wished_masks
    document = mask_document(draft.file.document, masks) if masks else draft.file.document
    rows = _turns(draft, document) if document.turns else _paragraphs(document)
    return [row for _start, row in sorted((*rows, *_asides(document)), key=lambda placed: placed[0])][:ROWS]


_Placed = tuple[tuple[int, int], PreviewRow]  # where in the text; at one place what is around it comes first


def _turns(draft: Draft, document: Document) -> Iterator[_Placed]:
    masks = draft.wished_masks
    roles = {masked_label(speaker.label, masks): speaker for speaker in draft.speakers}
    for number, turn in enumerate(document.turns[:ROWS], 1):
        speaker, words = roles[turn.label], " ".join(document.text[turn.start : turn.end].split())
        quiet = speaker.role == "interviewer"
        yield (turn.start, 1), PreviewRow(number, turn.label, words, quiet, speaker.doubtful)


def _paragraphs(document: Document) -> Iterator[_Placed]:
    start = number = 0
    for line in document.text.split("\n"):
        if line.strip():
            number += 1
            yield (start, 1), PreviewRow(number, "", line, False, False)
        if number == ROWS:
            break
        start += len(line) + 1


def _asides(document: Document) -> Iterator[_Placed]:
    """What was left out of each page, where that page begins."""
    begins = {mark.value: mark.start for mark in document.marks if mark.kind == "page"}
    pages: dict[int, list[Aside]] = {}
    for aside in document.asides:
        pages.setdefault(aside.page, []).append(aside)
    for page, found in pages.items():
        start = next((begins[one] for one in range(page, 0, -1) if one in begins), 0)
        words = _("Page {number}, not text: {words}").format(number=page, words=_said(found))
        yield (start, 0), PreviewRow(0, "", words, True, False)


def _said(found: Sequence[Aside]) -> str:
    """What was taken for what, on one page."""
    numbers = [one.words for one in found if one.kind == "line_number"]
    said = []
    if numbers:
        said.append(_("line numbers {first} to {last}").format(first=numbers[0], last=numbers[-1]))
    for kind, words in (
        ("page_number", _("page number {words}")),
        ("running_head", _("head or foot {words}")),
    ):
        quoted = [f"“{one.words}”" for one in found if one.kind == kind]
        if quoted:
            said.append(words.format(words=", ".join(quoted[:_SHOWN])))
    return " · ".join(said)


def encoding_samples(data: bytes) -> list[tuple[str, str]]:
    """The encodings that fit a plain text, the proposed one first, each with words in which they differ."""
    if len(data) > SAMPLE:
        return []
    found = preview_encodings(data)
    lines = [words.split("\n") for _name, words in found]
    at = next((number for number, line in enumerate(lines[0]) if not line.isascii()), None) if lines else None
    return [
        (name, "" if at is None else _around("".join(each[at : at + 1])))
        for (name, _words), each in zip(found, lines, strict=True)
    ]


def _around(line: str) -> str:
    """The part of a line around its first letter that is not plain."""
    at = next((n for n, letter in enumerate(line) if not letter.isascii()), 0)
    start = max(0, at - SAMPLE_WORDS // 3)
    return ("…" if start else "") + " ".join(line[start : start + SAMPLE_WORDS].split())
