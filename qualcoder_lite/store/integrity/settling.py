"""Making rows fit together again: what a check finds and what a repair mends are the same.

Each function mends rows in place and notes what it found. A check does it to a copy and tells what was noted;
a repair keeps the rows. So what was repaired passes the check.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from sqlalchemy import Column, Table

from qualcoder_lite.store.digests import digest_of
from qualcoder_lite.store.ids import new_id
from qualcoder_lite.store.integrity.soundness import Choices, RowValues, default_of, mended
from qualcoder_lite.store.loose_references import COLUMNS, SIDES, side_target
from qualcoder_lite.store.schema import JOURNALLED

Rows = dict[bytes, RowValues]
Reread = Callable[[RowValues], str | None]
"""The text that the original file of a source gives, where there is one that is whole."""
NAMES = {"source": "key", "code": "key", "informant": "alias", "coder": "name"}
"""What people call a row; no two of a study have the same."""
KEPT_WITHOUT = {
    "source_text": ("source_id",),
    "speaker": ("source_id",),
    "turn": ("source_id", "speaker_id"),
    "coding": ("source_id", "code_id", "coder_id"),
}
"""Rows that outlive what they refer to: something unnamed is put in its place."""
OTHER_SIDES = ("informants", "technique", "class", "study")
WORDS_OF_CELLS = ("emic_summary", "etic_reading", "theory", "conclusion", "reason", "gap_note")


class Found(NamedTuple):
    """One kind of damage to the rows of one table, of one source where that can be said."""

    what: str  # a key of `damage_words.WHAT`
    table: str
    source: str = ""


@dataclass
class Settling:
    """The rows of a study by table and id, and what was found wrong with them."""

    tables: dict[str, Rows]
    choices: Choices
    reread: Reread = lambda _source: None
    found: Counter[Found] = field(default_factory=Counter)

    def note(self, what: str, table: str, source: bytes | None = None, number: int = 1) -> None:
        """Note damage of this kind."""
        key = self.tables["source"].get(source, {}).get("key", "") if source else ""
        self.found[Found(what, table, str(key))] += number


def settle(rows: Settling) -> None:
    """Make all rows fit together."""
    for step in (
        _values, _one_study, _owners, _texts, _ranges, _dangling, _memos, _cells, _circles, _names, _marks,
    ):  # fmt: skip
        step(rows)


def table_of(name: str) -> Table:
    """The table of this name."""
    return cast(Table, JOURNALLED[name].__table__)


def _values(rows: Settling) -> None:
    for name in JOURNALLED:
        kept: Rows = {}
        for row, values in rows.tables[name].items():
            result, changed = mended(table_of(name), values, rows.choices)
            if result is not None:
                kept[row] = result
            if changed:
                rows.note("value" if result is not None else "unreadable", name)
        rows.tables[name] = kept


def _one_study(rows: Settling) -> None:
    studies = rows.tables["study"]
    if len(studies) != 1:
        rows.note("not_one", "study")
        first = next(iter(studies.values()), None) or unnamed("study", new_id())
        rows.tables["study"] = {first["id"]: first}


def unnamed(name: str, row: bytes) -> RowValues:
    """A row of which nothing is known but its id."""
    values = {column.name: default_of(column) for column in table_of(name).columns}
    return values | {"id": row} | ({NAMES[name]: "?"} if name in NAMES else {})


# What rows refer to --------------------------------------------------------------------------------------


def _references(name: str) -> Iterator[tuple[Column[Any], str]]:
    """The columns of a table that refer to another by a foreign key."""
    for column in table_of(name).columns:
        for key in column.foreign_keys:
            yield column, key.column.table.name


def _owners(rows: Settling) -> None:
    """Put something unnamed where what a coding, turn, speaker or text refers to is lost."""
    for name, columns in KEPT_WITHOUT.items():
        targets = {column.name: target for column, target in _references(name)}
        for values in list(rows.tables[name].values()):
            for column in columns:
                _put_in_place(rows, targets[column], values, column)


def _put_in_place(rows: Settling, name: str, values: RowValues, column: str) -> None:
    target = values[column]
    if target not in rows.tables[name]:
        rows.note("lost", name)
        made = unnamed(name, target)
        if name == "speaker":
            made |= {"source_id": values["source_id"], "label": "?", "role": "interviewer"}
        rows.tables[name][target] = made


def _dangling(rows: Settling) -> None:
    """Drop rows whose owner is lost, and empty other references to what is not there; until none is left."""
    again = True
    while again:
        again = False
        for name in JOURNALLED:
            for column, target in _references(name):
                again |= _let_go(rows, name, column, target)


def _let_go(rows: Settling, name: str, column: Column[Any], target: str) -> bool:
    there, dropped = rows.tables[target], []
    for row, values in rows.tables[name].items():
        if values[column.name] is None or values[column.name] in there:
            continue
        if column.nullable and not (column.info.get("belongs") and name != "memo"):
            values[column.name] = None
            rows.note("reference", name)
        else:
            dropped.append(row)
            rows.note("dangling", name)
    for row in dropped:
        del rows.tables[name][row]
    return bool(dropped)


def _memos(rows: Settling) -> None:
    """A memo on what is lost becomes a free one: its words stay."""
    for values in rows.tables["memo"].values():
        about, row = (values[column] for column in COLUMNS["memo"])
        if (about or row) and row not in rows.tables.get(about or "", {}):
            values["about_table"] = values["about_id"] = None
            rows.note("reference", "memo")
        places = (values["source_id"], values["start"], values["end"])
        if any(place is None for place in places) and any(place is not None for place in places[1:]):
            values["start"] = values["end"] = None
            rows.note("reference", "memo")


def _cells(rows: Settling) -> None:
    """A cell of which a side is lost can't be shown: its words become a free memo."""
    for row, values in list(rows.tables["cell"].items()):
        if all(_is_there(rows, values[column]) for column in COLUMNS["cell"]):
            continue
        rows.note("sideless", "cell")
        words = "\n\n".join(str(values[column]) for column in WORDS_OF_CELLS if values[column])
        if words:
            memo = unnamed("memo", new_id()) | {"text": words}
            rows.tables["memo"][memo["id"]] = memo
        _drop_cell(rows, row)


