"""A condition of a query in words, as it stands on a chip and in an export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from qualcoder_lite.analysis.search.queries import Condition, kind_of
from qualcoder_lite.analysis.terms import SIGN_MARKS, SIGN_WORDS, word
from qualcoder_lite.coding.counting.frames import Frames
from qualcoder_lite.i18n import _, language, n_

Say = Callable[[Frames, Condition], str]


def describe_condition(frames: Frames, condition: Condition) -> str:
    """The condition in the language now spoken. Raises UserError where it is not known."""
    return _SAID[kind_of(condition)](frames, condition)


def _named(rows: Iterable[Any], ids: Sequence[str], name: str) -> str:
    """The names of rows by id, in the rows' order; what is gone is said so."""
    found = [getattr(row, name) for row in rows if row.id.hex() in ids]
    return ", ".join(found) or _("what is no longer there")


def _code(frames: Frames, condition: Condition) -> str:
    chosen = [row for row in frames.codes if row.id.hex() in condition["code"]]
    numbers = {number for number, row in enumerate(frames.codes) if row.id.hex() in condition["code"]}
    if condition.get("below", True) and any(row.parent in numbers for row in frames.codes):
        return _("{codes} and below").format(codes=_named(frames.codes, condition["code"], "key"))
    if len(chosen) == 1:
        name = chosen[0].name(language())
        return f"{chosen[0].key} {name}" if name != chosen[0].key else name
    return _named(frames.codes, condition["code"], "key")


def _informant(frames: Frames, condition: Condition) -> str:
    names = _named(frames.informants, condition["informant"], "alias")
    return _("informants: {names}").format(names=names)


def _class(_frames: Frames, condition: Condition) -> str:
    return ", ".join(word(name) for name in condition["class"])


def _attribute(frames: Frames, condition: Condition) -> str:
    names = [name for row, name in frames.attributes if row.hex() == condition["attribute"]]
    name = names[0] if names else _("what is no longer there")
    return f"{name}: {', '.join(condition['values'])}"


def _source(frames: Frames, condition: Condition) -> str:
    return _("sources: {names}").format(names=_named(frames.sources, condition["source"], "key"))


def _words_of(kind: str) -> Say:
    return lambda _frames, condition: ", ".join(word(name) for name in condition[kind])


def _polarity(_frames: Frames, condition: Condition) -> str:
    return ", ".join(f"{SIGN_MARKS[sign]} {_(SIGN_WORDS[sign])}".strip() for sign in condition["polarity"])


def _coder(_frames: Frames, condition: Condition) -> str:
    return _("coder: {names}").format(names=", ".join(condition["coder"]))


def _starred(_frames: Frames, condition: Condition) -> str:
    return _("chosen quotes") if condition["starred"] else _("not chosen as quotes")


def _memo(_frames: Frames, condition: Condition) -> str:
    return _("with a memo") if condition["memo"] else _("without a memo")


def _words(_frames: Frames, condition: Condition) -> str:
    return f"“{condition['words']}”"


def _joined(kind: str, word_between: Callable[[], str]) -> Say:
    def say(frames: Frames, condition: Condition) -> str:
        parts = [describe_condition(frames, part) for part in condition[kind]]
        return f" {word_between()} ".join(f"({part})" if len(parts) > 1 else part for part in parts) or "—"

    return say


def _not(frames: Frames, condition: Condition) -> str:
    return _("not: {what}").format(what=describe_condition(frames, condition["not"]))


def _near(frames: Frames, condition: Condition) -> str:
    turns, what = int(condition.get("turns", 1)), describe_condition(frames, condition["near"])
    if not turns:
        return _("in the same turn as {what}").format(what=what)
    text = n_("within {number} turn of {what}", "within {number} turns of {what}", turns)
    return text.format(number=turns, what=what)


def _overlapping(frames: Frames, condition: Condition) -> str:
    return _("overlapping {what}").format(what=describe_condition(frames, condition["overlapping"]))


def _within(frames: Frames, condition: Condition) -> str:
    return _("inside {what}").format(what=describe_condition(frames, condition["within"]))


_SAID: dict[str, Say] = {
    "code": _code, "informant": _informant, "class": _class, "attribute": _attribute, "source": _source,
    "technique": _words_of("technique"), "evidence": _words_of("evidence"), "polarity": _polarity,
    "coder": _coder, "starred": _starred, "memo": _memo, "words": _words, "not": _not, "near": _near,
    "all": _joined("all", lambda: _("and")), "any": _joined("any", lambda: _("or")),
    "overlapping": _overlapping, "within": _within,
}  # fmt: skip
