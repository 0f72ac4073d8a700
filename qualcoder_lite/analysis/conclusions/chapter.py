"""Claims with what speaks for and against them, and the chapter of findings that grows from them.

A claim is the researcher's; nothing here infers one from counts. What opposes a claim stands in a ledger of
negative cases, each with the researcher's answer or waiting for one, so that nobody has to look for it at the
defence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualcoder_lite.analysis.cells.cell import CellPassage, passages_of
from qualcoder_lite.analysis.conclusions.claims import Answer, ClaimRow
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import headings_of_codes
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.frames import EVIDENCE, SIGNS, Numbers
from qualcoder_lite.coding.counting.overlaps import overlapping_pairs
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.project import Project

OPPOSITE = {"+": "-", "-": "+"}
SIDES = ("dimension", "factor")
CLAIM_RULES = {
    "no_codes": N_("This claim says of no code that it speaks of it."),
    "no_evidence_for": N_("This status needs at least one passage that speaks for the claim."),
    "no_evidence_against": N_("A claim that is not supported needs a passage that speaks against it."),
    "evidence": N_("“No evidence” is said of this claim, and there is some."),
    "unanswered": N_("It is called supported, and passages that oppose it are not answered yet."),
    "of_other_codes": N_("A passage that speaks for this claim bears none of the codes of the claim."),
    "only_provisions": N_("Only provisions speak for this claim: what ought to be confirms no practice."),
}


@dataclass(frozen=True)
class NegativeCase:
    """A passage that opposes a claim, and what is answered to it; None where a coding of it waits for one."""

    passage: CellPassage
    answer: Answer | None


@dataclass(frozen=True)
class ClaimView:
    """A claim with its codes, its passages on both sides, and who stands behind those that speak for it.

    `opposing` are the codings (numbers) that oppose it, `unanswered` those of them without an answer;
    `ledger` has the passages of the opposing ones. `broken` are keys of CLAIM_RULES.
    """

    claim: ClaimRow
    codes: tuple[Heading, ...]
    evidence_for: tuple[CellPassage, ...]
    evidence_against: tuple[CellPassage, ...]
    informants: tuple[str, ...]
    sources: tuple[str, ...]
    techniques: tuple[str, ...]
    ledger: tuple[NegativeCase, ...]
    opposing: tuple[int, ...]
    unanswered: tuple[int, ...]
    broken: tuple[str, ...]


def view_of_claim(project: Project, study: Counted, coder: str, claim: ClaimRow) -> ClaimView:
    """A claim as it is worked on."""
    given, against = as_numbers(claim.evidence_for), as_numbers(claim.evidence_against)
    opposing = opposing_codings(study, coder, claim)
    frames, of = study.frames, study.frames.codings
    sources = [frames.sources[number] for number in np.unique(of.source[given]).tolist()]
    return ClaimView(
        claim,
        headings_of_codes(study, claim.codes),
        tuple(passages_of(project, study, given, in_order=False)),
        tuple(passages_of(project, study, against, in_order=False)),
        informants=tuple(frames.informants[i].alias for i in speakers_for(study, claim)),
        sources=tuple(source.key for source in sources),
        techniques=tuple(dict.fromkeys(source.technique for source in sources)),
        ledger=tuple(_ledger(project, study, claim, opposing)),
        opposing=tuple(opposing.tolist()),
        unanswered=tuple(unanswered(claim, opposing)),
        broken=tuple(broken_claim_rules(study, coder, claim)),
    )


def as_numbers(values: Sequence[int]) -> Numbers:
    """Numbers as an array, also where there are none."""
    return np.array(values, dtype=np.int64)


def speakers_for(study: Counted, claim: ClaimRow) -> list[int]:
    """The informants (numbers) whose words speak for a claim."""
    people = study.informant[np.isin(study.coding, as_numbers(claim.evidence_for))]
    return [int(number) for number in np.unique(people)]


def answer_in_words(case: NegativeCase) -> str:
    """What is answered to a passage, with its reason; empty where nothing is."""
    if case.answer is None:
        return ""
    said = word(case.answer.answer)
    return f"{said[:1].upper()}{said[1:]}: {case.answer.reason}"


def _ledger(project: Project, study: Counted, claim: ClaimRow, opposing: Numbers) -> list[NegativeCase]:
    """The opposing passages in the order of the texts, those that wait for an answer first."""
    numbers = {row: number for number, row in enumerate(study.frames.codings.id)}
    cases = []
    for passage in passages_of(project, study, opposing):
        given = [claim.answers.get(numbers[mark.id]) for mark in passage.codings]
        cases.append(NegativeCase(passage, given[0] if all(given) else None))
    return sorted(cases, key=lambda case: case.answer is not None)


def unanswered(claim: ClaimRow, opposing: Numbers) -> list[int]:
    """The codings that oppose a claim and have no answer."""
    return [number for number in opposing.tolist() if number not in claim.answers]


def opposing_codings(study: Counted, coder: str, claim: ClaimRow) -> Numbers:
    """The codings that oppose a claim: those put against it, and those of this coder of the other sign.

    Of a claim with + these are those with −, and the other way round, on its codes; where it speaks of
    dimensions and of factors, only in passages that carry a code of both. Provisions contradict no practice:
    left out; so is what the researcher put on the side for it.
    """
    return np.union1d(_of_other_sign(study, coder, claim), as_numbers(claim.evidence_against))


def _of_other_sign(study: Counted, coder: str, claim: ClaimRow) -> Numbers:
    of, opposite = study.frames.codings, OPPOSITE.get(claim.polarity or "", "")
    if not (opposite and claim.codes):
        return as_numbers(())
    about = _about(study, coder, claim)
    speaks = (of.sign[about] == SIGNS.index(opposite)) & (of.evidence[about] != EVIDENCE.index("provision"))
    return np.asarray(about[speaks & ~np.isin(about, as_numbers(claim.evidence_for))])


def _about(study: Counted, coder: str, claim: ClaimRow) -> Numbers:
    """The codings of what a claim speaks of."""
    kinds = {kind: [c for c in claim.codes if _kind(study, c) == kind] for kind in SIDES}
    mine, of = study.of_coder(coder), study.frames.codings
    if all(kinds.values()):
        one, other = (
            np.flatnonzero(mine & np.asarray(study.below[codes].any(axis=0))[of.code])
            for codes in kinds.values()
        )
        return np.unique(np.concatenate(overlapping_pairs(of, one, other)))
    below = np.asarray(study.below[list(claim.codes)].any(axis=0))
    return np.flatnonzero(mine & below[of.code])


def _kind(study: Counted, code: int) -> str:
    """The kind of the top code of a code."""
    return study.frames.codes[study.frames.roots()[code]].kind


def broken_claim_rules(study: Counted, coder: str, claim: ClaimRow) -> list[str]:
    """The rules (of CLAIM_RULES) that a claim breaks: told and never forbidden."""
    supported = claim.status == "supported"
    provision = study.frames.codings.evidence[as_numbers(claim.evidence_for)] == EVIDENCE.index("provision")
    judged = claim.status in ("supported", "partial")
    checks = {
        "no_codes": not claim.codes,
        "no_evidence_for": judged and not claim.evidence_for,
        "no_evidence_against": claim.status == "unsupported" and not claim.evidence_against,
        "evidence": claim.status == "no_evidence" and bool(claim.evidence_for or claim.evidence_against),
        "unanswered": supported and bool(unanswered(claim, opposing_codings(study, coder, claim))),
        "of_other_codes": supported and bool(claim.codes) and not _all_of_its_codes(study, claim),
        "only_provisions": judged and len(provision) > 0 and bool(provision.all()),
    }
    return [rule for rule, broken in checks.items() if broken]


def _all_of_its_codes(study: Counted, claim: ClaimRow) -> bool:
    """Whether each passage that speaks for a claim bears one of its codes, or one below, of whomever."""
    of, given = study.frames.codings, as_numbers(claim.evidence_for)
    below = np.asarray(study.below[list(claim.codes)].any(axis=0))
    meeting, _there = overlapping_pairs(of, given, np.flatnonzero(below[of.code]))
    return bool(np.isin(given, meeting).all())


def claim_rule_in_words(rule: str) -> str:
    """A rule in the language now spoken."""
    return _(CLAIM_RULES[rule])


# Claims by dimension and factor --------------------------------------------------------------------------


@dataclass(frozen=True)
class ClaimTable:
    """Claims by what they speak of: rows are dimensions, columns factors; None stands for `without any`.

    A cell lists its claims in their order; one that speaks of two dimensions stands in both rows.
    """

    rows: tuple[Heading | None, ...]
    columns: tuple[Heading | None, ...]
    cells: dict[tuple[int, int], tuple[ClaimRow, ...]]
    elsewhere: tuple[ClaimRow, ...]  # of neither a dimension nor a factor


def claim_table(study: Counted, claims: Sequence[ClaimRow]) -> ClaimTable:
    """The linkage that the claims make, never inferred from counts."""
    tops = {
        kind: [i for i, c in enumerate(study.frames.codes) if c.parent < 0 and c.kind == kind]
        for kind in SIDES
    }
    cells: dict[tuple[int, int], list[ClaimRow]] = {}
    elsewhere = []
    for claim in claims:
        rows, columns = (_places(study, claim, tops[kind]) for kind in SIDES)
        if not (rows or columns):
            elsewhere.append(claim)
            continue
        for row in rows or [len(tops["dimension"])]:
            for column in columns or [len(tops["factor"])]:
                cells.setdefault((row, column), []).append(claim)
    heads = [(*headings_of_codes(study, tops[kind]), None) for kind in SIDES]
    return ClaimTable(heads[0], heads[1], {at: tuple(found) for at, found in cells.items()}, tuple(elsewhere))


def _places(study: Counted, claim: ClaimRow, tops: Sequence[int]) -> list[int]:
    """Which of the top codes a claim speaks of, by itself or by a code below."""
    roots = study.frames.roots()
    about = {roots[code] for code in claim.codes}
    return [place for place, top in enumerate(tops) if top in about]
