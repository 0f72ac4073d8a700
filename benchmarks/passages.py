"""How fast the panel of passages answers in the standard study: first screen, queries, a coding changed.

Painted into memory, without a screen, in a process of its own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks import study

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts

if TYPE_CHECKING:
    from qualcoder_lite.coding.counting.frames import Frames
    from qualcoder_lite.store.project import Project

Row = study.Row
TIMES = 7
SCREEN = 100.0  # milliseconds: the first screen of all passages
QUERY = 50.0  # milliseconds: a query, once the study was read


def rows() -> list[Row]:
    """Make the standard study and measure on it."""
    with tempfile.TemporaryDirectory() as name:
        study.texts(Path(name), 1)
        study.code(Path(name), 1)
        command = [sys.executable, "-m", "benchmarks.passages", str(Path(name) / "study.qcl")]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [tuple(row) for row in json.loads(done.stdout.splitlines()[-1])]


def measure(path: Path) -> list[Row]:
    """The rows of one study."""
    from qualcoder_lite.coding.codings import set_polarity
    from qualcoder_lite.store.project import open_study

    with open_study(path) as project:
        found = [
            ("study read for the first query (beside the window)", _timed(lambda: _ask(project)), "ms", None)
        ]
        number = len(_ask(project).numbers)
        found.append((f"first screen of {number:,} passages", _screen(project), "ms", SCREEN))
        for name, condition in _conditions(_ask(project).study.frames).items():
            words = "words" in condition
            if words:
                found.append(
                    (
                        f"{name}, first time (beside the window)",
                        _timed(_asking(project, condition)),
                        "ms",
                        None,
                    )
                )
            times = [_timed(_asking(project, condition)) for _time in range(TIMES)]
            found.append((name, statistics.median(times), "ms", QUERY))
        first = _ask(project).ids[0]
        times = []
        for turn in range(TIMES):
            set_polarity(project, [first], "+-"[turn % 2])
            times.append(_timed(lambda: _ask(project)))
        found.append(("query after a coding was changed", statistics.median(times), "ms", 200.0))
    return found


def _ask(project: Project, condition: dict[str, Any] | None = None) -> Any:
    from qualcoder_lite.analysis.search.queries import EVERYTHING, find

    return find(project, condition or EVERYTHING)


def _asking(project: Project, condition: dict[str, Any]) -> Callable[[], Any]:
    return lambda: _ask(project, condition)


def _conditions(frames: Frames) -> dict[str, dict[str, Any]]:
    """A query of each sort, on many codes and people."""
    codes = [row.id.hex() for row in frames.codes]
    people = [row.id.hex() for row in frames.informants]
    some, others = {"code": codes[:10]}, {"code": codes[10:30]}
    return {
        "query: ten codes with those below": some,
        "query: codes and informants and polarity": {
            "all": [some, {"informant": people[:50]}, {"polarity": ["+", "-"]}]
        },
        "query: any, not": {"any": [{"not": some}, {"evidence": ["event"]}]},
        "query: overlapping": {"all": [some, {"overlapping": others}]},
        "query: within": {"all": [some, {"within": {"all": []}}]},
        "query: near, three turns": {"all": [some, {"near": others, "turns": 3}]},
        "query: with a memo": {"memo": True},
        "query: words": {"words": "antrean*"},
    }


def _screen(project: Project) -> float:
    """From the question to the painted panel."""
    from PySide6.QtWidgets import QApplication

    from qualcoder_lite.analysis.search.passages import PassageLines
    from qualcoder_lite.ui.kit import shapes, theme
    from qualcoder_lite.ui.passages.panel import PassagesPanel

    application = QApplication.instance() or QApplication([])
    shapes.dress(application, theme.theme())  # type: ignore[arg-type]
    times = []
    for _time in range(TIMES):
        panel = PassagesPanel(theme.theme())
        panel.resize(840, 400)
        panel.show()
        panel.repaint()

        def shown(panel: PassagesPanel = panel) -> None:
            panel.show_found(PassageLines(project, _ask(project)))
            panel.view.doItemsLayout()
            panel.view.viewport().repaint()

        times.append(_timed(shown))
        panel.close()
    return statistics.median(times)


def _timed(work: Callable[[], object]) -> float:
    """How many milliseconds some work takes."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
