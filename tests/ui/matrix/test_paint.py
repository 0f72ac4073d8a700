"""How a cell of a matrix is painted: nothing over anything else, whatever it has to show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.badge_paint import Badge
from qualcoder_lite.ui.kit.row_paint import width_of
from qualcoder_lite.ui.kit.strip_paint import strip_width
from qualcoder_lite.ui.matrix import paint as matrix_paint
from qualcoder_lite.ui.matrix.shown import Shown

GAP: Badge = ("opposed", "arrow-left-right", "kesenjangan")
REVIEW: Badge = ("look_again", "triangle-alert", "tinjau")
BARE: Badge = ("look_again", "", "tanpa bukti")
COUNT = "4 pengodean · 3 kutipan"
Box = tuple[float, float]


@pytest.mark.parametrize("badges", [(), (GAP,), (REVIEW, GAP), (REVIEW, BARE, GAP)])
@pytest.mark.parametrize("width", [180, 240, 420])
@pytest.mark.parametrize("signs", [(), (3, 1, 0, 0, 0), (9, 12, 1, 0, 0)])
def test_strip_count_and_badges_stand_beside_each_other(
    badges: tuple[Badge, ...], width: int, signs: tuple[int, ...], painted: list[Box]
) -> None:
    shown = Shown(signs, COUNT, "4", "Cara baru dari loket jalan", badges=badges)
    boxes = first_line(shown, width, painted)
    assert len(boxes) >= len(badges) + bool(signs)
    assert boxes[0][0] >= matrix_paint.PAD
    assert boxes[-1][1] <= width - matrix_paint.PAD + 1
    assert all(one[1] <= other[0] for one, other in pairwise(boxes)), boxes


def test_a_badge_without_counts_stands_over_the_text(painted: list[Box]) -> None:
    shown = Shown(text="Ketiganya menyebut tanggapan, dari letak yang berbeda", badges=(GAP,))
    assert len(first_line(shown, 180, painted)) == 1


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> list[Box]:
    """What is painted on the first line of a cell, as ranges from left to right."""
    found: list[Box] = []
    write, badge, strip = matrix_paint.write, matrix_paint.paint_badge, matrix_paint.paint_strip

    def note_write(painter: QPainter, words: str, x: float, middle: float, font: QFont, tone: Any) -> None:
        if words and middle < LINE:
            found.append((x, x + wide(words, font)))
        write(painter, words, x, middle, font, tone)

    def note_badge(painter: QPainter, right: float, middle: float, one: Badge, tokens: theme.Theme) -> int:
        before = len(found)
        width = badge(painter, right, middle, one, tokens)
        del found[before:]  # its words stand in its box
        found.append((right - width, right))
        return width

    def note_strip(painter: QPainter, x: float, base: float, signs: Sequence[int], *more: Any) -> None:
        before = len(found)
        strip(painter, x, base, signs, *more)
        del found[before:]
        found.append((x, x + strip_width(signs, theme.theme())))

    monkeypatch.setattr(matrix_paint, "write", note_write)
    monkeypatch.setattr(matrix_paint, "paint_badge", note_badge)
    monkeypatch.setattr(matrix_paint, "paint_strip", note_strip)
    return found


LINE = 20  # pixels: what is written higher stands on the first line


def wide(words: str, font: object) -> int:
    """How wide words are painted in a font of the theme."""
    tokens = theme.theme()
    roles = ("secondary", "caption", "key", "interface", "panel")
    role = next(name for name in roles if tokens.font(name) == font)
    return width_of(words, tokens, role)


def first_line(shown: Shown, width: int, painted: list[Box]) -> list[Box]:
    """Paint a cell; give what stands on its first line from left to right."""
    picture = QPixmap(width, matrix_paint.ROW_TALL)
    painter = QPainter(picture)
    matrix_paint.paint_cell(painter, QRect(0, 0, width, 60), shown, True, theme.theme())
    painter.end()
    return sorted(painted)
