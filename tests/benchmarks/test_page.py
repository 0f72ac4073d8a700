"""The page of figures says what was measured and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import page
from benchmarks.figures import Figure, keep


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    kept = tmp_path / "figures.json"
    keep(
        [
            Figure(page.STANDARD, "words coded", 10.0, "ms", None),
            Figure(page.LARGE, "words coded", 12.5, "ms", None),
            Figure(page.LARGE, "opened by the window", 1600.0, "ms", 1500.0),
            Figure(page.STANDARD, "opened by the window", 200.0, "ms", None),
            Figure(page.LARGE, "memory with all matrices", 400.0, "MB", 500.0),
            Figure(page.HISTORY, "after 1,000 steps: undone", 7.0, "ms", None),
            Figure(page.HISTORY, "after 100,000 steps: undone", 8.0, "ms", None),
        ],
        kept,
    )
    return kept


def test_the_page_and_its_pictures_come_from_the_figures(
    figures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "DOCS", tmp_path)
    page.main(figures)
    about: dict[str, Any] = json.loads(figures.read_text(encoding="utf-8"))
    text = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert about["processor"] in text
    assert "| opened by the window | 1,600.0 ms | ≤ 1500 ms, missed |" in text
    assert "| memory with all matrices | 400.0 MB | ≤ 500 MB |" in text
    sizes = (tmp_path / "performance" / "size.svg").read_text(encoding="utf-8")
    assert "words coded" in sizes
    assert "12.5 ms" in sizes
    assert "8.0 ms" in (tmp_path / "performance" / "steps.svg").read_text(encoding="utf-8")
