"""The words of the field for what is stored as a key: techniques, statuses, states, blanks."""

from __future__ import annotations

from qualcoder_lite.i18n import N_, _

WORDS = {
    "interview": N_("Interview"),
    "focus_group": N_("Focus group"),
    "observation": N_("Observation"),
    "document": N_("Document"),
    "agree": N_("agree"),
    "partial": N_("partial"),
    "oppose": N_("oppose"),
    "silent": N_("silent"),
}


def word(key: str) -> str:
    """The word for a stored key in the language now spoken; an unknown key is its own word."""
    return _(WORDS[key]) if key in WORDS else key
