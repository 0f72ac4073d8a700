"""A page to read in the window, to print, to keep as a file: the manual, the list of keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.overlay import Overlay
from qualcoder_lite.ui.kit.panel import label, push_button

Fill = Callable[[QTextDocument], object]
WIDTH, HEIGHT = 640, 640


class PrintedPage(Overlay):
    """The page in the window."""

    def __init__(self, tokens: theme.Theme, title: str, fill: Fill, file: str, window: QWidget) -> None:
        """`fill` writes the page into a document; `file` is what its PDF is called."""
        super().__init__(tokens, title, window)
        self._fill, self._file = fill, file
        column = QVBoxLayout(self)
        edge = tokens.px(theme.SPACE_16)
        column.setContentsMargins(edge, edge, edge, tokens.px(theme.SPACE_12))
        column.addWidget(label(tokens, title, "document"))
        self.page = QTextBrowser()
        fill(self.page.document())
        self.page.setAccessibleName(title)
        column.addWidget(self.page, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        for words, run in ((_("Print…"), self.print_out), (_("Keep as PDF…"), self.ask_file)):
            row.addWidget(push_button(words, run))
        row.addWidget(push_button(_("Close"), self.give_up, default=True))
        column.addLayout(row)

    def open(self) -> None:
        """Show it."""
        self.open_in_middle(self.tokens.px(WIDTH), self.tokens.px(HEIGHT))
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        self.page.setFocus()

    def print_out(self) -> None:
        """Print on a printer of this computer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            self._document().print_(printer)

    def ask_file(self) -> None:
        """Ask where to keep the page as a file."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Keep as PDF…"), self._file, "PDF (*.pdf)")
        if name:
            self.keep(Path(name))

    def keep(self, path: Path) -> None:
        """Keep the page as a PDF."""
        from PySide6.QtGui import QPdfWriter

        writer = QPdfWriter(str(path))
        self._document().print_(writer)

    def _document(self) -> QTextDocument:
        document = QTextDocument()
        document.setDefaultFont(theme.letters(13))
        self._fill(document)
        return document
