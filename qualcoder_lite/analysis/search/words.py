"""Finding words in the texts: whole words without regard to case and accents; `respon*` finds what begins so.

The texts are read through and not indexed: 8 MB of any script take some 0.1 s, and an index would have to
follow every undo.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from sqlalchemy import select

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.offsets import code_points
from qualcoder_lite.progress import Progress, silent
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Source, SourceText

AROUND = 60  # code points of context on each side
_QUOTES = {ord(mark): "'" for mark in "‘’‚‛`´"} | {ord(mark): '"' for mark in "“”„‟«»"}
_LONG = 1 << 14  # code points from which on arrays are faster than a dictionary
_MARKS = "[\u0300-\u036f]*"  # combining accents may follow any letter


@dataclass(frozen=True)
class Hit:
    """A found place: source by citation code, range in code points (end exclusive), the words around it."""

    source: str
    start: int
    end: int
    quote: str
    before: str
    after: str


def search(project: Project, words: str, progress: Progress = silent) -> list[Hit]:
    """Every place of a phrase in the texts, in the order of the sources. Raises UserError for no words."""
    pattern = compile_pattern(words)
    columns = select(Source.key, SourceText.text).join(SourceText, SourceText.source_id == Source.id)
    hits: list[Hit] = []
    with project.read() as connection:
        rows = connection.execute(columns.order_by(Source.position, Source.id)).all()
    for number, (key, text) in enumerate(rows):
        progress(number, len(rows), key)
        hits += [_hit(key, text, match) for match in pattern.finditer(fold_accents(text))]
    return hits


def compile_pattern(words: str) -> re.Pattern[str]:
    """The phrase as a regular expression over folded text; `*` stands for the rest of a word."""
    parts = words.split()
    if not any(part.strip("*") for part in parts):
        raise UserError(_("There are no words to search for."))
    whole = r"\s+".join(_part(fold_accents(part)) for part in parts)
    return re.compile(rf"(?<!\w){whole}(?!\w)", re.IGNORECASE)


def _part(word: str) -> str:
    return "".join(r"\w*" if letter == "*" else re.escape(letter) + _MARKS for letter in word)


def fold_accents(text: str) -> str:
    """The text without accents and with straight quotes, of the same length, so that offsets hold."""
    if text.isascii():
        return text.replace("`", "'")
    if len(text) < _LONG:
        return text.translate(
            {ord(letter): _bare(letter) for letter in set(text) if letter > "\x7f"} | _QUOTES
        )
    codes = code_points(text)
    table = np.arange(int(codes.max()) + 1, dtype=np.uint32)
    present = np.zeros(len(table), dtype=bool)
    present[codes] = True
    for code in np.flatnonzero(present).tolist():
        table[code] = ord(_QUOTES.get(code) or _bare(chr(code)))
    return str(table[codes].tobytes(), f"utf-32-{sys.byteorder[0]}e", "surrogatepass")


@lru_cache(maxsize=1 << 16)
def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)
    return base[0] if len(base) > 1 and unicodedata.combining(base[1]) else letter


def _hit(key: str, text: str, match: re.Match[str]) -> Hit:
    start, end = match.span()
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Hit(key, start, end, text[start:end], before, after)
