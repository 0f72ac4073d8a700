"""What `run.py` can be asked for: the program, its checks, its benchmarks, its words, its lock files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from environment.install import (
    ISOLATED,
    PYTHON,
    ROOT,
    clean_environment,
    fetch_wheels,
    make_environment,
)
from environment.system import install_system_libraries
from qualcoder_lite import i18n
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _

DEVELOPING = ("test", "bench", "words", "lock")
PROGRAM = "import runpy, sys; sys.path.append({root!r}); runpy.run_module('qualcoder_lite', None, '__main__')"
USAGE = 2


def main(arguments: list[str]) -> int:
    """Prepare the computer and run what is asked; give its exit status."""
    i18n.use_language(i18n.system_language())
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return start(arguments)
    except UserError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def start(arguments: list[str]) -> int:
    """Run what is asked. Raises UserError where the environment can't be made."""
    if arguments in (["wheels"], ["--wheels"]):
        print(f"python3 run.py {arguments[0]} FOLDER", file=sys.stderr)
        return USAGE
    if arguments[:1] == ["wheels"]:
        fetch_wheels(Path(arguments[1]).absolute())
        return 0
    wheels = None
    if arguments[:1] == ["--wheels"]:
        wheels, arguments = folder_of_wheels(arguments[1]), arguments[2:]
    word = arguments[0] if arguments else ""
    install_system_libraries(word in DEVELOPING)
    make_environment(word in DEVELOPING, wheels)
    if word == "test":
        return test(arguments[1:])
    if word == "bench":
        return run("-m", "benchmarks", *with_whole_paths(arguments[1:]))
    if word == "words":
        return words()
    if word == "lock":
        return run("-m", "environment.lock")
    return run_program(arguments or sample_study())


def with_whole_paths(arguments: list[str]) -> list[str]:
    """The same arguments for a program that runs in our folder: files are meant where the user stands."""
    named = [False, *(argument in ("--json", "--compare") for argument in arguments)]
    given = zip(arguments, named, strict=False)
    return [str(Path(argument).absolute()) if is_file else argument for argument, is_file in given]


def folder_of_wheels(name: str) -> Path:
    """The folder of wheels that was named. Raises UserError where there is none."""
    folder = Path(name).absolute()
    if not folder.is_dir():
        raise UserError(
            _("The folder {folder} is not there.").format(folder=folder),
            remedy=_("Fill it on a computer of the same kind: python3 run.py wheels FOLDER"),
        )
    return folder


def run(*arguments: str) -> int:
    """Run the environment's Python in our own folder; give its exit status."""
    command = [str(PYTHON), *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean_environment(), check=False).returncode


def run_program(arguments: list[str]) -> int:
    """Run the program in the user's folder, no file of which is ever taken for a module of Python."""
    command = [str(PYTHON), *ISOLATED, "-c", PROGRAM.format(root=str(ROOT)), *arguments]
    with subprocess.Popen(command, env=clean_environment()) as program:
        while True:
            try:
                return program.wait()
            except KeyboardInterrupt:  # the program hears it too, and stops with nothing half done
                continue


def sample_study() -> list[str]:
    """Arguments that open the sample study, or, without a display, build it and say so."""
    if has_display():
        return ["--sample"]
    folder = ROOT / "build" / "demo"
    told = _("No display was found, so the sample study and all that it gives is written to {folder}.")
    print(told.format(folder=folder), flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return ["demo", str(folder)]


def has_display() -> bool:
    """Tell whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def test(arguments: list[str]) -> int:
    """Run every check in turn; stop at the first that fails."""
    options = ["--long"] if "--long" in arguments else []
    rest = [argument for argument in arguments if argument != "--long"]
    places = ["qualcoder_lite", "environment", "tests", "benchmarks", "samples", "docs", "run.py"]
    for check in (
        ["-m", "ruff", "format", "--check", *places],
        ["-m", "ruff", "check", *places],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        ["-m", "pytest", "-n", "2", *options, *rest],
    ):
        print("·", *check[1:3], flush=True)
        if status := run(*check):
            return status
    return 0


def words() -> int:
    """Collect every word for the user into the catalogue and compile the Indonesian translation."""
    folder = ROOT / "qualcoder_lite" / "locale"
    template, catalogue = folder / "qualcoder_lite.pot", folder / "id" / "LC_MESSAGES" / "qualcoder_lite.po"
    babel = ["-m", "babel.messages.frontend"]
    mark = ["-k", "N_", "-k", "n_:1,2", "--no-location", "--omit-header", "--sort-output"]
    if status := run(*babel, "extract", *mark, "-o", str(template), "qualcoder_lite", "environment"):
        return status
    update = [
        "update",
        "-l",
        "id",
        "-i",
        str(template),
        "-o",
        str(catalogue),
        "--no-fuzzy-matching",
        "--ignore-obsolete",
    ]
    if status := run(*babel, *update):
        return status
    return run(*babel, "compile", "-l", "id", "-i", str(catalogue), "-o", str(catalogue.with_suffix(".mo")))
