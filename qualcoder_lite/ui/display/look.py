"""What choosers and pictures ask of the workspace of matrices in which they stand."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QToolButton

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.display.place import DisplayPlace
from qualcoder_lite.ui.display.workspace import DisplayPage
from qualcoder_lite.ui.matrix.view import MatrixView


class Look(Protocol):
    """The workspace: what is looked at, and ways to look at something else."""

    desk: Desk
    place: DisplayPlace
    page: DisplayPage
    view: MatrixView
    matrix: Matrix | None
    turn: QToolButton

    def choose(self, choice: Choice) -> None:
        """Look at the study in another way."""

    def show_content(self, content: str) -> None:
        """Let the cells show something else."""

    def show_pair(self, first: str, second: str) -> bool:
        """Show the cell of a pair; returns False where it stands nowhere."""

    def show_panel(self) -> None:
        """Show the panel of the cell."""

    def coder(self) -> str:
        """Whose codings are looked at where nobody is chosen."""

    def first_members(self) -> tuple[str, ...]:
        """Whom to compare where nobody was chosen."""
