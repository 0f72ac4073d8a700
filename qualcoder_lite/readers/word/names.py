"""The names of WordprocessingML that we read, in both its namespaces, and what the styles of a file mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qualcoder_lite.archives import Package, damaged, parse_xml
from qualcoder_lite.errors import UserError

if TYPE_CHECKING:
    from lxml import etree

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_OTHER = {
    "AlternateContent": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "Choice": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "Fallback": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "oMath": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "oMathPara": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_NAMES = """
    document body p r t tab br cr ptab noBreakHyphen softHyphen sym pPr rPr tbl tr tc trPr tcPr gridSpan
    gridBefore ins del moveTo moveFrom hyperlink smartTag sdt sdtContent fldSimple customXml dir bdo
    ruby rt rubyBase footnoteReference endnoteReference drawing pict object txbxContent b i pStyle
    rStyle numPr numId outlineLvl footnote endnote altChunk style name basedOn val styleId type id char
    commentReference
"""
KINDS: dict[str, str] = {f"{{{space}}}{name}": name for space in _SPACES for name in _NAMES.split()}
KINDS |= {f"{{{space}}}{name}": name for name, space in _OTHER.items()}
KINDS[MATH_TEXT] = "t"

PROPERTIES = "docProps/core.xml"
_PROPERTIES_SIZE = 1 << 20  # bytes
_AUTHORS = (
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy",
)
_HEADING = re.compile(r"(?:heading|judul|tajuk) ?([1-9])$", re.IGNORECASE)
_TITLES = frozenset({"title", "judul"})
_OFF = frozenset({"0", "false", "off", "none"})
_LEVELS = 9


@dataclass(frozen=True)
class Styles:
    """What a file's styles mean, by their ids."""

    headings: dict[str, int]
    lists: frozenset[str]
    bold: frozenset[str]  # of characters
    italic: frozenset[str]


def kind(element: etree._Element) -> str:
    """The name of an element that we read, without its namespace; else an empty text."""
    return KINDS.get(element.tag, "")


def tags(*names: str) -> list[str]:
    """The full names of elements in both namespaces."""
    return [f"{{{space}}}{name}" for name in names for space in _SPACES]


def value(element: etree._Element, name: str = "val") -> str:
    """An attribute of an element of Word, or an empty text."""
    for space in _SPACES:
        if (found := element.get(f"{{{space}}}{name}")) is not None:
            return str(found)
    return ""


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name, or None."""
    if element is None:
        return None
    return next((one for one in element if kind(one) == name), None)


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Tell whether a switch (bold, italic) is there and not turned off."""
    switch = child(properties, name)
    return switch is not None and value(switch) not in _OFF


def authors_of(package: Package) -> tuple[str, ...]:
    """Who made and last saved a file, by its properties; nobody where they can't be read."""
    if not package.has(PROPERTIES):
        return ()
    try:
        root = parse_xml(package.read(PROPERTIES, _PROPERTIES_SIZE), package.path)
    except UserError:
        return ()  # they are no part of the text, which is whole
    return tuple(str(one.text) for one in root if one.tag in _AUTHORS and one.text)


def styles_of(data: bytes, path: Path) -> Styles:
    """What the styles of a file mean. Raises UserError where they are damaged."""
    try:
        return _styles(data)
    except UserError as error:
        raise damaged(path) from error


@lru_cache(maxsize=8)
def _styles(data: bytes) -> Styles:
    """Files of one study mostly share their styles, so the last few readings are kept."""
    root = parse_xml(data, Path("styles.xml"))
    styles = {value(one, "styleId"): one for one in root if kind(one) == "style"}
    headings = {name: level for name in styles if (level := _level(name, styles)) is not None}
    lists = frozenset(name for name in styles if child(_properties(name, styles, "pPr"), "numPr") is not None)
    bold = frozenset(name for name in styles if _is_character(styles[name], "b"))
    italic = frozenset(name for name in styles if _is_character(styles[name], "i"))
    return Styles(headings, lists, bold, italic)


def _is_character(style: etree._Element, switch: str) -> bool:
    return value(style, "type") == "character" and is_on(child(style, "rPr"), switch)


def _properties(name: str, styles: dict[str, etree._Element], properties: str) -> etree._Element | None:
    return child(styles.get(name), properties)


def _level(name: str, styles: dict[str, etree._Element]) -> int | None:
    """The level of heading of a paragraph style, by its name, its outline level or what it is based on."""
    for _step in range(_LEVELS):
        style = styles.get(name)
        if style is None or value(style, "type") not in ("paragraph", ""):
            return None
        named = child(style, "name")
        title = value(named) if named is not None else name
        if match := _HEADING.match(title):
            return int(match[1])
        if title.casefold() in _TITLES:
            return 1
        outline = child(child(style, "pPr"), "outlineLvl")
        if outline is not None and value(outline).isdigit():
            level = int(value(outline)) + 1
            return level if level <= _LEVELS else None
        based = child(style, "basedOn")
        name = value(based) if based is not None else ""
    return None
