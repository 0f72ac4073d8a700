"""The bar over the passages: their filters as chips, what can be asked more, kept queries, export, close."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import accumulate

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.analysis.search.query_words import describe_condition
from qualcoder_lite.analysis.search.saved_queries import queries_listed
from qualcoder_lite.coding.counting.frames import Frames
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit.panel import Head, flat_button, link_button
from qualcoder_lite.ui.passages.asked import Asked, Filter, codes_in
from qualcoder_lite.ui.passages.asking import Asking
from qualcoder_lite.ui.passages.chip import Chip
from qualcoder_lite.ui.passages.menu import chip_menu, filter_menu, kept_menu

MORE = 44  # pixels of the button for filters without room


class Bar:
    """Dresses the head of the panel; `show` brings the chips to what is asked."""

    def __init__(
        self, asking: Asking, head: Head, export: Callable[[], object], close: Callable[[], object]
    ) -> None:
        """The tools, without chips."""
        self.asking, self.head, self.desk = asking, head, asking.desk
        self._chips: list[Chip | QToolButton] = []
        self._shown: object = None
        self._dress_head(export, close)

    def _dress_head(self, export: Callable[[], object], close: Callable[[], object]) -> None:
        head, tokens = self.head, self.desk.tokens
        head.row.removeWidget(head.count)
        self.more = link_button(tokens, _("Filter"), lambda: None)
        self.more.setText("+ " + _("Filter"))
        self.more.clicked.connect(partial(self._drop, self.more, self._filter_menu))
        head.row.insertWidget(1, self.more)
        head.row.addWidget(head.count)
        kept = flat_button(tokens, "list-filter", _("Kept queries"), lambda: None)
        kept.clicked.connect(partial(self._drop, kept, self._kept_menu))
        head.add(kept)
        self.export = flat_button(tokens, "upload", _("Export these passages…"), export)
        head.add(self.export)
        head.add(flat_button(tokens, "x", _("Close the panel"), close))

    def _drop(self, button: QPushButton | QToolButton, make: Callable[[], QMenu]) -> None:
        """Open a menu under a button, or above it where the window ends."""
        self.desk.attempt(lambda: _popped(make(), button))

    def _filter_menu(self) -> QMenu:
        return filter_menu(self.asking, self.asking.frames())

    def _kept_menu(self) -> QMenu:
        return kept_menu(self.asking, queries_listed(self.desk.study), self.asking.panel)

    def show(self, frames: Frames) -> None:
        """One chip for each filter, as many as there is room for; the others stand in a menu."""
        asked = self.asking.asked
        words = [_words_of(frames, one) for one in asked.filters]
        lines = {line.id.hex(): line for line in self.desk.codes}
        codes = [self._line_of(one, lines) for one in asked.filters]
        looks = [(line.colour, line.perspective) if line else None for line in codes]
        shown = (
            words,
            list(asked.coders),
            looks,
            asked.join,
            self.asking.panel.width(),
            self.head.count.text(),
        )
        if shown == self._shown:
            return
        self._shown = shown
        for old in self._chips:
            self.head.row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._chips = []
        chips = [self._chip(*one) for one in zip(asked.filters, words, codes, strict=True)]
        if asked.coders:
            chips.insert(1, self._coders_chip(", ".join(asked.coders)))
        fitting = self._fitting(chips)
        for chip in chips[:fitting]:
            self._place(chip)
        for chip in chips[fitting:]:
            chip.deleteLater()
        placed = fitting - (1 if asked.coders and fitting > min(1, len(words)) else 0)
        if placed < len(words):
            self._place(self._rest(words, placed))

    def _chip(self, one: Filter, text: str, line: CodeLine | None) -> Chip:
        colour = self.desk.tokens.code(line.colour) if line else None
        chip = Chip(self.desk.tokens, text, colour, bool(line and line.perspective == "emic"))
        chip.clicked.connect(lambda: self._open_chip(chip, one))
        chip.taken_away.connect(lambda: self.asking.change(Asked.remove, one))
        return chip

    def _coders_chip(self, coders: str) -> Chip:
        chip = Chip(self.desk.tokens, _("coder: {names}").format(names=coders))
        chip.taken_away.connect(lambda: self.asking.set_coders([]))
        return chip

    def _fitting(self, chips: list[Chip]) -> int:
        """How many chips there is room for beside the words and tools of the head: at least one."""
        head, gap = self.head, self.head.row.spacing()
        items = [head.row.itemAt(place) for place in range(head.row.count())]
        parts = [part for item in items if item is not None and (part := item.widget()) is not None]
        taken = sum(part.sizeHint().width() + gap for part in parts)
        edges = head.row.contentsMargins()
        room = head.width() - taken - edges.left() - edges.right()
        ends = list(accumulate(chip.sizeHint().width() + gap for chip in chips))
        if ends and ends[-1] <= room:
            return len(chips)
        rest = self.desk.tokens.px(MORE) + gap
        return max(1, sum(end + rest <= room for end in ends)) if chips else 0

    def _line_of(self, one: Filter, lines: dict[str, CodeLine]) -> CodeLine | None:
        codes = codes_in(one)
        return next((lines[code] for code in codes["code"] if code in lines), None) if codes else None

    def _place(self, chip: Chip | QToolButton) -> None:
        self._chips.append(chip)
        self.head.row.insertWidget(len(self._chips), chip)

    def _rest(self, words: list[str], shown: int) -> QToolButton:
        """The filters for which there is no room."""
        button = QToolButton()
        button.setProperty("chip", True)
        button.setText(f"+{len(words) - shown}")
        button.setAccessibleName(_("More filters"))

        def make() -> QMenu:
            menu, frames = QMenu(self.asking.panel), self.asking.frames()
            for one, text in list(zip(self.asking.asked.filters, words, strict=True))[shown:]:
                part = chip_menu(self.asking, frames, one)
                part.setTitle(text.replace("&", "&&"))
                menu.addMenu(part)
            return menu

        button.clicked.connect(partial(self._drop, button, make))
        return button

    def _open_chip(self, chip: Chip, one: Filter) -> None:
        self.desk.attempt(lambda: _popped(chip_menu(self.asking, self.asking.frames(), one), chip))


def _popped(menu: QMenu, button: QWidget) -> None:
    """Open a menu under a button, or above it where the window ends; it goes when it is closed."""
    menu.aboutToHide.connect(menu.deleteLater)
    window, high = button.window(), menu.sizeHint().height()
    below, above = button.height(), -high
    ends = button.mapTo(window, QPoint(0, below)).y() + high > window.height()
    room = button.mapTo(window, QPoint(0, above)).y() >= 0
    menu.popup(button.mapToGlobal(QPoint(0, above if ends and room else below)))


def _words_of(frames: Frames, one: Filter) -> str:
    """A filter in words; a question mark where it asks for something that is gone."""
    try:
        return describe_condition(frames, one)
    except UserError:
        return "?"
