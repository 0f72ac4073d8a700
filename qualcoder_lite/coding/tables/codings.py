"""Codings from a table: source, start and end or quote (and occurrence), code, polarity, coder, starred, …

A row names its source by citation code and its code by key. Its place is `start` and `end` (code points, end
exclusive), or a `quote`, which must occur exactly; where it occurs more than once, `occurrence` counts from
1. `evidence` and `memo` are optional. A row that says something else about a coding that is there changes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcoder_lite.coding import vocabulary
from qualcoder_lite.coding.rows import set_values
from qualcoder_lite.coding.tables.finding import ids_by_name, unknown_error
from qualcoder_lite.coding.tables.sheet import TableRow, cell_text, parse_rows
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.store.ids import new_id
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.schema import Code, Coder, Coding, Memo, Source, SourceText

Place = tuple[bytes, int, int, bytes, bytes]
"""Source, start, end, code, coder: what a coder has at most once."""


@dataclass(frozen=True)
class CodingsAdded:
    """What a table of codings did: how many were added, changed, and there already."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class Asked:
    """A row as understood: its place, what it says of the coding, and its memo."""

    number: int
    place: Place
    says: Mapping[str, Any]
    memo: str


class Known:
    """What the rows are looked up in, read once."""

    def __init__(self, session: Session, coder: str) -> None:
        """Read the names of the study; `coder` is who codes where a row names nobody."""
        connection = session.connection()
        self.session, self.coder = session, coder
        self.codes, self.coders = ids_by_name(connection, Code), ids_by_name(connection, Coder)
        rows = session.execute(select(Source.key, Source.id, Source.technique).order_by(Source.id.desc()))
        self.sources: dict[str, bytes] = {}
        self.techniques: dict[bytes, str] = {}
        for key, row, technique in rows:
            self.sources[key], self.techniques[row] = row, technique
        self.coders.setdefault(session.info["coder"], session.info["coder_id"])
        self.may_name_coders = session.scalar(select(Coding.id).limit(1)) is None
        self.new_coders: dict[str, bytes] = {}
        self._texts: dict[bytes, str] = {}
        self.first_rows: dict[Place, Asked] = {}

    def text(self, source: bytes) -> str:
        """The text of a source."""
        if source not in self._texts:
            statement = select(SourceText.text).where(SourceText.source_id == source)
            self._texts[source] = str(self.session.scalar(statement))
        return self._texts[source]

    def coder_id(self, name: str) -> bytes:
        """The id of a coder; the first table of a study may name new ones."""
        found = self.coders.get(name) or self.new_coders.get(name)
        if found is None and not self.may_name_coders:
            raise unknown_error(Coder, name, self.coders)
        return found or self.new_coders.setdefault(name, new_id())


def add_rows(session: Session, rows: Sequence[TableRow], coder: str) -> CodingsAdded:
    """Add the codings of a table within a step; raises UserError with every row that can't be used."""
    known = Known(session, coder)
    asked = parse_rows(rows, lambda number, row: _understand(known, number, row))
    wanted = {each.place: each for each in known.first_rows.values()}
    there = _there(session, {place[0] for place in wanted})
    fresh = [each for place, each in wanted.items() if place not in there]
    insert_rows(session, Coder, [{"id": row, "name": name} for name, row in known.new_coders.items()])
    made = insert_rows(session, Coding, [_row(known, each) for each in fresh])
    ids = {place: there[place]["id"] for place in wanted if place in there}
    ids.update(zip((each.place for each in fresh), made, strict=True))
    changes = [
        {"id": there[each.place]["id"], **each.says} for each in wanted.values() if each.place in there
    ]
    changed = set_values(session, Coding, changes) | _add_memos(session, asked, ids)
    changed -= set(made)
    return CodingsAdded(len(fresh), len(changed), len(wanted) - len(fresh) - len(changed))


def _understand(known: Known, number: int, row: TableRow) -> Asked:
    key = cell_text(row, "source")
    if key not in known.sources:
        raise unknown_error(Source, key, known.sources)
    source = known.sources[key]
    code = cell_text(row, "code")
    if code not in known.codes:
        raise unknown_error(Code, code, known.codes)
    start, end = _range(known.text(source), row)
    coder = known.coder_id(cell_text(row, "coder") or known.coder)
    place = (source, start, end, known.codes[code], coder)
    asked = Asked(number, place, dict(_said(row)), row.get("memo", "").strip())
    first = known.first_rows.setdefault(place, asked)
    if first.says != asked.says:
        raise UserError(
            _("It says something else than row {number} about the same coding.").format(number=first.number)
        )
    return asked


