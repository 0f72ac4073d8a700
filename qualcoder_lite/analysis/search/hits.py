"""Hits to be coded: of words, expressions, speakers, headings and questions, with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from qualcoder_lite.analysis.search.patterns import pattern_hits
from qualcoder_lite.analysis.search.words import compile_pattern, fold_accents
from qualcoder_lite.coding.codings import Range
from qualcoder_lite.coding.counting.citations import Citations
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.importing.marks import unpack
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.lines import LINE_CHARACTERS, line_starts
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.sentences import sentence_at
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Coder, Coding, Informant, Source, SourceText, Speaker, Turn

WORDS, PATTERN, SPEAKER, HEADING, QUESTION = KINDS = ("words", "pattern", "speaker", "heading", "question")
HIT, SENTENCE, TURN, PARAGRAPH = UNITS = ("hit", "sentence", "turn", "paragraph")
AROUND = 80  # code points of context on each side
LONGEST = 300  # code points of a hit that are shown
_SPACE = re.compile(r"\s+")
SPOKEN = ("informant", "descriptive")  # roles of turns that count as data
Span = tuple[int, int]


@dataclass(frozen=True)
class Search:
    """What is looked for: a kind with words, an expression, or the name of a speaker (alias or role).

    Several phrases stand with `;` between them. `sources` are ids, empty: all. `spoken`: not in what the
    interviewer says, nor in reflective notes, nor, where a source has turns, outside them.
    """

    kind: str = WORDS
    words: str = ""
    sources: tuple[bytes, ...] = ()
    spoken: bool = True


@dataclass(frozen=True)
class Hit:
    """A found range (code points, end exclusive) with its place as cited and the words around it."""

    source: bytes
    start: int
    end: int
    place: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True)
class _Turn:
    start: int
    end: int
    role: str
    speaker: str  # alias, else the label


@dataclass(frozen=True)
class _Text:
    id: bytes
    key: str
    text: str
    characters: int  # of a numbered line
    marks: tuple[Span, ...]  # headings: where they stand
    levels: tuple[int, ...]
    turns: tuple[_Turn, ...]


def find_hits(project: Project, search: Search, progress: Progress = silent) -> list[Hit]:
    """Every hit, in the order of the sources and texts.

    Raises UserError where nothing is looked for, or an expression is none or takes too long.
    """
    if not search.words.strip(" ;"):
        raise UserError(_("There are no words to search for."))
    with project.read() as connection:
        texts = list(_texts(connection, search.sources))
    if search.kind == PATTERN:
        found = pattern_hits(search.words, [one.text for one in texts])
    else:
        found = [_FINDING[search.kind](one, search.words) for one in texts]
    frames, hits = counted(project).frames, list[Hit]()
    numbers = {row.id: number for number, row in enumerate(frames.sources)}
    for number, (one, spans) in enumerate(zip(texts, found, strict=True)):
        progress(number, len(texts), one.key)
        if not spans:
            continue
        lines = line_starts(one.text, one.characters)
        citations = Citations(frames, {numbers[one.id]: lines}.__getitem__)
        hits += [
            _hit(one, numbers[one.id], start, end, citations) for start, end in _counting(one, spans, search)
        ]
    return hits


def ranges_of(project: Project, hits: Sequence[Hit], unit: str = HIT) -> list[Range]:
    """The ranges to be coded: the hits, or the sentence, turn or paragraph of each, none inside another."""
    with project.read() as connection:
        texts = {one.id: one for one in _texts(connection, tuple(dict.fromkeys(hit.source for hit in hits)))}
    found = [
        (hit.source, *_trimmed(texts[hit.source].text, *_wide(texts[hit.source], hit, unit))) for hit in hits
    ]
    return [Range(*one) for one in _outermost(found) if one[1] < one[2]]


def _outermost(ranges: Sequence[tuple[bytes, int, int]]) -> list[tuple[bytes, int, int]]:
    """Ranges, as they were given, without repeated ones and those that lie inside another."""
    reach: dict[bytes, int] = {}
    kept = set()
    for source, start, end in sorted(set(ranges), key=lambda one: (one[1], -one[2])):
        if end > reach.get(source, -1):
            kept.add((source, start, end))
            reach[source] = end
    return [one for one in dict.fromkeys(ranges) if one in kept]


def codes_on(project: Project, hits: Sequence[Hit], coder: str) -> list[frozenset[bytes]]:
    """The ids of the codes that a coder has given to each hit, or to a passage in which it lies."""
    sources = {hit.source for hit in hits}
    wanted = select(Coding.source_id, Coding.start, Coding.end, Coding.code_id)
    wanted = wanted.join(Coder, Coder.id == Coding.coder_id).where(Coder.name == coder)
    passages: dict[bytes, list[tuple[int, int, bytes]]] = {source: [] for source in sources}
    with project.read() as connection:
        for source, start, end, code in connection.execute(wanted.order_by(Coding.start)):
            if source in sources:
                passages[source].append((start, end, code))
    found: dict[Hit, frozenset[bytes]] = {}
    for source, coded in passages.items():
        found |= _codes_around([hit for hit in hits if hit.source == source], coded)
    return [found[hit] for hit in hits]


def _codes_around(
    hits: Iterable[Hit], coded: Sequence[tuple[int, int, bytes]]
) -> dict[Hit, frozenset[bytes]]:
    """The codes of the passages, in order of their starts, in which each hit of one source lies."""
    found: dict[Hit, frozenset[bytes]] = {}
    reach: dict[bytes, int] = {}  # how far the passages of a code that began so far go
    number = 0
    for hit in sorted(hits, key=lambda one: one.start):
        while number < len(coded) and coded[number][0] <= hit.start:
            _start, end, code = coded[number]
            reach[code] = max(end, reach.get(code, end))
            number += 1
        found[hit] = frozenset(code for code, end in reach.items() if end >= hit.end)
    return found


def _texts(connection: Connection, sources: Sequence[bytes]) -> Iterator[_Text]:
    columns = select(Source.id, Source.key, Source.line_rule, SourceText.text, SourceText.marks)
    joined = columns.join(SourceText, SourceText.source_id == Source.id).order_by(Source.position, Source.id)
    turns: dict[bytes, list[_Turn]] = {}
    spoken = select(Turn.source_id, Turn.start, Turn.end, Speaker.role, Speaker.label, Informant.alias)
    spoken = spoken.join(Speaker, Speaker.id == Turn.speaker_id)
    spoken = spoken.join(Informant, Informant.id == Speaker.informant_id, isouter=True)
    if len(sources) == 1:
        joined, spoken = joined.where(Source.id == sources[0]), spoken.where(Turn.source_id == sources[0])
    for source, start, end, role, label, alias in connection.execute(spoken.order_by(Turn.start)):
        turns.setdefault(source, []).append(_Turn(start, end, role, alias or label))
    for source, key, rule, text, packed in connection.execute(joined):
        if not sources or source in sources:
            headings = [mark for mark in unpack(packed) if mark.kind == "heading"]
            yield _Text(
                source, key, text, int((rule or {}).get("characters", LINE_CHARACTERS)),
                tuple((mark.start, mark.end) for mark in headings),
                tuple(mark.value for mark in headings), tuple(turns.get(source, ())),
            )  # fmt: skip


def speakers_listed(project: Project) -> list[str]:
    """Who speaks in the study: aliases of informants in their order, then labels without an informant."""
    with project.read() as connection:
        aliases = list(connection.scalars(select(Informant.alias).order_by(Informant.position, Informant.id)))
        others = (
            select(Speaker.label).where(Speaker.informant_id.is_(None)).distinct().order_by(Speaker.label)
        )
        return list(dict.fromkeys([*aliases, *connection.scalars(others)]))


# Finding -------------------------------------------------------------------------------------------------


def _phrases(words: str) -> list[str]:
    return [part.strip() for part in words.split(";") if part.strip()]


def _words(one: _Text, words: str) -> list[Span]:
    return _in(one.text, words)


def _in(text: str, words: str) -> list[Span]:
    plain = fold_accents(text)
    spans = {match.span() for part in _phrases(words) for match in compile_pattern(part).finditer(plain)}
    return sorted(spans)


def _speaker(one: _Text, words: str) -> list[Span]:
    """The turns of a speaker."""
    return [(turn.start, turn.end) for turn in one.turns if turn.speaker == words.strip()]


def _heading(one: _Text, words: str) -> list[Span]:
    """What stands below the headings that have these words, up to the next one of the same level or above."""
    found: list[Span] = []
    for number, (start, end) in enumerate(one.marks):
        if _in(one.text[start:end], words):
            later = zip(one.marks[number + 1 :], one.levels[number + 1 :], strict=True)
            level = one.levels[number]
            last = next((place[0] for place, other in later if other <= level), len(one.text))
            found.append((end, last))
    return found


def _question(one: _Text, words: str) -> list[Span]:
    """What is answered to the interviewer's turns that have these words: up to the next of such turns."""
    found: list[Span] = []
    for number, turn in enumerate(one.turns):
        if turn.role == "interviewer" and _in(one.text[turn.start : turn.end], words):
            answers = list(_until_interviewer(one.turns[number + 1 :]))
            if answers:
                found.append((answers[0].start, answers[-1].end))
    return found


