"""What every test stands on: a study of its own, no settings of a person, nothing left behind."""

from __future__ import annotations

import itertools
import logging
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # without a display Qt aborts unless this comes first

from qualcoder_lite.i18n import use_language
from qualcoder_lite.store import connection
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import Project, open_study

AS_SHIPPED = connection.WRITING
connection.WRITING = tuple(pragma.replace("=FULL", "=OFF") for pragma in AS_SHIPPED)  # no test cuts the power

_HOMES = itertools.count()

settings.register_profile("short", deadline=None, database=None, derandomize=True, max_examples=40)
settings.register_profile("long", deadline=None, database=None, max_examples=600)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run kills and fuzz, marked long")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests out unless they are asked for."""
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


# A study of its own ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty study, made once, since tests need many."""
    path = tmp_path_factory.mktemp("template") / "template.qcl"
    new_study(path, "Studi rekaan")
    return path


@pytest.fixture
def study_path(tmp_path: Path, _template: Path) -> Path:
    """An empty study in a folder of its own."""
    folder = tmp_path / "study"
    folder.mkdir()
    return Path(shutil.copy(_template, folder / "study.qcl"))


@pytest.fixture
def project(study_path: Path) -> Iterator[Project]:
    """An empty study, open for working on it as coder C1."""
    with open_study(study_path, coder="C1") as opened:
        yield opened


# Nothing of this computer's user is touched ------------------------------------------------------------


@pytest.fixture(autouse=True)
def _own_settings(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Settings, logs and language of nobody, also in child processes."""
    home = tmp_path_factory.getbasetemp() / f"home-{next(_HOMES)}"
    home.mkdir()
    for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(home))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    use_language("en")
    yield
    use_language("en")


# Nothing is left behind ----------------------------------------------------------------------------------


class _Kept(logging.Handler):
    """Keeps the records that it is given."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def stray_logs() -> Iterator[list[logging.LogRecord]]:
    """Fail on a log record of a warning or worse; a test that expects one clears this list."""
    handler = _Kept()
    logging.getLogger().addHandler(handler)
    yield handler.records
    logging.getLogger().removeHandler(handler)
    stray = [f"{record.name}: {record.getMessage()}" for record in handler.records]
    assert not stray, f"stray log records: {stray}"


@pytest.fixture(autouse=True)
def _nothing_left_open() -> Iterator[None]:
    """Fail on threads that still run and on study files that are still open."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2
    while (threads := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        time.sleep(0.005)
    assert not threads, f"threads still run: {threads}"
    assert not open_studies(), f"files still open: {open_studies()}"


def open_studies() -> list[str]:
    """The study files that this process has open, where the system lists them."""
    listed = Path("/proc/self/fd")
    names = [_target(entry) for entry in listed.iterdir()] if listed.is_dir() else []
    return [name for name in names if ".qcl" in name]


def _target(entry: Path) -> str:
    try:
        return str(entry.readlink())
    except OSError:
        return ""  # closed meanwhile: the listing's own
