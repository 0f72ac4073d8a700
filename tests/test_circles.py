"""No circle of imports: imports for types and late imports count as well."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("coding", "analysis", "export")


def _modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    files = (path.relative_to(ROOT) for path in (ROOT / "qualcoder_lite").rglob("*.py"))
    names = {".".join(path.with_suffix("").parts): ROOT / path for path in files}
    return {name.removesuffix(".__init__"): path for name, path in names.items()}


def _imported(path: Path, modules: dict[str, Path]) -> set[str]:
    """The modules of the package that a file imports anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in modules else node.module for name in inner}
    return found & modules.keys()


@pytest.mark.parametrize("room", ROOMS)
def test_no_modules_of_a_room_import_each_other_in_a_circle(room: str) -> None:
    modules = _modules()
    mine = {name: path for name, path in modules.items() if name.split(".")[1:2] == [room]}
    assert len(mine) > 10
    graph = {name: _imported(path, modules) & mine.keys() - {name} for name, path in mine.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(f"these import each other in a circle: {' → '.join(circle.args[1])}")