def _is_there(rows: Settling, side: str) -> bool:
    kind, colon, _value = side.partition(":")
    try:
        target = side_target(side)
    except ValueError:
        return False
    if target is None:
        return bool(colon) and kind in OTHER_SIDES
    return kind in SIDES and target[1] in rows.tables[target[0]]


def _drop_cell(rows: Settling, cell: bytes) -> None:
    del rows.tables["cell"][cell]
    evidence = rows.tables["cell_evidence"]
    for row in [row for row, values in evidence.items() if values["cell_id"] == cell]:
        del evidence[row]
    for values in rows.tables["member_check"].values():
        if values["cell_id"] == cell:
            values["cell_id"] = None


# Codes, names, texts, ranges -----------------------------------------------------------------------------


def _circles(rows: Settling) -> None:
    """Cut every circle of codes at one of them, which then stands at the top."""
    codes = rows.tables["code"]
    free: set[bytes | None] = {None}
    for first in codes:
        way: set[bytes] = set()
        code: Any = first
        while code not in free and code not in way:
            way.add(code)
            code = codes[code]["parent_id"]
        if code in way:
            codes[code]["parent_id"] = None
            rows.note("circle", "code")
        free |= way


def _names(rows: Settling) -> None:
    """Give a number to every name that another row has already."""
    for name, column in NAMES.items():
        taken: set[str] = set()
        for values in rows.tables[name].values():
            wanted, number = values[column], 1
            while values[column] in taken:
                number += 1
                values[column] = f"{wanted}-{number}"
            taken.add(values[column])
            if number > 1:
                rows.note("twice", name)


def _texts(rows: Settling) -> None:
    """Each source has one text, as long as noted and as it was stored; else it is read from its original."""
    texts = {values["source_id"]: values for values in rows.tables["source_text"].values()}
    for source, values in rows.tables["source"].items():
        if source not in texts:
            rows.note("no_text", "source_text", source)
            texts[source] = unnamed("source_text", new_id()) | {"source_id": source, "text": None}
        text = texts[source]
        if text["text"] is None or digest_of(text["text"]) != text["digest"]:
            _restore(rows, values, text)
        if values["characters"] != len(text["text"]):
            values["characters"] = len(text["text"])
            rows.note("length", "source", source)
    extra = len(rows.tables["source_text"]) - len(texts)
    if extra > 0:
        rows.note("extra", "source_text", number=extra)
    rows.tables["source_text"] = {values["id"]: values for values in texts.values()}


def _restore(rows: Settling, source: RowValues, text: RowValues) -> None:
    """Read a damaged text from its original; where that gives another, leave it as it is, and say so."""
    again = rows.reread(source)
    if again is not None and (digest_of(again) == text["digest"] or text["text"] is None):
        text["text"] = again
        rows.note("reread", "source_text", source["id"])
    elif text["text"] is None:
        ends = [
            values["end"] for values in rows.tables["coding"].values() if values["source_id"] == source["id"]
        ]
        text["text"] = "\ufffd" * min(max([source["characters"], *ends, 1]), 10_000_000)
        rows.note("blank", "source_text", source["id"])
    else:
        rows.note("altered", "source_text", source["id"])
    text["digest"] = digest_of(text["text"])


def _lengths(rows: Settling) -> dict[bytes, int]:
    return {source: values["characters"] for source, values in rows.tables["source"].items()}


def _ranges(rows: Settling) -> None:
    """Shorten ranges that reach beyond their text; those wholly outside go, memos stay at the end."""
    lengths = _lengths(rows)
    for name in ("coding", "turn", "memo"):
        for row, values in list(rows.tables[name].items()):
            if values["source_id"] not in lengths or values["start"] is None or values["end"] is None:
                continue
            length = lengths[values["source_id"]]
            start, end = max(0, values["start"]), min(values["end"], length)
            if name == "memo":
                start, end = min(start, length), max(end, min(start, length))
            elif start >= end:
                rows.note("outside", name, values["source_id"])
                del rows.tables[name][row]
                continue
            if (start, end) != (values["start"], values["end"]):
                rows.note("range", name, values["source_id"])
                values["start"], values["end"] = start, end


def _marks(rows: Settling) -> None:
    """Marks of a text that are no list of numbers by four go; so does what is no list of evidence."""
    kinds = len(rows.choices.get("source_text.marks", ()))
    for values in rows.tables["source_text"].values():
        marks = json.loads(values["marks"])
        numbers = all(type(each) is int and each >= 0 for each in marks)
        if len(marks) % 4 or not numbers or any(kind >= kinds for kind in marks[::4]):
            values["marks"] = "[]"
            rows.note("value", "source_text", values["source_id"])
    for values in rows.tables["cell"].values():
        if not all(isinstance(entry, list) and len(entry) == 5 for entry in json.loads(values["seen"])):
            values["seen"] = "[]"
            rows.note("value", "cell")
