"""Agreement of coders as tables: code by code, domain by domain, and every unit to be talked over."""

from __future__ import annotations

from typing import Any

from qualcoder_lite.analysis.agreement.agreement import Domain
from qualcoder_lite.analysis.agreement.coefficients import NAMES, format_coefficient
from qualcoder_lite.analysis.agreement.disagreements import DisagreementLine, disagreement_lines
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.export.report import (
    Cell,
    Column,
    Paragraph,
    Part,
    Report,
    Row,
    Run,
    Sheet,
    Table,
    cell,
    sheet_of,
    words,
)
from qualcoder_lite.export.view import (
    View,
    common_notes,
    counts_column,
    intro,
    named_cell,
    number_column,
    shown_quote,
)
from qualcoder_lite.i18n import N_, _, language
from qualcoder_lite.store.project import Project

UNIT_WORDS = {
    "turns": N_("turns of informants; in a source without turns, paragraphs"),
    "sentences": N_("sentences of informants"),
    "passages": N_("passages of {coder}"),
}
FLAT = ("table", "key", "name", "both", "some", "none", "units", "left_out", "disagreements", *NAMES)
PLACE = ("source", "line", "start", "end", "speaker", "quote")


def agreement_report(view: View) -> Report:
    """Three tables: codes, domains, and the disagreements in the domain of the choice."""
    lines = disagreement_lines(view.texts.project, view.matrix, view.matrix.choice.domain)
    codes, domains, apart = _codes(view), _domains(view), disagreements_table(view, lines)
    before = intro(view, _("How far the coders code the same units alike, and where they do not."))
    listed = _disagreements_sheet(view, lines)
    sheets = (sheet_of(codes, _("Matrix")), sheet_of(domains, _("Domains")), listed)
    parts = (before, Part((codes, domains, apart), wide=True))
    return Report(_("Agreement of coders"), parts, sheets, flat_sheet(view, listed))


def _codes(view: View) -> Table:
    heads = (
        number_column(),
        Column(_("Codes"), 2.0),
        *map(counts_column, (_("All coders"), _("Not all"), _("None"))),
        *_coefficient_columns(),
    )
    counts = [counts for line in view.counts for counts in line]
    rows = tuple(
        Row((cell(number), named_cell(heading), *_counted(counts_of), *_coefficients(counts_of)))
        for number, (heading, counts_of) in enumerate(zip(view.matrix.rows, counts, strict=True), 1)
    )
    return Table(_("Agreement of Coders on each Code"), heads, rows, _notes(view), view.chapter)


def _counted(counts: Any) -> tuple[Cell, ...]:
    return tuple(cell(int(counts[name])) for name in ("both", "some", "none"))


def _coefficient_columns() -> tuple[Column, ...]:
    return tuple(counts_column(_(name), 1.5) for name in NAMES.values())


def _coefficients(counts: Any) -> tuple[Cell, ...]:
    return tuple(cell(format_coefficient(counts[name]), "number") for name in NAMES)


def _domains(view: View) -> Table:
    heads = (
        Column(_("Domain"), 2.0),
        counts_column(_("Units with values of two")),
        counts_column(_("Units left out")),
        counts_column(_("Disagreements")),
        *_coefficient_columns(),
    )
    domains: tuple[Domain, ...] = view.matrix.details["domains"]
    lines = (
        _("Of each unit the primary top code counts: that which covers most of it."),
        _(
            "Coefficients are of the units to which at least two coders gave a code of the domain."
            " Disagreements are counted over all units: also where only one of them gave such a code."
        ),
    )
    notes = (*(words(line, "note") for line in lines), *_notes(view))
    rows = tuple(Row(_domain(domain)) for domain in domains)
    return Table(_("Agreement of Coders by Domain"), heads, rows, notes, view.chapter)


def _domain(domain: Domain) -> tuple[Cell, ...]:
    named = (words(domain.name, "text", "bold"), words(", ".join(domain.codes), "count"))
    numbers = (domain.coefficients.units, domain.left_out, len(domain.disagreements))
    return (named, *(cell(number) for number in numbers), *_coefficients(vars(domain.coefficients)))


def _notes(view: View) -> tuple[Paragraph, ...]:
    coders, choice = view.matrix.details["coders"], view.matrix.choice
    units = _(UNIT_WORDS[choice.units]).format(coder=coders[0])
    said = _("Units: {units} ({n}), in sources that every compared coder has coded.")
    undefined = _("Undefined: no unit has two values, or chance alone would already agree always.")
    lines = (said.format(units=units, n=len(view.matrix.details["units"])), undefined)
    return (*(words(line, "note") for line in lines), *common_notes(view))


# Disagreements -------------------------------------------------------------------------------------------


