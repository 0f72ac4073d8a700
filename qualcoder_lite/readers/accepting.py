"""Which label-like starts of lines are labels: by what they say, how often they come, what is beside them.

A label counts if its base form is a word for a role or a title with a name, or if it comes at least twice
and is neither a figure of speech, a clause, nor a key of a header. What the user has named always counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from qualcoder_lite.readers.header import is_header_key
from qualcoder_lite.readers.label_words import FIELD_NOTE, FUNCTION_WORDS, label_key, without_brackets
from qualcoder_lite.readers.labels import Cue, alone, messages, named, separated, word

Range = tuple[int, int]
MOST_LABELS = 250_000  # in one text: what has more is no transcript, and must not fill the memory
_TITLE_ROOM = 400  # code points from the start in which a field note says that it is one


def cues_of(
    text: str,
    begin: int,
    names: Mapping[str, str],
    known: Iterable[str],
    closed: tuple[Sequence[Range], Sequence[Range]],
    bold: Sequence[Range],
) -> list[Cue]:
    """The places where somebody begins to speak, in order, one to a line.

    `begin`: where the header ends. `names`: labels that the user has named, by their keys. `known`: labels
    that the file itself marks as such. `closed`: ranges where labels are only sought if the user has named
    them (tables), and ranges where none is sought at all (turns that are known). `bold`: bold stretches.
    """
    is_open, is_free = _outside(closed[0], begin), _outside(closed[1], begin)
    given = {cue.start: cue for cue in _given(text, names, known) if is_free(cue.start)}
    chat = [cue for cue in islice(messages(text), MOST_LABELS) if is_open(cue.start)]
    if sum(cue.shape == "chat" for cue in chat) >= 2:
        return _in_order({cue.start: cue for cue in chat} | given)
    lines = [cue for cue in islice(separated(text), MOST_LABELS) if is_open(cue.start)]
    lone = list(
        islice((cue for cue in alone(text) if _may_stand_alone(cue) and is_open(cue.start)), MOST_LABELS)
    )
    found = _accepted(text, lines, bold, {word(cue.label).key for cue in given.values()})
    if _speaks_in_lone_lines(lone, found):
        found = _accepted_lone(lone)
    stamped = _accepted_stamped(lone, found)
    sections = _sections(text, begin, [*lines, *lone])
    cues = {cue.start: cue for cue in (*stamped, *found)} | given
    if sections:
        cues = _outside_sections(cues, sections, given) | {cue.start: cue for cue in sections}
    return _in_order(cues)


def _given(text: str, names: Mapping[str, str], known: Iterable[str]) -> list[Cue]:
    """The places of labels beyond doubt; on a line of their own only if they never stand otherwise."""
    cues = list(named(text, [*names.values(), *known]))
    before_speech = {word(cue.label).key for cue in cues if cue.shape != "alone"}
    alone_too = names.keys() - before_speech
    return [cue for cue in cues if cue.shape != "alone" or word(cue.label).key in alone_too]


def _in_order(cues: dict[int, Cue]) -> list[Cue]:
    return [cues[start] for start in sorted(cues)]


def _outside(closed: Sequence[Range], begin: int) -> Callable[[int], bool]:
    starts = [start for start, _end in closed]

    def is_open(offset: int) -> bool:
        before = bisect_right(starts, offset) - 1
        return offset >= begin and (before < 0 or offset >= closed[before][1])

    return is_open


def _accepted(text: str, lines: list[Cue], bold: Sequence[Range], given: set[str]) -> list[Cue]:
    """The lines whose label, before a separator, is one."""
    possible = [cue for cue in lines if word(cue.label).well_formed and not word(cue.label).section]
    strong = {cue.start for cue in possible if _says_who(text, cue)}
    keys = {word(cue.label).key for cue in possible if cue.start in strong}
    repeated = _repeated(possible) - keys
    if not keys and not given and not _is_talk(text, possible, repeated):
        repeated = set()
    if keys or repeated or given:
        repeated |= {word(cue.label).key for cue in possible if _is_bold(cue, bold) and _is_name(cue.label)}
    return [
        cue
        for cue in possible
        if cue.start in strong or (word(cue.label).key in repeated and cue.shape != "hyphen")
    ]


def _says_who(text: str, cue: Cue) -> bool:
    """Tell whether a label says in itself that somebody speaks: by its word, its title, or a time."""
    said = word(cue.label)
    if said.role in ("interviewer", "informant", "open"):
        value = text[cue.speech : cue.speech + 8].lstrip()
        return not (cue.shape == "equals" and value[:1].isdigit())  # N = 30 is a number of people
    if said.figure or is_header_key(cue.label):
        return False
    return said.titled or (cue.time is not None and _is_name(cue.label))


def _repeated(possible: list[Cue]) -> set[str]:
    """The keys of labels that come at least twice and could be the name of somebody."""
    counts = Counter(word(cue.label).key for cue in possible if cue.shape != "hyphen")
    labels = {word(cue.label).key: cue.label for cue in possible}
    return {key for key, count in counts.items() if count >= 2 and _could_be_somebody(labels[key])}


def _could_be_somebody(label: str) -> bool:
    said = word(label)
    words = without_brackets(label).casefold().split()
    if said.figure or is_header_key(label) or FUNCTION_WORDS.intersection(words[len(words) > 1 :]):
        return False
    return words[0] not in FUNCTION_WORDS and (label[0].isupper() or len(words) == 1)


def _is_talk(text: str, possible: list[Cue], repeated: set[str]) -> bool:
    """Tell whether labels that no lexicon knows are a conversation: two speakers, or one who asks."""
    cues = [cue for cue in possible if word(cue.label).key in repeated]
    lines = (text[cue.speech : text.find("\n", cue.speech) + 1 or None] for cue in cues)
    return len(repeated) > 1 or any("?" in line for line in lines)


def _is_name(label: str) -> bool:
    """Tell whether every word of a label is written like a name."""
    words = without_brackets(label).split()
    return bool(words) and all(part[0].isupper() or part[0].isdigit() for part in words) and _is_plain(label)


def _is_plain(label: str) -> bool:
    return word(label).well_formed and not word(label).figure and not is_header_key(label)


def _is_bold(cue: Cue, bold: Sequence[Range]) -> bool:
    """Tell whether a label with its separator, and nothing more of the line, is bold."""
    at = bisect_right(bold, (cue.speech, -1)) - 1
    return at >= 0 and bold[at][0] <= cue.start + 1 and cue.speech <= bold[at][1] <= cue.speech + 2


def _speaks_in_lone_lines(lone: list[Cue], found: list[Cue]) -> bool:
    """Tell whether labels stand on lines of their own in this text rather than before a separator."""
    number = sum(word(cue.label).role in ("interviewer", "informant", "open") for cue in lone)
    return number >= 2 and number > len(found)


def _may_stand_alone(cue: Cue) -> bool:
    said = word(cue.label)
    return cue.shape == "stamped" or said.role is not None or said.titled or cue.label.isupper()


def _accepted_lone(lone: list[Cue]) -> list[Cue]:
    counts = Counter(word(cue.label).key for cue in lone)
    return [cue for cue in lone if _is_lone_label(cue.label, counts)]


def _is_lone_label(label: str, counts: Counter[str]) -> bool:
    said = word(label)
    if said.role in ("interviewer", "informant", "open") and said.well_formed:
        return True
    return counts[said.key] >= 2 and _is_plain(label) and (said.titled or label.isupper())


def _accepted_stamped(lone: list[Cue], found: list[Cue]) -> list[Cue]:
    """The lines of automatic transcriptions: a name and a time, what is said below."""
    stamped = [cue for cue in lone if cue.shape == "stamped" and _is_name(cue.label)]
    counts = Counter(word(cue.label).key for cue in stamped)
    known = {word(cue.label).key for cue in found}
    sure = any(
        count >= 2 or word(key).role in ("interviewer", "informant", "open") or key in known
        for key, count in counts.items()
    )
    return stamped if sure else []


def _sections(text: str, begin: int, cues: list[Cue]) -> list[Cue]:
    """The headings of the parts of an observation: what was seen, and what the researcher thought of it."""
    headings = [cue for cue in cues if word(cue.label).section and cue.shape in ("colon", "alone", "dash")]
    note = FIELD_NOTE.search(text, 0, max(begin, _TITLE_ROOM)) is not None
    strong = note or any(not word(cue.label).weak for cue in headings)
    chosen = [cue for cue in headings if strong and (note or not word(cue.label).weak)]
    by_start = {cue.start: cue._replace(label=word(cue.label).section) for cue in chosen}
    return _in_order(by_start)


def _outside_sections(cues: dict[int, Cue], sections: list[Cue], given: Mapping[int, Cue]) -> dict[int, Cue]:
    """The labels before the first section, and those used there; a field note quotes without turns."""
    first = sections[0].start
    used = {word(cue.label).key for cue in cues.values() if cue.start < first}
    return {
        start: cue
        for start, cue in cues.items()
        if start < first or start in given or label_key(cue.label) in used
    }
