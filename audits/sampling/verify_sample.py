#!/usr/bin/env python3
"""Draw a sample of an audit again, with nothing but Python 3.9 or later. No installation, no network.

    python3 verify_sample.py list.csv --seed 0123456789abcdef0123456789abcdef
    python3 verify_sample.py list.csv --nonce 00112233445566778899aabbccddeeff --committed 5d3c…

list.csv is the list as it was published: key, origin, destination, status, employer, period, sex; no names. The
script prints the hash of the list, how many are drawn from each corridor and stratum, and the keys drawn. It is
written apart from the product, so that it proves what the product did. The rule and the steps are described in
docs/guides/sampling.md.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
import sys
from typing import TextIO

Cells = tuple[str, ...]
Strata = dict[Cells, list[str]]
COLUMNS = ["key", "origin", "destination", "status", "employer", "period", "sex"]


# status, sex, employer, period: places in the columns after the key
ORDER = [2, 5, 3, 4]


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sample_size(population: int, floor: int, share: int, cap: int) -> int:
    """min(N, max(floor, ceil(sqrt(N)), min(cap, ceil(N / share))))"""
    root = math.isqrt(population)
    if root * root < population:
        root += 1
    part = population // share + (1 if population % share else 0)
    return min(population, max(floor, root, min(cap, part)))


def read(path: str) -> tuple[list[dict[str, str]], str]:
    """The rows of the list, and the SHA-256 of its bytes."""
    with open(path, "rb") as handle:
        data = handle.read()
    rows = list(csv.DictReader(data.decode("utf-8").splitlines()))
    if not rows or any(name not in rows[0] for name in COLUMNS):
        sys.exit("Expected the columns: " + ", ".join(COLUMNS) + ".")
    keys = [row["key"] for row in rows]
    if len(set(keys)) != len(keys):
        sys.exit("A key stands twice in the list: this is not a list that a sample was drawn from.")
    return rows, hashlib.sha256(data).hexdigest()


def strata_of(rows: list[dict[str, str]]) -> Strata:
    """The keys of each stratum; strata in the order of their cells."""
    found: Strata = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in COLUMNS[1:]), []).append(row["key"])
    return dict(sorted(found.items()))


def largest_remainder(parts: Strata, size: int, seed: str) -> dict[Cells, int]:
    """Equal remainders go by lot: SHA-256 of the seed, a line break, the sorted keys with commas between."""
    total = sum(len(keys) for keys in parts.values())
    given = {name: size * len(keys) // total for name, keys in parts.items()}
    rest = sorted(
        (-(size * len(keys) % total), sha256(seed + "\n" + ",".join(sorted(keys))), name)
        for name, keys in parts.items()
    )
    for _remainder, _lot, name in rest[: size - sum(given.values())]:
        given[name] += 1
    return given


def shares(strata: Strata, size: int, seed: str) -> dict[Cells, int]:
    """The places of a corridor: shared over status, in each over sex, then over employer, then over period."""
    given: dict[Cells, int] = {(): size}
    for depth in range(1, len(ORDER) + 1):
        finer: dict[Cells, int] = {}
        for parent, places in given.items():
            parts: Strata = {}
            for cells, keys in strata.items():
                name = tuple(cells[place] for place in ORDER[:depth])
                if name[:-1] == parent:
                    parts.setdefault(name, []).extend(keys)
            finer.update(largest_remainder(parts, places, seed))
        given = finer
    return {cells: given[tuple(cells[place] for place in ORDER)] for cells in strata}


def draw(
    rows: list[dict[str, str]], seed: str, floor: int = 10, share: int = 10, cap: int = 100
) -> list[tuple[int, Cells, int, list[str]]]:
    """For each stratum: its number, cells, how many are drawn, and all its keys in the order of the draw."""
    strata = strata_of(rows)
    found: list[tuple[int, Cells, int, list[str]]] = []
    for corridor in sorted({cells[:2] for cells in strata}):
        own = {cells: keys for cells, keys in strata.items() if cells[:2] == corridor}
        total = sum(len(keys) for keys in own.values())
        given = shares(own, sample_size(total, floor, share, cap), seed)
        for cells, keys in own.items():
            order = sorted(keys, key=lambda key: (sha256(seed + "\n" + key), key))
            found.append((len(found) + 1, cells, given[cells], order))
    return found


def tell(found: list[tuple[int, Cells, int, list[str]]], out: TextIO, whole: bool = False) -> None:
    """Corridors with N and n, then every stratum with the keys drawn."""
    corridors: dict[Cells, tuple[int, int]] = {}
    for _number, cells, size, order in found:
        population, drawn = corridors.get(cells[:2], (0, 0))
        corridors[cells[:2]] = (population + len(order), drawn + size)
    for corridor, (population, drawn) in corridors.items():
        print(f"corridor {corridor[0]} to {corridor[1]}: N = {population}, n = {drawn}", file=out)
    for number, cells, size, order in found:
        words = " | ".join(cell or "-" for cell in cells)
        print(f"stratum {number}: {words}: N = {len(order)}, n = {size}", file=out)
        for place, key in enumerate(order if whole else order[:size], start=1):
            print(f"  {place} {key}", file=out)


def main(arguments: list[str] | None = None) -> None:
    """Read, draw, print."""
    parser = argparse.ArgumentParser(description="Draw the sample of an audit again.")
    parser.add_argument("list", help="the list as it was published (CSV, no names)")
    parser.add_argument("--seed", help="the seed as the page shows it")
    parser.add_argument("--nonce", help="the number that was kept secret until the draw; gives the seed")
    parser.add_argument(
        "--committed", help="what was published of the nonce before the list came; is checked"
    )
    parser.add_argument("--floor", type=int, default=10, help="at least this many from a corridor (10)")
    parser.add_argument("--share", type=int, default=10, help="one in this many (10)")
    parser.add_argument("--cap", type=int, default=100, help="one in so many, up to this many (100)")
    parser.add_argument("--whole", action="store_true", help="show the whole order of each stratum")
    asked = parser.parse_args(arguments)
    rows, list_hash = read(asked.list)
    seed = asked.seed
    if asked.nonce:
        if asked.committed and sha256(asked.nonce) != asked.committed:
            sys.exit("The nonce is not the one that was committed to before the list came.")
        made = sha256(asked.nonce + "\n" + list_hash)[:32]
        if seed and seed != made:
            sys.exit(f"The seed does not follow from the nonce and the list: expected {made}.")
        seed = made
    if not seed:
        parser.error("give --seed or --nonce")
    print(f"list {list_hash}")
    print(f"seed {seed}")
    tell(draw(rows, seed, asked.floor, asked.share, asked.cap), sys.stdout, asked.whole)


if __name__ == "__main__":
    main()
