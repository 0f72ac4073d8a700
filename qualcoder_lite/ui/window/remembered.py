"""What the window keeps for the next time: its size, the sizes of panels, how the text is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcoder_lite import settings
from qualcoder_lite.ui.kit import theme

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk
    from qualcoder_lite.ui.window.main_window import MainWindow

LEAST = 400  # pixels: a remembered size smaller than this is a mistake


def keep(desk: Desk) -> None:
    """Keep how the window looks now."""
    chosen, window, text = settings.read(), desk.window, desk.text
    kept: dict[str, Any] = dict(chosen.window)
    if not window.isMaximized():
        kept["size"] = [window.width(), window.height()]
    kept["maximized"] = window.isMaximized()
    kept["reduction"] = dict(kept.get("reduction", {})) | desk.reduction.sizes()
    kept["text"] = {"size": text.text_size, "line": text.line_factor, "width": text.text_width}
    shown = {"left": desk.reduction.left.isVisibleTo(desk.reduction) or desk.reduction.made_way}
    shown["codebook"] = desk.codebook.isVisibleTo(desk.reduction)
    kept["closed"] = [name for name, there in shown.items() if not there]
    chosen.window = kept
    settings.write(chosen)


def size_of(window: MainWindow) -> None:
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
        window.setWindowState(window.windowState() | _maximized())


def _maximized() -> Any:
    from PySide6.QtCore import Qt

    return Qt.WindowState.WindowMaximized


def restore(desk: Desk) -> None:
    """Give the panels and the text what was kept; anything odd is passed over."""
    kept = settings.read().window
    sizes, text = kept.get("reduction"), kept.get("text")
    if isinstance(sizes, dict):
        desk.reduction.set_sizes(sizes)
    if isinstance(text, dict):
        size, line, width = text.get("size"), text.get("line"), text.get("width")
        if isinstance(size, int):
            desk.text.set_text_size(size)
        if isinstance(line, (int, float)) and 1.2 <= line <= 3:
            desk.text.set_line_factor(float(line))
        if isinstance(width, int) and theme.TEXT_NARROW <= width <= 2000:
            desk.text.set_text_width(width)
    closed = kept.get("closed")
    for name in closed if isinstance(closed, list) else ():
        if name == "left":
            desk.reduction.show_left(shown=False)
        elif name == "codebook":
            desk.codebook.hide()
