"""Word documents, read as a stream through lxml: every word that a reader of the printed page would see.

Tracked insertions are in, deletions out; of two renderings of one thing one is taken. Footnotes and endnotes
stand at the end, each after its number in brackets, and a mark `note` lies on the character that they belong
to. Comments, page headers and footers stay out and are reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualcoder_lite.archives import Package, damaged, open_package, parse_xml, too_large, walk_xml
from qualcoder_lite.i18n import N_
from qualcoder_lite.readers.document import Mark, MarkKind, Remark
from qualcoder_lite.readers.opening import empty
from qualcoder_lite.readers.transcript import Draft
from qualcoder_lite.readers.word.names import (
    MATH_TEXT,
    Styles,
    authors_of,
    child,
    is_on,
    kind,
    styles_of,
    tags,
    value,
)
from qualcoder_lite.readers.word.tables import Cell, Row, Tables
from qualcoder_lite.readers.writing import Writing

if TYPE_CHECKING:
    from lxml import etree

TEXT_PART_SIZE = 48 << 20  # bytes of XML: some two thousand pages
BLOCK_SIZE = 8 << 20  # bytes of XML of one paragraph or table, since it lies in memory as a tree
PARAGRAPHS = 150_000
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_CONTAINERS = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo",
     "rubyBase", "rt", "ruby"}
)  # fmt: skip
_NO_STYLES = Styles({}, frozenset(), frozenset(), frozenset())


@dataclass
class _Reading:
    """What is known of a document while it is read."""

    styles: Styles
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind of note, its id; in order


def read_word(path: Path) -> Draft:
    """A .docx as text, marks, turns of its tables, suggested codes and remarks.

    Raises UserError where it is damaged, locked, over the caps, not a Word document, or without text.
    """
    with open_package(path) as package:
        part = _main_part(package)
        folder = part.rpartition("/")[0]
        reading = _Reading(_styles(package, folder))
        out, tables = Writing(), Tables()
        for block in _blocks(package, part):
            if kind(block) == "p":
                _paragraph(block, out, reading)
            else:
                _table(block, out, tables, reading)
        closed = [*tables.closed, *_notes(package, folder, out, reading)]
        remarks = _remarks(package, folder, len(reading.notes))
        authors = authors_of(package)
    text = out.text()
    if not text or text.isspace():
        raise empty(path)
    marks = tuple(sorted(out.marks, key=lambda mark: (mark.start, -mark.end)))
    return Draft(
        text,
        marks=marks,
        remarks=remarks,
        suggestions=tuple(tables.suggestions),
        turns=tuple(tables.turns),
        closed=tuple(closed),
        authors=authors,
    )


def _main_part(package: Package) -> str:
    """The name of the part that holds the text."""
    if package.has("word/document.xml"):
        return "word/document.xml"
    if not package.has("_rels/.rels"):
        raise damaged(package.path)
    for relation in parse_xml(package.read("_rels/.rels"), package.path):
        target = str(relation.get("Target") or "").lstrip("/")
        if str(relation.get("Type") or "").endswith("/officeDocument") and package.has(target):
            return target
    raise damaged(package.path)


def _styles(package: Package, folder: str) -> Styles:
    name = f"{folder}/styles.xml"
    return styles_of(package.read(name), package.path) if package.has(name) else _NO_STYLES


def _blocks(package: Package, part: str) -> Iterator[etree._Element]:
    """The paragraphs and tables of the body in order; each is let go when the next is asked for."""
    depth = started = 0
    seen = False
    weight = _Weight(package, part)
    for event, element in walk_xml(weight.chunks(), package.path, tags("document", "p", "tbl")):
        if kind(element) == "document":
            seen = True
        elif event == "start":
            depth, started = depth + 1, started + 1
            if started > PARAGRAPHS:
                raise too_large(package.path)
        else:
            depth -= 1
            if depth == 0:
                if not _is_second_rendering(element):
                    yield element
                _let_go(element)
                weight.of_block = 0
    if not seen:
        raise damaged(package.path)


@dataclass
class _Weight:
    """The bytes of a part, counted while they are read, so that no single block grows beyond BLOCK_SIZE."""

    package: Package
    part: str
    of_block: int = 0

    def chunks(self) -> Iterator[bytes]:
        for piece in self.package.chunks(self.part, TEXT_PART_SIZE):
            self.of_block += len(piece)
            if self.of_block > BLOCK_SIZE:
                raise too_large(self.package.path)
            yield piece


def _is_second_rendering(element: etree._Element) -> bool:
    return any(kind(one) in ("Fallback", "del", "moveFrom") for one in element.iterancestors())


def _let_go(element: etree._Element) -> None:
    """Free what has been read, so that memory stays flat however long the document is."""
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _paragraph(element: etree._Element, out: Writing, reading: _Reading) -> None:
    start = out.begin_block()
    properties = child(element, "pPr")
    boxes: list[etree._Element] = []
    _inline(element, out, reading, boxes)
    if properties is not None:
        _mark_paragraph(properties, out, reading, start)
    for box in boxes:
        _content(box, out, reading)


def _mark_paragraph(properties: etree._Element, out: Writing, reading: _Reading, start: int) -> None:
    styled = child(properties, "pStyle")
    style = value(styled) if styled is not None else ""
    outline = child(properties, "outlineLvl")
    level = reading.styles.headings.get(style, 0)
    if outline is not None and value(outline).isdigit():
        level = int(value(outline)) + 1
    if 1 <= level <= 9:
        out.mark("heading", start, level)
    numbered = child(child(properties, "numPr"), "numId")
    if (numbered is not None and value(numbered) != "0") or (
        numbered is None and style in reading.styles.lists
    ):
        out.mark("list", start)
    # the mark of the end of this paragraph was deleted: the next one goes on in its line
    out.joins = child(child(properties, "rPr"), "del") is not None


def _content(parent: etree._Element, out: Writing, reading: _Reading) -> None:
    """The paragraphs and tables of a text box, note or cell."""
    for element in parent:
        name = kind(element)
        if name == "p":
            _paragraph(element, out, reading)
        elif name == "tbl":
            _flat_table(element, out, reading)
        elif name in _CONTAINERS:
            _content(element, out, reading)
        elif name == "AlternateContent":
            _content(_rendering(element), out, reading)


def _inline(parent: etree._Element, out: Writing, reading: _Reading, boxes: list[etree._Element]) -> None:
    """The runs of a paragraph, through whatever they are wrapped in."""
    for element in parent:
        name = kind(element)
        if name == "r":
            _run(element, out, reading, boxes)
        elif name in _CONTAINERS:
            _inline(element, out, reading, boxes)
        elif name in ("oMath", "oMathPara"):
            out.write("".join(part.text or "" for part in element.iter(MATH_TEXT)))
        elif name == "AlternateContent":
            _inline(_rendering(element), out, reading, boxes)


def _run(run: etree._Element, out: Writing, reading: _Reading, boxes: list[etree._Element]) -> None:
    start = out.length
    properties: etree._Element | None = None
    for element in run:
        name = kind(element)
        if name == "t":
            if element.text:
                out.write(element.text)
        elif name == "rPr":
            properties = element
        elif name:
            _in_run(element, name, out, reading, boxes)
    if properties is not None and len(properties) and out.length > start:
        _mark_run(properties, out, reading, start)


def _in_run(
    element: etree._Element, name: str, out: Writing, reading: _Reading, boxes: list[etree._Element]
) -> None:
    """What a run holds besides its text."""
    if name in _CHARACTERS:
        out.write(_CHARACTERS[name])
    elif name == "sym":
        out.write(_symbol(value(element, "char")))
    elif name in ("footnoteReference", "endnoteReference"):
        reading.notes.append((name.removesuffix("Reference"), value(element, "id")))
        if out.length:  # a mark lies on a character, and before the first there is none
            out.marks.append(Mark("note", out.length - 1, out.length, len(reading.notes)))
    elif name in ("drawing", "pict", "object"):
        boxes.extend(_boxes(element))
    elif name == "AlternateContent":
        chosen = _rendering(element)
        boxes.extend(_boxes(chosen))
        _run(chosen, out, reading, [])
    elif name in _CONTAINERS:
        _inline(element, out, reading, boxes)


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def _mark_run(properties: etree._Element, out: Writing, reading: _Reading, start: int) -> None:
    styled = child(properties, "rStyle")
    style = value(styled) if styled is not None else ""
    switches: tuple[tuple[MarkKind, str, frozenset[str]], ...] = (
        ("bold", "b", reading.styles.bold),
        ("italic", "i", reading.styles.italic),
    )
    for kind_of_mark, switch, by_style in switches:
        if child(properties, switch) is not None:
            if is_on(properties, switch):
                out.mark(kind_of_mark, start)
        elif style in by_style:
            out.mark(kind_of_mark, start)


def _rendering(alternatives: etree._Element) -> etree._Element:
    """One of several renderings of a thing: the first with words in it, else the first."""
    renderings = [one for one in alternatives if kind(one) in ("Choice", "Fallback")]
    with_words = (one for one in renderings if any(kind(part) in ("t", "txbxContent") for part in one.iter()))
    return next(with_words, renderings[0] if renderings else alternatives)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes in a drawing, each once, those within others left to them."""
    for part in element:
        name = kind(part)
        if name == "txbxContent":
            yield part
        elif name == "AlternateContent":
            yield from _boxes(_rendering(part))
        else:
            yield from _boxes(part)


