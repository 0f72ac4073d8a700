"""Reports as Word files: python-docx makes the package, the text is streamed in as XML.

A tree of the whole text would take a gigabyte for two hundred transcripts; as a stream it takes none.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from qualcoder_lite.export.formats.word_styles import R, W, styles_xml
from qualcoder_lite.export.formats.word_xml import (
    caption_xml,
    field_xml,
    figure_xml,
    heading_xml,
    language_tag,
    paragraph_xml,
    section_end_xml,
    section_xml,
    table_xml,
)
from qualcoder_lite.export.report import Figure, Heading, Paragraph, Part, Report, Table

TEXT = "word/document.xml"
_OF_TODAY = "15"  # the compatibility mode in which Word lays out as it does now


def write_word(report: Report, path: Path) -> None:
    """Write a report as .docx: each part in a section of its own, tables with caption, head and notes."""
    blocks = (block for part in report.parts for block in part.blocks)
    images = [block.paint(block.picture) for block in blocks if isinstance(block, Figure)]
    write_parts(report.title, report.parts, path, images)


def write_parts(title: str, parts: Iterable[Part], path: Path, images: Sequence[bytes] = ()) -> None:
    """Write parts behind a title as they come, each in a section of its own; images are those of figures."""
    package, footer, names = _package(title, images)
    with zipfile.ZipFile(package) as empty, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for member in empty.namelist():
            if member != TEXT:
                whole.writestr(member, empty.read(member))
        with whole.open(TEXT, "w", force_zip64=True) as text:
            for piece in _document_xml(title, parts, footer, names):
                text.write(piece.encode())


def _document_xml(title: str, parts: Iterable[Part], footer: str, images: Sequence[str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    yield f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
    yield heading_xml(Heading(title, 1))
    number, figures, ended = 0, 0, ""
    for part in parts:
        if ended:
            yield section_end_xml(ended)
        for block in part.blocks:
            number += isinstance(block, Table) and block.chapter > 0
            if isinstance(block, Figure):
                figures += 1
                yield figure_xml(block, figures, images[figures - 1], part.wide)
            else:
                yield _block_xml(block, number, part.wide)
        ended = section_xml(part.wide, footer)
    yield f"{ended or section_xml(False, footer)}</w:body></w:document>"


def _block_xml(block: Heading | Paragraph | Table, number: int, wide: bool) -> str:
    if isinstance(block, Heading):
        return heading_xml(block)
    if isinstance(block, Paragraph):
        return paragraph_xml(block)
    notes = "".join(map(paragraph_xml, block.notes))
    return caption_xml(block, number) + table_xml(block, wide) + notes


# The package -----------------------------------------------------------------------------------------------


def _package(title: str, images: Sequence[bytes]) -> tuple[io.BytesIO, str, list[str]]:
    """An empty document with our styles, and the ids by which it refers to the page number and to images."""
    from docx import Document

    document = Document()
    _set_styles(document)
    _set_properties(document, title)
    footer = _page_numbers(document)
    names = [str(document.part.get_or_add_image(io.BytesIO(image))[0]) for image in images]
    package = io.BytesIO()
    document.save(package)
    return package, footer, names


def _set_styles(document: Any) -> None:
    """Put our styles in the place of those that python-docx brings."""
    from lxml import etree

    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    for child in list(etree.fromstring(styles_xml(language_tag()).encode())):
        styles.append(child)


def _set_properties(document: Any, title: str) -> None:
    """Title and language; nobody's name stands in the file, and no picture of the empty template."""
    properties = document.core_properties
    properties.title, properties.language = title, language_tag()
    properties.author = properties.last_modified_by = properties.comments = ""
    settings = document.settings.element
    settings.find(f".//{{{W}}}compatSetting[@{{{W}}}name='compatibilityMode']").set(f"{{{W}}}val", _OF_TODAY)
    settings.find(f"{{{W}}}themeFontLang").set(f"{{{W}}}val", language_tag())
    relations = document.part.package.rels
    for name in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[name]


def _page_numbers(document: Any) -> str:
    """A footer with the page number; return the id by which sections refer to it."""
    from lxml import etree

    section = document.sections[0]
    section.footer.is_linked_to_previous = False
    element = section.footer._element
    for child in list(element):
        element.remove(child)
    number = field_xml("PAGE", "1")
    line = f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>{number}</w:p>'
    element.append(etree.fromstring(line))
    reference = section._sectPr.find(f"{{{W}}}footerReference")
    return str(reference.get(f"{{{R}}}id"))
