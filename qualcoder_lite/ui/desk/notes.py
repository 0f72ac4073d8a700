"""Writing a short text in a box beside what it is about: a memo, a condensed wording, a correction."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect

from qualcoder_lite.analysis.panels.memos import memo_about
from qualcoder_lite.coding import memos
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit.note_box import NoteBox


def write_note(desk: Desk, beside: QRect, title: str, words: str, keep: Callable[[str], bool]) -> None:
    """Open a box to write in beside a place of the window; it closes when `keep` tells that it has kept."""
    NoteBox(desk.tokens, title, words, keep, desk.window).open_under(beside)


def write_memo(desk: Desk, table: str, row: bytes, title: str, beside: QRect) -> None:
    """Write the memo about a row; without words it goes."""
    known, before = memo_about(desk.study, table, row)

    def keep(words: str) -> bool:
        if known is None:
            return desk.attempt(memos.add_about, desk.study, table, row, words)
        if words:
            return desk.attempt(memos.edit, desk.study, known, words)
        return desk.attempt(memos.remove, desk.study, [known])

    write_note(desk, beside, title, before, keep)