def _said(row: TableRow) -> Iterator[tuple[str, Any]]:
    """What the row says of the coding; an empty cell says nothing."""
    if cell_text(row, "polarity"):
        yield "polarity", vocabulary.parse_polarity(row["polarity"])
    if cell_text(row, "starred"):
        yield "starred", vocabulary.parse_yes_or_no(row["starred"])
    if cell_text(row, "evidence"):
        yield "evidence", vocabulary.parse_choice(vocabulary.EVIDENCE, row["evidence"])


def _range(text: str, row: TableRow) -> tuple[int, int]:
    quote = row.get("quote", "").replace("\r\n", "\n")
    if cell_text(row, "start") or cell_text(row, "end"):
        start, end = _number(row, "start"), _number(row, "end")
        _check(text, start, end)
        if quote.strip() and text[start:end] != quote:
            raise UserError(
                _("The quote is not what stands from {start} to {end}.").format(start=start, end=end)
            )
        return start, end
    if not quote.strip():
        raise UserError(_("It has neither start and end nor a quote."))
    start = _occurrence(text, quote, cell_text(row, "occurrence"))
    return start, start + len(quote)


def _number(row: TableRow, column: str) -> int:
    plain = cell_text(row, column)
    if not plain.isdecimal():
        raise UserError(
            _("“{word}” in column {column} is not a whole number.").format(word=plain, column=column)
        )
    return int(plain)


def _check(text: str, start: int, end: int) -> None:
    if not 0 <= start < end <= len(text):
        raise UserError(
            _("The range {start}–{end} is not in its text of {count} characters.").format(
                start=start, end=end, count=len(text)
            )
        )
    if not text[start:end].strip():
        raise UserError(
            _("There is nothing but white space from {start} to {end}.").format(start=start, end=end)
        )


def _occurrence(text: str, quote: str, which: str) -> int:
    """Where the quote begins.

    Raises UserError where it does not occur, or occurs more than once and none is named.
    """
    first = text.find(quote)
    if first < 0:
        raise UserError(_("The quote “{quote}” does not occur in the source.").format(quote=shorten(quote)))
    if not which:
        if text.find(quote, first + 1) >= 0:
            raise UserError(
                _("The quote “{quote}” occurs {count} times.").format(
                    quote=shorten(quote), count=len(_occurrences(text, quote))
                ),
                remedy=_("Say which one in the column occurrence, from 1."),
            )
        return first
    places = _occurrences(text, quote)
    if not which.isdecimal() or not 1 <= int(which) <= len(places):
        raise UserError(
            n_(
                "There is no occurrence {which} of the quote “{quote}”: it occurs {count} time.",
                "There is no occurrence {which} of the quote “{quote}”: it occurs {count} times.",
                len(places),
            ).format(which=which, quote=shorten(quote), count=len(places))
        )
    return places[int(which) - 1]


def _occurrences(text: str, quote: str) -> list[int]:
    places, at = [], text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    return places


def shorten(quote: str) -> str:
    """The start of a quote, on one line, for a message."""
    plain = " ".join(quote.split())
    return plain if len(plain) <= 60 else plain[:57] + "…"


def _there(session: Session, sources: set[bytes]) -> dict[Place, dict[str, Any]]:
    """The codings of these sources by place."""
    columns = (Coding.source_id, Coding.start, Coding.end, Coding.code_id, Coding.coder_id, Coding.id)
    found: dict[Place, dict[str, Any]] = {}
    for source in sources:
        for *place, row in session.execute(select(*columns).where(Coding.source_id == source)):
            found[tuple(place)] = {"id": row}  # type: ignore[index]
    return found


def _row(known: Known, each: Asked) -> dict[str, Any]:
    source, start, end, code, coder = each.place
    return {
        "source_id": source, "start": start, "end": end, "code_id": code, "coder_id": coder, "polarity": None,
        "evidence": vocabulary.default_evidence(known.techniques[source]),
        "starred": False, "condensation": "",
        **each.says,
    }  # fmt: skip


def _add_memos(session: Session, asked: Sequence[Asked], ids: Mapping[Place, bytes]) -> set[bytes]:
    """Add the memos that the codings don't have yet; return the ids of the codings that got one."""
    wanted = {(ids[each.place], each.memo): None for each in asked if each.memo}
    if not wanted:
        return set()
    statement = select(Memo.about_id, Memo.text).where(Memo.about_table == "coding")
    there = {(about, text) for about, text in session.execute(statement)}
    rows = [
        {"about_table": "coding", "about_id": about, "title": "", "text": text}
        for about, text in wanted
        if (about, text) not in there
    ]
    insert_rows(session, Memo, rows)
    return {about for about, text in wanted if (about, text) not in there}
