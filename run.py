"""Start QualCoder Lite, its tests or its benchmarks on a machine that has only Python and git.

    python3 run.py [arguments]      make the environment, then run the program with these arguments
    python3 run.py test [--long]    ruff, mypy, import-linter and pytest (--long adds kills and fuzz)
    python3 run.py bench            print every figure that we promise
    python3 run.py words            collect the words for translators and compile the translation

Only the standard library is used here.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if WINDOWS else "bin/python")
LIBRARIES = {  # shared library -> Debian package
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
SCREEN_LIBRARIES = {  # for a real window on a virtual screen
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main(arguments: list[str]) -> int:
    """Prepare the machine and run what is asked; return its exit status."""
    testing = arguments[:1] in (["test"], ["bench"], ["words"])
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts us may have an older one
        print(
            f"QualCoder Lite needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr
        )
        return 2
    install_system_libraries(testing)
    make_environment(testing)
    if arguments[:1] == ["test"]:
        return test(arguments[1:])
    if arguments[:1] == ["bench"]:
        return run("-m", "benchmarks", *arguments[1:])
    if arguments[:1] == ["words"]:
        return words()
    return run("-m", "qualcoder_lite", *(arguments or sample_study()), folder=Path.cwd())


def run(*arguments: str, folder: Path = ROOT) -> int:
    """Run the environment's Python with these arguments; return its exit status."""
    environment = dict(os.environ)
    if folder != ROOT:
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), environment.get("PYTHONPATH")]))
    return subprocess.run([str(PYTHON), *arguments], cwd=folder, env=environment, check=False).returncode


def sample_study() -> list[str]:
    """Arguments that open the sample study, or, without a display, build it and say so."""
    if has_display():
        return ["--sample"]
    folder = ROOT / "build" / "demo"
    print(
        f"No display was found, so the sample study and all that it gives is written to {folder}.", flush=True
    )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return ["demo", str(folder)]


def has_display() -> bool:
    """Tell whether a window can be shown here."""
    if WINDOWS or sys.platform == "darwin":
        return True
    return bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    )


def test(arguments: list[str]) -> int:
    """Run every check in turn; stop at the first that fails."""
    options = ["--long"] if "--long" in arguments else []
    rest = [argument for argument in arguments if argument != "--long"]
    places = ["qualcoder_lite", "tests", "benchmarks", "samples", "docs", "run.py"]
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
    if status := run(*babel, "extract", *mark, "-o", str(template), "qualcoder_lite"):
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


def make_environment(testing: bool) -> None:
    """Make .venv and install the program into it when pyproject.toml has changed since the last time."""
    content = (ROOT / "pyproject.toml").read_bytes()
    wanted = hashlib.sha256(content + bytes([testing])).hexdigest()
    fuller = hashlib.sha256(
        content + bytes([True])
    ).hexdigest()  # an environment for tests serves the program
    stamp = ENVIRONMENT / "installed"
    if stamp.exists() and stamp.read_text() in (wanted, fuller):
        return
    if not PYTHON.exists():
        print("Making the environment (only the first time) …", flush=True)
        make_venv()
    what = f"{ROOT}[test]" if testing else str(ROOT)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", what]
    subprocess.run(pip, check=True)
    stamp.write_text(wanted)


def make_venv() -> None:
    """Make the virtual environment; on Debian install its package first where it is missing."""
    if ensurepip_is_there():
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        return
    install_packages(["python3-venv"])
    subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)


def ensurepip_is_there() -> bool:
    """Tell whether this Python can make environments (Debian ships that apart)."""
    command = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def install_system_libraries(testing: bool) -> None:
    """On Linux, see that the libraries that Qt loads are there; install or name the missing ones."""
    if not sys.platform.startswith("linux"):
        return
    wanted = LIBRARIES | (SCREEN_LIBRARIES if testing or os.environ.get("DISPLAY") else {})
    missing = sorted(package for library, package in wanted.items() if not loads(library))
    if testing and not shutil.which("Xvfb"):
        missing.append("xvfb")
    if missing:
        install_packages(missing)


def loads(library: str) -> bool:
    """Tell whether the dynamic loader finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root; otherwise print the exact line and go on."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print(f"Missing system packages. Please run:\n    sudo {line}", file=sys.stderr, flush=True)
        return
    print("Installing system packages:", *packages, flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update"], check=False, **quiet)
    if subprocess.run(line.split(), check=False, **quiet).returncode:
        print(f"That did not work. Please run:\n    {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
