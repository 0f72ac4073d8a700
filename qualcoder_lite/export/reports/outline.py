"""The outline of the chapter of findings: what was written of dimensions and factors, and the claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from qualcoder_lite.analysis.cells.cell import CellPassage
from qualcoder_lite.analysis.cells.written import Written
from qualcoder_lite.analysis.conclusions.chapter import ClaimView, answer_in_words, claim_rule_in_words
from qualcoder_lite.analysis.conclusions.outline import Section, findings_outline
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.terms import SIGN_MARKS, word
from qualcoder_lite.analysis.whole import study_head
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
    Sheet,
    Table,
    cell,
    words,
)
from qualcoder_lite.export.reports.passages import cited, quote, quoted
from qualcoder_lite.export.view import coder_notes, counts_column, number_column, text_cell
from qualcoder_lite.i18n import _, language, n_
from qualcoder_lite.store.project import Project

MOST = 12  # quotes of a claim on either side; the rest is named by citations
HEADS = {
    "level": 7.0,
    "section": 30.0,
    "claim": 8.0,
    "statement": 60.0,
    "polarity": 8.0,
    "codes": 10.0,
    "status": 14.0,
    "theory": 20.0,
    "informants": 16.0,
    "evidence_for": 60.0,
    "evidence_against": 60.0,
    "opposing": 8.0,
    "unanswered": 8.0,
    "answers": 60.0,
}
"""The columns of the data, each with its width in characters."""


def outline_report(project: Project, coder: str = "") -> Report:
    """The sections one by one, then all claims in one table. Raises UserError by `chosen_coder`."""
    sections = findings_outline(project, Choice(coder))
    said = [block for section in sections for block in _section(section)]
    if not said:
        said = [words(_("No claim and no reading of a code has been written yet."), "body")]
    parts = [Part((words(study_head(project).title, "body", "bold"), *said))]
    if any(section.claims for section in sections):
        parts.append(Part((_table(sections, coder),), wide=True))
    return Report(_("Outline of the chapter of findings"), tuple(parts), (_sheet(sections),))


def heading_words(section: Section) -> str:
    """What a section is about."""
    one, other = section.heading, section.beside
    if one is None:
        return _("Of no dimension and no factor")
    if other is not None:
        return f"{one.key} × {other.key}: {one.name} – {other.name}"
    return one.key if one.name == one.key else f"{one.key}: {one.name}"


# The text ------------------------------------------------------------------------------------------------


def _section(section: Section) -> Iterator[Block]:
    """Heading, what was written of the code or the pair, the claims, and those that stood before."""
    yield Heading(heading_words(section), section.level + 1)
    if section.written:
        yield from _written(section.written)
    for claim in section.claims:
        yield from _claim(claim)
    if section.again:
        again = _("Told above, and of this too: {claims}.").format(claims=", ".join(section.again))
        yield words(again, "body", "quiet")


def _written(written: Written) -> Iterator[Block]:
    labelled = (
        (_("Emic: meaning to the informants"), written.emic_summary),
        (_("Etic: the researcher’s reading"), written.etic_reading),
        (_("Theory"), written.theory),
        (_("Conclusion"), written.conclusion),
    )
    for label, text in labelled:
        yield from _named(label, text)
    if written.status != "unjudged" or written.stale:
        reason = f" – {written.reason}" if written.reason else ""
        review = " (" + _("needs review") + ")" if written.stale else ""
        yield from _named(_("Status"), word(written.status) + reason + review)
    yield from _named(_("Gap"), written.gap_note)


def _named(label: str, text: str) -> Iterator[Block]:
    """A text behind what it is called; nothing where it is empty."""
    first, *others = [line for line in text.split("\n") if line.strip()] or [""]
    if first:
        yield Paragraph((Run(f"{label}: ", "bold"), Run(first)), "body")
    yield from (words(line, "body") for line in others)


def _claim(view: ClaimView) -> Iterator[Block]:
    """The sentence, what speaks for and against it, theory, status."""
    claim = view.claim
    sign = f" ({SIGN_MARKS[claim.polarity]})" if claim.polarity else ""
    yield from _named(_("Claim {number}").format(number=claim.number) + sign, claim.sentence(language()))
    yield words(_("Evidence for"), "heading", "bold")
    yield from quoted(view.evidence_for, MOST)
    yield words(_("Evidence against"), "heading", "bold")
    yield from quoted(view.evidence_against, MOST)
    yield from _ledger(view)
    theory = "; ".join(part for part in (claim.theory, claim.reference) if part)
    yield from _named(_("Theory"), theory)
    yield from _named(_("Status"), _status(view))
    for line in _to_do(view):
        yield words(line, "body", "quiet")


def _ledger(view: ClaimView) -> Iterator[Block]:
    """The passages that oppose the claim, each with its answer; those without one are counted below."""
    answered = [case for case in view.ledger if case.answer]
    if answered:
        yield words(_("Negative cases and what is answered to them"), "heading", "bold")
    for case in answered:
        yield quote(case.passage)
        yield words(answer_in_words(case), "body")


def _status(view: ClaimView) -> str:
    """The status, and on whom and what it rests."""
    techniques = ", ".join(word(technique) for technique in view.techniques)
    rests = "; ".join(part for part in (", ".join(view.informants), techniques) if part)
    if not rests:
        return word(view.claim.status)
    return _("{status}; rests on {whom}").format(status=word(view.claim.status), whom=rests)


def _to_do(view: ClaimView) -> Iterator[str]:
    """What the researcher has yet to look at."""
    number = len(view.unanswered)
    if number:
        yield n_(
            "{n} coding that opposes it is not answered yet.",
            "{n} codings that oppose it are not answered yet.",
            number,
        ).format(n=number)
    yield from (claim_rule_in_words(rule) for rule in view.broken)


# The claims in one table ---------------------------------------------------------------------------------


def _table(sections: Sequence[Section], coder: str) -> Table:
    heads = (
        number_column(),
        Column(_("Claim"), 4.2),
        Column(_("Section"), 2.6),
        Column(_("Status"), 1.4),
        Column(_("Informants"), 1.6),
        counts_column(_("Passages for")),
        counts_column(_("Passages against")),
        counts_column(_("Opposing")),
        counts_column(_("Not answered")),
    )
    told = [(section, view) for section in sections for view in section.claims]
    rows = tuple(Row(_line(number, *one)) for number, one in enumerate(told, 1))
    note = words(_("Opposing: codings against the claim or of the other sign on its codes."), "note")
    notes = (note, *coder_notes(coder, date.today().year))
    return Table(_("Claims of the Chapter of Findings"), heads, rows, notes)


def _line(number: int, section: Section, view: ClaimView) -> tuple[Cell, ...]:
    counts = (view.evidence_for, view.evidence_against, view.opposing, view.unanswered)
    return (
        cell(number),
        (words(view.claim.number, "text", "bold"), *text_cell(view.claim.sentence(language()))),
        cell(heading_words(section)),
        cell(word(view.claim.status)),
        cell(", ".join(view.informants) or "–"),
        *(cell(len(counted)) for counted in counts),
    )


# The data ------------------------------------------------------------------------------------------------


def _sheet(sections: Sequence[Section]) -> Sheet:
    """A row for each claim where it first stands, and one for a section without any."""
    rows = [row for section in sections for row in _rows(section)]
    return Sheet(_("Outline"), tuple(HEADS), rows, tuple(HEADS.values()))


def _rows(section: Section) -> list[list[str | int]]:
    place: list[str | int] = [section.level, heading_words(section)]
    if not section.claims:
        written = section.written
        told = (
            ["", written.etic_reading, "", "", word(written.status), written.theory] if written else [""] * 6
        )
        return [[*place, *told, "", "", "", 0, 0, ""]]
    return [[*place, *_values(view)] for view in section.claims]


def _values(view: ClaimView) -> list[str | int]:
    claim = view.claim
    codes = ";".join(heading.key for heading in view.codes)
    said: list[str | int] = [claim.number, claim.sentence(language()), claim.polarity or "", codes]
    said += [word(claim.status), claim.theory, ";".join(view.informants)]
    answers = "\n".join(
        f"{cited(case.passage)} {answer_in_words(case)}" for case in view.ledger if case.answer
    )
    said += [_lines(view.evidence_for), _lines(view.evidence_against)]
    return [*said, len(view.opposing), len(view.unanswered), answers]


def _lines(passages: Sequence[CellPassage]) -> str:
    return "\n".join(cited(passage) for passage in passages)
