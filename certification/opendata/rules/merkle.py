"""The Merkle tree of RFC 6962 (section 2.1), over a store of the hashes of complete subtrees. Pure.

A leaf is SHA-256(0x00 || entry) and an inner node SHA-256(0x01 || left || right), so that no entry can be passed off as
a node. A tree of n leaves splits at the largest power of two below n; every complete half has a hash that never
changes again, addressed by its level and place, so that heads and proofs read about log2(n) hashes each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

EMPTY = hashlib.sha256(b"").digest()
# The hash of the complete subtree at (level, place): leaves place * 2**level up to the next one.
Fetch = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """The largest power of two below `size` (which is at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def root(size: int, fetch: Fetch) -> bytes:
    """The hash of the tree of the first `size` leaves."""
    return _hash_of(0, size, fetch) if size else EMPTY


def _hash_of(start: int, size: int, fetch: Fetch) -> bytes:
    """The hash over leaves start .. start + size; a complete one is read, another is put together."""
    if size & (size - 1) == 0 and start % size == 0:
        level = size.bit_length() - 1
        return fetch(level, start >> level)
    left = split(size)
    return node_hash(_hash_of(start, left, fetch), _hash_of(start + left, size - left, fetch))


def inclusion(index: int, size: int, fetch: Fetch) -> list[bytes]:
    """PATH(m, D[n]): what somebody who has the entry needs to reach the root. Nearest first."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of that size")
    return _path(index, 0, size, fetch)


def _path(index: int, start: int, size: int, fetch: Fetch) -> list[bytes]:
    if size == 1:
        return []
    left = split(size)
    if index < left:
        return [*_path(index, start, left, fetch), _hash_of(start + left, size - left, fetch)]
    return [*_path(index - left, start + left, size - left, fetch), _hash_of(start, left, fetch)]


def consistency(first: int, second: int, fetch: Fetch) -> list[bytes]:
    """PROOF(m, D[n]): what shows that the tree of `first` leaves is the beginning of that of `second`."""
    if not 0 <= first <= second:
        raise ValueError("the first tree is not larger than the second")
    return _subproof(first, 0, second, True, fetch) if 0 < first < second else []


def _subproof(first: int, start: int, size: int, whole: bool, fetch: Fetch) -> list[bytes]:
    if first == size:
        return [] if whole else [_hash_of(start, size, fetch)]
    left = split(size)
    if first <= left:
        rest = _hash_of(start + left, size - left, fetch)
        return [*_subproof(first, start, left, whole, fetch), rest]
    return [
        *_subproof(first - left, start + left, size - left, False, fetch),
        _hash_of(start, left, fetch),
    ]


def grown(index: int, leaf: bytes, fetch: Fetch) -> list[tuple[int, int, bytes]]:
    """The complete subtrees that leaf `index` completes, lowest first: (level, place, hash)."""
    made = [(0, index, leaf)]
    level, place, value = 0, index, leaf
    while place % 2:
        value = node_hash(fetch(level, place - 1), value)
        level, place = level + 1, place // 2
        made.append((level, place, value))
    return made
