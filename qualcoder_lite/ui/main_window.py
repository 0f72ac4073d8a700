"""The window: one study, three workspaces, the row of menus above and the status line below."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from qualcoder_lite import i18n, settings
from qualcoder_lite.analysis import panels, steps
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _, say
from qualcoder_lite.progress import Cancelled
from qualcoder_lite.store.project import Changes, Project, open_study
from qualcoder_lite.ui import commands, opening, shapes, theme
from qualcoder_lite.ui.bridge import Bridge
from qualcoder_lite.ui.menu_row import MenuRow
from qualcoder_lite.ui.panel import News, paper
from qualcoder_lite.ui.reduction import Reduction
from qualcoder_lite.ui.said import clock
from qualcoder_lite.ui.status_line import StatusLine
from qualcoder_lite.ui.tasks import Tasks, Work
from qualcoder_lite.ui.welcome import Welcome

LATER = 120  # milliseconds after an action until lists and counts are read anew
LEAST, USUAL = (1024, 640), (1440, 900)


class MainWindow(QMainWindow):
    """One study in a window, or the page to begin with."""

    def __init__(self, tokens: theme.Theme, coder: str = "") -> None:
        """A window without a study."""
        super().__init__()
        self.tokens, self.wished_coder = tokens, coder
        self.project: Project | None = None
        self.bridge: Bridge | None = None
        self.coder = ""
        self.undo_words = self.redo_words = ""
        self.actions_by_id: dict[str, QAction] = {}
        self.tasks = Tasks(self)
        self.tasks.began.connect(self._show_work)
        self.tasks.progressed.connect(lambda done, total, words: self.status.show_work(words, done, total))
        self.tasks.ended.connect(self._end_work)
        self.later = QTimer(self, singleShot=True, interval=LATER)
        self.later.timeout.connect(self.refresh)
        self.setAcceptDrops(True)
        self.setMinimumSize(*LEAST)
        self.resize(*USUAL)
        self.build()

    @property
    def study(self) -> Project:
        """The study that is open; asking without one is a bug."""
        if self.project is None:
            raise RuntimeError("no study is open")
        return self.project

    # Building

    def build(self) -> None:
        """Make all parts, in the language now spoken and in the window's tokens."""
        self.setWindowTitle("QualCoder Lite")
        self.menu_row = MenuRow(self.tokens)
        self.status = StatusLine(self.tokens, "Ctrl Z", lambda: self.do("undo"))
        self.status.cancel.clicked.connect(self.tasks.cancel)
        self.news = News(self.tokens)
        self.actions_by_id = commands.make_actions(self)
        commands.fill_menus(self)
        self.menu_row.add_tools(*(self.actions_by_id[name] for name in ("undo", "redo", "palette")))
        self.reduction = Reduction(self.tokens, lambda status: self.attempt(self._set_status, status))
        self.welcome = Welcome(self.tokens, self._choices())
        self.welcome.show_recent(opening.recent_studies(), self.open_path)
        self.workspaces = QStackedWidget()
        for page in (self.welcome, self.reduction):
            self.workspaces.addWidget(page)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.workspaces, self.news, self.status):
            column.addWidget(part)
        column.setStretch(0, 1)
        paper(centre, "page")
        self.setCentralWidget(centre)
        self.setMenuWidget(self.menu_row)
        self._connect()
        self.show_begin()

    def _connect(self) -> None:
        document = self.reduction.document
        self.reduction.sources.tree.row_chosen.connect(lambda key: self.attempt(self._open_source, key))
        self.reduction.codebook.tree.row_chosen.connect(self._show_code)
        document.text.selection_changed.connect(lambda _start, _end: self._show_place())
        document.text.text_size_changed.connect(lambda _size: self._show_zoom())

    def _choices(self) -> list[tuple[str, str, str, Callable[[], object]]]:
        return [
            ("plus", _("New study"), _("A codebook by Siagian, another, or none"), lambda: self.do("new")),
            ("folder-open", _("Open a study"), _("A file that ends in .qcl"), lambda: self.do("open")),
            ("book-open", _("Sample study"), _("A fictional district office"), lambda: self.do("sample")),
        ]

    # Doing

    def do(self, name: str) -> None:
        """Carry out a command by its id."""
        self.actions_by_id[name].trigger()

    def attempt(self, run: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function; tell the errors of the world at the bottom of the window."""
        try:
            return run(*arguments)
        except UserError as error:
            self.tell(str(error))
            return None

    def tell(self, words: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Say something at the bottom of the window until the next change."""
        self.news.tell(words, action, run)

    def work(self, label: str, work: Work, done: Callable[[Any], object]) -> None:
        """Do long work beside the window, with progress and Cancel in the status line."""
        if not self.tasks.start(label, work, done, self._failed):
            self.tell(_("Something is still being done."))

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.tell(str(error))
        elif isinstance(error, Cancelled):
            self.tell(_("Stopped; nothing was changed."))
        else:
            raise error

    def _show_work(self, label: str) -> None:
        self.status.show_work(label, 0, 0)
        commands.enable(self)

    def _end_work(self) -> None:
        self.status.end_work()
        commands.enable(self)

    # Studies

    def open_path(self, path: Path) -> None:
        """Open a study: here where none is open, else in a window of its own."""
        if self.project is not None:
            from qualcoder_lite.ui.app import new_window

            new_window(self.tokens, self.wished_coder).open_path(path)
            return
        self.attempt(lambda: self.show_study(open_study(path, self.wished_coder)))

    def show_study(self, project: Project) -> None:
        """Show a study that was opened."""
        self.project = project
        self.bridge = Bridge(project, self)
        self.bridge.changed.connect(self._follow)
        opening.remember(project.path)
        self.news.clear()
        self.coder = panels.working_coder(project)
        self.show_begin()
        lines = panels.sources_listed(project, self.coder)
        if lines:
            self.reduction.sources.tree.choose(lines[0].id)
        self.reduction.document.text.setFocus()

    def close_study(self) -> None:
        """Leave the study as one file and show what to begin with."""
        if self.project is None:
            return
        self.later.stop()
        if self.bridge is not None:
            self.bridge.leave()
        self.project.close()
        self.project, self.bridge, self.coder = None, None, ""
        self.build()

    def show_begin(self) -> None:
        """Show the study that is open from its beginning, or the welcome page."""
        opened = self.project is not None
        self.menu_row.show_tabs(opened)
        self.workspaces.setCurrentIndex(1 if opened else 0)
        self.status.show_saved(self._saved_before() if opened else "")
        self.status.show_last(
            "" if opened else _("Your data stays on this computer. The program uses no network."), False
        )
        self._show_zoom()
        if opened:
            title = panels.study_title(self.study)
            self.setWindowTitle(f"{title} – QualCoder Lite")
            self._read_steps()
            self.refresh()
        else:
            self.status.place.setText("")
            self.status.coder.setText("")
        commands.enable(self)

    def _saved_before(self) -> str:
        when = datetime.datetime.fromtimestamp(self.study.path.stat().st_mtime)
        return _("Saved {time}").format(time=clock(when))

    # Following changes

    def _follow(self, changes: Changes) -> None:
        """Show a change: at once in the text, a little later in lists and counts."""
        self.news.clear()
        self.status.show_saved(_("Saved {time}").format(time=clock(datetime.datetime.now())))
        words = say(changes.message, changes.parameters)
        if changes.kind == "do":
            self.undo_words, self.redo_words = words, ""
            self.status.show_last(_("Last: {step}").format(step=words), undoable=True)
        else:
            self._read_steps()
            said = _("Undone: {step}") if changes.kind == "undo" else _("Redone: {step}")
            self.status.show_last(said.format(step=words), undoable=bool(self.undo_words))
        if changes.touch("code", "wording", "code_link"):
            self._read_codes()
        self.reduction.document.follow(changes)
        commands.enable(self)
        self.later.start()

    def _read_steps(self) -> None:
        self.undo_words, self.redo_words = steps.next_undo(self.study), steps.next_redo(self.study)

    def _read_codes(self) -> list[panels.CodeLine]:
        lines = panels.codes_listed(self.study, self.coder)
        self.reduction.document.show_codes({line.id: line for line in lines})
        return lines

    def refresh(self) -> None:
        """Read lists and counts anew."""
        if self.project is None:
            return
        self.reduction.codebook.show_codes(self._read_codes())
        self._show_sources()
        self.reduction.document.show_head()
        self.status.coder.setText(_("Coder: {name}").format(name=self.coder))
        self._show_code(self.reduction.codebook.tree.current_key())

    def _show_sources(self) -> None:
        from qualcoder_lite.ui.sources_panel import informant_nodes, source_nodes

        lines = panels.sources_listed(self.study, self.coder)
        people = panels.informants_listed(self.study)
        self.reduction.sources.show_rows(source_nodes(lines), len(lines))
        self.reduction.informants.show_rows(informant_nodes(people), len(people))
        done = sum(line.status == "done" for line in lines)
        self.reduction.progress.show_share(done, len(lines))

    # What is chosen

    def _open_source(self, key: Any) -> None:
        source = self.reduction.document.source
        if isinstance(key, bytes) and (source is None or source.id != key):
            self.reduction.document.open(self.study, key, self.coder)
            commands.enable(self)

    def _show_code(self, key: Any) -> None:
        lines = {line.id: line for line in self.reduction.codebook.lines}
        line = lines.get(key)
        fields = panels.wording_of(self.study, key) if line is not None and self.project else {}
        self.reduction.codebook.detail.show_code(line, fields)

    def _set_status(self, status: str) -> None:
        from qualcoder_lite.coding import sources

        if self.reduction.document.source is not None:
            sources.set_status(self.study, self.reduction.document.source.id, status)

    def _show_place(self) -> None:
        from qualcoder_lite.ui.place import place_words

        self.status.place.setText(place_words(self.reduction.document.text))

    def _show_zoom(self) -> None:
        size = self.reduction.document.text.text_size
        self.status.zoom.setText(f"{round(100 * size / theme.READING_SIZE)} %")

    def show_workspace(self, number: int) -> None:
        """Show one of the workspaces."""
        self.menu_row.tabs.setCurrentIndex(number)

    # How it looks

    def set_theme(self, name: str) -> None:
        """Take another theme, and keep it for the next time."""
        self.tokens = theme.theme(name, self.tokens.scale)
        chosen = settings.read()
        chosen.theme = name
        settings.write(chosen)
        self._build_again()

    def set_language(self, language: str) -> None:
        """Speak another language, and keep it for the next time."""
        i18n.use_language(language)
        chosen = settings.read()
        chosen.language = language
        settings.write(chosen)
        self._build_again()

    def _build_again(self) -> None:
        """Make all parts anew and show what was shown."""
        from PySide6.QtWidgets import QApplication

        document = self.reduction.document
        source, size = document.source, document.text.text_size
        caret, place = document.text.selection(), document.text.verticalScrollBar().value()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            shapes.dress(application, self.tokens)
        self.build()
        text = self.reduction.document.text
        text.set_text_size(size)
        if source is not None:
            self.reduction.sources.tree.choose(source.id)
            text.steady = True
            text.set_selection(*caret)
            text.steady = False
            text.placed()
            text.verticalScrollBar().setValue(place)

    # The window itself

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the study as one file."""
        self.tasks.wait()
        if self.project is not None:
            self.later.stop()
            if self.bridge is not None:
                self.bridge.leave()
            self.project.close()
            self.project = None
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        event.setAccepted(event.mimeData().hasUrls())

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a study that was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        for path in paths:
            if path.suffix.lower() == ".qcl":
                self.open_path(path)
                return
