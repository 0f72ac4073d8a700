"""The house keeps its shape: layers, sizes, names, and what is loaded to start."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from qualcoder_lite.store.schema import SCHEMA

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "qualcoder_lite"
FILES = sorted(PACKAGE.rglob("*.py"))
MIGRATIONS = PACKAGE / "store" / "migrations"
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
VAGUE = re.compile(
    r"(^|_)(managers?|services?|handlers?|utils?|helpers?)(_|$)|^base$|(Manager|Service|Helper)$"
)
MARKS = ("_", "N_")
HEAVY = {"PySide6", "alembic", "docx", "lxml", "numpy", "openpyxl", "pandas", "pypdfium2", "xlsxwriter"}

MOST_FILES, MOST_LINES = 20, 4_000  # of a room; the lines of a room of the window

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """The lines of a function without those of its description."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_every_room_imports_only_the_rooms_below_it() -> None:
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contracts_stand_in_the_plan_of_the_house() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    plan = " ".join((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split())
    for contract in configuration["tool"]["importlinter"]["contracts"]:
        assert contract["name"] in plan


def module_of(path: Path) -> str:
    """The name by which a file of the package is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_by(tree: ast.Module, modules: set[str]) -> set[str]:
    """The modules that a file names in its imports: those for types and those inside functions too."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inside & modules
            found |= {str(node.module)} if inside - modules else set()
    return found & modules


def reached(start: str, imports: dict[str, set[str]]) -> set[str]:
    """The modules that one imports, and those that they import in turn."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = imports[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return found


def circles(imports: dict[str, set[str]]) -> set[frozenset[str]]:
    """The groups of more than one module in which each imports each, be it over others."""
    reach = {module: reached(module, imports) for module in imports}
    groups = {frozenset(other for other in reach[one] if one in reach[other]) for one in imports}
    return {group for group in groups if len(group) > 1}


def test_no_circle_of_imports_types_and_late_imports_included() -> None:
    modules = {module_of(path) for path in FILES}
    found = circles({module_of(path): imported_by(tree_of(path), modules) for path in FILES})
    assert [sorted(group) for group in found] == []


def test_a_circle_is_seen_however_it_is_imported() -> None:
    modules = {"a", "a.b", "a.c"}
    late = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import c"
    imports = {
        "a": imported_by(ast.parse(""), modules),
        "a.b": imported_by(ast.parse(late), modules),
        "a.c": imported_by(ast.parse("def f():\n    from a.b import name"), modules),
    }
    assert imports == {"a": set(), "a.b": {"a.c"}, "a.c": {"a.b"}}
    assert circles(imports) == {frozenset({"a.b", "a.c"})}


def test_files_and_functions_are_short() -> None:
    for path in FILES:
        assert path.read_text(encoding="utf-8").count("\n") < LONGEST_FILE, path
        for function in functions(tree_of(path)):
            assert length(function) <= LONGEST_FUNCTION, f"{path}:{function.lineno}"


def test_rooms_are_small() -> None:
    rooms = {path.parent for path in FILES}
    for room in rooms:
        files = [path for path in room.glob("*.py") if path.name != "__init__.py"]
        assert len(files) <= MOST_FILES, room
        if room.parent.name == "ui":
            assert sum(path.read_text(encoding="utf-8").count("\n") for path in files) <= MOST_LINES, room


def test_nothing_has_a_name_that_says_nothing() -> None:
    for path in FILES:
        defined = [node for node in ast.walk(tree_of(path)) if isinstance(node, Function | ast.ClassDef)]
        names = {path.stem, *(node.name for node in defined)}
        assert [name for name in names if VAGUE.search(name)] == [], path


def test_most_functions_fit_a_glance() -> None:
    lengths = [length(function) for path in FILES for function in functions(tree_of(path))]
    assert statistics.median(lengths) <= 7


def test_no_error_is_swallowed_unseen() -> None:
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body):
                caught = ast.unparse(node.type) if node.type else ""
                assert caught not in ("", "Exception", "BaseException"), f"{path}:{node.lineno}"


def test_words_for_the_user_are_never_put_together_before_they_are_translated() -> None:
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                for word in node.args:
                    assert not isinstance(word, ast.JoinedStr | ast.BinOp), f"{path}:{node.lineno}"
                    assert ".format(" not in ast.unparse(word), f"{path}:{node.lineno}"
                    assert "{}" not in str(getattr(word, "value", "")), f"{path}:{node.lineno}"


def loaded_by(statement: str) -> set[str]:
    """The heavy libraries that a statement loads in a fresh program."""
    command = f"import sys\n{statement}\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True, timeout=60
    )
    return HEAVY & set(done.stdout.split())


def test_the_command_line_starts_without_heavy_libraries() -> None:
    assert loaded_by("import qualcoder_lite.cli.running, qualcoder_lite.cli.parser") == set()


def test_opening_a_study_loads_no_heavy_library() -> None:
    assert (
        loaded_by(
            "import qualcoder_lite.store.project, qualcoder_lite.store.undo, qualcoder_lite.store.backup"
        )
        == set()
    )


def test_migrations_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert numbers == list(range(1, SCHEMA + 1))