def _until_interviewer(turns: Iterable[_Turn]) -> Iterator[_Turn]:
    for turn in turns:
        if turn.role == "interviewer":
            return
        yield turn


_FINDING: dict[str, Callable[[_Text, str], list[Span]]] = {
    WORDS: _words, SPEAKER: _speaker, HEADING: _heading, QUESTION: _question,
}  # fmt: skip


def _counting(one: _Text, spans: Iterable[Span], search: Search) -> Iterator[Span]:
    """The spans without outer white space, those in what counts as data where only that is asked for."""
    narrowed = search.spoken and search.kind in (WORDS, PATTERN) and bool(one.turns)
    for span in spans:
        start, end = _trimmed(one.text, *span)
        if start < end and (not narrowed or _is_data(one, start, end)):
            yield start, end


def _is_data(one: _Text, start: int, end: int) -> bool:
    touched = [turn for turn in one.turns if turn.start < end and turn.end > start]
    return any(turn.role in SPOKEN for turn in touched)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left, right = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
    return (start + left, end - right) if words.strip() else (start, start)


def _hit(one: _Text, source: int, start: int, end: int, citations: Citations) -> Hit:
    text, shown = one.text, min(end, start + LONGEST)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    quote = text[start:shown] + ("…" if shown < end else "")
    around = (_SPACE.sub(" ", part) for part in (before, quote, after))
    return Hit(one.id, start, end, citations.of_range(source, start, end), *around)


# Wider ---------------------------------------------------------------------------------------------------


def _wide(one: _Text, hit: Hit, unit: str) -> Span:
    if unit == HIT:
        return hit.start, hit.end
    first, last = _turn_at(one, hit.start), _turn_at(one, hit.end - 1)
    if unit == TURN and first and last:
        return first.start, last.end
    if unit == SENTENCE:
        return _sentence(one, hit.start, first)[0], _sentence(one, hit.end - 1, last)[1]
    start = one.text.rfind("\n", 0, hit.start) + 1
    end = one.text.find("\n", hit.end)
    end = len(one.text) if end < 0 else end
    return max(start, first.start if first else 0), min(end, last.end if last else end)


def _sentence(one: _Text, place: int, turn: _Turn | None) -> Span:
    if turn is None:
        return sentence_at(one.text, place)
    return sentence_at(one.text, place, turn.start, turn.end)


def _turn_at(one: _Text, place: int) -> _Turn | None:
    return next((turn for turn in one.turns if turn.start <= place < turn.end), None)
