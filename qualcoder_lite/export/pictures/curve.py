"""The curve of saturation: codes used so far and new ones, interview by interview, emic and etic."""

from __future__ import annotations

from collections.abc import Sequence

from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.matrices.saturation import BASE
from qualcoder_lite.coding.counting.references import STUDY
from qualcoder_lite.export.pictures.drawing import (
    EDGE,
    GAP,
    LINE,
    Box,
    Dot,
    Line,
    Mark,
    Picture,
    Words,
    centred,
    finished,
    notes_of,
)
from qualcoder_lite.export.pictures.letters import SIZES, width_of
from qualcoder_lite.export.reports.saturation import rules_words, verdict
from qualcoder_lite.export.view import date_text
from qualcoder_lite.i18n import N_, _

HIGH, AXIS, BAR = 210.0, 26.0, 11.0  # of the field; of the numbers at the left; of a bar of new codes
STEP, NARROW, LONGEST = 54.0, 9.0, 900.0  # from one interview to the next; at least; the longest field
HEAD = 26.0  # above the field: what is marked in it, clear of the numbers
SPARSE = 24  # so many interviews carry a number each; of more only some do
TITLE = N_("Saturation curve")
MARK, CLEAR = 3.0, 2.5  # half a mark; between a line and its number
LINES = (("cumulative", "new", "accent"), ("emic_cumulative", "emic_new", "ambivalent"))


def curve(matrix: Matrix) -> Picture | None:
    """The curve of a matrix of saturation; None where no interview is in it."""
    if not matrix.rows:
        return None
    values = {name: [int(n) for n in matrix.cells[name]] for one in LINES for name in one[:2]}
    number = len(matrix.rows)
    step = max(NARROW, min(STEP, LONGEST / number))
    left, top = EDGE + AXIS, EDGE + 2 * LINE + 2 * GAP + HEAD
    scale = HIGH / max(1, *values["cumulative"], *values["emic_cumulative"])
    marks = [*_legend(), *_base(matrix, left, top, step), *_axis(left, top, step * number, scale)]
    for at, (_line, new, tone) in enumerate(LINES):
        marks.extend(_new(matrix.rows, values[new], left, top + HIGH, step, scale, at, tone))
    for line, _new_ones, tone in LINES:
        marks.extend(_line_of(matrix.rows, values[line], left, top + HIGH, step, scale, tone))
    marks.extend(_numbers(values, left, top, step, scale))
    marks.extend(_interviews(matrix, left, top + HIGH, step))
    heads = ("", _("Date"), _("Cumulative"), _("New"), _("Cumulative emic"), _("New emic"))
    rows = tuple(
        (heading.key, date_text(heading.group), *(values[name][at] for one in LINES for name in one[:2]))
        for at, heading in enumerate(matrix.rows)
    )
    words = [rules_words(), verdict(matrix.details)]
    notes = notes_of(matrix, *words)
    return finished("curve", _(TITLE), marks, top + HIGH + 3 * LINE, notes, heads=heads, rows=rows)


def _legend() -> list[Mark]:
    said = (
        ("accent", False, _("Codes from theory, cumulative")),
        ("accent", True, _("New codes from theory")),
        ("ambivalent", False, _("Emic codes, cumulative")),
        ("ambivalent", True, _("New emic codes")),
    )
    marks, x = list[Mark](), EDGE
    for at, (tone, bar, words) in enumerate(said):
        y = EDGE + LINE / 2 + LINE * (at % 2)
        if bar:
            marks.append(Box(x + 4, y - 4, 8, 8, tone, 0.45, tone))
        else:
            marks.append(Line(((x, y), (x + 16, y)), tone, 1.8, tone != "accent"))
        marks.append(Words(words, x + 20, y, "small", "ink2"))
        if at % 2:
            x += 20 + max(width_of(each[2], "small") for each in said[at - 1 : at + 1]) + 3 * GAP
    return marks


def _axis(left: float, top: float, width: float, scale: float) -> list[Mark]:
    """Lines across with their numbers, about five of them, at whole numbers of codes."""
    most = round(HIGH / scale)
    apart = next((n for n in (1, 2, 5, 10, 20, 50, 100) if most / n <= 6), 200)
    marks: list[Mark] = []
    for number in range(0, most + 1, apart):
        y = top + HIGH - number * scale
        marks.append(Line(((left, y), (left + width, y)), "border" if not number else "separator", 0.6))
        marks.append(Words(str(number), left - 4, y, "small", "ink2", "end"))
    return marks


def _base(matrix: Matrix, left: float, top: float, step: float) -> list[Mark]:
    """The ground of the base, and a line where the threshold was reached."""
    details = matrix.details
    if details["base"] is None:
        return []
    marks: list[Mark] = [Box(left, top - HEAD, BASE * step, HEAD + HIGH, "accent_tint", 0.5)]
    base = _("base: {n} codes").format(n=details["base"])
    marks.append(Words(base, left + 4, top - HEAD + LINE / 2 + 1, "small", "ink2"))
    if details["reached"] is not None:
        at = next(i for i, heading in enumerate(matrix.rows) if heading.key == details["reached"])
        x = left + (at + 1) * step
        after = left + 4 + width_of(base, "small") + GAP
        marks.append(Line(((x, top - HEAD * (x > after)), (x, top + HIGH)), "settled", 1.2, True))
        marks.append(
            Words(
                _("reached"),
                max(x + 3, after),
                top - HEAD + LINE / 2 + 1,
                "small",
                "settled",
            )
        )
    return marks


