"""The golden numbers of the sample study, read from the very file that states them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import KINDS
from qualcoder_lite.analysis.matrices.matrix import Matrix
from tests.analysis.building import StudyBuilder, cells_of, signs_of

EXPECTED = (Path(__file__).parent / "expected.txt").read_text(encoding="utf-8")


def part(name: str) -> list[str]:
    """The lines of one part of the file."""
    lines = EXPECTED.split(f"\n({name}) ", 1)[1].split("\n\n", 1)[0].splitlines()
    return lines[1:]


def matrix(study: StudyBuilder, kind: str, **choice: str) -> Matrix:
    return KINDS[kind](study.project, Choice(**choice))


def test_a_informants_by_top_codes(golden: StudyBuilder) -> None:
    counted = matrix(golden, "informants")
    cells = cells_of(counted)
    head, *lines, _total = part("a")
    columns = head.split()[1:]
    for line in lines:
        row, *counts = line.split()
        for column, count in zip(columns, counts, strict=False):
            codings, passages = (0, 0) if count == "-" else map(int, count.split("/"))
            cell = cells[row, column]
            assert (cell["codings"], cell["passages"]) == (codings, passages), (row, column)
        assert sum(cells[row, column]["codings"] for column in columns) == int(counts[-1])
    assert [h.key for h in counted.rows] == [line.split()[0] for line in lines]
    assert counted.cells["codings"].sum() == 108


def test_a_prime_blanks(golden: StudyBuilder) -> None:
    cells = cells_of(matrix(golden, "informants"))
    wanted = {}
    for line in part("a'"):
        row, rest = line.split(" ", 1)
        for group in rest.split(", "):
            codes, mark = group.split(" ")
            wanted |= {(row, code): mark for code in codes.split(",")}
    assert {key: cell["mark"] for key, cell in cells.items() if cell["mark"]} == wanted


def test_b_linkage(golden: StudyBuilder) -> None:
    linkage = matrix(golden, "linkage")
    cells = cells_of(linkage)
    for line in part("b"):
        first, *rest = line.split(" | ")
        dimension, first = first.split(" ", 1)
        for entry in [first, *rest]:
            factor, number, signs, places = re.fullmatch(r"(\w): (\d+) (\{.*\}) (\[.*\])", entry).groups()  # type: ignore[union-attr]
            cell = cells[dimension, factor]
            assert cell["passages"] == int(number)
            assert signs_of(cell) == ast.literal_eval(signs)
            sources = {place.split(".")[0] for place in ast.literal_eval(places)}
            assert cell["sources"] == len(sources)
            assert {e["source"] for e in evidence(linkage, dimension, factor)} == sources


def evidence(counted: Matrix, row: str, column: str) -> list[dict[str, object]]:
    frame = counted.evidence
    keys = [
        (counted.rows[r].key, counted.columns[c].key)
        for r, c in zip(frame["row"], frame["column"], strict=True)
    ]
    sources = counted.counted.frames.sources
    return [
        {"source": sources[entry["source"]].key, **entry} | {"source": sources[entry["source"]].key}
        for key, entry in zip(keys, frame.to_dict("records"), strict=True)
        if key == (row, column)
    ]


def test_c_groups(golden: StudyBuilder) -> None:
    groups = matrix(golden, "groups", by="kelompok")
    cells = cells_of(groups)
    for line in part("c"):
        row, rest = line.split(" ", 1)
        for entry in rest.split(" | "):
            found = re.fullmatch(r"(\w+): (\d+)/(\d+) inf, (\d+) kod, (\{.*\})", entry)
            assert found is not None
            value, informants, n, codings, signs = found.groups()
            cell = cells[row, value]
            assert (cell["informants"], cell["n"], cell["codings"]) == (int(informants), int(n), int(codings))
            assert signs_of(cell) == ast.literal_eval(signs)
    assert groups.states["R"] == "partial"
    assert groups.states["S"] == "agree"
    assert groups.states["T"] == "silent"


def test_d_triangulation(golden: StudyBuilder) -> None:
    triangulation = matrix(golden, "triangulation")
    cells = cells_of(triangulation)
    *lines, totals = part("d")
    techniques: dict[int, int] = {}
    for line in lines:
        key, w, o, d, _t, rest = re.split(r"\s+", line, maxsplit=5)
        row = [cells[key, name] for name in ("interview", "observation", "document")]
        assert [cell["sources"] for cell in row] == [int(x[1:]) for x in (w, o, d)]
        total = {s: sum(signs_of(cell).get(s, 0) for cell in row) for s in "+-0±"}
        assert {sign: n for sign, n in total.items() if n} == ast.literal_eval(rest)
        number = sum(cell["sources"] > 0 for cell in row)
        techniques[number] = techniques.get(number, 0) + 1
    assert techniques == ast.literal_eval(totals.split(": ", 1)[1])
    assert triangulation.details["said_versus_seen"] == ["G1", "R5", "P3"]
    assert triangulation.states["P3"] == "partial"
    assert triangulation.states["S2"] == "silent"  # interviews and provisions: a norm confirms no practice
    assert triangulation.states["R4"] == "agree"


def test_f_saturation(golden: StudyBuilder) -> None:
    saturation = matrix(golden, "saturation")
    lines = part("f")
    cells = saturation.cells.to_dict("records")
    for heading, cell, line in zip(saturation.rows, cells, lines, strict=False):
        assert f"{heading.key} {cell['used']} {cell['new']} {cell['cumulative']}" == line
    assert saturation.details == {
        "order": ["A1", "A2", "A3", "A4", "M1", "M2", "M3"],
        "base": 33,
        "runs": [
            {"rows": ["M1", "M2"], "new": 4, "ratio": 0.121},
            {"rows": ["M2", "M3"], "new": 2, "ratio": 0.061},
        ],
        "reached": None,
    }
