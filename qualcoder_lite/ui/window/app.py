"""The program's window: starting it, its log, and the one dialog for bugs."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from qualcoder_lite import bug_report, i18n, settings
from qualcoder_lite.ui.kit import shapes, theme
from qualcoder_lite.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk

USUAL_LETTERS = 10  # points of a usual system font; a person who set larger ones gets all of it larger


def run(arguments: Sequence[str]) -> int:
    """Show the window and stay until it is closed; give the exit status."""
    chosen = _parsed(arguments)
    kept = settings.read()
    i18n.use_language(chosen.language or kept.language or i18n.system_language())
    bug_report.begin_log()
    application = the_application()
    application.setApplicationName("QualCoder Lite")
    application.setDesktopFileName("qualcoder-lite")
    sys.excepthook = show_bug
    tokens = theme.theme(kept.theme or system_theme(), system_scale())
    shapes.dress(application, tokens)
    window = new_window(tokens, chosen.coder)
    window.show()
    application.processEvents()  # the window is painted before the rest is loaded
    QTimer.singleShot(0, window, lambda: _begin(window, chosen))
    return application.exec()


def _begin(window: MainWindow, chosen: argparse.Namespace) -> None:
    """After the window is up: load the rest, open what was asked for."""
    window.complete()
    keep_what_is_loaded()
    if chosen.study is not None:
        window.open_path(chosen.study)
    elif chosen.sample:
        window.desk.do("sample")


def keep_what_is_loaded() -> None:
    """Leave the program itself out of garbage collections to come: each would stop the window for 40 ms."""
    gc.collect()
    gc.freeze()


def the_application() -> QApplication:
    """The one application of Qt in this process."""
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication(["qualcoder-lite"])


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("qualcoder-lite")
    parser.add_argument("study", nargs="?", type=Path)
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--coder", default="")
    parser.add_argument("--language", choices=i18n.LANGUAGES, default="")
    return parser.parse_args(list(arguments))


def new_window(tokens: theme.Theme, coder: str = "") -> MainWindow:
    """Another window; the program ends with the last one."""

    def open_beside(path: Path) -> None:
        beside = new_window(window.tokens, coder)
        beside.show()
        beside.open_path(path)

    window = MainWindow(tokens, coder, lay_out, open_beside)
    window.destroyed.connect(lambda: window)  # Python keeps it as long as Qt shows it
    return window


def lay_out(window: MainWindow) -> Desk:
    """The desk of a window; all that works on a study is loaded when the first one is laid out."""
    from qualcoder_lite.ui.window import laying

    return laying.lay_out(window)


def system_theme() -> str:
    """The theme that this computer asks for."""
    from PySide6.QtCore import Qt

    hints = QApplication.styleHints()
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def system_scale() -> float:
    """How much larger than usual this person's letters are, in steps of an eighth."""
    points = QFontInfo(QApplication.font()).pointSizeF()
    usual = 13 if sys.platform == "darwin" else USUAL_LETTERS
    return max(1.0, round(8 * points / usual) / 8)


def show_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell a bug, with a report to copy; all work up to the last action is saved."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    from qualcoder_lite.ui.window.bug_dialog import BugDialog

    report = bug_report.note(error.with_traceback(trace))
    BugDialog.show_report(report)
