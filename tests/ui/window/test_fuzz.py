"""Random gestures in the window end with the study equal to a plain model of it, and with memory flat."""

from __future__ import annotations

import random
import tracemalloc
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.panels.reading import codings_on, read_source
from qualcoder_lite.coding import codings, sources
from qualcoder_lite.store.splices import splices_between
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.coding import walking
from qualcoder_lite.ui.sources.panel import SourcesPanel
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, make_study, resident, settle, window_on

Coded = tuple[str, int, int, str, str | None]
"""Source, start, end, code, polarity."""
Texts = dict[str, str]
MOST = 200
"""Codings that the study may have."""


@dataclass(frozen=True)
class Step:
    """What a step changed: the text of one source, and which codings went and came."""

    texts: Texts
    gone: frozenset[Coded]
    come: frozenset[Coded]


@dataclass
class Model:
    """What the study should be: texts and codings, and what each step changed; no more, for flat memory."""

    texts: Texts
    coded: frozenset[Coded] = frozenset()
    undone: list[Step] = field(default_factory=list)
    done: list[Step] = field(default_factory=list)

    def step(self, texts: Texts, coded: frozenset[Coded]) -> None:
        """A step, where it changes anything."""
        if (texts, coded) != (self.texts, self.coded):
            self.undone.clear()
            self.done.append(self._change(texts, coded))

    def _change(self, texts: Texts, coded: frozenset[Coded]) -> Step:
        """Change everything, and give the step that would change it back."""
        before = {key: text for key, text in self.texts.items() if texts[key] != text}
        back = Step(before, coded - self.coded, self.coded - coded)
        self.texts, self.coded = texts, coded
        return back

    def _swap(self, step: Step) -> Step:
        return self._change(self.texts | step.texts, self.coded - step.gone | step.come)

    def undo(self) -> None:
        self.undone.append(self._swap(self.done.pop()))

    def redo(self) -> None:
        self.done.append(self._swap(self.undone.pop()))


def moved(place: int, at: int, removed: int, inserted: int, is_end: bool) -> int:
    """Where a place of a text lies after a splice; what is put in at a boundary stays outside of a range."""
    if place < at or (place == at and (is_end or not inserted)):
        return place
    if place >= at + removed and not (place == at and is_end):
        return place + inserted - removed
    return at if is_end else at + inserted


