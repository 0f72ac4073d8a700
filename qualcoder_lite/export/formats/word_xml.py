"""Paragraphs, tables, captions and sections as WordprocessingML, put together as text: fast for thousands."""

from __future__ import annotations

from dataclasses import dataclass

from qualcoder_lite.coding.counting.citations import unbroken
from qualcoder_lite.export.formats.word_styles import QUIET, STYLE_IDS
from qualcoder_lite.export.pictures.drawing import Picture
from qualcoder_lite.export.report import Column, Figure, Heading, Paragraph, Row, Run, Table
from qualcoder_lite.i18n import _, language

PORTRAIT, LANDSCAPE = (11906, 16838), (16838, 11906)  # A4
CENTIMETRE = 567
TWENTIETHS, EMU = 20, 12700  # of a point; to a point
CAPTION = 60.0  # points that the caption below a picture may take
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"

SHADE, BLANK_SHADE, TOTAL_SHADE = "E7E6E6", "F2F2F2", "F7F7F7"
_ILLEGAL = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "\ufffd"
)
_SPECIAL = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}
ESCAPES = _ILLEGAL | _SPECIAL
_MARKS = {
    "": "",
    "bold": "<w:rPr><w:b/><w:bCs/></w:rPr>",
    "italic": "<w:rPr><w:i/><w:iCs/></w:rPr>",
    "quiet": f'<w:rPr><w:color w:val="{QUIET}"/></w:rPr>',
    "mark": '<w:rPr><w:b/><w:bCs/><w:vertAlign w:val="superscript"/></w:rPr>',
    "coded": '<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="E4E4E4"/></w:rPr>',
}


def escaped(text: str) -> str:
    """Text as it may stand in XML; characters that XML does not allow become U+FFFD."""
    return text.translate(ESCAPES)


def run_xml(run: Run) -> str:
    """A run; line breaks and tabs in its text are kept."""
    words = f'<w:t xml:space="preserve">{escaped(unbroken(run.text))}</w:t>'
    if "\n" in words or "\t" in words:
        words = words.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        words = words.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f"<w:r>{_MARKS[run.mark]}{words}</w:r>"


def paragraph_xml(paragraph: Paragraph, kept: bool = False) -> str:
    """A paragraph in the style that its kind has; `kept` on one page with what follows."""
    runs = "".join(map(run_xml, paragraph.runs))
    keep = "<w:keepNext/>" if kept else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{STYLE_IDS[paragraph.style]}"/>{keep}</w:pPr>{runs}</w:p>'


def heading_xml(heading: Heading) -> str:
    """A real heading of level 1 to 3."""
    style = f'<w:pPr><w:pStyle w:val="Heading{heading.level}"/></w:pPr>'
    return f"<w:p>{style}{run_xml(Run(heading.text))}</w:p>"


# Tables --------------------------------------------------------------------------------------------------


def caption_xml(block: Table | Figure, number: int) -> str:
    """`Table 4.1 …` above a table, `Figure 4.1 …` below a picture, with a SEQ field for lists of them."""
    if not block.caption:
        return ""
    if not block.chapter:
        return f'<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>{run_xml(Run(block.caption))}</w:p>'
    label = _("Figure") if isinstance(block, Figure) else _("Table")
    before, after = run_xml(Run(f"{label} {block.chapter}.")), run_xml(Run(f" {block.caption}"))
    field = field_xml("SEQ " + label + r" \* ARABIC", str(number))
    return f'<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>{before}{field}{after}</w:p>'


def field_xml(instruction: str, result: str) -> str:
    """A complex field with its result as it is now."""

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    said = f'<w:r><w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
    return f"{mark('begin')}{said}{mark('separate')}{run_xml(Run(result))}{mark('end')}"


def table_xml(table: Table, wide: bool) -> str:
    """A table over the whole text width: repeated head, rows that stay whole, fixed column widths."""
    widths = _widths(table.columns, wide)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    total = sum(widths)
    properties = (
        f'<w:tblPr><w:tblStyle w:val="StudyTable"/><w:tblW w:w="{total}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>'
        f'<w:tblCaption w:val="{escaped(table.caption)}"/></w:tblPr>'
    )
    last = len(table.rows) - 1 if table.notes or table.kept else -1  # which stays with what follows
    rows = "".join(_row_xml(row, widths, wide, kept=n == last) for n, row in enumerate(table.rows))
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{_head_xml(table.columns, widths)}{rows}</w:tbl>"


def _widths(columns: tuple[Column, ...], wide: bool) -> list[int]:
    """The widths of columns by their shares; the column of numbers, 1.1 cm, is the narrowest."""
    shares = sum(column.width for column in columns)
    whole, least = text_width(wide), 11 * CENTIMETRE // 10
    widths = [max(least, int(whole * column.width / shares)) for column in columns]
    widest = max(range(len(widths)), key=widths.__getitem__)
    widths[widest] += whole - sum(widths)
    return widths


