"""What it means that a cell has no codings: not coded yet, asked in vain, not asked, not applicable."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

import numpy as np

from qualcoder_lite.analysis.matrices.arranging import LEFT_OUT
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.terms import BLANKS, blank_word
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.frames import SPOKEN

MARKS = {"uncoded": "·", "silent": "—", "not_asked": "t.d.", "not_applicable": "t.r.", "filtered": "(…)"}
OF_PEOPLE = ("informants", "groups", "comparison")  # kinds that tell the four blanks apart


def blank(study: Counted, sources: AbstractSet[int], questions: set[int], emic: bool = False) -> str:
    """What it means that these sources have nothing on a code that these questions ask about.

    What informants say in words of their own (`emic`) nobody can have asked for, hence nobody failed to ask.
    """
    rows, guide = study.frames.sources, study.frames.guide
    if not sources or any(rows[source].status != "done" for source in sources):
        return "uncoded"
    spoken = [source for source in sources if rows[source].is_spoken]
    if emic or not guide.codes or len(spoken) < len(sources):
        return "silent"
    asked = any(source not in guide.not_asked[question] for question in questions for source in spoken)
    return "silent" if asked else "not_asked"


def may_be_asked(matrix: Matrix, *headings: Heading) -> bool:
    """Whether a guide asks about a cell of these headings: not about emic codes, and no text is asked."""
    emic, guide = matrix.choice.perspective == "emic", matrix.counted.frames.guide
    is_text = any(_is_text(heading) for heading in headings)
    return matrix.kind in OF_PEOPLE and bool(guide.codes) and not (emic or is_text)


def describe_blanks(matrix: Matrix) -> list[tuple[str, str]]:
    """The legend of a matrix's blanks: each mark with what it means there."""
    headings = (*matrix.rows, *matrix.columns)
    texts, guide = any(map(_is_text, headings)), may_be_asked(matrix)
    return [(MARKS[mark], blank_word(mark, guide, texts)) for mark in _blank_kinds(matrix)]


def _blank_kinds(matrix: Matrix) -> tuple[str, ...]:
    marks = tuple(BLANKS) if matrix.kind in OF_PEOPLE else ("silent",)
    if matrix.kind in OF_PEOPLE and matrix.choice.perspective == "emic":
        marks = tuple(mark for mark in marks if mark != "not_asked")
    return (*marks, "filtered") if any(matrix.details.get(name) for name in LEFT_OUT) else marks


def _is_text(heading: Heading) -> bool:
    technique = {"source": heading.group, "technique": heading.key}.get(heading.kind, SPOKEN[0])
    return technique not in SPOKEN


def linked_questions(study: Counted, code: int) -> set[int]:
    """The questions linked to a code or to one below it."""
    below = {int(index) for index in np.flatnonzero(study.below[code])}
    return {question for question, codes in enumerate(study.frames.guide.codes) if codes & below}


def blank_of_people(study: Counted, people: Iterable[int], questions: set[int], emic: bool = False) -> str:
    """What it means that none of these informants has anything on a code that these questions ask about.

    It did not come up where one of them was asked; it was not asked where none of them was.
    """
    found = {blank(study, study.speaks[person], questions, emic) for person in people}
    return next((mark for mark in ("silent", "uncoded", "not_asked") if mark in found), "silent")
