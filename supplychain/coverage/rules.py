"""What counts as covered, and how shares add up. Pure; every figure of the page comes from here.

A hire is one link to a recruiter: somebody gets so many workers through it. Its tier says how many recruiters stand
between it and the workplace, itself counted; workers of tier 1 add up without counting anybody twice.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from supplychain.coverage.states import Part

VALID = ("certified", "certified_with_conditions", "reduced_scope")
STOPPED = ("suspended", "withdrawn")
Corridor = tuple[str, str]


@dataclass(frozen=True)
class Node:
    """What of a party matters here."""

    id: UUID
    name: str
    country: str
    kind: str
    agency_id: UUID | None = None
    corridor: Corridor | None = None  # of a group of workers
    confidential: bool = False


@dataclass(frozen=True)
class Edge:
    """A link with its days."""

    upper: UUID
    lower: UUID
    since: date
    until: date | None
    workers: int | None

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass(frozen=True)
class Roles:
    """Which kinds of parties are what."""

    recruiters: Collection[str]
    intermediaries: Collection[str]


@dataclass(frozen=True)
class Hire:
    """One link to a recruiter on a day: through whom, from where to where, how many, and how they count."""

    recruiter: Node
    tier: int
    workers: int | None
    corridor: Corridor | None
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


def hires_on(nodes: Mapping[UUID, Node], edges: Iterable[Edge], day: date, roles: Roles) -> list[Hire]:
    """The hires of a day with tier and corridor; how they count is put in by `counted`."""
    held = [edge for edge in edges if edge.holds(day) and edge.upper in nodes and edge.lower in nodes]
    tiers = _tiers(nodes, held, roles)
    targets, origins = _targets(nodes, held, roles, tiers), _groups(nodes, held)
    found = []
    for edge in held:
        lower = nodes[edge.lower]
        if lower.kind not in roles.recruiters:
            continue
        upper = nodes[edge.upper]
        tier = tiers.get(upper.id, 0) + 1 if upper.kind in roles.intermediaries else 1
        goals = targets.get(upper.id, set()) if upper.kind in roles.intermediaries else {upper.country}
        found.append(Hire(lower, tier, edge.workers, _corridor(lower, goals, origins.get(lower.id, set()))))
    return found


def _tiers(nodes: Mapping[UUID, Node], edges: Iterable[Edge], roles: Roles) -> dict[UUID, int]:
    """For each intermediary how many stand between it and the nearest workplace, itself counted."""
    below: dict[UUID, list[UUID]] = defaultdict(list)
    line: deque[UUID] = deque()
    tiers: dict[UUID, int] = {}
    for edge in edges:
        if nodes[edge.lower].kind not in roles.intermediaries:
            continue
        if nodes[edge.upper].kind in roles.intermediaries:
            below[edge.upper].append(edge.lower)
        elif edge.lower not in tiers:
            tiers[edge.lower] = 1
            line.append(edge.lower)
    while line:
        here = line.popleft()
        for lower in below[here]:
            if lower not in tiers:
                tiers[lower] = tiers[here] + 1
                line.append(lower)
    return tiers


def _targets(
    nodes: Mapping[UUID, Node], edges: Iterable[Edge], roles: Roles, tiers: Mapping[UUID, int]
) -> dict[UUID, set[str]]:
    """The countries of the workplaces above each intermediary."""
    goals: dict[UUID, set[str]] = defaultdict(set)
    ordered = sorted(edges, key=lambda edge: tiers.get(edge.lower, 0))
    for edge in ordered:
        if nodes[edge.lower].kind not in roles.intermediaries:
            continue
        upper = nodes[edge.upper]
        goals[edge.lower] |= goals[upper.id] if upper.kind in roles.intermediaries else {upper.country}
    return goals


def _groups(nodes: Mapping[UUID, Node], edges: Iterable[Edge]) -> dict[UUID, set[Corridor]]:
    """The corridors of the groups of workers anywhere below each party."""
    above: dict[UUID, list[UUID]] = defaultdict(list)
    for edge in edges:
        above[edge.lower].append(edge.upper)
    found: dict[UUID, set[Corridor]] = defaultdict(set)
    line = deque((node.id, node.corridor) for node in nodes.values() if node.corridor is not None)
    while line:
        here, corridor = line.popleft()
        for upper in above[here]:
            if corridor not in found[upper]:
                found[upper].add(corridor)
                line.append((upper, corridor))
    return found


def _corridor(recruiter: Node, goals: set[str], groups: set[Corridor]) -> Corridor | None:
    """The one corridor of a hire: told by the groups of workers below that go to this workplace's country, else by
    the countries of both ends. Several groups from several countries tell none."""
    goal = next(iter(goals)) if len(goals) == 1 else ""
    told = {group for group in groups if not goal or group[1] == goal}
    if told:
        return next(iter(told)) if len(told) == 1 else None
    if recruiter.kind == "recruiter_origin" and recruiter.country and goal and recruiter.country != goal:
        return (recruiter.country, goal)
    return None


def counted(hires: Iterable[Hire], known: Mapping[UUID, Known]) -> list[Hire]:
    """The same hires, each in its part by what the register said on the day."""
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
