"""What dropping codes on a code would do, and the sentence that says so before it happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.i18n import _, n_

BEFORE, ON, AFTER = "before", "on", "after"


@dataclass(frozen=True)
class Move:
    """A move: `kind` is move, merge or link; for a move the new parent and the place among its children."""

    kind: str
    codes: tuple[bytes, ...]
    target: bytes
    sentence: str
    parent: bytes | None = None
    position: int = 0


def planned(
    lines: Sequence[CodeLine], dragged: Sequence[bytes], target: bytes, zone: str, merging: bool
) -> Move | None:
    """What would happen; None where nothing can."""
    by_id = {line.id: line for line in lines}
    codes = tuple(code for code in dragged if code in by_id and code != target)
    if not codes or target not in by_id or len(codes) != len(dragged):
        return None
    if merging:
        return Move("merge", codes, target, merge_words(lines, codes, target))
    if len(codes) > 1:
        return None
    return _moved(lines, by_id[codes[0]], by_id[target], zone)


def merge_words(lines: Sequence[CodeLine], codes: Sequence[bytes], target: bytes) -> str:
    """What merging does."""
    by_id = {line.id: line for line in lines}
    keys = ", ".join(by_id[code].key for code in codes)
    number = sum(by_id[code].own for code in codes)
    moved = n_("{number} coding moves", "{number} codings move", number).format(number=number)
    return _("Merge {codes} into {target}: {moved}, {codes} is removed.").format(
        codes=keys, target=by_id[target].called, moved=moved
    )


def whole_top_codes(lines: Sequence[CodeLine], codes: Sequence[bytes]) -> list[CodeLine]:
    """The top codes among some: those from theory, and others that have codes below them."""
    return [
        line
        for line in lines
        if line.id in codes and line.parent is None and (line.perspective != "emic" or below(lines, line.id))
    ]


def top_words(lines: Sequence[CodeLine], top: Sequence[CodeLine]) -> str:
    """What stands below top codes that are about to be merged away."""
    number = sum(len(below(lines, line.id)) for line in top)
    codes = n_("{number} code below it", "{number} codes below it", number).format(number=number)
    said = _("{codes} is a top code, with {below}. Merge it away all the same?")
    return said.format(codes=", ".join(line.called for line in top), below=codes)


def _moved(lines: Sequence[CodeLine], code: CodeLine, target: CodeLine, zone: str) -> Move | None:
    if zone == ON and (code.perspective, target.perspective) == ("emic", "etic"):
        words = _("Link {emic} to {etic}.").format(emic=code.called, etic=target.called)
        return Move("link", (code.id,), target.id, words)
    if code.perspective != target.perspective or target.id in below(lines, code.id):
        return None
    if zone == ON:
        words = _("Put {code} below {target}.").format(code=code.key, target=target.called)
        return Move("move", (code.id,), target.id, words, target.id, len(children(lines, target.id)))
    siblings = [line.id for line in children(lines, target.parent) if line.id != code.id]
    position = siblings.index(target.id) + (zone == AFTER)
    said = _("Put {code} after {target}.") if zone == AFTER else _("Put {code} before {target}.")
    words = said.format(code=code.key, target=target.called)
    return Move("move", (code.id,), target.id, words, target.parent, position)


def children(lines: Sequence[CodeLine], parent: bytes | None) -> list[CodeLine]:
    """The codes directly below a code, or the top codes."""
    return [line for line in lines if line.parent == parent]


def below(lines: Sequence[CodeLine], code: bytes) -> set[bytes]:
    """The codes below a code; lines come each before those below it."""
    found = {code}
    for line in lines:
        if line.parent in found:
            found.add(line.id)
    return found - {code}


def stepped(lines: Sequence[CodeLine], code: bytes, onward: bool) -> int | None:
    """The place of a code among its siblings after one step; None at the end."""
    line = next(line for line in lines if line.id == code)
    siblings = [one.id for one in children(lines, line.parent) if one.perspective == line.perspective]
    place = siblings.index(code) + (1 if onward else -1)
    if not 0 <= place < len(siblings):
        return None
    every = [one.id for one in children(lines, line.parent) if one.id != code]
    neighbour = siblings[place]
    return every.index(neighbour) + (1 if onward else 0)
