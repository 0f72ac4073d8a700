"""What the person does to codings in the text: each gesture is one action of the core, or a few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_lite.store import undo as undoing

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk import Desk


def undo(desk: Desk) -> None:
    """Undo the newest step."""
    undoing.undo(desk.study)


def redo(desk: Desk) -> None:
    """Redo the step undone last."""
    undoing.redo(desk.study)
