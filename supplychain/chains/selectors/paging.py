"""Pages of a chain straight from its arrays: only the rows of the page are read from the database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from django.db.models import Q

from iris.accounts.models import Organisation, User
from supplychain.chains.models import Link
from supplychain.chains.selectors.arrays import KINDS, arrays_of
from supplychain.chains.selectors.chain import ChainLink, ChainParty, employer_of, parties_of, tie_of
from supplychain.chains.selectors.findings import findings_on
from supplychain.chains.selectors.register import judge

MOST_TIES = 1_000


@dataclass(frozen=True)
class Summary:
    """A chain in numbers."""

    on: date
    version: int
    parties: int
    links: int
    kinds: dict[str, int]
    findings: dict[str, int]


def summary_of(who: User | Organisation, on: date) -> Summary:
    """Parties by kind, links and findings as of a day."""
    found = findings_on(who, on)
    chain, today = found.chain, found.chain.on(on)
    numbers = np.bincount(chain.kinds[today.present], minlength=len(KINDS))
    return Summary(
        on,
        chain.version,
        int(today.present.sum()),
        int(chain.graph.in_force(today.day).sum()),
        {kind.value: int(n) for kind, n in zip(KINDS, numbers, strict=True)},
        {code.value: n for code, n in found.counts.items()},
    )


@dataclass(frozen=True)
class Level:
    """How many parties stand so far below the top, by kind."""

    level: int
    parties: int
    kinds: dict[str, int]


def levels_of(who: User | Organisation, on: date) -> list[Level]:
    """The chain level by level, the top first."""
    chain = arrays_of(employer_of(who).pk)
    today = chain.on(on)
    nodes = np.flatnonzero(today.present)
    found = []
    for level in np.unique(today.level[nodes]):
        here = chain.kinds[nodes[today.level[nodes] == level]]
        numbers = np.bincount(here, minlength=len(KINDS))
        kinds = {kind.value: int(n) for kind, n in zip(KINDS, numbers, strict=True) if n}
        found.append(Level(int(level), int(here.size), kinds))
    return found


@dataclass(frozen=True)
class PartyInPlace:
    """A party on a day with its links in force: whom it works for, and who works for it."""

    party: ChainParty
    above: list[tuple[ChainLink, ChainParty]]
    below: list[tuple[ChainLink, ChainParty]]


def party_in_place(who: User | Organisation, party_id: UUID, on: date) -> PartyInPlace | None:
    """One party of the employer's chain as of a day; None where it stands nowhere on that day."""
    organisation = employer_of(who)
    chain = arrays_of(organisation.pk)
    node = chain.nodes.get(party_id)
    if node is None or not chain.on(on).present[node]:
        return None
    ends = Q(upper_id=party_id) | Q(lower_id=party_id)
    rows = list(
        Link.objects.filter(ends, Q(until=None) | Q(until__gte=on), replaced_at=None, since__lte=on).filter(
            organisation=organisation
        )[:MOST_TIES]
    )
    around = {chain.nodes[one] for row in rows for one in (row.upper_id, row.lower_id) if one in chain.nodes}
    nodes = sorted({node, *around})
    agencies = {chain.agencies[place] for place in chain.agency[nodes] if place >= 0}
    parties = parties_of(chain, on, nodes, judge(agencies, on))
    seen = {party.id: party for party in parties.values()}
    above = [(tie_of(row), seen[row.upper_id]) for row in rows if row.lower_id == party_id]
    below = [(tie_of(row), seen[row.lower_id]) for row in rows if row.upper_id == party_id]
    return PartyInPlace(seen[party_id], above, below)


def party_page(who: User | Organisation, on: date, start: int, size: int) -> tuple[int, list[ChainParty]]:
    """How many parties there are on a day, and one page of them, top down, by name."""
    chain = arrays_of(employer_of(who).pk)
    today = chain.on(on)
    nodes = np.flatnonzero(today.present)
    nodes = nodes[np.lexsort((nodes, today.level[nodes]))]
    page = [int(node) for node in nodes[start : start + size]]
    agencies = {chain.agencies[place] for place in chain.agency[page] if place >= 0}
    parties = parties_of(chain, on, page, judge(agencies, on))
    return len(nodes), [parties[node] for node in page]


def link_page(who: User | Organisation, on: date, start: int, size: int) -> tuple[int, list[ChainLink]]:
    """How many links are in force on a day, and one page of them, by their upper party."""
    chain = arrays_of(employer_of(who).pk)
    today = chain.on(on)
    places = np.flatnonzero(chain.graph.in_force(today.day))
    ids: list[UUID] = [chain.link_id(int(place)) for place in places[start : start + size]]
    rows = Link.objects.in_bulk(ids)
    return len(places), [tie_of(rows[one]) for one in ids]
