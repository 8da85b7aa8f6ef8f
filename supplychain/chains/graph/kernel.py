"""The loops, compiled once and kept on disk. Nodes are numbered from 0; days are numbers; arrays are contiguous int32.

Each function states its signature, so that there is one compilation of it and no surprise at a first call.
"""

from typing import Any

import numpy as np
from numba import njit

Ints = np.ndarray[Any, np.dtype[np.int32]]


@njit("Tuple((int32[::1], int32[::1]))(int64, int32[::1])", cache=True)
def sort_edges(n: int, upper: Ints) -> tuple[Ints, Ints]:
    """Counting sort of edges by their upper node: where each node's edges begin, and the edges in that order."""
    begin = np.zeros(n + 1, np.int32)
    for edge in range(upper.size):
        begin[upper[edge] + 1] += 1
    for node in range(n):
        begin[node + 1] += begin[node]
    place = begin.copy()
    order = np.empty(upper.size, np.int32)
    for edge in range(upper.size):
        node = upper[edge]
        order[place[node]] = edge
        place[node] += 1
    return begin, order


@njit(
    "int64(int32[::1], int32[::1], int32[::1], int32[::1], int32, int32[::1], boolean, int32[::1], int32,"
    " int32[::1], int32[::1], int32[::1])",
    cache=True,
)
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
    count = 0
    head = 0
    for k in range(roots.size):
        if mark[roots[k]] != stamp:
            mark[roots[k]] = stamp
            order[count] = roots[k]
            parent[count] = -1
            depth[count] = 0
            count += 1
    following = 0
    nodes = begin.size - 1
    while True:
        while head < count:
            node = order[head]
            for place in range(begin[node], begin[node + 1]):
                if since[place] <= day and day <= until[place]:
                    lower = below[place]
                    if mark[lower] != stamp:
                        mark[lower] = stamp
                        order[count] = lower
                        parent[count] = head
                        depth[count] = depth[head] + 1
                        count += 1
            head += 1
        if not everything:
            return count
        while following < nodes and mark[following] == stamp:
            following += 1
        if following == nodes:
            return count
        mark[following] = stamp
        order[count] = following
        parent[count] = -1
        depth[count] = 0
        count += 1


@njit("Tuple((int32[::1], int32[::1]))(int32[::1], int32[::1])", cache=True)
def trace(parent: Ints, places: Ints) -> tuple[Ints, Ints]:
    """The ways from the top down to each of `places`, one after another: where each begins, and the places on it."""
    begin = np.zeros(places.size + 1, np.int32)
    for k in range(places.size):
        length = 1
        at = places[k]
        while parent[at] >= 0:
            at = parent[at]
            length += 1
        begin[k + 1] = begin[k] + length
    ways = np.empty(begin[places.size], np.int32)
    for k in range(places.size):
        at = places[k]
        for place in range(begin[k + 1] - 1, begin[k] - 1, -1):
            ways[place] = at
            at = parent[at]
    return begin, ways


@njit("int32[::1](int32[::1], int32[::1], int32[::1], int32[::1], int32)", cache=True)
def circles(begin: Ints, below: Ints, since: Ints, until: Ints, day: int) -> Ints:
    """Tarjan's strongly connected components, without recursion: for each node the number of its component."""
    n = begin.size - 1
    index = np.full(n, -1, np.int32)
    low = np.zeros(n, np.int32)
    component = np.full(n, -1, np.int32)
    stack = np.empty(n, np.int32)
    call = np.empty(n, np.int32)
    edge = np.empty(n, np.int32)
    n_stack = 0
    counter = 0
    n_components = 0
    for start in range(n):
        if index[start] >= 0:
            continue
        n_call = 1
        call[0] = start
        edge[0] = begin[start]
        index[start] = low[start] = counter
        counter += 1
        stack[n_stack] = start
        n_stack += 1
        while n_call:
            node = call[n_call - 1]
            place = edge[n_call - 1]
            if place < begin[node + 1]:
                edge[n_call - 1] += 1
                if since[place] > day or day > until[place]:
                    continue
                lower = below[place]
                if index[lower] < 0:
                    index[lower] = low[lower] = counter
                    counter += 1
                    stack[n_stack] = lower
                    n_stack += 1
                    call[n_call] = lower
                    edge[n_call] = begin[lower]
                    n_call += 1
                elif component[lower] < 0:
                    low[node] = min(low[node], index[lower])
                continue
            n_call -= 1
            if n_call:
                low[call[n_call - 1]] = min(low[call[n_call - 1]], low[node])
            if low[node] == index[node]:
                while True:
                    n_stack -= 1
                    member = stack[n_stack]
                    component[member] = n_components
                    if member == node:
                        break
                n_components += 1
    return component


@njit(
    "Tuple((int32[::1], int32[::1]))(int32[::1], int32[::1], int32[::1], int32[::1], int32, int32[::1], int32[::1],"
    " int32[::1])",
    cache=True,
)
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
    waiting = np.zeros(n, np.int32)
    for node in range(n):
        for place in range(begin[node], begin[node + 1]):
            lower = below[place]
            if since[place] <= day and day <= until[place] and component[node] != component[lower]:
                waiting[lower] += 1
    best = weight.copy()
    before = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    count = 0
    for node in range(n):
        if waiting[node] == 0:
            queue[count] = node
            count += 1
    head = 0
    while head < count:
        node = queue[head]
        head += 1
        for place in range(begin[node], begin[node + 1]):
            lower = below[place]
            if since[place] <= day and day <= until[place] and component[node] != component[lower]:
                if restart[lower] == 0:
                    heavier = best[node] + weight[lower]
                    if heavier > best[lower] or (before[lower] < 0 and heavier == best[lower]):
                        best[lower] = heavier
                        before[lower] = node
                elif before[lower] < 0:
                    before[lower] = node
                waiting[lower] -= 1
                if waiting[lower] == 0:
                    queue[count] = lower
                    count += 1
    return best, before
