"""Keys of the text view: moves of the caret, selecting, copying."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QKeySequence

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
