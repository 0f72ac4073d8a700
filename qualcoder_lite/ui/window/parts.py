"""The panels that stand under the text, one at a time, with their commands."""

from __future__ import annotations

from qualcoder_lite.ui.guide import connect as guide_connect
from qualcoder_lite.ui.history import connect as history_connect
from qualcoder_lite.ui.hits import connect as hits_connect
from qualcoder_lite.ui.memos import connect as memos_connect
from qualcoder_lite.ui.passages import connect as passages_connect

PANELS = (
    *(passages_connect.connect, hits_connect.connect, memos_connect.connect),
    *(guide_connect.connect, history_connect.connect),
)
ROWS = (
    *passages_connect.ROWS,
    *memos_connect.ROWS,
    *hits_connect.ROWS,
    *guide_connect.ROWS,
    *history_connect.ROWS,
)