def _head_xml(columns: tuple[Column, ...], widths: list[int]) -> str:
    cells = "".join(
        _cell_xml((Paragraph((Run(column.head),), "head"),), width, SHADE, middle=True)
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row_xml(row: Row, widths: list[int], wide: bool, kept: bool = False) -> str:
    flows = _is_tall(row, widths, wide)
    kept = kept and not flows
    if row.kind == "band":
        span = f'<w:gridSpan w:val="{len(widths)}"/>'
        cells = _cell_xml(row.cells[0], sum(widths), TOTAL_SHADE, span)
    else:
        shade = TOTAL_SHADE if row.kind == "total" else ""
        pairs = zip(row.cells, widths, strict=True)
        cells = "".join(_cell_xml(cell, width, shade, kept=kept) for cell, width in pairs)
    return f"<w:tr>{'' if flows else '<w:trPr><w:cantSplit/></w:trPr>'}{cells}</w:tr>"


def _cell_xml(
    cell: tuple[Paragraph, ...],
    width: int,
    shade: str,
    span: str = "",
    middle: bool = False,
    kept: bool = False,
) -> str:
    fill = shade or (BLANK_SHADE if cell[0].style == "blank" else "")
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    align = '<w:vAlign w:val="center"/>' if middle else ""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shading}{align}</w:tcPr>'
    return f"<w:tc>{properties}{''.join(paragraph_xml(p, kept) for p in cell)}</w:tc>"


def _is_tall(row: Row, widths: list[int], wide: bool) -> bool:
    """Tell whether a row may fill more than half a page: it is then allowed to break."""
    half = text_height(wide) // 2
    return any(_height(cell, width) > half for cell, width in zip(row.cells, widths, strict=False))


def _height(cell: tuple[Paragraph, ...], width: int) -> int:
    """About how high a cell is: at 10 points a line is 240 high and a letter 86 wide on average."""
    letters = max((width - 170) // 86, 4)
    lines = [line for paragraph in cell for line in paragraph.text.split("\n")]
    return sum(250 * (1 + len(line) // letters) for line in lines)


# Figures -------------------------------------------------------------------------------------------------


def figure_scale(picture: Picture, wide: bool) -> float:
    """How much of its size a picture has on a page, with its caption below; at most all of it."""
    across, down = text_width(wide) / TWENTIETHS, text_height(wide) / TWENTIETHS - CAPTION
    return min(1.0, across / picture.width, down / picture.height)


def figure_xml(figure: Figure, number: int, image: str, wide: bool) -> str:
    """A picture in its line, with the words that are read aloud for it, kept with its caption below.

    `image` is the id of the part with its PNG.
    """
    picture, scale = figure.picture, figure_scale(figure.picture, wide)
    size = " ".join(
        f'{side}="{round(points * scale * EMU)}"'
        for side, points in (("cx", picture.width), ("cy", picture.height))
    )
    said = escaped(" ".join((f"{figure.caption}.", *picture.notes)))
    fill = f'<a:blip r:embed="{image}"/><a:stretch><a:fillRect/></a:stretch>'
    shape = (
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )
    return (
        '<w:p><w:pPr><w:keepNext/><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0"'
        f' distR="0"><wp:extent {size}/><wp:docPr id="{number}" name="{picture.name}" descr="{said}"/>'
        f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{picture.name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill>{fill}</pic:blipFill><pic:spPr>{shape}</pic:spPr></pic:pic>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    ) + caption_xml(figure, number)


# Sections ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A page in twentieths of a point."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int


def page(wide: bool) -> Page:
    """A4 with the margins of a thesis: 4 cm at the top and at the binding, 3 cm elsewhere.

    A landscape page is bound at its top: turned back to portrait, its top lies at the left.
    """
    four, three = 4 * CENTIMETRE, 3 * CENTIMETRE
    if wide:
        return Page(*LANDSCAPE, top=four, right=four, bottom=three, left=three)
    return Page(*PORTRAIT, top=four, right=three, bottom=three, left=four)


def text_width(wide: bool) -> int:
    """How wide a table may be."""
    sheet = page(wide)
    return sheet.width - sheet.left - sheet.right


def text_height(wide: bool) -> int:
    """How much a page holds."""
    sheet = page(wide)
    return sheet.height - sheet.top - sheet.bottom


def section_xml(wide: bool, footer: str) -> str:
    """The properties of a section; `footer` is the id of the part with the page number."""
    sheet = page(wide)
    turned = ' w:orient="landscape"' if wide else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"{turned}/>'
        f'<w:pgMar w:top="{sheet.top}" w:right="{sheet.right}" w:bottom="{sheet.bottom}"'
        f' w:left="{sheet.left}" w:header="850" w:footer="850" w:gutter="0"/></w:sectPr>'
    )


def section_end_xml(section: str) -> str:
    """The paragraph that ends a section: so low that it starts no page of its own behind a full one."""
    low = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{low}{section}</w:pPr></w:p>"


def language_tag() -> str:
    """The language of the words now spoken, as Word names it."""
    return "id-ID" if language() == "id" else "en-US"
