"""The window: the row of menus, the page to begin with, a line of news, the status line.

It is light, so that it is up at once; `complete` then loads all that works on a study and lays out its desk.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from qualcoder_lite import i18n, settings
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Cancelled
from qualcoder_lite.ui.desk.tasks import Tasks, Work
from qualcoder_lite.ui.kit import shapes, theme
from qualcoder_lite.ui.kit.panel import News, paper
from qualcoder_lite.ui.window import remembered
from qualcoder_lite.ui.window.menu_row import MenuRow
from qualcoder_lite.ui.window.recent import recent_studies
from qualcoder_lite.ui.window.status_line import StatusLine
from qualcoder_lite.ui.window.welcome import Welcome

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk

LANGUAGES = {"id": N_("Indonesian"), "en": N_("English")}
THEMES = {"light": N_("Light"), "dark": N_("Dark"), "contrast": N_("High contrast")}
LEAST, USUAL = (1024, 640), (1440, 900)


class MainWindow(QMainWindow):
    """One study in a window, or the page to begin with."""

    def __init__(self, tokens: theme.Theme, coder: str = "") -> None:
        """A window without a study; `coder` works in the study that it will show, where one is named."""
        super().__init__()
        self.tokens, self.wished_coder = tokens, coder
        self.loaded: Desk | None = None
        self.tasks = Tasks(self)
        self.tasks.began.connect(self._show_work)
        self.tasks.progressed.connect(lambda done, total, words: self.status.show_work(words, done, total))
        self.tasks.ended.connect(self._end_work)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(*LEAST)
        self.resize(*USUAL)
        remembered.size_of(self)
        self.resize(self.size().boundedTo(self.screen().availableSize()))
        self.build()

    def build(self) -> None:
        """Make the frame, in the language now spoken and in the window's tokens."""
        self.setWindowTitle("QualCoder Lite")
        self.menu_row, self.news = MenuRow(self.tokens), News(self.tokens)
        self.status = StatusLine(self.tokens, "Ctrl Z", lambda: self.do("undo"))
        self.status.cancel.clicked.connect(self.tasks.cancel)
        self.welcome = Welcome(self.tokens, self._choices())
        self.workspaces = QStackedWidget()
        self.workspaces.addWidget(self.welcome)
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
        self.show_welcome()

    def complete(self) -> Desk:
        """The desk on which studies are laid; everything that it needs is loaded the first time."""
        if self.loaded is None:
            from qualcoder_lite.ui.desk.desk import Desk

            self.loaded = Desk(self)
        return self.loaded

    @property
    def desk(self) -> Desk:
        """The desk."""
        return self.complete()

    def show_welcome(self) -> None:
        """Show what to begin with."""
        self.setWindowTitle("QualCoder Lite")
        self.welcome.show_recent(recent_studies(), self.open_path)
        self.menu_row.show_tabs(False)
        self.workspaces.setCurrentWidget(self.welcome)
        self.status.clear()
        self.status.coder.setText(_(LANGUAGES[i18n.language()]))
        self.status.zoom.setText(_("Theme: {name}").format(name=_(THEMES[self.tokens.name]).lower()))
        self.status.show_last(_("Your data stays on this computer. The program uses no network."), False)

    def _choices(self) -> list[tuple[str, str, str, Callable[[], object]]]:
        return [
            ("plus", _("New study"), _("A codebook by Siagian, another, or none"), lambda: self.do("new")),
            ("folder-open", _("Open a study"), _("A file that ends in .qcl"), lambda: self.do("open")),
            ("book-open", _("Sample study"), _("A fictional district office"), lambda: self.do("sample")),
        ]

    # Doing

    def action(self, name: str) -> QAction:
        """A command by its id."""
        return self.desk.actions_by_id[name]

    def do(self, name: str) -> None:
        """Carry out a command by its id."""
        self.action(name).trigger()

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
        self.desk.enable()

    def _end_work(self) -> None:
        self.status.end_work()
        self.desk.enable()

    # Studies

    def open_path(self, path: Path) -> None:
        """Open a study: here where none is open, else in a window of its own."""
        if self.desk.project is not None:
            from qualcoder_lite.ui.window.app import new_window

            new_window(self.tokens, self.wished_coder).open_path(path)
            return
        self.attempt(self.desk.open_path, path)

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
        from qualcoder_lite.ui.window import rebuilding

        place = rebuilding.place_of(self.desk)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            shapes.dress(application, self.tokens)
        self.build()
        self.desk.build()
        rebuilding.show(self.desk, place)

    # The window itself

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the study as one file."""
        self.tasks.wait()
        if self.loaded is not None:
            self.loaded.leave()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        event.setAccepted(event.mimeData().hasUrls())

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a study that was dropped, or bring files in."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.attempt(self.desk.take_files, paths)
