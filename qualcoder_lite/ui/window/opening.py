"""Opening, making and closing studies."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from qualcoder_lite import settings
from qualcoder_lite.i18n import _
from qualcoder_lite.progress import Progress
from qualcoder_lite.store.copies.conflicts import conflict_copies
from qualcoder_lite.store.project import Project
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.folders import open_file
from qualcoder_lite.ui.window.main_window import MainWindow
from qualcoder_lite.ui.window.new_study import NewStudy, Wish
from qualcoder_lite.ui.window.recent import recent_studies, remember, sample_path, usual_folder


def ask_new(desk: Desk) -> None:
    """Show the page on which a new study is described: the one that was begun already, where there is one."""
    page = desk.find(NewStudy)
    if page is None:
        page = desk.add(
            NewStudy(
                desk.tokens,
                usual_folder(),
                desk.part(MainWindow).wished_coder or settings.read().coder,
                lambda wish: _make(desk, wish),
                lambda: _leave(desk),
            )
        )
        desk.stack.addWidget(page)
    desk.stack.setCurrentWidget(page)
    page.title.setFocus()


def connect(desk: Desk) -> None:
    """Let a description that was begun not be lost unsaid."""
    desk.remove(NewStudy)  # it went with the older parts of the window
    desk.endings.append(partial(_is_nothing_begun, desk))


def _is_nothing_begun(desk: Desk) -> bool:
    """Tell whether no new study is half described; else show it."""
    page = desk.find(NewStudy)
    if page is None or not page.is_begun:
        return True
    desk.stack.setCurrentWidget(page)
    return False


def recent_menu(desk: Desk, above: QWidget) -> QMenu:
    """The studies that were open before, read when the menu opens."""
    menu = QMenu(_("Recent studies"), above)
    menu.aboutToShow.connect(partial(_show_recent, desk, menu))
    return menu


def _show_recent(desk: Desk, menu: QMenu) -> None:
    menu.clear()
    now = desk.project.path.absolute() if desk.project else None
    paths = [path for path in recent_studies() if path.absolute() != now]
    for path in paths:
        menu.addAction(f"{path.stem}  –  {path.parent}", partial(desk.part(MainWindow).open_path, path))
    if not paths:
        menu.addAction(_("No other study was opened yet.")).setEnabled(False)


def _leave(desk: Desk) -> None:
    """Close the page."""
    page = desk.find(NewStudy)
    desk.part(MainWindow).show_page(desk.workspaces[desk.workspace] if desk.project else None)
    if page is not None:
        desk.remove(NewStudy)
        desk.stack.removeWidget(page)
        page.deleteLater()


def _make(desk: Desk, wish: Wish) -> None:
    """Make the study beside the window and open it."""

    def work(_progress: Progress) -> Path:
        from qualcoder_lite.coding.tables import codebooks
        from qualcoder_lite.store.creating import new_study

        def fill(project: Project) -> None:
            codebooks.load(project, wish.codebook)

        new_study(wish.path, wish.title, wish.coder, fill, wish.password)
        return wish.path

    def done(path: Path) -> None:
        chosen = settings.read()
        chosen.coder = wish.coder or chosen.coder
        settings.write(chosen)
        _leave(desk)
        desk.part(MainWindow).open_path(path, here=True)

    desk.work(_("Making the study"), work, done)


def ask_open(desk: Desk) -> None:
    """Ask which study to open."""
    title, kinds = _("Open study"), _("Studies (*.qcl)")
    name, _kind = QFileDialog.getOpenFileName(desk.window, title, str(usual_folder()), kinds)
    if name:
        desk.part(MainWindow).open_path(Path(name))


def open_sample(desk: Desk) -> None:
    """Open the sample study; it is built the first time."""
    path = sample_path()
    if path.is_file():
        desk.part(MainWindow).open_path(path)
        return

    def build(progress: Progress) -> Path:
        from qualcoder_lite.coding.sample_study import build_sample

        path.parent.mkdir(parents=True, exist_ok=True)
        build_sample(path, progress)
        return path

    desk.work(_("Building the sample study"), build, desk.part(MainWindow).open_path)


def follow(desk: Desk) -> None:
    """After a study was opened: remember it, and tell of copies that a cloud's program has made of it."""
    path = desk.study.path
    remember(path)
    copies = conflict_copies(path)
    if copies:
        names = ", ".join(one.name for one in copies)
        sentence = _("A cloud's program has put copies of this study beside it: {files}. Each may hold work.")
        desk.tell(sentence.format(files=names), _("Show folder"), partial(open_file, path.absolute().parent))


def close_study(desk: Desk) -> None:
    """Close the study and show what to begin with."""
    desk.part(MainWindow).leave_study()


def quit_program(desk: Desk) -> None:
    """Leave."""
    desk.window.close()
