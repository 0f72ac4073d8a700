"""The codebook's panel joined to the desk: what is done in it, and what it shows of the study."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from qualcoder_lite.analysis.panels.lists import wording_of
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.codebook import actions as codebook_actions
from qualcoder_lite.ui.codebook.menu import open_menu
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.kit.panel import action_button, flat_button


def connect(desk: Desk) -> None:
    """Join the signals of the codebook to what they mean, and put tools into its head."""
    book = desk.part(Codebook)
    tree = book.tree
    tree.row_chosen.connect(partial(_show_code, desk))
    tree.rows.rename = partial(_rename, desk)
    desk.endings.append(tree.end_typing)
    tree.moved.connect(partial(desk.attempt, codebook_actions.dropped, desk))
    tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    tree.customContextMenuRequested.connect(partial(open_menu, desk))
    words, switch = _("Show only the chosen codes, or all"), partial(codebook_actions.toggle_shown, desk)
    book.head.add(flat_button(desk.tokens, "eye", words, lambda: desk.attempt(switch)))
    book.head.add(action_button(desk.tokens, "plus", desk.actions_by_id["new_code"]))
    desk.refreshers.append(partial(_refresh, desk))


def _rename(desk: Desk, code: bytes, name: str) -> bool:
    """Keep a name that was written in a row; tells whether nothing is left to be kept."""
    return desk.project is None or desk.attempt(codebook_actions.renamed, desk, code, name)


def _refresh(desk: Desk) -> None:
    book = desk.part(Codebook)
    if book.tree.hidden != desk.hidden:
        book.tree.hidden = desk.hidden
        book.tree.viewport().update()
    book.show_codes(desk.codes)
    _show_code(desk, book.tree.current_key())


def _show_code(desk: Desk, key: object) -> None:
    """Show what a code means."""
    line = next((line for line in desk.codes if line.id == key), None)
    fields = wording_of(desk.study, line.id) if line is not None and desk.project else {}
    desk.part(Codebook).detail.show_code(line, fields)
