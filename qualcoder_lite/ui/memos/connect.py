"""The panel of memos joined to the desk: listing, writing, going to what they are about."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from qualcoder_lite.analysis.panels.memos import MemoLine, memos_listed
from qualcoder_lite.coding import memos
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Progress
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.coding.below import PanelBelow, is_open, toggle
from qualcoder_lite.ui.desk.action import VIEW, Action, with_study
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.files import LISTS, ask_file, write_beside
from qualcoder_lite.ui.desk.notes import write_memo
from qualcoder_lite.ui.desk.place import Passage, Source
from qualcoder_lite.ui.kit.overlay import in_window
from qualcoder_lite.ui.kit.panel import flat_button, link_button
from qualcoder_lite.ui.memos.panel import MemosPanel

ABOUT = ("memo", "memo_range", "memo_code", "memo_source")  # commands that write a memo on what is at hand


class Memos(PanelBelow):
    """The panel of memos."""

    panel: MemosPanel

    def __init__(self, desk: Desk) -> None:
        """A panel that is not shown yet."""
        tokens, self._project = desk.tokens, desk.project  # whose memos are shown
        panel = MemosPanel(tokens, self.keep)
        super().__init__(desk, panel, panel.view)
        self.new = link_button(tokens, _("New memo"), self.open_new)
        panel.head.add(self.new)
        panel.head.add(
            flat_button(tokens, "trash-2", _("Remove the memo"), lambda: desk.attempt(self.remove))
        )
        panel.head.add(flat_button(tokens, "upload", _("Export the memos…"), self.ask_export))
        panel.head.add(flat_button(tokens, "x", _("Close the panel"), self.close))
        panel.searched.connect(self.refresh)
        panel.came_into_view.connect(self.refresh)
        panel.jumped.connect(lambda line: desk.attempt(self.jump, line))
        desk.endings.append(self.end)

    def read(self, wanted: bytes | None = None) -> None:
        """Read the memos anew."""
        panel, self._project = self.panel, self.desk.project
        panel.show_memos(memos_listed(self.desk.study, panel.words.text()), wanted)

    def close(self) -> None:
        """Keep what was written, and give the place back to the passages."""
        if self.panel.keep():
            super().close()

    def end(self) -> bool:
        """The study is being left: keep what was written."""
        return self.desk.project is None or self.panel.keep()

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
        self.desk.attempt(write_memo, self.desk, "informant", informant, title, beside)

    def keep(self, row: bytes | None, title: str, text: str) -> bool:
        """Keep what was written in the panel; returns whether it was kept."""
        if self._project is not self.desk.project:
            return True  # it was left without keeping: no other study gets its words
        return self.desk.project is not None and self.desk.attempt(self.write, row, title, text)

    def write(self, row: bytes | None, title: str, text: str) -> None:
        """Write a memo, a new one where it has no id yet; one without words goes."""
        if row is None:
            self.read(memos.add(self.desk.study, text, title))
        elif title or text.strip():
            memos.edit(self.desk.study, row, text, title)
        else:
            memos.remove(self.desk.study, [row])

    def remove(self) -> None:
        """Remove the current memo."""
        line = self.panel.editing
        if line is not None:
            memos.remove(self.desk.study, [line.id])
            self.desk.tell_undoable(_("The memo was removed."))

    def jump(self, line: MemoLine) -> None:
        """Show what a memo is about; the keys stay in the list."""
        self.panel.keep()
        if line.about == "code" and line.about_id is not None:
            self.desk.part(Codebook).tree.choose(line.about_id)
        if line.source is None:
            return
        if line.start is None or line.end is None:
            self.desk.go(Source(line.source))
        else:
            coding = line.about_id if line.about == "coding" else None
            self.desk.go(Passage(line.source, line.start, line.end, coding, focus=False))

    def ask_export(self) -> None:
        """Write the memos that are listed to a file."""
        self.panel.keep()
        chosen = ask_file(self.desk, _("Export the memos"), _("memos") + ".docx", LISTS)
        if chosen is not None:
            project, words = self.desk.study, self.panel.words.text()

            def write(_progress: Progress) -> None:
                from qualcoder_lite.export.reports.memos import write_memos

                write_memos(project, memos_listed(project, words), chosen[0])

            write_beside(self.desk, _("Writing memos"), chosen[0], write)


def connect(desk: Desk) -> None:
    """Make the panel ready to be shown."""
    desk.add(Memos(desk))


ROWS = (
    Action(
        "memos", N_("Memos"), partial(toggle, Memos), VIEW, 4, ("Ctrl+Shift+L",), with_study,
        ticked=partial(is_open, Memos),
    ),
)  # fmt: skip
