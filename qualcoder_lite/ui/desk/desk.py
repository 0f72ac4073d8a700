"""The desk: an open study in one window, and what all parts of the window share of it.

It is given its workspaces and panels and imports none. A part is found by its type (`part`), a place is gone
to by what it is (`go`), and what the frame of the window shows leaves as signals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from qualcoder_lite import settings
from qualcoder_lite.analysis.panels import lists, next_steps
from qualcoder_lite.analysis.panels.reading import SourceRead
from qualcoder_lite.i18n import _, say
from qualcoder_lite.store.project import RESEARCHER, Changes, Project
from qualcoder_lite.ui.desk.doing import Doing, unkept_words
from qualcoder_lite.ui.desk.place import Passage, Place, Source, Workspace
from qualcoder_lite.ui.desk.tasks import Tasks
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.overlay import Overlay
from qualcoder_lite.ui.text.view import TextView

P = TypeVar("P")
LATER = 120  # milliseconds after an action until lists and counts are read anew
IDLE = 4_000  # milliseconds without a step until all is brought into the file itself
CODE_TABLES = ("code", "wording", "code_link")


def coder_of(project: Project) -> str:
    """Who works in a study: who was named, else this computer's usual coder where known, else its first."""
    known, usual = lists.coders_listed(project), settings.read().coder
    if project.coder:
        return project.coder
    return usual if usual and (usual in known or not known) else next(iter(known), RESEARCHER)


