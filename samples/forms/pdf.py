"""A document as a PDF, written by hand: it is small, needs no fonts and always comes out the same."""

from __future__ import annotations

from forms.master import HEADING, NOTICE, Master

COLUMN = 440  # points
_GROUPS = {  # advance widths of Helvetica in thousandths of its size, from Adobe's font metrics
    222: "ijl",
    278: " !,./:;I[]ft",
    333: "()-r“”",
    500: "Jcksvxyz",
    556: "0123456789?L_abdeghnopqu–",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    944: "W",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}


def pdf_file(master: Master) -> bytes:
    """A PDF with a text layer in Helvetica; every paragraph set apart by white space."""
    lines: list[tuple[str, int, bool]] = []  # text, space above in points, bold
    for title in master.titles:
        lines += set_lines(title, 20, bold=title != NOTICE)
    for key, value in master.header:
        lines += set_lines(f"{key} : {value}", 12)
    for line in master.body:
        heading = HEADING.match(line)
        text = line[heading.end() :] if heading else line
        lines += set_lines(text, 16 if heading else 10, bold=bool(heading))
    return pdf_bytes(pdf_pages(lines))


def set_lines(text: str, space: int, bold: bool = False) -> list[tuple[str, int, bool]]:
    """A paragraph broken at spaces to lines that fit the column; `space` points above the first."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and width(f"{lines[-1]} {word}") * (1.07 if bold else 1) > COLUMN:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return [(line, 0 if index else space, bold) for index, line in enumerate(lines)]


def width(text: str) -> float:
    """The width of a text in points, set in 10 point Helvetica."""
    return sum(_WIDTHS.get(letter, 556) for letter in text) / 100


def pdf_pages(lines: list[tuple[str, int, bool]]) -> list[bytes]:
    """The drawing commands of each A4 page: 10 point on 14; a new page begins only with a paragraph."""
    pages, high = [b""], 780
    for index, (text, space, bold) in enumerate(lines):
        rest = next((i for i in range(index + 1, len(lines)) if lines[i][1]), len(lines)) - index
        if space and high - space - 14 * rest < 60:
            pages.append(b"")
            high = 780
        high -= space + 14
        shown = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        pages[-1] += b"BT /%s 10 Tf 72 %d Td (%s) Tj ET\n" % (b"F2" if bold else b"F1", high, shown)
    return pages


def pdf_bytes(pages: list[bytes]) -> bytes:
    """A whole PDF 1.4 from the drawing commands of its pages."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    kids = b" ".join(b"%d 0 R" % (5 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (id-ID) >>",
        b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 595 842] "
        b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (kids, len(pages)),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    ]
    for index, commands in enumerate(pages):
        objects.append(b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>" % (6 + 2 * index))
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(commands), commands))
    content, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(content))
    return content + head + table + tail
