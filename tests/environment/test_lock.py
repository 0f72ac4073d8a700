"""The lock files name every package once, as pyproject.toml allows it, by the hashes of its wheels."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from environment import lock

LINE = re.compile(
    r'([a-z0-9-]+)==([\w.]+)(?: ; sys_platform == "win32")?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n'
)
PACKAGE = {"metadata": {"name": "A_b", "version": "1.0", "requires_dist": []}}


def locked(extra: str) -> dict[str, tuple[str, int]]:
    """The packages of a lock file: release and number of hashes by name."""
    found = LINE.findall(lock.LOCKS[extra].read_text(encoding="utf-8"))
    return {name: (release, hashes.count("sha256")) for name, release, hashes in found}


@pytest.mark.parametrize("extra", lock.LOCKS)
def test_a_lock_file_is_packages_with_hashes_and_nothing_else(extra: str) -> None:
    text = lock.LOCKS[extra].read_text(encoding="utf-8")
    assert re.sub(r"(?m)^#.*\n", "", LINE.sub("", text)) == ""
    assert "://" not in text
    assert len(LINE.findall(text)) == len(locked(extra))


def test_what_pyproject_asks_for_is_locked_in_a_release_that_it_allows() -> None:
    together = {**locked("test"), **locked("")}
    assert len(together) == len(locked("test")) + len(locked(""))
    for extra, wanted in lock.declared().items():
        for requirement in map(Requirement, wanted):
            name = canonicalize_name(requirement.name)
            assert name in (together if extra else locked("")), name
            assert requirement.specifier.contains(together[name][0]), name


def test_the_release_of_qt_that_aborts_stays_out() -> None:
    [qt] = [each for each in map(Requirement, lock.declared()[""]) if each.name == "PySide6-Essentials"]
    assert not qt.specifier.contains("6.12.0")
    assert locked("")["pyside6-essentials"][0] == locked("")["shiboken6"][0] != "6.12.0"


def test_all_that_these_packages_need_here_is_locked() -> None:
    names = set(locked("")) | set(locked("test"))
    for name in names:
        try:
            needed = [Requirement(words) for words in requires(name) or []]
        except PackageNotFoundError:
            continue  # for another system
        for requirement in needed:
            if not requirement.marker or requirement.marker.evaluate({"extra": ""}):
                assert canonicalize_name(requirement.name) in names, f"{name}: {requirement}"


def test_wheels_of_every_system_and_python_are_locked() -> None:
    pythons = len(lock.PYTHONS)
    for name in ("numpy", "pandas", "sqlalchemy", "markupsafe"):  # one for both processors of the Mac counts
        assert locked("")[name][1] >= 4 * pythons, name
    assert (
        locked("")["pyside6-essentials"][1] >= 4
    )  # one for all Pythons; that of the Mac for both processors


def test_what_only_another_system_needs_is_found() -> None:
    found = {"a-b": {"metadata": {**PACKAGE["metadata"], "requires_dist": ['c>1; sys_platform == "win32"']}}}
    closures = lock.closures(["A.b>=1"], found)
    assert {system.platform for (system, _python), names in closures.items() if "c" in names} == {"win32"}
    assert all("a-b" in names for names in closures.values())
    needed = {target: names & {"a-b"} for target, names in closures.items()}
    assert (
        lock.line(PACKAGE, needed, {"00", "11"})
        == "a-b==1.0 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n"
    )
    windows = {target: names if target[0].platform == "win32" else set() for target, names in needed.items()}
    assert lock.line(PACKAGE, windows, {"00"}).startswith('a-b==1.0 ; sys_platform == "win32" \\\n')


def test_a_release_that_does_not_fit_is_told() -> None:
    with pytest.raises(SystemExit, match="does not fit"):
        lock.closures(["a-b>=2"], {"a-b": PACKAGE})


def test_no_other_kind_of_lock_file_is_there() -> None:
    assert {path.name for path in lock.ROOT.glob("*.lock")} == {path.name for path in lock.LOCKS.values()}
