"""The panels that stand under the text, one at a time, with their commands."""

from __future__ import annotations

from qualcoder_lite.ui import passages_wiring

PANELS = (passages_wiring.connect,)
ROWS = (*passages_wiring.ROWS,)
