"""The Merkle tree over the rows of a screening (RFC 9162: leaves behind 0x00, nodes behind 0x01), never held whole.

Blocks of 1,024 leaves are folded to one node each as the leaves stream by; the nodes are kept with the number of the
first row of their block. A row's path then needs the leaves of one block and the nodes.
"""

import hashlib
import struct
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BLOCK = 1_024
_NODE = struct.Struct(">I32s")
Step = tuple[str, str]  # the side on which the sibling stands ("left" or "right") and its hash


def leaf(record: str) -> bytes:
    """The leaf of a row's canonical record."""
    return hashlib.sha256(b"\x00" + record.encode()).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(level: Sequence[bytes]) -> bytes:
    """The root over these leaves or nodes; an odd one is carried up."""
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        level = [
            _node(level[i], level[i + 1]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)
        ]
    return level[0]


@dataclass(frozen=True)
class Nodes:
    """The node of each block, and the number of the first row in it."""

    firsts: tuple[int, ...]
    hashes: tuple[bytes, ...]

    @property
    def root(self) -> str:
        """The root of the whole tree."""
        return root(self.hashes).hex()

    def packed(self) -> bytes:
        """As they are stored."""
        return b"".join(_NODE.pack(*pair) for pair in zip(self.firsts, self.hashes, strict=True))

    @classmethod
    def unpacked(cls, data: bytes) -> "Nodes":
        """As they were stored."""
        pairs = list(_NODE.iter_unpack(data))
        return cls(tuple(first for first, _hash in pairs), tuple(one for _first, one in pairs))

    def block_of(self, number: int) -> tuple[int, int, int | None]:
        """The block of a row: its place, its first number, and the first number of the next one."""
        place = max(0, bisect_right(self.firsts, number) - 1)
        after = self.firsts[place + 1] if place + 1 < len(self.firsts) else None
        return place, self.firsts[place], after


def fold(leaves: Iterable[tuple[int, bytes]]) -> Nodes:
    """The nodes over (row number, leaf) in order of the numbers; holds one block at a time."""
    firsts: list[int] = []
    hashes: list[bytes] = []
    block: list[bytes] = []
    for number, one in leaves:
        if not block:
            firsts.append(number)
        block.append(one)
        if len(block) == BLOCK:
            hashes.append(root(block))
            block = []
    if block:
        hashes.append(root(block))
    return Nodes(tuple(firsts), tuple(hashes))


def path(level: Sequence[bytes], place: int) -> list[Step]:
    """The siblings from one leaf or node up to the root over them."""
    steps: list[Step] = []
    while len(level) > 1:
        other = place ^ 1
        if other < len(level):
            steps.append(("left" if other < place else "right", level[other].hex()))
        level = [
            _node(level[i], level[i + 1]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)
        ]
        place //= 2
    return steps


def climb(record: str, steps: Iterable[Step]) -> str:
    """The root to which a record and its path lead. Raises ValueError where a hash is none."""
    found = leaf(record)
    for side, text in steps:
        other = bytes.fromhex(text)
        found = _node(other, found) if side == "left" else _node(found, other)
    return found.hex()
