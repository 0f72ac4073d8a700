"""What the person does in the panel of passages, joined to queries and to the actions on codings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from qualcoder_lite.analysis.search import queries
from qualcoder_lite.analysis.search.passages import PassageLine, PassageLines
from qualcoder_lite.analysis.search.query_words import said
from qualcoder_lite.analysis.search.saved_queries import KeptQuery
from qualcoder_lite.coding import codings
from qualcoder_lite.coding import queries as keeping
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.counting.frames import Frames
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.codebook.picker import Picked, Picker
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.desk.action import CODING, VIEW, Action, keys_said, with_study
from qualcoder_lite.ui.desk.wirings import keep
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.kit.overlay import in_window
from qualcoder_lite.ui.passages.asked import Asked, Filter, asked_again
from qualcoder_lite.ui.passages.bar import Bar
from qualcoder_lite.ui.passages.export import ask_export
from qualcoder_lite.ui.passages.menu import RELATION_WORDS
from qualcoder_lite.ui.passages.panel import PassagesPanel

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk

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
WIRINGS: WeakKeyDictionary[Desk, Wiring] = WeakKeyDictionary()


class Wiring:
    """The panel of one desk; every gesture changes `asked` and then reads anew."""

    def __init__(self, desk: Desk, asked: Asked, wanted: bool) -> None:
        """A panel that asks what was asked before; `wanted`: the person has not closed it."""
        self.desk, self.wanted = desk, wanted
        self.panel = PassagesPanel(desk.tokens)
        self.panel.asked = asked
        self._acting = False
        self.bar = Bar(self)
        panel = self.panel
        panel.jumped.connect(lambda line: desk.attempt(self.jump, line))
        panel.entered.connect(lambda line: desk.attempt(self.enter, line))
        panel.typed.connect(lambda letter: desk.attempt(self.recode, letter))
        panel.resized.connect(self.refresh_bar)
        panel.came_into_view.connect(lambda: desk.attempt(self.refresh))
        panel.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        panel.view.customContextMenuRequested.connect(self.open_menu)
        desk.codebook.tree.row_chosen.connect(lambda _code: QTimer.singleShot(0, panel, self.follow))

    @property
    def asked(self) -> Asked:
        """What is asked."""
        return self.panel.asked

    def frames(self) -> Frames:
        """The study as it is now."""
        return counted(self.desk.study).frames

    # Reading

    def refresh(self) -> None:
        """Find and show anew; phrases that were not looked for yet are searched beside the window."""
        if self.desk.project is None or not self.panel.isVisible():
            return
        study, condition = self.desk.study, self.asked.condition()
        coders = self.asked.coders or ([] if self.desk.all_coders else [self.desk.coder])

        def work(_progress: Progress) -> queries.Found:
            return queries.find(study, condition, coders)

        if queries.is_quick(study, condition):
            self._show(queries.find(study, condition, coders))
        elif not self.desk.busy:
            self.desk.window.work(_("Reading passages"), work, self._show)

    def _show(self, found: queries.Found) -> None:
        if self.desk.project is None:
            return
        self.panel.show_found(PassageLines(self.desk.study, found))
        self.bar.show(found.study.frames)
        self.bar.export.setEnabled(len(found.numbers) > 0)
        if self.asked.filters:
            self.panel.hint.say(
                _("There are no passages for this filter yet."), _("Clear the filters"), self.clear
            )
        elif len(found.study.frames.codings.id):
            words = _("{coder} has coded nothing yet; other coders have.").format(coder=self.desk.coder)
            self.panel.hint.say(words, _("Show the codings of all coders"), self._show_all_coders)
        else:
            self.panel.hint.say(
                _("Nothing is coded yet. Select words in the text, then type the name of a code.")
            )

    def _show_all_coders(self) -> None:
        self.desk.set_all_coders(every=True)
        self.desk.enable()

    def refresh_bar(self) -> None:
        """The room for chips changed."""
        if self.desk.project is not None and isinstance(self.panel.lines, PassageLines):
            self.bar.show(self.panel.lines.found.study.frames)

    # Asking

    def change(self, how: Callable[..., object], *arguments: Any) -> None:
        """Change what is asked, and read anew."""
        how(self.asked, *arguments)
        self.desk.attempt(self.refresh)

    def add(self, one: Filter) -> None:
        """Ask for something more."""
        self.change(Asked.add, one)

    def follow(self) -> None:
        """The codes chosen in the codebook are asked for."""
        codes = [key for key in self.desk.codebook.tree.chosen_keys() if isinstance(key, bytes)]
        if self.asked.follow(codes):
            self.desk.attempt(self.refresh)

    def toggle_follow(self) -> None:
        """Follow the codebook, or no longer."""
        self.asked.follows = not self.asked.follows
        self.follow()

    def clear(self) -> None:
        """Ask for all codings."""
        self.change(Asked.clear)

    def set_join(self, join: str) -> None:
        """Let all filters hold, or any."""
        self.asked.join = join
        self.desk.attempt(self.refresh)

    def set_coders(self, coders: list[str]) -> None:
        """Look at the codings of these coders; of who works now where none is named."""
        self.asked.coders = coders
        self.desk.attempt(self.refresh)

    def toggle_below(self, codes: Filter) -> None:
        """Ask for the codes below too, or not."""
        codes["below"] = not codes.get("below", True)
        self.desk.attempt(self.refresh)

    def set_turns(self, near: Filter, turns: int) -> None:
        """How many turns away is still near."""
        near["turns"] = turns
        self.desk.attempt(self.refresh)

    def _choose_code(self, title: str, then: Callable[[str], object]) -> None:
        def picked(one: Picked) -> None:
            if one.code is not None:
                then(one.code.hex())

        lines, recent = self.desk.codebook.lines, self.desk.recent
        picker = Picker(self.desk.tokens, lines, recent, "", picked, self.desk.window, only=title)
        picker.open_under(in_window(self.panel.head, self.bar.more.geometry()))

    def ask_code(self) -> None:
        """Ask for one more code."""
        self._choose_code(_("Passages of …"), lambda code: self.add({"code": [code]}))

    def ask_other_code(self, codes: Filter) -> None:
        """Let another code do as well."""

        def then(code: str) -> None:
            codes["code"] = list(dict.fromkeys([*codes["code"], code]))
            self.asked.followed = None if codes is self.asked.followed else self.asked.followed
            self.desk.attempt(self.refresh)

        self._choose_code(_("Or passages of …"), then)

    def ask_relation(self, kind: str) -> None:
        """Ask for passages that stand in a relation to those of a code."""
        more: Filter = {"turns": 1} if kind == "near" else {}
        title = _(RELATION_WORDS[kind])
        self._choose_code(title, lambda code: self.add({kind: {"code": [code]}, **more}))

    def ask_words(self) -> None:
        """Ask for words in the passages."""

        def then(words: str) -> None:
            self.add({"words": words})

        sentence, asked = (
            _("Passages with these words"),
            _("A word or phrase; * stands for the rest of a word"),
        )
        AskingBox(self.desk.tokens, sentence, asked, _("Filter"), then, self.desk.window, needed=True).open()

    # Kept queries

    def show_kept(self, one: KeptQuery) -> None:
        """Ask what was kept."""
        self.panel.asked = asked_again(one.definition)
        self.desk.attempt(self.refresh)

    def ask_keep(self) -> None:
        """Keep what is asked under a name."""

        def then(name: str) -> None:
            self.desk.attempt(keeping.save, self.desk.study, name, self.asked.kept())

        self._ask_name(_("Keep this query"), _("Name; one of the same name is replaced"), _("Keep"), then)

    def ask_rename(self, one: KeptQuery) -> None:
        """Give a kept query another name."""

        def then(name: str) -> None:
            self.desk.attempt(keeping.rename, self.desk.study, one.id, name)

        self._ask_name(_("Rename the query"), _("Name"), _("Rename"), then, one.name)

    def _ask_name(
        self, sentence: str, asked: str, do: str, then: Callable[[str], object], words: str = ""
    ) -> None:
        tokens, window = self.desk.tokens, self.desk.window
        AskingBox(tokens, sentence, asked, do, then, window, words, needed=True).open()

    def remove_kept(self, one: KeptQuery) -> None:
        """Remove a kept query; undo brings it back."""
        self.desk.attempt(keeping.remove, self.desk.study, [one.id])

    # Acting on passages

    def jump(self, line: PassageLine) -> None:
        """Show a passage in the text; the keys stay in the list."""
        self.desk.reduction.sources.tree.choose(line.source)
        self.desk.open_source(line.source)
        self.desk.text.go_to(line.start, line.end)
        coding_actions.attend(self.desk, line.id)

    def enter(self, line: PassageLine) -> None:
        """Show a passage and go to the text."""
        self.jump(line)
        self.desk.text.setFocus()

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

        lines, recent = self.desk.codebook.lines, self.desk.recent
        title = _("Recode to …")
        picker = Picker(self.desk.tokens, lines, recent, "", picked, self.desk.window, only=title)
        picker.open_under(self._row_in_window(), typed)

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
        words = [said(self.frames(), one) for one in self.asked.filters]
        if isinstance(self.panel.lines, PassageLines):
            self.desk.attempt(ask_export, self.desk, self.panel.lines.found.ids, words)

    # Showing

    def open(self) -> None:
        """Show the panel."""
        self.wanted = True
        self.desk.show_below(self.panel)
        self.desk.attempt(self.refresh)

    def close(self) -> None:
        """Hide the panel."""
        self.wanted = False
        self.desk.hide_below()


def connect(desk: Desk) -> None:
    """Lay the panel on the desk; what it was asked is kept when the window is built anew."""
    before = WIRINGS.get(desk)
    wiring = Wiring(desk, before.asked if before else Asked(), before.wanted if before else True)
    keep(WIRINGS, desk, wiring)
    desk.reduction.below.addWidget(wiring.panel)
    desk.parts["passages"] = wiring.panel.view
    desk.chosen_passages = wiring.chosen
    desk.refreshers.append(wiring.refresh)
    if wiring.wanted:
        desk.show_below(wiring.panel)


def come_back(desk: Desk) -> None:
    """Another panel was closed: show the passages again, where the person has not closed them."""
    if WIRINGS[desk].wanted:
        WIRINGS[desk].open()
        desk.text.setFocus()
    else:
        desk.hide_below()


def is_open(desk: Desk) -> bool:
    """The panel is to be seen."""
    return WIRINGS[desk].panel.isVisible()


def toggle(desk: Desk) -> None:
    """Show the panel and go to it, or hide it."""
    wiring = WIRINGS[desk]
    if wiring.panel.isVisible():
        wiring.close()
    else:
        desk.show_workspace(0)
        wiring.open()
        wiring.panel.view.setFocus()


def show_code(desk: Desk) -> None:
    """Show the passages of the codes that are chosen in the codebook."""
    wiring = WIRINGS[desk]
    wiring.asked.follows = True
    wiring.open()
    wiring.follow()
    wiring.panel.view.setFocus()


def show_code_to_split(desk: Desk) -> None:
    """Show the passages of the code that is chosen in the codebook and say how some become a new code."""
    show_code(desk)
    words = _("Choose the passages that shall have a code of their own, then press {key}.")
    desk.window.tell(words.format(key=keys_said(desk.actions_by_id["split_off"])))


ROWS = (
    Action(
        "passages", N_("Passages"), toggle, VIEW, 4, ("Ctrl+Shift+K",), with_study, ticked=is_open
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