def _new(
    rows: Sequence[Heading], new: list[int], left: float, floor: float, step: float, scale: float, at: int,
    tone: str,
) -> list[Mark]:  # fmt: skip
    """The bars of new codes, those of theory beside the emic ones."""
    wide = min(BAR, step * 0.35)
    marks: list[Mark] = []
    for number, value in enumerate(new):
        if value:
            x = left + (number + 0.5) * step + (at - 1) * wide
            said = _("{who}: {n} new").format(who=rows[number].key, n=value)
            place = (rows[number].reference, STUDY)
            marks.append(Box(x, floor - value * scale, wide, value * scale, tone, 0.45, tone, said, place))
    return marks


def _line_of(
    rows: Sequence[Heading],
    values: list[int],
    left: float,
    floor: float,
    step: float,
    scale: float,
    tone: str,
) -> list[Mark]:
    """The line of all codes so far; at each interview a mark, round for theory, square for emic ones."""
    points = tuple((left + (at + 0.5) * step, floor - value * scale) for at, value in enumerate(values))
    marks: list[Mark] = [Line(points, tone, 1.8, tone != "accent")]
    for at, (x, y) in enumerate(points):
        said = _("{who}: {n} codes so far").format(who=rows[at].key, n=values[at])
        place = (rows[at].reference, STUDY)
        square = Box(x - 2.6, y - 2.6, 5.2, 5.2, tone, 1.0, "", said, place)
        marks.append(Dot(x, y, 3, tone, 1.0, "", said, place) if tone == "accent" else square)
    return marks


def _numbers(values: dict[str, list[int]], left: float, top: float, step: float, scale: float) -> list[Mark]:
    """How many codes so far at each interview: where no line and no other number passes."""
    tall = SIZES["key"][0] * 0.75  # of a numeral
    lines = [values[line] for line, _new_ones, _tone in LINES]
    marks: list[Mark] = []
    for at in sorted(_some(len(lines[0]))):
        taken: list[float] = []  # middles of the numbers written here
        bar = max(values[new][at] for _line, new, _tone in LINES) * scale
        for (_line, _new_ones, tone), numbers in zip(LINES, lines, strict=True):
            text, x = str(numbers[at]), left + (at + 0.5) * step
            wide = width_of(text, "key") / 2 + 1
            spans = [_span(each, at, wide / step, scale) for each in lines]
            middles = _middles(_span(numbers, at, wide / step, scale), tall)
            y = next((y for y in middles if _is_free(y, tall, spans, taken)), middles[0])
            taken.append(y)
            if bar > y - tall / 2:  # on a bar the number has the ground of the page
                marks.append(
                    Box(x - wide - 1, top + HIGH - y - tall / 2 - 1.5, 2 * wide + 2, tall + 3, "page")
                )
            marks.append(Words(text, x, top + HIGH - y, "key", tone, "middle"))
    return marks


def _span(values: Sequence[int], at: int, share: float, scale: float) -> tuple[float, float]:
    """How low and how high a line runs around an interview, with its mark; `share` of a step to each side."""
    here = values[at]
    near = [values[each] for each in (at - 1, at + 1) if 0 <= each < len(values)]
    reached = [here * scale, *((here + (other - here) * min(share, 1.0)) * scale for other in near)]
    return min(min(reached), here * scale - MARK), max(max(reached), here * scale + MARK)


def _middles(span: tuple[float, float], tall: float) -> list[float]:
    """Where a number may stand: above its line, below it, then farther off."""
    low, high = span
    off = [CLEAR + tall / 2 + each * LINE for each in range(3)]
    return [place for each in off for place in (high + each, low - each)]


def _is_free(y: float, tall: float, spans: Sequence[tuple[float, float]], taken: Sequence[float]) -> bool:
    """Whether a number at a height lies on no line, on no other number, and not on the names below."""
    low, high = y - tall / 2 - CLEAR / 2, y + tall / 2 + CLEAR / 2
    crossed = any(low < above and below < high for below, above in spans)
    return low > 0 and not crossed and all(abs(y - other) > tall + CLEAR for other in taken)


def _some(number: int) -> set[int]:
    """Which of so many interviews carry their number: all, or about SPARSE of them with the last."""
    apart = -(-number // SPARSE)
    return {*range(0, number - apart, apart), number - 1} if number else set()


def _interviews(matrix: Matrix, left: float, floor: float, step: float) -> list[Mark]:
    marks: list[Mark] = []
    for at in sorted(_some(len(matrix.rows))):
        x, heading = left + (at + 0.5) * step, matrix.rows[at]
        marks.extend(centred(heading.key, x, floor + LINE * 0.8, 400, "key"))
        if step >= STEP - 1:
            marks.extend(centred(date_text(heading.group), x, floor + LINE * 1.8, 400, "small", "ink2"))
    return marks
