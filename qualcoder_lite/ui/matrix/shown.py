"""What a cell shows, as plain data, and what the table asks of whoever has the cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from qualcoder_lite.i18n import _
from qualcoder_lite.signs import SIGN_ORDER, SIGN_WORDS
from qualcoder_lite.ui.kit.badge_paint import Badge
from qualcoder_lite.ui.matrix.lines import Layout


@dataclass(frozen=True)
class Shown:
    """A cell: `signs` numbers by SIGN_ORDER, a line of counts, text, badges; or a blank with its note."""

    signs: tuple[int, ...] = ()
    count: str = ""
    short: str = ""
    text: str = ""
    bold: str = ""  # stands before the text
    quoted: bool = False
    badges: tuple[Badge, ...] = ()
    blank: str = ""
    note: str = ""
    grey: bool = False
    counted: str = ""  # what its numbers count, for who asks with the mouse

    @property
    def said(self) -> str:
        """The cell in words, for who hears it."""
        signs = [f"{_(SIGN_WORDS[sign])} {n}" for sign, n in zip(SIGN_ORDER, self.signs, strict=False) if n]
        parts = [self.blank, self.note, self.count or self.short, *signs, self.bold, self.text]
        return ", ".join(part for part in (*parts, *(b[2] for b in self.badges)) if part)


NOTHING = Shown()


class Cells(Protocol):
    """The cells of one table; each is asked for as it comes into sight, perhaps more than once."""

    @property
    def layout(self) -> Layout:
        """The lines and columns in which they stand."""

    def shown(self, line: int, column: int) -> Shown:
        """What stands at a place of the table."""
