"""What is typed in any editor survives a refused write, looking elsewhere, a new theme and closing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from qualcoder_lite import settings
from qualcoder_lite.store import connection
from qualcoder_lite.store.access import write_ahead
from qualcoder_lite.ui.kit.overlay import Overlay
from qualcoder_lite.ui.memos.connect import Memos
from qualcoder_lite.ui.sources import importing
from qualcoder_lite.ui.sources.import_page import ImportPage
from qualcoder_lite.ui.window.main_window import MainWindow
from qualcoder_lite.ui.window.new_study import NewStudy
from tests.faults.rights import no_file_beyond
from tests.ui.driving import window_on
from tests.ui.editors import EVERY, import_lines, import_page, kind_of, new_study_page, words_chosen
from tests.ui.filling import NOT_FREE, Editor, Hands, Line, make_full_study
from tests.ui.matrices import display
from tests.ui.refusals import REFUSALS, TOLD


@pytest.fixture
def hands(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hands]:
    """A window on a study that has one of everything, and does not wait for others."""
    made = make_full_study(tmp_path / "a.qcl")
    quick = tuple("busy_timeout=1" if "busy" in pragma else pragma for pragma in connection.WRITING)
    monkeypatch.setattr(connection, "WRITING", quick)
    monkeypatch.setattr(write_ahead, "BUSY", 1)
    with window_on(tmp_path / "a.qcl", qtbot, qapp, (1440, 900)) as window:
        yield Hands(window, made, qtbot, qapp)


WORDS = (f"Kata{number}q" for number in count(1))


def words_for(line: Line) -> str:
    return NOT_FREE.get(line.accessibleName()) or next(WORDS)


def text_of(line: Line) -> str:
    return line.text() if isinstance(line, QLineEdit) else line.toPlainText()


def written(hands: Hands) -> str:
    """All that stands in the study."""
    with closing(sqlite3.connect(f"{hands.window.desk.study.path.as_uri()}?mode=ro", uri=True)) as reader:
        tables = [name for (name,) in reader.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return str([reader.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables])


class Walk:
    """One editor with words in it, through all that may happen to them."""

    def __init__(self, hands: Hands, editor: Editor, refusal: str) -> None:
        self.hands, self.window, self.editor, self.refusal = hands, hands.window, editor, refusal
        self.lines = list(editor.open(hands))
        self.typed = {line: words_for(line) for line in self.lines}
        for line, words in self.typed.items():
            line.setFocus()
            line.selectAll()
            hands.qtbot.keyClicks(line, words)

    def go(self) -> None:
        with REFUSALS[self.refusal](self.window.desk.study):
            self.refused("keeping", lambda: self.editor.keep(self.hands, self.lines[-1]))
            if not self.editor.closes:
                self.look_elsewhere()
                self.refused("a new theme", lambda: self.window.set_theme("dark"))
                self.refused("closing", self.window.close)
                self.refused("closing the study", self.window.leave_study)
        self.keep()

    def look_elsewhere(self) -> None:
        self.hands.qtbot.mouseClick(self.window.status, Qt.MouseButton.LeftButton)
        self.is_there("a click elsewhere")
        self.editor.other(self.hands)
        self.is_there("another row")
        for number in (0, 1, 2, self.editor.workspace):
            self.hands.show(number)
        self.is_there("another workspace")

    def refused(self, what: str, act: Callable[[], object]) -> None:
        self.window.news.clear()
        act()
        self.is_there(what)
        assert self.window.isVisible(), what
        assert self.window.desk.project is not None, what
        assert self.window.tokens.name == "light", what
        said = self.window.news.sentence.text()
        assert self.window.news.isVisible(), what
        assert TOLD[self.refusal] in said or "open box" in said, (what, said)

    def is_there(self, what: str) -> None:
        self.hands.settle()
        for line, words in self.typed.items():
            assert isValid(line), what
            assert text_of(line) == words, (what, text_of(line), words)

    def keep(self) -> None:
        """The same keys as before keep the words, now that nothing refuses them."""
        line = self.lines[-1]
        line.setFocus()
        self.editor.keep(self.hands, line)
        self.hands.settle()
        found = written(self.hands)
        lost = [words for words in self.typed.values() if words not in found and ";" not in words]
        assert not lost, ("after the refusal", lost)
        assert not [box for box in self.window.findChildren(Overlay) if not box.isHidden()]


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("kind", EVERY)
def test_what_is_typed_survives_until_it_is_kept(hands: Hands, kind: str, refusal: str) -> None:
    lost = []
    for editor in EVERY[kind]:
        try:
            Walk(hands, editor, refusal).go()
        except (AssertionError, ValueError) as error:
            lost.append(f"{editor.name}: {error!r}"[:300])
            end_boxes(hands)
    assert not lost, "\n".join(lost)


# The list is complete ------------------------------------------------------------------------------------

ASKS_NOTHING = {  # what is typed there is looked for, chosen by, or set for the window: nothing of a study
    ("Codebook", "Filter codes"),
    ("FindLine", "Find in this text"),
    ("Head", "Search the memos"),
    ("Palette", "Search commands, sources, codes, citations"),
    ("Picker", "another code"),
    ("PasswordBox", "New password"),  # a password is never kept, only what is made of it
    ("PasswordBox", "The same again"),
    ("NewStudy", "Password (optional)"),
    ("NewStudy", "The same again"),
    ("SearchPanel", "Words"),
}
LEAVES = {"close", "quit", "new", "open", "sample", "manual", "keys", "light", "dark", "contrast"}
LEAVES |= {"indonesian", "english", "undo", "redo"}


def editable(window: MainWindow) -> set[tuple[str, str]]:
    """Every line and field of the window in which one can type, in sight or not."""
    found = [
        *window.findChildren(QLineEdit),
        *window.findChildren(QPlainTextEdit),
        *window.findChildren(QTextEdit),
    ]
    return {kind_of(one) for one in found if not one.isReadOnly()}


def test_every_editor_of_the_window_is_in_the_list(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("getOpenFileName", "getSaveFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, lambda *_all, **_named: ("", ""))
    known = set()
    for editor in (one for kind in EVERY.values() for one in kind):
        known |= {kind_of(line) for line in editor.open(hands)}
        end_boxes(hands)
    found = set()
    for prepare in (
        Hands.at_coding,
        lambda hands: words_chosen(hands),
        lambda hands: hands.choose_code("R1"),
    ):
        for action in list(hands.window.desk.actions_by_id.values()):
            if action.objectName() in LEAVES or action.objectName().startswith(("remove", "take", "backup")):
                continue
            prepare(hands)
            action.trigger()
            found |= editable(hands.window)
            end_boxes(hands)
    for opened in (new_study_page, import_page):
        known |= {kind_of(line) for line in opened(hands)}
        found |= editable(hands.window)
    importing.leave(hands.window.desk)
    assert found - known == ASKS_NOTHING


# Pages -----------------------------------------------------------------------------------------------------


def typed_into(hands: Hands, lines: Sequence[Line]) -> list[str]:
    typed = []
    for line in lines:
        typed.append(words_for(line))
        line.setFocus()
        line.selectAll()
        hands.qtbot.keyClicks(line, typed[-1])
    return typed


def staying(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer every question with Escape; what was asked."""
    asked: list[str] = []

    def stay(box: QMessageBox) -> int:
        asked.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", stay)
    return asked


