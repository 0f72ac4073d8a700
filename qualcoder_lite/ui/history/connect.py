"""The panel of the history joined to the desk: undo and redo to a step, milestones, exports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from qualcoder_lite.analysis.panels.history import steps_listed, undone_by
from qualcoder_lite.analysis.panels.since import MilestoneLine, Since, milestones_listed, since
from qualcoder_lite.coding import milestones
from qualcoder_lite.i18n import N_, _, n_
from qualcoder_lite.progress import Progress
from qualcoder_lite.store import undo as undoing
from qualcoder_lite.store.project import Changes
from qualcoder_lite.ui.coding.below import PanelBelow, is_open, toggle
from qualcoder_lite.ui.desk.action import EDIT, Action, with_study
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.files import LISTS, ask_file, write_beside
from qualcoder_lite.ui.history.panel import HistoryPanel, HistoryRow, history_rows
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.kit.panel import action_button, flat_button, link_button
from qualcoder_lite.ui.kit.times import day


class History(PanelBelow):
    """The panel of the history."""

    roomy = False
    panel: HistoryPanel

    def __init__(self, desk: Desk) -> None:
        """A panel that is not shown yet."""
        panel, tokens = HistoryPanel(desk.tokens), desk.tokens
        super().__init__(desk, panel, panel.view)
        self._shown: tuple[str, Since] | None = None
        for name, icon in (("undo", "undo-2"), ("redo", "redo-2")):
            panel.head.add(action_button(tokens, icon, desk.actions_by_id[name]))
        panel.head.add(link_button(tokens, _("Milestone…"), self.ask_milestone))
        panel.head.add(flat_button(tokens, "upload", _("Export the audit trail…"), self.ask_export))
        panel.head.add(flat_button(tokens, "x", _("Close the panel"), self.close))
        panel.report_head.add(link_button(tokens, _("Back to the steps"), self.back))
        panel.report_head.add(flat_button(tokens, "upload", _("Export this report…"), self.ask_export_since))
        panel.report_head.add(flat_button(tokens, "x", _("Close the panel"), self.close))
        panel.entered.connect(lambda row: desk.attempt(self.enter, row))
        panel.came_into_view.connect(self.refresh)
        panel.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        panel.view.customContextMenuRequested.connect(self.open_menu)

    def read(self) -> None:
        """Read the steps anew."""
        project = self.desk.study
        self.panel.show_steps(history_rows(steps_listed(project), milestones_listed(project)))

    # Showing

    def open(self) -> None:
        """Show the steps."""
        self.panel.pages.setCurrentIndex(0)
        super().open()

    def back(self) -> None:
        """From the report to the steps."""
        self.panel.pages.setCurrentIndex(0)
        self.panel.view.setFocus()

    # Steps

    def enter(self, row: HistoryRow) -> None:
        """A milestone: what changed since. A step: undo or redo until it is the newest that holds."""
        if row.milestone is not None:
            self.show_since(row.milestone.name, row.milestone.step)
        elif row.line is not None and row.line.undone:
            self.redo_to(row)
        else:
            self.undo_to(row)

    def undo_to(self, row: HistoryRow) -> None:
        """Undo every later step."""
        number = undone_by(steps_listed(self.desk.study), row.step)
        if number:
            self._undo(number)

    def redo_to(self, row: HistoryRow) -> None:
        """Redo steps up to and with this one."""
        if row.line is None or not row.line.redoable:
            self.desk.tell(_("This step can't be redone any more: other steps were made since."))
            return
        lines = steps_listed(self.desk.study)
        self._redo(sum(line.redoable and line.step <= row.step for line in lines))

    def _undo(self, number: int) -> None:
        """Undo steps beside the window; Cancel leaves all as they were. The news offers the way back."""

        def told(done: int) -> None:
            text = n_("{n} step undone.", "{n} steps undone.", done).format(n=done)
            self.desk.tell(text, _("Redo"), lambda: self._redo(done))

        self._swap(_("Undoing"), undoing.undo_several, number, told)

    def _redo(self, number: int) -> None:
        """The same, the other way."""

        def told(done: int) -> None:
            text = n_("{n} step redone.", "{n} steps redone.", done).format(n=done)
            self.desk.tell(text, _("Undo"), lambda: self._undo(done))

        self._swap(_("Redoing"), undoing.redo_several, number, told)

    def _swap(
        self, label: str, swap: Callable[..., list[Changes]], number: int, told: Callable[[int], None]
    ) -> None:
        project = self.desk.study

        def work(progress: Progress) -> int:
            return len(swap(project, number, progress=progress))

        self.desk.work(label, work, told)

    def open_menu(self, place: QPoint) -> None:
        """What can be done with a row."""
        row = self.panel.current()
        if row is None:
            return
        menu = self.menu_of(row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.panel.view.viewport().mapToGlobal(place))

    def menu_of(self, row: HistoryRow) -> QMenu:
        """The menu of a row."""
        menu, milestone = QMenu(self.panel), row.milestone
        if milestone is not None:
            menu.addAction(_("What changed since"), lambda: self.show_since(milestone.name, milestone.step))
            menu.addAction(_("Rename…"), lambda: self.ask_name(milestone))
            menu.addAction(_("Remove the milestone"), lambda: self.remove(milestone))
        elif row.line is not None and row.line.undone:
            redo = menu.addAction(_("Redo to here"), lambda: self.desk.attempt(self.redo_to, row))
            redo.setEnabled(row.line.redoable)
        else:
            moment = row.line.words if row.line else ""
            undo = menu.addAction(_("Undo to here"), lambda: self.desk.attempt(self.undo_to, row))
            undo.setEnabled(not row.now)
            menu.addAction(_("What changed since"), lambda: self.show_since(moment, row.step))
        return menu

    # Milestones

    def ask_milestone(self) -> None:
        """Name the present moment."""

        def then(name: str) -> bool:
            return self.desk.attempt(milestones.add, self.desk.study, name)

        usual = _("Supervision {date}").format(date=day(datetime.now().date()))
        sentence = _("Set a milestone here")
        AskingBox(
            self.desk.tokens, sentence, _("Name"), _("Set"), then, self.desk.window, usual, needed=True
        ).open()

    def ask_name(self, milestone: MilestoneLine) -> None:
        """Give a milestone another name."""

        def then(name: str) -> bool:
            return self.desk.attempt(milestones.edit, self.desk.study, milestone.id, name)

        sentence = _("Rename the milestone")
        AskingBox(
            self.desk.tokens, sentence, _("Name"), _("Rename"), then, self.desk.window, milestone.name,
            needed=True,
        ).open()  # fmt: skip

    def remove(self, milestone: MilestoneLine) -> None:
        """Remove a milestone; undo brings it back."""
        self.desk.attempt(milestones.remove, self.desk.study, [milestone.id])

    def show_since(self, moment: str, step: int) -> None:
        """Work out beside the window what changed since a step, and show it."""
        project = self.desk.study

        def show(changed: Since) -> None:
            self._shown = moment, changed
            self.panel.show_since(moment, changed)

        self.desk.work(_("Comparing"), lambda _progress: since(project, step), show)

    # Export

    def ask_export(self) -> None:
        """Write the audit trail to a file."""
        chosen = ask_file(self.desk, _("Export the audit trail"), _("audit-trail") + ".docx", LISTS)
        if chosen is not None:
            project, path = self.desk.study, chosen[0]

            def write(_progress: Progress) -> None:
                from qualcoder_lite.export.reports.history import write_history

                write_history(project, path)

            write_beside(self.desk, _("Writing the audit trail"), path, write)

    def ask_export_since(self) -> None:
        """Write the report to a file."""
        if self._shown is None:
            return
        chosen = ask_file(self.desk, _("Export this report"), _("changes") + ".docx", LISTS)
        if chosen is not None:
            (moment, changed), project, path = self._shown, self.desk.study, chosen[0]

            def write(_progress: Progress) -> None:
                from qualcoder_lite.export.reports.history import write_since

                write_since(project, moment, changed, path)

            write_beside(self.desk, _("Writing the report"), path, write)


def connect(desk: Desk) -> None:
    """Make the panel ready to be shown."""
    desk.add(History(desk))


def set_milestone(desk: Desk) -> None:
    """Name the present moment."""
    desk.part(History).ask_milestone()


ROWS = (
    Action(
        "history", N_("History"), partial(toggle, History), EDIT, 4, ("Ctrl+Shift+H",), with_study,
        ticked=partial(is_open, History),
    ),
    Action("milestone", N_("Set a milestone…"), set_milestone, EDIT, 4, (), with_study),
)  # fmt: skip
