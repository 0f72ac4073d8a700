"""Where the person was, for when the window is made anew in another theme or language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from qualcoder_lite.ui.window.parts import ROWS

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk


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
    below: str
    workspace: int


def place_of(desk: Desk) -> Place:
    """Where the person is now."""
    source, text, tree = desk.document.source, desk.text, desk.codebook.tree
    open_now = (row.id for row in ROWS if row.ticked is not None and row.ticked(desk))
    return Place(
        source.id if source else None,
        text.selection(),
        text.sees(text.caret),
        text.verticalScrollBar().value(),
        text.text_size,
        tree.current_key(),
        frozenset(tree.closed),
        next(open_now, "") if desk.reduction.below.isVisibleTo(desk.reduction) else "",
        desk.window.menu_row.tabs.currentIndex(),
    )


def show(desk: Desk, place: Place) -> None:
    """Go back to where the person was."""
    text = desk.text
    text.set_text_size(place.size)
    if place.source is None or desk.project is None:
        return
    desk.reduction.sources.tree.choose(place.source)
    text.steady = True
    text.set_selection(*place.selection)
    text.steady = False
    text.placed()
    text.verticalScrollBar().setValue(place.scrolled)
    desk.codebook.tree.closed = set(place.closed)
    desk.codebook.tree.open_all_but_closed()
    desk.codebook.tree.choose(place.code)
    for row in ROWS:
        if row.id == place.below and row.ticked is not None and not row.ticked(desk):
            row.run(desk)
    desk.window.menu_row.tabs.setCurrentIndex(place.workspace)
    if place.in_sight:  # the window gives its parts their heights first
        QTimer.singleShot(0, text, lambda: text.reveal(text.caret, text.caret))
