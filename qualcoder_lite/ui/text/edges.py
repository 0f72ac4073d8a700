"""Where the characters of a line of mixed direction or fonts stand, and which position a place means.

Qt's own answers are off by one beside a change of direction or font, and differ from where it draws the
letters; so the boxes of the letters are asked. All offsets here are units of the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextLayout, QTextLine

TOUCH = 1.5  # pixels: so near to where a caret is drawn, that caret is meant


@dataclass(frozen=True, slots=True)
class Box:
    """What a reader takes for one character: its units, its edges, and whether it is read leftward."""

    unit: int
    stop: int
    left: float
    right: float
    leftward: bool

    @property
    def before(self) -> float:
        """The edge at which it begins."""
        return self.right if self.leftward else self.left

    @property
    def after(self) -> float:
        """The edge at which it ends."""
        return self.left if self.leftward else self.right


def boxes_of(layout: QTextLayout, line: QTextLine, base_leftward: bool) -> list[Box]:
    """The characters of a line in reading order."""
    found: list[Box] = []
    unit, end = line.textStart(), line.textStart() + line.textLength()
    while unit < end:
        stop = min(layout.nextCursorPosition(unit), end)
        if stop <= unit:
            break
        box = _drawn(line, unit, stop) or _undrawn(line, unit, stop, base_leftward)
        found.append(_beside(found[-1], box) if found else box)
        unit = stop
    return found


def _drawn(line: QTextLine, unit: int, stop: int) -> Box | None:
    runs = line.glyphRuns(unit, stop - unit)
    if not runs:
        return None
    left = min(run.boundingRect().left() for run in runs)
    right = max(run.boundingRect().right() for run in runs)
    return Box(unit, stop, left, right, runs[0].isRightToLeft())


def _undrawn(line: QTextLine, unit: int, stop: int, leftward: bool) -> Box:
    """A tab or what else has no letter: Qt knows how far it reaches."""
    places: list[tuple[float, int]] = [line.cursorToX(at) for at in (unit, stop)]  # type: ignore[misc]
    first, last = sorted(place[0] for place in places)
    return Box(unit, stop, first, last, leftward)


def _beside(before: Box, box: Box) -> Box:
    """The later letters of a ligature go on where the earlier ones end; Qt gives them its beginning."""
    overlap = min(before.right, box.right) - max(before.left, box.left)
    if before.leftward != box.leftward or overlap <= 0.5:
        return box
    width = box.right - box.left
    left = before.left - width if box.leftward else before.right
    return Box(box.unit, box.stop, left, left + width, box.leftward)


def caret_x(boxes: Sequence[Box], unit: int, base_leftward: bool) -> float | None:
    """Where the caret stands at a position: where directions change, beside the letter of the paragraph's."""
    following = next((box for box in boxes if box.unit >= unit), None)
    before = next((box for box in reversed(boxes) if box.stop <= unit), None)
    if following is None or (before is not None and before.leftward == base_leftward != following.leftward):
        return before.after if before else None
    return following.before


def position_near(boxes: Sequence[Box], x: float, base_leftward: bool) -> int:
    """The position that a place means: the caret that is drawn there, else the nearer edge of the letter."""
    positions = sorted({unit for box in boxes for unit in (box.unit, box.stop)})
    drawn = [(abs(place - x), unit) for unit in positions for place in (_place(boxes, unit, base_leftward),)]
    distance, unit = min(drawn)
    if distance <= TOUCH:
        return unit
    box = min(boxes, key=lambda one: max(one.left - x, x - one.right, 0.0))
    return box.unit if abs(box.before - x) <= abs(box.after - x) else box.stop


def _place(boxes: Sequence[Box], unit: int, base_leftward: bool) -> float:
    found = caret_x(boxes, unit, base_leftward)
    return boxes[0].before if found is None else found
