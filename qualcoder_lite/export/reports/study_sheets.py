"""The whole study as sheets for Excel: one for each table, long texts in pieces that fit a cell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from qualcoder_lite.export.formats.excel import parts
from qualcoder_lite.export.formats.json_file import Json, study_json
from qualcoder_lite.export.report import Sheet
from qualcoder_lite.store.project import Project

WIDE = {"quote", "text", "emic_summary", "etic_reading", "theory", "conclusion", "statement", "definition"}
INSIDE = ("text", "marks", "turns", "speakers")  # of a source: sheets of their own, or left to JSON


def study_sheets(project: Project) -> list[Sheet]:
    """A sheet for each list of the JSON export; texts and turns of sources apart."""
    study = study_json(project)
    sheets = [_sheet("study", [study["study"]])]
    for name, rows in study.items():
        if isinstance(rows, list):
            sheets.append(_sheet(name, [_flat(row) for row in rows]))
        if name == "sources":
            sheets += [_texts(rows), _inner("turns", rows), _inner("speakers", rows)]
    return sheets


def _sheet(name: str, rows: list[Json]) -> Sheet:
    heads = tuple(dict.fromkeys(key for row in rows for key in row)) or ("id",)
    values = [[_plain(row.get(head)) for head in heads] for row in rows]
    return Sheet(name, heads, values, tuple(60.0 if head in WIDE else 14.0 for head in heads))


def _flat(row: Json) -> Json:
    """A row with what it has by name (attributes, wordings) as columns, without what has its own sheet."""
    flat: Json = {}
    for key, value in row.items():
        if key in INSIDE and isinstance(row.get("turns"), list):
            continue
        if key == "attributes":
            flat |= {f"attribute {name}": entry for name, entry in value.items()}
        elif key == "wording":
            flat |= {f"{part}_{spoken}": t for spoken, parts in value.items() for part, t in parts.items()}
        elif key == "text" and isinstance(value, dict):
            flat |= {f"text_{spoken}": sentence for spoken, sentence in value.items()}
        else:
            flat[key] = value
    return flat


def _plain(value: Any) -> str | int | float | bool | None:
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return ";".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _texts(sources: Iterable[Json]) -> Sheet:
    pieces = [
        [source["key"], number, piece]
        for source in sources
        for number, piece in enumerate(parts(source["text"]), 1)
    ]
    return Sheet("texts", ("source", "part", "text"), pieces, (14.0, 6.0, 100.0))


def _inner(name: str, sources: Iterable[Json]) -> Sheet:
    return _sheet(name, [{"source": source["key"], **row} for source in sources for row in source[name]])
