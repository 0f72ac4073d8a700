"""Dimensions by factors as a table, and a section for each cell that has something to say."""

from __future__ import annotations

from collections.abc import Sequence

from qualcoder_lite.analysis.cells.written import Written
from qualcoder_lite.analysis.conclusions.claims import ClaimRow
from qualcoder_lite.analysis.matrices.links import LinkRow
from qualcoder_lite.analysis.terms import SIGN_MARKS, word
from qualcoder_lite.coding.counting.frames import SIGNS
from qualcoder_lite.export.report import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Part,
    Report,
    Row,
    Run,
    Table,
    cell,
    words,
)
from qualcoder_lite.export.turning import as_shown, matrix_sheet
from qualcoder_lite.export.view import (
    Passage,
    View,
    cited,
    code_column,
    column_groups,
    common_notes,
    count_of_codings,
    count_of_passages,
    count_of_sources,
    counted_line,
    distinct_ranges,
    emic_and_other,
    intro,
    named_cell,
    shown_quote,
    sign_notes,
    strip,
    text_cell,
    tokens,
    warnings,
)
from qualcoder_lite.i18n import _, language, n_

MOST_EVIDENCE = 12  # quotes in one section; the rest is named by citations


def linkage_report(view: View) -> Report:
    """The table of dimensions by factors, then sections: claim, evidence, theory, status."""
    claims: Claims = view.matrix.details["claims"]
    whole = _table(view, list(range(len(view.matrix.columns))), claims)
    upright = [_table(view, columns, claims) for columns in column_groups(view)]
    tables: list[Block] = [*as_shown(view, whole, upright)]
    before = intro(view, _("Where what is said of a dimension and of a factor is said in the same words."))
    parts = [before, Part(tuple(tables), wide=True)]
    sections = _sections(view, claims)
    if sections:
        parts.append(Part((Heading(_("The cells one by one"), 2), *sections)))
    return Report(_("Linkage of dimensions and factors"), tuple(parts), (matrix_sheet(view, whole),))


Claims = dict[tuple[int, int], list[ClaimRow]]
Links = dict[tuple[int, int], list[LinkRow]]


def _table(view: View, columns: list[int], claims: Claims) -> Table:
    heads = [Column(_("Dimension"), 1.8)]
    heads += [code_column(view.matrix.columns[number]) for number in columns]
    rows = [
        Row((named_cell(heading), *(_cell(view, row, column, claims) for column in columns)))
        for row, heading in enumerate(view.matrix.rows)
    ]
    alone = view.matrix.details["alone"]
    closing = [cell(_("Factor without any dimension")), *(cell(count_of_codings(alone[n])) for n in columns)]
    names = ", ".join(view.matrix.columns[number].name for number in columns)
    caption = _("Linkage of Dimensions with {factors}").format(factors=names)
    notes = (*_reading_notes(), sign_notes(), *common_notes(view))
    lines = (*rows, Row(tuple(closing), "total"))
    return Table(caption, tuple(heads), lines, notes, view.chapter, _("Factor"), lead=1)


def _reading_notes() -> tuple[Paragraph, ...]:
    return (
        words("— " + _("no passage carries codes of both, which does not rule out a relation"), "note"),
        words(
            _(
                "Passages are the stretches that a coding of the dimension and one of the factor share. Signs"
                " tell the tone of a passage, not a cause."
            ),
            "note",
        ),
    )


def _cell(view: View, row: int, column: int, claims: Claims) -> Cell:
    counts, written = view.counts[row][column], view.written(row, column)
    passages = view.passages.get((row, column), [])
    said = tuple(_claim_in_cell(claim) for claim in claims.get((row, column), ()))
    reading = text_cell(written.etic_reading) if written and written.etic_reading else ()
    if not counts["passages"]:
        nothing = said + reading or (words(_("no claim"), "count"),)
        return (words("—", "blank"), *nothing, *warnings(written, view.is_left_out(row, column)))
    line = counted_line(count_of_passages(counts["passages"]), count_of_sources(counts["sources"]))
    return (line, *strip(counts), *reading, *said, *tokens(view, passages), *warnings(written, evidence=True))


def _claim_in_cell(claim: ClaimRow) -> Paragraph:
    runs = [Run(claim.number, "bold"), Run(f" {claim.sentence(language())} ")]
    return Paragraph((*runs, Run(f"({word(claim.status)})", "quiet")))


# The cells one by one ------------------------------------------------------------------------------------


def _sections(view: View, claims: Claims) -> list[Block]:
    blocks: list[Block] = []
    links: Links = view.matrix.details["links"]
    for row, one in enumerate(view.matrix.rows):
        for column, other in enumerate(view.matrix.columns):
            written, spoken = view.written(row, column), claims.get((row, column), [])
            passages = view.passages.get((row, column), [])
            drawn = links.get((row, column), [])
            if passages or drawn or (written and written.has_words):
                blocks.append(Heading(f"{one.key} × {other.key}: {one.name} – {other.name}", 3))
                blocks += _section(view, passages, drawn, written, spoken)
    return blocks


