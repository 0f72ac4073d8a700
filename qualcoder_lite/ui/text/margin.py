"""The margin beside the text: a stripe per coding, and its label with key, polarity and name.

Stripes keep their lane while they are in sight, so that nothing moves under the pointer. Labels stand at the
top of their stripe and are pushed down to avoid each other; what does not fit counts as `+2` on the last one.
Places are pixels of the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.body import Placed, TextBody
from qualcoder_lite.ui.text.columns import Columns
from qualcoder_lite.ui.text.page import Coding

_SLACK = 12  # of a stripe must still stand beside its label
_REACH = 3  # pixels beside a stripe that still point at it
_FAR = 10_000


class Seen(NamedTuple):
    """A coding in sight with the upper and lower edge of its stripe, which may lie outside the window."""

    coding: Coding
    top: int
    bottom: int


class Stripe(NamedTuple):
    """The stripe of a coding."""

    coding: Coding
    left: int
    top: int
    bottom: int
    width: int


class Label(NamedTuple):
    """The label of a coding; `more` are codings of the same place (its `group`) without room for a label."""

    coding: Coding
    top: int
    more: tuple[Coding, ...] = ()
    group: int = 0


@dataclass(frozen=True)
class Margin:
    """Stripes and labels in sight."""

    stripes: list[Stripe] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def stripe_at(self, x: float, y: float) -> Coding | None:
        """The coding whose stripe is at a place or just beside it."""
        near = [
            (abs(stripe.left + stripe.width / 2 - x), stripe.coding)
            for stripe in self.stripes
            if stripe.top <= y <= stripe.bottom
            and stripe.left - _REACH <= x <= stripe.left + stripe.width + _REACH
        ]
        return min(near, key=lambda one: one[0])[1] if near else None


def seen(body: TextBody, placed: Sequence[Placed]) -> list[Seen]:
    """The codings in sight, in order; those without any shown character stand where their text hides."""
    if not placed:
        return []
    first, last = placed[0], placed[-1]
    indexes = body.codings.overlapping(first.layout.start, max(last.layout.end, first.layout.start + 1))
    begins = body.runs.all_at(body.codings.starts[indexes])
    ends = body.runs.all_at(np.maximum(body.codings.ends[indexes] - 1, body.codings.starts[indexes]))
    found = []
    for index, begin, end in zip(indexes, begins, ends, strict=True):
        coding = body.codings.items[index]
        top, bottom = -_FAR, _FAR
        if begin >= first.run:
            run = placed[min(begin, last.run) - first.run]
            top = run.y + run.layout.line_top(run.layout.line_at(coding.start))
        if end <= last.run:
            run = placed[max(end, first.run) - first.run]
            line = run.layout.line_at(max(coding.start, coding.end - 1))
            bottom = run.y + run.layout.line_top(line) + run.layout.ascent + theme.STRIPE_DROP
        found.append(Seen(coding, top, bottom))
    return found


def arrange(
    codings: Sequence[Seen], columns: Columns, tokens: theme.Theme, height: int, lanes: dict[bytes, int]
) -> Margin:
    """Stripes and labels for codings in sight; `lanes` remembers lanes from one frame to the next."""
    codings = [one for one in codings if one.bottom > 0 and one.top < height + tokens.px(theme.LABEL_ROW)]
    codings.sort(key=lambda one: one.top)
    chosen = _lanes(codings, lanes)
    lanes.clear()
    lanes.update({one.coding.id: lane for one, lane in zip(codings, chosen, strict=True) if lane is not None})
    groups = _groups(codings)
    stripes: list[Stripe] = []
    for first, last in groups:
        stripes.extend(_stripes(codings[first:last], chosen[first:last], columns, tokens))
    labels = _labels(codings, groups, tokens, height) if columns.labels != "none" else []
    return Margin(stripes, labels)


def _lanes_that_fit(tokens: theme.Theme) -> int:
    """How many stripes of full width stand side by side."""
    return (theme.STRIPE_COLUMN + theme.STRIPE) // (tokens.stripe + theme.STRIPE_GAP)


def _lanes(codings: Sequence[Seen], known: dict[bytes, int]) -> list[int | None]:
    """A lane for each coding in which no other shares its height, remembered lanes first; None beyond all."""
    taken: list[list[tuple[int, int]]] = [
        [] for _lane in range((theme.STRIPE_COLUMN + 1) // theme.TIGHT_PITCH)
    ]
    chosen: list[int | None] = [None] * len(codings)

    def free(lane: int, one: Seen) -> bool:
        return all(one.top >= bottom or one.bottom <= top for top, bottom in taken[lane])

    for again in (False, True):
        for index, one in enumerate(codings):
            if chosen[index] is not None or (not again and one.coding.id not in known):
                continue
            lanes = range(len(taken)) if again else [known[one.coding.id]]
            lane = next((lane for lane in lanes if free(lane, one)), None)
            if lane is not None:
                chosen[index] = lane
                taken[lane].append((one.top, one.bottom))
    return chosen


def _groups(codings: Sequence[Seen]) -> list[tuple[int, int]]:
    """Index ranges of codings whose stripes share heights."""
    groups: list[tuple[int, int]] = []
    reach = -_FAR - 1
    for index, one in enumerate(codings):
        if not groups or one.top >= reach:
            groups.append((index, index + 1))
            reach = one.bottom
        else:
            groups[-1] = (groups[-1][0], index + 1)
            reach = max(reach, one.bottom)
    return groups


def _stripes(
    codings: Sequence[Seen], lanes: Sequence[int | None], columns: Columns, tokens: theme.Theme
) -> list[Stripe]:
    """The stripes of one group, narrower where there are many."""
    most = max((lane for lane in lanes if lane is not None), default=0)
    width, pitch = tokens.stripe, tokens.stripe + theme.STRIPE_GAP
    if most >= _lanes_that_fit(tokens):
        width, pitch = theme.TIGHT_STRIPE, theme.TIGHT_PITCH
    return [
        Stripe(one.coding, columns.stripes + pitch * lane, one.top, one.bottom, width)
        for one, lane in zip(codings, lanes, strict=True)
        if lane is not None
    ]


def _labels(
    codings: Sequence[Seen], groups: Sequence[tuple[int, int]], tokens: theme.Theme, height: int
) -> list[Label]:
    """The labels of all groups, each group within the room that the next or the window leaves it."""
    row = tokens.px(theme.LABEL_ROW)
    wanted = [max(codings[first].top - 1, 1) for first, _last in groups]
    labels: list[Label] = []
    y = -row
    for number, (first, last) in enumerate(groups):
        y = max(y, wanted[number])
        if y >= height:
            break
        limit = min(_limit(codings, groups, wanted, number, row), max(height, y + row))
        rows = max(1, (limit - y) // row)
        shown = codings[first : min(last, first + rows)]
        for place, one in enumerate(shown):
            top = max(y, min(one.top - 1, limit - row * (len(shown) - place)))
            more = codings[first + rows : last] if place == len(shown) - 1 else ()
            labels.append(Label(one.coding, top, tuple(other.coding for other in more), number))
            y = top + row
    return labels


def _limit(
    codings: Sequence[Seen], groups: Sequence[tuple[int, int]], wanted: Sequence[int], number: int, row: int
) -> int:
    """How far down the labels of a group may reach: into the next one as far as that has room to spare."""
    if number + 1 == len(groups):
        return _FAR
    following = wanted[number + 1]
    first, last = groups[number + 1]
    slack = codings[first].bottom - _SLACK - following
    after = wanted[number + 2] if number + 2 < len(groups) else _FAR
    spare = after - following - (last - first) * row
    return following + max(0, min(slack, spare))


def stacked(codings: Sequence[Coding], top: int, height: int, tokens: theme.Theme) -> list[Label]:
    """All labels of one place in rows below each other, moved up where they would leave the window."""
    row = tokens.px(theme.LABEL_ROW)
    rows = max(1, (height - 2 * theme.SPACE_4) // row)
    shown = codings[:rows]
    top = max(theme.SPACE_4, min(top, height - theme.SPACE_4 - row * len(shown)))
    return [Label(coding, top + row * place) for place, coding in enumerate(shown)]
