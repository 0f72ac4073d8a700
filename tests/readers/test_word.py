"""What is in a Word document and what of it is read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.readers.document import Document
from qualcoder_lite.readers.reading import read
from tests.readers.made import paragraph, run, table, word_file

Make = Callable[..., Document]
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
ALTERNATIVES = (
    "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
)
BOX = "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"


@pytest.fixture
def made(tmp_path: Path) -> Make:
    def make(*blocks: str, space: str = "", **parts: str) -> Document:
        path = tmp_path / "a.docx"
        word_file(path, *blocks, **({"space": space} if space else {}), **parts)
        return read(path)

    return make


def marked(document: Document, kind: str) -> list[tuple[str, int]]:
    return [(document.text[one.start : one.end], one.value) for one in document.marks if one.kind == kind]


def test_paragraphs_are_lines_and_white_space_stays(made: Make) -> None:
    text = made(paragraph("  satu "), paragraph(), paragraph("dua", "\u00a0tiga")).text
    assert text == "  satu \n\ndua\u00a0tiga"


def test_the_strict_kind_of_file_is_read_too(made: Make) -> None:
    assert made(paragraph("satu"), table(["a", "b"]), space=STRICT).text == "satu\na\tb"


def test_breaks_tabs_and_special_hyphens(made: Make) -> None:
    inside = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/>"
        '<w:t>e</w:t><w:softHyphen/><w:t>f</w:t><w:sym w:font="Wingdings" w:char="F04A"/></w:r>'
    )
    assert made(paragraph(inside)).text == "a\tb\nc\nd\u2011e\u00adf\uf04a"


def test_tracked_insertions_are_in_and_deletions_out(made: Make) -> None:
    text = made(
        paragraph(
            run("tetap "),
            f"<w:ins>{run('masuk ')}</w:ins>",
            "<w:del><w:r><w:delText>keluar</w:delText></w:r></w:del>",
            f"<w:moveFrom>{run('dari ')}</w:moveFrom><w:moveTo>{run('ke ')}</w:moveTo>",
            f"<w:ins><w:del><w:r><w:delText>sebentar</w:delText></w:r></w:del>{run('akhir')}</w:ins>",
        )
    ).text
    assert text == "tetap masuk ke akhir"


def test_a_deleted_paragraph_mark_joins_two_paragraphs(made: Make) -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert (
        made(paragraph("satu", properties=deleted), paragraph(" dua"), paragraph("tiga")).text
        == "satu dua\ntiga"
    )


def test_a_deleted_row_is_out(made: Make) -> None:
    rows = (
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
        + "<w:tr><w:tc>%s</w:tc><w:tc>%s</w:tc></w:tr>"
    )
    assert made(f"<w:tbl>{rows % (paragraph('a'), paragraph('b'))}</w:tbl>").text == "a\tb"


def test_wrapped_text_is_in(made: Make) -> None:
    text = made(
        f"<w:sdt><w:sdtContent>{paragraph('kendali')}</w:sdtContent></w:sdt>",
        paragraph(
            f"<w:hyperlink>{run('taut ')}</w:hyperlink>",
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run('isi ')}</w:sdtContent></w:sdt>",
            f"<w:fldSimple>{run('bidang ')}</w:fldSimple><w:smartTag>{run('cerdas ')}</w:smartTag>",
            "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>",
            f"<w:customXml><w:dir>{run('arah')}</w:dir></w:customXml>",
            "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>",
        ),
    ).text
    assert text == "kendali\ntaut isi bidang cerdas arahx=1"


def test_a_text_box_is_read_once(made: Make) -> None:
    box = BOX.format(paragraph("kotak"))
    old = f"<w:pict><v:textbox><w:txbxContent>{paragraph('kotak')}</w:txbxContent></v:textbox></w:pict>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )
    assert (
        made(paragraph(run("sebelum"), f"<w:r>{both}</w:r>", run(" sesudah"))).text
        == "sebelum sesudah\nkotak"
    )
    only_old = ALTERNATIVES.format("<w:drawing/>", "{}")
    assert made(paragraph(run("a"), f"<w:r>{only_old.format(old)}</w:r>")).text == "a\nkotak"
    assert made(paragraph(run("a"), f"<w:r>{only_old.format('<w:t>😀</w:t>')}</w:r>")).text == "a😀"
    blocks = ALTERNATIVES.format(paragraph("a"), paragraph("a"))
    assert made(blocks).text == "a"


def test_a_box_within_a_box_is_read_once(made: Make) -> None:
    inner = paragraph(
        run("dalam"), "<w:r><w:drawing>" + BOX.format(paragraph("terdalam")) + "</w:drawing></w:r>"
    )
    text = made(paragraph(run("luar"), "<w:r><w:drawing>" + BOX.format(inner) + "</w:drawing></w:r>")).text
    assert text == "luar\ndalam\nterdalam"


def test_notes_stand_at_the_end_outside_of_turns_and_comments_are_reported(made: Make) -> None:
    document = made(
        paragraph("P: Apa?"),
        paragraph(run("I: Juknis"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(" kota.")),
        paragraph(run("Begitu."), '<w:r><w:endnoteReference w:id="7"/><w:commentReference w:id="0"/></w:r>'),
        footnotes='<w:footnote w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph(" petunjuk teknis")}</w:footnote>',
        endnotes=f'<w:endnote w:id="7">{paragraph("akhir")}</w:endnote>',
        comments=f'<w:comment w:id="0">{paragraph("komentar")}</w:comment>',
        header1=paragraph("kepala"),
    )
    assert document.text == "P: Apa?\nI: Juknis kota.\nBegitu.\n[1] petunjuk teknis\n[2] akhir"
    assert [document.text[turn.start : turn.end] for turn in document.turns] == [
        "Apa?",
        "Juknis kota.\nBegitu.",
    ]
    assert marked(document, "note") == [("s", 1), (".", 2)]
    said = [remark.message.format_map(dict(remark.parameters)) for remark in document.remarks]
    assert said == [
        "Footnotes stand at the end of the text (2).",
        "Comments in the margin were left out (1).",
        "The headers and footers of the pages were left out.",
    ]


STYLES = """
<w:style w:type="paragraph" w:styleId="Judul2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Lokal"><w:name w:val="Judul 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Luar"><w:name w:val="Bab"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Turunan"><w:name w:val="Sub"/><w:basedOn w:val="Judul2"/></w:style>
<w:style w:type="paragraph" w:styleId="Butir"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Kuat"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Putar"><w:name w:val="x"/><w:basedOn w:val="Putar"/></w:style>
"""


def test_headings_by_style_in_both_languages_by_outline_and_by_what_a_style_is_based_on(made: Make) -> None:
    def styled(style: str, text: str) -> str:
        return paragraph(text, properties=f'<w:pStyle w:val="{style}"/>')

    document = made(
        styled("Judul2", "dua"),
        styled("Lokal", "satu"),
        styled("Luar", "luar"),
        styled("Turunan", "turunan"),
        styled("Putar", "biasa"),
        paragraph("langsung", properties='<w:outlineLvl w:val="2"/>'),
        styled("Butir", "butir"),
        paragraph("nomor", properties='<w:numPr><w:numId w:val="1"/></w:numPr>'),
        paragraph("lepas", properties='<w:pStyle w:val="Butir"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        styles=STYLES,
    )
    assert marked(document, "heading") == [
        ("dua", 2),
        ("satu", 1),
        ("luar", 1),
        ("turunan", 2),
        ("langsung", 3),
    ]
    assert marked(document, "list") == [("butir", 0), ("nomor", 0)]


def test_bold_and_italic_runs_are_joined(made: Make) -> None:
    document = made(
        paragraph(
            run("a", "<w:b/>"),
            run("b", '<w:b w:val="1"/><w:i/>'),
            run("c", '<w:b w:val="0"/>'),
            run("d", '<w:rStyle w:val="Kuat"/>'),
            run("e", '<w:rStyle w:val="Kuat"/><w:b w:val="false"/>'),
        ),
        styles=STYLES,
    )
    assert marked(document, "bold") == [("ab", 0), ("d", 0)]
    assert marked(document, "italic") == [("b", 0)]


def test_a_heading_ends_a_turn_and_belongs_to_nobody(made: Make) -> None:
    document = made(
        paragraph("P: Apa?"),
        paragraph("I: Ya."),
        paragraph("Tema kedua", properties='<w:pStyle w:val="Judul2"/>'),
        paragraph("P: Lalu?"),
        styles=STYLES,
    )
    assert [document.text[turn.start : turn.end] for turn in document.turns] == ["Apa?", "Ya.", "Lalu?"]


def test_a_soft_break_may_start_a_turn_and_numbers_of_lists_are_not_in_the_text(made: Make) -> None:
    """Form D05."""
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    document = made(
        paragraph("<w:r><w:t>P: Apa tugasnya?</w:t><w:br/><w:t>I: Melayani.</w:t></w:r>", properties=listed),
        paragraph("<w:r><w:t>P: Sejak kapan?</w:t><w:br/><w:t>I: 2009.</w:t></w:r>", properties=listed),
    )
    assert [turn.label for turn in document.turns] == ["P", "I", "P", "I"]


def test_the_questions_of_an_automatic_list_are_counted(made: Make) -> None:
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    document = made(
        paragraph("Apa tugasnya?", properties=listed),
        paragraph("Jawaban: Melayani."),
        paragraph("Sejak kapan?", properties=listed),
        paragraph("Jawaban: Dulu."),
    )
    assert [turn.label for turn in document.turns] == ["Pertanyaan 1", "Jawab", "Pertanyaan 2", "Jawab"]


def test_a_bold_label_counts_though_it_comes_once(made: Make) -> None:
    document = made(
        paragraph("P: Siapa lagi?"),
        paragraph("I: Lurah hadir."),
        paragraph(run("Lurah: ", "<w:b/>"), run("Saya hadir.")),
        paragraph(run("Alamat: di sana.", "<w:b/>")),
    )
    assert [turn.label for turn in document.turns] == ["P", "I", "Lurah"]


def test_other_files_under_the_name_are_refused(tmp_path: Path) -> None:
    for blocks in ((), (paragraph(" \u00a0\n"), paragraph())):
        with pytest.raises(UserError, match="no text"):
            read(word_file(tmp_path / "kosong.docx", *blocks))
    sheet = tmp_path / "lembar.docx"
    with zipfile.ZipFile(sheet, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("word/document.xml", "<workbook/>")
    with pytest.raises(UserError, match="another kind"):
        read(sheet)


def test_a_part_under_another_name_is_found(tmp_path: Path) -> None:
    whole = word_file(tmp_path / "a.docx", paragraph("isi"))
    relation = '<Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/>'
    with zipfile.ZipFile(whole) as package:
        body = package.read("word/document.xml")
    moved = tmp_path / "b.docx"
    with zipfile.ZipFile(moved, "w") as package:
        package.writestr("_rels/.rels", f"<Relationships>{relation}</Relationships>")
        package.writestr("word/document2.xml", body)
    assert read(moved).text == "isi"
