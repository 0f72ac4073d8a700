"""Coding: what is done to the selected words or to the coding at the caret is one action of the core."""

from __future__ import annotations

from PySide6.QtCore import QRect

from qualcoder_lite.analysis.panels.reading import codings_by_id
from qualcoder_lite.coding import codes, codings, memos
from qualcoder_lite.i18n import _, language, n_
from qualcoder_lite.store import undo as undoing
from qualcoder_lite.ui.codebook import actions as codebook_actions
from qualcoder_lite.ui.codebook.keys import next_key
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.codebook.picker import EMIC, Picked, Picker
from qualcoder_lite.ui.coding.document import Document
from qualcoder_lite.ui.desk.action import keys_said
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.notes import write_memo, write_note
from qualcoder_lite.ui.kit.overlay import in_window
from qualcoder_lite.ui.sources.actions import opened
from qualcoder_lite.ui.text.select import trimmed

KINDS = ("account", "event", "provision")
REMEMBERED = 12  # codes used lately


def undo(desk: Desk) -> None:
    """Undo the newest step."""
    undoing.undo(desk.study)


def redo(desk: Desk) -> None:
    """Redo the step undone last."""
    undoing.redo(desk.study)


# Coding the selected words ---------------------------------------------------------------------------------


def selected_words(desk: Desk) -> tuple[int, int] | None:
    """The selection without outer white space; None, and a hint, where nothing is selected."""
    start, end = trimmed(desk.text.page.text, *desk.text.selection())
    if desk.source is None or start == end:
        desk.tell(_select_first(desk))
        return None
    return start, end


def _select_first(desk: Desk) -> str:
    """What to do before coding; beside a coding also how the same words are coded once more."""
    if desk.text.active is None:
        return _("Select words in the text first.")
    keys = keys_said(desk.actions_by_id["code_again"])
    return _("Select words in the text first. For another code on the same words: {keys}.").format(keys=keys)


def apply(desk: Desk, code: bytes, polarity: str | None = None, starred: bool = False) -> None:
    """Tag the selected words with a code; then nothing is selected, so that no other code lands there.

    The new coding stands out, and the keys of the text act on it.
    """
    range_, source = selected_words(desk), desk.source
    if range_ is None or source is None:
        return
    made = codings.apply(desk.study, source.id, *range_, code, polarity, starred=starred)
    used(desk, code)
    desk.text.attend(made)
    desk.text.setFocus()


def apply_in_vivo(desk: Desk, name: str = "") -> bytes | None:
    """Make a code of the selected words themselves and tag them with it."""
    range_, source = selected_words(desk), desk.source
    if range_ is None or source is None:
        return None
    code, made = codings.apply_in_vivo(desk.study, source.id, *range_, name)
    used(desk, code)
    desk.text.attend(made)
    desk.text.setFocus()
    return made


def in_vivo(desk: Desk) -> None:
    """Make a code of the selected words."""
    apply_in_vivo(desk)


def repeat(desk: Desk) -> None:
    """Tag the selected words with the code that was used last."""
    if desk.recent:
        apply(desk, desk.recent[0])
    else:
        desk.tell(_("No code was used yet."))


def favourite(desk: Desk, number: str) -> None:
    """Tag the selected words with the code that has this key."""
    code = next((line.id for line in desk.codes if line.shortcut == number), None)
    if code is None:
        desk.tell(_("No code has the key {number} yet. Give it one in the codebook.").format(number=number))
    else:
        apply(desk, code)


def used(desk: Desk, code: bytes) -> None:
    """Remember a code as the one that was used last."""
    desk.recent = [code, *(one for one in desk.recent if one != code)][:REMEMBERED]


def pick(desk: Desk, typed: str = "") -> None:
    """Choose a code for the selected words by typing."""
    range_ = selected_words(desk)
    if range_ is None:
        return
    quote = desk.text.page.text[range_[0] : range_[1]]

    def chosen(picked: Picked) -> bool:
        """The box stays with a new name that was not kept."""
        done = desk.attempt(_take, desk, picked)
        return done or not picked.name or any(line.name == picked.name for line in desk.codes)

    lines, recent = desk.codes, desk.recent
    picker = Picker(desk.tokens, lines, recent, quote, chosen, desk.window)
    picker.open_under(words_in_window(desk, *range_), typed)


def code_again(desk: Desk) -> None:
    """Select the words of the coding at hand and choose another code for them."""
    found = on_targets(desk)
    shown = desk.text.body.codings.by_id.get(found[0]) if found else None
    if shown is not None:
        desk.text.select(shown.start, shown.end)
        pick(desk)


