"""The key of a new code, where the person gives only its name."""

from __future__ import annotations

from collections.abc import Sequence

from qualcoder_lite.analysis.panels.lists import CodeLine


def next_key(lines: Sequence[CodeLine], parent: bytes | None, name: str) -> str:
    """A free key: the parent's with the next number, or, for a top code, letters of the name."""
    taken = {line.key for line in lines}
    above = next((line for line in lines if line.id == parent), None)
    if above is not None:
        return next(key for key in _numbered(above.key, len(lines) + 1) if key not in taken)
    letters = [letter for letter in name.upper() if letter.isalpha() and letter.isascii()] or ["K"]
    alone = [*letters[:1], "".join(letters[:2])]
    return next(key for key in (*alone, *_numbered(letters[0], len(lines) + 1)) if key not in taken)


def _numbered(stem: str, most: int) -> list[str]:
    return [f"{stem}{number}" for number in range(1, most + 1)]
