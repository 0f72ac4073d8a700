"""What the panel of passages asks for, and how the person changes it: every change reads anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from qualcoder_lite.analysis.search.saved_queries import KeptQuery
from qualcoder_lite.coding import queries as keeping
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.counting.frames import Frames
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.codebook.picker import Picked, Picker
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.passages.asked import RELATION_WORDS, Asked, Filter, asked_again


class Asking:
    """What is asked for in one panel; `refresh` reads anew, `beside` says where boxes open."""

    def __init__(
        self,
        desk: Desk,
        panel: QWidget,
        asked: Asked,
        refresh: Callable[[], object],
        beside: Callable[[], QRect],
    ) -> None:
        """Ask what was asked before."""
        self.desk, self.panel, self.asked = desk, panel, asked
        self.refresh, self.beside = refresh, beside

    def frames(self) -> Frames:
        """The study as it is now."""
        return counted(self.desk.study).frames

    def change(self, how: Callable[..., object], *arguments: Any) -> None:
        """Change what is asked, and read anew."""
        how(self.asked, *arguments)
        self.refresh()

    def add(self, one: Filter) -> None:
        """Ask for something more."""
        self.change(Asked.add, one)

    def follow(self) -> None:
        """The codes chosen in the codebook are asked for."""
        codes = [key for key in self.desk.part(Codebook).tree.chosen_keys() if isinstance(key, bytes)]
        if self.asked.follow(codes):
            self.refresh()

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
        self.refresh()

    def set_coders(self, coders: list[str]) -> None:
        """Look at the codings of these coders; of who works now where none is named."""
        self.asked.coders = coders
        self.refresh()

    def toggle_below(self, codes: Filter) -> None:
        """Ask for the codes below too, or not."""
        codes["below"] = not codes.get("below", True)
        self.refresh()

    def set_turns(self, near: Filter, turns: int) -> None:
        """How many turns away is still near."""
        near["turns"] = turns
        self.refresh()

    def _choose_code(self, title: str, then: Callable[[str], object]) -> None:
        def picked(one: Picked) -> None:
            if one.code is not None:
                then(one.code.hex())

        lines, recent = self.desk.codes, self.desk.recent
        picker = Picker(self.desk.tokens, lines, recent, "", picked, self.desk.window, only=title)
        picker.open_under(self.beside())

    def ask_code(self) -> None:
        """Ask for one more code."""
        self._choose_code(_("Passages of …"), lambda code: self.add({"code": [code]}))

    def ask_other_code(self, codes: Filter) -> None:
        """Let another code do as well."""

        def then(code: str) -> None:
            codes["code"] = list(dict.fromkeys([*codes["code"], code]))
            self.asked.followed = None if codes is self.asked.followed else self.asked.followed
            self.refresh()

        self._choose_code(_("Or passages of …"), then)

    def ask_relation(self, kind: str) -> None:
        """Ask for passages that stand in a relation to those of a code."""
        more: Filter = {"turns": 1} if kind == "near" else {}
        title = _(RELATION_WORDS[kind])
        self._choose_code(title, lambda code: self.add({kind: {"code": [code]}, **more}))

    def ask_words(self) -> None:
        """Ask for words in the passages."""

        def then(words: str) -> bool:
            self.add({"words": words})
            return True

        sentence, asked = (
            _("Passages with these words"),
            _("A word or phrase; * stands for the rest of a word"),
        )
        AskingBox(self.desk.tokens, sentence, asked, _("Filter"), then, self.desk.window, needed=True).open()

    # Kept queries

    def show_kept(self, one: KeptQuery) -> None:
        """Ask what was kept."""
        self.asked = asked_again(one.definition)
        self.refresh()

    def ask_keep(self) -> None:
        """Keep what is asked under a name."""

        def then(name: str) -> bool:
            return self.desk.attempt(keeping.save, self.desk.study, name, self.asked.kept())

        self._ask_name(_("Keep this query"), _("Name; one of the same name is replaced"), _("Keep"), then)

    def ask_rename(self, one: KeptQuery) -> None:
        """Give a kept query another name."""

        def then(name: str) -> bool:
            return self.desk.attempt(keeping.rename, self.desk.study, one.id, name)

        self._ask_name(_("Rename the query"), _("Name"), _("Rename"), then, one.name)

    def _ask_name(
        self, sentence: str, asked: str, do: str, then: Callable[[str], bool], words: str = ""
    ) -> None:
        tokens, window = self.desk.tokens, self.desk.window
        AskingBox(tokens, sentence, asked, do, then, window, words, needed=True).open()

    def remove_kept(self, one: KeptQuery) -> None:
        """Remove a kept query; undo brings it back."""
        self.desk.attempt(keeping.remove, self.desk.study, [one.id])