def _table(element: etree._Element, out: Writing, tables: Tables, reading: _Reading) -> None:
    rows = _rows(element, reading)
    if max((len(row) for row in rows), default=0) == 1:
        for row in rows:  # a frame around ordinary text
            out.begin_block()
            out.take(row[0].content)
    else:
        tables.write(rows, out)


def _flat_table(element: etree._Element, out: Writing, reading: _Reading) -> None:
    """A table inside a cell, box or note: cells joined by tab, rows by newline."""
    for row in _rows(element, reading):
        out.begin_block()
        for number, cell in enumerate(row):
            out.write("\t" if number else "")
            out.take(cell.content)


def _rows(element: etree._Element, reading: _Reading) -> list[Row]:
    return [
        cells
        for row in _within(element, "tr")
        if child(child(row, "trPr"), "del") is None and (cells := _cells(row, reading))
    ]


def _cells(row: etree._Element, reading: _Reading) -> Row:
    cells: Row = []
    before = child(child(row, "trPr"), "gridBefore")
    column = _number(before)
    for element in _within(row, "tc"):
        content = Writing()
        _content(element, content, reading)
        cells.append(Cell(column, content))
        column += max(1, _number(child(child(element, "tcPr"), "gridSpan")))
    return cells


def _number(element: etree._Element | None) -> int:
    written = value(element) if element is not None else ""
    return min(int(written), 1000) if written.isdecimal() and len(written) < 6 else 0


