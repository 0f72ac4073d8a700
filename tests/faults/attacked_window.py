"""The window at work, to be killed: somebody codes, writes a cell and a memo, imports, takes back, closes."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qualcoder_lite.coding import codes
from qualcoder_lite.store.project import open_study
from qualcoder_lite.ui.desk.place import Source
from qualcoder_lite.ui.kit.note_box import NoteBox
from qualcoder_lite.ui.sources.import_page import ImportPage
from qualcoder_lite.ui.window import app, laying  # noqa: F401 - loaded once for all
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.faults.attacked import Telling
from tests.ui.driving import SAID, make_study
from tests.ui.matrices import click_cell, display

TEXT = "\n".join(SAID) + "\n"
PLACES = [at for at, letter in enumerate(TEXT) if letter.isalpha() and at > TEXT.index("Lancar")]
LONGEST = 20.0  # seconds for anything to appear
Step = tuple[str, object]

STEPS: tuple[Step, ...] = (
    *(("code", place) for place in PLACES[:3]),
    ("cell", "Kata satu"),
    ("bring_in", "W0"),
    ("undo", None),
    ("redo", None),
    *(("code", place) for place in PLACES[3:6]),
    ("cell", "Kata dua"),
    ("memo", "Catatan satu"),
    ("undo", None),
    *(("code", place) for place in PLACES[6:8]),
    ("bring_in", "W1"),
    ("cell", "Kata tiga"),
    ("code", PLACES[8]),
    ("leave", None),
)


def state_after(number: int) -> dict[str, object]:
    """What the study holds after so many steps."""
    done: list[Step] = []
    undone: list[Step] = []
    for step in STEPS[:number]:
        if step[0] == "undo":
            undone.append(done.pop())
        elif step[0] == "redo":
            done.append(undone.pop())
        elif step[0] != "leave":
            done.append(step)
            undone.clear()
    of = {kind: [what for one, what in done if one == kind] for kind in ("code", "cell", "bring_in", "memo")}
    return {**of, "cell": of["cell"][-1:]}


def place_window(folder: Path) -> None:
    """Make what the window works on."""
    study = folder / "study.qcl"
    made = make_study(study)
    with open_study(study, "C1") as project:
        codes.set_details(project, made.ids["code", "R1"], shortcut="3")
    for name in ("W0", "W1"):
        spoken = "".join(f"P: Pertanyaan {n}?\nI: Jawaban {n} yang cukup panjang.\n" for n in range(60))
        (folder / f"{name}.txt").write_text(spoken, encoding="utf-8")


def window(folder: Path, tell: Telling) -> None:
    """Start the program as a person does, and do all steps in it."""
    QTimer.singleShot(0, app.the_application(), lambda: _begin(folder, tell))
    app.run(["--coder", "C1", "--language", "en"])


def _begin(folder: Path, tell: Telling) -> None:
    """Begin when the window is up. A bug ends the program, and not in its dialog."""
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
    if not shown or shown[0].loaded is None:
        QTimer.singleShot(5, app.the_application(), lambda: _begin(folder, tell))
        return
    try:
        Hand(folder, tell, shown[0]).work()
    except BaseException:  # noqa: BLE001 - that is what would be wrong
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(97)


class Hand:
    """Somebody at the window."""

    def __init__(self, folder: Path, tell: Telling, window: MainWindow) -> None:
        self.folder, self.tell, self.window = folder, tell, window
        self.steps = 0

    def work(self) -> None:
        """Open the study, do every step, tell each when the window has heard that it is kept."""
        self.tell.begun()
        self.window.open_path(self.folder / "study.qcl")
        self.window.desk.study.listeners.append(lambda _changes: self.count())
        for number, (kind, what) in enumerate(STEPS[:-1], 1):
            getattr(self, kind)(what)
            self.until(lambda: self.steps == number)  # noqa: B023 - it ends before the next
            self.tell.done()
        self.window.close()
        self.tell.done()

    def count(self) -> None:
        self.steps += 1

    def until(self, come: Callable[[], bool]) -> None:
        end = time.monotonic() + LONGEST
        while not come():
            QApplication.processEvents()
            assert time.monotonic() < end, f"step {self.steps + 1}: {self.window.news.sentence.text()}"

    def read(self) -> None:
        desk = self.window.desk
        desk.show_workspace(0)
        desk.go(Source(next(line.id for line in desk.sources if line.key == "A1")))

    def code(self, start: int) -> None:
        self.read()
        text = self.window.desk.text
        text.select(start, start + 1)
        QTest.keyClicks(text, "3")

    def cell(self, words: str) -> None:
        self.window.desk.show_workspace(1)
        QApplication.processEvents()
        click_cell(self.window, QTest, "A1", "R")  # type: ignore[arg-type]
        field = display(self.window).cell.panel.fields["emic_summary"]
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, words)
        QTest.keyClick(field, Qt.Key.Key_Tab)

    def memo(self, words: str) -> None:
        self.read()
        text = self.window.desk.text
        text.select(PLACES[0], PLACES[0] + 5)
        self.window.desk.do("memo_range")
        [box] = [one for one in QApplication.allWidgets() if isinstance(one, NoteBox) and one.isVisible()]
        QTest.keyClicks(box.words, words)
        QTest.keyClick(box.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def undo(self, _nothing: None) -> None:
        self.window.desk.do("undo")

    def redo(self, _nothing: None) -> None:
        self.window.desk.do("redo")

    def bring_in(self, name: str) -> None:
        desk = self.window.desk
        desk.bring_in([self.folder / f"{name}.txt"])
        self.until(lambda: desk.find(ImportPage) is not None)
        QTest.mouseClick(desk.part(ImportPage).go, Qt.MouseButton.LeftButton)
        self.until(lambda: desk.find(ImportPage) is None)
