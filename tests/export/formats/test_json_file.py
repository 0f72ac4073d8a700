"""The JSON shapes that scripts depend on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import KINDS
from qualcoder_lite.export.formats.json_file import matrix_json, show_json, study_json, write_json
from qualcoder_lite.store.project import Project
from tests.export.conftest import A1

SIGNS = ["+", "-", "0", "±", "none"]


def of_kind(study: Project, kind: str, **choice: Any) -> dict[str, Any]:
    """A matrix as it would be read back from a file."""
    told: dict[str, Any] = json.loads(
        json.dumps(matrix_json(study, KINDS[kind](study, Choice(coder="Ani", **choice))))
    )
    return told


def cell(matrix: dict[str, Any], row: str, column: str) -> dict[str, Any]:
    """The cell of a row and column."""
    found: dict[str, Any] = next(c for c in matrix["cells"] if c["row"] == row and c.get("column") == column)
    return found


def test_informants_have_counts_signs_marks_and_evidence(study: Project) -> None:
    matrix = of_kind(study, "informants")
    assert list(matrix) == ["kind", "coder", "choice", "filter", "rows", "columns", "cells"]
    assert matrix["coder"] == "Ani"
    assert matrix["rows"] == [
        {"key": "A1", "name": "Camat"},
        {"key": "M1", "name": "Pedagang"},
        {"key": "O1", "name": "Judul O1"},
        {"key": "D1", "name": "Judul D1"},
    ]
    assert [(c["row"], c["column"]) for c in matrix["cells"]] == [
        (row["key"], column["key"]) for row in matrix["rows"] for column in matrix["columns"]
    ]
    one, at = cell(matrix, "A1", "R"), A1.index("Forumnya bagus")
    coding = one["evidence"][0].pop("coding")
    assert len(coding) == 36
    assert coding.count("-") == 4
    assert one["evidence"][0] == {"source": "A1", "start": at, "end": at + 14}
    del one["evidence"]
    assert one == {
        "row": "A1",
        "column": "R",
        "codings": 2,
        "passages": 2,
        "signs": {"+": 1, "-": 1, "0": 0, "±": 0, "none": 0},
        "mark": None,
        "stale": True,
    }


def test_the_four_blanks_are_told_apart(study: Project) -> None:
    matrix = of_kind(study, "informants")
    assert cell(matrix, "M1", "K")["mark"] == "silent"
    assert cell(matrix, "M1", "V")["mark"] == "not_asked"
    assert cell(matrix, "O1", "K")["mark"] == "not_applicable"
    assert cell(matrix, "D1", "K")["mark"] == "uncoded"
    assert cell(matrix, "M1", "K")["evidence"] == []


def test_linkage_gives_passages_without_codings(study: Project) -> None:
    matrix, at = of_kind(study, "linkage"), A1.index("Usulan sering mentok")
    assert list(matrix) == ["kind", "coder", "choice", "filter", "rows", "columns", "cells"]
    assert cell(matrix, "K", "S") == {
        "row": "K",
        "column": "S",
        "passages": 1,
        "sources": 1,
        "signs": {"+": 0, "-": 0, "0": 0, "±": 1, "none": 0},
        "evidence": [{"source": "A1", "start": at, "end": at + 20}],
    }


def test_groups_have_states(study: Project) -> None:
    matrix = of_kind(study, "groups", by="kelompok")
    assert [column["key"] for column in matrix["columns"]] == ["ASN", "Masyarakat"]
    assert cell(matrix, "R", "ASN") == {
        "row": "R",
        "column": "ASN",
        "informants": 1,
        "n": 1,
        "codings": 2,
        "signs": dict(zip(SIGNS, (1, 1, 0, 0, 0), strict=True)),
    }
    assert matrix["states"]["V"] == "silent"


def test_triangulation_counts_provisions_apart(study: Project) -> None:
    matrix = of_kind(study, "triangulation")
    assert cell(matrix, "R1", "document") == {
        "row": "R1",
        "column": "document",
        "sources": 1,
        "codings": 1,
        "provisions": 1,
        "signs": dict(zip(SIGNS, (1, 0, 0, 0, 0), strict=True)),
    }
    assert matrix["states"]["R1"] == "oppose"
    assert matrix["said_versus_seen"] == ["R1"]


def test_emic_etic_has_one_cell_for_each_code(study: Project) -> None:
    matrix = of_kind(study, "emic-etic")
    assert [c["row"] for c in matrix["cells"]] == [row["key"] for row in matrix["rows"]]
    assert matrix["rows"][-1]["key"] == "E1"
    one = cell(matrix, "R1", None)  # type: ignore[arg-type]
    assert list(one) == ["row", "emic_summary", "etic_reading", "theory", "status", "gap_note", "evidence"]
    assert one["status"] == "gap"
    assert [e["source"] for e in one["evidence"]] == ["A1", "O1", "D1"]
    assert cell(matrix, "K", None)["status"] == "unjudged"  # type: ignore[arg-type]


def test_saturation_is_in_the_order_of_interviews(study: Project) -> None:
    matrix = of_kind(study, "saturation")
    assert matrix["cells"][0] == {
        "row": "A1",
        "used": 4,
        "new": 4,
        "cumulative": 4,
        "emic_used": 1,
        "emic_new": 1,
        "emic_cumulative": 1,
    }
    assert (matrix["base"], matrix["runs"], matrix["reached"]) == (None, [], None)


def test_show_is_short(study: Project) -> None:
    shown = show_json(study)
    assert list(shown) == ["study", "sources", "informants", "codes", "coders", "codings"]
    assert shown["study"]["title"] == "Studi rekaan & contoh"
    assert len(shown["study"]["id"]) == 36
    assert shown["sources"][0] == {
        "key": "A1",
        "title": "Judul A1",
        "technique": "interview",
        "date": "2026-03-12",
        "status": "done",
        "characters": len(study_json(study)["sources"][0]["text"]),
        "turns": 4,
        "informants": ["A1"],
    }
    assert shown["informants"][0] == {
        "alias": "A1",
        "class": "key",
        "attributes": {"kelompok": "ASN", "jabatan": "Camat"},
    }
    by_key = {code["key"]: code for code in shown["codes"]}
    assert by_key["R2"] == {
        "key": "R2",
        "parent": "R",
        "kind": "indicator",
        "perspective": "etic",
        "names": {"id": "Nama R2", "en": "Name R2"},
        "codings": 3,
    }
    assert by_key["R"]["codings"] == 0
    assert (sorted(shown["coders"]), shown["codings"]) == (["Ani", "Budi"], 10)


def test_the_whole_study_is_written_with_words_instead_of_ids(study: Project, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_json(study_json(study), path)
    whole = json.loads(path.read_text(encoding="utf-8"))
    source = whole["sources"][0]
    assert source["key"] == "A1"
    assert source["turns"][1] == {
        "start": A1.index("Forumnya"),
        "end": A1.index("\nP: Lalu"),
        "label": "I",
        "role": "informant",
        "informant": "A1",
        "time": None,
        "utterance": None,
    }
    for coding in whole["codings"]:
        text = next(s["text"] for s in whole["sources"] if s["key"] == coding["source"])
        assert coding["quote"] == text[coding["start"] : coding["end"]]
    first = next(c for c in whole["codings"] if c["code"] == "R1" and c["source"] == "A1")
    assert (first["coder"], first["polarity"], first["starred"]) == ("Ani", "+", True)
    cell = next(c for c in whole["cells"] if c["status"] == "partial")
    assert {cell["first"], cell["second"]} == {"code:K", "code:S"}
    assert whole["claims"][0]["codes"] == ["K", "S"]
    assert len(whole["claims"][0]["against"]) == 1
    assert whole["questions"][1]["not_asked"] == ["M1"]
    assert whole["sources"][1]["not_asked"] == ["2"]
    assert whole["code_links"][0]["etic"] == "S1"


@pytest.mark.parametrize("value", [{}, {"a": []}, {"a": 1, "b": [{"x": "ä\n"}, 2], "c": "\u2028"}])
def test_written_json_reads_back(value: dict[str, Any], tmp_path: Path) -> None:
    write_json(value, tmp_path / "x.json")
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8")) == value
