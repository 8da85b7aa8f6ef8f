"""The kernel against networkx and against the recursive query of PostgreSQL, on random graphs with dates."""

import subprocess
import sys

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from supplychain.chains.graph import OPEN, Graph, kernel

MOST = 12


@st.composite
def dated_links(draw):  # type: ignore[no-untyped-def]
    """How many nodes, and links as (upper, lower, first day, last day)."""
    n = draw(st.integers(1, MOST))
    node = st.integers(0, n - 1)
    rows = draw(st.lists(st.tuples(node, node, st.integers(0, 5), st.integers(0, 5)), max_size=40))
    return n, [(a, b, min(c, d), max(c, d)) for a, b, c, d in rows if a != b]


def _both(n, rows, day):  # type: ignore[no-untyped-def]
    columns = np.array(rows, np.int32).reshape(-1, 4).T
    other = nx.DiGraph()
    other.add_nodes_from(range(n))
    other.add_edges_from((a, b) for a, b, first, last in rows if first <= day <= last)
    return Graph.build(n, *columns), other


@settings(max_examples=150, deadline=None)
@given(dated_links(), st.integers(0, 5), st.integers(0, MOST - 1))
def test_walk_meets_what_networkx_meets_on_ways_as_short(drawn, day, root) -> None:  # type: ignore[no-untyped-def]
    n, rows = drawn
    graph, other = _both(n, rows, day)
    walk = graph.walk(day, [root % n])
    lengths = nx.single_source_shortest_path_length(other, root % n)
    assert {int(a): int(b) for a, b in zip(walk.order, walk.depth, strict=True)} == dict(lengths)
    for place, node in enumerate(walk.order):
        way = walk.way(place)
        assert (way[0], way[-1], len(way)) == (root % n, node, lengths[int(node)] + 1)
        assert nx.is_path(other, way)


@settings(max_examples=150, deadline=None)
@given(dated_links(), st.integers(0, 5))
def test_whole_walk_meets_every_node_once(drawn, day) -> None:  # type: ignore[no-untyped-def]
    n, rows = drawn
    graph, other = _both(n, rows, day)
    walk = graph.walk(day)
    assert sorted(walk.order.tolist()) == list(range(n))
    tops = [node for node, degree in other.in_degree() if degree == 0]
    assert graph.tops(day).tolist() == tops
    reached = nx.multi_source_dijkstra_path_length(other, set(tops)) if tops else {}
    depths = dict(zip(walk.order.tolist(), walk.depth.tolist(), strict=True))
    assert {node: depths[node] for node in reached} == reached


@settings(max_examples=150, deadline=None)
@given(dated_links(), st.integers(0, 5))
def test_circles_are_networkx_components_with_a_circle_in_each(drawn, day) -> None:  # type: ignore[no-untyped-def]
    n, rows = drawn
    graph, other = _both(n, rows, day)
    component = graph.components(day)
    ours = {frozenset(np.flatnonzero(component == one).tolist()) for one in set(component.tolist())}
    assert ours == {frozenset(one) for one in nx.strongly_connected_components(other)}
    rings = graph.circles(day, component)
    assert len(rings) == sum(1 for one in ours if len(one) > 1)
    for ring in rings:
        assert len(set(ring)) == len(ring)
        assert all(other.has_edge(a, b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))


@settings(max_examples=150, deadline=None)
@given(dated_links(), st.integers(0, 5), st.lists(st.integers(0, 3), min_size=MOST, max_size=MOST))
def test_longest_is_networkx_longest_without_the_circles(drawn, day, weights) -> None:  # type: ignore[no-untyped-def]
    n, rows = drawn
    graph, other = _both(n, rows, day)
    component = graph.components(day)
    between = nx.DiGraph()
    between.add_nodes_from(range(n))
    between.add_edges_from((a, b) for a, b in other.edges if component[a] != component[b])
    wanted: dict[int, int] = {}
    for node in nx.topological_sort(between):
        wanted[node] = weights[node] + max((wanted[one] for one in between.predecessors(node)), default=0)
    best, before = graph.longest(weights[:n], np.zeros(n), day)
    assert best.tolist() == [wanted[node] for node in range(n)]
    for node in range(n):
        way = [node]
        while before[way[-1]] >= 0:
            way.append(int(before[way[-1]]))
        assert sum(weights[one] for one in way) == wanted[node]


def test_longest_begins_anew_where_it_is_told_to() -> None:
    graph = Graph.build(4, [0, 1, 2], [1, 2, 3])
    best, before = graph.longest([1, 1, 0, 1], [0, 0, 1, 0])
    assert best.tolist() == [1, 2, 0, 1]
    assert before.tolist() == [-1, 0, 1, 2]


def test_a_link_without_an_end_holds_for_ever() -> None:
    graph = Graph.build(2, [0], [1], [100], [OPEN])
    assert graph.walk(99, [0]).order.tolist() == [0]
    assert graph.walk(1_000_000, [0]).order.tolist() == [0, 1]


def test_marks_of_two_walks_do_not_meet() -> None:
    graph = Graph.build(3, [0, 1], [1, 2])
    graph._marks.append((np.full(3, OPEN - 1, np.int32), int(OPEN) - 1))  # the stamps are used up
    for _turn in range(3):
        assert graph.walk(0, [1]).order.tolist() == [1, 2]


ALONE = """
import sys
from supplychain.chains.graph import Graph
graph = Graph.build(4, [0, 1, 2, 3], [1, 2, 1, 0])
print(graph.circles(), graph.walk(0, [3]).way(3), graph.longest([1, 1, 1, 5], [0, 0, 0, 0])[0].tolist())
print("numba" in sys.modules)
"""


def test_a_process_that_walks_a_graph_loads_no_compiler() -> None:
    for name in kernel.ENTRIES:
        kernel.machine.ready(name)  # kept by now, whoever was first
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    # 3 above 0 above 1: 5 + 1 + 1; 2 is reached only inside the circle of 1 and 2, whose links do not count
    assert done.stdout.splitlines() == ["[[1, 2]] [3, 0, 1, 2] [6, 7, 1, 5]", "False"]
