"""An employer's chain as arrays, kept in the process for as long as its number stands.

A request asks one number (one tiny query). When it has not moved, the arrays of the last time serve; statuses are never
among them. Parties are numbered by name, so the order of the arrays is the order of the pages.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from threading import Lock
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from supplychain.chains.graph import Graph, Walk
from supplychain.chains.graph.kernel import Ints
from supplychain.chains.models import ChainVersion, Link, Party
from supplychain.chains.states import FeeTerms, PartyKind

KINDS = tuple(PartyKind)
FEES = tuple(FeeTerms)
EPOCH = date(1970, 1, 1)
KEPT_DAYS = 4
KEPT_NODES = 3_000_000  # of all chains in one process together

_PARTIES = """
SELECT count(*), coalesce(string_agg(uuid_send(id), '' ORDER BY name, id), ''),
  coalesce(string_agg(int2send(array_position(%(kinds)s, kind::text)::int2), '' ORDER BY name, id), ''),
  coalesce(string_agg(uuid_send(coalesce(agency_id, hidden_agency_id, '00000000-0000-0000-0000-000000000000')), ''
           ORDER BY name, id), ''),
  coalesce(string_agg(int2send((confidential::int + 2 * nameless::int)::int2), '' ORDER BY name, id), '')
FROM {party} WHERE organisation_id = %(organisation)s AND {party_known}
"""
# No join here: which node an end is, is worked out in arrays, whatever the planner thinks of a fresh table.
_LINKS = """
SELECT coalesce(string_agg(uuid_send(l.upper_id) || uuid_send(l.lower_id), '' ORDER BY l.since, l.id), ''),
  coalesce(string_agg(int4send(l.since - date '1970-01-01')
  || int4send(coalesce(l.until - date '1970-01-01', 2147483647)) || int4send(coalesce(l.workers, -1))
  || int4send(array_position(%(fees)s, l.fee_terms::text)), '' ORDER BY l.since, l.id), ''),
  coalesce(string_agg(uuid_send(l.id), '' ORDER BY l.since, l.id), '')
