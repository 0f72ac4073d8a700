"""Figures are kept with what they were measured on; a promised one that got worse fails a comparison."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from benchmarks.study import Row
from environment.start import with_whole_paths

Measure = Callable[..., tuple[int, str]]
QUICK: Row = ("opening", 20.0, "ms", 100.0)
FREE: Row = ("later", 20.0, "ms", None)


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Measure:
    """Run the benchmarks with made-up rows; give exit status and what was printed."""

    def run(rows: list[Row], *arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(bench, "TABLES", (("A table", lambda: rows),))
        status = bench.main(["quick", *map(str, arguments)])
        return status, capsys.readouterr().out

    return run


def slower(row: Row, times: float) -> Row:
    name, value, unit, limit = row
    return (name, value * times, unit, limit)


def test_a_promise_that_is_not_held_fails(measure: Measure) -> None:
    assert measure([QUICK, FREE])[0] == 0
    status, out = measure([slower(QUICK, 6), FREE])
    assert status == 1
    assert out.count("NOT HELD") == 1


def test_figures_are_kept_with_machine_versions_and_commit(measure: Measure, tmp_path: Path) -> None:
    measure([QUICK, FREE], "--json", tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert {"at", "commit", "system", "processor", "cores", "python", "qt", "sqlite", "figures"} == set(data)
    assert all(data[name] for name in ("processor", "cores", "python", "qt", "sqlite"))
    assert data["figures"][0] == {
        "table": "A table", "name": "opening", "value": 20.0, "unit": "ms", "limit": 100.0
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([QUICK, FREE], 0),
        ([slower(QUICK, 1.6), FREE], 0),  # runs differ that much
        ([slower(QUICK, 2), FREE], 1),
        ([QUICK, slower(FREE, 9)], 0),  # nothing is promised of it
        ([QUICK, FREE, ("new", 1.0, "s", 2.0)], 0),
    ],
)
def test_a_promised_figure_that_got_worse_fails(
    rows: list[Row], status: int, measure: Measure, tmp_path: Path
) -> None:
    measure([QUICK, FREE], "--json", tmp_path / "a.json")
    given, out = measure(rows, "--compare", tmp_path / "a.json")
    assert given == status
    assert out.count("WORSE") == status
    assert f"was     20.00 × {rows[0][1] / 20:<5.2f}" in out
    assert ("(new)" in out) == (len(rows) == 3)
    assert "other ground" not in out


def test_another_machine_is_told(measure: Measure, tmp_path: Path) -> None:
    measure([QUICK], "--json", tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    (tmp_path / "a.json").write_text(json.dumps(data | {"qt": "6.0.0"}), encoding="utf-8")
    assert "other ground: qt: 6.0.0 → " in measure([QUICK], "--compare", tmp_path / "a.json")[1]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"figures": [1]}'])
def test_a_file_without_figures_is_told_before_anything_is_measured(
    content: str, measure: Measure, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit, match="holds no figures"):
        measure([QUICK], "--compare", tmp_path / "a.json")


def test_files_are_meant_where_the_person_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert with_whole_paths(["quick", "--json", "a.json"]) == ["quick", "--json", str(tmp_path / "a.json")]
