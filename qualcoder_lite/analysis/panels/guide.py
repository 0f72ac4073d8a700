"""The interview guide in one interview: which questions the interviewer seems to have asked, and where.

Proposals by words in common, nothing more: the researcher corrects them, one by one with
`questions.set_asked`, or for a source at once with `questions.set_not_asked`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log

import numpy as np
from sqlalchemy import select

from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.analysis.search.words import fold_accents
from qualcoder_lite.coding.counting.counted import Counted, counted
from qualcoder_lite.coding.counting.frames import INTERVIEWER
from qualcoder_lite.coding.tables.finding import gone_error
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Asked, Code, Question, QuestionCode, Source

ENOUGH = 0.25  # of the weight of a question's words, for it to be proposed as asked
_WORDS = """
    ada adakah adalah agar akan antara apa apakah atau bagaimana bagi bahwa bapak beliau bisa boleh bu
    contoh dalam dan dapat dari dengan depan di dia hal ialah ibu ini itu jadi juga kah kalau kami kapan
    karena kata ke kenapa kepada kita lagi lalu lebih mana maka masih mau melalui menurut mereka
    misalnya nah namun oleh orang pada pak para pernah pernahkah saat saja sampai sangat satu saya
    sebagai sebelum sebuah sekarang sendiri seperti serta setelah siapa siapakah soal suatu sudah supaya
    tadi tanpa tapi tentang terhadap tetapi tidak untuk ya yaitu yakni yang a about an and any are as at
    be by can could did do does for from had has have how i if in is it its of on or our so such that
    the their them there these they this to was we were what when where which who why will with would
    you your
"""
_COMMON = frozenset(_WORDS.split())
_PREFIXES = re.compile(r"^(?:meng|meny|men|mem|me|peng|peny|pen|pem|per|pe|ber|be|ter|di|ke|se)(?=\w{4})")
_SUFFIXES = re.compile(r"(?<=\w{3})(?:nya|kah|lah|pun|ku|mu)$")
_ENDINGS = re.compile(r"(?<=\w{4})(?:kan|an|i|s)$")


@dataclass(frozen=True)
class TurnMatch:
    """A turn of the interviewer with a question's words: its range (code points, end exclusive) and text.

    `score` is the share of the question's words that it has, from 0 to 1, rare words weighing more.
    """

    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True)
class GuideLine:
    """A question in one source: `asked` as it is noted, `proposed` by the best match, if there is one."""

    id: bytes
    number: str
    text: str
    codes: tuple[str, ...]
    asked: bool
    match: TurnMatch | None
    proposed: bool


def guide_in(project: Project, source: bytes) -> list[GuideLine]:
    """The questions of the guide in their order, with where this interview seems to ask them.

    Raises UserError where the source is gone.
    """
    study = counted(project)
    numbers = {row.id: number for number, row in enumerate(study.frames.sources)}
    if source not in numbers:
        raise gone_error(Source)
    turns = _interviewer(project, study, numbers[source])
    with project.read() as connection:
        columns = select(Question.id, Question.number, Question.text)
        questions = connection.execute(columns.order_by(Question.position, Question.id)).all()
        linked = select(QuestionCode.question_id, Code.key).join(Code, Code.id == QuestionCode.code_id)
        codes = connection.execute(linked).all()
        not_asked = set(
            connection.scalars(select(Asked.question_id).where(Asked.source_id == source, ~Asked.asked))
        )
    matches = match_questions([text for _row, _number, text in questions], turns)
    order = {code.key: number for number, code in enumerate(study.frames.codes)}
    lines = []
    for (row, number, text), match in zip(questions, matches, strict=True):
        keys = tuple(sorted((key for question, key in codes if question == row), key=order.__getitem__))
        proposed = match is not None and match.score >= ENOUGH
        lines.append(GuideLine(row, number, text, keys, row not in not_asked, match, proposed))
    return lines


def _interviewer(project: Project, study: Counted, source: int) -> list[tuple[int, int, str]]:
    """The turns of the interviewer: start, end, words."""
    turns, text = study.frames.turns, Texts(project, study).of(source)[0]
    mine = np.flatnonzero((turns.source == source) & (turns.role == INTERVIEWER))
    places = zip(turns.start[mine].tolist(), turns.end[mine].tolist(), strict=True)
    return [(start, end, text[start:end]) for start, end in places]


def match_questions(questions: list[str], turns: list[tuple[int, int, str]]) -> list[TurnMatch | None]:
    """For each question the turn that has most of its words, the first of equal ones; None if none has any.

    A word weighs the more the fewer questions have it.
    """
    asked, said = (
        [keywords_of(text) for text in questions],
        [keywords_of(text) for _start, _end, text in turns],
    )
    number = Counter(word for words in asked for word in words)
    weight = {word: log(1 + len(questions) / count) for word, count in number.items()}
    found: list[TurnMatch | None] = []
    for words in asked:
        total = sum(weight[word] for word in words)
        scores = [sum(weight[word] for word in words & spoken) / total if total else 0.0 for spoken in said]
        best = int(np.argmax(scores)) if scores else -1
        found.append(TurnMatch(*turns[best], scores[best]) if best >= 0 and scores[best] else None)
    return found


def keywords_of(text: str) -> set[str]:
    """The words that carry what a question is about, cut roughly to their roots."""
    words = re.findall(r"\w+", fold_accents(text).casefold())
    return {stem(word) for word in words if word not in _COMMON and not word.isdecimal()}


def stem(word: str) -> str:
    """A word without the usual Indonesian affixes: rough, but mostly the same for related words."""
    plain = _SUFFIXES.sub("", word)
    plain = _PREFIXES.sub("", plain)
    return _ENDINGS.sub("", plain)
