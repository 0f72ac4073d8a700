"""Stripes and labels never stand on each other, lose nothing, and do not move under the pointer."""

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text import margin
from qualcoder_lite.ui.text.columns import Columns, share
from qualcoder_lite.ui.text.margin import Margin, Seen
from qualcoder_lite.ui.text.view import TextView
from tests.ui.pages import at, coding, transcript, with_codings

TOKENS = theme.theme()
COLUMNS = share(888, TOKENS, 7.5)
HEIGHT = 600
LINES = st.lists(st.tuples(st.integers(-8, 24), st.integers(0, 6)), max_size=25)


def seen(lines: list[tuple[int, int]]) -> list[Seen]:
    """Codings from one line for so many more lines, as a window shows them."""
    return [
        Seen(coding(number, first, first + more + 1), first * 28, (first + more) * 28 + 21)
        for number, (first, more) in enumerate(sorted(lines))
    ]


def arranged(codings: list[Seen], lanes: dict[bytes, int] | None = None) -> Margin:
    """The margin of these codings in a window of twenty lines or so."""
    return margin.arrange(codings, COLUMNS, TOKENS, HEIGHT, {} if lanes is None else lanes)


@given(LINES)
def test_stripes_stand_apart_and_inside_their_column(lines: list[tuple[int, int]]) -> None:
    side = arranged(seen(lines))
    for number, one in enumerate(side.stripes):
        assert COLUMNS.stripes <= one.left
        assert one.left + one.width <= COLUMNS.label - TOKENS.px(theme.SPACE_8)
        for other in side.stripes[:number]:
            beside = one.left >= other.left + other.width or other.left >= one.left + one.width
            assert beside or one.top >= other.bottom or other.top >= one.bottom


@given(LINES)
def test_labels_stand_apart_and_count_every_coding(lines: list[tuple[int, int]]) -> None:
    codings = seen(lines)
    labels = arranged(codings).labels
    tops = [label.top for label in labels]
    assert all(after - before >= theme.LABEL_ROW for before, after in pairwise(tops))
    told = [one.id for label in labels for one in (label.coding, *label.more)]
    assert len(told) == len(set(told))
    last = max(tops, default=0)
    for one in codings:
        if one.bottom > 0 and one.top <= last:
            assert one.coding.id in told


@given(LINES)
def test_labels_stand_at_their_place_in_reading_order(lines: list[tuple[int, int]]) -> None:
    codings = {one.coding.id: one for one in seen(lines)}
    labels = arranged(list(codings.values())).labels
    starts = [codings[label.coding.id].top for label in labels]
    assert starts == sorted(starts)
    for number, label in enumerate(labels):
        first = next(one for one in labels if one.group == label.group)
        assert label.top >= max(0, codings[first.coding.id].top - 1)
        alone = number + 1 == len(labels) or labels[number + 1].top > label.top + 3 * theme.LABEL_ROW
        if alone and label is first and label.top + theme.LABEL_ROW < HEIGHT:
            pushed = number and labels[number - 1].top + theme.LABEL_ROW == label.top
            assert pushed or label.top == max(1, codings[label.coding.id].top - 1)


@given(LINES, st.integers(0, 24))
def test_lanes_stay_when_codings_come_and_go(lines: list[tuple[int, int]], gone: int) -> None:
    codings, lanes = seen(lines), {}
    before = {one.coding.id: one.left for one in arranged(codings, lanes).stripes}
    kept = [one for number, one in enumerate(codings) if number != gone]
    memory = dict(lanes)
    arranged(kept, lanes)
    assert all(lanes[id_] == lane for id_, lane in memory.items() if id_ in lanes)
    assert set(lanes) >= {one.coding.id for one in kept if one.coding.id in before}


def test_nothing_in_the_margin_moves_aside_while_scrolling(show: Callable[..., TextView]) -> None:
    page = transcript(12)
    ranges = [(start, start + 90 + 40 * (start % 3)) for start in range(10, len(page.text) - 300, 60)]
    view = show(with_codings(page, *(coding(number, *one) for number, one in enumerate(ranges))))
    bar, lefts = view.verticalScrollBar(), {}
    for _step in range(40):
        for stripe in view.side().stripes:
            if stripe.coding.id in lefts and stripe.width == theme.STRIPE:
                assert lefts[stripe.coding.id] == stripe.left
        lefts = {
            stripe.coding.id: stripe.left for stripe in view.side().stripes if stripe.width == theme.STRIPE
        }
        bar.setValue(bar.value() + 28)


def test_five_codes_on_one_word_all_have_a_stripe_and_the_rest_is_counted(
    show: Callable[..., TextView],
) -> None:
    page = transcript()
    codings = [at(page, "dicoba", number) for number in range(5)]
    view = show(with_codings(page, *codings, at(page, "Lalu", 9)))
    side = view.side()
    assert len(side.stripes) == 6
    assert {stripe.width for stripe in side.stripes[:5]} == {theme.TIGHT_STRIPE}
    told = [one.id for label in side.labels for one in (label.coding, *label.more)]
    assert len(told) == 6


def columns(width: int) -> Columns:
    """The columns of a window of this width."""
    return share(width, TOKENS, 7.5)


def test_a_narrow_window_first_elides_labels_then_shows_keys_and_the_text_goes_last() -> None:
    hows = [columns(width).labels for width in range(300, 1600, 10)]
    assert hows == sorted(hows, key=["none", "keys", "names"].index)
    for width in range(300, 2600, 10):
        one = columns(width)
        if one.labels == "names":
            assert theme.TEXT_NARROW <= one.text_width <= theme.TEXT_WIDE
            assert theme.LABEL_COLUMN <= one.label_width <= theme.LABEL_MOST
        assert one.text_width >= theme.TEXT_LEAST
        if width >= 400:
            assert one.label + one.label_width <= width
    assert columns(740).labels == "names"


def test_the_text_takes_the_room_that_labels_do_not_need() -> None:
    assert columns(800).text_width >= 465
    assert share(800, TOKENS, 7.5, speakers=False).text_width == 540  # all that 72 letters need
    assert columns(1100).text_width == 540
    assert columns(1100).label_width > theme.LABEL_COLUMN
