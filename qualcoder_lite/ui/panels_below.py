"""The panels that stand under the text, one at a time, with their commands."""

from __future__ import annotations

from qualcoder_lite.ui import guide_wiring, history_wiring, memos_wiring, passages_wiring, search_wiring

PANELS = (
    *(passages_wiring.connect, search_wiring.connect, memos_wiring.connect),
    *(guide_wiring.connect, history_wiring.connect),
)
ROWS = (
    *passages_wiring.ROWS,
    *memos_wiring.ROWS,
    *search_wiring.ROWS,
    *guide_wiring.ROWS,
    *history_wiring.ROWS,
)
