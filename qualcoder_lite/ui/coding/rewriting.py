"""Changing what is coded and said: other words in the text, another code for a coding, a code in two."""

from __future__ import annotations

from functools import partial

from qualcoder_lite.analysis.panels.reading import codings_by_id
from qualcoder_lite.coding import codes, codings, sources
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.store.splices import splices_between
from qualcoder_lite.ui.codebook.keys import next_key
from qualcoder_lite.ui.codebook.picker import Picked, Picker
from qualcoder_lite.ui.coding.actions import beside_coding, on_targets, selected_words, used, words_in_window
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.notes import write_note
from qualcoder_lite.ui.kit.asking_box import AskingBox


def correct(desk: Desk) -> None:
    """Write the selected words anew; codings on them and after them move along."""
    range_, source = selected_words(desk), desk.source
    if range_ is None or source is None:
        return
    start, end = range_
    before = desk.text.page.text[start:end]

    def keep(words: str) -> bool:
        edits = (
            [(start + at, removed, new) for at, removed, new in splices_between(before, words)]
            if words
            else []
        )
        return not edits or desk.attempt(sources.edit_text, desk.study, source.id, edits)

    write_note(desk, words_in_window(desk, start, end), _("Correct these words"), before, keep)


def recode(desk: Desk) -> None:
    """Give the coding at the caret, or all chosen passages, another code."""
    found = on_targets(desk)
    if not found:
        return

    def chosen(picked: Picked) -> None:
        if picked.code is not None:
            desk.attempt(_recode, desk, found, picked.code)

    lines, recent = desk.codes, desk.recent
    picker = Picker(desk.tokens, lines, recent, "", chosen, desk.window, only=_("Recode to …"))
    picker.open_under(beside_coding(desk, found))


def _recode(desk: Desk, found: list[bytes], code: bytes) -> None:
    codings.set_code(desk.study, found, code)
    used(desk, code)


def split(desk: Desk) -> None:
    """Split the chosen passages of one code off into a new code beside it."""
    found = on_targets(desk)
    split_codes = {line.code for line in codings_by_id(desk.study, found)}
    if len(split_codes) > 1:
        desk.tell(_("Choose passages of one code to split off."))
    for code in split_codes if len(split_codes) == 1 else ():
        _ask_split(desk, code, found)


def _ask_split(desk: Desk, code: bytes, found: list[bytes]) -> None:
    line = next(line for line in desk.codes if line.id == code)
    number = len(found)
    sentence = n_(
        "Split {number} coding of {code} off into a new code.",
        "Split {number} codings of {code} off into a new code.",
        number,
    ).format(number=number, code=line.called)
    key = next_key(desk.codes, line.parent, line.name)
    then = partial(desk.attempt, codes.split, desk.study, code, found)
    asked, do = _("Key of the new code"), _("Split off")
    AskingBox(desk.tokens, sentence, asked, do, then, desk.window, key, needed=True).open()
