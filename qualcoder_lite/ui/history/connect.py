"""What the person does in the panel of the history, joined to undo, redo, milestones and exports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from qualcoder_lite.analysis.panels.history import steps_listed, undone_by
from qualcoder_lite.analysis.panels.since import MilestoneLine, Since, milestones_listed, since
from qualcoder_lite.coding import milestones
from qualcoder_lite.i18n import N_, _, n_
from qualcoder_lite.progress import Progress
from qualcoder_lite.store import undo as undoing
from qualcoder_lite.store.project import Changes
from qualcoder_lite.ui.desk.action import EDIT, Action, with_study
from qualcoder_lite.ui.desk.wirings import keep
from qualcoder_lite.ui.history.panel import HistoryPanel, HistoryRow, history_rows
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.kit.panel import action_button, flat_button, link_button
from qualcoder_lite.ui.kit.times import day
from qualcoder_lite.ui.passages import connect as passages_connect
from qualcoder_lite.ui.passages.export import KINDS, ask_file, tell_written

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcoder_lite.ui.desk.desk import Desk

WIRINGS: WeakKeyDictionary[Desk, Wiring] = WeakKeyDictionary()


class Wiring:
    """The panel of one desk."""

    def __init__(self, desk: Desk) -> None:
        """A panel that is not shown yet."""
        self.desk, self.panel = desk, HistoryPanel(desk.tokens)
        self._shown: tuple[str, Since] | None = None
        panel, tokens = self.panel, desk.tokens
        for name, icon in (("undo", "undo-2"), ("redo", "redo-2")):
            panel.head.add(action_button(tokens, icon, desk.actions_by_id[name]))
        panel.head.add(link_button(tokens, _("Milestone…"), self.ask_milestone))
        panel.head.add(flat_button(tokens, "upload", _("Export the audit trail…"), self.ask_export))
        panel.head.add(flat_button(tokens, "x", _("Close the panel"), self.close))
        panel.report_head.add(link_button(tokens, _("Back to the steps"), self.back))
        panel.report_head.add(flat_button(tokens, "upload", _("Export this report…"), self.ask_export_since))
        panel.report_head.add(flat_button(tokens, "x", _("Close the panel"), self.close))
        panel.entered.connect(lambda row: desk.attempt(self.enter, row))
        panel.came_into_view.connect(lambda: desk.attempt(self.refresh))
        panel.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        panel.view.customContextMenuRequested.connect(self.open_menu)

    def refresh(self) -> None:
        """Read the steps anew."""
        if self.desk.project is not None and self.panel.isVisible():
            project = self.desk.study
            self.panel.show_steps(history_rows(steps_listed(project), milestones_listed(project)))

    # Showing

    def open(self) -> None:
        """Show the steps."""
        self.panel.pages.setCurrentIndex(0)
        self.desk.show_workspace(0)
        self.desk.show_below(self.panel)
        self.desk.attempt(self.refresh)
        self.panel.view.setFocus()

    def close(self) -> None:
        """Give the place back to the passages, where they were shown."""
        passages_connect.come_back(self.desk)

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
            self.desk.window.tell(_("This step can't be redone any more: other steps were made since."))
            return
        lines = steps_listed(self.desk.study)
        self._redo(sum(line.redoable and line.step <= row.step for line in lines))

    def _undo(self, number: int) -> None:
        """Undo steps beside the window; Cancel leaves all as they were. The news offers the way back."""

        def told(done: int) -> None:
            text = n_("{n} step undone.", "{n} steps undone.", done).format(n=done)
            self.desk.window.tell(text, _("Redo"), lambda: self._redo(done))

        self._swap(_("Undoing"), undoing.undo_several, number, told)

    def _redo(self, number: int) -> None:
        """The same, the other way."""

        def told(done: int) -> None:
            text = n_("{n} step redone.", "{n} steps redone.", done).format(n=done)
            self.desk.window.tell(text, _("Undo"), lambda: self._undo(done))

        self._swap(_("Redoing"), undoing.redo_several, number, told)

    def _swap(
        self, label: str, swap: Callable[..., list[Changes]], number: int, told: Callable[[int], None]
    ) -> None:
        project = self.desk.study

        def work(progress: Progress) -> int:
            return len(swap(project, number, progress=progress))

        self.desk.window.work(label, work, told)

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

        def then(name: str) -> None:
            self.desk.attempt(milestones.add, self.desk.study, name)

        usual = _("Supervision {date}").format(date=day(datetime.now().date()))
        sentence = _("Set a milestone here")
        AskingBox(
            self.desk.tokens, sentence, _("Name"), _("Set"), then, self.desk.window, usual, needed=True
        ).open()

    def ask_name(self, milestone: MilestoneLine) -> None:
        """Give a milestone another name."""

        def then(name: str) -> None:
            self.desk.attempt(milestones.edit, self.desk.study, milestone.id, name)

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

        self.desk.window.work(_("Comparing"), lambda _progress: since(project, step), show)

    # Export

    def ask_export(self) -> None:
        """Write the audit trail to a file."""
        path = ask_file(self.desk, _("Export the audit trail"), _("audit-trail") + ".docx", KINDS)
        if path is not None:
            project = self.desk.study

            def work(_progress: Progress) -> Path:
                from qualcoder_lite.export.reports.history import write_history

                write_history(project, path)
                return path

            self.desk.window.work(
                _("Writing the audit trail"), work, lambda written: tell_written(self.desk, written)
            )

    def ask_export_since(self) -> None:
        """Write the report to a file."""
        if self._shown is None:
            return
        path = ask_file(self.desk, _("Export this report"), _("changes") + ".docx", KINDS)
        if path is not None:
            project, (moment, changed) = self.desk.study, self._shown

            def work(_progress: Progress) -> Path:
                from qualcoder_lite.export.reports.history import write_since

                write_since(project, moment, changed, path)
                return path

            self.desk.window.work(
                _("Writing the report"), work, lambda written: tell_written(self.desk, written)
            )


def connect(desk: Desk) -> None:
    """Make the panel ready to be shown."""
    wiring = keep(WIRINGS, desk, Wiring(desk))
    desk.reduction.below.addWidget(wiring.panel)
    desk.refreshers.append(wiring.refresh)


def is_open(desk: Desk) -> bool:
    """The panel is to be seen."""
    return WIRINGS[desk].panel.isVisible()


def toggle(desk: Desk) -> None:
    """Show the history, or hide it."""
    (WIRINGS[desk].close if is_open(desk) else WIRINGS[desk].open)()


def set_milestone(desk: Desk) -> None:
    """Name the present moment."""
    WIRINGS[desk].ask_milestone()


ROWS = (
    Action("history", N_("History"), toggle, EDIT, 4, ("Ctrl+Shift+H",), with_study, ticked=is_open),
    Action("milestone", N_("Set a milestone…"), set_milestone, EDIT, 4, (), with_study),
)
