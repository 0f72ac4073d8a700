"""How files on their way into the study, their preview and their doubts are painted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from qualcoder_lite.analysis.terms import word
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.row_paint import Row, chip, width_of
from qualcoder_lite.ui.sources.import_draft import Draft
from qualcoder_lite.ui.sources.import_preview import PreviewRow

LABEL_LEFT, LABEL_LEAST = 56, 110  # pixels from the left edge; of the narrowest column of labels
LABEL_SHARE = 1 / 3  # of a row's width, that labels take at most


def paint_file(row: Row, draft: Draft) -> None:
    """State, name, and what it was read as."""
    bad = draft.file is None
    name, tone = (
        ("circle-alert", "opposed")
        if bad
        else ("triangle-alert", "look_again")
        if draft.doubts
        else ("check", "settled")
    )
    row.icon(name, tone, gap=10)
    half, middle = row.tokens.px(9), row.middle
    row.middle = middle - half
    left = row.left
    row.words(draft.path.name, "panel" if draft.doubts or bad else "interface")
    row.left, row.middle = left, middle + half
    told = draft.told if bad else f"{word(draft.technique)} · {draft.told}"
    row.words(told, "secondary", "opposed" if bad else "ink2")


def label_room(lines: Sequence[PreviewRow], tokens: theme.Theme) -> int:
    """The width of a column in which each label of a preview can be read."""
    labels = {(line.label, "interface" if line.quiet else "panel") for line in lines}
    widest = max((width_of(f"{words}:", tokens, role) for words, role in labels), default=0)
    return max(tokens.px(LABEL_LEAST), widest)


def paint_preview(row: Row, line: PreviewRow, room: int) -> None:
    """Number, label in its room, words; a doubtful label on its tint."""
    tokens, edge = row.tokens, row.box.left()
    if line.doubtful:
        row.painter.fillRect(QRectF(row.box), tokens.look_again_tint)
    if not line.number:
        row.left = edge + tokens.px(LABEL_LEFT)
        row.words(line.words, "caption", "ink2", italic=True)
        return
    row.words_ending(str(line.number), edge + tokens.px(40))
    row.left = edge + tokens.px(LABEL_LEFT)
    room = min(room, int(row.box.width() * LABEL_SHARE)) if line.label else 0
    right, row.right = row.right, row.left + room
    if line.label:
        row.words(line.label + ":", "interface" if line.quiet else "panel", "ink3" if line.quiet else "ink")
    words_left = edge + tokens.px(LABEL_LEFT) + (room + tokens.px(theme.SPACE_8) if line.label else 0)
    row.left, row.right = words_left, right
    row.words(line.words, "interface", "ink3" if line.quiet else "ink")


class Doubt(QWidget):
    """A chip that says that something is not certain."""

    def __init__(self, tokens: theme.Theme, words: str) -> None:
        """One chip."""
        super().__init__()
        self.tokens, self._words = tokens, words
        self.setFixedSize(width_of(words, tokens, "chip") + tokens.px(10) + tokens.px(22), tokens.px(24))
        self.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, side = QPainter(self), self.tokens.px(14)
        middle = self.height() / 2
        icons.draw(
            painter, "triangle-alert", self.tokens.look_again, QRectF(0, middle - side / 2, side, side)
        )
        chip(painter, self._words, side + self.tokens.px(4), middle, self.tokens, "look_again")
        painter.end()
