"""Small cells are hidden, and enough others with them that no hidden one can be computed from what is shown.

Pure. A table is a tree: the whole, its rows, their cells; each knows the sum of what is under it. A reader who sees a
sum and all cells but one knows the last one. So among the cells under a sum that is shown, either nothing is hidden,
or at least two are, which together reach the floor and could be more than one each. Where that cannot be had, the sum
is hidden too, and all that is under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Cell:
    """A count under a key. Cells of zero are not made: a row that is not there is a zero that everybody may see."""

    key: Any
    n: int
    hidden: bool = False

    @property
    def shown(self) -> int | None:
        """The count, or None where it must not be shown."""
        return None if self.hidden else self.n


@dataclass
class Node(Cell):
    """A sum with its parts."""

    parts: Sequence[Cell] = field(default_factory=list)


def suppress(whole: Node, floor: int) -> Node:
    """Mark in the tree what must be hidden. The tree is changed and returned."""
    whole.hidden = 0 < whole.n < floor
    if not _settle(whole, floor):
        whole.hidden = True
    if whole.hidden:
        _hide_below(whole)
    return whole


def _settle(node: Node, floor: int) -> bool:
    """Hide what must be among the parts; False where the parts can be protected only by hiding the sum itself."""
    for part in node.parts:
        part.hidden = 0 < part.n < floor
        if isinstance(part, Node) and not part.hidden and not _settle(part, floor):
            part.hidden = True
    safe = _protect(list(node.parts), floor)
    for part in node.parts:
        if isinstance(part, Node) and part.hidden:
            _hide_below(part)
    return safe


def _protect(parts: list[Cell], floor: int) -> bool:
    while not _is_safe(parts, floor):
        open_parts = [part for part in parts if not part.hidden and part.n]
        if not open_parts:
            return False
        min(open_parts, key=lambda part: part.n).hidden = True
    return True


def _is_safe(parts: list[Cell], floor: int) -> bool:
    hidden = [part.n for part in parts if part.hidden]
    return not hidden or (len(hidden) > 1 and sum(hidden) >= floor and sum(hidden) > len(hidden))


def _hide_below(node: Node) -> None:
    for part in node.parts:
        part.hidden = True
        if isinstance(part, Node):
            _hide_below(part)
