"""Where the caret goes, and by which keys: by characters as seen, words, lines, screens, and to the ends."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QKeySequence

from qualcoder_lite.ui.text.body import TextBody
from qualcoder_lite.ui.text.select import next_word, previous_word

_Key = QKeySequence.StandardKey
_MOVES = {  # (kind, onward): the keys that move, and those that select
    ("character", True): (_Key.MoveToNextChar, _Key.SelectNextChar),
    ("character", False): (_Key.MoveToPreviousChar, _Key.SelectPreviousChar),
    ("word", True): (_Key.MoveToNextWord, _Key.SelectNextWord),
    ("word", False): (_Key.MoveToPreviousWord, _Key.SelectPreviousWord),
    ("line", True): (_Key.MoveToNextLine, _Key.SelectNextLine),
    ("line", False): (_Key.MoveToPreviousLine, _Key.SelectPreviousLine),
    ("edge", True): (_Key.MoveToEndOfLine, _Key.SelectEndOfLine),
    ("edge", False): (_Key.MoveToStartOfLine, _Key.SelectStartOfLine),
    ("screen", True): (_Key.MoveToNextPage, _Key.SelectNextPage),
    ("screen", False): (_Key.MoveToPreviousPage, _Key.SelectPreviousPage),
    ("text", True): (_Key.MoveToEndOfDocument, _Key.SelectEndOfDocument),
    ("text", False): (_Key.MoveToStartOfDocument, _Key.SelectStartOfDocument),
}


def move_of(event: QKeyEvent) -> tuple[str, bool, bool] | None:
    """The move of a key: its kind, whether onward, and whether the selection follows; None for other keys."""
    for (kind, onward), (moves, selects) in _MOVES.items():
        if event.matches(moves):
            return kind, onward, False
        if event.matches(selects):
            return kind, onward, True
    return None


def character(body: TextBody, position: int, right: bool) -> int:
    """One character to the right or left as seen; past a run's edge on to the next in reading order."""
    run = body.runs.at(position)
    layout = body.layout(run)
    moved = layout.step(body.runs.snapped(position), right)
    if moved is not None:
        return moved
    forward = right != layout.look.rightward
    return _neighbour(body, run, forward, position)


def _neighbour(body: TextBody, run: int, forward: bool, position: int) -> int:
    """The near end of the next run, or the position itself at the ends of the text."""
    other = run + 1 if forward else run - 1
    if not 0 <= other < len(body.runs.starts):
        return position
    if forward:
        return int(body.runs.starts[other])
    end = int(body.runs.ends[other])
    if end == int(body.runs.starts[run]):  # a paragraph cut in two: its parts share this position
        return body.layout(other).next_position(end, forward=False) or end
    return end


def word(body: TextBody, position: int, right: bool) -> int:
    """To the start of the next word, or of the one before."""
    forward = right != body.layout(body.runs.at(position)).look.rightward
    moved = next_word(body.text, position) if forward else previous_word(body.text, position)
    shown = body.runs.snapped(moved)
    if not forward and shown >= position:  # the word before is hidden
        return _neighbour(body, body.runs.at(position), forward, position)
    return shown


def line(body: TextBody, position: int, x: float, down: bool) -> int:
    """One line up or down at the same place of the line; to the text's end beyond the last."""
    run = body.runs.at(position)
    layout = body.layout(run)
    index = layout.line_at(position) + (1 if down else -1)
    if not 0 <= index < len(layout.lines):
        run += 1 if down else -1
        if not 0 <= run < len(body.runs.starts):
            return int(body.runs.ends[-1]) if down else int(body.runs.starts[0])
        layout = body.layout(run)
        index = 0 if down else len(layout.lines) - 1
    return layout.position_in_line(index, x)


def line_edge(body: TextBody, position: int, end: bool) -> int:
    """The start or end of the line as seen."""
    layout = body.layout(body.runs.at(position))
    return layout.line_bounds(layout.line_at(position))[1 if end else 0]


def screen(body: TextBody, position: int, x: float, distance: int) -> int:
    """So many pixels up (negative) or down, at the same place of the line."""
    top, height = body.line_box(position)
    return body.position_at(x, top + height / 2 + distance)


def moved(body: TextBody, kind: str, onward: bool, position: int, x: float, height: int) -> int:
    """Where a move leads: a character, word, line, line edge, screen or the text's edge, on or back.

    `x` is where in the line the caret wants to stand, `height` that of a screen.
    """
    match kind:
        case "character":
            return character(body, position, right=onward)
        case "word":
            return word(body, position, right=onward)
        case "line":
            return line(body, position, x, down=onward)
        case "edge":
            return line_edge(body, position, end=onward)
        case "screen":
            return screen(body, position, x, height if onward else -height)
        case _:
            return int(body.runs.ends[-1] if onward else body.runs.starts[0])


KEEPS_X = {"line", "screen"}
