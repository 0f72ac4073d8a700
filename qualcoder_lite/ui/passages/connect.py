"""The panel of passages joined to the desk: what is asked for, found, and done with what was found."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from qualcoder_lite.analysis.search import queries
from qualcoder_lite.analysis.search.passages import PassageLine, PassageLines
from qualcoder_lite.analysis.search.query_words import describe_condition
from qualcoder_lite.coding import codings
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.codebook.picker import Picked, Picker
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.coding.below import PanelBelow, is_open, toggle
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.desk.action import CODING, VIEW, Action, keys_said, with_study
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.place import Passage
from qualcoder_lite.ui.kit.overlay import in_window
from qualcoder_lite.ui.passages.asked import Asked
from qualcoder_lite.ui.passages.asking import Asking
from qualcoder_lite.ui.passages.bar import Bar
from qualcoder_lite.ui.passages.export import ask_export
from qualcoder_lite.ui.passages.panel import PassagesPanel

CHIPS = 3  # more filters than this stand in a menu
ON_PASSAGES = (
    "plus",
    "minus",
    "zero",
    "both",
    "",
    "star",
    "memo",
    "condense",
    "evidence",
    "",
    "remove_coding",
)


class Passages(PanelBelow):
    """The panel with what it asks; every gesture changes `asked` and then reads anew."""

    roomy = False
    panel: PassagesPanel

    def __init__(self, desk: Desk, asked: Asked, wanted: bool) -> None:
        """A panel that asks what was asked before; `wanted`: the person has not closed it."""
        panel = PassagesPanel(desk.tokens)
        super().__init__(desk, panel, panel.view)
        self.wanted = wanted
        self.asking = Asking(desk, panel, asked, self.refresh, self._beside)
        self._acting = False
        self.bar = Bar(self.asking, panel.head, self.ask_export, self.close)
        panel.jumped.connect(lambda line: desk.attempt(self.jump, line))
        panel.entered.connect(lambda line: desk.attempt(desk.go, place_of(line)))
        panel.typed.connect(lambda letter: desk.attempt(self.recode, letter))
        panel.resized.connect(self.refresh_bar)
        panel.came_into_view.connect(self.refresh)
        panel.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        panel.view.customContextMenuRequested.connect(self.open_menu)
        tree = desk.part(Codebook).tree
        tree.row_chosen.connect(lambda _code: QTimer.singleShot(0, panel, self.asking.follow))

    @property
    def asked(self) -> Asked:
        """What is asked."""
        return self.asking.asked

    # Reading

    def read(self) -> None:
        """Find and show anew; phrases that were not looked for yet are searched beside the window."""
        study, condition = self.desk.study, self.asked.condition()
        coders = self.asked.coders or ([] if self.desk.all_coders else [self.desk.coder])

        def work(_progress: Progress) -> queries.Found:
            return queries.find(study, condition, coders)

        if queries.is_quick(study, condition):
            self._show(queries.find(study, condition, coders))
        elif not self.desk.busy:
            self.desk.work(_("Reading passages"), work, self._show)

    def _show(self, found: queries.Found) -> None:
        if self.desk.project is None:
            return
        self.panel.show_found(PassageLines(self.desk.study, found))
        self.bar.show(found.study.frames)
        self.bar.export.setEnabled(len(found.numbers) > 0)
        if self.asked.filters:
            self.panel.say_filtered(self.asking.clear)
        elif len(found.study.frames.codings.id):
            self.panel.say_of_others(self.desk.coder, self._show_all_coders)
        else:
            self.panel.say_empty()

    def _show_all_coders(self) -> None:
        self.desk.set_all_coders(every=True)
        self.desk.enable()

    def refresh_bar(self) -> None:
        """The room for chips changed."""
        if self.desk.project is not None and isinstance(self.panel.lines, PassageLines):
            self.bar.show(self.panel.lines.found.study.frames)

    # Acting on passages

    def jump(self, line: PassageLine) -> None:
        """Show a passage in the text; the keys stay in the list."""
        self.desk.go(replace(place_of(line), focus=False))

    def chosen(self) -> list[bytes]:
        """The passages on which keys act."""
        return self.panel.chosen() if self._acting or self.panel.view.hasFocus() else []

    def recode(self, typed: str = "") -> None:
        """Give the chosen passages another code."""
        chosen = self.panel.chosen()
        if not chosen:
            return

        def picked(one: Picked) -> None:
            if one.code is not None:
                self.desk.attempt(codings.set_code, self.desk.study, chosen, one.code)
                coding_actions.used(self.desk, one.code)

        lines, recent = self.desk.codes, self.desk.recent
        title = _("Recode to …")
        picker = Picker(self.desk.tokens, lines, recent, "", picked, self.desk.window, only=title)
        picker.open_under(self._row_in_window(), typed)

    def _beside(self) -> QRect:
        return in_window(self.panel.head, self.bar.more.geometry())

    def _row_in_window(self) -> QRect:
        view = self.panel.view
        return in_window(view.viewport(), view.visualRect(view.currentIndex()))

    def open_menu(self, place: QPoint) -> None:
        """What can be done to the chosen passages."""
        if not self.panel.chosen():
            return
        menu = QMenu(self.desk.window)
        recoding = QAction(_("Recode to …"), menu)
        recoding.triggered.connect(lambda: self.desk.attempt(self.recode))
        menu.addAction(recoding)
        menu.addSeparator()
        for name in ON_PASSAGES:
            if name:
                menu.addAction(self.desk.actions_by_id[name])
            else:
                menu.addSeparator()
        self._acting = True
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self.panel, self._acted))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.panel.view.viewport().mapToGlobal(place))

    def _acted(self) -> None:
        self._acting = False

    def ask_export(self) -> None:
        """Write the passages that are shown to a file."""
        words = [describe_condition(self.asking.frames(), one) for one in self.asked.filters]
        if isinstance(self.panel.lines, PassageLines):
            self.desk.attempt(ask_export, self.desk, self.panel.lines.found.ids, words)

    # Showing

    def show(self) -> None:
        """Show the panel, which then rests under the text until it is closed."""
        self.wanted = True
        self.desk.part(Reduction).resting = self.panel
        super().show()

    def close(self) -> None:
        """Hide the panel."""
        self.wanted = False
        self.desk.part(Reduction).resting = None
        super().close()


def place_of(line: PassageLine) -> Passage:
    """Where a found passage stands."""
    return Passage(line.source, line.start, line.end, line.id)


def connect(desk: Desk) -> None:
    """Lay the panel on the desk; what it was asked is kept when the window is built anew."""
    before = desk.find(Passages)
    passages = Passages(desk, before.asked if before else Asked(), before.wanted if before else True)
    desk.add(passages)
    desk.scopes["passages"] = passages.panel.view
    desk.chosen_passages = passages.chosen
    if passages.wanted:
        passages.show()


def show_code(desk: Desk) -> None:
    """Show the passages of the codes that are chosen in the codebook."""
    passages = desk.part(Passages)
    passages.asked.follows = True
    passages.show()
    passages.asking.follow()
    passages.panel.view.setFocus()


def show_code_to_split(desk: Desk) -> None:
    """Show the passages of the code that is chosen in the codebook and say how some become a new code."""
    show_code(desk)
    words = _("Choose the passages that shall have a code of their own, then press {key}.")
    desk.tell(words.format(key=keys_said(desk.actions_by_id["split_off"])))


ROWS = (
    Action(
        "passages", N_("Passages"), partial(toggle, Passages), VIEW, 4, ("Ctrl+Shift+K",), with_study,
        ticked=partial(is_open, Passages),
    ),
    Action(
        "passages_of_code", N_("Show its passages"), show_code, CODING, 5, (), with_study, "codes",
        under=N_("Codebook"),
    ),
    Action(
        "split_code", N_("Split: choose passages of it…"), show_code_to_split, CODING, 5, (), with_study,
        "codes", under=N_("Codebook"),
    ),
)  # fmt: skip
