"""Make `.venv` and install into it exactly what the lock files name, wheel by wheel, by its hash.

What will be done is said before it is done. Whatever can go wrong outside of us ends in one sentence.
"""

from __future__ import annotations

import hashlib
import locale
import os
import re
import shlex
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from environment.system import install_packages
from qualcoder_lite.errors import UserError
from qualcoder_lite.files import reason
from qualcoder_lite.i18n import _, n_

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = ENVIRONMENT / "installed"
LOCK, TEST_LOCK = ROOT / "requirements.lock", ROOT / "requirements-test.lock"
ISOLATED = ("-I",)  # neither the folder that one stands in nor PYTHONPATH is searched for modules
PIP = (*ISOLATED, "-m", "pip", "--disable-pip-version-check", "--no-input")
UNREACHED = re.compile(
    r"ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|Max retries|name resolution|No matching distrib"
)


def make_environment(testing: bool, wheels: Path | None = None) -> None:
    """Make .venv where it is missing or the lock files have changed; packages come from `wheels` if given.

    Raises UserError where packages can't be had or nothing can be written.
    """
    if STAMP.is_file() and STAMP.read_text(encoding="ascii") in (mark(testing), mark(True)):
        return  # an environment for tests serves the program too
    names = packages(testing)
    print(
        n_(
            "{number} package will be installed into {folder}: {names}",
            "{number} packages will be installed into {folder}: {names}",
            len(names),
        ).format(number=len(names), folder=ENVIRONMENT, names=", ".join(names)),
        _("Nothing else changes on this computer. The first time this takes some minutes."),
        sep="\n",
        flush=True,
    )
    with told():
        make_venv()
        STAMP.unlink(missing_ok=True)  # from here on until the end it is neither the old nor the new
        install(testing, wheels)
        STAMP.write_text(mark(testing), encoding="ascii")


def mark(testing: bool) -> str:
    """What tells an environment that is as it should be: packages, Python, place."""
    locks = b"".join(lock.read_bytes() for lock in locks_for(testing))
    place = f"{sys.version_info[:2]} {ROOT}".encode(errors="surrogateescape")
    return hashlib.sha256(locks + place).hexdigest()


def locks_for(testing: bool) -> tuple[Path, ...]:
    """The lock files of the program, with those of its tests where they are to be run."""
    return (LOCK, TEST_LOCK) if testing else (LOCK,)


def packages(testing: bool) -> list[str]:
    """The packages that the lock files name for this computer, each with its release."""
    found = []
    for lock in locks_for(testing):
        for name, release, marker in re.findall(
            r"(?m)^([\w-]+)==(\S+)(?: ; (.*?))?(?: \\)?$", lock.read_text(encoding="utf-8")
        ):
            if not marker or f'"{sys.platform}"' in marker:
                found.append(f"{name} {release}")
    return found


@contextmanager
def told() -> Iterator[None]:
    """Tell what the system refuses in one sentence."""
    try:
        yield
    except OSError as error:
        raise unwritable(reason(error)) from error


def unwritable(why: str) -> UserError:
    """The folder of the program can't take the environment."""
    return UserError(
        _("{folder} can't be written.").format(folder=ENVIRONMENT),
        why,
        _("Copy the program into a folder of your own with 1 GB of room, and start it there."),
    )


def make_venv() -> None:
    """Make the virtual environment where it is missing or broken; on Debian, its package first."""
    if runs(str(PYTHON), *ISOLATED, "-c", "import pip"):
        return
    ENVIRONMENT.mkdir(exist_ok=True)  # tells by itself why nothing can be written
    if not makes_environments():
        install_packages(["python3-venv"])
        if not makes_environments():
            raise UserError(
                _("This Python can't make environments."),
                remedy=_("Install the package python3-venv, then start again."),
            )
    done = run_told([sys.executable, *ISOLATED, "-m", "venv", "--clear", str(ENVIRONMENT)])
    if done.returncode:
        raise failed(done.stdout + done.stderr, None)


