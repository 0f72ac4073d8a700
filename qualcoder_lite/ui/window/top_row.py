"""The row at the top: menus, the three workspaces in the middle, undo, redo and search at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenuBar, QTabBar, QToolButton, QWidget

from qualcoder_lite.i18n import N_, _
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.panel import action_button, paper
from qualcoder_lite.ui.window.status_line import KeyCap

NARROW = 1240  # pixels
WORKSPACES = (N_("Data Reduction"), N_("Data Display"), N_("Drawing Conclusions"))


class MenuRow(QFrame):
    """The row; its tabs tell which workspace is wanted."""

    def __init__(self, tokens: theme.Theme) -> None:
        """A row without menus."""
        super().__init__()
        self.tokens = tokens
        paper(self, "window")
        self.setFixedHeight(tokens.px(theme.MENU_ROW))
        self.menus = QMenuBar()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(_("Workspaces"))
        for name in WORKSPACES:
            self.tabs.addTab(_(name))
        self.search = QToolButton()
        self.tools = QWidget()
        self.tools_row = QHBoxLayout(self.tools)
        self.tools_row.setContentsMargins(0, 0, tokens.px(theme.SPACE_12), 0)
        self.tools_row.setSpacing(tokens.px(theme.SPACE_8))
        grid = QGridLayout(self)
        grid.setContentsMargins(tokens.px(theme.SPACE_4), 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.menus, 0, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.tabs, 0, 1, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self.tools, 0, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column in (0, 2):
            grid.setColumnStretch(column, 1)

    def add_tools(self, undo: QAction, redo: QAction, palette: QAction) -> None:
        """Put undo, redo and the search of commands at the right."""
        self.undo = action_button(self.tokens, "undo-2", undo)
        self.redo = action_button(self.tokens, "redo-2", redo)
        self.tools_row.addWidget(self.undo)
        self.tools_row.addWidget(self.redo)
        search = self.search = QToolButton()
        search.setProperty("flat", True)
        search.setAccessibleName(_("Search commands"))
        search.setText(" " + _("Search commands"))
        search.setIcon(icons.icon("search", self.tokens))
        search.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        search.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        search.clicked.connect(palette.trigger)
        self.tools_row.addWidget(search)
        keys = palette.shortcut().toString(palette.shortcut().SequenceFormat.NativeText)
        self.tools_row.addWidget(KeyCap(self.tokens, keys.replace("+", " ")))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the search of commands is its icon and key alone."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        style = Qt.ToolButtonStyle
        narrow = self.width() < self.tokens.px(NARROW)
        self.search.setToolButtonStyle(style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon)

    def show_tabs(self, shown: bool) -> None:
        """Show the workspaces, or hide them where no study is open."""
        self.tabs.setVisible(shown)