FROM {link} l WHERE l.organisation_id = %(organisation)s AND {link_known}
"""
_ID = np.dtype((np.void, 16))


@dataclass
class ChainArrays:
    """The chain of one employer as one version of it has it."""

    organisation_id: UUID
    version: int
    n: int
    ids: bytes
    kinds: Any  # index into KINDS
    confidential: Any
    nameless: Any
    agencies: list[UUID]
    agency: Ints  # index into agencies, -1 where no agency is known
    graph: Graph
    workers: Ints  # by link of the graph; -1 where not told
    fees: Ints
    link_ids: bytes
    _days: "OrderedDict[int, DayArrays]" = field(default_factory=OrderedDict, repr=False)
    _lock: Any = field(default_factory=Lock, repr=False)

    def id_of(self, node: int) -> UUID:
        """The party behind a node."""
        return UUID(bytes=self.ids[16 * node : 16 * node + 16])

    def link_id(self, place: int) -> UUID:
        """The link behind a place of the graph."""
        edge = int(self.graph.edge[place])
        return UUID(bytes=self.link_ids[16 * edge : 16 * edge + 16])

    @cached_property
    def nodes(self) -> dict[UUID, int]:
        """The node of each party."""
        return {self.id_of(node): node for node in range(self.n)}

    def of_kind(self, kinds: Any) -> Any:
        """Which nodes are of one of these kinds."""
        return np.isin(self.kinds, [KINDS.index(kind) for kind in kinds])

    def on(self, day: date) -> "DayArrays":
        """What holds on one day; the last few are kept."""
        number = (day - EPOCH).days
        with self._lock:
            found = self._days.get(number)
            if found is None:
                found = self._days[number] = DayArrays(self, number)
            self._days.move_to_end(number)
            while len(self._days) > KEPT_DAYS:
                self._days.popitem(last=False)
            return found


@dataclass
class DayArrays:
    """The chain on one day: worked out when first asked for."""

    chain: ChainArrays
    day: int

    @cached_property
    def walk(self) -> Walk:
        """The whole chain, top down."""
        return self.chain.graph.walk(self.day)

    @cached_property
    def place(self) -> Ints:
        """Where in the walk each node stands."""
        places = np.empty(self.chain.n, np.int32)
        places[self.walk.order] = np.arange(self.walk.order.size, dtype=np.int32)
        return places

    @cached_property
    def level(self) -> Ints:
        """How far below the top each node stands."""
        return self.walk.depth[self.place] if self.chain.n else self.walk.depth

    @cached_property
    def linked(self) -> Any:
        """Which nodes have a link on the day, above or below."""
        graph, held = self.chain.graph, self.chain.graph.in_force(self.day)
        found = np.zeros(self.chain.n, bool)
        found[graph.below[held]] = True
        found[graph.upper()[held]] = True
        return found

    @cached_property
    def present(self) -> Any:
        """Which nodes belong to the chain of the day: those with a link on it, and those that never had one."""
        graph = self.chain.graph
        ever = np.zeros(self.chain.n, bool)
        ever[graph.below] = True
        ever[graph.upper()] = True
        return self.linked | ~ever

    @cached_property
    def component(self) -> Ints:
        """Which circle each node belongs to, if any."""
        return self.chain.graph.components(self.day)


_kept: "OrderedDict[UUID, ChainArrays]" = OrderedDict()
_lock = Lock()


def arrays_of(organisation_id: UUID) -> ChainArrays:
    """The chain as it is known now. One tiny query when nothing has changed since the last time."""
    version = (
        ChainVersion.objects.filter(organisation_id=organisation_id).values_list("number", flat=True).first()
    )
    with _lock:
        held = _kept.get(organisation_id)
        if held is not None and held.version == (version or 0):
            _kept.move_to_end(organisation_id)
            return held
    made = load(organisation_id, version or 0)
    with _lock:
        _kept[organisation_id] = made
        _kept.move_to_end(organisation_id)
        while len(_kept) > 1 and sum(one.n for one in _kept.values()) > KEPT_NODES:
            _kept.popitem(last=False)
    return made


def arrays_known_at(organisation_id: UUID, moment: datetime) -> ChainArrays:
    """The chain as it was known at a moment. Read anew each time."""
    return load(organisation_id, -1, moment)


def forget() -> None:
    """Let go of every chain kept in the process."""
    with _lock:
        _kept.clear()


def load(organisation_id: UUID, version: int, known_at: datetime | None = None) -> ChainArrays:
    """Read a chain in two queries, as bytes that become arrays."""
    values: dict[str, Any] = {
        "organisation": organisation_id,
        "kinds": [str(kind) for kind in KINDS],
        "fees": [str(fee) for fee in FEES],
        "known_at": known_at,
    }
    names = {
        "party": Party._meta.db_table,
        "link": Link._meta.db_table,
        "party_known": "gone_at IS NULL"
        if known_at is None
        else "created_at <= %(known_at)s AND (gone_at IS NULL OR gone_at > %(known_at)s)",
        "link_known": "l.replaced_at IS NULL"
        if known_at is None
        else "l.recorded_at <= %(known_at)s AND (l.replaced_at IS NULL OR l.replaced_at > %(known_at)s)",
    }
    with connection.cursor() as cursor:
        cursor.execute(_PARTIES.format(**names), values)
        n, ids, kinds, agencies, flags = cursor.fetchone()
        cursor.execute(_LINKS.format(**names), values)
        ends, told, link_ids = (bytes(one) for one in cursor.fetchone())
    upper, lower = _nodes(bytes(ids), ends)
    rows = np.frombuffer(told, ">i4").reshape(-1, 4).astype(np.int32)
    keys = np.frombuffer(link_ids, _ID)
    here = (upper >= 0) & (lower >= 0)
    order = np.flatnonzero(here)[np.lexsort((lower[here], upper[here]))]
    upper, lower, rows, keys = upper[order], lower[order], rows[order], keys[order]
    agency_ids, agency = _agencies(bytes(agencies))
    marks = np.frombuffer(bytes(flags), ">i2")
    graph = Graph.build(n, upper, lower, rows[:, 0], rows[:, 1])
    return ChainArrays(
        organisation_id,
        version,
        n,
        bytes(ids),
        np.frombuffer(bytes(kinds), ">i2").astype(np.int8) - 1,
        (marks & 1).astype(bool),
        (marks & 2).astype(bool),
        agency_ids,
        agency,
        graph,
        rows[:, 2][graph.edge],
        rows[:, 3][graph.edge] - 1,
        keys.tobytes(),
    )


def _nodes(ids: bytes, ends: bytes) -> tuple[Ints, Ints]:
    """The node of each link's upper and lower end; -1 for a party that is not there."""
    parties, both = np.frombuffer(ids, _ID), np.frombuffer(ends, _ID)
    distinct, found = np.unique(np.concatenate([parties, both]), return_inverse=True)
    node = np.full(distinct.size, -1, np.int32)
    node[found[: parties.size]] = np.arange(parties.size, dtype=np.int32)
    pairs = node[found[parties.size :]].reshape(-1, 2)
    return np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])


def _agencies(raw: bytes) -> tuple[list[UUID], Ints]:
    distinct, found = np.unique(np.frombuffer(raw, _ID), return_inverse=True)
    keys = [UUID(bytes=one.tobytes()) for one in distinct]
    nobody = [place for place, key in enumerate(keys) if key.int == 0]
    where: Ints = found.astype(np.int32)
    if nobody:  # void sorts by bytes, so nobody is the first
        return keys[1:], np.asarray(where - 1, np.int32)
    return keys, where