class Fuzz:
    """A window, its model, and dice."""

    def __init__(self, window: MainWindow, made: Made, seed: int) -> None:
        self.window, self.desk, self.made, self.dice = window, window.desk, made, random.Random(seed)
        self.codes = ["R", "R1", "S", "S1"]
        self.model = Model({key: self._read(key) for key in ("A1", "D1")})
        self.key = "A1"

    def _read(self, key: str) -> str:
        return read_source(self.desk.study, self.made.ids["source", key], None).text

    def gesture(self) -> None:
        """One gesture, in the window and in the model."""
        actions = [self.code] * 6 + [self.sign] * 3 + [self.resize] * 3 + [self.remove] * 2 + [self.edit]
        actions += [self.undo] * 3 + [self.redo] * 2 + [self.zoom, self.scroll, self.switch, self.walk]
        self.dice.choice(actions)()

    def code(self) -> None:
        if len(self.model.coded) > MOST:  # a study that grows would take more memory by right
            self.remove()
            return
        text = self.model.texts[self.key]
        start = self.dice.randrange(max(1, len(text) - 2))
        end = min(len(text), start + 1 + self.dice.randrange(20))
        self.desk.text.select(start, end)
        start, end = self.desk.text.selection()
        words = text[start:end]
        if not words.strip():
            return
        start, end = start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
        code = self.dice.choice(self.codes)
        self.desk.attempt(coding_actions.apply, self.desk, self.made.ids["code", code])
        there = any(one[:4] == (self.key, start, end, code) for one in self.model.coded)
        if not there:
            self.model.step(self.model.texts, self.model.coded | {(self.key, start, end, code, None)})

    def _pick(self) -> tuple[Coded, bytes] | None:
        """Activate one of the codings of the open source."""
        here = sorted(one for one in self.model.coded if one[0] == self.key)
        if not here:
            return None
        one = self.dice.choice(here)
        shown = next(
            coding
            for coding in self.desk.text.body.codings.items
            if (coding.start, coding.end, coding.key) == one[1:4]
        )
        self.desk.text.activate(shown.id)
        return one, shown.id

    def sign(self) -> None:
        picked = self._pick()
        if picked:
            one, sign = picked[0], self.dice.choice("+-0±")
            self.desk.attempt(coding_actions.set_polarity, self.desk, sign)
            new = (*one[:4], None if one[4] == sign else sign)
            self.model.step(self.model.texts, self.model.coded - {one} | {new})

    def resize(self) -> None:
        picked = self._pick()
        if not picked:
            return
        one, row = picked
        text, (_source, start, end, code, sign) = self.model.texts[self.key], one
        edge, onward = self.dice.choice(("start", "end")), self.dice.random() < 0.5
        start, end = walking.resized(text, start, end, edge, onward)
        words = text[start:end]
        if not words.strip() or any(
            other[:4] == (self.key, start, end, code) for other in self.model.coded - {one}
        ):
            return  # two would become one: proved elsewhere
        start, end = start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
        if any(other[:4] == (self.key, start, end, code) for other in self.model.coded - {one}):
            return
        self.desk.attempt(codings.set_range, self.desk.study, row, start, end)
        new = (self.key, start, end, code, sign)
        self.model.step(self.model.texts, self.model.coded - {one} | {new})

    def remove(self) -> None:
        picked = self._pick()
        if picked:
            self.desk.attempt(coding_actions.remove, self.desk)
            self.model.step(self.model.texts, self.model.coded - {picked[0]})

    def edit(self) -> None:
        """Put a word in, or take one out, where no coding would vanish or meet another."""
        text = self.model.texts[self.key]
        at = self.dice.randrange(len(text))
        grows = len(text) < 400 and self.dice.random() < 0.6
        removed, inserted = (0, " kata") if grows else (min(3, len(text) - at), "")
        if "\n" in text[max(0, at - 1) : at + removed + 1] or len(text) - removed < 20:
            return
        ((start, *rest),) = splices_between(text[at : at + removed], inserted)
        change = (at + start, *rest)
        after = text[: change[0]] + change[2] + text[change[0] + change[1] :]
        new = frozenset(self._moved(one, *change) for one in self.model.coded)
        kept = all(after[one[1] : one[2]].strip() for one in new if one[0] == self.key)
        if not kept or len({one[:4] for one in new}) < len(new):
            return
        self.desk.attempt(
            sources.edit_text, self.desk.study, self.made.ids["source", self.key], [list(change)]
        )
        self.model.step(self.model.texts | {self.key: after}, new)

    def _moved(self, one: Coded, at: int, removed: int, inserted: str) -> Coded:
        source, start, end, code, sign = one
        if source != self.key:
            return one
        start = moved(start, at, removed, len(inserted), is_end=False)
        return source, start, moved(end, at, removed, len(inserted), is_end=True), code, sign

    def undo(self) -> None:
        if self.model.done:  # the steps that made the study are not to be undone
            coding_actions.undo(self.desk)
            self.model.undo()

    def redo(self) -> None:
        if self.model.undone:
            coding_actions.redo(self.desk)
            self.model.redo()

    def zoom(self) -> None:
        self.desk.text.set_text_size(self.dice.randrange(12, 24))

    def scroll(self) -> None:
        bar = self.desk.text.verticalScrollBar()
        bar.setValue(self.dice.randrange(bar.maximum() + 1))

    def switch(self) -> None:
        self.key = self.dice.choice(("A1", "D1"))
        self.desk.part(SourcesPanel).tree.choose(self.made.ids["source", self.key])

    def walk(self) -> None:
        self.dice.choice((walking.next_coding, walking.previous_coding, walking.next_uncoded))(self.desk)

    def check(self) -> None:
        """The study, the model and what is shown are the same."""
        keys = {self.made.ids["code", code]: code for code in self.codes}
        found: set[Coded] = set()
        for key in ("A1", "D1"):
            assert self._read(key) == self.model.texts[key]
            with self.desk.study.read() as connection:
                lines = codings_on(connection, self.made.ids["source", key], None)
            found |= {(key, one.start, one.end, keys[one.code], one.polarity) for one in lines}
        assert found == self.model.coded
        shown = {
            (self.key, one.start, one.end, one.key, one.polarity) for one in self.desk.text.body.codings.items
        }
        assert shown == {one for one in found if one[0] == self.key}
        assert self.desk.text.page.text == self.model.texts[self.key]


def taken_now() -> tuple[int, int]:
    """What the objects of Python and the whole process take, in bytes, without the model and the measuring.

    The model keeps every step, and so grows by right.
    """
    measured = tracemalloc.take_snapshot()
    program = measured.filter_traces([tracemalloc.Filter(False, __file__)])
    objects, all_objects = (sum(trace.size for trace in one.traces) for one in (program, measured))
    return objects, resident() - (all_objects - objects) - tracemalloc.get_tracemalloc_memory()


def run(path: Path, qtbot: QtBot, qapp: QApplication, number: int, seed: int) -> list[tuple[int, int]]:
    """Random gestures; gives what Python's objects and the whole process take, in bytes, along the way."""
    made = make_study(path)
    taken: list[tuple[int, int]] = []
    with window_on(path, qtbot, qapp) as window:
        fuzz = Fuzz(window, made, seed)
        window.desk.part(SourcesPanel).tree.choose(made.ids["source", "A1"])
        for count in range(number):
            fuzz.gesture()
            if count % 40 == 0:
                settle(window, qapp)
                window.desk.text.grab()
                fuzz.check()
            if number > 1000 and count % (number // 8) == number // 16:
                taken.append(taken_now())
        fuzz.check()
    return taken


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_gestures_end_as_a_plain_model_says(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, seed: int
) -> None:
    run(tmp_path / "a.qcl", qtbot, qapp, 300, seed)


@pytest.mark.long
def test_twenty_thousand_gestures_leave_memory_flat(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    tracemalloc.start()
    try:
        taken = run(tmp_path / "a.qcl", qtbot, qapp, 20_000, 7)
    finally:
        tracemalloc.stop()
    objects, process = (taken[-1][which] - taken[1][which] for which in (0, 1))
    assert objects < 8_000_000, taken
    assert process < 32_000_000, taken
