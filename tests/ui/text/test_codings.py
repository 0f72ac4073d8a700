"""What lies where, flattened overlaps and lanes, each against a plain model."""

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.text.codings import MANY, Codings, flatten, pack
from qualcoder_lite.ui.text.page import Coding
from tests.ui.pages import coding

RANGES = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def some(ranges: list[tuple[int, int]]) -> list[Coding]:
    """Codings on these ranges, every third one emic."""
    return [
        coding(number, start, end, perspective="etic" if number % 3 else "emic")
        for number, (start, end) in enumerate(ranges)
    ]


@given(st.lists(RANGES, max_size=20), RANGES)
def test_finds_what_shares_a_character(ranges: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    codings = Codings(some(ranges))
    expected = {one.id for one in some(ranges) if max(one.start, asked[0]) < min(one.end, asked[1])}
    found = codings.within(*asked)
    assert {one.id for one in found} == expected
    assert [(one.start, -one.end) for one in found] == sorted((one.start, -one.end) for one in found)


@given(st.lists(RANGES, max_size=20), st.integers(0, 55))
def test_the_shortest_at_a_position_is_last(ranges: list[tuple[int, int]], position: int) -> None:
    found = Codings(some(ranges)).at(position)
    assert all(one.start <= position < one.end for one in found)
    lengths = [one.end - one.start for one in found]
    assert lengths == sorted(lengths, reverse=True)


@given(st.lists(RANGES, max_size=12))
def test_flattened_overlaps_equal_a_model_by_character(ranges: list[tuple[int, int]]) -> None:
    tokens = theme.theme()
    colours = [tokens.code(number + 1) for number in range(len(ranges))]
    flat = flatten((start, end, colour) for (start, end), colour in zip(ranges, colours, strict=True))
    painted = {}
    for start, end, red, green, blue, depth in flat:
        assert start < end
        assert depth > 0
        for place in range(start, end):
            assert place not in painted
            painted[place] = (red, green, blue, depth)
    model = {}
    for place in range(60):
        inside = [
            colour for (start, end), colour in zip(ranges, colours, strict=True) if start <= place < end
        ]
        if inside:
            sums = (
                sum(one.red() for one in inside),
                sum(one.green() for one in inside),
                sum(one.blue() for one in inside),
            )
            model[place] = (*sums, len(inside))
    assert painted == model


@given(st.lists(RANGES, max_size=20))
def test_packed_lanes_never_share_a_character_and_are_few(ranges: list[tuple[int, int]]) -> None:
    ranges = sorted(ranges)
    lanes = pack(ranges)
    for one in range(len(ranges)):
        for other in range(one):
            if lanes[one] == lanes[other]:
                assert ranges[one][0] >= ranges[other][1]
    deepest = max((sum(start <= place < end for start, end in ranges) for place in range(60)), default=0)
    assert len(set(lanes)) == deepest


def lanes_are_apart(codings: Codings) -> bool:
    """Tell whether no two codings of one perspective share a lane and a character."""
    items = codings.items
    lanes = codings.lanes(range(len(items)))
    return not any(
        lanes[one] == lanes[other]
        and items[one].perspective == items[other].perspective
        and items[one].start < items[other].end
        and items[other].start < items[one].end
        for one in range(len(items))
        for other in range(one)
    )


@given(
    st.lists(RANGES, max_size=15), st.lists(st.tuples(st.integers(0, 25), RANGES, st.booleans()), max_size=15)
)
def test_changes_equal_a_fresh_start(
    ranges: list[tuple[int, int]], changes: list[tuple[int, tuple[int, int], bool]]
) -> None:
    codings = Codings(some(ranges))
    model = {one.id: one for one in some(ranges)}
    for number, (start, end), away in changes:
        one = coding(number, start, end, perspective="emic" if number % 2 else "etic")
        codings.lanes(range(0, len(codings.items), 2))
        before = {
            item.id: lane
            for item, lane in zip(codings.items, codings._lanes.tolist(), strict=True)
            if lane >= 0
        }
        if away:
            codings.update([], [one.id])
            model.pop(one.id, None)
        else:
            changed = codings.update([one], [])
            assert (start, end) in changed
            model[one.id] = one
        after = {item.id: lane for item, lane in zip(codings.items, codings._lanes.tolist(), strict=True)}
        assert all(after[id_] == lane for id_, lane in before.items() if id_ in after and id_ != one.id)
        assert {item.id: item for item in codings.items} == model == codings.by_id
        assert lanes_are_apart(codings)
        fresh = Codings(codings.items)
        assert fresh.starts.tolist() == codings.starts.tolist()
        assert fresh.ends.tolist() == codings.ends.tolist()
        assert fresh.reach.tolist() == codings.reach.tolist()


def test_a_coding_that_comes_back_takes_its_place() -> None:
    codings = Codings([coding(number, 5, 9) for number in range(4)])
    order = [one.id for one in codings.items]
    codings.update([], [order[1]])
    codings.update([coding(1, 5, 9)], [])
    assert [one.id for one in codings.items] == order


def test_many_changes_at_once() -> None:
    codings = Codings([])
    codings.update([coding(number, number, number + 5) for number in range(MANY + 50)], [])
    assert [one.start for one in codings.items] == list(range(MANY + 50))
    codings.update([], [coding(number, 0, 1).id for number in range(MANY + 40)])
    assert [one.start for one in codings.items] == list(range(MANY + 40, MANY + 50))
