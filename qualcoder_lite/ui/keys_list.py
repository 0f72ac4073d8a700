"""The list of keys: to read in the window, to print, to keep as a file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QTextDocument
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from qualcoder_lite.i18n import N_, _
from qualcoder_lite.ui import theme
from qualcoder_lite.ui.action import MENUS, Action
from qualcoder_lite.ui.overlay import Overlay
from qualcoder_lite.ui.panel import label, push_button

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk import Desk

WIDTH, HEIGHT = 640, 640
OTHERS = (  # keys that belong to no command
    (N_("Select by letters, words, lines"), "Shift+←→↑↓, Ctrl+Shift+←→"),
    (N_("Type a code's name while words are selected"), "A … Z"),
    (N_("In the box of codes: polarity and star"), "+  −  0  /  *"),
    (N_("Merge codes while dragging one onto another"), "Ctrl"),
)


def keys_html(rows: Sequence[Action]) -> str:
    """All keys as a page: by menu, each command with its keys."""
    parts = [f"<h2>{escape(_('Keys of QualCoder Lite'))}</h2>"]
    for menu in MENUS:
        lines = [
            _line(row.words.rstrip("…"), _said(row.keys), row.under)
            for row in rows
            if row.menu == menu and row.keys
        ]
        if lines:
            parts.append(f"<h3>{escape(_(menu))}</h3><table width='100%'>{''.join(lines)}</table>")
    lines = [_line(_(words), keys, "") for words, keys in OTHERS]
    parts.append(
        f"<h3>{escape(_('In the text and the codebook'))}</h3><table width='100%'>{''.join(lines)}</table>"
    )
    return "".join(parts)


def _line(words: str, keys: str, under: str) -> str:
    said = f"{_(under)}: {words}" if under else words
    return f"<tr><td width='68%'>{escape(said)}</td><td><b>{escape(keys)}</b></td></tr>"


def _said(keys: Sequence[str]) -> str:
    """Keys as this computer's keyboard names them."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(dict.fromkeys(QKeySequence(key).toString(form) for key in keys))


class KeysList(Overlay):
    """The page in the window."""

    def __init__(self, tokens: theme.Theme, html: str, window: QWidget) -> None:
        """A page of keys."""
        super().__init__(tokens, _("Keys"), window)
        self._html = html
        column = QVBoxLayout(self)
        edge = tokens.px(theme.SPACE_16)
        column.setContentsMargins(edge, edge, edge, tokens.px(theme.SPACE_12))
        column.addWidget(label(tokens, _("Keys"), "document"))
        self.page = QTextBrowser()
        self.page.setHtml(html)
        self.page.setAccessibleName(_("Keys"))
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
        self.page.setFocus()

    def print_out(self) -> None:
        """Print on a printer of this computer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            self._document().print_(printer)

    def ask_file(self) -> None:
        """Ask where to keep the page as a file."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Keep as PDF…"), "tombol.pdf", "PDF (*.pdf)")
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
        document.setHtml(self._html)
        return document


def show(desk: Desk) -> None:
    """Open the list of keys."""
    from qualcoder_lite.ui.actions import ACTIONS

    KeysList(desk.tokens, keys_html(ACTIONS), desk.window).open()
