"""A window with something of everything, and what a person does in it to fill an editor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from qualcoder_lite.coding import claims, memos, milestones, queries, questions
from qualcoder_lite.store.project import open_study
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.desk.place import Passage, Source
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.kit.form_box import FormBox
from qualcoder_lite.ui.kit.note_box import NoteBox
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, settle, shown
from tests.ui.matrices import TEXT, make_coded_study

Line = QLineEdit | QPlainTextEdit
NOT_FREE = {  # what a field takes that does not take any words
    "Date": "2026-03-14",
    "Time": "09:41",
    "Characters in a numbered line": "137",
    "Codes that it asks about": "R1; S1",
}

NOT_FREE = {  # what a field takes that does not take any words
    "Date": "2026-03-14",
    "Time": "09:41",
    "Characters in a numbered line": "137",
    "Codes that it asks about": "R1; S1",
}


def make_full_study(path: Path) -> Made:
    """A coded study that has one of everything that can be edited."""
    made = make_coded_study(path)
    with open_study(path, coder="C1") as project:
        codes = [made.ids["code", "R"], made.ids["code", "S"]]
        for number in ("C01", "C02"):
            made.ids["claim", number] = claims.add(project, number, {"en": f"Pernyataan {number}"}, codes)
        opposing = made.ids["coding", "Rapat tiap Senin"]
        claims.set_evidence(project, made.ids["claim", "C01"], "against", [opposing])
        for title in ("Satu", "Dua"):
            made.ids["memo", title] = memos.add(project, f"Catatan {title}", title)
        made.ids["question", "1"] = questions.add(project, "1", "Bagaimana pelayanan di sini?", codes)
        milestones.add(project, "Bimbingan 1")
        queries.save(project, "Tentang R", {"filters": []})
    return made


@dataclass
class Hands:
    """A window and what a person does in it."""

    window: MainWindow
    made: Made
    qtbot: QtBot
    qapp: QApplication

    def settle(self) -> None:
        settle(self.window, self.qapp)

    def show(self, workspace: int) -> None:
        self.window.desk.show_workspace(workspace)
        self.settle()

    def read(self) -> None:
        """The text with its first source, nothing chosen elsewhere."""
        self.show(0)
        self.window.desk.go(Source(self.made.ids["source", "A1"]))
        self.settle()

    def at_coding(self) -> None:
        """The caret stands at a coding."""
        self.read()
        words = "Pak Camat mendukung ide baru"
        start = TEXT.index(words)
        coding = self.made.ids["coding", words]
        place = Passage(self.made.ids["source", "A1"], start, start + len(words), coding)
        self.window.desk.go(place)

    def choose_code(self, key: str) -> None:
        self.read()
        tree = self.window.desk.part(Codebook).tree
        tree.choose(self.made.ids["code", key])
        tree.setFocus()

    def note(self) -> Sequence[Line]:
        return [shown(self.qapp, NoteBox).words]

    def asking(self) -> Sequence[Line]:
        return [shown(self.qapp, AskingBox).line]

    def form(self) -> Sequence[Line]:
        fields = [field for _words, field in shown(self.qapp, FormBox).rows]
        inner = [line for field in fields for line in field.findChildren(QLineEdit)]  # of a field with more
        return [one for one in [*fields, *inner] if isinstance(one, QLineEdit | QPlainTextEdit)]


Open = Callable[[Hands], Sequence[Line]]
Act = Callable[[Hands], object]


def by_enter(hands: Hands, line: Line) -> None:
    hands.qtbot.keyClick(line, Qt.Key.Key_Return)


def by_control_i(hands: Hands, line: Line) -> None:
    hands.qtbot.keyClick(line, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)


def by_control_enter(hands: Hands, line: Line) -> None:
    hands.qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def by_tab(hands: Hands, line: Line) -> None:
    hands.qtbot.keyClick(line, Qt.Key.Key_Tab)


@dataclass(frozen=True)
class Editor:
    """An editor: `other` chooses another row; `closes`: it goes when one looks elsewhere, by its nature."""

    name: str
    open: Open
    keep: Callable[[Hands, Line], object]
    workspace: int = 0
    other: Act = field(default=lambda _hands: None)
    closes: bool = False
