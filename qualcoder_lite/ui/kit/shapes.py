"""Shapes of the window's own parts, beside those of the theme, as a style sheet over palette roles."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from qualcoder_lite.ui.kit import qt_words, theme


def dress(application: QApplication, tokens: theme.Theme) -> None:
    """Give the whole program these tokens, with the shapes of the window's parts."""
    theme.dress(application, tokens)
    qt_words.speak(application)
    application.setStyleSheet(theme.stylesheet(tokens) + sheet(tokens))


def sheet(tokens: theme.Theme) -> str:
    """The shapes of menu row, head, links, tables, buttons and lines."""
    px = tokens.px
    return f"""
QWidget[paper="window"] {{ background: palette(window); }}
QWidget[paper="panel"] {{ background: palette(alternate-base); }}
QWidget[paper="page"] {{ background: palette(base); }}
QWidget[paper="news"] {{ background: {tokens.look_again_tint.name()};
  border: 1px solid palette(mid); border-radius: {px(6)}px; }}
QTreeView, QListView {{ background: palette(alternate-base); }}
QListView[ground="page"], QTreeView[ground="page"] {{ background: palette(base); }}
QListView[popup="true"], QComboBox QAbstractItemView {{ background: palette(base);
  border: 1px solid palette(mid); }}
QFrame#separator {{ background: palette(midlight); }}
QPushButton[link="true"] {{ border: 2px solid transparent; background: transparent; padding: 0;
  color: palette(link); text-align: left; min-height: {px(20)}px; }}
QPushButton[link="true"]:hover {{ text-decoration: underline; background: transparent; }}
QPushButton[link="true"]:focus {{ border: 2px solid palette(link); border-radius: {px(3)}px; }}
QPushButton[main="true"] {{ background: palette(link); color: palette(bright-text);
  border-color: palette(link); font-weight: 600; }}
QPushButton[main="true"]:disabled {{ background: palette(mid); border-color: palette(mid); }}
QPushButton[main="true"]:focus {{ border: 2px solid palette(text); }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QToolButton[flat="true"]:focus {{ border: 2px solid palette(link); padding: {px(2)}px; }}
QToolButton[chip="true"] {{ padding: {px(2)}px {px(8)}px; min-height: {px(18)}px; }}
QToolButton[flat="true"]:checked {{ background: palette(highlight); }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; border: none; border-bottom: 2px solid transparent;
  padding: {px(9)}px {px(16)}px {px(7)}px {px(16)}px; color: palette(text); }}
QTabBar::tab:selected {{ border-bottom: 2px solid palette(link); font-weight: 600; }}
QTabBar::tab:hover:!selected {{ background: palette(light); }}
QTabBar::tab:focus {{ border-bottom: 2px solid palette(link); background: palette(light); }}
QPlainTextEdit, QTextEdit {{ background: palette(base); border: 1px solid palette(mid);
  border-radius: {px(4)}px; padding: {px(4)}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid palette(link); padding: {px(3)}px; }}
QComboBox {{ background: palette(base); border: 1px solid palette(mid); border-radius: {px(4)}px;
  padding: {px(4)}px {px(8)}px; min-height: {px(18)}px; }}
QComboBox:focus {{ border: 2px solid palette(link); padding: {px(3)}px {px(7)}px; }}
QComboBox::drop-down {{ border: none; width: {px(20)}px; }}
QComboBox::down-arrow {{ image: none; }}
QTableView {{ background: palette(base); gridline-color: palette(midlight); outline: 0; border: none;
  selection-background-color: palette(highlight); selection-color: palette(text); }}
QHeaderView::section {{ background: palette(alternate-base); border: none; padding: {px(6)}px {px(8)}px;
  border-right: 1px solid palette(midlight); border-bottom: 1px solid palette(midlight); text-align: left; }}
QTableCornerButton::section {{ background: palette(alternate-base); border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QProgressBar {{ border: 1px solid palette(mid); border-radius: {px(3)}px; background: palette(base);
  max-height: {px(8)}px; min-height: {px(8)}px; }}
QProgressBar::chunk {{ background: palette(link); border-radius: {px(2)}px; }}
QCheckBox {{ spacing: {px(8)}px; }}
QDialog QLabel {{ background: transparent; }}
QFileDialog QToolButton {{ padding: 0; background: {_under_pictures(tokens)};
  min-width: {px(26)}px; min-height: {px(26)}px; }}
QFileDialog QListView#sidebar {{ border: none; }}
"""


def _under_pictures(tokens: theme.Theme) -> str:
    """The ground of tools whose pictures are Qt's own, which are drawn for light windows."""
    ground = tokens.window if tokens.window.lightness() > 127 else tokens.ink2
    return ground.name()
