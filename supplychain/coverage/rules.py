"""What counts as covered, and how shares add up. Pure; every figure of the page comes from here.

Which hires there are on a day is the chain's own rule (supplychain.chains.rules.hiring).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from supplychain.chains.selectors import Corridor
from supplychain.chains.selectors import Hire as BareHire
from supplychain.coverage.states import Part

VALID = ("certified", "certified_with_conditions", "reduced_scope")
STOPPED = ("suspended", "withdrawn")


@dataclass(frozen=True)
class Hire(BareHire):
    """A hire and how it counts."""

    part: Part = Part.UNKNOWN


@dataclass(frozen=True)
class Known:
    """What the register said of an agency on a day: its standing, and the corridors of its certificate."""

    standing: str
    corridors: frozenset[Corridor] = frozenset()


@dataclass(frozen=True)
class Share:
    """Workers by part. `whole` holds every part, unknown too; links that tell no number are counted beside it."""

    parts: Mapping[Part, int]
    hires: int = 0
    untold: int = 0
    recruiters: Mapping[Part, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        """All workers told of."""
        return sum(self.parts.values())

    @property
    def covered(self) -> int:
        """Workers hired through recruiters certified for the corridor."""
        return self.parts[Part.CERTIFIED]

    @property
    def percent(self) -> str:
        """The share covered, or empty where there is nothing to divide by."""
        return percent(self.covered, self.whole)

    def percent_of(self, part: Part) -> str:
        """The share of one part."""
        return percent(self.parts[part], self.whole)

    @property
    def rows(self) -> list[tuple[Part, int, str]]:
        """Each part with its workers and its share."""
        return [(part, self.parts[part], self.percent_of(part)) for part in Part]


def percent(part: int, whole: int) -> str:
    """Tenths of a per cent, half up, in whole numbers: 1 of 3 is 33.3. Empty when the whole is 0."""
    if not whole:
        return ""
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def part_of(known: Known | None, corridor: Corridor | None) -> Part:
    """How workers hired through an agency count. A certificate that is not known to cover the corridor is no cover."""
    if known is None:
        return Part.UNKNOWN
    if known.standing in VALID:
        return Part.CERTIFIED if corridor is not None and corridor in known.corridors else Part.SCOPE
    return Part.STOPPED if known.standing in STOPPED else Part.NOT_CERTIFIED


def counted(hires: Iterable[BareHire], known: Mapping[UUID, Known]) -> list[Hire]:
    """The hires of a day, each in its part by what the register said on it."""
    return [
        Hire(
            one.recruiter,
            one.tier,
            one.workers,
            one.corridor,
            part_of(known.get(one.recruiter.agency_id) if one.recruiter.agency_id else None, one.corridor),
        )
        for one in hires
    ]


def share(hires: Iterable[Hire]) -> Share:
    """Workers by part; recruiters by the worst of their parts, each once."""
    parts = dict.fromkeys(Part, 0)
    worst: dict[UUID, Part] = {}
    number = untold = 0
    order = list(Part)
    for one in hires:
        number += 1
        if one.workers is None:
            untold += 1
        else:
            parts[one.part] += one.workers
        held = worst.get(one.recruiter.id, Part.CERTIFIED)
        worst[one.recruiter.id] = max(held, one.part, key=order.index)
    recruiters = dict.fromkeys(Part, 0)
    for part in worst.values():
        recruiters[part] += 1
    return Share(parts, number, untold, recruiters)


def by_corridor(hires: Iterable[Hire]) -> list[tuple[Corridor | None, Share]]:
    """A share for each corridor, most workers first; the ones without a known corridor last."""
    groups: dict[Corridor | None, list[Hire]] = defaultdict(list)
    for one in hires:
        groups[one.corridor].append(one)
    rows = [(corridor, share(group)) for corridor, group in groups.items()]
    return sorted(rows, key=lambda row: (row[0] is None, -row[1].whole, row[0] or ("", "")))


def by_tier(hires: Iterable[Hire]) -> list[tuple[int, Share]]:
    """A share for each tier. Tiers do not add up: the same workers pass through each of them."""
    groups: dict[int, list[Hire]] = defaultdict(list)
    for one in hires:
        groups[one.tier].append(one)
    return [(tier, share(groups[tier])) for tier in sorted(groups)]


def month_ends(day: date, months: int) -> list[date]:
    """The last days of the `months` months before the month of `day`, oldest first, and `day` itself."""
    ends = []
    first = day.replace(day=1)
    for _turn in range(months):
        last = first - timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return [*reversed(ends), day]
