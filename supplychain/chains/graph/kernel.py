"""The loops over a graph, as machine code that an earlier process kept: a compiler takes over 100 MB of each process
that loads it, so only the one that compiles does (iris.matching.machine). Arrays are contiguous int32.
"""

from pathlib import Path
from typing import Any

import numpy as np

from iris.matching.machine import Compiled, Machine, digest_of

Ints = np.ndarray[Any, np.dtype[np.int32]]
ENTRIES = {
    "sort_edges": ("i4",) * 4,
    "walk": (*("i4",) * 9, "i8"),
    "measure": ("i4",) * 3,
    "trace": ("i4",) * 4,
    "circles": (*("i4",) * 10, "i8"),
    "longest": (*("i4",) * 11, "i8"),
}


def _sources() -> str:
    here = Path(__file__).parent
    jit = here.parents[2] / "iris" / "matching" / "kernels" / "jit.py"
    return digest_of([here / "compiled.py", jit])


def _compiled(name: str) -> Compiled:
    from supplychain.chains.graph.compiled import compiled

    return compiled(name)


machine = Machine(entries=ENTRIES, state=_sources, compiler=_compiled)


def _none(n: int) -> Ints:
    return np.full(n, -1, np.int32)


def _room(n: int) -> Ints:
    return np.empty(n, np.int32)


def sort_edges(n: int, upper: Ints) -> tuple[Ints, Ints]:
    """Counting sort of edges by their upper node: where each node's edges begin, and the edges in that order."""
    begin, order = np.zeros(n + 1, np.int32), _room(upper.size)
    machine.run("sort_edges", upper, begin, _room(n), order)
    return begin, order


def walk(
    begin: Ints,
    below: Ints,
    since: Ints,
    until: Ints,
    day: int,
    roots: Ints,
    everything: bool,
    mark: Ints,
    stamp: int,
    order: Ints,
    parent: Ints,
    depth: Ints,
) -> int:
    """Breadth first from `roots` over the links of a day. Writes by place, not by node: the k-th node met, the place
    of the one it was met from (-1 for a root), its depth. With `everything`, what no root reaches begins anew."""
    told = np.array([day, stamp, everything, 0], np.int64)
    machine.run("walk", begin, below, since, until, roots, mark, order, parent, depth, told)
    return int(told[3])


def trace(parent: Ints, places: Ints) -> tuple[Ints, Ints]:
    """The ways from the top down to each of `places`, one after another: where each begins, and the places on it."""
    begin = np.zeros(places.size + 1, np.int32)
    machine.run("measure", parent, places, begin)
    ways = _room(int(begin[-1]))
    machine.run("trace", parent, places, begin, ways)
    return begin, ways


def circles(begin: Ints, below: Ints, since: Ints, until: Ints, day: int) -> Ints:
    """Tarjan's strongly connected components, without recursion: for each node the number of its component."""
    n = begin.size - 1
    component, rooms = _none(n), (_none(n), *(_room(n) for _turn in range(4)))
    machine.run("circles", begin, below, since, until, component, *rooms, np.array([day], np.int64))
    return component


def longest(
    begin: Ints,
    below: Ints,
    since: Ints,
    until: Ints,
    day: int,
    component: Ints,
    weight: Ints,
    restart: Ints,
) -> tuple[Ints, Ints]:
    """For each node the greatest weight of a way down to it, and the node before it on that way (-1: it begins there).

    Links inside a circle do not count. A node with `restart` begins anew: what stands above it is not added up.
    """
    n = begin.size - 1
    best, before, waiting, queue = _room(n), _none(n), np.zeros(n, np.int32), _room(n)
    told = np.array([day], np.int64)
    links = (begin, below, since, until)
    machine.run("longest", *links, component, weight, restart, best, before, waiting, queue, told)
    return best, before
