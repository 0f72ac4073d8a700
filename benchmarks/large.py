"""How the window stands a large study: opened, read, coded, counted, searched, with much history; its memory.

`python -m benchmarks.large STUDY` measures one study, which it changes, in a process of its own.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts

from benchmarks import cached
from benchmarks.study import MATRICES, Row

if TYPE_CHECKING:
    from qualcoder_lite.store.project import Project
    from qualcoder_lite.ui.desk.desk import Desk

OPENED, MATRIX, MEMORY = 1500.0, 1000.0, 500.0  # milliseconds, milliseconds, MB: what we promise tenfold
TIMES = 20
STEPS = (1_000, 100_000)
WORDS = "petunjuk pimpinan"


def rows() -> list[Row]:
    """The tenfold study, with what is promised of it."""
    return [
        (name, value, unit, _limit(name, unit)) for name, value, unit in of_study(cached.study(10), "all")
    ]


def standard() -> list[Row]:
    """The same of the standard study, to be held beside it."""
    return [(name, value, unit, None) for name, value, unit in of_study(cached.study(1), "all")]


def after_steps() -> list[Row]:
    """Actions in the standard study with a short and a long history."""
    found: list[Row] = []
    for steps in STEPS:
        path = cached.study(1, steps)
        measured = of_study(path, "actions")
        found += [(f"after {steps:,} steps: {name}", value, unit, None) for name, value, unit in measured]
    return found


def _limit(name: str, unit: str) -> float | None:
    if name.startswith("opened"):
        return OPENED
    if name.startswith("matrix"):
        return MATRIX
    return MEMORY if unit == "MB" else None


def of_study(path: Path, what: str) -> list[tuple[str, float, str]]:
    """The figures of a copy of a study, from a process and with settings of its own."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copied = Path(folder) / "study.qcl"
        shutil.copy(path, copied)
        home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), folder)
        command = [sys.executable, "-m", "benchmarks.large", str(copied), what]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | home)
    return [(name, value, unit) for name, value, unit in json.loads(done.stdout.splitlines()[-1])]


def measure(path: Path, what: str) -> list[tuple[str, float, str]]:
    """The rows of one study: all, or only opening and actions."""
    from qualcoder_lite.ui.kit import shapes, theme
    from qualcoder_lite.ui.window.app import keep_what_is_loaded, new_window, the_application

    application, tokens = the_application(), theme.theme()
    shapes.dress(application, tokens)
    window = new_window(tokens)
    window.show()
    window.complete()
    keep_what_is_loaded()
    desk = window.desk
    found: list[tuple[str, float, str]] = []

    def note(name: str, times: list[float]) -> None:
        found.append((name, min(times), "ms"))  # what else the machine does is no part of it

    def opened() -> None:
        window.open_path(path)
        while desk.project is None:  # a large study is opened beside the window
            application.processEvents()
        window.repaint()

    note("opened by the window", [timed(opened)])
    application.processEvents()
    for name, times in _actions(desk, application.processEvents).items():
        note(name, times)
    if what == "all":
        for name, took in _matrices(desk.study):
            note(name, [took])
        note("search: all its hits", [timed(lambda: _search(desk.study)) for _each in range(3)])
        found.append(("memory with all matrices", resident(), "MB"))
    window.close()
    return found


def timed(work: Callable[[], object]) -> float:
    """How many milliseconds some work takes."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def _actions(desk: Desk, settle: Callable[[], object]) -> dict[str, list[float]]:
    """A source opened, words coded, undone, a code renamed, the history opened; each to repaint."""
    from qualcoder_lite.coding import codes
    from qualcoder_lite.ui.coding import actions as coding_actions
    from qualcoder_lite.ui.desk.place import Source
    from qualcoder_lite.ui.history.connect import History

    chance, text, history = random.Random(3), desk.text, desk.part(History)
    found: dict[str, list[float]] = {}

    def run(name: str, work: Callable[[], object]) -> None:
        found.setdefault(name, []).append(timed(lambda: (work(), desk.window.repaint())))

    for number, line in enumerate(chance.sample(desk.sources, TIMES)):
        run("a source opened", partial(desk.go, Source(line.id)))
        settle()
        start = chance.randrange(len(text.page.text) - 200)
        text.select(start, start + 100)
        code = desk.codes[number % len(desk.codes)]
        run("words coded", partial(coding_actions.apply, desk, code.id))
        run("lists and counts after it", desk.refresh)
        run("undone", partial(coding_actions.undo, desk))
        run("a code renamed", partial(codes.rename, desk.study, code.id, f"{code.key}x{number}"))
        desk.refresh()
        run("history opened", history.open)
        history.close()
        settle()
    return found


def _matrices(project: Project) -> list[tuple[str, float]]:
    """Every kind of matrix, just opened and after a coding was changed."""
    from qualcoder_lite.analysis.matrices.choice import Choice
    from qualcoder_lite.analysis.matrices.kinds import EVERY_KIND
    from qualcoder_lite.coding.codings import set_starred
    from qualcoder_lite.coding.counting.frames import read_frames

    with project.read() as connection:
        coding = bytes(read_frames(connection).codings.id[0])
    found = []
    for kind in MATRICES:
        choice = Choice(coder="" if kind == "agreement" else project.coder)
        work = partial(EVERY_KIND[kind], project, choice)
        first, after = timed(work), []
        for number in range(3):
            set_starred(project, [coding], number % 2 == 0)
            after.append(timed(work))
        found += [(f"matrix {kind}, first", first), (f"matrix {kind}, after a coding", min(after))]
    return found


def _search(project: Project) -> None:
    from qualcoder_lite.analysis.search.hits import Search, find_hits

    find_hits(project, Search(words=WORDS))


def resident() -> float:
    """The memory that this process holds, in MB; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), sys.argv[2])))
