"""The lines and columns in which a matrix stands on the screen: bands of groups, rows, the line of sums.

A band holds rows that belong together; it is no row of the matrix. Two kinds (emic–etic, saturation) show
several fields of one cell side by side, each in a column of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcoder_lite.analysis.matrices.arranging import drop_collapsed_rows, drop_columns
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.matrices.rows import GROUP_WORDS
from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.references import STUDY, row_id
from qualcoder_lite.i18n import N_, _, language
from qualcoder_lite.ui.matrix.lines import BAND, FOOT, ROW, TEXTS, Column, Head, Layout, Line

FIELDS = {
    "emic-etic": {
        "quotes": N_("Emic: key quotes"),
        "emic_summary": N_("Emic: meaning to the informants"),
        "others": N_("Observation and documents"),
        "etic_reading": N_("Etic: the researcher’s reading"),
        "theory": N_("Theory"),
        "status": N_("Status"),
        "gap_note": N_("Note on the gap"),
    },
    "saturation": {
        "used": N_("Codes used"),
        "new": N_("New codes"),
        "cumulative": N_("Cumulative"),
        "emic_used": N_("Emic codes used"),
        "emic_new": N_("New emic codes"),
        "emic_cumulative": N_("Emic, cumulative"),
    },
    "agreement": {
        "both": N_("All coders"),
        "some": N_("Not all"),
        "none": N_("None"),
        "percent": N_("Percent"),
        "kappa": "κ",
        "pi": "π",
        "alpha": "α",
        "ac1": "AC1",
        "bp": N_("Brennan–Prediger"),
        "holsti": N_("Holsti"),
    },
}
BARE = {"used", "new", "cumulative", "emic_used", "emic_new", "emic_cumulative", "both", "some", "none"}
WITH_STATES = ("groups", "triangulation")
FEW = 7  # columns in which names and texts can be read side by side
CodesById = Mapping[bytes, CodeLine]


def layout_of(matrix: Matrix, codes: CodesById, closed: frozenset[str]) -> Layout:
    """How a matrix stands; the rows of closed bands are left out."""
    bands = _banded(matrix, codes)
    lines: list[Line] = []
    for at, (name, rows) in enumerate(bands):
        column = at if by_groups(matrix) else 0
        if name:
            words = _band_words(matrix, name)
            lines.append(Line(BAND, Head(name, words, opened=name not in closed), -1, len(rows), name))
        if name not in closed:
            heads = [(row, head_of(matrix.rows[row], codes, matrix)) for row in rows]
            lines.extend(Line(ROW, head, row, band=name, column=column) for row, head in heads)
    foot = _foot(matrix)
    if foot:
        lines.append(Line(FOOT, Head(foot, "", STUDY)))
    return Layout(
        tuple(lines),
        _columns(matrix, codes),
        _corner(matrix),
        {"linkage": 132, "emic-etic": 96}.get(matrix.kind, 0),
        frozenset(name for name, _rows in bands if name),
    )


def as_shown(matrix: Matrix, lines: Sequence[Line]) -> Matrix:
    """The matrix as it stands on the screen: in the order of its bands, without the rows of closed ones."""
    closed = [line.head.name for line in lines if line.kind == BAND and not line.head.opened]
    if by_groups(matrix):
        return drop_columns(matrix, sorted({line.column for line in lines if line.kind == ROW}), closed)
    return drop_collapsed_rows(matrix, [line.row for line in lines if line.kind == ROW], closed)


def head_of(heading: Heading, codes: CodesById, matrix: Matrix) -> Head:
    """What a heading is called and how its code looks."""
    opened = heading.reference in matrix.choice.opened
    line = codes.get(row_id(heading.reference)) if heading.kind == "code" else None
    name = heading.name if heading.name != heading.key else ""
    if heading.kind in ("technique", "class"):  # their keys are words of the program
        return Head(heading.name, "", heading.reference, below=heading.below, opened=opened)
    if line is None:
        return Head(
            heading.key, name, heading.reference, depth=heading.depth, below=heading.below, opened=opened
        )
    emic = line.perspective == "emic"
    return Head(heading.key, name, heading.reference, line.colour, emic, heading.depth, heading.below, opened)


def _banded(matrix: Matrix, codes: CodesById) -> list[tuple[str, list[int]]]:
    """The rows by band, in order; one nameless band where nothing groups them."""
    if by_groups(matrix):
        return [(heading.key, list(range(len(matrix.rows)))) for heading in matrix.columns]
    found: dict[str, list[int]] = {}
    for number, heading in enumerate(matrix.rows):
        name = _band_of(matrix, heading, codes) if _has_bands(matrix) else ""
        found.setdefault(name, []).append(number)
    return list(found.items())


def by_groups(matrix: Matrix) -> bool:
    """Whether a band stands for each column of the matrix: groups of informants, read emic and etic."""
    return matrix.kind == "emic-etic" and bool(matrix.choice.by)


def _has_bands(matrix: Matrix) -> bool:
    if matrix.choice.sort:
        return False
    return matrix.kind in ("informants", "triangulation", "groups", "emic-etic")


def _band_of(matrix: Matrix, heading: Heading, codes: CodesById) -> str:
    if heading.kind == "source":
        return "" if matrix.choice.rows == "source" else TEXTS
    if heading.kind == "informant" and matrix.choice.rows in ("", "informant"):
        return _group_of(matrix, heading)
    if heading.kind == "code" and matrix.kind == "emic-etic":
        line = codes.get(row_id(heading.reference))
        return line.perspective if line else ""
    if heading.kind == "code" and heading.key != heading.group and not heading.depth:
        return heading.group
    return ""


def _group_of(matrix: Matrix, heading: Heading) -> str:
    """The group of an informant by the attribute that is called so, else the class."""
    row = next((r for r in matrix.counted.frames.informants if r.alias == heading.key), None)
    for name, value in (row.attributes if row else {}).items():
        if name.lower() in GROUP_WORDS and value:
            return value
    return heading.group


def _band_words(matrix: Matrix, name: str) -> str:
    words = {
        TEXTS: _("Observation and documents"),
        "etic": _("Codes from theory"),
        "emic": _("Codes in the informants’ words"),
    }
    top = next((code for code in matrix.counted.frames.codes if code.key == name), None)
    named = f"{top.key} {top.name(language())}" if top else word(name)
    return words.get(name) or named


def _foot(matrix: Matrix) -> str:
    if matrix.choice.transposed:
        return ""
    if matrix.kind == "informants":
        return _("Informants mentioning")
    if matrix.kind in WITH_STATES:
        return _("Whole column")
    return _("Factor alone") if matrix.kind == "linkage" else ""


def _corner(matrix: Matrix) -> str:
    if matrix.kind == "linkage":
        return _("Factor × dimension") if matrix.choice.transposed else _("Dimension × factor")
    kinds = {heading.kind for heading in matrix.rows}
    by = next((h.group for h in matrix.rows if h.kind == "value"), "")
    if by or "class" in kinds:
        return by or _("Class of informants")
    if "technique" in kinds:
        return _("Technique")
    if "informant" in kinds:
        return _("Informant")
    return _("Codes") if "code" in kinds else _("Source") if "source" in kinds else ""


def _columns(matrix: Matrix, codes: CodesById) -> tuple[Column, ...]:
    fields = FIELDS.get(matrix.kind)
    if fields:
        left_out = {"others"} if matrix.kind == "emic-etic" and not matrix.cells["others"].any() else set()
        shown = [name for name in fields if name == "quotes" or name in {*matrix.cells.columns} - left_out]
        wide = {name: name not in BARE and matrix.kind == "emic-etic" and name != "status" for name in shown}
        return tuple(Column(Head("", _(fields[name])), 0, name, wide=wide[name]) for name in shown)
    made = [
        Column(head_of(h, codes, matrix), number, "", _column_group(matrix, h, codes), _is_wide(matrix, h))
        for number, h in enumerate(matrix.columns)
    ]
    if matrix.kind == "informants" and not matrix.choice.transposed:
        made.append(Column(Head("", _("Whole row")), -1, "whole", wide=False))
    if matrix.states and not matrix.choice.transposed:
        made.append(Column(Head("", _("Note on convergence")), -1, "note"))
        made.append(Column(Head("", _("Proposed state")), -1, "state", wide=False))
    return tuple(made)


def _is_wide(matrix: Matrix, heading: Heading) -> bool:
    """Dimensions show their text, and informants' own words while they are few; others strip and count."""
    if heading.kind != "code" or matrix.kind != "informants":
        return True
    frames = matrix.counted.frames
    top = next((code for code in frames.codes if code.key == (heading.group or heading.key)), None)
    if top is None or heading.depth:
        return False
    return top.kind == "dimension" or (top.perspective == "emic" and len(matrix.columns) <= FEW)


def _column_group(matrix: Matrix, heading: Heading, codes: CodesById) -> str:
    """What stands over several columns: dimensions, factors, the top code of indicators, groups of people."""
    if heading.kind == "value":
        return heading.group
    if heading.kind in ("informant", "source") and _has_bands(matrix):
        band = _band_of(matrix, heading, codes)
        return _band_words(matrix, band) if band else ""
    if heading.kind != "code":
        return ""
    top = next((code for code in matrix.counted.frames.codes if code.key == heading.group), None)
    if top is None or matrix.choice.level == "indicator":
        return f"{top.key} {top.name(language())}" if top else ""
    if top.perspective == "emic":
        return _("Codes in the informants’ words")
    named = {"dimension": _("Dimensions"), "factor": _("Factors")}
    return named.get(top.kind, _("Others"))
