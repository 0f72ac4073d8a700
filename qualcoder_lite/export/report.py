"""What is handed in, described once: Word, HTML, Excel and CSV all write from these plain pieces.

A cell is a tuple of paragraphs and is never empty; a paragraph has a style by what it is, a run a mark by how
it stands out. Nothing here knows a file format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from qualcoder_lite.errors import UserError
from qualcoder_lite.export.pictures.drawing import Picture
from qualcoder_lite.i18n import _

Paint = Callable[[Picture], bytes]
"""Gives a picture as a PNG; who has Qt hands it in, since nothing below the window knows Qt."""


@dataclass(frozen=True)
class Run:
    """Words that stand out alike: `mark` is bold, italic, quiet, mark (a small raised number), or nothing."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Runs with a style: in cells text, strip, quote, count, blank, number, label, band, waiting,
    lines, verbatim; elsewhere body, heading, excerpt, lead, detail, note or source."""

    runs: tuple[Run, ...]
    style: str = "text"

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


Cell = tuple[Paragraph, ...]
DEEPER = "\u2003"  # before a name, once for each heading above it


@dataclass(frozen=True)
class Column:
    """A column: its head (a line break is allowed) and its width as a share beside the others."""

    head: str
    width: float = 1.0
    centred: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table; one of kind `band` has a single cell across all columns; `total` closes a table."""

    cells: tuple[Cell, ...]
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """A table with caption above and notes below; `chapter` 0 leaves it unnumbered.

    Where it can stand the other way round, `across` says what its columns are, and the first `lead` of them
    name the row.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Paragraph, ...] = ()
    chapter: int = 4
    across: str = ""
    lead: int = 2
    kept: bool = False  # its last row stays on one page with what follows


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Figure:
    """A picture with its caption below, numbered apart from tables; `paint` gives it as a PNG."""

    caption: str
    picture: Picture
    paint: Paint
    chapter: int = 4


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True)
class Part:
    """Blocks on pages of one orientation; `wide` is landscape."""

    blocks: tuple[Block, ...]
    wide: bool = False


@dataclass(frozen=True)
class Sheet:
    """Plain values under heads, for Excel and CSV; `widths` in characters; `below` lines under the table."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[str | int | float | bool | None]]
    widths: tuple[float, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A document to read (`parts`) and the same as data (`sheets`, of which CSV takes the first).

    `flat` is for CSV where the first sheet is not all: several tables in one, told apart by a column.
    """

    title: str
    parts: tuple[Part, ...]
    sheets: tuple[Sheet, ...] = field(default=())
    flat: Sheet | None = None


def words(text: str, style: str = "text", mark: str = "") -> Paragraph:
    """One paragraph of one run."""
    return Paragraph((Run(text, mark),), style)


def cell(text: str | int, style: str = "text") -> Cell:
    """A cell of one paragraph; a number is centred."""
    return (words(str(text), "number" if isinstance(text, int) else style),)


def plain(paragraphs: Iterable[Paragraph]) -> str:
    """A cell as plain text: a line for each paragraph."""
    return "\n".join(paragraph.text for paragraph in paragraphs)


def sheet_of(table: Table, name: str) -> Sheet:
    """A table as plain values; a band fills the first column only."""
    heads = tuple(column.head.replace("\n", " ") for column in table.columns)
    rows = [[_value(entry) for entry in row.cells] for row in table.rows]
    widths = tuple(max(6.0, 10 * column.width) for column in table.columns)
    return Sheet(name, heads, [row + [None] * (len(heads) - len(row)) for row in rows], widths)


def _value(entry: Cell) -> str | int:
    text = plain(entry).replace(DEEPER, "")
    return int(text) if len(entry) == 1 and entry[0].style == "number" and text.isdecimal() else text


def notes_sheet(report: Report) -> Sheet:
    """What stands around the tables of a report, as a sheet: captions and notes."""
    lines: list[list[str]] = [[report.title]]
    for part in report.parts:
        for block in part.blocks:
            if isinstance(block, Table):
                lines += [[""], [block.caption], *([note.text] for note in block.notes)]
    return Sheet(_("Notes"), (_("Notes"),), lines, (110.0,))


def unknown_suffix(suffix: str, known: Iterable[str]) -> UserError:
    """The error for a file whose name ends in something that can't be written."""
    return UserError(
        _("A file that ends in “{suffix}” can't be written here.").format(suffix=suffix or "—"),
        remedy=_("Choose a name that ends in one of: {suffixes}.").format(suffixes=" ".join(known)),
    )
