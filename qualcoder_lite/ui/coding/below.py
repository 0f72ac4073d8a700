"""The panels under the text, one at a time: opened, closed, and read anew while they are in sight."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.place import Workspace

ROOM = 260  # pixels that a panel that holds more than a list takes at least, where it can


class PanelBelow:
    """A panel under the text with what it does; a kind of panel says what to read and where the keys go.

    `rests`: it stands there while no other is open, until the person closes it.
    """

    rests = False
    roomy = True  # it takes ROOM when it is opened

    def __init__(self, desk: Desk, panel: QWidget, focus: QWidget) -> None:
        """A panel that is not shown yet; `focus` gets the keys when it is opened."""
        self.desk, self.panel, self.focus = desk, panel, focus
        self.stack = desk.part(Reduction).below
        self.stack.addWidget(panel)
        desk.refreshers.append(self.refresh)

    @property
    def is_open(self) -> bool:
        """Whether it is to be seen."""
        return self.panel.isVisible()

    def read(self) -> None:
        """Read anew what the panel shows; called only while a study is open and the panel in sight."""

    def refresh(self) -> None:
        """Read anew where it is in sight; an error of the world is told."""
        if self.desk.project is not None and self.is_open:
            self.desk.attempt(self.read)

    def show(self) -> None:
        """Let the panel be seen; the keys stay where they are."""
        self.stack.setCurrentWidget(self.panel)
        self.stack.show()
        self.refresh()

    def open(self) -> None:
        """Show the panel and go to it."""
        self.desk.show_workspace(Workspace.REDUCTION)
        if self.roomy:
            self._make_room()
        self.show()
        self.focus.setFocus()

    def close(self) -> None:
        """Give the place back to the panel that rests there, or to the text."""
        reduction = self.desk.part(Reduction)
        if reduction.resting is not None and reduction.resting is not self.panel:
            self.stack.setCurrentWidget(reduction.resting)
        else:
            self.stack.hide()
        self.desk.text.setFocus()

    def _make_room(self) -> None:
        parts, least = self.desk.part(Reduction).middle, self.desk.tokens.px(ROOM)
        above, below = parts.sizes()
        if below < least:
            parts.setSizes([above + below - least, least])


B = TypeVar("B", bound=PanelBelow)


def is_open(kind: type[PanelBelow], desk: Desk) -> bool:
    """Whether a panel is to be seen."""
    return desk.part(kind).is_open


def toggle(kind: type[PanelBelow], desk: Desk) -> None:
    """Open a panel, or close it."""
    panel = desk.part(kind)
    (panel.close if panel.is_open else panel.open)()
