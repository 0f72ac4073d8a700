"""What the person does in the panel of coding by search, joined to finding and coding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from qualcoder_lite.analysis.search.hits import Hit, Search, find_hits, ranges_of, speakers_listed
from qualcoder_lite.coding import codings
from qualcoder_lite.i18n import N_, _, n_
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.codebook.picker import Picked, Picker
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.desk.action import CODING, Action, with_text
from qualcoder_lite.ui.desk.wirings import keep
from qualcoder_lite.ui.hits.panel import SearchPanel
from qualcoder_lite.ui.kit.overlay import in_window
from qualcoder_lite.ui.kit.panel import flat_button
from qualcoder_lite.ui.passages import connect as passages_connect

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk

ROOM = 260  # pixels that the panel takes at least, where it can
WIRINGS: WeakKeyDictionary[Desk, Wiring] = WeakKeyDictionary()


class Wiring:
    """The panel of one desk."""

    def __init__(self, desk: Desk) -> None:
        """A panel that is not shown yet."""
        self.desk, self.panel = desk, SearchPanel(desk.tokens)
        self.panel.head.add(flat_button(desk.tokens, "x", _("Close the panel"), self.close))
        self.panel.asked.connect(lambda search, here: desk.attempt(self.search, search, here))
        self.panel.jumped.connect(lambda hit: desk.attempt(self.jump, hit))
        self.panel.coding_wished.connect(lambda: desk.attempt(self.choose_code))

    def open(self) -> None:
        """Show the panel with the selected words in its line."""
        start, end = self.desk.text.selection()
        words = " ".join(self.desk.text.page.text[start:end].split())
        self.panel.show_speakers(speakers_listed(self.desk.study))
        self.desk.show_workspace(0)
        make_room(self.desk)
        self.desk.show_below(self.panel)
        if 0 < len(words) <= 80:
            self.panel.words.setText(words)
        self.panel.words.setFocus()
        self.panel.words.selectAll()

    def close(self) -> None:
        """Give the place back to the passages, where they were shown."""
        passages_connect.come_back(self.desk)

    def search(self, search: Search, here: bool) -> None:
        """Find beside the window."""
        source, project = self.desk.document.source, self.desk.study
        wanted = replace(search, sources=(source.id,)) if here and source else search
        self.desk.window.news.clear()

        def work(progress: Progress) -> list[Hit]:
            return find_hits(project, wanted, progress)

        self.desk.window.work(_("Searching"), work, self.panel.show_hits)

    def jump(self, hit: Hit) -> None:
        """Show a hit in the text; the keys stay in the list."""
        self.desk.reduction.sources.tree.choose(hit.source)
        self.desk.open_source(hit.source)
        self.desk.text.go_to(hit.start, hit.end)

    def choose_code(self) -> None:
        """Ask with which code the ticked hits are coded."""
        hits, unit = self.panel.ticked(), self.panel.unit.currentData()
        if not hits:
            return

        def picked(one: Picked) -> None:
            if one.code is not None:
                self.code(hits, unit, one.code)

        lines, recent = self.desk.codebook.lines, self.desk.recent
        title = n_("Code {number} hit with …", "Code {number} hits with …", len(hits)).format(
            number=len(hits)
        )
        picker = Picker(self.desk.tokens, lines, recent, "", picked, self.desk.window, only=title)
        picker.open_under(in_window(self.panel.foot, self.panel.code.geometry()))

    def code(self, hits: list[Hit], unit: str, code: bytes) -> None:
        """Code the hits, or what stands around them, as one step; beside the window: they may be many."""
        project = self.desk.study

        def work(progress: Progress) -> int:
            ranges = ranges_of(project, hits, unit)
            progress(0, 0, _("Coding"))
            codings.apply_many(project, ranges, code)
            return len(ranges)

        def done(number: int) -> None:
            coding_actions.used(self.desk, code)
            text = n_("{number} passage coded.", "{number} passages coded.", number)
            self.desk.window.tell(text.format(number=number), _("Undo"), lambda: self.desk.window.do("undo"))

        self.desk.window.work(_("Coding"), work, done)


def make_room(desk: Desk) -> None:
    """Give a panel under the text that holds more than a list some height."""
    parts, least = desk.reduction.middle, desk.tokens.px(ROOM)
    above, below = parts.sizes()
    if below < least:
        parts.setSizes([above + below - least, least])


def connect(desk: Desk) -> None:
    """Make the panel ready to be shown."""
    wiring = keep(WIRINGS, desk, Wiring(desk))
    desk.reduction.below.addWidget(wiring.panel)


def is_open(desk: Desk) -> bool:
    """The panel is to be seen."""
    return WIRINGS[desk].panel.isVisible()


def toggle(desk: Desk) -> None:
    """Show the panel, or hide it."""
    (WIRINGS[desk].close if is_open(desk) else WIRINGS[desk].open)()


ROWS = (
    Action(
        "search_coding",
        N_("Code by search…"),
        toggle,
        CODING,
        4,
        ("Ctrl+Shift+G",),
        with_text,
        ticked=is_open,
    ),
)
