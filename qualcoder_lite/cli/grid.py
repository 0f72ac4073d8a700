"""A matrix as lines for a terminal: the counts alone, each named under the grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qualcoder_lite.analysis.agreement.agreement import domain_figures, with_intervals
from qualcoder_lite.analysis.agreement.coefficients import format_coefficient
from qualcoder_lite.analysis.agreement.disagreements import disagreement_lines
from qualcoder_lite.analysis.conclusions.hints import shorten
from qualcoder_lite.analysis.matrices.blanks import MARKS
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.matrices.triangulation import proposed_words
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.export.reports.agreement import interval_note
from qualcoder_lite.i18n import N_, _, n_
from qualcoder_lite.store.project import Project

Cell = Mapping[str, Any]
SHORT: dict[str, tuple[Callable[[Cell], str], str]] = {
    "informants": (
        lambda cell: MARKS[cell["mark"]] if cell["mark"] else f"{cell['codings']}/{cell['passages']}",
        N_("codings/passages; · uncoded, — silent, t.d. not asked, t.r. not applicable"),
    ),
    "linkage": (
        lambda cell: f"{cell['passages']}/{cell['sources']}" if cell["passages"] else "—",
        N_("co-coded passages/sources; — no co-coded passage"),
    ),
    "groups": (
        lambda cell: f"{cell['informants']}/{cell['n']} {cell['codings']}",
        N_("informants who mention it/all of the group, then codings"),
    ),
    "comparison": (
        lambda cell: f"{cell['codings']}/{cell['passages']}" if cell["codings"] else "—",
        N_("codings/passages; — does not speak of it"),
    ),
    "triangulation": (
        lambda cell: f"{cell['sources']} ({cell['codings']})" if cell["codings"] else "—",
        N_("sources (codings)"),
    ),
    "emic-etic": (lambda cell: f"{cell['passages']}  {word(cell['status'])}", N_("passages and status")),
    "agreement": (
        lambda cell: (
            f"{cell['both']:>3} {cell['some']:>3} {cell['none']:>4}  {format_coefficient(cell['alpha'])}"
        ),
        N_("units that all coders, not all, none gave the code; Krippendorff’s α"),
    ),
    "saturation": (
        lambda cell: f"{cell['used']:>3} {cell['new']:>3} {cell['cumulative']:>3}",
        N_("codes used, new, cumulative"),
    ),
}


def matrix_lines(project: Project, matrix: Matrix) -> list[str]:
    """The grid of a matrix with a line that says what its numbers are."""
    short, legend = SHORT[matrix.kind]
    records: list[dict[Any, Any]] = matrix.cells.to_dict("records")
    words = [short(cell) for cell in records]
    columns = len(matrix.columns)
    rows = [["", *(_head(matrix, column.key) for column in matrix.columns)]]
    for index, heading in enumerate(matrix.rows):
        rows.append([heading.key, *words[index * columns : (index + 1) * columns]])
        if matrix.states:
            rows[-1].append(proposed_words(matrix, index))
    widths = [max(len(row[at]) if at < len(row) else 0 for row in rows) for at in range(max(map(len, rows)))]
    lines = ["  ".join(each.ljust(width) for each, width in zip(row, widths, strict=False)) for row in rows]
    coder = _("Coder: {name}").format(name=matrix.coder or "—")
    more = _agreement(project, matrix) if matrix.kind == "agreement" else _shared(matrix)
    return [*(line.rstrip() for line in lines), "", f"{_(legend)}. {coder}", *more]


def _shared(matrix: Matrix) -> list[str]:
    """Of what all members of a comparison speak, and of what only one does; nothing for other kinds."""
    if matrix.kind != "comparison":
        return []
    told = [(_("All of them"), matrix.details["shared"])]
    told += [(_("Only {who}").format(who=word(key)), keys) for key, keys in matrix.details["only"].items()]
    return ["", *(f"{who}: {' '.join(keys) or '–'}" for who, keys in told)]


def _agreement(project: Project, matrix: Matrix) -> list[str]:
    """Each domain with all coefficients, then the units on which the coders differ."""
    lines: list[str] = []
    for domain in with_intervals(matrix).details["domains"]:
        units = n_("{n} unit", "{n} units", len(domain.units)).format(n=len(domain.units))
        lines += ["", f"{domain.name} ({', '.join(domain.codes)}): {units}"]
        lines += [f"  {line}" for line in domain_figures(domain)]
    lines += ["", interval_note()]
    apart = disagreement_lines(project, matrix, matrix.choice.domain)
    lines += ["", n_("{n} disagreement", "{n} disagreements", len(apart)).format(n=len(apart))]
    for line in apart:
        coded = zip(matrix.details["coders"], line.codes, strict=True)
        said = "; ".join(f"{coder}: {' '.join(codes) or '–'}" for coder, codes in coded)
        lines.append(f"  {line.citation}  {line.speaker}  {said}  “{shorten(line.quote)}”")
    return lines


def _head(matrix: Matrix, key: str) -> str:
    if matrix.choice.by and matrix.kind == "emic-etic":
        return key
    return "" if matrix.kind in ("saturation", "emic-etic", "agreement") else word(key)
