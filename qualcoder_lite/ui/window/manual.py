"""The manual in the user's language."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtGui import QTextCursor, QTextDocument

from qualcoder_lite.i18n import _, language
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit.printed_page import PrintedPage

ABOVE_HEADING, BELOW = 14, 6  # pixels


def manual_text(spoken: str) -> str:
    """The manual as Markdown in a language, `id` or `en`."""
    return (files("qualcoder_lite") / "manual" / f"{spoken}.md").read_text(encoding="utf-8")


def write_manual(page: QTextDocument, text: str) -> None:
    """Write Markdown into a document, with room between its paragraphs, for which Qt gives none."""
    page.setMarkdown(text)
    block = page.begin()
    while block.isValid():
        form, cursor = block.blockFormat(), QTextCursor(block)
        form.setTopMargin(ABOVE_HEADING if form.headingLevel() else 0)
        form.setBottomMargin(BELOW)
        cursor.setBlockFormat(form)
        block = block.next()


def show(desk: Desk) -> None:
    """Open the manual."""
    text = manual_text(language())
    file = _("manual") + ".pdf"
    PrintedPage(desk.tokens, _("Manual"), lambda page: write_manual(page, text), file, desk.window).open()