def _take(desk: Desk, picked: Picked) -> None:
    """Do what was chosen in the picker."""
    if picked.code is not None:
        apply(desk, picked.code, picked.polarity, picked.starred)
        return
    if picked.make == EMIC:
        made = apply_in_vivo(desk, picked.name)
        if made is not None and picked.polarity is not None:
            codings.set_polarity(desk.study, [made], picked.polarity)
        return
    parent = desk.part(Codebook).parent_for_new()
    key = next_key(desk.codes, parent, picked.name)
    kind = "indicator" if parent else "category"
    wording = {language(): {"name": picked.name}}
    code = codes.add(desk.study, key, parent, wording, kind=kind)
    apply(desk, code, picked.polarity, picked.starred)


def words_in_window(desk: Desk, start: int, end: int) -> QRect:
    """Where words stand in the window: their last line, as far as it is in sight."""
    box = desk.text.caret_box(end).toRect().united(desk.text.caret_box(start).toRect())
    return in_window(desk.text.viewport(), box.intersected(desk.text.viewport().rect()))


def code_with_chosen(desk: Desk) -> None:
    """Tag the selected words with the code that is current in the codebook."""
    line = codebook_actions.current(desk)
    if line is not None:
        apply(desk, line.id)


# The coding at the caret, or the chosen passages -----------------------------------------------------------


def targets(desk: Desk) -> list[bytes]:
    """The codings on which keys act: chosen passages while their list has the focus, else the coding that
    stands out, else the innermost one at the caret.
    """
    chosen = desk.chosen_passages()
    if chosen:
        return chosen
    if desk.text.active is not None:
        return [desk.text.active.id]
    at_caret = desk.text.codings_at_caret()
    return [at_caret[-1].id] if at_caret else []


def on_targets(desk: Desk) -> list[bytes]:
    """The codings on which keys act; a hint where there is none."""
    found = targets(desk)
    if not found:
        desk.tell(_("There is no coding at the caret."))
    return found


def set_polarity(desk: Desk, sign: str | None) -> None:
    """Set the polarity; the same again takes it away."""
    found = on_targets(desk)
    if found:
        now = {line.polarity for line in codings_by_id(desk.study, found)}
        codings.set_polarity(desk.study, found, None if now == {sign} else sign)


def star(desk: Desk) -> None:
    """Choose as a quote to show, or no longer."""
    found = on_targets(desk)
    if found:
        every = all(line.starred for line in codings_by_id(desk.study, found))
        codings.set_starred(desk.study, found, not every)


def next_evidence(desk: Desk) -> None:
    """Go on to the next kind of evidence: account, event, provision."""
    found = on_targets(desk)
    if found:
        now = codings_by_id(desk.study, found[:1])[0].evidence
        codings.set_evidence(desk.study, found, KINDS[(KINDS.index(now) + 1) % len(KINDS)])


def set_evidence(desk: Desk, kind: str) -> None:
    """Set the kind of evidence."""
    found = on_targets(desk)
    if found:
        codings.set_evidence(desk.study, found, kind)


def remove(desk: Desk) -> None:
    """Remove the coding; the text stays."""
    found = on_targets(desk)
    if found:
        codings.remove(desk.study, found)


def condense(desk: Desk) -> None:
    """Write the condensed wording of the coding."""
    found = on_targets(desk)
    if found:
        alone = codings_by_id(desk.study, found) if len(found) == 1 else []
        before = alone[0].condensation if alone else ""

        def keep(words: str) -> bool:
            return desk.attempt(codings.set_condensation, desk.study, found, words)

        write_note(desk, beside_coding(desk, found), _("Condensed wording"), before, keep)


def memo(desk: Desk) -> None:
    """Write a memo about the coding, or one about each of the chosen passages."""
    found = on_targets(desk)
    if len(found) == 1:
        write_memo(desk, "coding", found[0], _("Memo on this coding"), beside_coding(desk, found))
    elif found:
        title = n_("Memo on {number} coding", "Memo on each of {number} codings", len(found))

        def keep(words: str) -> bool:
            return desk.attempt(memos.add_about_many, desk.study, "coding", found, words)

        write_note(desk, beside_coding(desk, found), title.format(number=len(found)), "", keep)


def memo_on_range(desk: Desk) -> None:
    """Write a memo on the selected words, without a code."""
    range_, source = selected_words(desk), desk.source
    if range_ is None or source is None:
        return

    def keep(words: str) -> bool:
        return desk.attempt(memos.add_on_range, desk.study, source.id, *range_, words)

    write_note(desk, beside_coding(desk, []), _("Memo on these words"), "", keep)


def beside_coding(desk: Desk, found: list[bytes]) -> QRect:
    """Where a coding stands in the window, or the selection where it is not in this text."""
    shown = desk.text.body.codings.by_id.get(found[0]) if found else None
    return (
        words_in_window(desk, shown.start, shown.end)
        if shown
        else words_in_window(desk, *desk.text.selection())
    )


def memo_on_source(desk: Desk) -> None:
    """Write a memo about the open source."""
    source, title = opened(desk), desk.part(Document).title
    if source is not None:
        beside = in_window(title, title.rect())
        write_memo(desk, "source", source.id, _("Memo on {code}").format(code=source.key), beside)
