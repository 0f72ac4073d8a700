"""Write which release of every package is installed, and the hashes of the wheels that it may come as.

    python3 run.py lock

`requirements.lock` has what the program needs, `requirements-test.lock` what its checks need besides. pip is
asked once which releases fit pyproject.toml, then for each system and Python that we support which wheels it
would take there; it accepts a wheel whose hash is any of those listed. No index and no host is named, so that
the same file serves an index, a mirror and a folder of wheels.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}
PYTHONS = ("3.11", "3.12", "3.13")
GLIBC = {"x86_64": (35, 39), "aarch64": (39,)}  # 2.x, as in Ubuntu 22.04 and 24.04; Qt asks for them
MACOS = ("13_0", "14_0", "15_0", "26_0")
HEAD = """\
# {what}
# Written by `python3 run.py lock`, for Python {pythons} on
# Linux (x86_64, aarch64), macOS (arm64, x86_64) and Windows (amd64).
"""


class System(NamedTuple):
    """A kind of computer: as markers call it, and the wheels that run there."""

    platform: str
    machine: str
    tags: tuple[str, ...]


Target = tuple[System, str]  # with a Python
Package = Mapping[str, Any]  # as pip reports it


def systems() -> Iterator[System]:
    """Every kind of computer that we support."""
    for machine, libraries in GLIBC.items():
        for newest in libraries:
            tags = tuple(f"manylinux_2_{minor}_{machine}" for minor in range(newest, 11, -1))
            yield System("linux", machine, tags)
    for machine in ("arm64", "x86_64"):
        for version in MACOS:
            yield System("darwin", machine, (f"macosx_{version}_{machine}",))
    yield System("win32", "AMD64", ("win_amd64",))


TARGETS: tuple[Target, ...] = tuple((system, python) for system in systems() for python in PYTHONS)


def main() -> int:
    """Write both files; give the exit status."""
    wanted = declared()
    found = resolved([*wanted[""], *wanted["test"]])
    needed = {extra: closures(wanted[extra], found) for extra in wanted}
    while unknown := sorted(set().union(*needed[""].values(), *needed["test"].values()) - set(found)):
        print("Also needed elsewhere:", *unknown, flush=True)
        found = resolved([*wanted[""], *wanted["test"], *unknown])
        needed = {extra: closures(wanted[extra], found) for extra in wanted}
    hashes = hashes_of(found)
    program = set().union(*needed[""].values())
    for extra, file in LOCKS.items():
        names = sorted(set().union(*needed[extra].values()) - (program if extra else set()))
        what = "What the program needs." if not extra else "What its checks need besides requirements.lock."
        lines = [line(found[name], needed[extra], hashes[name]) for name in names]
        head = HEAD.format(what=what, pythons=", ".join(PYTHONS))
        file.write_text(head + "".join(lines), encoding="utf-8", newline="\n")
        print(f"{file.name}: {len(names)} packages", flush=True)
    return 0


def declared() -> dict[str, list[str]]:
    """What pyproject.toml asks for: the program, and its checks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"": project["dependencies"], "test": project["optional-dependencies"]["test"]}


def resolved(wanted: Iterable[str]) -> dict[str, Package]:
    """The releases that pip chooses, by name."""
    return {name_of(package): package for package in asked("--ignore-installed", *wanted)}


def name_of(package: Package) -> str:
    """The name of a package in the form in which names are compared."""
    return canonicalize_name(package["metadata"]["name"])


def closures(wanted: Iterable[str], found: Mapping[str, Package]) -> dict[Target, set[str]]:
    """The names of all packages that are needed on each target, also of those not yet found."""
    return {target: closure(list(wanted), found, target) for target in TARGETS}


def closure(wanted: list[str], found: Mapping[str, Package], target: Target) -> set[str]:
    """The packages that these requirements lead to on one target. Raises SystemExit where none fits."""
    system, python = target
    marks = {
        "sys_platform": system.platform,
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[system.platform],
        "os_name": "nt" if system.platform == "win32" else "posix",
        "platform_machine": system.machine,
        "python_version": python,
        "python_full_version": f"{python}.9",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    names: set[str] = set()
    while wanted:
        requirement = Requirement(wanted.pop())
        name = canonicalize_name(requirement.name)
        if requirement.marker and not requirement.marker.evaluate(marks):
            continue
        package = found.get(name)
        if package and not requirement.specifier.contains(package["metadata"]["version"]):
            raise SystemExit(f"{requirement} does not fit {package['metadata']['version']}")
        if package and name not in names:
            wanted += package["metadata"].get("requires_dist", [])
        names.add(name)
    return names


def hashes_of(found: Mapping[str, Package]) -> dict[str, set[str]]:
    """The hashes of the wheels that pip takes of each package on any target."""
    hashes = {name: {hash_of(package)} for name, package in found.items()}
    native = [name for name, package in found.items() if not wheel_of(package).endswith("-none-any.whl")]
    exact = [f"{name}=={found[name]['metadata']['version']}" for name in native]
    for system, python in TARGETS:
        print(system.tags[0], python, flush=True)
        tags = [option for tag in system.tags for option in ("--platform", tag)]
        with tempfile.TemporaryDirectory() as folder:
            there = ("--no-deps", "--target", folder, "--python-version", python, *tags)
            for package in asked(*there, *exact):
                hashes[name_of(package)].add(hash_of(package))
    return hashes


def asked(*arguments: str) -> list[Package]:
    """What pip would install with these arguments; only wheels, so that nothing is built or run."""
    command = [sys.executable, "-I", "-m", "pip", "install", "--dry-run", "-qq", "--only-binary", ":all:"]
    done = subprocess.run(
        [*command, "--report", "-", *arguments], stdout=subprocess.PIPE, check=True, text=True
    )
    packages: list[Package] = json.loads(done.stdout)["install"]
    return packages


def hash_of(package: Package) -> str:
    """The SHA-256 of the wheel."""
    return str(package["download_info"]["archive_info"]["hashes"]["sha256"])


def wheel_of(package: Package) -> str:
    """The file name of the wheel."""
    return str(package["download_info"]["url"]).rsplit("/", 1)[-1]


def line(package: Package, needed: Mapping[Target, set[str]], hashes: set[str]) -> str:
    """The lines of one package: its release, where it is needed, its hashes."""
    there = {target[0].platform for target, names in needed.items() if name_of(package) in names}
    everywhere = there == {target[0].platform for target in TARGETS}
    marker = "" if everywhere else " ; " + " or ".join(f'sys_platform == "{name}"' for name in sorted(there))
    first = f"{name_of(package)}=={package['metadata']['version']}{marker}"
    return " \\\n    ".join([first, *(f"--hash=sha256:{each}" for each in sorted(hashes))]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
