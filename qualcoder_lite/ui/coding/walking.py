"""Going through a text by keys: from coding to coding and turn to turn; codings longer or shorter."""

from __future__ import annotations

from qualcoder_lite.coding import codings
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.coding.actions import on_targets, selected_words, targets
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.text import select
from qualcoder_lite.ui.text.page import Page, Turn

SPOKEN = ("informant", "descriptive")


def next_coding(desk: Desk) -> None:
    """Go to the next coding."""
    desk.text.step_coding(onward=True)
    desk.text.setFocus()


def previous_coding(desk: Desk) -> None:
    """Go to the coding before."""
    desk.text.step_coding(onward=False)
    desk.text.setFocus()


def next_uncoded(desk: Desk) -> None:
    """Go to the next turn without a coding."""
    _to_uncoded(desk, onward=True)


def previous_uncoded(desk: Desk) -> None:
    """Go to the turn without a coding before."""
    _to_uncoded(desk, onward=False)


def _to_uncoded(desk: Desk, onward: bool) -> None:
    codings_there = desk.text.body.codings
    turns = [
        turn
        for turn in uncoded_candidates(desk.text.page)
        if not codings_there.overlapping(turn.start, turn.end)
    ]
    caret = desk.text.selection()[0]
    beyond = [turn for turn in turns if (turn.start > caret if onward else turn.end < caret)]
    if not beyond:
        desk.tell(_("No turn without a coding from here on."))
        return
    turn = beyond[0] if onward else beyond[-1]
    desk.text.activate(None)
    desk.text.go_to(turn.start, turn.end)
    desk.text.setFocus()


def uncoded_candidates(page: Page) -> list[Turn]:
    """The turns that can be coded: what informants say and what observers describe; else the paragraphs."""
    turns = [turn for turn in page.turns if turn.role in SPOKEN]
    if turns or page.turns:
        return turns
    found, start = [], 0
    for line in page.text.split("\n"):
        if line.strip():
            found.append(Turn(start, start + len(line), ""))
        start += len(line) + 1
    return found


def select_word(desk: Desk) -> None:
    """Select the word at the caret."""
    desk.text.select_word()


def select_sentence(desk: Desk) -> None:
    """Select the sentence at the caret."""
    desk.text.select_sentence()


def select_paragraph(desk: Desk) -> None:
    """Select the paragraph at the caret."""
    desk.text.select_paragraph()


def select_turn(desk: Desk) -> None:
    """Select the turn at the caret."""
    desk.text.select_turn()


def grow(desk: Desk) -> None:
    """Select the next larger of word, sentence, paragraph, turn."""
    desk.text.grow_selection()


def shrink(desk: Desk) -> None:
    """Select what was selected before it grew, else the next smaller part."""
    desk.text.shrink_selection()


def show_labels(desk: Desk) -> None:
    """Open all labels beside the caret's line."""
    desk.text.expand_at_caret()


# Longer and shorter ----------------------------------------------------------------------------------------


def resized(text: str, start: int, end: int, edge: str, onward: bool) -> tuple[int, int]:
    """A range with its start or end moved by a word, on or back; at least a word stays."""
    if edge == "end":
        if onward:
            word = select.next_word(text, end) if not select.in_word(text, end) else end
            return start, max(end, select.word_at(text, min(word, len(text) - 1))[1])
        return start, _shorter_end(text, start, end)
    if not onward:
        return select.previous_word(text, start), end
    after = select.next_word(text, start)
    return (after if after < end else start), end


def _shorter_end(text: str, start: int, end: int) -> int:
    """The end of the word before the last one of a range; the end itself where there is only one word."""
    last = select.previous_word(text, end)
    kept = text[start:last].rstrip()
    return start + len(kept) if kept else end


def resize(desk: Desk, edge: str, onward: bool) -> None:
    """Move the start or end of the coding by a word; where there is none, that of the selection."""
    selected = desk.text.selection()
    if not targets(desk) and selected[0] < selected[1]:
        desk.text.select(*resized(desk.text.page.text, *selected, edge, onward))
        return
    found = on_targets(desk)[:1]
    shown = desk.text.body.codings.by_id.get(found[0]) if found else None
    if shown is None:
        return
    start, end = resized(desk.text.page.text, shown.start, shown.end, edge, onward)
    if (start, end) != (shown.start, shown.end):
        set_range(desk, shown.id, start, end)
        desk.text.reveal(end if edge == "end" else start, end if edge == "end" else start)


def set_range(desk: Desk, coding: bytes, start: int, end: int) -> None:
    """Give a coding another range, without outer white space; it goes on standing out."""
    start, end = select.trimmed(desk.text.page.text, start, end)
    if start < end:
        codings.set_range(desk.study, coding, start, end)
        desk.text.attend(coding)


def end_on(desk: Desk) -> None:
    """Move the end of the coding on by a word."""
    resize(desk, "end", onward=True)


def end_back(desk: Desk) -> None:
    """Move the end of the coding back by a word."""
    resize(desk, "end", onward=False)


def start_on(desk: Desk) -> None:
    """Move the start of the coding on by a word."""
    resize(desk, "start", onward=True)


def start_back(desk: Desk) -> None:
    """Move the start of the coding back by a word."""
    resize(desk, "start", onward=False)


def resize_to_selection(desk: Desk) -> None:
    """Give the coding that shares characters with the selection the selection's range."""
    range_ = selected_words(desk)
    if range_ is None:
        return
    active = desk.text.active
    among = [active] if active is not None else desk.text.body.codings.within(*range_)
    if len(among) == 1:
        set_range(desk, among[0].id, *range_)
    else:
        desk.tell(_("Click the coding to be resized in the margin, then select its new words."))
