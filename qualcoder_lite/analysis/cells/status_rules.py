"""What the status of a cell asks of it. A breach is told and never forbidden."""

from __future__ import annotations

from qualcoder_lite.analysis.cells.written import Written
from qualcoder_lite.i18n import N_, _

RULES = {
    "no_quote": N_("This status needs at least one chosen quote."),
    "no_etic_reading": N_("This status needs the researcher’s reading (etic)."),
    "no_gap_note": N_("A gap needs a note that says what differs."),
    "etic_reading": N_("“Emic only” has no place for a reading (etic): the theory has none for it yet."),
    "evidence": N_("“Etic only” means that nobody said it, and there is evidence here."),
}


def broken_rules(cell: Written, quotes: int, codings: int) -> list[str]:
    """The rules (of RULES) that a judged cell breaks.

    `quotes` is how many quotes were chosen for it (chosen evidence, or starred codings), `codings` how many
    codings stand behind it.
    """
    found: list[str] = []
    if cell.status in ("aligned", "gap"):
        found += [] if quotes else ["no_quote"]
        found += [] if cell.etic_reading.strip() else ["no_etic_reading"]
    if cell.status == "gap" and not cell.gap_note.strip():
        found.append("no_gap_note")
    if cell.status == "emic_only" and cell.etic_reading.strip():
        found.append("etic_reading")
    if cell.status == "etic_only" and codings:
        found.append("evidence")
    return found


def rule_in_words(rule: str) -> str:
    """A rule in the language now spoken."""
    return _(RULES[rule])
