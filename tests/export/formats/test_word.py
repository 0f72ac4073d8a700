"""Word files as a faculty wants them, looked at in their XML."""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qualcoder_lite import i18n
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import KINDS
from qualcoder_lite.export.formats import word_styles
from qualcoder_lite.export.formats.word import write_word
from qualcoder_lite.export.formats.word_xml import run_xml
from qualcoder_lite.export.report import (
    Column,
    Heading,
    Paragraph,
    Part,
    Report,
    Row,
    Run,
    Table,
    cell,
    words,
)
from qualcoder_lite.export.reports.matrices import write_matrix
from qualcoder_lite.store.project import Project
from tests.export.reading import W, part, text_of, value

CM = 567


def written(study: Project, kind: str, folder: Path) -> Path:
    """A matrix as a Word file."""
    path = folder / f"{kind}.docx"
    matrix = KINDS[kind](study, Choice(coder="Ani", by="kelompok" if kind == "groups" else ""))
    write_matrix(study, matrix, path)
    return path


@pytest.fixture(params=list(KINDS))
def word(request: pytest.FixtureRequest, study: Project, tmp_path: Path) -> Any:
    """The text part of a matrix of each kind."""
    return part(written(study, request.param, tmp_path))


def test_heads_repeat_and_rows_stay_whole(word: Any) -> None:
    for table in word.iter(f"{W}tbl"):
        head, *rows = table.findall(f"{W}tr")
        assert head.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in [head, *rows])
        assert not any(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows)


def test_no_cell_is_empty(word: Any) -> None:
    cells = list(word.iter(f"{W}tc"))
    assert cells
    assert all(text_of(one).strip() for one in cells)


def test_captions_stand_above_with_a_sequence_field_and_its_result(word: Any) -> None:
    captions = [p for p in word.iter(f"{W}p") if value(p, "pPr/pStyle") == "Caption"]
    assert len(captions) == len(list(word.iter(f"{W}tbl")))
    for number, caption in enumerate(captions, 1):
        assert caption.getnext().tag == f"{W}tbl"
        kinds = [mark.get(f"{W}fldCharType") for mark in caption.iter(f"{W}fldChar")]
        assert kinds == ["begin", "separate", "end"]
        assert next(caption.iter(f"{W}instrText")).text.strip() == "SEQ Table \\* ARABIC"
        assert text_of(caption).startswith((f"Table 4.{number} ", f"Table 3.{number} "))
        assert not text_of(caption).strip().endswith(".")


def test_tables_stand_on_landscape_pages_in_a_portrait_document(word: Any) -> None:
    sections = list(word.iter(f"{W}sectPr"))
    sizes = [(value(s, "pgSz", "orient"), value(s, "pgSz", "w"), value(s, "pgSz", "h")) for s in sections]
    assert sizes[0] == (None, "11906", "16838")
    assert ("landscape", "16838", "11906") in sizes
    sides = ("top", "right", "bottom", "left")
    for section in sections:
        margins = [round(int(value(section, "pgMar", side) or 0) / CM) for side in sides]
        assert margins == ([4, 4, 3, 3] if value(section, "pgSz", "orient") else [4, 3, 3, 4])


def test_tables_are_as_wide_as_the_page(word: Any) -> None:
    for table in word.iter(f"{W}tbl"):
        widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(widths) == 16838 - 7 * CM
        assert min(widths) >= CM


def test_below_every_table_stand_notes_and_where_the_data_come_from(word: Any) -> None:
    for table in word.iter(f"{W}tbl"):
        below = table.getnext()
        assert value(below, "pPr/pStyle") == "TableNote"
        while value(below, "pPr/pStyle") == "TableNote":
            below = below.getnext()
        assert value(below, "pPr/pStyle") == "TableSource"
        assert text_of(below).startswith("Source: primary data")


def test_the_named_styles_hold_font_and_size(study: Project, tmp_path: Path) -> None:
    styles = part(written(study, "informants", tmp_path), "word/styles.xml")
    assert styles.find(f".//{W}docDefaults//{W}rFonts").get(f"{W}ascii") == "Times New Roman"
    by_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    assert value(styles, "docDefaults/rPrDefault/rPr/sz") == "24"
    assert value(by_id["TableText"], "rPr/sz") == "20"
    assert value(by_id["TableText"], "pPr/spacing", "line") == "240"
    for number in (1, 2, 3):
        assert value(by_id[f"Heading{number}"], "name") == f"heading {number}"
        assert value(by_id[f"Heading{number}"], "pPr/outlineLvl") == str(number - 1)
    assert by_id["Caption"].find(f"{W}pPr/{W}keepNext") is not None


