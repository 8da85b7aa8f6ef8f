"""Recruiters that share something with a withdrawn one: a party below both, an address, an owner, a sub-agent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from certification.agencies.models import SubAgent
from certification.certificates.selectors import latest_certificates, with_standing
from certification.certificates.states import Standing
from iris.core.prepared import among
from iris.matching import key
from supplychain.chains.models import Party
from supplychain.chains.selectors.arrays import ChainArrays, DayArrays
from supplychain.chains.selectors.register import Judged
from supplychain.chains.states import INTERMEDIARIES

_ALIKE = """
SELECT a.id, b.id, CASE WHEN {address} THEN 'address' ELSE 'owner' END
FROM {party} a JOIN {party} b ON a.organisation_id = b.organisation_id AND a.id <> b.id AND ({address} OR {owner})
WHERE a.organisation_id = %s AND a.gone_at IS NULL AND b.gone_at IS NULL AND NOT a.confidential
  AND NOT b.confidential AND b.id = ANY (%s)
"""
_PLAIN = "lower(regexp_replace({0}, '\\W+', '', 'g'))"
_SAME = f"(a.{{0}} <> '' AND {_PLAIN.format('a.{0}')} = {_PLAIN.format('b.{0}')})"


@dataclass(frozen=True)
class Shared:
    """What a party shares with a withdrawn recruiter."""

    node: int
    way: list[int] | None
    about: Mapping[str, object] = field(default_factory=dict)


def shared_with_withdrawn(
    chain: ChainArrays, today: DayArrays, judged: Mapping[UUID, Judged], on: date
) -> list[Shared]:
    """Every party that shares something with a withdrawn recruiter, once for each thing shared."""
    gone = [row is not None and row.standing == Standing.WITHDRAWN for row in map(judged.get, chain.agencies)]
    withdrawn = np.array([*gone, False], bool)[chain.agency] & today.present
    found = [
        *_below_both(chain, today, withdrawn),
        *_same_place(chain, today, withdrawn),
        *_same_sub_agent(chain, today, withdrawn, judged, on),
    ]
    return sorted(found, key=lambda one: (int(today.level[one.node]), one.node, str(one.about)))


def _below_both(chain: ChainArrays, today: DayArrays, withdrawn: Any) -> Iterator[Shared]:
    """A recruiter or sub-agent that works for a withdrawn recruiter and for another one too."""
    graph = chain.graph
    middle = chain.of_kind(INTERMEDIARIES)
    held = graph.in_force(today.day)
    upper, lower = graph.upper()[held], graph.below[held]
    between = middle[upper] & middle[lower]
    upper, lower = upper[between], lower[between]
    under = np.zeros(chain.n, np.int32)
    np.add.at(under, lower, 1)
    marked = np.zeros(chain.n, bool)
    marked[lower[withdrawn[upper]]] = True
    wanted = marked[lower] & (under[lower] > 1)
    uppers: dict[int, list[int]] = {}
    for above, node in zip(upper[wanted], lower[wanted], strict=True):
        uppers.setdefault(int(node), []).append(int(above))
    for node, above_it in uppers.items():
        others = [one for one in above_it if not withdrawn[one]]
        gone = next(one for one in above_it if withdrawn[one])
        for other in others:
            way = [*today.walk.way(int(today.place[other])), node]
            yield Shared(node, way, {"why": "below_both", "with": gone, "other": other})


def _same_place(chain: ChainArrays, today: DayArrays, withdrawn: Any) -> Iterator[Shared]:
    ids = [chain.id_of(int(node)) for node in np.flatnonzero(withdrawn & ~chain.confidential)]
    if not ids:
        return
    sql = _ALIKE.format(
        party=Party._meta.db_table, address=_SAME.format("address"), owner=_SAME.format("owner")
    )
    middle = chain.of_kind(INTERMEDIARIES)
    with connection.cursor() as cursor:
        cursor.execute(sql, [chain.organisation_id, ids])
        for one, other, why in cursor.fetchall():
            node, gone = chain.nodes.get(one), chain.nodes.get(other)
            if node is None or gone is None or withdrawn[node] or not middle[node] or not today.present[node]:
                continue
            yield Shared(node, None, {"why": why, "with": gone})


def _same_sub_agent(
    chain: ChainArrays,
    today: DayArrays,
    withdrawn: Any,
    judged: Mapping[UUID, Judged],
    on: date,
) -> Iterator[Shared]:
    """A sub-agent that both the recruiter and a withdrawn agency of the register declared."""
    rows = with_standing(latest_certificates(), on).filter(public_standing=Standing.WITHDRAWN)
    gone = set(rows.values_list("agency_id", flat=True))
    if not gone or not chain.agencies:
        return
    declared: dict[tuple[str, str], list[tuple[UUID, str, str]]] = {}
    wanted = [*gone, *chain.agencies]
    for agency, name, country, legal in SubAgent.objects.filter(
        among("agency_id", wanted), until=None
    ).values_list("agency_id", "name", "country", "agency__legal_name"):
        declared.setdefault((key(name), country), []).append((agency, name, legal))
    for who in declared.values():
        lost = next((row for row in who if row[0] in gone), None)
        for agency, name, _legal in who:
            if lost is None or agency in gone or agency not in judged:
                continue
            for node in np.flatnonzero((chain.agency == chain.agencies.index(agency)) & today.present):
                if not chain.confidential[node]:
                    yield Shared(int(node), None, {"why": "sub_agent", "name": name, "agency": lost[2]})
