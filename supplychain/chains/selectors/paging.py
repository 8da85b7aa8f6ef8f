"""Pages of a chain straight from its arrays: only the rows of the page are read from the database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from iris.accounts.models import Organisation, User
from supplychain.chains.models import Link
from supplychain.chains.selectors.arrays import KINDS, arrays_of
from supplychain.chains.selectors.chain import ChainLink, ChainParty, employer_of, parties_of, tie_of
from supplychain.chains.selectors.findings import findings_on
from supplychain.chains.selectors.register import judge


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
