"""Which part of a chain is drawn: folded branches, clean branches hidden, the ways to some nodes."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Links = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Folding:
    """The nodes shown, in order; which of them stand open; how many each hides below itself."""

    shown: list[int]
    open: set[int]
    hidden: dict[int, int]


def tops_of(above: Links, kept: set[int] | None = None) -> list[int]:
    """Nodes that nobody kept stands above, in order. `above` without back links, or a circle has no top."""
    nodes = range(len(above)) if kept is None else sorted(kept)
    return [n for n in nodes if not any(kept is None or one in kept for one in above[n])]


def fold(
    below: Links,
    tops: Iterable[int],
    *,
    most: int,
    opened: Callable[[int], bool | None],
    forced: Iterable[int] = (),
) -> Folding:
    """Open the chain from its tops, level by level, while at most `most` nodes show.

    `opened(n)` says True or False where a person opened or folded it and None where nobody said. `forced` nodes show
    whatever was folded (they are the way to a selection).
    """
    must = set(forced)
    shown = list(dict.fromkeys(tops))
    seen, stands = set(shown), set()
    queue = deque(shown)
    while queue:
        node = queue.popleft()
        fresh = [one for one in dict.fromkeys(below[node]) if one not in seen]
        said = opened(node)
        if not below[node] or said is False or (said is None and len(shown) + len(fresh) > most):
            fresh = [one for one in fresh if one in must]
        else:
            stands.add(node)
        shown.extend(fresh)
        seen.update(fresh)
        queue.extend(fresh)
    hidden = {node: len(reach(below, [node]) - seen) for node in shown if node not in stands and below[node]}
    return Folding(shown, stands, {node: many for node, many in hidden.items() if many})


def reach(onward: Links, starts: Iterable[int]) -> set[int]:
    """Everything that can be reached, the starts too."""
    found = set(starts)
    stack = list(found)
    while stack:
        for one in onward[stack.pop()]:
            if one not in found:
                found.add(one)
                stack.append(one)
    return found


def keep_unclean(above: Links, unclean: Iterable[int]) -> set[int]:
    """Nodes that are not clean or lead down to one that is not."""
    return reach(above, unclean)


def keep_with_ways(above: Links, members: Iterable[int], most: int) -> tuple[set[int], int]:
    """(the first members with everything above them while at most `most` nodes are kept, how many members fit)."""
    kept: set[int] = set()
    fit = 0
    for one in members:
        more = reach(above, [one]) - kept
        if len(kept) + len(more) > most:
            break
        kept |= more
        fit += 1
    return kept, fit


def ways_to(below: Links, tops: Iterable[int], goal: int) -> list[int]:
    """The shortest way from a top down to `goal`, first in order among equals; empty where none leads there."""
    came: dict[int, int] = dict.fromkeys(tops, -1)
    queue = deque(came)
    while queue:
        node = queue.popleft()
        if node == goal:
            way = [node]
            while came[way[-1]] >= 0:
                way.append(came[way[-1]])
            return way[::-1]
        for one in below[node]:
            if one not in came:
                came[one] = node
                queue.append(one)
    return []
