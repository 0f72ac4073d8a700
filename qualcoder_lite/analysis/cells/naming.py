"""References as people say them: key and name of a code, alias, citation code, value, technique."""

from __future__ import annotations

from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.references import rows_named
from qualcoder_lite.i18n import _, language


def reference_in_words(study: Counted, ref: str) -> str:
    """A reference in the language now spoken; what is gone is a question mark."""
    kind, value = ref.split(":", 1)
    if kind == "study":
        return _("Whole study")
    if kind in ("technique", "class"):
        return word(value) if value else (_("All techniques") if kind == "technique" else _("All classes"))
    names = _names(study)
    named = ", ".join(names.get(row, "?") for row in rows_named(ref))
    _row, equals, wanted = value.partition("=")
    return f"{named}: {wanted}" if equals else named


def _names(study: Counted) -> dict[bytes, str]:
    frames = study.frames
    codes = {code.id: code_in_words(study, number) for number, code in enumerate(frames.codes)}
    people = {row.id: row.alias for row in frames.informants}
    return codes | people | {row.id: row.key for row in frames.sources} | dict(frames.attributes)


def code_in_words(study: Counted, number: int) -> str:
    """A code by key and name."""
    code = study.frames.codes[number]
    name = code.name(language())
    return code.key if name == code.key else f"{code.key} {name}"


def pair_in_words(study: Counted, first: str, second: str) -> str:
    """The pair of a cell, the code last, as in `A1 × R Responsiveness`."""
    sides = sorted((first, second), key=lambda ref: ref.startswith("code:"))
    return " × ".join(reference_in_words(study, ref) for ref in sides)