@pytest.mark.parametrize("refusal", REFUSALS)
def test_what_is_settled_of_files_survives_until_they_are_in(
    hands: Hands, refusal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, desk, asked = hands.window, hands.window.desk, staying(monkeypatch)
    typed = typed_into(hands, import_page(hands))

    def is_there() -> None:
        hands.settle()
        assert [text_of(line) for line in import_lines(hands)] == typed
        assert desk.stack.currentWidget() is desk.part(ImportPage)

    with REFUSALS[refusal](desk.study):
        desk.part(ImportPage).go.click()
        hands.qtbot.waitUntil(lambda: not desk.busy)
        assert TOLD[refusal] in window.news.sentence.text()
        is_there()
    for number in (1, 0, 2):
        hands.show(number)
    window.do("import")
    is_there()
    for leave in (window.close, window.leave_study, desk.part(ImportPage).cancel.click):
        leave()
        is_there()
    assert len(asked) == 3
    assert window.isVisible()
    window.set_theme("dark")
    hands.qtbot.waitUntil(lambda: desk.find(ImportPage) is not None)
    is_there()
    desk.part(ImportPage).go.click()
    hands.qtbot.waitUntil(lambda: desk.find(ImportPage) is None)
    found = written(hands)
    assert [words for words in typed if words not in found] == []


def test_files_of_which_nothing_was_settled_are_left_without_a_question(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = staying(monkeypatch)
    import_page(hands)
    hands.window.desk.part(ImportPage).cancel.click()
    assert hands.window.desk.find(ImportPage) is None
    assert asked == []


def test_what_is_described_of_a_new_study_survives_until_it_is_made(hands: Hands) -> None:
    window, desk = hands.window, hands.window.desk
    lines = new_study_page(hands)
    path = desk.study.path.with_name("lain.qcl")
    typed = [*typed_into(hands, lines[:2]), str(path)]
    lines[2].setText(str(path))
    page = desk.part(NewStudy)

    def is_there(what: str) -> None:
        hands.settle()
        assert isValid(page), what
        assert [text_of(line) for line in lines] == typed, what
        assert desk.stack.currentWidget() is page, what

    with no_file_beyond(100_000):
        page.make()
        hands.qtbot.waitUntil(lambda: not desk.busy)
        is_there("a full disk")
        assert "can't be opened or written" in window.news.sentence.text()
    assert not path.exists()
    for leave in (window.close, window.leave_study, lambda: window.set_theme("dark")):
        leave()
        is_there("leaving")
        assert "open box" in window.news.sentence.text()
    for number in (0, 1, 2):
        hands.show(number)
    window.do("new")
    is_there("looking elsewhere")
    page.make()
    hands.qtbot.waitUntil(lambda: desk.project is not None and desk.project.path == path)
    found = written(hands)
    assert desk.find(NewStudy) is None
    assert typed[0] in found
    assert settings.read().coder == typed[1]


# Leaving on purpose ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["cell emic_summary", "memo on a source", "source", "rename"])
def test_one_can_close_without_keeping_once_it_was_said(hands: Hands, name: str) -> None:
    editor = next(one for kind in EVERY.values() for one in kind if one.name == name)
    walk, window = Walk(hands, editor, "held"), hands.window
    with REFUSALS["held"](window.desk.study):
        window.close()
        assert window.isVisible()
        assert window.news.action.text() == "Close without keeping it"
        walk.is_there("closing")
        hands.qtbot.mouseClick(window.news.action, Qt.MouseButton.LeftButton)
        assert not window.isVisible()
        assert window.loaded is not None
        assert window.loaded.project is None


def test_a_study_left_without_keeping_leaves_nothing_to_the_next_one(hands: Hands) -> None:
    path, window = hands.window.desk.study.path, hands.window
    editor = EVERY["panels"][0]
    walk = Walk(hands, editor, "held")
    with REFUSALS["held"](window.desk.study):
        assert not window.leave_study()
        hands.qtbot.mouseClick(window.news.action, Qt.MouseButton.LeftButton)
        assert window.desk.project is None
    window.open_path(path)
    [field] = editor.open(hands)
    assert text_of(field) == ""
    editor.other(hands)
    assert not any(words in written(hands) for words in walk.typed.values())


def test_the_panel_says_whose_words_it_shows_and_leads_back(hands: Hands) -> None:
    editor, window = EVERY["panels"][0], hands.window
    walk = Walk(hands, editor, "held")
    before = display(window).view.chosen_key()
    with REFUSALS["held"](window.desk.study):
        editor.other(hands)
        hands.settle()
        assert display(window).view.chosen_key() != before
        said = window.news.sentence.text()
        assert "is busy" in said
        assert "What you have written in A1 × R" in said
        assert window.news.action.text().startswith("Back to A1 × R")
        window.news.action.click()
        assert display(window).view.chosen_key() == before
        walk.is_there("the way back")
    walk.keep()


def test_a_search_hides_no_memo_that_is_not_kept(hands: Hands) -> None:
    editor = next(one for one in EVERY["panels"] if one.name == "memo")
    walk, panel = Walk(hands, editor, "full"), hands.window.desk.part(Memos).panel
    with REFUSALS["full"](hands.window.desk.study):
        panel.words.setFocus()
        panel.words.setText("Dua")
        panel.searched.emit()
        walk.is_there("a search")
    walk.keep()


def end_boxes(hands: Hands) -> None:
    for box in hands.window.findChildren(Overlay):
        if not box.isHidden():
            box.end()
    for menu in hands.window.findChildren(QMenu):
        menu.close()
    hands.settle()
