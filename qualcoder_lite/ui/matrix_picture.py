"""A heat map of a matrix as a picture, PNG or SVG: one square for each cell, its number in it.

A square is the darker the larger its number; the number itself is written in it, so that nothing hangs on
the shade alone, and a blank keeps its mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from qualcoder_lite.analysis.informants import MARKS
from qualcoder_lite.analysis.matrix import Matrix
from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui import theme
from qualcoder_lite.ui.rows_paint import elided, width_of, write

SIDE, HEADS, TOP, EDGE, FOOT = 44, 190, 30, 16, 30  # pixels
RATIO = 2  # of a PNG, so that it is crisp in print
FAINT = 0.08  # the shade of the smallest number


@dataclass(frozen=True)
class Heat:
    """The numbers of a heat map by [row][column], None for a blank, with its mark; and what is counted."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: tuple[tuple[int | None, ...], ...]
    marks: tuple[tuple[str, ...], ...]
    counted: str


def heat_of(matrix: Matrix) -> Heat | None:
    """The heat map of a matrix; None for a kind that has no cells to be counted."""
    name = next((name for name in ("codings", "passages") if name in matrix.cells), "")
    if not name or len(matrix.columns) < 2:
        return None
    values, width = matrix.cells[name].tolist(), len(matrix.columns)
    blanks = matrix.cells["mark"].tolist() if "mark" in matrix.cells else [None] * len(values)
    marks = [MARKS[mark] if mark else "—" for mark in blanks]
    counted = _("codings") if name == "codings" else _("co-coded passages")
    return Heat(
        tuple(f"{h.key}  {h.name}" if h.name != h.key else h.key for h in matrix.rows),
        tuple(h.key for h in matrix.columns),
        tuple(tuple(v or None for v in values[at : at + width]) for at in range(0, len(values), width)),
        tuple(tuple(marks[at : at + width]) for at in range(0, len(marks), width)),
        counted,
    )


def size_of(heat: Heat) -> QSize:
    """How large the picture is."""
    width = EDGE * 2 + HEADS + SIDE * len(heat.columns)
    return QSize(max(width, 420), EDGE * 2 + TOP + SIDE * len(heat.rows) + FOOT)


def paint_heat(painter: QPainter, heat: Heat, tokens: theme.Theme) -> None:
    """Draw it from the upper left corner on."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    most = max((n for row in heat.numbers for n in row if n), default=1)
    for number, name in enumerate(heat.columns):
        words = elided(name, SIDE - 4, tokens, "key")
        left = EDGE + HEADS + number * SIDE + (SIDE - width_of(words, tokens, "key")) / 2
        write(painter, words, left, EDGE + TOP / 2, tokens.font("key"), tokens.ink)
    for row, name in enumerate(heat.rows):
        middle = EDGE + TOP + row * SIDE + SIDE / 2
        shown = elided(name, HEADS - 12, tokens, "secondary")
        write(painter, shown, EDGE, middle, tokens.font("secondary"), tokens.ink)
        for column, number_in in enumerate(heat.numbers[row]):
            box = QRectF(EDGE + HEADS + column * SIDE, middle - SIDE / 2, SIDE, SIDE).adjusted(1, 1, -1, -1)
            _square(painter, box, number_in, heat.marks[row][column], most, tokens)
    foot = EDGE + TOP + SIDE * len(heat.rows) + FOOT / 2 + 4
    largest = n_("largest number {n}", "largest number {n}", most).format(n=most)
    words = _("Numbers: {what}; {largest}").format(what=heat.counted, largest=largest)
    write(painter, words, EDGE, foot, tokens.font("caption"), tokens.ink2)


def _square(
    painter: QPainter, box: QRectF, number: int | None, mark: str, most: int, tokens: theme.Theme
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    share = 0.0 if number is None else FAINT + (1 - FAINT) * number / most
    ground = tokens.blank if number is None else theme.mixed(tokens.accent, tokens.page, share)
    painter.setBrush(ground)
    painter.drawRect(box)
    words = mark if number is None else str(number)
    ink = tokens.ink3 if number is None else _ink_on(ground, tokens)
    left = box.center().x() - width_of(words, tokens, "key") / 2
    write(painter, words, left, box.center().y(), tokens.font("key"), ink)


def _ink_on(ground: QColor, tokens: theme.Theme) -> QColor:
    """The ink or the page, whichever stands out more from a ground."""
    distance = {tone: abs(_light(ground) - _light(getattr(tokens, tone))) for tone in ("ink", "page")}
    return tokens.ink if distance["ink"] >= distance["page"] else tokens.page


def _light(colour: QColor) -> float:
    """How light a colour looks, from 0 to 1 (Rec. 709 luma)."""
    return 0.2126 * colour.redF() + 0.7152 * colour.greenF() + 0.0722 * colour.blueF()


def write_picture(heat: Heat, path: Path) -> None:
    """Write a heat map as .png or .svg, always in the light theme, which is what gets printed."""
    tokens = theme.theme("light")
    draw = _svg if path.suffix.lower() == ".svg" else _png
    write_whole(path, lambda temporary: draw(heat, temporary, tokens))


def picture_of(heat: Heat, tokens: theme.Theme) -> QImage:
    """A heat map as an image."""
    size = size_of(heat)
    image = QImage(size * RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(RATIO)
    image.fill(tokens.page)
    painter = QPainter(image)
    paint_heat(painter, heat, tokens)
    painter.end()
    return image


def _png(heat: Heat, path: Path, tokens: theme.Theme) -> None:
    QImageWriter(str(path), QByteArray(b"PNG")).write(picture_of(heat, tokens))


def _svg(heat: Heat, path: Path, tokens: theme.Theme) -> None:
    size, drawing = size_of(heat), QSvgGenerator()
    drawing.setFileName(str(path))
    drawing.setSize(size)
    drawing.setViewBox(QRectF(0, 0, size.width(), size.height()))
    painter = QPainter(drawing)
    painter.fillRect(0, 0, size.width(), size.height(), tokens.page)
    paint_heat(painter, heat, tokens)
    painter.end()