def makes_environments() -> bool:
    """Tell whether this Python can make environments; Debian ships that apart."""
    return runs(sys.executable, *ISOLATED, "-c", "import ensurepip, venv")


def runs(*command: str) -> bool:
    """Tell whether a command succeeds."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run_told(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in our own folder and keep what it says."""
    settings = clean_environment() | {"PIP_USER": "0"}  # whatever this person has set up elsewhere
    return subprocess.run(
        command, cwd=ROOT, env=settings, capture_output=True, text=True, errors="replace", check=False
    )


def install(testing: bool, wheels: Path | None) -> None:
    """Install what the lock files name; nothing whose hash is another, nothing that has to be built."""
    done = run_told([str(PYTHON), *PIP, "install", "--quiet", *what(testing), *where(wheels)])
    if done.returncode:
        raise failed(done.stderr, wheels)
    make_command()


def make_command() -> None:
    """Let this environment find the package from any folder, and give it the command `qualcoder-lite`."""
    path = sysconfig.get_path("purelib", vars={"base": str(ENVIRONMENT), "platbase": str(ENVIRONMENT)})
    with suppress(UnicodeEncodeError):  # run.py itself needs neither
        encoding = locale.getpreferredencoding(False)  # which Python reads such a file by
        (Path(path) / "qualcoder_lite.pth").write_text(f"{ROOT}\n", encoding=encoding)
    if sys.platform == "win32":
        text = f'@"{PYTHON}" -I -m qualcoder_lite %*\r\n'
        PYTHON.with_name("qualcoder-lite.cmd").write_text(text, encoding="utf-8")
        return
    command = PYTHON.with_name("qualcoder-lite")
    command.write_text(
        f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -I -m qualcoder_lite "$@"\n', encoding="utf-8"
    )
    command.chmod(0o755)


def what(testing: bool) -> list[str]:
    """The options that tell pip what to take."""
    files = [option for lock in locks_for(testing) for option in ("-r", str(lock))]
    return ["--require-hashes", "--only-binary", ":all:", *files]


def where(wheels: Path | None) -> list[str]:
    """The options that tell pip where to take it: a folder, or whatever this computer is set up for."""
    return [] if wheels is None else ["--no-index", "--find-links", str(wheels)]


def fetch_wheels(folder: Path) -> None:
    """Fetch the wheels of this kind of computer and Python into a folder, for computers without a network.

    Raises UserError as `make_environment` does.
    """
    print(_("The packages will be fetched into {folder}.").format(folder=folder), flush=True)
    with told():
        make_venv()
    done = run_told([str(PYTHON), *PIP, "download", "--quiet", "--dest", str(folder), *what(False)])
    if done.returncode:
        raise failed(done.stderr, None)


def failed(said: str, wheels: Path | None) -> UserError:
    """Why packages could not be installed, by what pip said."""
    if "No space left" in said or "not enough space" in said:
        return unwritable(_("The disk is full."))
    if "DO NOT MATCH" in said or "do not match" in said:
        return UserError(
            _("A package is not the one that the lock file names; it was not installed."),
            remedy=_("Do not use the folder or index that it came from."),
        )
    if UNREACHED.search(said) and wheels is not None:
        return UserError(
            _("{folder} does not hold all packages for this computer.").format(folder=wheels),
            remedy=_("Fill it on a computer of the same kind: python3 run.py wheels FOLDER"),
        )
    if UNREACHED.search(said):
        return UserError(
            _("The packages can't be fetched; is this computer without a network?"),
            remedy=_("Connect it, or give a folder that holds them: python3 run.py --wheels FOLDER"),
        )
    if "Permission denied" in said or "Read-only file system" in said:
        return unwritable(_("The file or its folder can only be read."))
    last = ([line.strip() for line in said.splitlines() if line.strip()] or ["?"])[-1]
    return UserError(_("The packages can't be installed: {why}").format(why=last))


def clean_environment() -> dict[str, str]:
    """The variables for a Python of ours: without those that would have it find modules elsewhere."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
