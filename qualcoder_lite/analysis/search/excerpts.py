"""Coded passages with their quotes, derived from the texts, and with all that a citation needs.

Unlike in matrices, every coding is listed, also of interviewer turns, and of every coder unless one is named:
nothing is added up here, and each row names its coder.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from qualcoder_lite.analysis.panels.lists import source_label, works_of_sources
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.coding.counting.counted import Counted, counted, touching_turns
from qualcoder_lite.coding.counting.frames import EVIDENCE, Frames, Numbers
from qualcoder_lite.coding.tables.finding import unknown_error
from qualcoder_lite.i18n import language
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.readers.document import ROLES
from qualcoder_lite.store.columns import Row, raw
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Code, Coder, Coding, Informant, Memo, Source

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Wanted:
    """Which codings: of a coder, of these codes or below them, for informants, in sources; empty: of all."""

    coder: str = ""
    codes: tuple[str, ...] = ()
    informants: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def excerpts(project: Project, wanted: Wanted | None = None, progress: Progress = silent) -> pd.DataFrame:
    """The wanted codings in the order of sources and texts.

    Columns: id (bytes), source, start, end (code points, end exclusive), quote, code, name, top, top_name (of
    the top code), place (in the codebook), polarity (empty where none), coder, informants (aliases with `;`),
    citation, speaker, line, last_line (from 1), condensation, memo, starred, evidence, title (of the source).
    `attrs["wanted"]` keeps what was asked.
    Raises UserError where a code, informant, source or coder is unknown.
    """
    import pandas as pd

    study, asked = counted(project), wanted or Wanted()
    chosen = np.flatnonzero(_mask(study, asked))
    frames, codings = study.frames, study.frames.codings
    sources = [frames.sources[i] for i in codings.source[chosen]]
    codes = [frames.codes[i] for i in codings.code[chosen]]
    tops = [frames.codes[i] for i in np.array(frames.roots(), np.int64)[codings.code[chosen]]]
    texts = Texts(project, study)
    quotes, cited, lines, last = texts.many(chosen, progress)
    with project.read() as connection:
        condensations, memos = _condensations(connection), _memos(connection)
        works = works_of_sources(connection)
    ids = [codings.id[i] for i in chosen]
    frame = pd.DataFrame(
        {
            "id": ids,
            "source": [source.key for source in sources],
            "start": codings.start[chosen],
            "end": codings.end[chosen],
            "quote": quotes,
            "code": [code.key for code in codes],
            "name": [code.name(language()) for code in codes],
            "top": [code.key for code in tops],
            "top_name": [code.name(language()) for code in tops],
            "place": codings.code[chosen],
            "polarity": _words(("+", "-", "0", "±", ""), codings.sign[chosen]),
            "coder": _words(frames.coders, codings.coder[chosen]),
            "informants": _aliases(study, chosen),
            "citation": cited,
            "speaker": speakers(frames, chosen),
            "line": lines,
            "last_line": last,
            "condensation": [condensations.get(row, "") for row in ids],
            "memo": [memos.get(row, "") for row in ids],
            "starred": codings.starred[chosen],
            "evidence": _words(EVIDENCE, codings.evidence[chosen]),
            "title": [source_label(s.technique, s.title, works.get(s.id, "")) for s in sources],
        }
    )
    frame.attrs["wanted"] = asked
    return frame


# Which codings -------------------------------------------------------------------------------------------


def _mask(study: Counted, wanted: Wanted) -> NDArray[np.bool_]:
    frames, codings = study.frames, study.frames.codings
    mask = np.ones(len(codings.id), dtype=np.bool_)
    if wanted.codes:
        chosen = _numbers(Code, [code.key for code in frames.codes], wanted.codes)
        under = np.flatnonzero(study.below[chosen].any(axis=0))
        mask &= np.isin(codings.code, under)
    if wanted.informants:
        chosen = _numbers(Informant, [informant.alias for informant in frames.informants], wanted.informants)
        mask &= np.logical_or.reduce([study.for_informant(number) for number in chosen])
    if wanted.sources:
        chosen = _numbers(Source, [source.key for source in frames.sources], wanted.sources)
        mask &= np.isin(codings.source, chosen)
    if wanted.coder:
        mask &= np.isin(codings.coder, _numbers(Coder, list(frames.coders), (wanted.coder,)))
    return mask


def _numbers(kind: type[Row], known: list[str], words: Iterable[str]) -> list[int]:
    numbers = {name: number for number, name in reversed(list(enumerate(known)))}
    chosen = [entry.strip() for entry in words]
    for entry in chosen:
        if entry not in numbers:
            raise unknown_error(kind, entry, known)
    return [numbers[entry] for entry in chosen]


# What stands beside a quote ------------------------------------------------------------------------------


def _words(words: tuple[str, ...], numbers: Numbers) -> list[str]:
    return [words[number] for number in numbers.tolist()]


def _aliases(study: Counted, codings: Numbers) -> list[str]:
    """The informants for whom each coding counts."""
    aliases: dict[int, list[str]] = {}
    for coding, informant in zip(study.coding.tolist(), study.informant.tolist(), strict=True):
        aliases.setdefault(coding, []).append(study.frames.informants[informant].alias)
    return [";".join(aliases.get(coding, ())) for coding in codings.tolist()]


def speakers(frames: Frames, codings: Numbers) -> list[str]:
    """Who speaks where each coding starts: the alias, else the word for the role. Never the text's label."""
    coding, turn = touching_turns(frames)
    owner, first = np.unique(coding, return_index=True)
    speaker = dict(zip(owner.tolist(), turn[first].tolist(), strict=True))
    return [speaker_of(frames, speaker[i]) if i in speaker else "" for i in codings.tolist()]


def speaker_of(frames: Frames, turn: int) -> str:
    """Who speaks in a turn: the alias, else the word for the role."""
    informant = int(frames.turns.informant[turn])
    return frames.informants[informant].alias if informant >= 0 else word(ROLES[frames.turns.role[turn]])


def _condensations(connection: Connection) -> dict[Any, str]:
    rows = select(raw(Coding.__table__.c.id), Coding.condensation).where(Coding.condensation != "")
    return {row: text for row, text in connection.execute(rows)}  # noqa: C416 - rows, not pairs


def _memos(connection: Connection) -> dict[Any, str]:
    wanted = select(raw(Memo.__table__.c.about_id), Memo.text).where(Memo.about_table == "coding")
    memos: dict[Any, str] = {}
    for row, text in connection.execute(wanted.order_by(Memo.id)):
        memos[row] = f"{memos[row]}\n{text}" if row in memos else text
    return memos
