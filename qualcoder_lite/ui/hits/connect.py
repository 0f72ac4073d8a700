"""The panel of coding by search joined to the desk: finding, and coding what was found."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from qualcoder_lite.analysis.search.hits import Hit, Search, codes_on, find_hits, ranges_of, speakers_listed
from qualcoder_lite.coding import codings
from qualcoder_lite.i18n import N_, _, n_
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.codebook.picker import Picked, Picker
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.coding.below import PanelBelow, is_open, toggle
from qualcoder_lite.ui.desk.action import CODING, Action, with_text
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.place import Passage
from qualcoder_lite.ui.hits.panel import SearchPanel
from qualcoder_lite.ui.kit.overlay import in_window
from qualcoder_lite.ui.kit.panel import flat_button


class Hits(PanelBelow):
    """The panel of hits."""

    panel: SearchPanel

    def __init__(self, desk: Desk) -> None:
        """A panel that is not shown yet."""
        panel = SearchPanel(desk.tokens)
        super().__init__(desk, panel, panel.words)
        panel.head.add(flat_button(desk.tokens, "x", _("Close the panel"), self.close))
        panel.asked.connect(lambda search, here: desk.attempt(self.search, search, here))
        panel.jumped.connect(lambda hit: desk.attempt(self.jump, hit))
        panel.coding_wished.connect(lambda: desk.attempt(self.choose_code))

    def open(self) -> None:
        """Show the panel with the selected words in its line."""
        start, end = self.desk.text.selection()
        words = " ".join(self.desk.text.page.text[start:end].split())
        self.panel.show_speakers(speakers_listed(self.desk.study))
        super().open()
        if 0 < len(words) <= 80:
            self.panel.words.setText(words)
        self.panel.words.selectAll()

    def search(self, search: Search, here: bool) -> None:
        """Find beside the window."""
        source, project = self.desk.source, self.desk.study
        wanted = replace(search, sources=(source.id,)) if here and source else search
        self.desk.tell("")

        def work(progress: Progress) -> list[Hit]:
            return find_hits(project, wanted, progress)

        self.desk.work(_("Searching"), work, self._show_hits)

    def _show_hits(self, hits: list[Hit]) -> None:
        self.panel.show_hits(hits)
        self.read()

    def read(self) -> None:
        """Show which hits have codes now."""
        hits = self.panel.hits()
        if hits:
            keys = {line.id: line.key for line in self.desk.codes}
            given = codes_on(self.desk.study, hits, self.desk.coder)
            self.panel.show_codes([[keys[code] for code in keys if code in codes] for codes in given])

    def jump(self, hit: Hit) -> None:
        """Show a hit in the text; the keys stay in the list."""
        self.desk.go(Passage(hit.source, hit.start, hit.end, focus=False))

    def choose_code(self) -> None:
        """Ask with which code the ticked hits are coded."""
        hits, unit = self.panel.ticked(), self.panel.unit.currentData()
        if not hits:
            return

        def picked(one: Picked) -> None:
            if one.code is not None:
                self.code(hits, unit, one.code)

        lines, recent = self.desk.codes, self.desk.recent
        title = n_("Code {number} hit with …", "Code {number} hits with …", len(hits)).format(
            number=len(hits)
        )
        picker = Picker(self.desk.tokens, lines, recent, "", picked, self.desk.window, only=title)
        picker.open_under(in_window(self.panel.foot, self.panel.code.geometry()))

    def code(self, hits: list[Hit], unit: str, code: bytes) -> None:
        """Code the hits, or what stands around them, as one step; beside the window: they may be many.

        Hits that have the code already, alone or inside a longer passage, are left out.
        """
        project, coder = self.desk.study, self.desk.coder

        def work(progress: Progress) -> tuple[int, int]:
            given = codes_on(project, hits, coder)
            left = [hit for hit, codes in zip(hits, given, strict=True) if code not in codes]
            ranges = ranges_of(project, left, unit)
            progress(0, 0, _("Coding"))
            if ranges:
                codings.apply_many(project, ranges, code)
            return len(ranges), len(hits) - len(left)

        def done(numbers: tuple[int, int]) -> None:
            made, had = numbers
            coding_actions.used(self.desk, code)
            (self.desk.tell_undoable if made else self.desk.tell)(coded_said(made, had))

        self.desk.work(_("Coding"), work, done)


def coded_said(made: int, had: int) -> str:
    """How many passages were coded, and how many hits were left out."""
    said = n_("{number} passage coded.", "{number} passages coded.", made).format(number=made)
    left = n_(
        "{number} hit had this code already and was left out.",
        "{number} hits had this code already and were left out.",
        had,
    ).format(number=had)
    return f"{said} {left}" if had else said


def connect(desk: Desk) -> None:
    """Make the panel ready to be shown."""
    desk.add(Hits(desk))


ROWS = (
    Action(
        "search_coding",
        N_("Code by search…"),
        partial(toggle, Hits),
        CODING,
        4,
        ("Ctrl+Shift+G",),
        with_text,
        ticked=partial(is_open, Hits),
    ),
)
