"""Reports as one HTML file: no script, nothing loaded from elsewhere, everything escaped, fit for print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from qualcoder_lite.export.formats.svg import svg
from qualcoder_lite.export.report import Block, Cell, Figure, Heading, Paragraph, Report, Row, Run, Table
from qualcoder_lite.i18n import _, language

STYLE = """
:root { color-scheme: light dark; --ink: #1d2125; --quiet: #50565d; --line: #868b90; --head: #ececE7;
  --blank: #f3f3f0; --page: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e2dd; --quiet: #b2b6bb; --line: #7c838b;
  --head: #2a2e33; --blank: #202327; --page: #17191c } }
body { font: 1rem/1.5 "Noto Sans", system-ui, sans-serif; color: var(--ink); background: var(--page);
  margin: 2rem auto; max-width: 80rem; padding: 0 1.5rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.25rem; margin-top: 2.2rem }
h3 { font-size: 1.05rem; margin-top: 1.6rem }
p { margin: 0 0 .5rem; white-space: pre-line }
table { border-collapse: collapse; width: 100%; margin: 1.6rem 0 .4rem; font-size: .875rem; line-height: 1.4 }
figure { margin: 1.6rem 0; text-align: center } figure svg { max-width: 100%; height: auto }
caption, figcaption { font-weight: 600; padding: .4rem; text-align: center }
th, td { border: 1px solid var(--line); padding: .3rem .45rem; vertical-align: top; text-align: left }
th { background: var(--head); white-space: pre-line; vertical-align: middle; text-align: center }
td p { margin: 0 0 .2rem } td.blank { background: var(--blank) } p.blank { text-align: center }
tr.total td, tr.band td { background: var(--blank) }
.quote, .excerpt, .lead { overflow-wrap: anywhere } .strip, .label, .band, .heading { font-weight: 600 }
.count, .quiet, .waiting, .lines { color: var(--quiet) } .waiting { font-style: italic }
.number { text-align: center }
.note, .source { font-size: .85rem; margin: .1rem 0; white-space: pre-wrap }
.excerpt, .lead, .detail { margin-left: 1.2rem }
.detail { font-size: .9rem } .lines { text-align: right; font-variant-numeric: tabular-nums }
.coded { background: var(--head) }
@media print {
  :root { --ink: #000; --quiet: #444; --line: #666; --head: #e7e6e6; --blank: #f2f2f2; --page: #fff }
  body { margin: 0; max-width: none; font-size: 10pt } thead { display: table-header-group }
  tr, figure { break-inside: avoid } h2, h3, caption { break-after: avoid }
  @page { size: A4 landscape; margin: 2cm } }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_TAGS = {"bold": "b", "italic": "i", "mark": "sup"}


def write_html(report: Report, path: Path) -> None:
    """Write a report as one page."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_page(report))


def _page(report: Report) -> Iterator[str]:
    title = _text(report.title)
    yield f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    number, figures = 0, 0
    for part in report.parts:
        for block in part.blocks:
            number += isinstance(block, Table) and block.chapter > 0
            figures += isinstance(block, Figure)
            yield from _block(block, figures if isinstance(block, Figure) else number)
    yield "</body>\n</html>\n"


def _block(block: Block, number: int) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{_text(block.text)}</h{block.level}>\n"
    elif isinstance(block, Paragraph):
        yield _paragraph(block) + "\n"
    elif isinstance(block, Figure):
        yield from _figure(block, number)
    else:
        yield from _table(block, number)


def _figure(figure: Figure, number: int) -> Iterator[str]:
    """A picture as shapes, with its caption below."""
    numbered = f"{_('Figure')} {figure.chapter}.{number} "
    yield f"<figure>\n{svg(figure.picture).partition('?>')[2].strip()}\n"
    yield f"<figcaption>{_text(numbered + figure.caption)}</figcaption>\n</figure>\n"


def _table(table: Table, number: int) -> Iterator[str]:
    numbered = f"{_('Table')} {table.chapter}.{number} " if table.chapter else ""
    yield f"<table>\n<caption>{_text(numbered + table.caption)}</caption>\n<colgroup>"
    shares = sum(column.width for column in table.columns)
    yield "".join(f'<col style="width:{100 * column.width / shares:.1f}%">' for column in table.columns)
    heads = "".join(f'<th scope="col">{_text(column.head)}</th>' for column in table.columns)
    yield f"</colgroup>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield _row(row, len(table.columns))
    yield "</tbody>\n</table>\n"
    yield from (_paragraph(note) + "\n" for note in table.notes)


def _row(row: Row, columns: int) -> str:
    if row.kind == "band":
        return f'<tr class="band"><td colspan="{columns}">{_inside(row.cells[0])}</td></tr>\n'
    kind = ' class="total"' if row.kind == "total" else ""
    return f"<tr{kind}>{''.join(map(_cell, row.cells))}</tr>\n"


def _cell(cell: Cell) -> str:
    kind = ' class="blank"' if cell[0].style == "blank" else ""
    return f"<td{kind}>{_inside(cell)}</td>"


def _inside(cell: Cell) -> str:
    return "".join(map(_paragraph, cell))


def _paragraph(paragraph: Paragraph) -> str:
    return f'<p class="{paragraph.style}">{"".join(map(_run, paragraph.runs))}</p>'


def _run(run: Run) -> str:
    text = _text(run.text)
    if run.mark in _TAGS:
        return f"<{_TAGS[run.mark]}>{text}</{_TAGS[run.mark]}>"
    return f'<span class="{run.mark}">{text}</span>' if run.mark else text


def _text(text: str) -> str:
    return escape(text).replace("\0", "\ufffd")
