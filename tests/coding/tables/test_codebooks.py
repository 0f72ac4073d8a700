"""Codebooks: the two that are shipped, and files of any depth in three forms."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from qualcoder_lite.coding import codes
from qualcoder_lite.coding.tables import codebooks
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import use_language
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Claim, ClaimCode, Code, CodeLink, Coding, Wording
from qualcoder_lite.store.undo import history
from tests.coding.adding import values
from tests.coding.test_codes import tree
from tests.store.states import state_of


def write_json(path: Path, listed: Any, **more: Any) -> Path:
    path.write_text(json.dumps({"codes": listed, **more}), encoding="utf-8")
    return path


def refusal(project: Project, path: Path | str) -> str:
    """What is said when a codebook is refused; nothing may have changed."""
    before = state_of(project.path)
    with pytest.raises(UserError) as caught:
        codebooks.load(project, path)
    assert state_of(project.path) == before
    return str(caught.value)


# Shipped ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "claims"), [("siagian", 0), ("replication", 16)])
def test_a_shipped_codebook_is_whole(project: Project, name: str, claims: int) -> None:
    loaded = codebooks.load(project, name)
    assert (loaded.added, loaded.known, loaded.claims) == (47, 0, claims)
    found = tree(project)
    assert found[""] == ["G", "K", "I", "R", "V", "S", "P", "H", "T"]
    assert found["K"] == ["K1", "K2", "K3", "K4"]
    kinds = dict(values(project, Code, "key", "kind"))
    assert [kinds[key] for key in ("G", "K", "V", "K1")] == ["context", "dimension", "factor", "indicator"]
    wordings = values(project, Wording, "language", "name", "definition", "include", "exclude", "example")
    assert len(wordings) == 94
    assert all(all(fields) for fields in wordings)
    assert len(values(project, Claim, "id")) == claims
    assert all({"id", "en"} == set(text) for (text,) in values(project, Claim, "text"))


def test_hints_are_hints_and_nothing_is_coded(project: Project) -> None:
    codebooks.load(project, "replication")
    hints = {hint for (hint,) in values(project, Code, "polarity_hint")}
    assert hints == {"+", "-", "0", None}
    assert values(project, Coding, "id") == []


def test_the_same_codebook_again_changes_nothing(project: Project) -> None:
    codebooks.load(project, "replication")
    before = state_of(project.path)
    assert codebooks.load(project, "replication").known == 47
    assert state_of(project.path) == before
    assert len(history(project)) == 1


def test_no_codebook_is_no_step(project: Project) -> None:
    assert codebooks.load(project, "none").added == 0
    assert history(project) == []


# Files ----------------------------------------------------------------------------------------------------

DEEP = [
    {"key": "C", "parent": "B", "name_id": "Ce", "plus_id": "ada", "minus": "tidak"},
    {"key": "B", "parent": "A", "name_en": "Be"},
    {"key": "A", "parent": None, "name": "A", "colour": 3, "polarity": "-", "source": "Siagian 2014"},
    {"key": "E", "perspective": "emic", "linked": ["A", "C"], "name_id": "mentok"},
    {"key": "D", "parent": "C", "kind": "theme"},
]


def test_a_codebook_of_any_depth_is_read_from_json(project: Project, tmp_path: Path) -> None:
    use_language("id")
    loaded = codebooks.load(project, write_json(tmp_path / "b.json", DEEP))
    assert loaded.added == 5
    assert tree(project) == {"": ["A", "E"], "A": ["B"], "B": ["C"], "C": ["D"]}
    assert dict(values(project, Code, "key", "kind")) == {
        "A": "category", "B": "category", "C": "category", "D": "theme", "E": "theme",
    }  # fmt: skip
    [found] = [
        row for row in values(project, Code, "key", "colour", "polarity_hint", "reference") if row[0] == "A"
    ]
    assert found == ("A", 3, "-", "Siagian 2014")
    assert ("id", "Ce", "ada", "tidak") in values(project, Wording, "language", "name", "plus", "minus")
    assert len(values(project, CodeLink, "id")) == 2


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_same_codebook_is_read_from_a_table(project: Project, tmp_path: Path, suffix: str) -> None:
    use_language("id")
    heads = ["id", "parent", "name_id", "name_en", "def_id", "kind", "perspective", "linked", "colour"]
    rows = [
        ["K", "", "Kreativitas", "Creativity", "Gagasan, baru", "dimensi", "etik", "", "4"],
        ["K1", "K", "Cara", "Way", "", "", "", "", ""],
        ["E1", "", "mentok", "", "", "", "emik", "K;K1", ""],
    ]
    path = tmp_path / f"b{suffix}"
    if suffix == ".csv":
        quoted = [[f'"{cell}"' for cell in row] for row in rows]
        path.write_text("\n".join(";".join(row) for row in [heads, *quoted]), encoding="cp1252")
    else:
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in [heads, *rows]:
            book.active.append(row)
        book.save(path)
    codebooks.load(project, path)
    assert tree(project) == {"": ["K", "E1"], "K": ["K1"]}
    assert values(project, Code, "key", "kind", "perspective", "colour") == [
        ("K", "dimension", "etic", 4),
        ("K1", "indicator", "etic", None),
        ("E1", "theme", "emic", None),
    ]
    assert len(values(project, CodeLink, "id")) == 2


def test_a_known_key_is_updated_and_the_rest_stays(project: Project, tmp_path: Path) -> None:
    kept = codes.add(project, "K", None, {"id": {"name": "Lama", "definition": "Tetap."}}, colour=2)
    codes.add(project, "L")
    path = write_json(tmp_path / "b.json", [{"key": "M"}, {"key": "K", "parent": "M", "name_id": "Baru"}])
    assert codebooks.load(project, path).known == 1
    assert tree(project) == {"": ["L", "M"], "M": ["K"]}
    assert values(project, Wording, "code_id", "name", "definition") == [(kept, "Baru", "Tetap.")]
    assert values(project, Code, "key", "colour")[0] == ("K", 2)


def test_a_parent_may_be_in_the_study_already(project: Project, tmp_path: Path) -> None:
    codes.add(project, "K")
    codebooks.load(project, write_json(tmp_path / "b.json", [{"key": "K1", "parent": "K"}]))
    assert tree(project) == {"": ["K"], "K": ["K1"]}


def test_claims_of_either_layout_are_read(project: Project, tmp_path: Path) -> None:
    told = [
        {
            "id": "C1",
            "claim_id": "Satu.",
            "dimensions": "K,L",
            "factors": "",
            "polarity": "+",
            "source": "Hal. 1",
        },
        {"number": "C2", "text_en": "Two.", "codes": ["L"], "status": "didukung"},
    ]
    codebooks.load(project, write_json(tmp_path / "b.json", [{"key": "K"}, {"key": "L"}], claims=told))
    assert values(project, Claim, "number", "text", "polarity", "status", "reference") == [
        ("C1", {"id": "Satu."}, "+", "no_evidence", "Hal. 1"),
        ("C2", {"en": "Two."}, None, "supported", ""),
    ]
    assert len(values(project, ClaimCode, "id")) == 3


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ([{"key": "K", "parent": "X"}], "no code X"),
        ([{"key": "K"}, {"key": "K"}], "twice"),
        ([{"key": "K", "parent": "K"}], "circle"),
        ([{"key": "K", "parent": "L"}, {"key": "L", "parent": "M"}, {"key": "M", "parent": "K"}], "circle"),
        ([{"key": ""}, {"key": "K"}], "can't be named"),
        ([{"key": "a:b"}], "can't be named"),
        ([{"key": "K", "kind": "raja"}, {"key": "L", "colour": "merah"}], "Code L"),
        ([{"key": "K", "colour": 99}], "not a colour"),
        ([{"key": "K", "linked": "X"}], "no code “X”"),
        ([{"key": "K", "linked": "L"}, {"key": "L"}], "Only a code from informants"),
        ([], "no codes"),
        ("K", "no list of codes"),
        ([1], "no list of codes"),
    ],
)
def test_what_is_no_codebook_is_refused(project: Project, tmp_path: Path, listed: Any, said: str) -> None:
    assert said in refusal(project, write_json(tmp_path / "b.json", listed))


def test_a_circle_through_the_study_is_refused(project: Project, tmp_path: Path) -> None:
    k = codes.add(project, "K")
    codes.add(project, "L", k)
    assert "circle" in refusal(project, write_json(tmp_path / "b.json", [{"key": "K", "parent": "L"}]))


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000, b"3"])
def test_what_is_no_json_is_refused(project: Project, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(content)
    assert "not a codebook" in refusal(project, path)


@pytest.mark.parametrize("name", ["missing.json", "missing.csv", "siagan", "b.docx"])
def test_a_codebook_that_is_not_there_is_refused(project: Project, tmp_path: Path, name: str) -> None:
    assert refusal(project, tmp_path / name if "." in name else name)


def test_positions_follow_the_file(project: Project, tmp_path: Path) -> None:
    codes.add(project, "Z")
    codebooks.load(project, write_json(tmp_path / "b.json", [{"key": key} for key in "CAB"]))
    assert tree(project) == {"": ["Z", "C", "A", "B"]}
    with project.read() as connection:
        places = connection.scalars(select(Code.position).order_by(Code.position)).all()
    assert list(places) == [0, 1, 2, 3]


def test_half_characters_of_json_are_replaced(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text('{"codes": [{"key": "K", "name_id": "a\\ud800b", "\\udc00": "x"}]}', encoding="utf-8")
    codebooks.load(project, path)
    assert ("a\ufffdb",) in values(project, Wording, "name")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_refused_rather_than_waited_for(project: Project, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b.json")
    assert "not a file" in refusal(project, tmp_path / "b.json")
