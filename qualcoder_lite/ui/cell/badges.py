"""What is to be seen of a cell or a claim at a glance: its state, stale words, missing evidence."""

from __future__ import annotations

from qualcoder_lite.analysis.cells.written import Written
from qualcoder_lite.analysis.conclusions.claims import ClaimRow
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit.badge_paint import Badge


def written_badge(text: str) -> tuple[Badge, ...]:
    """That a synthesis is written, where a narrow column has no room for it."""
    return (("settled", "pencil", ""),) if text else ()


def badges(written: Written | None, evidence: bool) -> tuple[Badge, ...]:
    """What is to be seen of a written cell: its evidence changed, it has none, it names a gap."""
    if written is None or not written.has_words:
        return ()
    found: list[Badge] = []
    if written.stale:
        found.append(("look_again", "triangle-alert", _("review")))
    if not (evidence or written.needs_nothing):
        found.append(("look_again", "", _("no evidence")))
    if written.status == "gap":
        found.append(("opposed", "arrow-left-right", word("gap")))
    return tuple(found)


TONES = {
    "agree": "settled", "aligned": "settled", "supported": "settled", "agrees": "settled",
    "oppose": "opposed", "gap": "opposed", "rejects": "opposed", "unsupported": "opposed",
    "corrects": "look_again", "no_evidence": "look_again",
}  # fmt: skip
STATE_ICONS = {"settled": "check", "opposed": "arrow-left-right", "look_again": "triangle-alert"}


def state_badge(state: str) -> Badge:
    """A state or status as a badge: its colour never alone."""
    tone = TONES.get(state, "hover")
    return (tone, STATE_ICONS.get(tone, ""), word(state))


def claim_badge(claim: ClaimRow) -> Badge:
    """The status of a claim."""
    return state_badge(claim.status)
