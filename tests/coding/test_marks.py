"""Marks of a text: every kind that a reader can give is stored and comes back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcoder_lite import readers
from qualcoder_lite.coding import sources
from qualcoder_lite.coding.importing.marks import pack, unpack
from qualcoder_lite.readers.document import MARK_KINDS, Mark, MarkKind
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import SourceText
from tests.coding.adding import values
from tests.readers.made import paragraph, run, table, word_file


def emitted() -> Iterator[str]:
    """The kinds of marks that the readers make, by their own words."""
    for path in sorted(Path(readers.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_call = isinstance(node, ast.Call) and _name(node.func) in ("Mark", "mark")
            if is_call and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def _name(node: ast.expr) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def test_every_kind_that_a_reader_makes_can_be_stored() -> None:
    made = set(emitted())
    assert {"heading", "list", "page", "line", "note"} <= made <= set(MARK_KINDS)


@pytest.mark.parametrize("kind", MARK_KINDS)
def test_a_mark_comes_back_as_it_was(kind: MarkKind) -> None:
    marks = (Mark(kind, 0, 3, 2), Mark("bold", 1, 2), Mark(kind, 4, 9))
    assert unpack(pack(marks)) == marks


def test_stored_lists_stay_true() -> None:
    assert MARK_KINDS[:7] == ("heading", "bold", "italic", "list", "table", "page", "line")


def test_a_word_file_with_everything_that_is_marked_becomes_a_source(
    project: Project, tmp_path: Path
) -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="7"/></w:r>'
    path = word_file(
        tmp_path / "a.docx",
        paragraph(note, "Judul", properties='<w:outlineLvl w:val="0"/>'),
        paragraph(run("P: ", "<w:b/>"), run("Apa?", "<w:i/>")),
        paragraph("I: Juknis", note, " kota.", end, properties='<w:numPr><w:numId w:val="1"/></w:numPr>'),
        table(["Baris", "Teks"], ["7", "Begitu"]),
        footnotes=f'<w:footnote w:id="2">{paragraph("petunjuk teknis")}</w:footnote>',
        endnotes=f'<w:endnote w:id="7">{paragraph("akhir")}</w:endnote>',
    )
    sources.import_files(project, [path])
    [(text, packed)] = values(project, SourceText, "text", "marks")
    found = {(mark.kind, text[mark.start : mark.end], mark.value) for mark in unpack(packed)}
    assert {("note", "s", 2), ("note", ".", 3), ("heading", "Judul", 1), ("line", "Begitu", 7)} <= found
    assert {"bold", "italic", "list"} <= {kind for kind, _words, _value in found}
    assert text.endswith("[1] petunjuk teknis\n[3] akhir")
