"""Tables of Word: those that are transcripts, by their heads or their first cells, and all others.

Three layouts are transcripts: *who, what* (`No | Pelaku | Verbatim | Koding`: a row is a turn), *question,
answer* (`No | Pertanyaan | Jawaban`: a row is two turns), and *lines* (`Baris | Teks`: a row is a line; turns
are found in the lines as in any text). Numbers and heads of these stay out of the text; a column of codes
stays in, outside of the turns, and becomes suggestions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qualcoder_lite.readers.document import Suggestion, TurnRange
from qualcoder_lite.readers.label_words import base_form, label_key, role_of_base
from qualcoder_lite.readers.labels import word
from qualcoder_lite.readers.numbering import ANSWER, QUESTION
from qualcoder_lite.readers.times import milliseconds
from qualcoder_lite.readers.writing import Writing

_COLUMNS = {
    "number": "no|nomor|nomer|no urut|urutan|#|number|nr",
    "line": "baris|no baris|nomor baris|line|line no",
    "time": "waktu|menit|jam|time|timestamp|menit ke|durasi",
    "speaker": "pelaku|pembicara|penutur|speaker|subjek|subyek|nama pelaku|pelaku/subjek|"
    "penanya/penjawab|interaktan|p/i",
    "speech": "verbatim|transkrip|transkripsi|teks|ujaran|tuturan|percakapan|dialog|isi|pernyataan|"
    "ucapan|kalimat|transkrip verbatim|transkrip wawancara|verbatim wawancara|uraian|isi wawancara|"
    "hasil wawancara|speech|text|transcript|utterance",
    "question": "pertanyaan|question|questions|daftar pertanyaan|pertanyaan wawancara|"
    "butir pertanyaan|pertanyaan peneliti",
    "answer": "jawaban|jawab|answer|answers|jawaban informan|jawaban narasumber|jawaban responden|"
    "tanggapan|respons|respon",
    "coding": "koding|coding|kode|code|codes|open coding|koding terbuka|kategori|tema|coding awal|"
    "pengodean|kode awal",
}
HEADS = {head: name for name, heads in _COLUMNS.items() for head in heads.split("|")}
_ROW_NUMBER = re.compile(r"\(?\d{1,5}[a-z]?[.)]?|[a-zA-Z]{1,2}[.)]?")
_SHARE = 0.8  # of the first cells that must be labels, in a table without heads


@dataclass
class Cell:
    """A cell: the column of the grid at which it begins, and what it holds."""

    column: int
    content: Writing

    @property
    def words(self) -> str:
        """The text of the cell without outer white space."""
        return self.content.text().strip()


Row = list[Cell]


@dataclass(frozen=True)
class _Layout:
    """What the columns of a table hold, by column of the grid; `first` is the row after the heads."""

    name: str  # talk, form, lines
    columns: dict[int, str]
    first: int
    answers: dict[int, str] = field(default_factory=dict)  # label of the answers, by column


@dataclass
class Tables:
    """What the tables of a document have given so far; offsets are code points of the whole text."""

    turns: list[TurnRange] = field(default_factory=list)
    closed: list[tuple[int, int]] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    last: _Layout | None = None  # of the table before, which a table without heads may go on
    asked: int = 0

    def write(self, rows: Sequence[Row], out: Writing) -> None:
        """Write a table by its layout."""
        layout = _layout(rows) or self._continued(rows)
        if layout is None:
            self._write_plain(rows, out)
        elif layout.name == "lines":
            self._write_lines(rows, layout, out)
        else:
            self._write_turns(rows, layout, out)
        self.last = layout

    def _continued(self, rows: Sequence[Row]) -> _Layout | None:
        """The layout of the table before, where this one begins with a number and has the same columns."""
        last = self.last
        if last is None or len(rows[0]) != len(last.columns) or not rows[0][0].words.strip(".").isdigit():
            return None
        return _Layout(last.name, last.columns, 0, last.answers)

    def _write_plain(self, rows: Sequence[Row], out: Writing) -> None:
        start = out.length
        for row in rows:
            begin = out.begin_block()
            start = begin if row is rows[0] else start
            _write_cells(row, out)
        out.mark("table", start)
        self.closed.append((start, out.length))

    def _write_turns(self, rows: Sequence[Row], layout: _Layout, out: Writing) -> None:
        start = out.length
        for row in rows[layout.first :]:
            begin = out.begin_block()
            start = begin if row is rows[layout.first] else start
            if len(row) == 1:
                _write_cells(row, out)
            elif layout.name == "talk":
                self._write_talk(row, layout, out)
            else:
                self._write_form(row, layout, out)
        self.closed.append((start, out.length))

    def _write_talk(self, row: Row, layout: _Layout, out: Writing) -> None:
        """A row that is a turn; without a speaker it goes on with the one before."""
        cells = _by_column(row, layout)
        ranges = {}
        begun = out.length
        for cell in row:
            if cell.words and not _is_row_number(cell, layout):
                out.write("\t" if out.length > begun else "")
                ranges[cell.column] = _inner(cell, out.take(cell.content))
        label = " ".join(_words(cells, "speaker").rstrip(":= ").split())
        if not label and self.turns:
            label = self.turns[-1].label
        speech = cells.get("speech")
        if label and speech is not None and speech.column in ranges:
            start, end = ranges[speech.column]
            self.turns.append(TurnRange(start, end, label, milliseconds(_words(cells, "time"))))
            self._suggest(start, end, _words(cells, "coding"))

    def _write_form(self, row: Row, layout: _Layout, out: Writing) -> None:
        """A row that is a question and what was answered, each on a line of its own."""
        cells = _by_column(row, layout)
        self.asked += bool(_words(cells, "question"))
        number = _words(cells, "number").rstrip(".")
        question = f"{QUESTION} {number if number.isdigit() else self.asked}"
        begun = out.length
        spoken: list[tuple[int, int]] = []
        for cell in row:
            name = layout.columns.get(cell.column, "")
            if not cell.words or _is_row_number(cell, layout):
                continue
            said = name == "question" or cell.column in layout.answers
            out.write(("\n" if said else "\t") if out.length > begun else "")
            start, end = _inner(cell, out.take(cell.content))
            if said:
                label = question if name == "question" else layout.answers[cell.column]
                self.turns.append(TurnRange(start, end, label))
                spoken.append((start, end))
        for start, end in spoken[-1:]:
            self._suggest(start, end, _words(cells, "coding"))

    def _write_lines(self, rows: Sequence[Row], layout: _Layout, out: Writing) -> None:
        """Rows that are lines: their text is joined, what stands beside it follows behind the table."""
        beside: list[str] = []
        for index, row in enumerate(rows[layout.first :], 1):
            cells = _by_column(row, layout)
            number = (_words(cells, "line") or _words(cells, "number")).rstrip(".")
            begun = out.begin_block()
            for cell in row:
                if layout.columns.get(cell.column, "speech" if len(row) == 1 else "") == "speech":
                    out.take(cell.content)
            out.mark("line", begun, int(number) if number.isdecimal() and len(number) < 9 else index)
            self._suggest(begun, out.length, _words(cells, "coding"))
            others = [
                cell for cell in row if layout.columns.get(cell.column) not in ("line", "number", "speech")
            ]
            beside += [cell.words for cell in others if len(row) > 1 and cell.words]
        for words in beside:
            start = out.begin_block()
            out.write(words)
            self.closed.append((start, out.length))

    def _suggest(self, start: int, end: int, names: str) -> None:
        """Keep the codes that the file itself wrote beside a passage, one to a line or between semicolons."""
        if start < end:
            found = (name.strip() for name in re.split(r"[\n;]", names))
            self.suggestions += [Suggestion(start, end, name) for name in found if name]


def _layout(rows: Sequence[Row]) -> _Layout | None:
    """The layout of a table that is a transcript, or None."""
    for index, row in enumerate(rows[:2]):
        if len(row) > 1 and (found := _by_heads(row, index + 1)):
            return found
    return _by_labels(rows)


def _by_heads(row: Row, first: int) -> _Layout | None:
    columns = {cell.column: _head(cell.words) for cell in row}
    names = set(columns.values())
    if {"speaker", "speech"} <= names:
        return _Layout("talk", columns, first)
    answers = {cell.column: label for cell in row if (label := _answer(cell.words, columns[cell.column]))}
    if "question" in names and answers:
        return _Layout("form", columns, first, answers)
    if {"speech", "line"} <= names:
        return _Layout("lines", columns, first)
    return None


def _head(words: str) -> str:
    return HEADS.get(label_key(words.replace(".", " ").strip(" :")), "")


def _answer(words: str, name: str) -> str:
    """The label of what stands in a column of answers, or an empty text for another column."""
    if name in ("answer", "speech"):
        return ANSWER
    base = base_form(words)
    return " ".join(words.split()) if len(base) > 2 and role_of_base(base) == "informant" else ""


def _by_labels(rows: Sequence[Row]) -> _Layout | None:
    """The layout *who, what* of a table without heads, where a column holds nothing but labels."""
    for column in (0, 1):
        cells = [cell for row in rows if len(row) > column + 1 for cell in row[column : column + 1]]
        labels = [cell.words.rstrip(":= ") for cell in cells if cell.words]
        fitting = sum(bool(_is_label(label)) for label in labels)
        if len(labels) >= 2 and fitting >= _SHARE * len(labels):
            columns = {0: "number", 1: "speaker", 2: "speech"} if column else {0: "speaker", 1: "speech"}
            return _Layout("talk", columns, 0)
    return None


def _is_label(label: str) -> bool:
    said = word(label)
    return said.well_formed and (said.role in ("interviewer", "informant", "open") or said.titled)


def _is_row_number(cell: Cell, layout: _Layout) -> bool:
    """Tell whether a cell holds the number of its row and nothing else."""
    return layout.columns.get(cell.column) == "number" and bool(_ROW_NUMBER.fullmatch(cell.words))


def _by_column(row: Row, layout: _Layout) -> dict[str, Cell]:
    """The cells of a row by what their columns hold, the first of each."""
    cells: dict[str, Cell] = {}
    for cell in row:
        cells.setdefault(layout.columns.get(cell.column, ""), cell)
    return cells


def _words(cells: dict[str, Cell], name: str) -> str:
    return cells[name].words if name in cells else ""


def _inner(cell: Cell, start: int) -> tuple[int, int]:
    """The range of a cell that was written at `start`, without outer white space."""
    text = cell.content.text()
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _write_cells(row: Row, out: Writing) -> None:
    for number, cell in enumerate(row):
        out.write("\t" if number else "")
        out.take(cell.content)
