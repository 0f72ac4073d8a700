"""What the person does in the text view, joined to the gestures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from qualcoder_lite.analysis.search.texts import citation
from qualcoder_lite.coding import codings
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.coding import walking
from qualcoder_lite.ui.coding.menu import open_menu
from qualcoder_lite.ui.text.place import line_range

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk

_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


class Typing(QObject):
    """A letter typed while words are selected opens the picker with it."""

    def __init__(self, desk: Desk) -> None:
        """Watch the text view of a desk."""
        super().__init__(desk.text)
        self._desk = desk

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take letters."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        start, end = self._desk.text.selection()
        if start < end and event.text().isalpha() and event.modifiers() in _PLAIN:
            self._desk.attempt(coding_actions.pick, self._desk, event.text())
            return True
        return super().eventFilter(watched, event)


def connect(desk: Desk) -> None:
    """Join the signals of the text view to what they mean."""
    text = desk.text
    text.installEventFilter(Typing(desk))
    text.copy_format = partial(_cited, desk)
    text.selection_changed.connect(lambda _start, _end: _selection_moved(desk))
    text.coding_resized.connect(partial(desk.attempt, walking.set_range, desk))
    text.code_dropped.connect(
        lambda code, _start, _end: desk.attempt(coding_actions.apply, desk, bytes(code))
    )
    text.code_dropped_on.connect(lambda code, coding: desk.attempt(_recode, desk, bytes(code), coding))
    text.menu_requested.connect(partial(open_menu, desk))
    text.coding_activated.connect(lambda coding: _show_code_of(desk, coding))


def _cited(desk: Desk, words: str, start: int, end: int) -> str:
    """Copied words in quotation marks, with their citation."""
    source = desk.document.source
    if source is None:
        return words
    return f"“{words.strip()}” ({citation(source.key, *line_range(desk.text, start, end))})"


def _selection_moved(desk: Desk) -> None:
    """The caret went elsewhere: a coding that it left no longer stands out."""
    text, active = desk.text, desk.text.active
    if active is not None:
        shown = text.body.runs.snapped  # a coding on a hidden label is shown at what follows it
        if not shown(active.start) <= text.caret <= max(shown(active.start), active.end):
            text.active = None
            text.viewport().update()
    desk.show_caret()


def _recode(desk: Desk, code: bytes, coding: bytes) -> None:
    """A code was dropped on the label of a coding: the coding takes it."""
    codings.set_code(desk.study, [coding], code)
    coding_actions.used(desk, code)


def _show_code_of(desk: Desk, coding: bytes | None) -> None:
    """Show what the code of a coding means."""
    shown = desk.text.body.codings.by_id.get(coding) if coding else None
    line = next((line for line in desk.codebook.lines if shown and line.key == shown.key), None)
    if line is not None:
        desk.codebook.tree.choose(line.id)
