"""The signs of codings in words and in print: window, tables and pictures say them alike."""

from __future__ import annotations

from qualcoder_lite.i18n import N_

SIGN_ORDER = ("+", "-", "±", "0", "none")  # as strips show them
SIGN_WORDS = {
    "+": N_("supports"),
    "-": N_("hinders"),
    "±": N_("ambivalent"),
    "0": N_("neutral"),
    "none": N_("without a sign"),
}
SIGN_MARKS = {"+": "+", "-": "−", "±": "±", "0": "○", "none": ""}  # as they are printed
