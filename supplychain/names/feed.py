"""What changed since a moment, told by the database: exact under any order of commits.

A reader keeps the snapshot it last read with. The next read takes every row whose transaction that snapshot could not
see and the present one can: a transaction that took its number early and committed late is found when it commits.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from iris.matching import Entry

MOST = 20_000

_SINCE = """
SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned() IS NOT NULL, ARRAY(
  SELECT DISTINCT c.agency_id FROM supplychain_names_namechange c
  WHERE c.txid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)::text::bigint
    AND (NOT pg_visible_in_snapshot(c.txid::text::xid8, %(seen)s::pg_snapshot)
         OR c.txid = pg_current_xact_id_if_assigned()::text::bigint)
  LIMIT %(most)s)
"""
_NAMES = """
SELECT n.agency_id::text, n.name, n.kind, a.country
FROM certification_agencies_agencyname n JOIN certification_agencies_agency a ON a.id = n.agency_id
WHERE a.enrolled_at IS NOT NULL
"""


@dataclass(frozen=True)
class News:
    """Agencies that changed, the snapshot of this reading, and whether the reader is itself writing."""

    snapshot: str
    writing: bool
    agencies: list[UUID]

    @property
    def too_much(self) -> bool:
        """Whether there is more than a process takes up by itself: the builder makes a new base."""
        return len(self.agencies) >= MOST


def since(snapshot: str) -> News:
    """What changed since a snapshot, one small query."""
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, {"seen": snapshot, "most": MOST})
        now, writing, agencies = cursor.fetchone()
    return News(now, writing, agencies)


def names_of(agencies: list[UUID]) -> list[Entry]:
    """The names these agencies have now; none for one that is not enrolled."""
    if not agencies:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NAMES + "AND n.agency_id = ANY(%s::uuid[])", [[str(one) for one in agencies]])
        return [Entry(*row) for row in cursor.fetchall()]


def every_name() -> tuple[str, list[Entry]]:
    """A snapshot, and every name read after it: what is committed in between is seen twice, nothing is missed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        snapshot = str(cursor.fetchone()[0])
        cursor.execute(_NAMES + "ORDER BY n.agency_id, n.kind, n.name, n.id")
        return snapshot, [Entry(*row) for row in cursor.fetchall()]
