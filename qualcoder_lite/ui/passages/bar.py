"""The bar over the passages: their filters as chips, what can be asked more, kept queries, export, close."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.analysis.search.query_words import said
from qualcoder_lite.analysis.search.saved_queries import queries_listed
from qualcoder_lite.coding.counting.frames import Frames
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit.panel import flat_button, link_button
from qualcoder_lite.ui.passages.asked import Asked, Filter, codes_in
from qualcoder_lite.ui.passages.chip import Chip
from qualcoder_lite.ui.passages.menu import chip_menu, filter_menu, kept_menu

if TYPE_CHECKING:
    from qualcoder_lite.ui.passages.connect import Wiring

MORE = 44  # pixels of the button for filters without room


class Bar:
    """Dresses the head of the panel; `show` brings the chips to what is asked."""

    def __init__(self, wiring: Wiring) -> None:
        """The tools, without chips."""
        self.wiring, self.desk, self.panel = wiring, wiring.desk, wiring.panel
        self._chips: list[Chip | QToolButton] = []
        self._shown: object = None
        self._dress_head()

    def _dress_head(self) -> None:
        head, tokens = self.panel.head, self.desk.tokens
        head.row.removeWidget(head.count)
        self.more = link_button(tokens, _("Filter"), lambda: None)
        self.more.setText("+ " + _("Filter"))
        asking = partial(filter_menu, self.wiring)
        self.more.clicked.connect(partial(self._drop, self.more, lambda: asking(self.wiring.frames())))
        head.row.insertWidget(1, self.more)
        head.row.addWidget(head.count)
        kept = flat_button(tokens, "list-filter", _("Kept queries"), lambda: None)
        kept.clicked.connect(partial(self._drop, kept, self._kept_menu))
        head.add(kept)
        self.export = flat_button(tokens, "upload", _("Export these passages…"), self.wiring.ask_export)
        head.add(self.export)
        head.add(flat_button(tokens, "x", _("Close the panel"), self.wiring.close))

    def _drop(self, button: QPushButton | QToolButton, make: Callable[[], QMenu]) -> None:
        """Open a menu under a button, or above it where the window ends."""
        menu = self.desk.attempt(make)
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _kept_menu(self) -> QMenu:
        return kept_menu(self.wiring, queries_listed(self.desk.study), self.panel)

    def show(self, frames: Frames) -> None:
        """One chip for each filter, as many as there is room for; the others stand in a menu."""
        asked = self.wiring.asked
        words = [self.desk.attempt(said, frames, one) or "?" for one in asked.filters]
        lines = {line.id.hex(): line for line in self.desk.codebook.lines}
        codes = [self._line_of(one, lines) for one in asked.filters]
        looks = [(line.colour, line.perspective) if line else None for line in codes]
        shown = (
            words,
            list(asked.coders),
            looks,
            asked.join,
            self.panel.width(),
            self.panel.head.count.text(),
        )
        if shown == self._shown:
            return
        self._shown = shown
        for old in self._chips:
            self.panel.head.row.removeWidget(old)
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
        chip.taken_away.connect(lambda: self.wiring.change(Asked.remove, one))
        return chip

    def _coders_chip(self, coders: str) -> Chip:
        chip = Chip(self.desk.tokens, _("coder: {names}").format(names=coders))
        chip.taken_away.connect(lambda: self.wiring.set_coders([]))
        return chip

    def _fitting(self, chips: list[Chip]) -> int:
        """How many chips there is room for beside the words and tools of the head: at least one."""
        head, gap = self.panel.head, self.panel.head.row.spacing()
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
        self.panel.head.row.insertWidget(len(self._chips), chip)

    def _rest(self, words: list[str], shown: int) -> QToolButton:
        """The filters for which there is no room."""
        button = QToolButton()
        button.setProperty("chip", True)
        button.setText(f"+{len(words) - shown}")
        button.setAccessibleName(_("More filters"))

        def make() -> QMenu:
            menu, frames = QMenu(self.panel), self.wiring.frames()
            for one, text in list(zip(self.wiring.asked.filters, words, strict=True))[shown:]:
                part = chip_menu(self.wiring, frames, one)
                part.setTitle(text.replace("&", "&&"))
                menu.addMenu(part)
            return menu

        button.clicked.connect(partial(self._drop, button, make))
        return button

    def _open_chip(self, chip: Chip, one: Filter) -> None:
        menu = self.desk.attempt(chip_menu, self.wiring, self.wiring.frames(), one)
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))
