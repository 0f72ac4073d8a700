"""Check before the defence: lists of what an examiner might ask about. Hints, never blocks.

Every list is empty where all is well. Thresholds are named here and say nothing of right and wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np

from qualcoder_lite.analysis.cells.naming import code_in_words, pair_in_words
from qualcoder_lite.analysis.cells.status_rules import broken_rules, rule_in_words
from qualcoder_lite.analysis.conclusions import defence_texts as texts
from qualcoder_lite.analysis.conclusions.chapter import (
    broken_claim_rules,
    claim_rule_in_words,
    opposing_codings,
    speakers_for,
    unanswered,
)
from qualcoder_lite.analysis.conclusions.claims import ClaimRow
from qualcoder_lite.analysis.conclusions.hints import (
    Hint,
    Reading,
    at_cell,
    at_coding,
    collapse_spaces,
    read_for_checks,
)
from qualcoder_lite.analysis.conclusions.member_checks import member_checks
from qualcoder_lite.analysis.panels.lists import wording_of
from qualcoder_lite.coding.counting.references import evidence
from qualcoder_lite.i18n import N_, _, language, n_
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.store.project import Project

MOST = 0.5  # of all quotes: more from one informant is much
FEW = 4  # quotes or informants: below nothing can be said of how they are spread

CHECKS = {
    "stale_cells": N_("Cells whose evidence has changed since"),
    "cell_rules": N_("Cells that do not have what their status asks for"),
    "bare_cells": N_("Summaries with no passage behind them"),
    "stale_member_checks": N_("Member checks of a summary that has changed since"),
    "claims_without_evidence": N_("Claims without evidence"),
    "claims_without_counter": N_("Claims for which no counter-evidence was noted"),
    "claims_unanswered": N_("Claims with opposing passages that are not answered yet"),
    "claims_on_one": N_("Claims that rest on one informant"),
    "claim_rules": N_("Claims that do not have what their status asks for"),
    "unused_quotes": N_("Chosen quotes that are used nowhere"),
    "undefined_codes": N_("Codes from theory without a definition"),
    "unused_codes": N_("Codes without any coding"),
    "uncoded_turns": N_("Turns of informants without any coding, in sources that are done"),
    "long_codings": N_("Very long codings"),
    "across_speakers": N_("Codings that go across speakers"),
    "bare_yes": N_("A bare “yes” after a leading question"),
    "unquoted_informants": N_("Informants who are never quoted"),
    "mostly_quoted": N_("An informant from whom most quotes come"),
    "etic_repeats": N_("Readings (etic) that repeat their quote"),
}
"""The kinds of hints in their order, with what each list is called."""


def check_before_defence(
    project: Project, coder: str = "", progress: Progress = silent
) -> dict[str, list[Hint]]:
    """The hints of every kind of CHECKS, also of those without any, in that order.

    Raises UserError where several have coded and none is named.
    """
    reading, found = read_for_checks(project, coder), dict[str, list[Hint]]()
    for number, kind in enumerate(CHECKS):
        progress(number, len(CHECKS), check_in_words(kind))
        found[kind] = list(_RUN[kind](reading))
    return found


def check_in_words(kind: str) -> str:
    """What a list is called in the language now spoken."""
    return _(CHECKS[kind])


# Cells and member checks ---------------------------------------------------------------------------------


def stale_cells(reading: Reading) -> Iterator[Hint]:
    """Written cells whose evidence is no longer what they saw."""
    for key, cell in reading.cells.items():
        if cell.stale:
            yield at_cell("stale_cells", key, cell, pair_in_words(reading.study, *key))


def cell_rules(reading: Reading) -> Iterator[Hint]:
    """Judged cells that break a rule of their status."""
    starred, mine = reading.study.frames.codings.starred, reading.study.of_coder(reading.coder)
    for key, cell in reading.cells.items():
        behind = evidence(reading.study, *key) if cell.status != "unjudged" else reading.mine[:0]
        behind = behind[mine[behind]]
        for rule in broken_rules(cell, len(cell.chosen) or int(starred[behind].sum()), len(behind)):
            what = f"{pair_in_words(reading.study, *key)}: {rule_in_words(rule)}"
            yield at_cell("cell_rules", key, cell, what)


def bare_cells(reading: Reading) -> Iterator[Hint]:
    """Cells with a summary of what was said and no coding of anyone behind it."""
    for key, cell in reading.cells.items():
        if cell.emic_summary.strip() and not len(evidence(reading.study, *key)):
            yield at_cell("bare_cells", key, cell, pair_in_words(reading.study, *key))


def stale_member_checks(reading: Reading) -> Iterator[Hint]:
    """What an informant agreed to, and what no longer stands so."""
    for line in member_checks(reading.project):
        if line.stale:
            yield Hint(
                "stale_member_checks", f"{line.alias}: {collapse_spaces(line.statement)}", "check", line.id
            )


# Claims --------------------------------------------------------------------------------------------------


def _at_claim(kind: str, claim: ClaimRow, more: str = "") -> Hint:
    sentence = collapse_spaces(claim.sentence(language()))
    said = f"{claim.number} – {more}: {sentence}" if more else f"{claim.number} {sentence}"
    return Hint(kind, said, "claim", claim.id)


def claims_without_evidence(reading: Reading) -> Iterator[Hint]:
    """Claims for which no passage speaks, whatever their status says."""
    for claim in reading.claims:
        if not claim.evidence_for:
            yield _at_claim("claims_without_evidence", claim)


def claims_without_counter(reading: Reading) -> Iterator[Hint]:
    """Claims with evidence for which nothing was noted against them, and nothing seems to be."""
    for claim in reading.claims:
        if claim.evidence_for and not len(opposing_codings(reading.study, reading.coder, claim)):
            yield _at_claim("claims_without_counter", claim)


def claims_unanswered(reading: Reading) -> Iterator[Hint]:
    """Claims with opposing codings to which nothing is answered."""
    for claim in reading.claims:
        number = len(unanswered(claim, opposing_codings(reading.study, reading.coder, claim)))
        if number:
            more = n_("{n} coding to answer", "{n} codings to answer", number).format(n=number)
            yield _at_claim("claims_unanswered", claim, more)


def claims_on_one(reading: Reading) -> Iterator[Hint]:
    """Claims for which only one informant speaks, and no source besides."""
    study = reading.study
    spoken = set(study.coding.tolist())
    for claim in reading.claims:
        people = speakers_for(study, claim)
        if len(people) == 1 and all(number in spoken for number in claim.evidence_for):
            yield _at_claim("claims_on_one", claim, study.frames.informants[people[0]].alias)


def claim_rules(reading: Reading) -> Iterator[Hint]:
    """Claims that break a rule of their status."""
    for claim in reading.claims:
        for rule in broken_claim_rules(reading.study, reading.coder, claim):
            yield _at_claim("claim_rules", claim, claim_rule_in_words(rule))


# Quotes, codes, informants -------------------------------------------------------------------------------


def unused_quotes(reading: Reading) -> Iterator[Hint]:
    """Starred codings that stand in no cell, no claim and no text."""
    starred = reading.study.frames.codings.starred
    for coding in reading.mine[starred[reading.mine]].tolist():
        if coding not in reading.used:
            yield at_coding(reading, "unused_quotes", coding, collapse_spaces(reading.quote(coding)))


def undefined_codes(reading: Reading) -> Iterator[Hint]:
    """Codes without a definition in any language; emic codes need none, their words are the informants'."""
    for number, code in enumerate(reading.study.frames.codes):
        if code.perspective != "emic" and not wording_of(reading.project, code.id)["definition"].strip():
            yield Hint("undefined_codes", code_in_words(reading.study, number), "code", code.id)


