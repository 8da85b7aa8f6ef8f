"""Through whom workers are hired on a day, how far below the workplace, and from where to where. Pure.

A hire is one link to a recruiter: somebody gets so many workers through it. Its tier says how many recruiters stand
between it and the workplace, itself counted; workers of tier 1 add up without counting anybody twice.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

Corridor = tuple[str, str]
WHERE_WORKERS_ARE = frozenset(
    {"recruiter_origin", "sub_agent"}
)  # they stand in the country workers come from


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
    """Which kinds of parties are what: through whom a hire is counted, and who only stands between."""

    recruiters: Collection[str]
    intermediaries: Collection[str]


@dataclass(frozen=True)
class Hire:
    """One link to a recruiter on a day: through whom, how far down, how many, from where to where."""

    recruiter: Node
    tier: int
    workers: int | None
    corridor: Corridor | None


def hires_on(nodes: Mapping[UUID, Node], edges: Iterable[Edge], day: date, roles: Roles) -> list[Hire]:
    """The hires of a day with tier and corridor."""
    held = [edge for edge in edges if edge.holds(day) and edge.upper in nodes and edge.lower in nodes]
    tiers = _tiers(nodes, held, roles)
    targets, origins = _targets(nodes, held, roles), _groups(nodes, held)
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


def corridors_of(hires: Iterable[Hire]) -> dict[UUID, Corridor | None]:
    """The one corridor of everybody hired through; None where there are several, or one that nobody has told."""
    told: dict[UUID, set[Corridor | None]] = defaultdict(set)
    for one in hires:
        told[one.recruiter.id].add(one.corridor)
    return {key: next(iter(held)) if len(held) == 1 else None for key, held in told.items()}


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


def _targets(nodes: Mapping[UUID, Node], edges: Iterable[Edge], roles: Roles) -> dict[UUID, set[str]]:
    """The countries of the workplaces anywhere above each intermediary."""
    below: dict[UUID, list[UUID]] = defaultdict(list)
    line: deque[tuple[UUID, str]] = deque()
    for edge in edges:
        if nodes[edge.lower].kind not in roles.intermediaries:
            continue
        if nodes[edge.upper].kind in roles.intermediaries:
            below[edge.upper].append(edge.lower)
        else:
            line.append((edge.lower, nodes[edge.upper].country))
    goals: dict[UUID, set[str]] = defaultdict(set)
    while line:
        here, country = line.popleft()
        if country not in goals[here]:
            goals[here].add(country)
            line.extend((lower, country) for lower in below[here])
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
    if recruiter.kind in WHERE_WORKERS_ARE and recruiter.country and goal and recruiter.country != goal:
        return (recruiter.country, goal)
    return None