def test_every_style_that_is_used_is_there(word: Any, study: Project, tmp_path: Path) -> None:
    styles = part(written(study, "linkage", tmp_path), "word/styles.xml")
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    assert {p.get(f"{W}val") for p in word.iter(f"{W}pStyle", f"{W}tblStyle")} <= known


@pytest.mark.parametrize(("language", "tag", "label"), [("en", "en-US", "Table"), ("id", "id-ID", "Tabel")])
def test_the_document_says_its_language(
    language: str, tag: str, label: str, study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Words(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return {"Table": label}.get(message, message)

    monkeypatch.setattr(i18n, "_chosen", [(language, Words())])
    path = written(study, "saturation", tmp_path)
    assert value(part(path, "word/styles.xml"), "docDefaults/rPrDefault/rPr/lang") == tag
    assert Document(str(path)).core_properties.language == tag
    assert next(part(path).iter(f"{W}instrText")).text.strip() == f"SEQ {label} \\* ARABIC"


def test_nobody_is_named_as_author(study: Project, tmp_path: Path) -> None:
    properties = Document(str(written(study, "groups", tmp_path))).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == "Comparison of groups of informants"


def test_more_than_seven_columns_are_split_by_what_they_belong_to(study: Project, tmp_path: Path) -> None:
    from tests.export.filling import Filling

    with study.change("more") as session:
        f = Filling(session)
        for number in range(9):
            f.code(f"C{number}", kind="category")
    tables = list(part(written(study, "informants", tmp_path)).iter(f"{W}tbl"))
    heads = [[text_of(c).split("\n")[0] for c in t.find(f"{W}tr").findall(f"{W}tc")] for t in tables]
    assert heads[:4] == [
        ["No.", "Informant", "K", "R"],
        ["No.", "Informant", "S", "V"],
        ["No.", "Informant", *(f"C{n}" for n in range(7))],
        ["No.", "Informant", "C7", "C8", "Indicators touched"],
    ]
    rows = [[text_of(row.findall(f"{W}tc")[0]) for row in table.findall(f"{W}tr")] for table in tables[:4]]
    assert rows[0] == rows[1] == rows[2] == rows[3]


def test_a_row_above_half_a_page_may_break(tmp_path: Path) -> None:
    long = (words("kata " * 3000),)
    table = Table("T", (Column("A"), Column("B")), (Row((cell("x"), long)), Row((cell("x"), cell("y")))))
    write_word(Report("R", (Part((table,), wide=True),)), tmp_path / "r.docx")
    _head, tall, low = part(tmp_path / "r.docx").iter(f"{W}tr")
    assert tall.find(f"{W}trPr") is None
    assert low.find(f"{W}trPr/{W}cantSplit") is not None


def test_the_last_row_of_a_kept_table_stays_with_what_follows(tmp_path: Path) -> None:
    rows = (Row((cell("x"), cell("y"))), Row((cell("z"), cell("z"))))
    for kept in (True, False):
        table = Table("T", (Column("A"), Column("B")), rows, kept=kept)
        write_word(Report("R", (Part((table,)),)), tmp_path / "r.docx")
        _head, first, last = part(tmp_path / "r.docx").iter(f"{W}tr")
        found = [
            [p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p")] for row in (first, last)
        ]
        assert found == [[False, False], [kept, kept]]


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_is_well_formed_and_kept(text: str) -> None:
    xml = f'<w:p xmlns:w="{word_styles.W}">{run_xml(Run(text))}</w:p>'
    tree = etree.fromstring(xml.encode())
    pieces = [
        {"t": n.text or "", "br": "\n", "tab": "\t"}.get(etree.QName(n).localname, "") for n in tree.iter()
    ]
    assert "".join(pieces) == "".join(c if _is_allowed(c) else "\ufffd" for c in text)


def _is_allowed(character: str) -> bool:
    """By XML 1.0 §2.2, without the carriage return, which parsers turn into a line end."""
    code = ord(character)
    return character in "\t\n" or (
        code >= 32 and not 0xD800 <= code < 0xE000 and code not in (0xFFFE, 0xFFFF)
    )


def test_headings_are_real(tmp_path: Path) -> None:
    blocks = (Heading("Two", 2), Heading("Three", 3), Paragraph((Run("a", "bold"), Run("b")), "body"))
    write_word(Report("One & only", (Part(blocks),)), tmp_path / "r.docx")
    read = [(p.style.name, p.text) for p in Document(str(tmp_path / "r.docx")).paragraphs]
    assert read == [
        ("Heading 1", "One & only"),
        ("Heading 2", "Two"),
        ("Heading 3", "Three"),
        ("Normal", "ab"),
    ]
