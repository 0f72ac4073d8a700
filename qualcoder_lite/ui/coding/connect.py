"""The workspace of coding laid on the desk: what is done in text, codebook and lists, joined to actions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from qualcoder_lite.analysis.panels.lists import SourceLine
from qualcoder_lite.analysis.panels.number_words import CODING, OF_SOURCE, codings_said, sentences
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.coding import codings
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.i18n import n_
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.coding.document import Document
from qualcoder_lite.ui.coding.menu import open_menu
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.place import Code, Informant, Passage, Source, Workspace
from qualcoder_lite.ui.kit.tree import Node
from qualcoder_lite.ui.sources.panel import SourcesPanel
from qualcoder_lite.ui.text.place import place_words

_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


def connect(desk: Desk) -> None:
    """Lay the workspace on the desk."""
    page = desk.add(Reduction(desk))
    for part in (page.document, page.codebook, page.sources, page.informants):
        desk.add(part)
    desk.text = page.document.text
    desk.workspaces[Workspace.REDUCTION] = page
    desk.stack.addWidget(page)
    page.reset_sizes()
    desk.scopes |= {"text": desk.text, "codes": page.codebook.tree}
    desk.ways |= {
        Source: partial(_show_source, desk),
        Passage: partial(_show_passage, desk),
        Code: partial(_show_code, desk),
        Informant: partial(_show_informant, desk),
    }
    _join_sources(desk, page.sources)
    _join_text(desk)
    _join_codebook(desk, page.codebook)


# The source that is open -----------------------------------------------------------------------------------


def _join_sources(desk: Desk, sources: SourcesPanel) -> None:
    sources.tree.rows.tip = _source_tip
    sources.tree.row_chosen.connect(lambda key: desk.attempt(_open, desk, key))
    sources.tree.row_activated.connect(lambda _key: desk.text.setFocus())


def _source_tip(node: Node) -> str:
    """What the number of a source, or of the sources of one technique, counts."""
    if not isinstance(node.row, SourceLine):
        head, number = node.row
        return f"{head}: " + n_("{n} source", "{n} sources", number).format(n=number)
    return f"{node.row.key}: {codings_said(node.row.codings)}\n{sentences(OF_SOURCE, CODING)}"


def _open(desk: Desk, key: object) -> None:
    """Show a source, where the key is one and it is not open."""
    if isinstance(key, bytes) and (desk.source is None or desk.source.id != key):
        desk.part(Document).open(key)
        desk.enable()


# Places ----------------------------------------------------------------------------------------------------


def _show_source(desk: Desk, place: Source) -> None:
    desk.part(Reduction).sources.tree.choose(place.id)
    _open(desk, place.id)


def _show_passage(desk: Desk, place: Passage) -> None:
    if not desk.shows(Workspace.REDUCTION):
        desk.show_workspace(Workspace.REDUCTION)
    _show_source(desk, Source(place.source))
    desk.text.go_to(place.start, place.end)
    if place.coding is not None:
        desk.text.attend(place.coding)
    if place.focus:
        desk.text.setFocus()


def _show_code(desk: Desk, place: Code) -> None:
    desk.show_workspace(Workspace.REDUCTION)
    tree = desk.part(Codebook).tree
    tree.choose(place.id)
    tree.setFocus()


def _show_informant(desk: Desk, place: Informant) -> None:
    desk.show_workspace(Workspace.REDUCTION)
    tree = desk.part(Reduction).informants.tree
    tree.choose(place.id)
    tree.setFocus()


# The text --------------------------------------------------------------------------------------------------


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


def _join_text(desk: Desk) -> None:
    """Join the signals of the text view to what they mean."""
    text = desk.text
    text.installEventFilter(Typing(desk))
    text.copy_format = partial(_cited, desk)
    text.selection_changed.connect(lambda _start, _end: _selection_moved(desk))
    text.code_dropped.connect(
        lambda code, _start, _end: desk.attempt(coding_actions.apply, desk, bytes(code))
    )
    text.code_dropped_on.connect(lambda code, coding: desk.attempt(_recode, desk, bytes(code), coding))
    text.menu_requested.connect(partial(open_menu, desk))
    text.coding_activated.connect(lambda coding: _choose_code_of(desk, coding))


def _cited(desk: Desk, words: str, start: int, end: int) -> str:
    """Copied words in quotation marks, with their citation."""
    if desk.source is None:
        return words
    return f"“{words.strip()}” ({_citation(desk, desk.source.id, start, end)})"


def _citation(desk: Desk, source: bytes, start: int, end: int) -> str:
    study = counted(desk.study)
    number = next(n for n, row in enumerate(study.frames.sources) if row.id == source)
    return Texts(desk.study, study).citation(number, start, end)


def _selection_moved(desk: Desk) -> None:
    """The caret went elsewhere: a coding that it left no longer stands out."""
    text, active = desk.text, desk.text.active
    if active is not None:
        shown = text.body.runs.snapped  # a coding on a hidden label is shown at what follows it
        if not shown(active.start) <= text.caret <= max(shown(active.start), active.end):
            text.active = None
            text.viewport().update()
    desk.say_place(place_words(text))


def _recode(desk: Desk, code: bytes, coding: bytes) -> None:
    """A code was dropped on the label of a coding: the coding takes it."""
    codings.set_code(desk.study, [coding], code)
    coding_actions.used(desk, code)


def _choose_code_of(desk: Desk, coding: bytes | None) -> None:
    """Show what the code of a coding means."""
    shown = desk.text.body.codings.by_id.get(coding) if coding else None
    line = next((line for line in desk.codes if shown and line.key == shown.key), None)
    if line is not None:
        desk.part(Codebook).tree.choose(line.id)


def _join_codebook(desk: Desk, codebook: Codebook) -> None:
    """A code that is activated, or on which words are dropped, tags the selected words."""
    tree = codebook.tree
    tree.row_activated.connect(lambda code: desk.attempt(coding_actions.apply, desk, code))
    tree.words_dropped.connect(lambda code: desk.attempt(coding_actions.apply, desk, code))
