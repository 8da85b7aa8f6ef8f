"""The tree of RFC 6962: against the published vectors, the verifier that is given away, and Node."""

from __future__ import annotations

import hashlib

import pytest

from certification.opendata.published import verify_register as given
from certification.opendata.rules import merkle

# The eight leaves and roots that the certificate transparency projects test their trees with.
LEAVES = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def tree(leaves: list[bytes]) -> dict[tuple[int, int], bytes]:
    """The store of complete subtrees, grown one leaf at a time as the sequencer does."""
    held: dict[tuple[int, int], bytes] = {}
    for index, entry in enumerate(leaves):
        for level, place, value in merkle.grown(index, merkle.leaf_hash(entry), lambda lv, pl: held[lv, pl]):
            held[level, place] = value
    return held


@pytest.mark.parametrize("size", range(9))
def test_roots_of_the_published_vectors(size: int) -> None:
    held = tree(LEAVES)
    assert merkle.root(size, lambda lv, pl: held[lv, pl]).hex() == ROOTS[size]
    assert given.root_of([merkle.leaf_hash(one) for one in LEAVES[:size]]).hex() == ROOTS[size]


def test_every_proof_of_every_tree_up_to_40_leaves_holds_and_no_other() -> None:
    leaves = [str(one).encode() for one in range(40)]
    held = tree(leaves)

    def fetch(level: int, place: int) -> bytes:
        return held[level, place]

    tried = 0
    for size in range(1, 41):
        root = merkle.root(size, fetch)
        for index in range(size):
            path = merkle.inclusion(index, size, fetch)
            hashed = merkle.leaf_hash(leaves[index])
            assert given.included(hashed, index, size, path, root)
            assert not given.included(merkle.leaf_hash(b"other"), index, size, path, root)
            assert not given.included(hashed, index + 1, size, path, root)
            assert not given.included(hashed, index, size, [*path, root], root)
            tried += 1
        for first in range(size + 1):
            path = merkle.consistency(first, size, fetch)
            old = merkle.root(first, fetch)
            assert given.consistent(first, size, path, old, root)
            if 0 < first < size:
                wrong = hashlib.sha256(old).digest()
                assert not given.consistent(first, size, path, wrong, root)
                assert not given.consistent(first, size, path[:-1], old, root)
                assert not given.consistent(first, size, path, old, wrong)
            tried += 1
    assert tried == 820 + 860
