"""The desk: an open study with its workspaces, and how they follow what changes in it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qualcoder_lite import settings
from qualcoder_lite.analysis.panels import lists, next_steps
from qualcoder_lite.i18n import _, say
from qualcoder_lite.store.project import RESEARCHER, Changes, Project, open_study
from qualcoder_lite.ui.codebook import connect as codebook_connect
from qualcoder_lite.ui.coding import connect as coding_connect
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.conclusions import connect as conclusions_connect
from qualcoder_lite.ui.desk.bridge import Bridge
from qualcoder_lite.ui.display import connect as display_connect
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.times import clock
from qualcoder_lite.ui.sources import actions as source_actions
from qualcoder_lite.ui.sources import connect as sources_connect
from qualcoder_lite.ui.sources import importing
from qualcoder_lite.ui.sources.import_page import ImportPage
from qualcoder_lite.ui.sources.panel import informant_nodes, source_nodes
from qualcoder_lite.ui.text.place import place_words
from qualcoder_lite.ui.window import coder_menu, commands, parts, remembered
from qualcoder_lite.ui.window.recent import remember

if TYPE_CHECKING:
    from qualcoder_lite.ui.window.main_window import MainWindow

REDUCTION, DISPLAY, CONCLUSIONS = range(3)  # the tabs of the workspaces
PANELS: tuple[Callable[[Desk], object], ...] = (
    coding_connect.connect,
    codebook_connect.connect,
    sources_connect.connect,
    *parts.PANELS,
    coder_menu.connect,
    display_connect.connect,
    conclusions_connect.connect,
)
LARGE = 24 << 20  # bytes: a study so large is opened beside the window
LATER = 120  # milliseconds after an action until lists and counts are read anew
IDLE = 4_000  # milliseconds without a step until all is brought into the file itself


def coder_of(project: Project) -> str:
    """Who works in a study: who was named, else this computer's usual coder where known, else its first."""
    known, usual = lists.coders_listed(project), settings.read().coder
    if project.coder:
        return project.coder
    return usual if usual and (usual in known or not known) else next(iter(known), RESEARCHER)


