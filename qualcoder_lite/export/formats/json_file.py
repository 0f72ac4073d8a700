"""Matrices, excerpts and the whole study as JSON; the shapes are written down in docs/formats.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from qualcoder_lite.analysis.agreement.agreement import with_intervals
from qualcoder_lite.analysis.agreement.coefficients import NAMES
from qualcoder_lite.analysis.matrices.choice import Choice, describe_choice
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.whole import study_head, uuid_text, whole_study
from qualcoder_lite.coding.counting.counted import Counted, counted
from qualcoder_lite.coding.counting.frames import SIGNS, Frames
from qualcoder_lite.export.reports.agreement import agreement_json
from qualcoder_lite.export.reports.comparison import comparison_json
from qualcoder_lite.store.project import Project

FORMAT, VERSION = "qualcoder-lite-study", 1
Json = dict[str, Any]
Tables = dict[str, list[Json]]
SIGNED = ("created_at", "created_by", "modified_at", "modified_by")
COUNTS = {
    "informants": ("codings", "passages"),
    "linkage": ("passages", "sources"),
    "groups": ("informants", "n", "codings"),
    "comparison": ("informants", "n", "codings", "passages"),
    "triangulation": ("sources", "codings", "provisions"),
    "agreement": ("both", "some", "none"),
    "saturation": ("used", "new", "cumulative", "emic_used", "emic_new", "emic_cumulative"),
}
WITH_SIGNS = ("informants", "linkage", "groups", "triangulation", "comparison")
WITH_EVIDENCE = ("informants", "linkage", "emic-etic", "comparison")
FIELDS = ("emic_summary", "etic_reading", "theory", "status", "gap_note")


def write_json(value: Json, path: Path) -> None:
    """Write an object with each entry of its lists on a line of its own: short to read, easy to compare."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("{\n")
        last = len(value) - 1
        for number, (key, entry) in enumerate(value.items()):
            file.write(f"{json.dumps(key)}: ")
            file.writelines(_pieces(entry))
            file.write(",\n" if number < last else "\n")
        file.write("}\n")


def _pieces(value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not value:
        yield json.dumps(value, ensure_ascii=False)
        return
    yield "[\n"
    for number, entry in enumerate(value):
        yield ("  " if number == 0 else ",\n  ") + json.dumps(entry, ensure_ascii=False)
    yield "\n]"


# Matrices ------------------------------------------------------------------------------------------------


def matrix_json(project: Project, matrix: Matrix) -> Json:
    """A matrix in the shape that scripts depend on: all pairs, row by row; counts are integers.

    Coefficients are numbers, or null where they are undefined.
    """
    if matrix.kind == "agreement":
        matrix = with_intervals(matrix)
    head: Json = {
        "kind": matrix.kind,
        "coder": matrix.coder,
        "choice": _choice(matrix.choice),
        "filter": describe_choice(matrix.choice),
        "rows": [{"key": heading.key, "name": heading.name} for heading in matrix.rows],
        "columns": [{"key": heading.key, "name": heading.name} for heading in matrix.columns],
        "cells": list(_cells(matrix)),
    }
    return head | _around(project, matrix)


def _choice(choice: Choice) -> Json:
    """What was chosen besides the coder, where it is not as it is of itself: for programs."""
    usual = asdict(Choice())
    chosen = {
        name: value for name, value in asdict(choice).items() if name != "coder" and value != usual[name]
    }
    if "filters" in chosen:
        chosen["filters"] = {name: value for name, value in chosen["filters"].items() if value}
    return chosen


def _around(project: Project, matrix: Matrix) -> Json:
    if matrix.kind == "agreement":
        return agreement_json(project, matrix)
    if matrix.kind == "comparison":
        return comparison_json(matrix)
    if matrix.kind == "groups":
        return {"states": matrix.states}
    if matrix.kind == "triangulation":
        return {"states": matrix.states, "said_versus_seen": matrix.details["said_versus_seen"]}
    if matrix.kind == "saturation":
        return {name: matrix.details[name] for name in ("base", "runs", "reached")}
    return {}


def _cells(matrix: Matrix) -> Iterator[Json]:
    evidence = _evidence(matrix) if matrix.kind in WITH_EVIDENCE else {}
    pairs = matrix.kind not in ("emic-etic", "saturation", "agreement") or len(matrix.columns) > 1
    for record in matrix.cells.to_dict("records"):
        row, column = int(record["row"]), int(record["column"])
        entry: Json = {"row": matrix.rows[row].key}
        if pairs:
            entry["column"] = matrix.columns[column].key
        entry |= {name: int(record[name]) for name in COUNTS.get(matrix.kind, ())}
        if matrix.kind == "agreement":
            entry |= {"units": int(record["units"])} | {name: record[name] for name in NAMES}
            entry["alpha_interval"] = record["interval"]
        if matrix.kind in WITH_SIGNS:
            entry["signs"] = {sign: int(record[sign]) for sign in SIGNS}
        if matrix.kind == "informants":
            mark = record["mark"]
            entry |= {"mark": mark if isinstance(mark, str) else None, "stale": bool(record["stale"])}
        if matrix.kind == "emic-etic":
            entry |= {name: record[name] for name in FIELDS}
        if matrix.kind in WITH_EVIDENCE:
            entry["evidence"] = evidence.get((row, column), [])
        yield entry


def _evidence(matrix: Matrix) -> dict[tuple[int, int], list[Json]]:
    """The evidence of each cell: codings by id, or the co-coded passages of linkage, which have none."""
    sources, ids = matrix.counted.frames.sources, matrix.counted.frames.codings.id
    columns = ["row", "column", "source", "start", "end"]
    numbers = matrix.evidence[columns].to_numpy(np.int64).tolist() if len(matrix.evidence) else []
    codings = matrix.evidence["coding"].tolist() if "coding" in matrix.evidence else [None] * len(numbers)
    found: dict[tuple[int, int], list[Json]] = {}
    for (row, column, source, start, end), coding in zip(numbers, codings, strict=True):
        named = {} if coding is None else {"coding": uuid_text(ids[coding])}
        place = {"source": sources[source].key, "start": start, "end": end}
        found.setdefault((row, column), []).append(named | place)
    return found


# The study -----------------------------------------------------------------------------------------------


def show_json(project: Project) -> Json:
    """What a study holds, in short: `show --json`."""
    study, head = counted(project), study_head(project)
    frames = study.frames
    informants = [
        {"alias": row.alias, "class": row.class_, "attributes": row.attributes} for row in frames.informants
    ]
    return {
        "study": {"id": head.id, "title": head.title},
        "sources": _shown_sources(study),
        "informants": informants,
        "codes": _shown_codes(frames),
        "coders": list(frames.coders),
        "codings": len(frames.codings.id),
    }


def _shown_sources(study: Counted) -> list[Json]:
    frames = study.frames
    turns = np.bincount(frames.turns.source, minlength=len(frames.sources)).tolist()
    fields = ("key", "title", "technique", "date", "status", "characters")
    return [
        {name: getattr(source, name) for name in fields}
        | {"turns": turns[number], "informants": _speaking_in(study, number)}
        for number, source in enumerate(frames.sources)
    ]


def _speaking_in(study: Counted, source: int) -> list[str]:
    people = study.frames.informants
    return [person.alias for person, sources in zip(people, study.speaks, strict=True) if source in sources]


def _shown_codes(frames: Frames) -> list[Json]:
    codings = np.bincount(frames.codings.code, minlength=len(frames.codes)).tolist()
    return [
        {
            "key": code.key,
            "parent": frames.codes[code.parent].key if code.parent >= 0 else None,
            "kind": code.kind,
            "perspective": code.perspective,
            "names": {"id": "", "en": ""} | code.names,
            "codings": codings[number],
        }
        for number, code in enumerate(frames.codes)
    ]


def study_json(project: Project) -> Json:
    """The whole study: every table by its word, those that belong to one row inside that row."""
    tables = whole_study(project)
    study = tables["study"][0]
    return {
        "format": FORMAT,
        "version": VERSION,
        "study": {"id": study_head(project).id}
        | {name: study[name] for name in ("title", "note", "citation")},
        "coders": tables["coder"],
        "attributes": tables["attribute"],
        "informants": _informants(tables),
        "sources": _sources(tables),
        "codes": _codes(tables),
        "code_links": tables["code_link"],
        "codings": _codings(tables),
        "coding_links": tables["coding_link"],
        "memos": tables["memo"],
        "cells": _cells_written(tables),
        "member_checks": tables["member_check"],
        "claims": _claims(tables),
        "questions": _questions(tables),
        "saved_queries": tables["saved_query"],
        "milestones": tables["milestone"],
    }


def _by(rows: list[Json], owner: str) -> dict[str, list[Json]]:
    """Rows by what they belong to, without naming it and themselves again."""
    found: dict[str, list[Json]] = {}
    for row in rows:
        own = {name: value for name, value in row.items() if name not in (owner, "id", *SIGNED)}
        found.setdefault(row[owner], []).append(own)
    return found


def _informants(tables: Tables) -> list[Json]:
    values = _by(tables["attribute_value"], "informant")
    return [
        row | {"attributes": {v["attribute"]: v["value"] for v in values.get(row["alias"], [])}}
        for row in tables["informant"]
    ]


def _sources(tables: Tables) -> list[Json]:
    texts, turns = _by(tables["source_text"], "source"), _turns(tables)
    speakers, linked = _by(tables["speaker"], "source"), _by(tables["source_informant"], "source")
    asked = _by(tables["asked"], "source")
    return [
        row
        | {
            "informants": [link["informant"] for link in linked.get(row["key"], [])],
            "speakers": speakers.get(row["key"], []),
            "not_asked": [one["question"] for one in asked.get(row["key"], []) if not one["asked"]],
            "turns": turns.get(row["key"], []),
            **(texts.get(row["key"]) or [{"text": "", "marks": []}])[0],
        }
        for row in tables["source"]
    ]


def _turns(tables: Tables) -> dict[str, list[Json]]:
    speakers = {row["id"]: row for row in tables["speaker"]}
    turns = _by(tables["turn"], "source")
    for rows in turns.values():
        for number, row in enumerate(rows):
            speaker = speakers[row.pop("speaker")]
            named = {name: speaker[name] for name in ("label", "role", "informant")}
            rows[number] = {"start": row.pop("start"), "end": row.pop("end")} | named | row
    return turns


def _codes(tables: Tables) -> list[Json]:
    wordings = _by(tables["wording"], "code")
    return [
        row | {"wording": {w.pop("language"): w for w in wordings.get(row["key"], [])}}
        for row in tables["code"]
    ]


def _codings(tables: Tables) -> list[Json]:
    texts = {row["source"]: row["text"] for row in tables["source_text"]}
    first = ("id", "source", "start", "end")
    return [
        {name: row[name] for name in first}
        | {"quote": texts[row["source"]][row["start"] : row["end"]]}
        | {name: value for name, value in row.items() if name not in first}
        for row in tables["coding"]
    ]


def _cells_written(tables: Tables) -> list[Json]:
    chosen = _by(tables["cell_evidence"], "cell")
    return [
        row | {"evidence": [one["coding"] for one in _in_order(chosen.get(row["id"], []))]}
        for row in tables["cell"]
    ]


def _claims(tables: Tables) -> list[Json]:
    codes, evidence = _by(tables["claim_code"], "claim"), _by(tables["claim_evidence"], "claim")
    answers = _by(tables["claim_answer"], "claim")
    return [
        row
        | {"codes": [link["code"] for link in codes.get(row["number"], [])]}
        | {
            side: [e["coding"] for e in _in_order(evidence.get(row["number"], [])) if e["side"] == side]
            for side in ("for", "against")
        }
        | {
            "answers": [
                {name: given[name] for name in ("coding", "answer", "reason")}
                for given in answers.get(row["number"], [])
            ]
        }
        for row in tables["claim"]
    ]


def _questions(tables: Tables) -> list[Json]:
    codes, asked = _by(tables["question_code"], "question"), _by(tables["asked"], "question")
    return [
        row
        | {"codes": [link["code"] for link in codes.get(row["number"], [])]}
        | {"not_asked": [one["source"] for one in asked.get(row["number"], []) if not one["asked"]]}
        for row in tables["question"]
    ]


def _in_order(rows: list[Json]) -> list[Json]:
    return sorted(rows, key=lambda row: int(row["position"]))