def unused_codes(reading: Reading) -> Iterator[Hint]:
    """Codes that nobody uses, neither them nor one below."""
    study = reading.study
    used = np.asarray(study.below[:, np.unique(study.frames.codings.code)].any(axis=1))
    for number in np.flatnonzero(~used).tolist():
        yield Hint("unused_codes", code_in_words(study, number), "code", study.frames.codes[number].id)


def unquoted_informants(reading: Reading) -> Iterator[Hint]:
    """Informants none of whose words are chosen, cited or evidence of anything."""
    quoted = _quotes_of_informants(reading)
    for number, row in enumerate(reading.study.frames.informants):
        if not quoted[number]:
            yield Hint("unquoted_informants", row.alias, "informant", row.id)


def mostly_quoted(reading: Reading) -> Iterator[Hint]:
    """The informant who is quoted more than all others together."""
    quoted, people = _quotes_of_informants(reading), reading.study.frames.informants
    total = sum(quoted.values())
    for number, row in enumerate(people):
        if len(people) >= FEW - 1 and total >= FEW and quoted[number] > MOST * total:
            told = _("{m} of {n} quotes").format(m=quoted[number], n=total)
            yield Hint("mostly_quoted", f"{row.alias}: {told}", "informant", row.id)


def _quotes_of_informants(reading: Reading) -> Counter[int]:
    """How many codings of each informant are starred or used."""
    study = reading.study
    chosen = {*reading.used, *np.flatnonzero(study.frames.codings.starred).tolist()}
    pairs = zip(study.coding.tolist(), study.informant.tolist(), strict=True)
    return Counter(informant for coding, informant in pairs if coding in chosen)


_RUN: dict[str, Callable[[Reading], Iterator[Hint]]] = {
    "stale_cells": stale_cells,
    "cell_rules": cell_rules,
    "bare_cells": bare_cells,
    "stale_member_checks": stale_member_checks,
    "claims_without_evidence": claims_without_evidence,
    "claims_without_counter": claims_without_counter,
    "claims_unanswered": claims_unanswered,
    "claims_on_one": claims_on_one,
    "claim_rules": claim_rules,
    "unused_quotes": unused_quotes,
    "undefined_codes": undefined_codes,
    "unused_codes": unused_codes,
    "uncoded_turns": texts.uncoded_turns,
    "long_codings": texts.long_codings,
    "across_speakers": texts.across_speakers,
    "bare_yes": texts.bare_yes,
    "unquoted_informants": unquoted_informants,
    "mostly_quoted": mostly_quoted,
    "etic_repeats": texts.etic_repeats,
}
