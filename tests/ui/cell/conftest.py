"""The cell beside the matrix of a coded study."""

from tests.ui.display.conftest import made, window

__all__ = ["made", "window"]
