"""The claims of a study with the codes that they speak of and the codings for and against them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import select

from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Claim, ClaimAnswer, ClaimCode, ClaimEvidence


@dataclass(frozen=True)
class Answer:
    """What is answered to a coding that opposes a claim: `answer` is of `vocabulary.ANSWERS`."""

    answer: str
    reason: str


@dataclass(frozen=True)
class ClaimRow:
    """A claim: `codes` and codings are numbers into the frames, codings in the researcher's order."""

    id: bytes
    number: str
    text: dict[str, str]
    polarity: str | None
    status: str
    theory: str
    reference: str
    codes: tuple[int, ...]
    evidence_for: tuple[int, ...]
    evidence_against: tuple[int, ...]
    answers: Mapping[int, Answer] = field(default_factory=dict)  # by coding

    def sentence(self, language: str) -> str:
        """The claim in this language, else in any."""
        return self.text.get(language) or next((text for text in self.text.values() if text), "")


def read_claims(project: Project, study: Counted) -> list[ClaimRow]:
    """All claims in their order."""
    code_numbers = {code.id: number for number, code in enumerate(study.frames.codes)}
    coding_numbers = {row: number for number, row in enumerate(study.frames.codings.id)}
    codes: dict[bytes, list[int]] = {}
    evidence: dict[tuple[bytes, str], list[int]] = {}
    answers: dict[bytes, dict[int, Answer]] = {}
    with project.read() as connection:
        for claim, code in connection.execute(select(ClaimCode.claim_id, ClaimCode.code_id)):
            codes.setdefault(claim, []).append(code_numbers[code])
        chosen = select(ClaimEvidence.claim_id, ClaimEvidence.side, ClaimEvidence.coding_id)
        for claim, side, coding in connection.execute(
            chosen.order_by(ClaimEvidence.position, ClaimEvidence.id)
        ):
            evidence.setdefault((claim, side), []).append(coding_numbers[coding])
        given = select(ClaimAnswer.claim_id, ClaimAnswer.coding_id, ClaimAnswer.answer, ClaimAnswer.reason)
        for claim, coding, *told in connection.execute(given.order_by(ClaimAnswer.id)):
            answers.setdefault(claim, {})[coding_numbers[coding]] = Answer(*told)
        rows = connection.execute(select(Claim.__table__).order_by(Claim.position, Claim.id)).mappings().all()
    names = ("id", "number", "text", "polarity", "status", "theory", "reference")
    return [
        ClaimRow(
            **{name: row[name] for name in names},
            codes=tuple(sorted(codes.get(row["id"], ()))),
            evidence_for=tuple(evidence.get((row["id"], "for"), ())),
            evidence_against=tuple(evidence.get((row["id"], "against"), ())),
            answers=answers.get(row["id"], {}),
        )
        for row in rows
    ]


def claims_between(
    study: Counted, claims: Sequence[ClaimRow], rows: Sequence[int], columns: Sequence[int]
) -> dict[tuple[int, int], list[ClaimRow]]:
    """The claims that speak of a code under that of a row and of one under that of a column.

    By (row, column), only where there are some.
    """
    found: dict[tuple[int, int], list[ClaimRow]] = {}
    for claim in claims:
        about = list(claim.codes)
        down, across = (np.asarray(study.below[list(s)][:, about].any(axis=1)) for s in (rows, columns))
        for row, column in zip(*np.nonzero(np.outer(down, across)), strict=True):
            found.setdefault((int(row), int(column)), []).append(claim)
    return found
