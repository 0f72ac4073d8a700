"""The styles of our Word files: named by what they are for, set once, by the customs of Indonesian theses.

Times New Roman 12, in tables 10, single spacing; real Heading 1 to 3 and Caption, so that the navigation
pane, the table of contents and the list of tables work. Sizes here are half points, lengths twentieths of a
point (567 to a centimetre).
"""

from __future__ import annotations

from collections.abc import Iterator

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FONT = "Times New Roman"
QUIET = "595959"  # grey that still prints: 7 to 1 on white
STYLE_IDS = {
    "body": "Normal",
    "heading": "RunningHead",
    "text": "TableText",
    "strip": "TableSigns",
    "quote": "TableQuote",
    "count": "TableCount",
    "blank": "TableBlank",
    "number": "TableNumber",
    "label": "TableLabel",
    "band": "TableBand",
    "waiting": "TableWaiting",
    "head": "TableHead",
    "note": "TableNote",
    "source": "TableSource",
    "excerpt": "Excerpt",
    "lead": "ExcerptLead",
    "detail": "ExcerptDetail",
    "lines": "LineNumbers",
    "verbatim": "Verbatim",
}
"""From the styles of report.Paragraph to style ids; their names in Word are the same words apart."""


def styles_xml(language: str) -> str:
    """The whole styles part; `language` is a tag such as id-ID."""
    return f'<w:styles xmlns:w="{W}">{_defaults(language)}{"".join(_styles())}{_table_style()}</w:styles>'


def _defaults(language: str) -> str:
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    tongue = f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
    run = f'<w:rPrDefault><w:rPr>{fonts}<w:sz w:val="24"/><w:szCs w:val="24"/>{tongue}</w:rPr></w:rPrDefault>'
    return f"<w:docDefaults>{run}<w:pPrDefault/></w:docDefaults>"


def _styles() -> Iterator[str]:
    """Paragraph styles, character styles by their marks, and what every Word file has."""
    yield _paragraph("Normal", "Normal", "", _spacing(after=120), default=True)
    yield _paragraph("Header", "header", "Normal", _spacing(), _run(size=20))
    yield _paragraph("Footer", "footer", "Normal", _spacing(), _run(size=20))
    yield _heading(1, 28, before=0, after=240, centred=True)
    yield _heading(2, 24, before=240, after=120)
    yield _heading(3, 24, before=200, after=80)
    keep = "<w:keepNext/><w:keepLines/>"
    yield _paragraph("Caption", "caption", "Normal", keep + _spacing(before=240, after=80) + _centred())
    yield _paragraph("RunningHead", "Running Head", "Normal", keep + _spacing(before=80, after=20))
    yield from _table_paragraphs()
    yield _paragraph("Excerpt", "Excerpt", "Normal", "<w:keepLines/>" + _spacing(after=100) + _indent(284))
    yield _paragraph("ExcerptLead", "Excerpt Lead", "Excerpt", "<w:keepNext/>" + _spacing(after=40))
    yield _paragraph(
        "ExcerptDetail", "Excerpt Detail", "Normal", _spacing(after=100) + _indent(567), _run(size=20)
    )
    yield '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    yield '<w:name w:val="Default Paragraph Font"/></w:style>'


def _table_paragraphs() -> Iterator[str]:
    """The styles inside and below tables, all on one of 10 points with single spacing."""
    yield _paragraph("TableText", "Table Text", "Normal", _spacing(after=20), _run(size=20))
    yield _paragraph("TableHead", "Table Head", "TableText", "<w:keepNext/>" + _centred(), _run(bold=True))
    yield _paragraph("TableNumber", "Table Number", "TableText", _centred())
    yield _paragraph("TableSigns", "Table Signs", "TableText", "", _run(bold=True))
    yield _paragraph("TableQuote", "Table Quote", "TableText", "")
    yield _paragraph("TableCount", "Table Count", "TableText", "", _run(size=18, colour=QUIET))
    yield _paragraph("TableBlank", "Table Blank", "TableText", _centred(), _run(bold=True, colour=QUIET))
    yield _paragraph("TableLabel", "Table Label", "TableText", "", _run(bold=True, size=18))
    yield _paragraph(
        "TableWaiting", "Table Waiting", "TableText", "", _run(italic=True, size=18, colour=QUIET)
    )
    yield _paragraph("TableBand", "Table Band", "TableText", "<w:keepNext/>", _run(bold=True))
    yield _paragraph("TableNote", "Table Note", "TableText", "<w:keepNext/>" + _spacing(before=20))
    yield _paragraph("TableSource", "Table Source", "TableText", _spacing(before=20, after=240))
    exact = '<w:spacing w:before="0" w:after="0" w:line="250" w:lineRule="exact"/>'
    yield _paragraph("Verbatim", "Verbatim", "TableText", exact)
    yield _paragraph(
        "LineNumbers", "Line Numbers", "TableText", exact + _right(), _run(size=16, colour=QUIET)
    )


def _paragraph(
    style: str, name: str, based: str, properties: str, run: str = "", default: bool = False
) -> str:
    first = ' w:default="1"' if default else ("" if name[0].islower() else ' w:customStyle="1"')
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    following = '<w:next w:val="Normal"/>' if style.startswith("Heading") or style == "Caption" else ""
    inner = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{style}"><w:name w:val="{name}"/>{parent}{following}'
        f"<w:qFormat/>{inner}{run}</w:style>"
    )


def _heading(level: int, size: int, before: int, after: int, centred: bool = False) -> str:
    properties = "<w:keepNext/><w:keepLines/>" + _spacing(before=before, after=after)
    properties += (_centred() if centred else "") + f'<w:outlineLvl w:val="{level - 1}"/>'
    run = _run(bold=True, size=size)
    return _paragraph(f"Heading{level}", f"heading {level}", "Normal", properties, run)


def _spacing(before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'


def _centred() -> str:
    return '<w:jc w:val="center"/>'


def _right() -> str:
    return '<w:jc w:val="right"/>'


def _indent(left: int) -> str:
    return f'<w:ind w:left="{left}"/>'


def _run(bold: bool = False, italic: bool = False, size: int = 0, colour: str = "") -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    slant = "<w:i/><w:iCs/>" if italic else ""
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    points = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    return f"<w:rPr>{weight}{slant}{tint}{points}</w:rPr>"


def _table_style() -> str:
    """Thin lines all round, a little room in the cells."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for s in sides)
    room = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 28), ("left", 85), ("bottom", 28), ("right", 85))
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="StudyTable"><w:name w:val="Study Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr>'
        f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{room}</w:tblCellMar></w:tblPr></w:style>"
    )
