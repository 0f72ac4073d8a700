"""PDF with a text layer, through pypdfium2: pages in order, lines rejoined to paragraphs.

Lines are joined where the first is full and the next neither is indented, set apart, nor begins with a label
or a number. A hyphen at the end of a line is taken off unless the word is a reduplication (*berbelit-belit*)
or has its hyphen elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from qualcoder_lite.archives import damaged, too_large
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.readers.document import Mark
from qualcoder_lite.readers.labels import separated, word
from qualcoder_lite.readers.opening import contents
from qualcoder_lite.readers.pdf.margins import Line, remarks_on, without_margins
from qualcoder_lite.readers.pdf.streams import is_bomb
from qualcoder_lite.readers.text import storable
from qualcoder_lite.readers.transcript import Draft
from qualcoder_lite.readers.writing import Writing

if TYPE_CHECKING:
    import pypdfium2

PDF_SIZE = 256 << 20  # bytes
PAGES = 3000
_ENDS = 2048  # bytes at the start and the end in which a whole file says so
_BROKEN = re.compile("(\\w*)[\x02\ufffe](\\w*)")  # how pdfium writes a hyphen at the end of a line
_STARTS_ITEM = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s|[-•–*▪●○➢✓]\s")
_LEADS = re.compile(r"(\d{1,5})\s+(?=\S)")
_TRAILS = re.compile(r"(?<=\S)\s+(\d{1,5})$")
_SHORT = 0.15  # of the width of a page's text that a last line leaves free
_APART = 1.4  # of the usual distance of lines
_TALL = 1.7  # of the height of a line: lines further apart than this are no paragraph
_INDENT = 6.0  # points


def read_pdf(path: Path) -> Draft:
    """A .pdf as text with marks of its pages and of the lines whose numbers stand in the margin.

    Raises UserError where it is unreadable, damaged, locked, too large, or has no text layer.
    """
    data = contents(path, PDF_SIZE)
    if b"%PDF-" not in data[:_ENDS] or b"%%EOF" not in data[-_ENDS:]:
        raise damaged(path)  # pdfium would mend a file that is cut off, with fewer pages
    if is_bomb(data):
        raise too_large(path)
    placed, authors = _pages(data, path)
    pages, asides = without_margins(placed)
    text, marks = _joined(pages)
    text, remarks = storable(text)
    if not text or text.isspace():
        raise UserError(
            _("{name} holds no text.").format(name=path.name),
            _("Its pages are pictures, without a text layer."),
            _("Let a program for text recognition (OCR) read it first."),
        )
    return Draft(text, marks=marks, remarks=remarks + remarks_on(asides), asides=asides, authors=authors)


def _pages(data: bytes, path: Path) -> tuple[list[list[Line]], tuple[str, ...]]:
    """The lines of each page, and who made the file by its properties."""
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if len(document) > PAGES:
                raise too_large(path)
            author = document.get_metadata_value("Author")
            pages = [_lines(document, number) for number in range(len(document))]
            return pages, (storable(author)[0],) if author else ()
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise UserError(
                _("{name} could not be read.").format(name=path.name),
                _("It is protected by a password."),
                _("Open it, and save or print it as a PDF without a password."),
            ) from error
        raise damaged(path) from error


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    """The lines of a page, as pdfium orders them, with their places."""
    with closing(document[number]) as page, closing(page.get_textpage()) as layer:
        text = layer.get_text_range()
        placed = layer.count_chars() == len(text)
        lines: list[Line] = []
        start = 0
        for words in text.split("\n"):
            line = words.rstrip("\r")
            first = start + len(line) - len(line.lstrip())
            last = start + len(line.rstrip()) - 1
            start += len(words) + 1
            if line.strip():
                lines.append(_placed(layer, line, first, last) if placed else Line(line, 0, 0, 0, 0, 0))
        return lines


def _placed(layer: pypdfium2.PdfTextPage, line: str, first: int, last: int) -> Line:
    left, top, _right, high = layer.get_charbox(first, loose=True)
    _left, bottom, right, _high = layer.get_charbox(last, loose=True)
    return Line(
        line, left, right, top, bottom, high - top, *_beside_numbers(layer, line.strip(), first, last)
    )


def _beside_numbers(
    layer: pypdfium2.PdfTextPage, words: str, first: int, last: int
) -> tuple[tuple[float, float, float, float] | None, tuple[float, float, float] | None]:
    """What stands behind a number that begins a line, and what before one that ends it, if any."""
    lead = trail = None
    if match := _LEADS.match(words):
        left, base, _right, high = layer.get_charbox(first + match.end(), loose=True)
        lead = (_side(layer, first + match.end(1) - 1, 2), left, base, high - base)
    if match := _TRAILS.search(words):
        begin = last + 1 - len(words)
        _left, base, right, _high = layer.get_charbox(begin + match.start() - 1, loose=True)
        trail = (right, base, _side(layer, begin + match.start(1), 0))
    return lead, trail


def _side(layer: pypdfium2.PdfTextPage, index: int, side: int) -> float:
    return float(layer.get_charbox(index, loose=True)[side])


def _joined(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[Mark, ...]]:
    """All pages as one text of paragraphs, and the ranges of the pages in it."""
    vocabulary = _vocabulary(pages)
    out = Writing()
    before: Line | None = None
    for number, page in enumerate(pages, 1):
        start = out.length
        edge = max((line.right for line in page), default=0.0)
        width = edge - min((line.left for line in page), default=0.0)
        usual = _usual_distance(page)
        for line in page:
            if before is not None:
                fresh = line is page[0]
                out.write("\n" if _begins(before, line, edge - _SHORT * width, usual, fresh) else " ")
                start = out.length if fresh else start
            begun = out.length
            out.write(_unbroken(line.text.strip(), vocabulary))
            if line.number is not None:
                out.mark("line", begun, line.number)
            before = line
        out.mark("page", start, number)
    return out.text(), tuple(out.marks)


def _begins(before: Line, line: Line, full: float, usual: float, fresh: bool) -> bool:
    """Tell whether a line begins a paragraph. `full`: where a full line ends; `fresh`: on a new page."""
    if before.right < full or _STARTS_ITEM.match(line.text) or _starts_with_label(line.text):
        return True
    if fresh:
        return before.text.rstrip()[-1:] in ".?!:;" or not line.text[:1].islower()
    if before.text.isupper() != line.text.isupper():
        return True
    distance = before.bottom - line.top
    indented = line.left - before.left > _INDENT and not _STARTS_ITEM.match(before.text)
    return distance > usual * _APART or distance < -usual or indented


def _starts_with_label(text: str) -> bool:
    cue = next(separated(text), None)
    return cue is not None and cue.start == 0 and word(cue.label).well_formed and cue.shape == "colon"


def _usual_distance(page: Sequence[Line]) -> float:
    """The distance of the baselines of lines that belong together, in points."""
    distances = [before.bottom - line.top for before, line in pairwise(page) if before.bottom > line.top]
    height = median(line.height for line in page) if page else 0.0
    return min(median(distances), _TALL * height) if distances and height else 0.0


def _vocabulary(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """The words with a hyphen inside that are whole somewhere in the text, in lower case."""
    found = (re.findall(r"\w+-\w+", line.text.casefold()) for page in pages for line in page)
    return frozenset(one for words in found for one in words)


def _unbroken(text: str, vocabulary: frozenset[str]) -> str:
    """A line with its broken words made whole."""

    def whole(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        low, following = first.casefold(), second.casefold()
        twice = bool(following) and (low.endswith(following) or (len(low) > 2 and following.startswith(low)))
        kept = twice or not first or not second or f"{low}-{following}" in vocabulary
        return f"{first}-{second}" if kept or second[0].isupper() else first + second

    return _BROKEN.sub(whole, text)
