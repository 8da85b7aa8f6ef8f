"""The loops, and the ways into them. Only the process that compiles them loads this; see kernel.py for who calls.

Nodes are numbered from 0; days are numbers; arrays are contiguous int32. No loop makes an array: each writes on what
it is given, so that the code can be kept and run without the compiler.
"""

from numba import carray

from iris.matching.kernels.jit import i4, i8, jit, object_code

MOST = 64  # numbers of a table


@jit
def _sort_edges(upper, begin, place, order):
    for edge in range(upper.size):
        begin[upper[edge] + 1] += 1
    for node in range(place.size):
        begin[node + 1] += begin[node]
        place[node] = begin[node]
    for edge in range(upper.size):
        node = upper[edge]
        order[place[node]] = edge
        place[node] += 1


def sort_edges(given):
    """Counting sort of edges by their upper node: where each node's edges begin, and the edges in that order."""
    table = carray(given, MOST)
    _sort_edges(i4(table, 0), i4(table, 1), i4(table, 2), i4(table, 3))


@jit
def _walk(begin, below, since, until, roots, mark, order, parent, depth, told):
    """told: the day, the stamp of this walk, whether everything is walked; then what was met is counted there."""
    day, stamp, everything = told[0], told[1], told[2]
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
        if everything == 0:
            break
        while following < nodes and mark[following] == stamp:
            following += 1
        if following == nodes:
            break
        mark[following] = stamp
        order[count] = following
        parent[count] = -1
        depth[count] = 0
        count += 1
    told[3] = count


def walk(given):
    """Breadth first from the roots over the links of a day. Writes by place, not by node: the k-th node met, the place
    of the one it was met from (-1 for a root), its depth. With `everything`, what no root reaches begins anew."""
    table = carray(given, MOST)
    _walk(
        i4(table, 0), i4(table, 1), i4(table, 2), i4(table, 3), i4(table, 4), i4(table, 5), i4(table, 6),
        i4(table, 7), i4(table, 8), i8(table, 9),
    )  # fmt: skip


@jit
def _measure(parent, places, begin):
    for k in range(places.size):
        length = 1
        at = places[k]
        while parent[at] >= 0:
            at = parent[at]
            length += 1
        begin[k + 1] = begin[k] + length


@jit
def _trace(parent, places, begin, ways):
    for k in range(places.size):
        at = places[k]
        place = begin[k + 1] - 1
        while place >= begin[k]:
            ways[place] = at
            at = parent[at]
            place -= 1


def measure(given):
    """Where the way down to each place will begin, one after another."""
    table = carray(given, MOST)
    _measure(i4(table, 0), i4(table, 1), i4(table, 2))


def trace(given):
    """The ways from the top down to each place, in the room that `measure` counted."""
    table = carray(given, MOST)
    _trace(i4(table, 0), i4(table, 1), i4(table, 2), i4(table, 3))


@jit
def _circles(begin, below, since, until, component, index, low, stack, call, edge, told):
    day = told[0]
    n_stack = 0
    counter = 0
    n_components = 0
    for start in range(begin.size - 1):
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


def circles(given):
    """Tarjan's strongly connected components, without recursion: for each node the number of its component."""
    table = carray(given, MOST)
    _circles(
        i4(table, 0), i4(table, 1), i4(table, 2), i4(table, 3), i4(table, 4), i4(table, 5), i4(table, 6),
        i4(table, 7), i4(table, 8), i4(table, 9), i8(table, 10),
    )  # fmt: skip


@jit
def _longest(begin, below, since, until, component, weight, restart, best, before, waiting, queue, told):
    day = told[0]
    n = begin.size - 1
    for node in range(n):
        best[node] = weight[node]
        for place in range(begin[node], begin[node + 1]):
            lower = below[place]
            if since[place] <= day and day <= until[place] and component[node] != component[lower]:
                waiting[lower] += 1
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


def longest(given):
    """For each node the greatest weight of a way down to it, and the node before it there (-1: it begins there)."""
    table = carray(given, MOST)
    _longest(
        i4(table, 0), i4(table, 1), i4(table, 2), i4(table, 3), i4(table, 4), i4(table, 5), i4(table, 6),
        i4(table, 7), i4(table, 8), i4(table, 9), i4(table, 10), i8(table, 11),
    )  # fmt: skip


def compiled(name: str) -> tuple[int, str, bytes, list[str]]:
    """Compile a way in; see iris.matching.kernels.jit.object_code."""
    return object_code(globals()[name])