class Desk(Doing):
    """What lies open of a study in one window."""

    placed = Signal(str)  # where the person is, for the status line
    workspace_shown = Signal(int)
    loaded = Signal()  # another study is open, or the same in another language
    opened = Signal()  # another study is open and shown
    refused = Signal(object, object)  # a study that can't be opened: its path, the UserError
    left = Signal()  # the study was closed
    emptied = Signal()  # no study is open: the page to begin with is wanted
    stepped = Signal(str)  # a step was done, undone or redone; what to say of it
    availability_changed = Signal()  # other commands may be possible now
    _changed = Signal(object)  # Changes, made in whatever thread; followed in the window's own
    source: SourceRead | None  # the one that is open
    text: TextView  # given by the workspace in which one codes

    def __init__(self, window: QWidget, tasks: Tasks, stack: QStackedWidget, tokens: theme.Theme) -> None:
        """An empty desk; `stack` holds the pages of the workspaces."""
        super().__init__(window, tasks)
        self.coder = ""
        self.all_coders = False
        self.hidden: set[bytes] = set()  # codes whose codings the text does not show
        self.codes: list[lists.CodeLine] = []
        self.sources: list[lists.SourceLine] = []
        self.people: list[lists.InformantLine] = []
        self.recent: list[bytes] = []  # codes, used last first
        self.undo_words = self.redo_words = ""
        self.workspace = Workspace.REDUCTION
        self._parts: dict[type, object] = {}
        self._changed.connect(self._follow)
        self._left: Workspace | None = None  # from where one followed a passage or a cell
        self._widened = False  # all coders are shown only until one goes back
        self.later = QTimer(self, singleShot=True, interval=LATER)
        self.later.timeout.connect(self.refresh)
        self.idle = QTimer(self, singleShot=True, interval=IDLE)
        self.idle.timeout.connect(lambda: self.attempt(self.settle))
        self.begin(tokens, stack)

    @property
    def study(self) -> Project:
        """The study that is open; asking without one is a bug."""
        if self.project is None:
            raise RuntimeError("no study is open")
        return self.project

    @property
    def shown_coder(self) -> str | None:
        """Whose codings the text shows; None for those of all coders."""
        return None if self.all_coders else self.coder

    # Parts

    def begin(self, tokens: theme.Theme, stack: QStackedWidget) -> None:
        """Forget what parts registered, since all are made anew; the parts themselves stay until replaced."""
        self.tokens, self.stack, self.source = tokens, stack, None
        self.workspaces: dict[Workspace, QWidget] = {}
        self.ways: dict[type, Callable[[Any], object]] = {}  # how to show a kind of place
        self.scopes: dict[str, QWidget] = {}  # where keys of commands hold: text, codes, passages
        self.followers: list[Callable[[Changes], object]] = []  # called at once after each change
        self.refreshers: list[Callable[[], object]] = []  # called a little later, to read lists anew
        self.endings: list[Callable[[], bool]] = []  # keep what is being written, and tell whether it is kept
        self.leavings: list[Callable[[], bool]] = []  # asked before the study is left: whether it may be
        self.bring_in: Callable[[Sequence[Path]], object] = lambda _paths: None  # files as sources
        # the passages that are chosen while their list has the focus: keys then act on them
        self.chosen_passages: Callable[[], list[bytes]] = list

    def add(self, part: P) -> P:
        """Let a part be found by its type, in the place of an earlier one."""
        self._parts[type(part)] = part
        return part

    def part(self, kind: type[P]) -> P:
        """The part of a type; asking for one that was not added is a bug."""
        found = self.find(kind)
        if found is None:
            raise LookupError(f"no {kind.__name__} was added to this desk")
        return found

    def find(self, kind: type[P]) -> P | None:
        """The part of a type, where there is one."""
        found = self._parts.get(kind)
        return found if isinstance(found, kind) else None

    def remove(self, kind: type) -> None:
        """Let a part be found no longer."""
        self._parts.pop(kind, None)

    def enable(self) -> None:
        """Let commands be enabled, ticked and named as things now stand."""
        self.availability_changed.emit()

    def say_place(self, words: str) -> None:
        """Say in the status line where the person is."""
        self.placed.emit(words)

    # Going

    def go(self, place: Place) -> None:
        """Show a place where it is shown."""
        self.ways[type(place)](place)

    def show_workspace(self, number: int) -> None:
        """Show one of the workspaces of the open study."""
        page = self.workspaces.get(Workspace(number))
        if page is not None and self.project is not None:
            self.workspace = Workspace(number)
            self.stack.setCurrentWidget(page)
            self.workspace_shown.emit(number)
            self.refresh()

    def shows(self, workspace: Workspace) -> bool:
        """Whether a workspace is in sight."""
        return self.stack.currentWidget() is self.workspaces.get(workspace)

    def leave_for(self, place: Place) -> None:
        """Go to a place elsewhere; `go_back` then leads to where one was."""
        left = self.workspace
        if isinstance(place, Passage) and place.all_coders and not self.all_coders:
            self._widened = True
            self.set_all_coders(every=True)
        self.go(place)
        if self.workspace != left:
            self._left = left
        self.enable()

    @property
    def can_go_back(self) -> bool:
        """Whether one came here from a cell or a claim."""
        return self.project is not None and self._left is not None

    def go_back(self) -> None:
        """Go back to the cell or claim from which one followed a passage."""
        left, self._left = self._left, None
        if self._widened:
            self._widened = False
            self.set_all_coders(every=False)
        if left is not None:
            self.show_workspace(left)
            self.workspaces[left].setFocus()
        self.enable()

    # Studies

    @property
    def title(self) -> str:
        """What the study is called."""
        return lists.study_title(self.study)

    def show_study(self, project: Project) -> None:
        """Show a study that was opened, from its first source on. One that comes too late is closed."""
        if self.project is not None:
            project.close()
            return
        self.project = project
        project.listeners.append(self._changed.emit)
        self.coder = project.coder = coder_of(project)
        self.show()
        if self.sources:
            self.attempt(self.go, Source(self.sources[0].id))
        self.text.setFocus()
        self.opened.emit()

    def end(self, link: str = "", otherwise: Callable[[], object] | None = None) -> bool:
        """Keep all that is being written; returns whether nothing is left to be kept.

        Else it is told why, with a link by which one goes on without keeping, where there is one.
        """
        self.why_refused, self._offer = "", ("", "", None)
        kept = [end() for end in (*self.endings, *(box.let_go for box in self.boxes()))]  # each has its try
        if all(kept):
            return True
        self._offer = (self.why_refused, link, otherwise)
        open_box = _("What is typed in an open box is not kept yet. Keep it or cancel it first.")
        self.tell(f"{self.why_refused} {unkept_words()}" if self.why_refused else open_box, link, otherwise)
        return False

    def boxes(self) -> list[Overlay]:
        """The boxes that are open over the window."""
        return [box for box in self.window.findChildren(Overlay) if not box.isHidden()]

    def let_go(self) -> None:
        """Close the study first, then forget it.

        Raises UserError where the file is no longer the study that was opened, or the disk refuses: the desk
        is empty then as well, and what can be saved of the work is beside the file.
        """
        self.later.stop()
        self.idle.stop()
        project = self.project
        self.project, self.coder, self.hidden = None, "", set()
        self.undo_words = self.redo_words = ""
        self._left = None
        try:
            if project is not None:
                project.listeners.clear()
                project.close()
        finally:
            self.left.emit()

    def show(self) -> None:
        """Show the study, or that none is open."""
        if self.project is None:
            self.emptied.emit()
        else:
            self._read_steps()
            self.loaded.emit()
            self.show_workspace(self.workspace)
        self.enable()

    def settle(self) -> None:
        """Bring all steps into the file itself while nothing else is to do."""
        if self.busy:
            self.idle.start()
        elif self.project is not None:
            self.project.settle()

    # Following changes

    def _follow(self, changes: Changes) -> None:
        """Show a change: at once in the text, a little later in lists and counts."""
        if self.project is None:  # it was left before its last change arrived
            return
        self._offer = ("", "", None)
        words = say(changes.message, changes.parameters)
        if changes.kind == "do":
            self.undo_words, self.redo_words = words, ""
            said = _("Last: {step}")
        else:
            self._read_steps()
            said = _("Undone: {step}") if changes.kind == "undo" else _("Redone: {step}")
        self.stepped.emit(said.format(step=words))
        if changes.touch(*CODE_TABLES):
            self._read_codes()
        for follow in self.followers:
            follow(changes)
        self.later.start()
        self.idle.start()

    def _read_steps(self) -> None:
        self.undo_words, self.redo_words = next_steps.next_undo(self.study), next_steps.next_redo(self.study)

    def _read_codes(self) -> None:
        self.codes = lists.codes_listed(self.study, self.shown_coder)

    def refresh(self) -> None:
        """Read lists and counts anew."""
        self.later.stop()
        if self.project is None:
            return
        self._read_codes()
        self.sources = lists.sources_listed(self.study, self.shown_coder)
        self.people = lists.informants_listed(self.study)
        for refresh in self.refreshers:
            refresh()
        self.enable()

    # Coders and codes

    def set_coder(self, name: str) -> None:
        """Let somebody else code from now on."""
        self.coder = self.study.coder = name.strip()
        self.refresh()

    def set_all_coders(self, every: bool) -> None:
        """Show the codings of all coders in the text, or those of the one who codes."""
        self.all_coders = every
        self.refresh()

    def hide_codes(self, hidden: set[bytes]) -> None:
        """Let the text show all codes but these."""
        self.hidden = hidden
        self.refresh()
