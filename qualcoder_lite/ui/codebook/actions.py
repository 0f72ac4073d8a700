"""What is done to codes in the codebook: making, wording, moving, merging, linking, colouring, hiding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from qualcoder_lite.analysis.panels.lists import CodeLine, wording_of
from qualcoder_lite.coding import codes
from qualcoder_lite.i18n import _, language, n_
from qualcoder_lite.ui.codebook.form import CodeForm, Written
from qualcoder_lite.ui.codebook.keys import next_key
from qualcoder_lite.ui.codebook.moves import Move, below, merge_words, stepped, top_words, whole_top_codes
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.codebook.picker import Picked, Picker
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.notes import write_memo
from qualcoder_lite.ui.kit.asking_box import AskingBox


def chosen(desk: Desk) -> list[CodeLine]:
    """The chosen codes; a hint where there is none."""
    keys = set(desk.part(Codebook).tree.chosen_keys())
    found = [line for line in desk.codes if line.id in keys]
    if not found:
        desk.tell(_("Choose a code in the codebook first."))
    return found


def current(desk: Desk) -> CodeLine | None:
    """The first of the chosen codes; a hint where there is none."""
    return next(iter(chosen(desk)), None)


# Making and wording ----------------------------------------------------------------------------------------


def new(desk: Desk) -> None:
    """Write a new code from theory, below the current one's top code or at the top."""
    parent = desk.part(Codebook).parent_for_new()
    key = next_key(desk.codes, parent, "")
    kind = "indicator" if parent else "category"
    line = CodeLine(b"", key if parent else "", "", parent, 0, kind, "etic", 1, 0, 0)

    def keep(written: Written) -> bool:
        free = written.key or next_key(desk.codes, parent, written.fields["name"])
        return desk.attempt(_add, desk, free, parent, written)

    form = CodeForm(desk.tokens, _("New code from theory"), line, {}, keep, desk.window)
    form.open(form.name)


def _add(desk: Desk, key: str, parent: bytes | None, written: Written) -> None:
    made = codes.add(desk.study, key, parent, {language(): written.fields}, **_details(written))
    desk.refresh()
    desk.part(Codebook).tree.choose(made)


def edit(desk: Desk) -> None:
    """Write what the current code means."""
    line = current(desk)
    if line is not None:
        fields = wording_of(desk.study, line.id)
        title = _("Code {code}").format(code=line.key)
        keep = partial(desk.attempt, _change, desk, line, fields)
        form = CodeForm(desk.tokens, title, line, fields, keep, desk.window)
        form.open(form.name)


def _change(desk: Desk, line: CodeLine, before: dict[str, str], written: Written) -> None:
    """Keep what differs; each part is a step of its own, since each can be undone alone."""
    changed = {name: words for name, words in written.fields.items() if words != before.get(name, "")}
    if changed:
        codes.set_wording(desk.study, line.id, language(), written.reason, **changed)
    known: codes.Details = {"kind": line.kind, "polarity_hint": line.hint, "shortcut": line.shortcut}
    if _details(written) != known:
        codes.set_details(desk.study, line.id, written.reason, **_details(written))
    if written.key and written.key != line.key:
        codes.rename(desk.study, line.id, written.key, written.reason)


def _details(written: Written) -> codes.Details:
    """What of the form is neither key nor wording."""
    return {"kind": written.kind, "polarity_hint": written.hint, "shortcut": written.shortcut or None}


def rename(desk: Desk) -> None:
    """Write the name of the current code in its row."""
    tree = desk.part(Codebook).tree
    if tree.currentIndex().isValid():
        tree.edit(tree.currentIndex())


def renamed(desk: Desk, code: bytes, name: str) -> None:
    """A name was written in a row."""
    if name:
        codes.set_wording(desk.study, code, language(), name=name)


def remove(desk: Desk) -> None:
    """Remove the chosen codes with their codings; codes below them stay and move up."""
    found = chosen(desk)
    if found:
        codes.remove(desk.study, [line.id for line in found])
        number = sum(line.own for line in found)
        gone = n_("{number} coding went with it.", "{number} codings went with it.", number)
        keys = ", ".join(line.key for line in found)
        words = _("Removed: {codes}.").format(codes=keys) + " " + gone.format(number=number)
        desk.tell_undoable(words)


# Moving, merging, linking ----------------------------------------------------------------------------------


def dropped(desk: Desk, move: Move) -> None:
    """Codes were dropped on a code."""
    if move.kind == "merge":
        ask_merge(desk, move.codes, move.target)
    elif move.kind == "link":
        codes.link_emic(desk.study, move.codes[0], move.target)
    else:
        codes.move(desk.study, move.codes[0], move.parent, move.position)
        desk.part(Codebook).tree.closed.discard(move.parent)


def move_up(desk: Desk) -> None:
    """Move the current code up among its siblings."""
    _step(desk, onward=False)


def move_down(desk: Desk) -> None:
    """Move the current code down among its siblings."""
    _step(desk, onward=True)


def _step(desk: Desk, onward: bool) -> None:
    line = current(desk)
    if line is not None:
        position = stepped(desk.codes, line.id, onward)
        if position is not None:
            codes.move(desk.study, line.id, line.parent, position)
            desk.refresh()