def disagreements_table(view: View, lines: list[DisagreementLine]) -> Table:
    """The units on which the coders differ: where, who speaks, the passage, and what each coder has there."""
    coders: tuple[str, ...] = view.matrix.details["coders"]
    heads = (
        number_column(),
        Column(_("Place"), 1.5),
        Column(_("Speaker"), 1.2),
        Column(_("Passage"), 5.0),
        Column(_("Differ in"), 1.7),
        *(Column(coder, 1.7) for coder in coders),
    )
    rows = tuple(_disagreement(view, number, line) for number, line in enumerate(lines, 1))
    if not rows:
        rows = (Row(((words(_("The coders differ on no unit."), "band"),),), "band"),)
    lines_below = (
        _("Bold under a coder: the primary top code of the unit. –: no code of this domain."),
        _(
            "Listed are all units on which the coders do not have the same top codes, or not the same primary"
            " one: who sees a second theme in a unit differs as well. Therefore there may be more of them"
            " than disagreements by domain."
        ),
    )
    notes = (*(words(line, "note") for line in lines_below), *_notes(view))
    return Table(_("Disagreements of the Coders"), heads, rows, notes, view.chapter)


def _disagreement(view: View, number: int, line: DisagreementLine) -> Row:
    quote = (Paragraph((Run(shown_quote(line.quote), "italic"),), "quote"),)
    coded = [_coded(value, codes) for value, codes in zip(line.values, line.codes, strict=True)]
    return Row(
        (cell(number), cell(line.citation), cell(line.speaker or "–"), quote, _apart(view, line), *coded)
    )


def _apart(view: View, line: DisagreementLine) -> Cell:
    """The top codes that not all coders have, with name and kind; and whether the primary ones differ."""
    frames = view.matrix.counted.frames
    rows = [frames.codes[frames.code(key)] for key in line.about]
    told = [
        words(text, "count" if more else "text", "" if more else "bold")
        for row in rows
        for more, text in enumerate((row.key, f"{row.name(language())} ({word(row.kind)})"))
    ]
    primary = [words(_("primary code"), "count")] if len(set(line.values)) > 1 else []
    return (*told, *primary)


def _coded(value: str, codes: tuple[str, ...]) -> Cell:
    """The primary top code, and under it all codes."""
    if not codes:
        return (words("–", "blank"),)
    return (words(value, "text", "bold"), words(", ".join(codes), "count"))


def _disagreements_sheet(view: View, lines: list[DisagreementLine]) -> Sheet:
    coders: tuple[str, ...] = view.matrix.details["coders"]
    rows: list[tuple[str | int, ...]] = [
        (
            line.key,
            line.line,
            line.start,
            line.end,
            line.speaker,
            line.quote,
            " ".join(line.about),
            *line.values,
            *(" ".join(codes) for codes in line.codes),
        )
        for line in lines
    ]
    heads = (*PLACE, "about", *coders, *(_("codes of {coder}").format(coder=coder) for coder in coders))
    widths = (11.0, 7.0, 8.0, 8.0, 14.0, 70.0, 12.0, *(14.0 for _head in heads[7:]))
    return Sheet(_("Disagreements"), heads, rows, widths)


def flat_sheet(view: View, disagreements: Sheet) -> Sheet:
    """Codes, domains and disagreements in one table for CSV, told apart by its first column."""
    counts = [counts for line in view.counts for counts in line]
    rows: list[list[Any]] = []
    for heading, counted in zip(view.matrix.rows, counts, strict=True):
        numbers = [int(counted[name]) for name in ("both", "some", "none")]
        rows.append(["code", heading.key, heading.name, *numbers, None, None, None, *_values(counted)])
    for domain in view.matrix.details["domains"]:
        numbers = [domain.coefficients.units, domain.left_out, len(domain.disagreements)]
        named = ["domain", domain.key, domain.name, None, None, None]
        rows.append([*named, *numbers, *_values(vars(domain.coefficients))])
    width = len(FLAT) + len(disagreements.heads)
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    apart = [["disagreement", *[None] * (len(FLAT) - 1), *row] for row in disagreements.rows]
    return Sheet(_("Agreement"), (*FLAT, *disagreements.heads), [*padded, *apart])


def _values(counts: Any) -> list[str | float]:
    """The coefficients as numbers to work with; undefined stays a word."""
    found = [counts[name] for name in NAMES]
    return [format_coefficient(value) if value is None else round(float(value), 4) for value in found]


def agreement_json(project: Project, matrix: Matrix) -> dict[str, Any]:
    """What stands beside the cells: coders, units, domains, and the list of disagreements."""
    coders, domain = matrix.details["coders"], matrix.choice.domain
    return {
        "coders": list(coders),
        "units": {"kind": matrix.choice.units, "number": len(matrix.details["units"])},
        "domains": [_domain_json(one) for one in matrix.details["domains"]],
        "domain": domain,
        "disagreements": [_line_json(line, coders) for line in disagreement_lines(project, matrix, domain)],
    }


def _domain_json(domain: Domain) -> dict[str, Any]:
    named = {"key": domain.key, "name": domain.name, "codes": list(domain.codes)}
    numbers = {"left_out": domain.left_out, "disagreements": len(domain.disagreements)}
    return named | numbers | vars(domain.coefficients)


def _line_json(line: DisagreementLine, coders: tuple[str, ...]) -> dict[str, Any]:
    place = {"source": line.key, "start": line.start, "end": line.end, "line": line.line}
    said = {"speaker": line.speaker, "quote": line.quote, "about": list(line.about)}
    return (
        place
        | said
        | {
            "primary": {coder: value or None for coder, value in zip(coders, line.values, strict=True)},
            "codes": {coder: list(codes) for coder, codes in zip(coders, line.codes, strict=True)},
        }
    )
