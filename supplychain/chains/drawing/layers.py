"""Levels, an order with few crossings, and places: a layered drawing of a graph, the same for the same input.

A link that would close a circle is marked as a back link and takes no part in the levels; every other link goes to a
later level. The order inside a level follows the tree of the first ways down and is then improved by barycentres as
long as that saves crossings. Places are the least-squares answer to "stand beside those you are joined to" under the
order and the least distance, level by level (pooling neighbours that press against each other).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

ROUNDS = 6  # of barycentres, and of placing
MOST_BENDS = 6_000  # links over several levels go straight when a drawing would need more
BEND_ROOM = 0.45  # of a row, for a link that passes through a level
FAMILY_GAP = 0.3  # of a row, between neighbours under different parties

Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Line:
    """One link as drawn: the points (level, row) it passes between its ends; back: it goes up and closes a circle."""

    upper: int
    lower: int
    back: bool
    via: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class Drawing:
    """`level[n]` and `row[n]` of every node, the lines in the order of the links, how many levels and rows."""

    level: list[int]
    row: list[float]
    lines: list[Line]
    levels: int
    rows: float
    crossings: int = 0


@dataclass
class _Layers:
    """Nodes and bends by level, and who is joined to whom between neighbouring levels."""

    layers: list[list[int]]
    up: list[list[int]]
    down: list[list[int]]
    real: int
    bends: dict[int, list[int]] = field(default_factory=dict)


def back_links(count: int, links: Pairs) -> set[int]:
    """Numbers of the links that close a circle when the graph is walked from its tops, in the order given."""
    below: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    tops = [True] * count
    back: set[int] = set()
    for number, (upper, lower) in enumerate(links):
        if upper == lower:
            back.add(number)
            continue
        below[upper].append((lower, number))
        tops[lower] = False
    state = bytearray(count)  # 0 not seen, 1 on the way, 2 done
    for start in [n for n in range(count) if tops[n]] + list(range(count)):
        if state[start]:
            continue
        state[start] = 1
        stack = [(start, iter(below[start]))]
        while stack:
            node, rest = stack[-1]
            for lower, number in rest:
                if state[lower] == 1:
                    back.add(number)
                elif not state[lower]:
                    state[lower] = 1
                    stack.append((lower, iter(below[lower])))
                    break
            else:
                state[node] = 2
                stack.pop()
    return back


def levels_of(count: int, links: Pairs, floors: Sequence[int] = ()) -> tuple[list[int], set[int]]:
    """(the level of every node, the back links). A node stands below all above it and not before its floor.

    Levels that nobody stands on are left out, so levels count from 0 without a gap.
    """
    back = back_links(count, links)
    level = list(floors) or [0] * count
    waiting = [0] * count
    below: list[list[int]] = [[] for _ in range(count)]
    for number, (upper, lower) in enumerate(links):
        if number not in back:
            below[upper].append(lower)
            waiting[lower] += 1
    ready = [n for n in range(count) if not waiting[n]]
    while ready:
        node = ready.pop()
        for lower in below[node]:
            level[lower] = max(level[lower], level[node] + 1)
            waiting[lower] -= 1
            if not waiting[lower]:
                ready.append(lower)
    used = {old: new for new, old in enumerate(sorted(set(level)))}
    return [used[one] for one in level], back


def draw(count: int, links: Pairs, floors: Sequence[int] = ()) -> Drawing:
    """Place `count` nodes. The order of nodes and links given is the order neighbours prefer."""
    if not count:
        return Drawing([], [], [], 0, 0.0)
    level, back = levels_of(count, links, floors)
    made = _layers(count, links, level, back)
    _first_order(made)
    crossings = _fewer_crossings(made)
    row = _rows(made)
    lines = []
    for number, (upper, lower) in enumerate(links):
        bends = made.bends.get(number, [])
        via = tuple((level[upper] + 1 + step, row[bend]) for step, bend in enumerate(bends))
        lines.append(Line(upper, lower, number in back, via))
    places = row[:count]
    return Drawing(level, places, lines, max(level) + 1, max(places) + 1, crossings)


def _layers(count: int, links: Pairs, level: list[int], back: set[int]) -> _Layers:
    made = _Layers(
        [[] for _ in range(max(level) + 1)],
        [[] for _ in range(count)],
        [[] for _ in range(count)],
        count,
    )
    for node in range(count):
        made.layers[level[node]].append(node)
    forward = [(number, pair) for number, pair in enumerate(links) if number not in back]
    needed = sum(level[lower] - level[upper] - 1 for _number, (upper, lower) in forward)
    for number, (upper, lower) in forward:
        here = upper
        if needed <= MOST_BENDS:
            for step in range(level[upper] + 1, level[lower]):
                bend = len(made.up)
                made.up.append([])
                made.down.append([])
                made.layers[step].append(bend)
                made.bends.setdefault(number, []).append(bend)
                _join(made, here, bend)
                here = bend
        elif level[lower] - level[upper] > 1:
            continue
        _join(made, here, lower)
    return made


def _join(made: _Layers, upper: int, lower: int) -> None:
    made.down[upper].append(lower)
    made.up[lower].append(upper)


def _first_order(made: _Layers) -> None:
    """Each level in the order in which a walk down from the tops meets it: a tree has no crossing then."""
    met: dict[int, int] = {}
    for top in [node for layer in made.layers for node in layer if not made.up[node]]:
        stack = [top]
        while stack:
            node = stack.pop()
            if node not in met:
                met[node] = len(met)
                stack.extend(reversed(made.down[node]))
    for layer in made.layers:
        layer.sort(key=met.__getitem__)


def _crossings(made: _Layers) -> int:
    place = _places(made)
    total = 0
    for layer in made.layers:
        ends = [place[lower] for node in layer for lower in sorted(made.down[node], key=place.__getitem__)]
        total += _inversions(ends)
    return total


def _places(made: _Layers) -> list[int]:
    place = [0] * len(made.up)
    for layer in made.layers:
        for index, node in enumerate(layer):
            place[node] = index
    return place


def _inversions(ends: list[int]) -> int:
    """How many pairs stand the wrong way round (Fenwick tree)."""
    if all(first <= second for first, second in pairwise(ends)):
        return 0
    size = max(ends) + 2
    tree = [0] * (size + 1)
    found = 0
    for seen, end in enumerate(ends):
        at, before = end + 1, 0
        while at:
            before += tree[at]
            at -= at & -at
        found += seen - before
        at = end + 1
        while at <= size:
            tree[at] += 1
            at += at & -at
    return found


def _fewer_crossings(made: _Layers) -> int:
    least = _crossings(made)
    best = [layer[:] for layer in made.layers]
    idle = 0
    for turn in range(ROUNDS):
        if not least or idle == 2:
            break
        inward, layers = (made.up, made.layers[1:]) if turn % 2 == 0 else (made.down, made.layers[-2::-1])
        place = _places(made)
        for layer in layers:
            mean = {
                node: sum(map(place.__getitem__, inward[node])) / len(inward[node])
                if inward[node]
                else float(place[node])
                for node in layer
            }
            layer.sort(key=lambda node: (mean[node], place[node]))
            for index, node in enumerate(layer):
                place[node] = index
        now = _crossings(made)
        idle = 0 if now < least else idle + 1
        if now < least:
            least, best = now, [layer[:] for layer in made.layers]
    made.layers[:] = best
    return least


def _rows(made: _Layers) -> list[float]:
    row = [0.0] * len(made.up)
    gaps = [_gaps(made, layer) for layer in made.layers]
    for layer, gap in zip(made.layers, gaps, strict=True):
        for node, at in zip(layer, gap, strict=True):
            row[node] = at
    widest = max(range(len(made.layers)), key=lambda index: gaps[index][-1] if gaps[index] else 0)
    outward = [*range(widest - 1, -1, -1), *range(widest + 1, len(made.layers))]
    for turn in range(ROUNDS):
        for index in outward:
            toward = made.down if index < widest else made.up
            # At first between both sides; at last above the middle of what hangs below, seen from the widest level.
            near = [toward] if turn > ROUNDS - 3 else [made.up, made.down]
            _settle(made.layers[index], gaps[index], row, near)
        if turn <= ROUNDS - 3:
            _settle(made.layers[widest], gaps[widest], row, [made.up, made.down])
    least = min(row)
    return [at - least for at in row]


def _gaps(made: _Layers, layer: list[int]) -> list[float]:
    """The tightest rows of a level: one row each, less for a bend, more between families."""
    at, found = 0.0, []
    for index, node in enumerate(layer):
        if index:
            before = layer[index - 1]
            room = sum(1.0 if one < made.real else BEND_ROOM for one in (before, node)) / 2
            other = made.up[before][:1] != made.up[node][:1] and before < made.real and node < made.real
            at += room + (FAMILY_GAP if other else 0.0)
        found.append(at)
    return found


def _settle(layer: list[int], gap: list[float], row: list[float], sides: list[list[list[int]]]) -> None:
    """Pull every node of a level to the middle of its neighbours, as near as the order and the gaps allow."""
    blocks: list[tuple[float, int]] = []  # (mean of what is wanted less the gap, how many)
    for node, least in zip(layer, gap, strict=True):
        near = [one for side in sides for one in side[node]]
        wanted = sum(map(row.__getitem__, near)) / len(near) if near else row[node]
        mean, size = wanted - least, 1
        while blocks and blocks[-1][0] > mean:
            other, many = blocks.pop()
            mean, size = (other * many + mean * size) / (many + size), many + size
        blocks.append((mean, size))
    index = 0
    for mean, size in blocks:
        for _each in range(size):
            row[layer[index]] = mean + gap[index]
            index += 1