def choose_code(
    desk: Desk, lines: Sequence[CodeLine], name: str, then: Callable[[bytes], object], beside: object = None
) -> None:
    """Let the person choose one of some codes by typing."""

    def picked(one: Picked) -> None:
        if one.code is not None:
            desk.attempt(then, one.code)

    picker = Picker(desk.tokens, lines, desk.recent, "", picked, desk.window, only=name)
    picker.open_under(desk.part(Codebook).current_row() if beside is None else beside)  # type: ignore[arg-type]


def move_under(desk: Desk) -> None:
    """Move the current code below another one."""
    line = current(desk)
    if line is not None:
        moved = line.id
        taken = below(desk.codes, moved) | {moved}
        fit = [one for one in desk.codes if one.id not in taken and one.perspective == line.perspective]

        def then(parent: bytes) -> None:
            codes.move(desk.study, moved, parent)

        choose_code(desk, fit, _("Put {code} below …").format(code=line.key), then)


def move_to_top(desk: Desk) -> None:
    """Make the current code a top code."""
    line = current(desk)
    if line is not None:
        codes.move(desk.study, line.id, None)


def merge(desk: Desk) -> None:
    """Merge the chosen codes into another one."""
    found = chosen(desk)
    if found:
        ids = [line.id for line in found]
        fit = [line for line in desk.codes if line.id not in ids]
        title = _("Merge {code} into …").format(code=found[0].key)
        choose_code(desk, fit, title, lambda target: ask_merge(desk, ids, target))


def ask_merge(desk: Desk, merged: Sequence[bytes], target: bytes) -> None:
    """Say what merging does and take an optional reason; top codes are asked about once more."""
    sentence = merge_words(desk.codes, merged, target)
    top = whole_top_codes(desk.codes, merged)

    def merge_now(reason: str) -> bool:
        return desk.attempt(codes.merge, desk.study, list(merged), target, reason)

    def then(reason: str) -> bool:
        if top:
            _ask_again(desk, top, lambda: merge_now(reason))
            return True
        return merge_now(reason)

    ask_reason(desk, sentence, _("Merge"), then)


def _ask_again(desk: Desk, top: Sequence[CodeLine], then: Callable[[], bool]) -> None:
    """Merge top codes only when the key of the first was typed: Enter twice by habit is not enough."""
    key = top[0].key

    def typed(words: str) -> bool:
        return words.casefold() == key.casefold() and then()

    asked = _("Type {code} to merge it").format(code=key)
    AskingBox(
        desk.tokens, top_words(desk.codes, top), asked, _("Merge"), typed, desk.window, needed=True
    ).open()


def ask_reason(desk: Desk, sentence: str, do: str, then: Callable[[str], bool]) -> None:
    """Say what will happen and take an optional reason for the audit trail."""
    asked = _("Reason (optional; goes into the history)")
    AskingBox(desk.tokens, sentence, asked, do, then, desk.window).open()


def link(desk: Desk) -> None:
    """Link the current code from informants to one from theory."""
    line = current(desk)
    if line is not None and line.perspective != "emic":
        desk.tell(_("Only a code from informants can be linked to a code from theory."))
    elif line is not None:
        emic = line.id
        fit = [one for one in desk.codes if one.perspective != "emic"]

        def then(etic: bytes) -> None:
            codes.link_emic(desk.study, emic, etic)

        choose_code(desk, fit, _("Link {code} to …").format(code=line.key), then)


def unlink(desk: Desk, line: CodeLine, key: str) -> None:
    """Take the link between a code and the one with this key away."""
    other = next(one for one in desk.codes if one.key == key)
    emic, etic = (line, other) if line.perspective == "emic" else (other, line)
    codes.unlink_emic(desk.study, emic.id, etic.id)


# Colours, keys, what the text shows ------------------------------------------------------------------------


def set_colour(desk: Desk, colour: int | None) -> None:
    """Give the current code a colour, or its parent's."""
    line = current(desk)
    if line is not None:
        codes.set_details(desk.study, line.id, colour=colour)


def set_shortcut(desk: Desk, number: str | None) -> None:
    """Give the current code a key, or none."""
    line = current(desk)
    if line is not None:
        codes.set_details(desk.study, line.id, shortcut=number)


def show_only(desk: Desk) -> None:
    """Show in the text only the chosen codes and those below them."""
    found = chosen(desk)
    if found:
        shown = {line.id for line in found}.union(*(below(desk.codes, line.id) for line in found))
        desk.hide_codes({line.id for line in desk.codes} - shown)


def show_all(desk: Desk) -> None:
    """Show all codes in the text."""
    desk.hide_codes(set())


def some_hidden(desk: Desk) -> bool:
    """Whether the text hides some codes."""
    return bool(desk.hidden)


def toggle_shown(desk: Desk) -> None:
    """Show only the chosen codes, or all again."""
    (show_all if some_hidden(desk) else show_only)(desk)


def memo(desk: Desk) -> None:
    """Write a memo about the current code."""
    line = current(desk)
    if line is not None:
        title = _("Memo on {code}").format(code=line.called)
        write_memo(desk, "code", line.id, title, desk.part(Codebook).current_row())
