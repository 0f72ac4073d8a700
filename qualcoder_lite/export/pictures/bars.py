"""How often codes occur, as stacked bars by sign, with their numbers: codings, passages or informants."""

from __future__ import annotations

from qualcoder_lite.analysis.matrices.frequencies import Frequency, frequencies
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.terms import SIGN_WORDS
from qualcoder_lite.coding.counting.frames import SIGNS
from qualcoder_lite.coding.counting.references import STUDY
from qualcoder_lite.export.pictures.drawing import (
    EDGE,
    GAP,
    LINE,
    SIGN_ORDER,
    Mark,
    Picture,
    Words,
    called,
    finished,
    names_of,
    notes_of,
    sign_box,
    sign_legend,
    strip,
)
from qualcoder_lite.export.pictures.drawing import SIGN_SHARES as SHARES
from qualcoder_lite.export.pictures.drawing import SIGN_TONES as TONES
from qualcoder_lite.export.pictures.letters import width_of
from qualcoder_lite.i18n import N_, _

LONG, THICK, LOW = 250.0, 13.0, 21.0  # the longest bar; how thick it is; a row
TITLES = {
    "codings": N_("Code frequencies: codings"),
    "passages": N_("Code frequencies: passages"),
    "informants": N_("Code frequencies: informants"),
}
COUNTED = {
    "codings": N_("Numbers: codings, by their sign."),
    "passages": N_("Numbers: passages, by the tone of their codings."),
    "informants": N_("Numbers: informants who mention it, by the tone of their codings."),
}


def bars(matrix: Matrix, unit: str) -> Picture | None:
    """The bars of the codes of a matrix; None where it has no codes. `unit` is one of frequencies.UNITS."""
    found = frequencies(matrix, unit)
    if not found:
        return None
    names = names_of([one.heading for one in found])
    left, most = EDGE + names.width + 2 * GAP, max(1, *(one.number for one in found))
    marks: list[Mark] = sign_legend(EDGE, EDGE + LINE / 2)
    top = EDGE + LINE + 2 * GAP
    for row, one in enumerate(found):
        high = names.high(row, LOW)
        middle = top + high / 2
        marks.extend(names.words(row, EDGE, middle))
        marks.extend(_bar(one, left, middle, LONG / most))
        top += high
    heads = ("", _("together"), *(_(SIGN_WORDS[sign]) for sign in SIGNS))
    rows = tuple((called(one.heading), one.number, *one.signs) for one in found)
    notes = notes_of(matrix, _(COUNTED[unit]))
    return finished("frequencies", _(TITLES[unit]), marks, top, notes, heads=heads, rows=rows)


def _bar(one: Frequency, x: float, middle: float, unit: float) -> list[Mark]:
    marks: list[Mark] = []
    place = (one.heading.reference, STUDY)
    for sign in SIGN_ORDER:
        number = one.signs[SIGNS.index(sign)]
        if not number:
            continue
        width = number * unit
        said = f"{called(one.heading)}: {number} {_(SIGN_WORDS[sign])}"
        marks.append(sign_box(sign, x, middle - THICK / 2, width, THICK, said, place))
        if width > width_of(str(number), "small") + 3:
            ground = (TONES[sign], SHARES.get(sign, 1.0))
            marks.append(Words(str(number), x + width / 2, middle, "small", "ink", "middle", ground))
        x += width
    marks.append(Words(str(one.number), x + GAP, middle, "key"))
    after = x + GAP + width_of(str(one.number), "key") + GAP
    marks.append(Words(strip(one.signs), after, middle, "small", "ink2"))
    return marks
