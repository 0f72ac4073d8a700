"""What the numbers of panels count, in sentences that stand under the mouse."""

from __future__ import annotations

from qualcoder_lite.i18n import N_, _, n_

CODING = N_("Coding: one code on one stretch of text, what other programs call a segment.")
PASSAGE = N_(
    "Passage: coded text, merged where codings overlap, however many they are; "
    "a coding on a whole interview makes it one passage."
)
IN_MATRICES = N_(
    "Matrices leave out codings on nothing but interviewers’ words or reflective notes, "
    "and count one that several informants share for each of them: their sums may differ from the codebook’s."
)
CO_CODED = N_("Passage: text that has codes of both sides; each such stretch is counted once.")
BELOW = N_("Codings with this code or one below it, by the coder who is shown.")
OF_SOURCE = N_("Codings in this source, by the coder who is shown.")


def codings_said(number: int) -> str:
    """So many codings."""
    return n_("{number} coding", "{number} codings", number).format(number=number)


def sentences(*messages: str) -> str:
    """Sentences below each other, in the language now spoken."""
    return "\n".join(_(message) for message in messages)
