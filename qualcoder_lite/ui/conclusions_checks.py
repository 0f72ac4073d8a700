"""The check before the defence: every list that it makes, each hint with a jump to what it is about."""

from __future__ import annotations

from qualcoder_lite.ui.columns import *  # noqa: F403
