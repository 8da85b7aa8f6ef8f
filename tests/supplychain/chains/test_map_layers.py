"""The layered drawing: every link goes to a later level or is marked; few crossings; the same for the same input."""

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from supplychain.chains.drawing import draw, fold, keep_unclean, keep_with_ways, levels_of, ways_to

GRAPHS = st.integers(1, 24).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60, unique=True),
        st.lists(st.integers(0, 6), min_size=n, max_size=n),
    )
)


@settings(max_examples=120, deadline=None)
@given(GRAPHS)
def test_every_link_goes_down_or_is_marked(graph) -> None:  # type: ignore[no-untyped-def]
    count, links, floors = graph
    made = draw(count, links, floors)
    for line in made.lines:
        if line.back:
            assert line.via == ()
        else:
            assert made.level[line.upper] < made.level[line.lower]
            passed = [level for level, _row in line.via]
            assert passed == list(range(made.level[line.upper] + 1, made.level[line.lower]))
    assert set(made.level) == set(range(made.levels))


@settings(max_examples=120, deadline=None)
@given(GRAPHS)
def test_no_two_parties_of_a_level_touch(graph) -> None:  # type: ignore[no-untyped-def]
    count, links, floors = graph
    made = draw(count, links, floors)
    assert min(made.row) >= 0
    for level in range(made.levels):
        rows = sorted(made.row[n] for n in range(count) if made.level[n] == level)
        assert all(second - first >= 1 - 1e-6 for first, second in pairwise(rows))


@settings(max_examples=60, deadline=None)
@given(GRAPHS)
def test_without_back_links_nothing_goes_round(graph) -> None:  # type: ignore[no-untyped-def]
    count, links, _floors = graph
    _level, back = levels_of(count, links)
    kept = [pair for number, pair in enumerate(links) if number not in back]
    assert not levels_of(count, kept)[1], "what is left has no circle"
    assert draw(count, links) == draw(count, links), "the same twice"


def test_a_circle_has_one_back_link_and_a_loop_is_one() -> None:
    assert levels_of(3, [(0, 1), (1, 2), (2, 0)]) == ([0, 1, 2], {2})
    assert levels_of(2, [(0, 1), (1, 1)]) == ([0, 1], {1})


def test_floors_keep_tiers_and_empty_levels_vanish() -> None:
    # A buyer, a sub-agent straight under it, a recruiter with its own sub-agent: both sub-agents share the last level.
    assert levels_of(4, [(0, 1), (0, 2), (2, 3)], [0, 5, 4, 5])[0] == [0, 2, 1, 2]


def test_a_tree_is_drawn_without_a_crossing_and_parents_stand_amid_children() -> None:
    links = [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (2, 6)]
    made = draw(7, links)
    assert made.crossings == 0
    assert abs(made.row[1] - (made.row[3] + made.row[4]) / 2) < 1e-6
    assert abs(made.row[0] - (made.row[1] + made.row[2]) / 2) < 1e-6


def test_barycentres_untangle_what_the_first_order_crosses() -> None:
    # Two tops, each with its own bottom through a middle; numbers chosen so that the first order crosses.
    chance = random.Random(5)
    links = [(a, 10 + b) for a in range(10) for b in (a, (a + 1) % 10)]
    chance.shuffle(links)
    made = draw(20, links)
    assert made.crossings <= 12, "a ring of 20 needs few crossings"


def test_a_link_over_a_level_bends_around_what_stands_there() -> None:
    made = draw(3, [(0, 1), (1, 2), (0, 2)], [0, 1, 2])
    line = made.lines[2]
    assert [level for level, _row in line.via] == [1]
    assert abs(line.via[0][1] - made.row[1]) >= 0.7


def test_fold_opens_level_by_level_within_its_room() -> None:
    below = [[1, 2], [3, 4], [5, 6], [], [], [], []]
    folded = fold(below, [0], most=5, opened=lambda _n: None)
    assert folded.shown == [0, 1, 2, 3, 4]
    assert folded.hidden == {2: 2}
    opened = fold(below, [0], most=5, opened=lambda n: True if n == 2 else False if n == 1 else None)
    assert opened.shown == [0, 1, 2, 5, 6]
    assert opened.hidden == {1: 2}
    forced = fold(below, [0], most=1, opened=lambda _n: None, forced=[0, 1, 4])
    assert forced.shown == [0, 1, 4]
    assert forced.hidden == {0: 4, 1: 1}


def test_ways_and_what_is_kept() -> None:
    below, above = [[1, 2], [3], [3], []], [[], [0], [0], [1, 2]]
    assert ways_to(below, [0], 3) == [0, 1, 3]
    assert ways_to(below, [1], 2) == []
    assert keep_unclean(above, [2]) == {0, 2}
    assert keep_with_ways(above, [1, 3], 3) == ({0, 1}, 1), "the second would need four"
