"""The window: the row of menus, the page to begin with, a line of news, the status line.

It is light, so that it is up at once; `complete` then loads all that works on a study and lays out its desk.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from qualcoder_lite import i18n, settings
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.ui.desk.tasks import Tasks
from qualcoder_lite.ui.kit import shapes, theme
from qualcoder_lite.ui.kit.news import Links, News
from qualcoder_lite.ui.kit.panel import paper
from qualcoder_lite.ui.kit.times import clock
from qualcoder_lite.ui.window import remembered
from qualcoder_lite.ui.window.recent import recent_studies, sample_path
from qualcoder_lite.ui.window.status_line import StatusLine
from qualcoder_lite.ui.window.top_row import MenuRow
from qualcoder_lite.ui.window.welcome import Welcome

if TYPE_CHECKING:  # a window without a study loads neither database nor numpy
    from qualcoder_lite.ui.desk.desk import Desk

LANGUAGES = {"id": N_("Indonesian"), "en": N_("English")}
THEMES = {"light": N_("Light"), "dark": N_("Dark"), "contrast": N_("High contrast")}
LEAST, USUAL = (1024, 640), (1440, 900)
FRAME = (16, 48)  # pixels that the system draws around a window: edges, the line with its title


class MainWindow(QMainWindow):
    """One study in a window, or the page to begin with."""

    def __init__(
        self,
        tokens: theme.Theme,
        coder: str,
        lay_out: Callable[[MainWindow], Desk],
        open_beside: Callable[[Path], object],
    ) -> None:
        """A window without a study; `coder` works in the study that it will show, where one is named.

        `lay_out` makes the desk, or all its parts anew; `open_beside` opens a study in a window of its own.
        """
        super().__init__()
        self.tokens, self.wished_coder = tokens, coder
        self._lay_out, self._open_beside = lay_out, open_beside
        self.loaded: Desk | None = None
        self.tasks = Tasks(self)
        self.tasks.began.connect(self._show_work)
        self.tasks.progressed.connect(lambda done, total, words: self.status.show_work(words, done, total))
        self.tasks.ended.connect(self._end_work)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*USUAL)
        remembered.give_size(self)
        self._fit_into(self.screen().availableGeometry())
        self.build()

    def _fit_into(self, screen: QRect) -> None:
        """Be no larger than the screen, with the frame that the system draws around, and stand inside it."""
        room = screen.size() - QSize(*FRAME)
        self.setMinimumSize(QSize(*LEAST).boundedTo(room))
        size = self.size().boundedTo(room)
        self.resize(size)
        spare = (room - size) / 2
        self.move(screen.topLeft() + QPoint(spare.width(), spare.height()))

    def build(self) -> None:
        """Make the frame, in the language now spoken and in the window's tokens."""
        self.setWindowTitle("QualCoder Lite")
        self.menu_row = MenuRow(self.tokens)
        self.status = StatusLine(self.tokens, "Ctrl Z", lambda: self.do("undo"))
        self.status.cancel.clicked.connect(self.tasks.cancel)
        self.welcome = Welcome(self.tokens, self._choices())
        self.workspaces = QStackedWidget()
        self.workspaces.addWidget(self.welcome)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.workspaces, self.status):
            column.addWidget(part)
        column.setStretch(0, 1)
        self.news = News(self.tokens, self.workspaces)
        paper(centre, "page")
        self.setCentralWidget(centre)
        self.setMenuWidget(self.menu_row)
        self.show_welcome()

    def complete(self) -> Desk:
        """The desk on which studies are laid; everything that it needs is loaded the first time."""
        if self.loaded is None:
            self.loaded = self._lay_out(self)
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
        self.show_page(None)
        self.status.clear()
        self.status.coder.setText(_(LANGUAGES[i18n.language()]))
        self.status.zoom.setText(_("Theme: {name}").format(name=_(THEMES[self.tokens.name]).lower()))
        self.status.show_last(_("Your data stays on this computer. The program uses no network."), False)

    def show_page(self, page: QWidget | None) -> None:
        """Show a page, or the one to begin with."""
        self.workspaces.setCurrentWidget(page or self.welcome)

    def _choices(self) -> list[tuple[str, str, str, Callable[[], object]]]:
        words = (
            ("new", "plus", _("New study"), _("A codebook by Siagian, another, or none")),
            ("open", "folder-open", _("Open a study"), _("A file that ends in .qcl")),
            ("sample", "book-open", _("Sample study"), _("A fictional district office")),
        )
        return [(icon, title, told, partial(self.do, name)) for name, icon, title, told in words]

    def do(self, name: str) -> None:
        """Carry out a command by its id."""
        self.desk.do(name)

    # What the desk tells

    def tell(self, words: str, links: Links = ()) -> None:
        """Say something over the content for a while, or nothing any more; links do something about it."""
        if words:
            self.news.tell(words, links)
        else:
            self.news.clear()

    def show_place(self, words: str) -> None:
        """Say where the person is."""
        self.status.place.setText(words)

    def show_workspace(self, number: int) -> None:
        """Mark the tab of the workspace that is shown."""
        self.menu_row.tabs.setCurrentIndex(number)

    def show_study(self) -> None:
        """Say which study is open and when it was saved."""
        self.news.clear()
        self.show_title()
        self.menu_row.show_tabs(True)
        when = datetime.datetime.fromtimestamp(self.desk.study.path.stat().st_mtime)
        self.status.show_saved(_("Saved {time}").format(time=clock(when)))
        self.status.show_last("", undoable=False)
        self.show_zoom()

    def show_title(self) -> None:
        """Name the study in the title of the window."""
        self.setWindowTitle(f"{self.desk.title} – QualCoder Lite")

    def show_step(self, words: str) -> None:
        """Say what was done last; it is saved."""
        self.news.clear()
        self.status.show_saved(_("Saved {time}").format(time=clock(datetime.datetime.now())))
        self.status.show_last(words, undoable=bool(self.desk.undo_words))

    def show_zoom(self) -> None:
        """Say how large the text is."""
        percent = round(100 * self.desk.text.text_size / theme.READING_SIZE)
        self.status.zoom.setText(f"{percent} %")

    def show_coder(self) -> None:
        """Say who codes."""
        self.status.coder.setText(_("Coder: {name}").format(name=self.desk.coder))

    def _show_work(self, label: str) -> None:
        self.status.show_work(label, 0, 0)
        self.desk.enable()

    def _end_work(self) -> None:
        self.status.end_work()
        self.desk.enable()

    # Studies

    def open_path(self, path: Path, here: bool = False) -> None:
        """Open a study: here where none is open, or with `here`, else in a window of its own.

        The sample study makes way for any other.
        """
        from qualcoder_lite.ui.desk import opening

        project = self.desk.project
        if project is not None and path.exists() and path.samefile(project.path):
            self.tell(_("{file} is open in this window.").format(file=path.name))
        elif project is not None and not here and project.path != sample_path():
            self._open_beside(path)
        elif self.tasks.busy:
            self.desk.tell_busy()
        elif project is None or self.leave_study():
            opening.open_path(self.desk, path, self.wished_coder)

    def leave_study(self, otherwise: Callable[[], object] | None = None) -> bool:
        """Close the study and show what to begin with; returns False where something can't be kept yet.

        `otherwise` is what the offer to close without keeping it does.
        """
        if self.loaded is None:
            return True
        from qualcoder_lite.ui.desk import opening

        return opening.close_study(self.loaded, otherwise or self._leave_unkept)

    def _leave_unkept(self) -> None:
        """Close the study without what can't be kept; all parts are made anew, so that none holds it."""
        from qualcoder_lite.ui.desk import opening

        opening.close_unkept(self.desk)
        self.make_anew(self.tokens.name)

    # How it looks

    def set_theme(self, name: str) -> None:
        """Take another theme, and keep it for the next time."""
        if _all_kept():
            chosen = settings.read()
            chosen.theme = name
            settings.write(chosen)
            _make_all_anew(name)

    def set_language(self, language: str) -> None:
        """Speak another language, and keep it for the next time."""
        if _all_kept():
            i18n.use_language(language)
            chosen = settings.read()
            chosen.language = language
            settings.write(chosen)
            _make_all_anew(self.tokens.name)

    def make_anew(self, theme_name: str) -> None:
        """Make all parts anew and show what was shown."""
        self.tokens = theme.theme(theme_name, self.tokens.scale)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            shapes.dress(application, self.tokens)
        self.complete()
        self._lay_out(self)

    # The window itself

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the study as one file; where something that was typed can't be kept, stay."""
        self.tasks.wait()
        if not self.leave_study(self._close_unkept):
            event.ignore()
        else:
            super().closeEvent(event)

    def _close_unkept(self) -> None:
        """Close the window without what can't be kept."""
        self._leave_unkept()
        self.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        event.setAccepted(event.mimeData().hasUrls())

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a study that was dropped, or bring files in."""
        self.take_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def take_files(self, paths: Sequence[Path]) -> None:
        """Open the study among files, or bring them in as sources."""
        studies = [path for path in paths if path.suffix.lower() == ".qcl"]
        if studies:
            self.open_path(studies[0])
        elif self.desk.project is None:
            self.tell(_("Open a study first; then drop transcripts to bring them in."))
        elif paths:
            self.desk.attempt(self.desk.bring_in, paths)


# Language and theme are the program's: all its windows are made anew -----------------------------------


def open_windows() -> list[MainWindow]:
    """The windows that are open."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]


def _all_kept() -> bool:
    """Whether nothing that is written in any window would be lost; one that refuses comes forward."""
    for one in open_windows():
        if one.loaded is not None and not one.loaded.end():
            one.activateWindow()
            return False
    return True


def _make_all_anew(theme_name: str) -> None:
    for window in open_windows():
        window.make_anew(theme_name)
