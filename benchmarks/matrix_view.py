"""How fast a matrix is there: read, opened to its first paint, scrolled, typed into, in the standard study.

100 informants by all codes over 20,000 codings; painted into memory, without a screen; the commit of a saved
field is included. A key typed into a field must cost no more than a frame, since nothing is read for it.
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
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts

if TYPE_CHECKING:
    from qualcoder_lite.ui.window.main_window import MainWindow

Row = tuple[str, float, str, float | None]  # name, figure, unit, promised limit
OPENED, PAINTED, FRAME, SLOW = 100.0, 50.0, 16.0, 33.0  # milliseconds
TIMES, WINDOW = 60, (1440, 900)


def rows() -> list[Row]:
    """Every figure, from a process of its own with settings of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("texts", "code"):
            command = [sys.executable, "-m", "benchmarks.study", part, folder, "1"]
            subprocess.run(command, check=True, capture_output=True)
        home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), folder)
        command = [sys.executable, "-m", "benchmarks.matrix_view", str(Path(folder) / "study.qcl")]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | home)
        return [tuple(row) for row in json.loads(done.stdout.splitlines()[-1])]


def measure(path: Path) -> list[Row]:
    """The rows of one study."""
    from PySide6.QtWidgets import QApplication

    from qualcoder_lite.ui.display.connect import Display
    from qualcoder_lite.ui.kit import shapes, theme
    from qualcoder_lite.ui.window.app import keep_what_is_loaded, new_window

    application = QApplication([])
    shapes.dress(application, theme.theme())
    window = new_window(theme.theme())
    window.resize(*WINDOW)
    window.show()
    keep_what_is_loaded()
    window.open_path(path)
    while window.desk.project is None:  # a large study is opened beside the window
        application.processEvents()
    wiring = window.desk.part(Display)

    def opened(level: str) -> Callable[[], None]:
        from qualcoder_lite.analysis.matrices.choice import Choice

        def run() -> None:
            wiring.place.now.choice = Choice(level=level)
            wiring.view.show_cells(None)
            wiring.read()
            wiring.page.repaint()

        return run

    window.desk.show_workspace(1)
    application.processEvents()
    found: list[Row] = []
    for level, words in (("top", "100 × 8"), ("all", "100 × 40")):
        times = [_timed(opened(level)) for _again in range(7)]
        found.append((f"informants {words}: read and painted", statistics.median(times), "ms", OPENED))
    application.processEvents()
    found.append(_heat_map(window))
    application.processEvents()
    found += _scrolls(window, application.processEvents)
    found += _typing(window, application.processEvents)
    window.close()
    return found


def _timed(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return (perf_counter() - begin) * 1000


def _heat_map(window: MainWindow) -> Row:
    """The matrix that is shown as a heat map: laid out and painted, each time as if it were the first."""
    from qualcoder_lite.ui.display.connect import Display

    picture = window.desk.part(Display).picture
    times = []
    for _again in range(7):
        times.append(_timed(lambda: (picture.switch(True), picture.page.repaint())))
        picture.switch(False)
    return ("informants 100 × 40: heat map first painted", statistics.median(times), "ms", PAINTED)


def _scrolls(window: MainWindow, settle: Callable[[], object]) -> list[Row]:
    """Wheel steps down and across through cells that were never painted."""
    from qualcoder_lite.ui.display.connect import Display

    view, times = window.desk.part(Display).view, []
    for bar, step in ((view.verticalScrollBar(), 90), (view.horizontalScrollBar(), 180)):
        for _each in range(TIMES // 2):
            times.append(_timed(lambda bar=bar, step=step: (bar.setValue(bar.value() + step), settle())))
    return [
        ("scroll, median", statistics.median(times), "ms", FRAME),
        ("scroll, slowest of 20", statistics.quantiles(times, n=20)[-1], "ms", SLOW),
    ]


def _typing(window: MainWindow, settle: Callable[[], object]) -> list[Row]:
    """Letters typed into a field, each to repaint; another cell chosen; a field saved."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from qualcoder_lite.ui.display.connect import Display

    wiring = window.desk.part(Display)
    view, field = wiring.view, wiring.cell.panel.fields["emic_summary"]
    chosen = [
        _timed(lambda n=n: (view.setCurrentIndex(view.table.index(3 + n, 2 + n % 3)), window.repaint()))
        for n in range(12)
    ]
    settle()
    field.setFocus()
    typed = [_timed(lambda: (QTest.keyClick(field, Qt.Key.Key_A), field.repaint())) for _each in range(TIMES)]
    saved = _timed(field.left.emit)
    follow = _timed(wiring.read)
    return [
        ("another cell chosen, with its panel", statistics.median(chosen), "ms", OPENED),
        ("a letter typed, median", statistics.median(typed), "ms", FRAME),
        ("a letter typed, slowest of 20", statistics.quantiles(typed, n=20)[-1], "ms", SLOW),
        ("a field saved, with the commit", saved, "ms", None),
        ("the matrix read again after it", follow, "ms", OPENED),
    ]


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
