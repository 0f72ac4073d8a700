"""Reports as Word files: python-docx makes the package, the text is spliced in as XML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qualcoder_lite.export.report import Block, Heading, Paragraph, Report, Table
from qualcoder_lite.export.word_styles import R, W, styles_xml
from qualcoder_lite.export.word_xml import (
    caption_xml,
    field_xml,
    heading_xml,
    language_tag,
    paragraph_xml,
    section_xml,
    table_xml,
)

_OF_TODAY = "15"  # the compatibility mode in which Word lays out as it does now


def write_word(report: Report, path: Path) -> None:
    """Write a report as .docx: each part in a section of its own, tables with caption, head and notes."""
    from docx import Document

    document = Document()
    _set_styles(document)
    _set_properties(document, report.title)
    footer = _page_numbers(document)
    body = document.element.body
    for child in list(body):
        body.remove(child)
    for child in _tree(_body_xml(report, footer)):
        body.append(child)
    document.save(str(path))


def _body_xml(report: Report, footer: str) -> str:
    pieces = [heading_xml(Heading(report.title, 1))]
    number = 0
    last = len(report.parts) - 1
    for place, part in enumerate(report.parts):
        for block in part.blocks:
            number += isinstance(block, Table) and block.chapter > 0
            pieces.append(_block_xml(block, number, part.wide))
        section = section_xml(part.wide, footer)
        pieces.append(section if place == last else f"<w:p><w:pPr>{section}</w:pPr></w:p>")
    return "".join(pieces)


def _block_xml(block: Block, number: int, wide: bool) -> str:
    if isinstance(block, Heading):
        return heading_xml(block)
    if isinstance(block, Paragraph):
        return paragraph_xml(block)
    notes = "".join(map(paragraph_xml, block.notes))
    return caption_xml(block, number) + table_xml(block, wide) + notes


def _tree(xml: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    whole = f'<w:body xmlns:w="{W}" xmlns:r="{R}">{xml}</w:body>'
    return list(etree.fromstring(whole.encode(), parser))


def _set_styles(document: Any) -> None:
    """Put our styles in the place of those that python-docx brings."""
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    from lxml import etree

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
