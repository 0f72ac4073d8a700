"""The sample study, built by the command that a person gives, against the golden numbers."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from qualcoder_lite.__main__ import main
from qualcoder_lite.export.parts import PARTS

EXPECTED = (Path(__file__).parent.parent / "analysis" / "expected.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", str(folder), "--language", "id"]) == 0
    return folder


def matrix(folder: Path, kind: str) -> dict[str, Any]:
    return json.loads((folder / f"matrix-{kind}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def cells(folder: Path, kind: str) -> dict[tuple[str, str], dict[str, Any]]:
    return {(cell["row"], cell["column"]): cell for cell in matrix(folder, kind)["cells"]}


def part(name: str) -> list[str]:
    return EXPECTED.split(f"\n({name}) ", 1)[1].split("\n\n", 1)[0].splitlines()[1:]


def signs(cell: dict[str, Any]) -> dict[str, int]:
    return {sign: number for sign, number in cell["signs"].items() if number}


def test_everything_is_written(folder: Path) -> None:
    kinds = (
        *("informants", "linkage", "groups", "triangulation", "emic-etic", "saturation"),
        *("agreement", "comparison"),
    )
    names = {path.name for path in folder.iterdir()}
    assert {
        f"matrix-{kind}.{form}" for kind in kinds for form in ("docx", "xlsx", "csv", "html", "json")
    } <= names
    assert {"sample.qcl", "excerpts-by-code.docx", "codebook.xlsx", "study.json"} <= names
    assert {f"{name}.docx" for name in PARTS} <= names
    for name in ("informants-heat", "linkage-network", "saturation-curve", "groups-profiles"):
        assert f"picture-{name}.svg" in names


def test_a_and_its_blanks(folder: Path) -> None:
    found = cells(folder, "informants")
    head, *lines, _total = part("a")
    for line in lines:
        row, *counts = line.split()
        for column, count in zip(head.split()[1:], counts, strict=False):
            codings, passages = (0, 0) if count == "-" else map(int, count.split("/"))
            assert (found[row, column]["codings"], found[row, column]["passages"]) == (codings, passages)
    wanted = {}
    for line in part("a'"):
        row, rest = line.split(" ", 1)
        for group in rest.split(", "):
            codes, mark = group.split(" ")
            wanted |= {(row, code): mark for code in codes.split(",")}
    assert {key: cell["mark"] for key, cell in found.items() if cell["mark"]} == wanted
    assert not any(cell["stale"] for cell in found.values())


def test_b(folder: Path) -> None:
    found = cells(folder, "linkage")
    for line in part("b"):
        dimension, rest = line.split(" ", 1)
        for entry in rest.split(" | "):
            match = re.fullmatch(r"(\w): (\d+) (\{.*\}) (\[.*\])", entry)
            assert match is not None
            cell = found[dimension, match[1]]
            assert (cell["passages"], signs(cell)) == (int(match[2]), ast.literal_eval(match[3]))
            assert {e["source"] for e in cell["evidence"]} == {
                x.split(".")[0] for x in ast.literal_eval(match[4])
            }


def test_c(folder: Path) -> None:
    found = cells(folder, "groups")
    for line in part("c"):
        row, rest = line.split(" ", 1)
        for entry in rest.split(" | "):
            match = re.fullmatch(r"(\w+): (\d+)/(\d+) inf, (\d+) kod, (\{.*\})", entry)
            assert match is not None
            cell = found[row, match[1]]
            numbers = (cell["informants"], cell["n"], cell["codings"])
            assert numbers == tuple(int(match[i]) for i in (2, 3, 4))
            assert signs(cell) == ast.literal_eval(match[5])


def test_d(folder: Path) -> None:
    found = cells(folder, "triangulation")
    *lines, _total = part("d")
    for line in lines:
        key, *counts = re.split(r"\s+", line, maxsplit=4)[:4]
        row = [found[key, name] for name in ("interview", "observation", "document")]
        assert [cell["sources"] for cell in row] == [int(count[1:]) for count in counts]
    assert "P3" in matrix(folder, "triangulation")["said_versus_seen"]


def test_e_prepared_cells(folder: Path) -> None:
    found = {cell["row"]: cell for cell in matrix(folder, "emic-etic")["cells"]}
    assert {key: found[key]["status"] for key in ("R3", "P3", "H1", "I4")} == {
        "R3": "aligned",
        "P3": "gap",
        "H1": "gap",
        "I4": "partial",
    }
    assert found["P3"]["gap_note"]
    emic = [cell for cell in found.values() if cell["status"] == "emic_only"]
    assert emic
    assert not any(cell["etic_reading"] for cell in emic)


def test_f(folder: Path) -> None:
    saturation = matrix(folder, "saturation")
    lines = [f"{c['row']} {c['used']} {c['new']} {c['cumulative']}" for c in saturation["cells"]]
    assert lines == part("f")[:7]
    assert saturation["base"] == 33
    assert [run["ratio"] for run in saturation["runs"]] == [0.121, 0.061]
    assert saturation["reached"] is None


def test_no_real_name_leaves(folder: Path) -> None:
    names = (Path(__file__).parent.parent.parent / "samples" / "tables" / "kunci_nama.csv").read_text("utf-8")
    words = [line.split(",")[1].split(" (")[0] for line in names.splitlines()[1:]]
    for path in folder.iterdir():
        content = path.read_bytes() if path.is_file() else b""
        assert not any(word.encode() in content for word in words), path
