"""A command of the window as a row of data over a plain function.

`where` says where its keys hold: in the whole window, or only while the text, the list of passages or the
codebook has the focus.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence

from qualcoder_lite.i18n import N_, _
from qualcoder_lite.ui.desk.desk import Desk

Run = Callable[[Desk], object]
Test = Callable[[Desk], bool]

FILE, EDIT, CODING, ANALYSIS, VIEW, HELP = (
    N_("File"), N_("Edit"), N_("Coding"), N_("Analysis"), N_("View"), N_("Help"),
)  # fmt: skip


def always(_desk: Desk) -> bool:
    """It can be done at any time."""
    return True


def with_study(desk: Desk) -> bool:
    """A study is open and nothing long is being written to it."""
    return desk.project is not None and not desk.busy


def with_text(desk: Desk) -> bool:
    """A source is open."""
    return with_study(desk) and desk.source is not None


@dataclass(frozen=True)
class Action:
    """A command: its words (a message id), keys, place in the menus, and what it does.

    `group` parts a menu by lines; `under` is the submenu; `ticked` tells whether it is switched on.
    """

    id: str
    text: str
    run: Run
    menu: str
    group: int = 0
    keys: tuple[str, ...] = ()
    enabled: Test = with_study
    where: str = "window"  # window, text, passages or codes; several with spaces
    ticked: Test | None = None
    under: str = ""
    number: str = ""  # stands in the words where they have {number}

    @property
    def words(self) -> str:
        """What it is called, in the language now spoken."""
        return _(self.text).format(number=self.number) if self.number else _(self.text)


def keys_said(action: QAction) -> str:
    """The first keys of a command, as this computer's keyboard names them."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
