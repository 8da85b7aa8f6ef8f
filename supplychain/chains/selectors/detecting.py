"""Finding in arrays: which nodes of a chain have which finding on a day, and the way down to each. No names here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from iris.core import clocks
from supplychain.chains.graph.kernel import Ints
from supplychain.chains.selectors.arrays import ChainArrays, DayArrays
from supplychain.chains.selectors.register import Judged
from supplychain.chains.selectors.sharing import shared_with_withdrawn
from supplychain.chains.states import INTERMEDIARIES, RECRUITERS, WORKPLACES, FindingCode, PartyKind

# The gravest first: the order of the page.
ORDER = (
    FindingCode.SUSPENDED,
    FindingCode.SHARED,
    FindingCode.UNLICENSED,
    FindingCode.UNCERTIFIED,
    FindingCode.UNKNOWN_HOP,
    FindingCode.TOO_MANY,
    FindingCode.CYCLE,
)


@dataclass(frozen=True)
class Hit:
    """One finding as numbers: `way` the nodes down to it, `about` what the sentence needs."""

    code: FindingCode
    node: int
    way: list[int] | None = None  # None: the shortest way from the top
    about: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Detected:
    """All findings of a day: for the kinds there can be many of, only the nodes; for the rest whole hits."""

    nodes: dict[FindingCode, Ints]
    hits: dict[FindingCode, list[Hit]]

    def count(self, code: FindingCode) -> int:
        """How many of one kind."""
        return len(self.nodes[code]) if code in self.nodes else len(self.hits[code])

    def slice(self, codes: tuple[FindingCode, ...], start: int, size: int) -> list[Hit]:
        """One page of these kinds, in their order."""
        found: list[Hit] = []
        for code in (one for one in ORDER if one in codes):
            total = self.count(code)
            if start < total and len(found) < size:
                end = min(total, start + size - len(found))
                found += (
                    [Hit(code, int(node)) for node in self.nodes[code][start:end]]
                    if code in self.nodes
                    else self.hits[code][start:end]
                )
            start = max(0, start - total)
        return found


def detect(chain: ChainArrays, on: date, judged: Mapping[UUID, Judged]) -> Detected:
    """Every finding of the chain on a day, from what the register says of its agencies."""
    today = chain.on(on)
    taken, valid, licensed, known = _by_node(chain, judged)
    recruiter = chain.of_kind(RECRUITERS) & today.present
    middle = chain.of_kind(INTERMEDIARIES) & today.present
    nodes = {
        FindingCode.SUSPENDED: middle & known & taken,
        FindingCode.UNLICENSED: recruiter & known & ~licensed,
        FindingCode.UNCERTIFIED: recruiter & ~chain.nameless & ~(known & (valid | taken)),
    }
    return Detected(
        {code: _by_level(today, np.flatnonzero(chosen)) for code, chosen in nodes.items()},
        {
            FindingCode.SHARED: [
                Hit(FindingCode.SHARED, one.node, one.way, one.about)
                for one in shared_with_withdrawn(chain, today, judged, on)
            ],
            FindingCode.UNKNOWN_HOP: _unknown_hops(chain, today),
            FindingCode.TOO_MANY: _too_many(chain, today, on),
            FindingCode.CYCLE: _cycles(chain, today),
        },
    )


def _by_node(chain: ChainArrays, judged: Mapping[UUID, Judged]) -> tuple[Ints, Ints, Ints, Ints]:
    rows = [judged.get(key) for key in chain.agencies]
    table = np.array(
        [(row.taken_away, row.valid, row.licensed, True) if row else (False,) * 4 for row in rows]
        + [(False, False, False, False)],  # index -1: no agency known
        bool,
    )
    columns = table[chain.agency].T
    return columns[0], columns[1], columns[2], columns[3]


def _by_level(today: DayArrays, nodes: Any) -> Ints:
    found: Ints = nodes[np.lexsort((nodes, today.level[nodes]))].astype(np.int32)
    return found


def _unknown_hops(chain: ChainArrays, today: DayArrays) -> list[Hit]:
    """Parties without a name; workplaces of which nothing below is known; workers without a recruiter above them."""
    graph = chain.graph
    held = graph.in_force(today.day)
    upper, lower = graph.upper()[held], graph.below[held]
    hits = [
        Hit(FindingCode.UNKNOWN_HOP, int(node), about={"why": "nameless"})
        for node in np.flatnonzero(chain.nameless & today.present)
    ]
    has_below = np.zeros(chain.n, bool)
    has_below[upper] = True
    ends = chain.of_kind((PartyKind.SITE, PartyKind.EMPLOYER)) & today.present & ~has_below
    hits += [
        Hit(FindingCode.UNKNOWN_HOP, int(node), about={"why": "nothing_below"})
        for node in np.flatnonzero(ends)
    ]
    workplace = chain.of_kind(WORKPLACES)
    skipped = workplace[upper] & chain.of_kind((PartyKind.COHORT, PartyKind.SUB_AGENT))[lower]
    for above, node in zip(upper[skipped], lower[skipped], strict=True):
        way = [*today.walk.way(int(today.place[above])), int(node)]
        hits.append(Hit(FindingCode.UNKNOWN_HOP, int(node), way, {"why": "gap", "above": int(above)}))
    return sorted(hits, key=lambda hit: (int(today.level[hit.node]), hit.node))


def _too_many(chain: ChainArrays, today: DayArrays, on: date) -> list[Hit]:
    """Ways with more intermediaries between workplace and workers than the scheme's number, where they end."""
    most = _most(on)
    weight = chain.of_kind(INTERMEDIARIES).astype(np.int32)
    restart = chain.of_kind(WORKPLACES).astype(np.int32)
    best, before = chain.graph.longest(weight, restart, today.day, today.component)
    over = (best > most) & today.present & (restart == 0)
    goes_on = np.zeros(chain.n, bool)
    held = chain.graph.in_force(today.day)
    upper, lower = chain.graph.upper()[held], chain.graph.below[held]
    goes_on[upper[over[lower] & (today.component[upper] != today.component[lower])]] = True
    hits = []
    for node in _by_level(today, np.flatnonzero(over & ~goes_on).astype(np.int32)):
        way = [int(node)]
        while before[way[-1]] >= 0:
            way.append(int(before[way[-1]]))
        hits.append(Hit(FindingCode.TOO_MANY, int(node), way[::-1], {"count": int(best[node]), "most": most}))
    return hits


def _cycles(chain: ChainArrays, today: DayArrays) -> list[Hit]:
    """One shortest circle of each knot, entered at its highest party."""
    hits = []
    for ring in chain.graph.circles(today.day, today.component):
        first = min(range(len(ring)), key=lambda k: (int(today.level[ring[k]]), ring[k]))
        turned = [*ring[first:], *ring[:first], ring[first]]
        way = [*today.walk.way(int(today.place[turned[0]])), *turned[1:]]
        hits.append(Hit(FindingCode.CYCLE, turned[0], way, {"length": len(ring)}))
    return sorted(hits, key=lambda hit: (int(today.level[hit.node]), hit.node))


def _most(on: date) -> int:
    """How many intermediaries are allowed on a day; before the number was first set, the first one."""
    rows = [row for row in clocks.numbers() if row.key == "chain_most_intermediaries"]
    first = min(rows, key=lambda row: row.valid_from)
    return clocks.number(first.key, max(on, first.valid_from))
