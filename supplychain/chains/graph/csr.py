"""One graph, and one walk over it."""

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np

from supplychain.chains.graph import kernel
from supplychain.chains.graph.kernel import Ints

OPEN = np.int32(2**31 - 1)  # a link without an end


@dataclass(frozen=True)
class Walk:
    """What was met, breadth first: `order` the nodes, `parent` the place each was met from, `depth` how far down."""

    order: Ints
    parent: Ints
    depth: Ints

    @property
    def places(self) -> dict[int, int]:
        """The place of each node met."""
        return {int(node): place for place, node in enumerate(self.order)}

    def ways(self, places: Any) -> tuple[Ints, Ints]:
        """The ways from the top down to these places, as nodes: where each begins in the second array."""
        begin, ways = kernel.trace(self.parent, np.ascontiguousarray(places, np.int32))
        return begin, self.order[ways]

    def way(self, place: int) -> list[int]:
        """The way down to one place, as nodes."""
        return [int(node) for node in self.ways([place])[1]]


@dataclass
class Graph:
    """Links by their upper node. `edge` gives back the number a link had when the graph was made."""

    begin: Ints
    below: Ints
    since: Ints
    until: Ints
    edge: Ints
    _marks: list[tuple[Ints, int]] = field(default_factory=list, repr=False)
    _lock: Any = field(default_factory=Lock, repr=False)

    @classmethod
    def build(cls, n: int, upper: Any, lower: Any, since: Any = None, until: Any = None) -> "Graph":
        """From two arrays of node numbers, and for each link its first and last day (as numbers; all of time)."""
        upper = np.ascontiguousarray(upper, np.int32)
        lower = np.ascontiguousarray(lower, np.int32)
        begin, order = kernel.sort_edges(n, upper)
        first = np.zeros(upper.size, np.int32) if since is None else np.asarray(since, np.int32)
        last = np.full(upper.size, OPEN, np.int32) if until is None else np.asarray(until, np.int32)
        return cls(begin, lower[order], first[order], last[order], order)

    @property
    def n(self) -> int:
        """How many nodes."""
        return int(self.begin.size - 1)

    def upper(self) -> Ints:
        """The upper node of each link, in the graph's order."""
        return np.repeat(np.arange(self.n, dtype=np.int32), np.diff(self.begin))

    def in_force(self, day: int) -> Any:
        """Which links hold on a day."""
        return (self.since <= day) & (self.until >= day)

    def tops(self, day: int) -> Ints:
        """Nodes under no other on a day."""
        under = np.zeros(self.n, bool)
        under[self.below[self.in_force(day)]] = True
        return np.flatnonzero(~under).astype(np.int32)

    def walk(self, day: int = 0, roots: Any = None) -> Walk:
        """From `roots` down; without them the whole graph, from the tops and then from what only a circle holds."""
        everything = roots is None
        start = self.tops(day) if everything else np.ascontiguousarray(roots, np.int32)
        mark, stamp = self._take()
        order, parent, depth = (np.empty(self.n, np.int32) for _turn in range(3))
        count = kernel.walk(
            self.begin,
            self.below,
            self.since,
            self.until,
            day,
            start,
            everything,
            mark,
            stamp,
            order,
            parent,
            depth,
        )
        with self._lock:
            self._marks.append((mark, stamp))
        return Walk(order[:count], parent[:count], depth[:count])

    def _take(self) -> tuple[Ints, int]:
        """A field of marks that nobody else is writing to, and a stamp that is not in it."""
        with self._lock:
            mark, stamp = self._marks.pop() if self._marks else (np.zeros(self.n, np.int32), 0)
        if stamp >= OPEN - 1:
            mark, stamp = np.zeros(self.n, np.int32), 0
        return mark, stamp + 1

    def components(self, day: int = 0) -> Ints:
        """The strongly connected component of each node."""
        return kernel.circles(self.begin, self.below, self.since, self.until, day)

    def circles(self, day: int = 0, component: Ints | None = None) -> list[list[int]]:
        """One shortest circle in every component that has one, beginning at its lowest number."""
        owner = self.components(day) if component is None else component
        sizes = np.bincount(owner, minlength=1)
        found = []
        for one in np.flatnonzero(sizes > 1):
            members = np.flatnonzero(owner == one)
            found.append(self._ring(int(members[0]), owner, int(one), day))
        return sorted(found)

    def _ring(self, start: int, owner: Ints, one: int, day: int) -> list[int]:
        came: dict[int, int] = {}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for place in range(self.begin[node], self.begin[node + 1]):
                lower = int(self.below[place])
                if owner[lower] != one or not self.since[place] <= day <= self.until[place]:
                    continue
                if lower == start:
                    ring = [node]
                    while ring[-1] != start:
                        ring.append(came[ring[-1]])
                    return ring[::-1]
                if lower not in came:
                    came[lower] = node
                    waiting.append(lower)
        raise AssertionError("a component of several nodes holds a circle")

    def longest(
        self, weight: Any, restart: Any, day: int = 0, component: Ints | None = None
    ) -> tuple[Ints, Ints]:
        """The heaviest way down to each node, and the node before it there; see kernel.longest."""
        owner = self.components(day) if component is None else component
        return kernel.longest(
            self.begin,
            self.below,
            self.since,
            self.until,
            day,
            owner,
            np.ascontiguousarray(weight, np.int32),
            np.ascontiguousarray(restart, np.int32),
        )
