"""Transcripts, notes, documents and the interview guide as Word files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from forms.master import HEADING, NOTICE, Master


def new_document(title: str) -> Any:
    """An empty Word document in Times New Roman, Indonesian, without dates of its own."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    run = normal.element.get_or_add_rPr()
    language = run.makeelement(qn("w:lang"), {qn("w:val"): "id-ID"})
    run.append(language)
    core = document.core_properties
    core.title, core.author, core.comments = title, "QualCoder Lite", NOTICE
    return document


def packed(document: Any) -> bytes:
    """The bytes of a Word document, its members dated 1980, so that the same text gives the same bytes."""
    draft, final = io.BytesIO(), io.BytesIO()
    document.save(draft)
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return final.getvalue()


def opened(master: Master, header_table: bool = False) -> Any:
    """A document with notice, title and header: lines with tabs, or a table of two columns."""
    from docx.shared import Cm

    document = new_document(master.titles[-1])
    document.add_paragraph(master.titles[0])
    for title in master.titles[1:]:
        document.add_paragraph(title, style="Heading 1")
    if header_table:
        add_table(document, master.header, (4, 11))
    else:
        for key, value in master.header:
            line = document.add_paragraph(f"{key}\t: {value}")
            line.paragraph_format.tab_stops.add_tab_stop(Cm(4))
    document.add_paragraph()
    return document


def add_table(document: Any, rows: Iterable[tuple[str, ...]], widths: tuple[float, ...]) -> None:
    """Add a table with these rows; the widths of its columns in centimetres."""
    from docx.shared import Cm

    rows = list(rows)
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.text, cell.width = text, Cm(width)


def head_document(master: Master) -> bytes:
    """`Pewawancara : …`, `Informan 1 : …` after a header block."""
    document = opened(master)
    for label, speech in master.turns():
        document.add_paragraph(f"{'Pewawancara' if label == 'P' else 'Informan 1'} : {speech}")
    return packed(document)


def secretary_document(master: Master) -> bytes:
    """A table No | Pelaku | Verbatim | Koding (empty) after an identity table."""
    document = opened(master, header_table=True)
    rows = [(str(number), label, speech, "") for number, (label, speech) in enumerate(master.turns(), 1)]
    add_table(document, [("No", "Pelaku", "Verbatim", "Koding"), *rows], (1, 1.6, 10, 2.8))
    return packed(document)


def chairwoman_document(master: Master) -> bytes:
    """A table No | Pertanyaan | Jawaban, two turns a row."""
    document = opened(master)
    turns = [speech for _, speech in master.turns()]
    pairs = zip(turns[::2], turns[1::2], strict=True)
    rows = [(str(number), question, answer) for number, (question, answer) in enumerate(pairs, 1)]
    add_table(document, [("No", "Pertanyaan", "Jawaban"), *rows], (1, 5, 9.4))
    return packed(document)


def sections_document(master: Master) -> bytes:
    """Headings, paragraphs and lists without speakers."""
    document = opened(master)
    for line in master.body:
        if heading := HEADING.match(line):
            document.add_paragraph(line[heading.end() :], style=f"Heading {len(heading[1])}")
        elif line.startswith("- "):
            document.add_paragraph(line[2:], style="List Bullet")
        else:
            document.add_paragraph(line)
    return packed(document)


def guide_document(questions: list[dict[str, str]]) -> bytes:
    """The interview guide as a thesis prints it: No | Pertanyaan | Kode | Tidak ditanyakan kepada."""
    document = new_document("Pedoman wawancara (fiktif)")
    document.add_paragraph(NOTICE)
    document.add_paragraph("PEDOMAN WAWANCARA", style="Heading 1")
    rows = [(q["number"], q["question"], readable(q["codes"]), readable(q["not_asked"])) for q in questions]
    add_table(document, [("No", "Pertanyaan", "Kode", "Tidak ditanyakan kepada"), *rows], (1, 8, 3.4, 3))
    return packed(document)


def readable(keys: str) -> str:
    """`H;H1` as `H, H1`; nothing as a dash."""
    return keys.replace(";", ", ") or "–"
