"""What the person does in the panel of memos, joined to the actions on memos."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from qualcoder_lite.analysis.panels.memos import MemoLine, memos_listed
from qualcoder_lite.coding import memos
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.desk.action import VIEW, Action, with_study
from qualcoder_lite.ui.desk.wirings import keep
from qualcoder_lite.ui.hits.connect import make_room
from qualcoder_lite.ui.kit.overlay import in_window
from qualcoder_lite.ui.kit.panel import flat_button, link_button
from qualcoder_lite.ui.memos.panel import MemosPanel
from qualcoder_lite.ui.passages import connect as passages_connect
from qualcoder_lite.ui.passages.export import KINDS, ask_file, tell_written

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk

WIRINGS: WeakKeyDictionary[Desk, Wiring] = WeakKeyDictionary()
ABOUT = ("memo", "memo_range", "memo_code", "memo_source")  # commands that write a memo on what is at hand


class Wiring:
    """The panel of one desk."""

    def __init__(self, desk: Desk) -> None:
        """A panel that is not shown yet."""
        self.desk, self.panel = desk, MemosPanel(desk.tokens)
        panel, tokens = self.panel, desk.tokens
        self.new = link_button(tokens, _("New memo"), self.open_new)
        panel.head.add(self.new)
        panel.head.add(
            flat_button(tokens, "trash-2", _("Remove the memo"), lambda: desk.attempt(self.remove))
        )
        panel.head.add(flat_button(tokens, "upload", _("Export the memos…"), self.ask_export))
        panel.head.add(flat_button(tokens, "x", _("Close the panel"), self.close))
        panel.searched.connect(lambda: desk.attempt(self.refresh))
        panel.came_into_view.connect(lambda: desk.attempt(self.refresh))
        panel.written.connect(lambda row, title, text: desk.attempt(self.keep, row, title, text))
        panel.jumped.connect(lambda line: desk.attempt(self.jump, line))

    def refresh(self, wanted: bytes | None = None) -> None:
        """Read the memos anew."""
        if self.desk.project is not None and self.panel.isVisible():
            self.panel.show_memos(memos_listed(self.desk.study, self.panel.words.text()), wanted)
            if self.panel.words.text().strip():
                self.panel.hint.say(
                    _("No memo has these words."), _("Clear the search"), self.panel.words.clear
                )
            else:
                self.panel.hint.say(_("There are no memos yet."), _("New memo"), self.panel.begin)

    def open(self) -> None:
        """Show the memos."""
        self.desk.show_workspace(0)
        make_room(self.desk)
        self.desk.show_below(self.panel)
        self.desk.attempt(self.refresh)
        self.panel.view.setFocus()

    def close(self) -> None:
        """Keep what was written, and give the place back to the passages."""
        self.panel.keep()
        passages_connect.come_back(self.desk)

    def end(self) -> None:
        """The study is being left: keep what was written."""
        if self.desk.project is not None:
            self.panel.keep()

    def open_new(self) -> None:
        """A free memo, or one on what is at hand."""
        menu = self.new_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.new.mapToGlobal(QPoint(0, self.new.height())))

    def new_menu(self) -> QMenu:
        """What a new memo can be about."""
        menu = QMenu(self.panel)
        menu.addAction(_("Free memo"), self.panel.begin)
        menu.addSeparator()
        for name in ABOUT:
            menu.addAction(self.desk.actions_by_id[name])
        people = menu.addMenu(_("Memo on an informant"))
        for person in self.desk.people:
            people.addAction(person.alias, partial(self.write_on_informant, person.id, person.alias))
        people.setEnabled(bool(self.desk.people))
        return menu

    def write_on_informant(self, informant: bytes, alias: str) -> None:
        """Write the memo about an informant."""
        title, beside = (
            _("Memo on {name}").format(name=alias),
            in_window(self.panel.head, self.new.geometry()),
        )
        self.desk.attempt(coding_actions.write_memo, self.desk, "informant", informant, title, beside)

    def keep(self, row: bytes | None, title: str, text: str) -> None:
        """Keep what was written; a memo without words goes."""
        if self.desk.project is None:
            return
        if row is None:
            made = memos.add(self.desk.study, text, title)
            self.refresh(made)
        elif title or text.strip():
            memos.edit(self.desk.study, row, text, title)
        else:
            memos.remove(self.desk.study, [row])

    def remove(self) -> None:
        """Remove the current memo."""
        line = self.panel.editing
        if line is not None:
            memos.remove(self.desk.study, [line.id])
            self.desk.window.tell(_("The memo was removed."), _("Undo"), lambda: self.desk.window.do("undo"))

    def jump(self, line: MemoLine) -> None:
        """Show what a memo is about."""
        self.panel.keep()
        if line.about == "code" and line.about_id is not None:
            self.desk.codebook.tree.choose(line.about_id)
        if line.source is not None:
            self.desk.reduction.sources.tree.choose(line.source)
            self.desk.open_source(line.source)
            if line.start is not None and line.end is not None:
                self.desk.text.go_to(line.start, line.end)
                if line.about == "coding" and line.about_id is not None:
                    coding_actions.attend(self.desk, line.about_id)

    def ask_export(self) -> None:
        """Write the memos that are listed to a file."""
        self.panel.keep()
        path = ask_file(self.desk, _("Export the memos"), _("memos") + ".docx", KINDS)
        if path is not None:
            project, words = self.desk.study, self.panel.words.text()

            def work(_progress: Progress) -> Path:
                from qualcoder_lite.export.reports.memos import write_memos

                write_memos(project, memos_listed(project, words), path)
                return path

            self.desk.window.work(_("Writing memos"), work, lambda written: tell_written(self.desk, written))


def connect(desk: Desk) -> None:
    """Make the panel ready to be shown."""
    wiring = keep(WIRINGS, desk, Wiring(desk))
    desk.reduction.below.addWidget(wiring.panel)
    desk.refreshers.append(wiring.refresh)
    desk.endings.append(wiring.end)


def is_open(desk: Desk) -> bool:
    """The panel is to be seen."""
    return WIRINGS[desk].panel.isVisible()


def toggle(desk: Desk) -> None:
    """Show the memos, or hide them."""
    (WIRINGS[desk].close if is_open(desk) else WIRINGS[desk].open)()


ROWS = (Action("memos", N_("Memos"), toggle, VIEW, 4, ("Ctrl+Shift+L",), with_study, ticked=is_open),)