def _within(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that name, also those inside content controls."""
    for element in parent:
        if kind(element) == name:
            yield element
        elif kind(element) in _CONTAINERS:
            yield from _within(element, name)


def _notes(package: Package, folder: str, out: Writing, reading: _Reading) -> list[tuple[int, int]]:
    """Write the notes that the text refers to behind it, each as `[number] words`; gives their ranges."""
    ranges: list[tuple[int, int]] = []
    texts = {name: _note_texts(package, folder, name) for name in dict(reading.notes)}
    for number, (name, identity) in enumerate(list(reading.notes), 1):
        note = texts[name].pop(identity, None)
        if note is None:
            continue
        start = out.begin_block()
        out.write(f"[{number}] ")
        content = Writing()
        _content(note, content, _Reading(reading.styles))
        out.write(content.text().lstrip())
        ranges.append((start, out.length))
    return ranges


def _note_texts(package: Package, folder: str, name: str) -> dict[str, etree._Element]:
    part = f"{folder}/{name}s.xml"
    if not package.has(part):
        return {}
    return {value(one, "id"): one for one in parse_xml(package.read(part), package.path) if kind(one) == name}


def _remarks(package: Package, folder: str, notes: int) -> tuple[Remark, ...]:
    remarks: list[Remark] = []
    if notes:
        remarks.append(Remark(N_("Footnotes stand at the end of the text ({number})."), {"number": notes}))
    comments = f"{folder}/comments.xml"
    if package.has(comments) and (number := package.read(comments).count(b"<w:comment ")):
        remarks.append(Remark(N_("Comments in the margin were left out ({number})."), {"number": number}))
    sides = [name for name in package.names if name.startswith((f"{folder}/header", f"{folder}/footer"))]
    if any(b"</w:t>" in package.read(name) for name in sides[:12] if name.endswith(".xml")):
        remarks.append(Remark(N_("The headers and footers of the pages were left out.")))
    if any(name.startswith(f"{folder}/afchunk") for name in package.names):
        remarks.append(Remark(N_("A part that was inserted as another file was left out.")))
    return tuple(remarks)
