"""How fast the window answers: up, open, a coding applied, marked, undone and taken away; each to repaint.

The commit to the study is included. Painted into memory, without a screen; every study in its own process.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts

from benchmarks.text_view import CODINGS, NOT_PROMISED, SIZES, Row, make_page

TIMES = 60
FRAME, SLOW = 16.0, 33.0  # milliseconds: the median and the 95th of a hundred that we promise
UP = 600.0  # milliseconds until the window is there


def rows() -> list[Row]:
    """Measure every size with every number of codings."""
    found: list[Row] = [("the window is up (without a study)", _started(), "ms", UP)]
    for size, characters in SIZES.items():
        for codings in CODINGS:
            with tempfile.TemporaryDirectory() as folder:
                command = [sys.executable, "-m", "benchmarks.window", str(characters), str(codings), folder]
                home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), folder)
                done = subprocess.run(
                    command, capture_output=True, text=True, check=True, env=os.environ | home
                )
            promised = (size, codings) != NOT_PROMISED
            for what, figure, unit, limit in json.loads(done.stdout):
                found.append(
                    (f"{size}, {codings:,} codings: {what}", figure, unit, limit if promised else None)
                )
    return found


def _started() -> float:
    """Milliseconds from the start of a process until the window has painted itself."""
    code = (
        "from time import perf_counter as now; t = now()\n"
        "from qualcoder_lite.ui.kit import shapes, theme\nfrom qualcoder_lite.ui.window import app\n"
        "a = app.the_application(); k = theme.theme(); shapes.dress(a, k)\n"
        "w = app.new_window(k); w.show(); a.processEvents(); print((now() - t) * 1000)"
    )
    figures = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _again in range(3)
    ]
    return min(figures)


def make_study(path: Path, characters: int, codings: int) -> None:
    """A study with one transcript of so many characters and so many codings, by the actions."""
    from qualcoder_lite.coding import codes, sources
    from qualcoder_lite.coding import codings as coding
    from qualcoder_lite.store.creating import new_study
    from qualcoder_lite.store.project import open_study

    page = make_page(characters, codings)
    text = path.with_suffix(".txt")
    text.write_text(page.text, encoding="utf-8")
    new_study(path, "Ukur")
    with open_study(path, "C1") as project:
        source = sources.import_files(project, [text], technique="interview").imported[0].id
        ids = [codes.add(project, f"K{number}") for number in range(40)]
        ranges: dict[bytes, list[Any]] = {}
        for number, one in enumerate(page.codings):
            ranges.setdefault(ids[number % len(ids)], []).append(coding.Range(source, one.start, one.end))
        for code, places in ranges.items():
            coding.apply_many(project, places, code)


def measured(characters: int, codings: int, folder: Path) -> list[Row]:
    """The figures of one study."""
    from qualcoder_lite.ui.coding import actions as coding_actions
    from qualcoder_lite.ui.kit import shapes, theme
    from qualcoder_lite.ui.window.app import keep_what_is_loaded, new_window, the_application

    path = folder / "ukur.qcl"
    make_study(path, characters, codings)
    application, tokens = the_application(), theme.theme()
    shapes.dress(application, tokens)
    window = new_window(tokens, "C1")
    window.show()
    keep_what_is_loaded()
    desk = window.desk

    def timed(run: Callable[[], object]) -> float:
        begun = perf_counter()
        run()
        desk.text.viewport().repaint()
        return (perf_counter() - begun) * 1000

    opening = timed(lambda: window.open_path(path))
    chance, text = random.Random(3), desk.text
    figures: dict[str, list[float]] = {"apply": [], "polarity": [], "undo": [], "remove": [], "later": []}
    lines = [line.id for line in desk.codes]
    for number in range(TIMES):
        start = chance.randrange(len(text.page.text) - 200)
        text.select(start, start + 100)
        application.processEvents()
        figures["apply"].append(timed(partial(coding_actions.apply, desk, lines[number % len(lines)])))
        figures["polarity"].append(timed(lambda: coding_actions.set_polarity(desk, "+")))
        figures["undo"].append(timed(lambda: coding_actions.undo(desk)))
        figures["remove"].append(timed(lambda: coding_actions.remove(desk)))
        figures["later"].append(timed(desk.refresh))
    found: list[Row] = [("opened and shown", opening, "ms", None)]
    for name, values in figures.items():
        limits = (FRAME, SLOW) if name != "later" else (None, None)
        said = {"later": "lists and counts afterwards"}.get(name, f"{name} to repaint, commit included")
        found.append((f"{said} (median)", statistics.median(values), "ms", limits[0]))
        found.append((f"{said} (p95)", statistics.quantiles(values, n=20)[-1], "ms", limits[1]))
    found.append(("memory", _memory(), "MB", None))
    window.close()
    return found


def _memory() -> float:
    """The most memory that this process has used, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1024 if sys.platform != "darwin" else used / 2**20


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
