"""Where the person was, for when the window is made anew in another theme or language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer

from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.place import Source, Workspace


@dataclass(frozen=True)
class Place:
    """The source, what is selected in it and whether that is in sight; the code; panels and workspace."""

    source: bytes | None
    selection: tuple[int, int]
    in_sight: bool
    scrolled: int
    size: int
    code: Any
    closed: frozenset[Any]  # keys of closed branches of the codebook
    below: int  # which panel stands under the text, -1: none
    workspace: Workspace


def place_of(desk: Desk) -> Place:
    """Where the person is now."""
    text, tree, reduction = desk.text, desk.part(Codebook).tree, desk.part(Reduction)
    return Place(
        desk.source.id if desk.source else None,
        text.selection(),
        text.sees(text.caret),
        text.verticalScrollBar().value(),
        text.text_size,
        tree.current_key(),
        frozenset(tree.closed),
        reduction.below.currentIndex() if reduction.below.isVisibleTo(reduction) else -1,
        desk.workspace,
    )


def show(desk: Desk, place: Place) -> None:
    """Go back to where the person was."""
    text, tree, reduction = desk.text, desk.part(Codebook).tree, desk.part(Reduction)
    text.set_text_size(place.size)
    if place.source is None or desk.project is None:
        return
    desk.attempt(desk.go, Source(place.source))
    text.steady = True
    text.set_selection(*place.selection)
    text.steady = False
    text.placed()
    text.verticalScrollBar().setValue(place.scrolled)
    tree.closed = set(place.closed)
    tree.open_all_but_closed()
    tree.choose(place.code)
    reduction.below.setVisible(place.below >= 0)
    if place.below >= 0:
        reduction.below.setCurrentIndex(place.below)
    desk.show_workspace(place.workspace)
    if place.in_sight:  # the window gives its parts their heights first
        QTimer.singleShot(0, text, lambda: text.reveal(text.caret, text.caret))
