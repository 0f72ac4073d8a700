"""From what is read of a source to the page that the text view shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.analysis.panels.reading import CodingLine, SourceRead
from qualcoder_lite.lines import lines_of
from qualcoder_lite.ui.text.page import Coding, Page, Turn, speaker_labels

CodesById = Mapping[bytes, CodeLine]
CodersById = Mapping[bytes, str]


def shown_coding(line: CodingLine, codes: CodesById, coders: CodersById) -> Coding:
    """A coding as the text shows it."""
    code = codes[line.code]
    return Coding(
        line.id, line.start, line.end, code.key, code.name, code.colour, code.perspective, line.polarity,
        line.starred, line.memo, coders.get(line.coder, ""),
    )  # fmt: skip


def shown_codings(
    lines: Iterable[CodingLine], codes: CodesById, hidden: set[bytes], coders: CodersById
) -> list[Coding]:
    """The codings that the text shows: those whose code is not hidden; `coders` are the names to be told."""
    return [
        shown_coding(line, codes, coders) for line in lines if line.code in codes and line.code not in hidden
    ]


def page_of(source: SourceRead, codes: CodesById, hidden: set[bytes], coders: CodersById) -> Page:
    """The page of a source."""
    turns = tuple(
        Turn(turn.start, turn.end, turn.label, turn.role, turn.alias, turn.time) for turn in source.turns
    )
    return Page(
        text=source.text,
        turns=turns,
        codings=tuple(shown_codings(source.codings, codes, hidden, coders)),
        marks=source.marks,
        hidden=speaker_labels(source.text, turns),
        line_rule=lines_of(source.line_characters),
    )
