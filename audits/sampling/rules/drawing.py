"""How many are drawn, from which strata, and who: pure arithmetic that anybody can do again.

audits/sampling/verify_sample.py does the same with nothing but Python, written apart from this file, so that one
proves the other. docs/guides/sampling.md tells it in words.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isqrt

COLUMNS = ("key", "origin", "destination", "status", "employer", "period", "sex")
KEY_SHOWN = 12
# The cells of a stratum in the order in which places are shared: status, sex, employer, period.
LEVELS = (2, 5, 3, 4)


@dataclass(frozen=True)
class SampleRule:
    """Per corridor: at least `floor`, at least the square root, one in `share` up to `cap`; never above N."""

    floor: int
    share: int
    cap: int

    def size(self, population: int) -> int:
        """How many are drawn of N: min(N, max(floor, ceil(sqrt N), min(cap, ceil(N / share))))."""
        root = isqrt(population - 1) + 1 if population else 0
        return min(population, max(self.floor, root, min(self.cap, -(-population // self.share))))


@dataclass(frozen=True)
class Unit:
    """One line of a list without anything that names a person."""

    key: str
    origin: str
    destination: str
    status: str = ""
    employer: str = ""
    period: str = ""
    sex: str = ""

    @property
    def corridor(self) -> tuple[str, str]:
        """From where to where."""
        return self.origin, self.destination

    @property
    def cells(self) -> tuple[str, ...]:
        """The stratum it belongs to."""
        return self.origin, self.destination, self.status, self.employer, self.period, self.sex


@dataclass(frozen=True)
class DrawnStratum:
    """A stratum of the draw: all its keys in the order of the draw; the first `size` of them are drawn."""

    number: int
    cells: tuple[str, ...]
    size: int
    order: tuple[str, ...]

    @property
    def population(self) -> int:
        """How many are on the list."""
        return len(self.order)

    @property
    def drawn(self) -> tuple[str, ...]:
        """The keys drawn."""
        return self.order[: self.size]


def under(seed: str, text: str) -> str:
    """What puts things in order: SHA-256 of the seed, a line break, and the thing."""
    return hashlib.sha256(f"{seed}\n{text}".encode()).hexdigest()


def seed_from(nonce: str, frame_hash: str) -> str:
    """The seed: fixed by a number kept secret until the draw, and by the list, which nobody knew when it was made."""
    return under(nonce, frame_hash)[:32]


def commitment(nonce: str) -> str:
    """What is published of the secret number before the list comes."""
    return hashlib.sha256(nonce.encode()).hexdigest()


def lot(seed: str, keys: Iterable[str]) -> str:
    """The lot of a stratum among equals. It takes the keys of all in it, which nobody outside the team can know."""
    return under(seed, ",".join(sorted(keys)))


def allocate(
    seed: str, size: int, strata: Mapping[tuple[str, ...], Sequence[str]]
) -> dict[tuple[str, ...], int]:
    """Share `size` over strata by largest remainder; equal remainders by lot.

    The lot rests on keys, not on names: nobody puts an employer first by how it is called, and an agency that knows
    its own list and the seed cannot work out which of several equal strata were drawn.
    """
    total = sum(len(keys) for keys in strata.values())
    if not 0 <= size <= total:
        raise ValueError(f"A sample of {size} cannot be drawn from {total}.")
    shares = {cells: divmod(size * len(keys), total) for cells, keys in strata.items()} if total else {}
    given = {cells: whole for cells, (whole, _rest) in shares.items()}
    left = size - sum(given.values())
    first = sorted(shares, key=lambda cells: (-shares[cells][1], lot(seed, strata[cells])))
    for cells in first[:left]:
        given[cells] += 1
    return given


def share_out(
    seed: str, size: int, strata: Mapping[tuple[str, ...], Sequence[str]], levels: Sequence[int] = LEVELS
) -> dict[tuple[str, ...], int]:
    """Share the places of a corridor: over status, then in each over sex, then over employer, then over period.

    Over all strata at once every small one would lose to every large one, and a corridor with thirteen returnees in
    nine strata would send none of them. Level by level each part gets its share to the nearest place.
    """
    if not levels:
        return dict.fromkeys(strata, size)
    groups: dict[tuple[str, ...], dict[tuple[str, ...], Sequence[str]]] = {}
    for cells, keys in strata.items():
        groups.setdefault((cells[levels[0]],), {})[cells] = keys
    sizes = allocate(
        seed, size, {name: [key for keys in own.values() for key in keys] for name, own in groups.items()}
    )
    shared: dict[tuple[str, ...], int] = {}
    for name, own in groups.items():
        shared |= share_out(seed, sizes[name], own, levels[1:])
    return shared


def draw(units: Iterable[Unit], seed: str, rule: SampleRule) -> list[DrawnStratum]:
    """Every stratum of the list in its order, numbered from 1, also those from which nobody is drawn."""
    ordered = sorted(units, key=lambda unit: (unit.cells, unit.key))
    strata = {cells: [unit.key for unit in group] for cells, group in groupby(ordered, lambda one: one.cells)}
    sizes: dict[tuple[str, ...], int] = {}
    for _corridor, group in groupby(strata, lambda cells: cells[:2]):
        own = {cells: strata[cells] for cells in group}
        sizes |= share_out(seed, rule.size(sum(len(keys) for keys in own.values())), own)
    return [
        DrawnStratum(
            number, cells, sizes[cells], tuple(sorted(keys, key=lambda key: (under(seed, key), key)))
        )
        for number, (cells, keys) in enumerate(strata.items(), start=1)
    ]


def frame_csv(units: Iterable[Unit]) -> str:
    """The list as it is published: no names, in the order of the keys. Its SHA-256 is the hash of the list."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((unit.key, *unit.cells) for unit in sorted(units, key=lambda unit: unit.key))
    return out.getvalue()


def frame_hash(units: Iterable[Unit]) -> str:
    """What freezes a list: SHA-256 of its published form."""
    return hashlib.sha256(frame_csv(units).encode()).hexdigest()


def read_csv(text: str) -> list[Unit]:
    """The units of a published list."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise ValueError(f"The file lacks the columns {', '.join(missing)}.")
    return [Unit(**{name: row[name] or "" for name in COLUMNS}) for row in rows]


def draw_csv(strata: Iterable[DrawnStratum]) -> str:
    """The draw list: stratum, place in its order, key."""
    lines = ["stratum,place,key"]
    for one in strata:
        lines += [f"{one.number},{place},{key}" for place, key in enumerate(one.drawn, start=1)]
    return "\n".join(lines) + "\n"


def draw_text(strata: Sequence[DrawnStratum], list_hash: str, seed: str) -> str:
    """The draw in words, line by line the same as verify_sample.py prints it."""
    lines = [f"list {list_hash}", f"seed {seed}"]
    for corridor, group in groupby(strata, lambda one: one.cells[:2]):
        own = list(group)
        population, size = sum(one.population for one in own), sum(one.size for one in own)
        lines.append(f"corridor {corridor[0]} to {corridor[1]}: N = {population}, n = {size}")
    for one in strata:
        words = " | ".join(cell or "-" for cell in one.cells)
        lines.append(f"stratum {one.number}: {words}: N = {one.population}, n = {one.size}")
        lines += [f"  {place} {key}" for place, key in enumerate(one.drawn, start=1)]
    return "\n".join(lines) + "\n"
