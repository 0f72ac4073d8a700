"""The list of keys."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtGui import QKeySequence

from qualcoder_lite.i18n import N_, _
from qualcoder_lite.ui.desk.action import Action
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit.printed_page import PrintedPage
from qualcoder_lite.ui.window.menus import MENUS, Commands

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


def show(desk: Desk) -> None:
    """Open the list of keys."""
    html = keys_html(desk.part(Commands).rows)
    PrintedPage(
        desk.tokens, _("Keys"), lambda page: page.setHtml(html), _("keys") + ".pdf", desk.window
    ).open()
