"""What the person does in the codebook's panel, joined to the gestures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.codebook import actions as codebook_actions
from qualcoder_lite.ui.codebook.menu import open_menu
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.kit.panel import action_button, flat_button

if TYPE_CHECKING:
    from qualcoder_lite.ui.desk.desk import Desk


def connect(desk: Desk) -> None:
    """Join the signals of the codebook to what they mean, and put tools into its head."""
    book, tree = desk.codebook, desk.codebook.tree
    tree.row_chosen.connect(desk.show_code)
    tree.row_activated.connect(lambda code: desk.attempt(coding_actions.apply, desk, code))
    tree.rows.renamed.connect(partial(desk.attempt, codebook_actions.renamed, desk))
    tree.moved.connect(partial(desk.attempt, codebook_actions.dropped, desk))
    tree.words_dropped.connect(lambda code: desk.attempt(coding_actions.apply, desk, code))
    tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    tree.customContextMenuRequested.connect(partial(open_menu, desk))
    eye = flat_button(
        desk.tokens, "eye", _("Show only the chosen codes, or all"),
        lambda: desk.attempt(codebook_actions.toggle_shown, desk),
    )  # fmt: skip
    book.head.add(eye)
    book.head.add(action_button(desk.tokens, "plus", desk.actions_by_id["new_code"]))
    book.hint.say(_("No code fits."), _("Clear the filter"), book.filter.clear)
