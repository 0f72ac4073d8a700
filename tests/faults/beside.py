"""Programs that use one study at once, each a process: `window|reader|commands STUDY REPORT SECONDS`.

The window codes without pause and measures how long its thread was away from its events; the time that the
thread only waited for a processor is left out, since that is the computer's load and not ours. The reader
keeps a state of the study open for long. The commands read, back up, and try to write.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from sqlalchemy import func, select

from qualcoder_lite.__main__ import main
from qualcoder_lite.store.project import read_study
from qualcoder_lite.store.schema import Coding
from qualcoder_lite.ui.desk.place import Source
from qualcoder_lite.ui.window import app
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.load import waited

TICK, EACH = 5, 8  # milliseconds; a coding each so many ticks
KEPT_OPEN = 0.7  # seconds for which a reader keeps a state


class Watched:
    """The window at work; `absences` are the seconds between two looks at its events."""

    def __init__(self, window: MainWindow, report: Path, seconds: float) -> None:
        self.window, self.report = window, report
        self.absences: list[float] = []
        self.loads: list[float] = []
        self.codings = self.acknowledged = 0
        window.desk.go(Source(next(line.id for line in window.desk.sources if line.key == "L1")))
        window.desk.study.listeners.append(lambda _changes: self._hear())
        self.last, self.before = time.monotonic(), waited()
        self.end = self.last + seconds
        self.timer = QTimer(window, interval=TICK)
        self.timer.timeout.connect(self.tick)
        self.timer.start()

    def _hear(self) -> None:
        self.acknowledged += 1

    def tick(self) -> None:
        now, load = time.monotonic(), waited()
        self.loads.append(load - self.before)
        self.absences.append(now - self.last - self.loads[-1])
        self.last, self.before = now, load
        if now > self.end:
            self.finish()
        elif len(self.absences) % EACH == 0:
            text = self.window.desk.text
            text.select(self.codings, self.codings + 1)
            self.codings += 1
            QTest.keyClicks(text, "3")

    def finish(self) -> None:
        self.timer.stop()
        self.window.close()
        told = {
            "longest": max(self.absences),
            "over": sum(one > 0.1 for one in self.absences),
            "looks": len(self.absences),
            "waited for a processor": sum(self.loads),
            "codings": self.codings,
            "acknowledged": self.acknowledged,
        }
        self.report.write_text(json.dumps(told), encoding="utf-8")


def window(study: Path, report: Path, seconds: float) -> None:
    """Start the program, open the study, code until the time is over."""

    def begin() -> None:
        shown = [one for one in app.the_application().topLevelWidgets() if isinstance(one, MainWindow)]
        if not shown or shown[0].loaded is None or shown[0].loaded.project is None:
            QTimer.singleShot(5, app.the_application(), begin)
            return
        watched.append(Watched(shown[0], report, seconds))
        report.with_suffix(".begun").touch()

    watched: list[Watched] = []
    QTimer.singleShot(0, app.the_application(), begin)
    app.run([str(study), "--coder", "C1", "--language", "en"])


def reader(study: Path, report: Path, seconds: float) -> None:
    """Keep one state open after the other; each shows the same from its beginning to its end."""
    end, found = time.monotonic() + seconds, []
    count = select(func.count()).select_from(Coding)
    while time.monotonic() < end:
        with read_study(study) as project, project.read() as connection:
            first = connection.scalar(count)
            time.sleep(KEPT_OPEN)
            assert connection.scalar(count) == first
        found.append(first)
    report.write_text(json.dumps(found), encoding="utf-8")


def commands(study: Path, report: Path, seconds: float) -> None:
    """Read, back up and try to write, by turns."""
    end, statuses = time.monotonic() + seconds, Counter[str]()
    words = (
        ["show", study], ["undo", study], ["export", study, report.with_name("e.json"), "--force"],
        ["code", study, study.with_name("codings.csv")], ["backup", study], ["check", study],
        ["status", study, "L1", "done"], ["matrix", study, "saturation"],
    )  # fmt: skip
    while time.monotonic() < end:
        for each in words:
            statuses[f"{each[0]} {main([str(one) for one in each])}"] += 1
    report.write_text(json.dumps(statuses), encoding="utf-8")


PROGRAMS: dict[str, Callable[[Path, Path, float], None]] = {
    "window": window,
    "reader": reader,
    "commands": commands,
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]))
