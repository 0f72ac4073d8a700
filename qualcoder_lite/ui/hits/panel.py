"""The panel of coding by search: what is looked for, the hits with ticks, what is coded of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.analysis.search.hits import (
    HEADING,
    HIT,
    PARAGRAPH,
    PATTERN,
    QUESTION,
    SENTENCE,
    SPEAKER,
    TURN,
    WORDS,
    Hit,
    Search,
)
from qualcoder_lite.i18n import N_, _, n_
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.lists import row_list
from qualcoder_lite.ui.kit.panel import Choice, Head, Hint, label, link_button, paper, push_button
from qualcoder_lite.ui.kit.row_paint import Row, chip, elided, on_tick, width_of

KIND_WORDS = {
    WORDS: N_("Words or phrases"),
    PATTERN: N_("Regular expression"),
    SPEAKER: N_("All that someone says"),
    HEADING: N_("What stands under a heading"),
    QUESTION: N_("Answers to a question"),
}
HINTS = {
    WORDS: N_("loket; warga mengel* – several with ;"),
    PATTERN: N_(r"for example \bper\w+an\b"),
    HEADING: N_("Words of the heading"),
    QUESTION: N_("Words of the question"),
}
UNIT_WORDS = {
    HIT: N_("The hit itself"), SENTENCE: N_("Its sentence"), TURN: N_("Its turn"),
    PARAGRAPH: N_("Its paragraph"),
}  # fmt: skip
TOKEN, BEFORE = 84, 0.3  # pixels of a citation; share of a row for what stands before
CODES_MOST = 0.25  # of a row, for the codes that a hit has already


@dataclass
class Ticked:
    """A hit that will be coded, or not; `codes` are the keys of those that it has already."""

    hit: Hit
    on: bool = True
    codes: Sequence[str] = ()


class SearchPanel(QWidget):
    """A line to say what is looked for, the list of hits, and a foot to code those that are ticked."""

    asked = Signal(object, bool)  # Search without sources; only in the source that is open
    jumped = Signal(object)  # Hit
    coding_wished = Signal()

    def __init__(self, tokens: theme.Theme) -> None:
        """Nothing was looked for yet."""
        super().__init__()
        self.tokens = tokens
        self.head, self.hint, self.pages = Head(tokens, _("Code by search")), Hint(tokens), QStackedWidget()
        self.kind = Choice(tokens, [(kind, _(words)) for kind, words in KIND_WORDS.items()])
        self.words, self.speaker = QLineEdit(), Choice(tokens, [])
        self.here, self.spoken = (
            QCheckBox(_("Only in this source")),
            QCheckBox(_("Not what interviewers say")),
        )
        self.spoken.setChecked(True)
        self.spoken.setToolTip(
            _("Leaves out interviewers, reflective notes and, in a source with turns, what is no turn.")
        )
        self.unit = Choice(tokens, [(unit, _(words)) for unit, words in UNIT_WORDS.items()])
        self.search = push_button(_("Search"), self.ask)
        self.code = push_button(_("Code with…"), self.coding_wished.emit, default=True)
        self.count = label(tokens, "", "secondary", "ink2")
        self.none = link_button(tokens, _("Tick none"), lambda: self.tick_all(False))
        self.every = link_button(tokens, _("Tick all"), lambda: self.tick_all(True))
        self.view, self.model = row_list(tokens, theme.TREE_ROW, self._paint, said)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._jump)
        self._connect()
        self._lay_out()
        self.show_kind()
        self._forget_hits()

    def _connect(self) -> None:
        for widget, words in (
            (self.kind, _("What is looked for")), (self.words, _("Words")), (self.speaker, _("Speaker")),
            (self.unit, _("What is coded")), (self.view, _("Hits")),
        ):  # fmt: skip
            widget.setAccessibleName(words)
        self.kind.currentIndexChanged.connect(lambda _index: self.show_kind())
        self.words.returnPressed.connect(self.ask)
        for changed in (self.kind.currentIndexChanged, self.speaker.currentIndexChanged):
            changed.connect(self._forget_hits)
        for changed in (self.words.textChanged, self.spoken.toggled, self.here.toggled):
            changed.connect(self._forget_hits)
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        self.view.selectionModel().currentChanged.connect(lambda *_index: self._later.start())

    def _row(self, *parts: tuple[QWidget, int]) -> QHBoxLayout:
        """Parts beside each other, each with its share of what is left over."""
        row, px = QHBoxLayout(), self.tokens.px
        row.setContentsMargins(px(theme.SPACE_12), px(theme.SPACE_4), px(theme.SPACE_12), px(theme.SPACE_4))
        row.setSpacing(px(theme.SPACE_8))
        for widget, share in parts:
            row.addWidget(widget, share)
        return row

    def _lay_out(self) -> None:
        self.head.add(self.spoken)
        self.head.add(self.here)
        asking = self._row((self.kind, 0), (self.words, 1), (self.speaker, 1), (self.search, 0))
        coded = label(self.tokens, _("Code:"), "interface", "ink2")
        self.foot = QWidget()
        self.foot.setLayout(
            self._row(
                (self.count, 0), (self.every, 0), (self.none, 1), (coded, 0), (self.unit, 0), (self.code, 0)
            )
        )
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(asking)
        column.addWidget(self.pages, 1)
        column.addWidget(self.foot)
        paper(self, "panel")

    # Asking

    def show_kind(self) -> None:
        """Show the field that this kind of search needs."""
        kind = self.kind.currentData()
        self.words.setVisible(kind != SPEAKER)
        self.speaker.setVisible(kind == SPEAKER)
        self.spoken.setVisible(kind in (WORDS, PATTERN))
        self.words.setPlaceholderText(_(HINTS[kind]) if kind in HINTS else "")

    def show_speakers(self, names: Sequence[str]) -> None:
        """Offer these speakers."""
        chosen = self.speaker.currentData()
        self.speaker.clear()
        for name in names:
            self.speaker.addItem(name, name)
        self.speaker.choose(chosen)

    def ask(self) -> None:
        """Tell what is looked for."""
        kind = self.kind.currentData()
        words = self.speaker.currentData() or "" if kind == SPEAKER else self.words.text()
        self.asked.emit(Search(kind, words, (), self.spoken.isChecked()), self.here.isChecked())

    def _forget_hits(self, *_changed: object) -> None:
        """What was found belongs to what was asked before: nobody shall code it by mistake."""
        self.show_hits([])
        self.hint.say(_("Say what to look for, then press Enter."))

    # Hits

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show what was found, all of it ticked."""
        self.model.set_rows([Ticked(hit) for hit in hits])
        self.pages.setCurrentIndex(0 if hits else 1)
        self.foot.setVisible(bool(hits))
        self.hint.say(_("Nothing was found."))
        self._show_count()
        if hits:
            self.view.setFocus()

    def hits(self) -> list[Hit]:
        """All hits that are shown."""
        return [row.hit for row in self.model.rows]

    def show_codes(self, keys: Sequence[Sequence[str]]) -> None:
        """Say of each hit, in order, which codes it has already."""
        for row, codes in zip(self.model.rows, keys, strict=True):
            row.codes = codes
        self.view.viewport().update()

    def ticked(self) -> list[Hit]:
        """The hits that will be coded."""
        return [row.hit for row in self.model.rows if row.on]

    def tick_all(self, on: bool) -> None:
        """Tick all hits, or none."""
        for row in self.model.rows:
            row.on = on
        self._ticked()

    def _tick(self, rows: Sequence[int]) -> None:
        """Turn the ticks of rows; where they differ, all are ticked."""
        on = not all(self.model.rows[row].on for row in rows)
        for row in rows:
            self.model.rows[row].on = on
        self._ticked()

    def _ticked(self) -> None:
        self.view.viewport().update()
        self._show_count()

    def _show_count(self) -> None:
        number, on = len(self.model.rows), len(self.ticked())
        text = n_("{on} of {number} hit ticked", "{on} of {number} hits ticked", number)
        self.count.setText(text.format(on=on, number=number))
        sources = len({row.hit.source for row in self.model.rows})
        found = n_("{n} source", "{n} sources", sources).format(n=sources)
        self.head.count.setText(found if number else "")
        self.code.setEnabled(on > 0)

    def _jump(self) -> None:
        row = self.view.currentIndex().row()
        if 0 <= row < len(self.model.rows) and len(self.view.selectionModel().selectedIndexes()) <= 1:
            self.jumped.emit(self.model.rows[row].hit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space turns ticks, Enter codes; a click on a tick turns it."""
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event) or super().eventFilter(watched, event)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            index = self.view.indexAt(event.position().toPoint())
            if index.isValid() and on_tick(event.position().x(), self.tokens):
                self._tick([index.row()])
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        rows = [index.row() for index in self.view.selectionModel().selectedIndexes()]
        if event.key() == Qt.Key.Key_Space and rows:
            self._tick(rows)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.ticked():
            self.coding_wished.emit()
            return True
        return False

    def _paint(self, row: Row, shown: Ticked) -> None:
        """Tick, citation, what stands before, the hit in bold, what stands after."""
        px, hit = self.tokens.px, shown.hit
        row.tick(shown.on)
        left = row.left
        row.left += chip(row.painter, hit.place, row.left, row.middle, self.tokens)
        row.left = max(row.left + px(theme.SPACE_8), left + px(TOKEN))
        if shown.codes:
            words = elided(
                codes_said(shown.codes), int(row.box.width() * CODES_MOST), self.tokens, "secondary"
            )
            row.words_right(words)
        room = int((row.right - row.left) * BEFORE)
        before = _ending(hit.before, room, self.tokens)
        start, width = row.left, width_of(before, self.tokens)
        row.left = start + room - width
        row.words(before, tone="ink3", gap=0)
        row.words(hit.quote, "panel", "ink" if shown.on else "ink3", gap=0)
        row.words(hit.after, tone="ink3")


def _ending(words: str, room: int, tokens: theme.Theme) -> str:
    """The end of words, as much as there is room for."""
    backwards = elided(words[::-1], room, tokens)
    return backwards[::-1]


def said(row: Any) -> str:
    """A row as it is read aloud."""
    state = _("ticked") if row.on else _("not ticked")
    parts = [state, row.hit.place, f"{row.hit.before}{row.hit.quote}{row.hit.after}"]
    return ", ".join([*parts, codes_said(row.codes)] if row.codes else parts)


def codes_said(codes: Sequence[str]) -> str:
    """Which codes a hit has already."""
    return _("coded: {codes}").format(codes=", ".join(codes))
