"""What stands below some parties, by the kernel; by PostgreSQL itself where the kernel cannot run."""

import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from supplychain.chains.models import Link

# UNION, not UNION ALL: a (party, depth) met twice is met once, so sharing does not multiply. A circle would go on for
# ever by depth, so the query stops at a depth that no real chain has.
_BELOW = """
WITH RECURSIVE met(party, depth) AS (
  SELECT unnest(%(roots)s::uuid[]), 0
  UNION
  SELECT l.lower_id, met.depth + 1 FROM met JOIN {link} l ON l.upper_id = met.party
  WHERE l.organisation_id = %(organisation)s AND l.replaced_at IS NULL
    AND l.since <= %(day)s AND (l.until IS NULL OR l.until >= %(day)s) AND met.depth < %(deepest)s
)
SELECT party, min(depth) FROM met GROUP BY party
"""
DEEPEST = 64


@dataclass(frozen=True)
class Reach:
    """The parties met and how far down each stands; who told: the kernel or the database."""

    depths: dict[UUID, int]
    by: str


# What says that the kernel can be neither loaded nor compiled here.
_NO_KERNEL = (ImportError, OSError, RuntimeError)


def warm_up() -> None:
    """Load the kernel beside the first requests of a process, so that none of them waits while it is compiled."""
    threading.Thread(target=_warm, name="chains-kernel", daemon=True).start()


def _warm() -> None:
    from supplychain.chains.graph import kernel

    with suppress(*_NO_KERNEL):  # whoever asks then is answered by the database
        kernel.machine.warm()


def reach_below(organisation_id: UUID, roots: Collection[UUID], on: date) -> Reach:
    """Everything below `roots` on a day, themselves at 0."""
    try:
        return Reach(by_kernel(organisation_id, roots, on), "kernel")
    except _NO_KERNEL:
        return Reach(by_database(organisation_id, roots, on), "database")


def by_kernel(organisation_id: UUID, roots: Collection[UUID], on: date) -> dict[UUID, int]:
    """By the arrays kept in the process."""
    from supplychain.chains.selectors.arrays import arrays_of

    chain = arrays_of(organisation_id)
    start = [chain.nodes[root] for root in roots if root in chain.nodes]
    walk = chain.graph.walk(chain.on(on).day, start)
    return {chain.id_of(int(node)): int(depth) for node, depth in zip(walk.order, walk.depth, strict=True)}


def by_database(organisation_id: UUID, roots: Collection[UUID], on: date) -> dict[UUID, int]:
    """By a recursive query."""
    values: dict[str, Any] = {
        "roots": list(roots),
        "organisation": organisation_id,
        "day": on,
        "deepest": DEEPEST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BELOW.format(link=Link._meta.db_table), values)
        return dict(cursor.fetchall())
