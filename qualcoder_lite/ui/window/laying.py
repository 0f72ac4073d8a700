"""Laying a desk into a window: its workspaces, panels and commands, as rows of data."""

from __future__ import annotations

from collections.abc import Callable

from qualcoder_lite.store.project import Changes
from qualcoder_lite.ui.backups.connect import connect as backups
from qualcoder_lite.ui.codebook.connect import connect as codebook
from qualcoder_lite.ui.coding.connect import connect as coding
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.conclusions.connect import connect as conclusions
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.display.connect import connect as display
from qualcoder_lite.ui.guide.connect import connect as guide
from qualcoder_lite.ui.history.connect import connect as history
from qualcoder_lite.ui.hits.connect import connect as hits
from qualcoder_lite.ui.memos.connect import connect as memos
from qualcoder_lite.ui.passages.connect import connect as passages
from qualcoder_lite.ui.sources.connect import connect as sources
from qualcoder_lite.ui.window import opening, rebuilding, remembered
from qualcoder_lite.ui.window.actions import ACTIONS
from qualcoder_lite.ui.window.coder_menu import connect as coder_menu
from qualcoder_lite.ui.window.main_window import MainWindow
from qualcoder_lite.ui.window.menus import Commands

PARTS: tuple[Callable[[Desk], object], ...] = (
    coding, codebook, sources, passages, hits, memos, guide, history, coder_menu, display, conclusions,
    backups,
)  # fmt: skip


def lay_out(window: MainWindow) -> Desk:
    """Make the desk of a window; where it has one, make all parts anew and show the place that was shown."""
    desk = window.loaded
    if desk is None:
        desk = window.loaded = _new_desk(window)
        _lay_parts(window, desk)
    else:
        place = rebuilding.place_of(desk)
        window.build()
        desk.begin(window.tokens, window.workspaces)
        _lay_parts(window, desk)
        rebuilding.show(desk, place)
    return desk


def _new_desk(window: MainWindow) -> Desk:
    """A desk whose signals the window's frame shows."""
    desk = Desk(window, window.tasks, window.workspaces, window.tokens)
    desk.add(window)
    for signal, show in (
        (desk.told, window.tell), (desk.placed, window.show_place), (desk.stepped, window.show_step),
        (desk.workspace_shown, window.show_workspace), (desk.loaded, window.show_study),
        (desk.emptied, window.show_welcome),
    ):  # fmt: skip
        signal.connect(show)
    desk.opened.connect(lambda: opening.follow(desk))
    desk.left.connect(lambda: remembered.keep(window, desk.part(Reduction), desk.text))
    desk.stepped.connect(lambda _words: desk.part(Commands).name_steps())
    desk.availability_changed.connect(lambda: desk.part(Commands).enable())
    return desk


def _lay_parts(window: MainWindow, desk: Desk) -> None:
    """Make commands, menus and parts, in the language now spoken and in the window's tokens."""
    commands = desk.add(Commands(desk, ACTIONS))
    commands.fill_menus(window.menu_row.menus)
    window.menu_row.add_tools(*(desk.actions_by_id[name] for name in ("undo", "redo", "palette")))
    window.menu_row.tabs.currentChanged.connect(
        lambda number: desk.show_workspace(number) if number != desk.workspace else None
    )
    for connect in (*PARTS, opening.connect):
        connect(desk)
    commands.place_keys()
    desk.refreshers.append(window.show_coder)
    desk.followers.append(lambda changes: _follow(window, changes))
    desk.text.text_size_changed.connect(lambda _size: window.show_zoom())
    remembered.restore(desk.part(Reduction), desk.text)
    desk.show()


def _follow(window: MainWindow, changes: Changes) -> None:
    if changes.touch("study"):
        window.show_title()
