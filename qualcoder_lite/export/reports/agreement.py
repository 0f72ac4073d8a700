"""Agreement of coders as tables: code by code, domain by domain, and every unit to be talked over."""

from __future__ import annotations

from typing import Any

from qualcoder_lite.analysis.agreement.agreement import Domain
from qualcoder_lite.analysis.agreement.coefficients import NAMES, UNDEFINED, format_coefficient
from qualcoder_lite.analysis.agreement.disagreements import DisagreementLine, disagreement_lines
from qualcoder_lite.analysis.agreement.sets import (
    DRAWS,
    FEWEST,
    ONE_VALUE,
    SEED,
    SET_NAMES,
    SEVERAL,
    TOO_FEW,
    Interval,
    format_interval,
)
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
MEASURES = ("percent", "alpha", "alpha_jaccard", "alpha_masi", *ONE_VALUE)
FLAT = (
    *("table", "key", "name", "both", "some", "none", "units", "disagreements", *MEASURES),
    *("alpha_interval", "alpha_jaccard_interval", "alpha_masi_interval"),
)
BASIS_NOTES = {
    "sources": N_("All figures of a row rest on all of these units."),
    "used": N_(
        "All figures of a row rest on the units that anyone used: of a domain those with one of its codes,"
        " of a single code those with any code."
    ),
}
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
        Column(_("Codes"), 1.9),
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
    named = [(name, counts_column(_(words), 1.2)) for name, words in NAMES.items()]
    interval = counts_column(_("Interval of α (95 %)"), 1.8)
    return tuple(
        one for name, column in named for one in ((column, interval) if name == "alpha" else (column,))
    )


def _coefficients(counts: Any) -> tuple[Cell, ...]:
    told = {name: cell(format_coefficient(counts[name]), "number") for name in NAMES}
    interval = cell(format_interval(counts["interval"]), "number")
    return tuple(
        one for name in NAMES for one in ((told[name], interval) if name == "alpha" else (told[name],))
    )


def _domains(view: View) -> Table:
    heads = (
        Column(_("Domain"), 2.0),
        counts_column(_("Units")),
        counts_column(_("Disagreements")),
        *(counts_column(_(name), 2.0) for name in SET_NAMES.values()),
        Column(_("Coefficients of one value for a unit"), 2.5),
    )
    domains: tuple[Domain, ...] = view.matrix.details["domains"]
    lines = (
        _(
            "The value of a unit is the set of its top codes of the domain; none is a value too. α weighs how"
            " much two sets differ: Jaccard by what they share, MASI (Passonneau 2006) also by whether one"
            " lies in the other."
        ),
        _(
            "κ, π, AC1, Brennan–Prediger and Holsti need one value for a unit: where a coder gave a unit"
            " several codes of the domain they are undefined."
        ),
    )
    notes = (*(words(line, "note") for line in lines), *_notes(view))
    rows = tuple(Row(_domain(domain)) for domain in domains)
    return Table(_("Agreement of Coders by Domain"), heads, rows, notes, view.chapter)


def _domain(domain: Domain) -> tuple[Cell, ...]:
    named = (words(domain.name, "text", "bold"), words(", ".join(domain.codes), "count"))
    given = vars(domain.coefficients)
    numbers = (cell(len(domain.units)), cell(len(domain.apart)))
    sets = [words(format_coefficient(given[name]), "number") for name in SET_NAMES]
    intervals = ["", *(format_interval(domain.intervals[name]) for name in domain.intervals)]
    told = [
        (one, words(below, "count")) if below else (one,) for one, below in zip(sets, intervals, strict=True)
    ]
    single = [f"{_(NAMES[name])} {format_coefficient(given[name])}" for name in ONE_VALUE]
    alone = [_(SEVERAL)] if domain.coefficients.several else single
    return (named, *numbers, *told, tuple(words(line, "count") for line in alone))


def _notes(view: View) -> tuple[Paragraph, ...]:
    coders, choice = view.matrix.details["coders"], view.matrix.choice
    units = _(UNIT_WORDS[choice.units]).format(coder=coders[0])
    said = _("Units: {units} ({n}), in sources that every compared coder has coded.")
    lines = (
        said.format(units=units, n=len(view.matrix.details["units"])),
        _(BASIS_NOTES[choice.basis]),
        interval_note(),
        _("Undefined: there is no unit, or chance alone would already agree always."),
    )
    return (*(words(line, "note") for line in lines), *common_notes(view))


