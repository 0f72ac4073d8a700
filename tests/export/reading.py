"""Reading back what was written, by other means than those that wrote it."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(path: Path, name: str = "word/document.xml") -> Any:
    """A part of a Word file as a tree."""
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def text_of(element: Any) -> str:
    """The words in an element; paragraphs and breaks are lines."""
    pieces = []
    for node in element.iter():
        if node.tag == f"{W}t":
            pieces.append(node.text or "")
        elif node.tag == f"{W}br" or (node.tag == f"{W}p" and pieces):
            pieces.append("\n")
    return "".join(pieces)


def value(element: Any, path: str, name: str = "val") -> str | None:
    """An attribute of the first element found at a path of w: names."""
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{name}")


def everything(path: Path) -> str:
    """All text in a file of any format: of every member where it is a package."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    return path.read_text(encoding="utf-8")


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by their heads."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