def _section(
    view: View,
    passages: list[Passage],
    links: Sequence[LinkRow],
    written: Written | None,
    claims: Sequence[ClaimRow],
) -> list[Block]:
    """Claim (etic), evidence (emic), what else shows it, links drawn, evidence against, theory, status."""
    blocks: list[Block] = [_label(_("Claim (etic)"))]
    blocks += [_body(written.etic_reading)] if written and written.etic_reading else []
    blocks += [_body(f"{claim.number}. {claim.sentence(language())}") for claim in claims]
    if len(blocks) == 1:
        blocks.append(_body(_("not written yet"), "quiet"))
    blocks += _supporting(view, passages, written, claims)
    if links:
        blocks += [_label(_("Links drawn by the researcher")), *(_link(view, link) for link in links)]
    blocks += _opposing(view, claims)
    theories = [written.theory] if written and written.theory else []
    theories += [claim.theory for claim in claims if claim.theory]
    blocks += [_label(_("Theory")), _body("; ".join(theories))] if theories else []
    return [*blocks, _label(_("Status")), *_status(written, claims)]


def _supporting(
    view: View, passages: list[Passage], written: Written | None, claims: Sequence[ClaimRow]
) -> list[Block]:
    """What the cell's codes share and what claims name, each with the claims it speaks for.

    What is only named against claims stands with them, not here.
    """
    sides = [_named(view, claims, side) for side in ("for", "against")]
    there = [p for p in passages if _claims_on(p, sides[0]) or not _claims_on(p, sides[1])]
    named = [p for listed in sides[0].values() for p in listed if not any(_meet(p, one) for one in passages)]
    listed = distinct_ranges(sorted([*there, *named], key=lambda p: not _claims_on(p, sides[0])))
    said, other = emic_and_other(view, listed)
    blocks: list[Block] = [_label(_("Evidence (emic)"))]
    blocks += [_body(written.emic_summary)] if written and written.emic_summary else []
    blocks += _quoted(view, said, sides[0])
    return (
        [*blocks, _label(_("Observation and documents")), *_quoted(view, other, sides[0])]
        if other
        else blocks
    )


def _opposing(view: View, claims: Sequence[ClaimRow]) -> list[Block]:
    """What speaks against each claim, under its number."""
    blocks: list[Block] = []
    for number, listed in _named(view, claims, "against").items():
        blocks += [_label(_("Evidence against {claim}").format(claim=number)), *_quoted(view, listed, {})]
    return blocks


Named = dict[str, list[Passage]]  # passages by the number of the claim that names them


def _named(view: View, claims: Sequence[ClaimRow], side: str) -> Named:
    """What each claim names for it or against it; claims that name nothing are left out."""
    found = {
        claim.number: distinct_ranges(_passage(view, coding) for coding in codings)
        for claim in claims
        for codings in (claim.evidence_for if side == "for" else claim.evidence_against,)
    }
    return {number: listed for number, listed in found.items() if listed}


def _claims_on(passage: Passage, named: Named) -> list[str]:
    return [number for number, listed in named.items() if any(_meet(passage, one) for one in listed)]


def _meet(one: Passage, other: Passage) -> bool:
    return one.source == other.source and one.start < other.end and other.start < one.end


def _quoted(view: View, passages: list[Passage], named: Named) -> list[Block]:
    blocks: list[Block] = [_evidence(view, p, _claims_on(p, named)) for p in passages[:MOST_EVIDENCE]]
    rest = len(passages) - MOST_EVIDENCE
    if rest > 0:
        cites = " ".join(f"[{cited(view, p)}]" for p in passages[MOST_EVIDENCE : 3 * MOST_EVIDENCE])
        text = n_("and {n} more passage: {citations}", "and {n} more passages: {citations}", rest)
        more = " …" if len(passages) > 3 * MOST_EVIDENCE else ""
        blocks.append(_body(text.format(n=rest, citations=cites + more), "quiet"))
    return blocks or [_body("— " + _("no passage"), "quiet")]


def _evidence(view: View, passage: Passage, claims: Sequence[str]) -> Paragraph:
    """A quote, its citation, its sign and the claims that it speaks for."""
    said = shown_quote(view.texts.quote(passage.source, passage.start, passage.end))
    sign = SIGN_MARKS[SIGNS[passage.sign]]
    after = f" [{cited(view, passage)}]" + (f" ({sign})" if sign else "")
    after += " – " + _("speaks for {claims}").format(claims=", ".join(claims)) if claims else ""
    return Paragraph((Run(said, "italic"), Run(after, "quiet")), "excerpt")


def _passage(view: View, coding: int) -> Passage:
    of = view.matrix.counted.frames.codings
    start, end = int(of.start[coding]), int(of.end[coding])
    return Passage(int(of.source[coding]), start, end, int(of.sign[coding]), coding)


def _link(view: View, link: LinkRow) -> Paragraph:
    """What leads to what, with the codes and the places of both passages."""
    frames = view.matrix.counted.frames
    ends = [
        f"{frames.codes[frames.codings.code[n]].key} [{cited(view, _passage(view, n))}]"
        for n in (link.one, link.other)
    ]
    note = f": {link.note}" if link.note else ""
    return Paragraph((Run(ends[0]), Run(f" {word(link.kind)} ", "italic"), Run(ends[1] + note)), "excerpt")


def _status(written: Written | None, claims: Sequence[ClaimRow]) -> list[Block]:
    lines = [", ".join(f"{claim.number}: {word(claim.status)}" for claim in claims)] if claims else []
    if written and (written.status != "unjudged" or not lines):
        reason = f" – {written.reason}" if written.reason else ""
        lines.insert(0, word(written.status) + reason)
    if written and written.gap_note:
        lines.append(_("Gap: {note}").format(note=written.gap_note))
    if written and written.stale:
        lines.append(_("needs review"))
    return [_body(line) for line in lines or [word("unjudged")]]


def _label(text: str) -> Paragraph:
    return words(text, "heading", "bold")


def _body(text: str, mark: str = "") -> Paragraph:
    return words(text, "body", mark)
