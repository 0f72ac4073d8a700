"""What the window says has no words of the command line: options stand in `cli/` alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import qualcoder_lite

PACKAGE = Path(qualcoder_lite.__file__).parent
TRANSLATED = {"_", "N_", "n_"}
OPTION = re.compile(r"(?<![\w-])--[a-z]")


def sentences(path: Path) -> Iterator[str]:
    """Every text of a file that is given to gettext."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATED:
            yield from (
                str(argument.value)
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )


def test_no_sentence_outside_the_command_line_names_one_of_its_options() -> None:
    files = [path for path in PACKAGE.rglob("*.py") if "cli" not in path.relative_to(PACKAGE).parts]
    found = {(path.name, said) for path in files for said in sentences(path) if OPTION.search(said)}
    assert len(files) > 200
    assert found == set()
