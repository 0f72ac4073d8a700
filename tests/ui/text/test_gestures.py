"""Random gestures: the view agrees with a plain model of selection and codings, and never breaks."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.page import Coding, Page
from qualcoder_lite.ui.text.view import TextView
from tests.ui.driving import resident
from tests.ui.pages import MANY_SCRIPTS, coding, marked, transcript

PAGES = (transcript(30), Page(MANY_SCRIPTS * 5), marked(), Page("Satu kalimat biasa. " * 3000), Page(""))
KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
PAGE_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)


MOST_GROWTH = 24_000_000  # bytes in the second half of the gestures, when every cache is full


class Person:
    """Someone at the keyboard and mouse, with a plain model of the codings beside."""

    def __init__(self, view: TextView, chance: random.Random) -> None:
        self.view, self.chance = view, chance
        self.codings: dict[bytes, Coding] = {}
        self.made = 0
        self.gestures = (self.press, self.click, self.drag, self.code, self.remove, self.resize_coding)
        self.rare = (self.zoom, self.scroll, self.switch, self.resize_window, self.grow, self.step, self.find)

    def gesture(self) -> None:
        self.chance.choice(self.gestures if self.chance.random() < 0.8 else self.rare)()

    def place(self) -> QPoint:
        size = self.view.viewport().size()
        return QPoint(self.chance.randrange(-20, size.width() + 20), self.chance.randrange(0, size.height()))

    def press(self) -> None:
        key = self.chance.choice(KEYS if self.chance.random() < 0.8 else PAGE_KEYS)
        modifiers = self.chance.choice(MODIFIERS[:2] if key in PAGE_KEYS else MODIFIERS)
        QTest.keyClick(self.view, key, modifiers)

    def click(self) -> None:
        press = self.chance.choice((QTest.mouseClick, QTest.mouseDClick))
        press(self.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.place())
        QTest.mouseRelease(self.view.viewport(), Qt.MouseButton.LeftButton)

    def drag(self) -> None:
        start = self.place()
        start.setX(self.view.columns.text + 5)
        QTest.mousePress(self.view.viewport(), Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(self.view.viewport(), self.place())
        QTest.mouseRelease(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.place())

    def code(self) -> None:
        start, end = self.view.selection()
        if start < end:
            self.made += 1
            perspective = self.chance.choice(("etic", "emic"))
            new = coding(self.made, start, end, perspective=perspective, starred=self.made % 3 == 0)
            self.codings[new.id] = new
            self.view.update_codings([new])

    def remove(self) -> None:
        if self.codings and self.chance.random() < 0.5:
            gone = self.chance.choice(list(self.codings))
            del self.codings[gone]
            self.view.update_codings(removed=[gone])

    def resize_coding(self) -> None:
        if self.codings:
            id_ = self.chance.choice(list(self.codings))
            old = self.codings[id_]
            end = min(len(self.view.page.text), old.end + self.chance.randrange(1, 40))
            self.codings[id_] = coding(
                int.from_bytes(id_, "big"), old.start, end, perspective=old.perspective
            )
            self.view.update_codings([self.codings[id_]])
            self.view.activate(id_)  # its end may stand inside a character of several code points

    def zoom(self) -> None:
        self.view.set_text_size(self.chance.randrange(10, 28))

    def scroll(self) -> None:
        bar = self.view.verticalScrollBar()
        far = self.chance.randrange(0, bar.maximum() + 1)
        bar.setValue(far if self.chance.random() < 0.3 else bar.value() + self.chance.randrange(-200, 200))

    def switch(self) -> None:
        page = self.chance.choice(PAGES)
        self.codings = {}
        self.view.show_page(page, page.text.rfind("\n", 0, self.chance.randrange(0, len(page.text) + 1)) + 1)

    def resize_window(self) -> None:
        self.view.resize(self.chance.randrange(300, 1200), self.chance.randrange(120, 700))
        self.view.set_tokens(theme.theme(self.chance.choice(theme.THEMES)))

    def grow(self) -> None:
        self.chance.choice((self.view.grow_selection, self.view.select_sentence, self.view.select_turn))()

    def step(self) -> None:
        self.view.step_coding(self.chance.random() < 0.5)

    def find(self) -> None:
        text = self.view.page.text
        hits = [(start, start + 2) for start in range(0, len(text), 50) if text[start : start + 1] == "a"]
        self.view.set_hits(hits, self.chance.randrange(-1, len(hits)) if hits else -1)


def agrees(person: Person) -> None:
    """The view shows what the model says, in places that can be shown."""
    view, text = person.view, person.view.page.text
    start, end = view.selection()
    assert 0 <= start <= end <= len(text)
    assert view.body.runs.snapped(view.caret) == view.caret
    assert view.body.codings.by_id == person.codings
    picture = view.grab().toImage()
    assert picture.pixelColor(2, 2) == view.tokens.page
    first, last = view.visible_range()
    assert 0 <= first <= last <= len(text)
    told = {one.id for label in view.side().labels for one in (label.coding, *label.more)}
    assert told <= set(person.codings)
    box = view.caret_box(view.caret)
    found = view.position_at(box.center())
    plain = view.body.layout(view.body.runs.at(view.caret)).layout.text().isascii()
    assert (
        found == view.caret or not plain
    )  # some scripts join letters, and where directions meet places are shared


@pytest.mark.parametrize(("seed", "many"), [(1, 400), pytest.param(2, 20_000, marks=pytest.mark.long)])
def test_random_gestures(show: Callable[..., TextView], seed: int, many: int) -> None:
    view = show(PAGES[0])
    view.flashing = False
    person = Person(view, random.Random(seed))
    used = 0
    for number in range(many):
        person.gesture()
        if number % 5 == 0:
            agrees(person)
        if number == many // 2:
            used = resident()
    agrees(person)
    assert resident() - used < MOST_GROWTH
