"""A text view to click and type into, without a screen."""

import os
from collections.abc import Callable

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.page import Page
from qualcoder_lite.ui.text.view import TextView


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Callable[..., TextView]:
    """Show a page in a window of its own."""
    theme.dress(qapp, theme.theme())

    def shown(page: Page, width: int = 888, height: int = 590, tokens: theme.Theme | None = None) -> TextView:
        view = TextView(tokens=tokens)
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show_page(page)
        view.show()
        view.setFocus()
        qapp.processEvents()
        return view

    return shown