# Disagreements -------------------------------------------------------------------------------------------


def interval_note() -> str:
    """How intervals were drawn."""
    said = _(
        "Intervals of α (95 %): bootstrap over units, percentiles of {draws} draws with the fixed seed"
        " {seed}; too few: under {fewest} units, or a code so rare that α is undefined in over"
        " one draw of twenty."
    )
    return said.format(draws=DRAWS, seed=SEED, fewest=FEWEST)


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
        _("Bold under a coder: the top codes of the unit. –: no code of this domain."),
        _(
            "Listed are all units on which the coders do not have the same top codes: who sees a second theme"
            " in a unit differs as well."
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
    """The top codes that not all coders have, with name and kind."""
    frames = view.matrix.counted.frames
    rows = [frames.codes[frames.code(key)] for key in line.about]
    return tuple(
        words(text, "count" if more else "text", "" if more else "bold")
        for row in rows
        for more, text in enumerate((row.key, f"{row.name(language())} ({word(row.kind)})"))
    )


def _coded(values: tuple[str, ...], codes: tuple[str, ...]) -> Cell:
    """The top codes, and under them all codes."""
    if not codes:
        return (words("–", "blank"),)
    return (words(", ".join(values), "text", "bold"), words(", ".join(codes), "count"))


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
            *(" ".join(values) for values in line.values),
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
        rows.append(["code", heading.key, heading.name, *numbers, int(counted["units"]), counted["some"]])
        rows[-1] += [*_values(counted, UNDEFINED), _limits(counted["interval"]), None, None]
    for domain in view.matrix.details["domains"]:
        numbers = [len(domain.units), len(domain.apart)]
        why = SEVERAL if domain.coefficients.several else UNDEFINED
        named = ["domain", domain.key, domain.name, None, None, None]
        rows.append([*named, *numbers, *_values(vars(domain.coefficients), why), None])
        rows[-1] += [_limits(interval) for interval in domain.intervals.values()]
    width = len(FLAT) + len(disagreements.heads)
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    apart = [["disagreement", *[None] * (len(FLAT) - 1), *row] for row in disagreements.rows]
    return Sheet(_("Agreement"), (*FLAT, *disagreements.heads), [*padded, *apart])


def _values(counts: Any, why: str) -> list[str | float | None]:
    """The coefficients as numbers to work with, and in words `why` those of one value are undefined."""
    found: list[str | float | None] = []
    for name in MEASURES:
        value = counts.get(name)
        said = _(why if name in ONE_VALUE else UNDEFINED) if name in counts else None
        found.append(said if value is None else round(float(value), 4))
    return found


def _limits(interval: Interval | None) -> str:
    """An interval to work with, from–to."""
    return _(TOO_FEW) if interval is None else "{:.4f} {:.4f}".format(*interval)


def agreement_json(project: Project, matrix: Matrix) -> dict[str, Any]:
    """What stands beside the cells: coders, units, domains, and the list of disagreements."""
    coders, domain = matrix.details["coders"], matrix.choice.domain
    return {
        "coders": list(coders),
        "units": {"kind": matrix.choice.units, "number": len(matrix.details["units"])},
        "basis": matrix.choice.basis,
        "bootstrap": {"draws": DRAWS, "seed": SEED, "level": 0.95, "fewest": FEWEST},
        "domains": [_domain_json(one) for one in matrix.details["domains"]],
        "domain": domain,
        "disagreements": [_line_json(line, coders) for line in disagreement_lines(project, matrix, domain)],
    }


def _domain_json(domain: Domain) -> dict[str, Any]:
    named = {"key": domain.key, "name": domain.name, "codes": list(domain.codes)}
    intervals = {f"{name}_interval": interval for name, interval in domain.intervals.items()}
    return named | {"disagreements": len(domain.apart)} | vars(domain.coefficients) | intervals


def _line_json(line: DisagreementLine, coders: tuple[str, ...]) -> dict[str, Any]:
    place = {"source": line.key, "start": line.start, "end": line.end, "line": line.line}
    said = {"speaker": line.speaker, "quote": line.quote, "about": list(line.about)}
    return (
        place
        | said
        | {
            "top": {coder: list(values) for coder, values in zip(coders, line.values, strict=True)},
            "codes": {coder: list(codes) for coder, codes in zip(coders, line.codes, strict=True)},
        }
    )
