"""What the window keeps for the next time: its size, the sizes of panels, how the text is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qualcoder_lite import settings
from qualcoder_lite.ui.kit import theme

if TYPE_CHECKING:  # a window without a study loads neither database nor numpy
    from qualcoder_lite.ui.coding.workspace import Reduction
    from qualcoder_lite.ui.text.view import TextView

LEAST = 400  # pixels: a remembered size smaller than this is a mistake


def keep(window: QWidget, reduction: Reduction, text: TextView) -> None:
    """Keep how the window looks now."""
    chosen = settings.read()
    kept: dict[str, Any] = dict(chosen.window)
    if not window.isMaximized():
        kept["size"] = [window.width(), window.height()]
    kept["maximized"] = window.isMaximized()
    kept["reduction"] = dict(kept.get("reduction", {})) | reduction.sizes()
    kept["text"] = {"size": text.text_size, "line": text.line_factor, "width": text.text_width}
    shown = {"left": reduction.left.isVisibleTo(reduction) or reduction.made_way}
    shown["codebook"] = reduction.codebook.isVisibleTo(reduction)
    kept["closed"] = [name for name, there in shown.items() if not there]
    chosen.window = kept
    settings.write(chosen)


def give_size(window: QWidget) -> None:
    """Give a new window its remembered size."""
    kept = settings.read().window
    size = kept.get("size")
    if (
        isinstance(size, list)
        and len(size) == 2
        and all(isinstance(one, int) and one >= LEAST for one in size)
    ):
        window.resize(*size)
    if kept.get("maximized") is True:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def restore(reduction: Reduction, text: TextView) -> None:
    """Give the panels and the text what was kept; anything odd is passed over."""
    kept = settings.read().window
    sizes, letters, closed = kept.get("reduction"), kept.get("text"), kept.get("closed")
    if isinstance(sizes, dict):
        reduction.set_sizes(sizes)
    if isinstance(letters, dict):
        _set_letters(text, letters)
    for name in closed if isinstance(closed, list) else ():
        if name == "left":
            reduction.show_left(shown=False)
        elif name == "codebook":
            reduction.codebook.hide()


def _set_letters(text: TextView, kept: dict[str, Any]) -> None:
    size, line, width = kept.get("size"), kept.get("line"), kept.get("width")
    if isinstance(size, int):
        text.set_text_size(size)
    if isinstance(line, (int, float)) and 1.2 <= line <= 3:
        text.set_line_factor(float(line))
    if isinstance(width, int) and theme.TEXT_NARROW <= width <= 2000:
        text.set_text_width(width)