class Desk(QObject):
    """What lies open of a study in one window."""

    def __init__(self, window: MainWindow) -> None:
        """An empty desk."""
        super().__init__(window)
        self.window = window
        self.project: Project | None = None
        self.bridge: Bridge | None = None
        self.coder = ""
        self.undo_words = self.redo_words = ""
        self.actions_by_id: dict[str, QAction] = {}
        self.parts: dict[str, QWidget] = {}  # where keys of commands hold: text, codes, passages …
        self.followers: list[Callable[[Changes], object]] = []  # called at once after each change
        self.refreshers: list[Callable[[], object]] = []  # called a little later, to read lists anew
        self.endings: list[Callable[[], object]] = []  # called before a study is left or all is built anew
        # the passages that are chosen while their list has the focus: keys then act on them
        self.chosen_passages: Callable[[], list[bytes]] = list
        self.workspaces: dict[int, QWidget] = {}  # by the number of their tab
        self.all_coders = False
        self.sources: list[lists.SourceLine] = []
        self.people: list[lists.InformantLine] = []
        self.recent: list[bytes] = []  # codes, used last first
        self.later = QTimer(self, singleShot=True, interval=LATER)
        self.later.timeout.connect(self.refresh)
        self.idle = QTimer(self, singleShot=True, interval=IDLE)
        self.idle.timeout.connect(lambda: self.attempt(self.settle))
        self.build()

    @property
    def study(self) -> Project:
        """The study that is open; asking without one is a bug."""
        if self.project is None:
            raise RuntimeError("no study is open")
        return self.project

    @property
    def tokens(self) -> theme.Theme:
        """The window's tokens."""
        return self.window.tokens

    @property
    def busy(self) -> bool:
        """Something long is being done."""
        return self.window.tasks.busy

    # Building

    def build(self) -> None:
        """Make commands, menus and workspaces, in the language now spoken and in the window's tokens."""
        for end in self.endings:
            end()
        self.followers, self.refreshers, self.endings, self.chosen_passages = [], [], [], list
        self.actions_by_id = commands.make_actions(self)
        commands.fill_menus(self)
        names = ("undo", "redo", "palette")
        self.window.menu_row.add_tools(*(self.actions_by_id[name] for name in names))
        self.window.menu_row.tabs.currentChanged.connect(self.show_workspace)
        self.import_page: ImportPage | None = None
        self.reduction = Reduction(
            self.tokens, lambda status: self.attempt(source_actions.set_status, self, status)
        )
        self.document = self.reduction.document
        self.codebook = self.reduction.codebook
        self.text = self.document.text
        self.workspaces = {}
        self.add_workspace(REDUCTION, self.reduction)
        self.reduction.reset_sizes()
        self.parts = {"text": self.text, "codes": self.codebook.tree}
        for connect in PANELS:
            connect(self)
        commands.place_keys(self)
        self.text.text_size_changed.connect(lambda _size: self._show_zoom())
        remembered.restore(self)
        self.show()

    def add_workspace(self, number: int, page: QWidget) -> None:
        """Give a tab its page."""
        self.workspaces[number] = page
        self.window.workspaces.addWidget(page)

    def show_workspace(self, number: int) -> None:
        """Show the page of a tab."""
        page = self.workspaces.get(number)
        if page is None:  # the tab goes back to the page that is shown
            shown = self.window.workspaces.currentWidget()
            back = next((one for one, there in self.workspaces.items() if there is shown), REDUCTION)
            self.window.menu_row.tabs.setCurrentIndex(back)
        elif self.project is not None:
            self.window.menu_row.tabs.setCurrentIndex(number)
            self.window.workspaces.setCurrentWidget(page)
            self.refresh()

    def show_below(self, panel: QWidget) -> None:
        """Show one of the panels under the text."""
        below = self.reduction.below
        if below.indexOf(panel) < 0:
            below.addWidget(panel)
        below.setCurrentWidget(panel)
        below.show()

    def hide_below(self) -> None:
        """Show no panel under the text."""
        self.reduction.below.hide()
        self.text.setFocus()

    def attempt(self, run: Any, *arguments: Any) -> Any:
        """Call a function; tell the errors of the world at the bottom of the window."""
        return self.window.attempt(run, *arguments)

    def enable(self) -> None:
        """Enable, tick and name the commands as things now stand."""
        commands.enable(self)

    # Studies

    def open_path(self, path: Path) -> None:
        """Open a study on the empty desk."""
        coder = self.window.wished_coder
        if path.is_file() and path.stat().st_size > LARGE:
            label = _("Opening {file}").format(file=path.name)
            self.window.work(label, lambda _progress: open_study(path, coder), self.show_study)
        else:
            self.show_study(open_study(path, coder))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Open the study among files, or bring them in as sources."""
        for path in paths:
            if path.suffix.lower() == ".qcl":
                self.window.open_path(path)
                return
        if self.project is None:
            self.window.tell(_("Open a study first; then drop transcripts to bring them in."))
        elif paths:
            importing.bring_in(self, paths)

    def show_study(self, project: Project) -> None:
        """Show a study that was opened, from its first source on."""
        self.project = project
        self.bridge = Bridge(project, self)
        self.bridge.changed.connect(self._follow)
        remember(project.path)
        self.coder = project.coder = coder_of(project)
        self.window.news.clear()
        self.show()
        lines = lists.sources_listed(project, self.shown_coder)
        if lines:
            self.reduction.sources.tree.choose(lines[0].id)
        self.text.setFocus()

    def leave(self) -> None:
        """Leave the study as one file."""
        for end in self.endings:
            end()
        self.later.stop()
        self.idle.stop()
        remembered.keep(self)
        if self.bridge is not None:
            self.bridge.leave()
        if self.project is not None:
            self.project.close()
        self.project, self.bridge, self.coder = None, None, ""
        self.undo_words = self.redo_words = ""

    def show(self) -> None:
        """Show the study, or the page to begin with where none is open."""
        if self.project is None:
            self.document.show_nothing()
            self.window.show_welcome()
        else:
            self.window.setWindowTitle(f"{lists.study_title(self.study)} – QualCoder Lite")
            self.window.menu_row.show_tabs(True)
            self.show_workspace(self.window.menu_row.tabs.currentIndex())
            when = datetime.datetime.fromtimestamp(self.study.path.stat().st_mtime)
            self.window.status.show_saved(_("Saved {time}").format(time=clock(when)))
            self.window.status.show_last("", undoable=False)
            self._read_steps()
            self._show_zoom()
            self.refresh()
        self.enable()

    # Following changes

    def _follow(self, changes: Changes) -> None:
        """Show a change: at once in the text, a little later in lists and counts."""
        self.window.news.clear()
        status = self.window.status
        status.show_saved(_("Saved {time}").format(time=clock(datetime.datetime.now())))
        words = say(changes.message, changes.parameters)
        if changes.kind == "do":
            self.undo_words, self.redo_words = words, ""
            status.show_last(_("Last: {step}").format(step=words), undoable=True)
        else:
            self._read_steps()
            said = _("Undone: {step}") if changes.kind == "undo" else _("Redone: {step}")
            status.show_last(said.format(step=words), undoable=bool(self.undo_words))
        if changes.touch("code", "wording", "code_link"):
            self._read_codes()
        self.document.follow(changes)
        for follow in self.followers:
            follow(changes)
        commands.name_steps(self)
        self.later.start()
        self.idle.start()

    def settle(self) -> None:
        """Bring all steps into the file itself while nothing else is to do."""
        if self.busy:
            self.idle.start()
        elif self.project is not None:
            self.project.settle()

    def _read_steps(self) -> None:
        self.undo_words, self.redo_words = next_steps.next_undo(self.study), next_steps.next_redo(self.study)

    def _read_codes(self) -> list[lists.CodeLine]:
        lines = lists.codes_listed(self.study, self.shown_coder)
        self.document.show_codes({line.id: line for line in lines})
        return lines

    def refresh(self) -> None:
        """Read lists and counts anew."""
        self.later.stop()
        if self.project is None:
            return
        self.codebook.show_codes(self._read_codes())
        self._show_sources()
        self.document.show_head()
        self.window.status.coder.setText(_("Coder: {name}").format(name=self.coder))
        self.show_code(self.codebook.tree.current_key())
        for refresh in self.refreshers:
            refresh()
        self.enable()

    def _show_sources(self) -> None:
        lines = self.sources = lists.sources_listed(self.study, self.shown_coder)
        self.people = lists.informants_listed(self.study)
        self.reduction.sources.show_rows(source_nodes(lines), len(lines))
        self.reduction.informants.show_rows(informant_nodes(self.people), len(self.people))
        done = sum(line.status == "done" for line in lines)
        self.reduction.progress.show_share(done, len(lines))

    # What is chosen

    def open_source(self, key: Any) -> None:
        """Show a source, where the key is one."""
        source = self.document.source
        if isinstance(key, bytes) and (source is None or source.id != key):
            self.document.open(self.study, key, self.shown_coder)
            self.enable()

    def show_code(self, key: Any) -> None:
        """Show what a code means."""
        line = next((line for line in self.codebook.lines if line.id == key), None)
        fields = lists.wording_of(self.study, line.id) if line is not None and self.project else {}
        self.codebook.detail.show_code(line, fields)

    @property
    def shown_coder(self) -> str | None:
        """Whose codings the text shows; None for those of all coders."""
        return None if self.all_coders else self.coder

    def set_coder(self, name: str) -> None:
        """Let somebody else code from now on."""
        self.coder = self.study.coder = name.strip()
        self._show_codings()

    def set_all_coders(self, every: bool) -> None:
        """Show the codings of all coders in the text, or those of the one who codes."""
        self.all_coders = every
        self._show_codings()

    def _show_codings(self) -> None:
        self.document.coder = self.shown_coder
        self.document.show_all_codings()
        self.refresh()

    def hide_codes(self, hidden: set[bytes]) -> None:
        """Let the text show all codes but these."""
        self.document.hidden = self.codebook.tree.hidden = hidden
        self.document.show_all_codings()
        self.document.show_head()
        self.codebook.tree.viewport().update()
        self.enable()

    def show_caret(self) -> None:
        """Say where the caret stands."""
        self.window.status.place.setText(place_words(self.text))

    def _show_zoom(self) -> None:
        percent = round(100 * self.text.text_size / theme.READING_SIZE)
        self.window.status.zoom.setText(f"{percent} %")
