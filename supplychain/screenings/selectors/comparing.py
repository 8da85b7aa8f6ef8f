"""What has changed between two screenings of one employer: rows are the same when they ask the same question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from supplychain.screenings.models import RowOutcome, Screening, ScreeningFact, ScreeningRow
from supplychain.screenings.states import Change, RowResult

PER_PAGE = 50
PAST_EVERY_CHANGE = "zzz"
_SIDE = """
SELECT r.number, r.fingerprint, r.name, r.country, o.result, coalesce(c.agency_id, f.agency_id) AS agency,
       coalesce(c.facts, f.facts) ->> 'legal_name' AS agency_name,
       coalesce(c.facts, f.facts) -> 'standing' ->> 'code' AS standing,
       coalesce(c.facts, f.facts) -> 'ended' ->> 'kind' AS ended,
       concat_ws('. ', coalesce(c.facts, f.facts) -> 'standing' ->> 'label',
                 coalesce(c.facts, f.facts) -> 'ended' ->> 'sentence') AS label
FROM {rows} r
LEFT JOIN {outcomes} o ON o.screening_id = r.screening_id AND o.number = r.number
LEFT JOIN {facts} f ON f.id = o.fact_id
LEFT JOIN {facts} c ON c.id = o.chosen_id
WHERE r.screening_id = %({side})s AND r.same_as IS NULL AND r.fingerprint IS NOT NULL
"""
_JOINED = """
WITH now AS ({now}), was AS ({was}), joined AS (
  SELECT CASE WHEN was.number IS NULL THEN 'new' WHEN now.number IS NULL THEN 'gone'
              WHEN (now.result, now.agency, now.standing, now.ended)
                IS DISTINCT FROM (was.result, was.agency, was.standing, was.ended)
              THEN 'changed' ELSE 'unchanged' END AS change,
         coalesce(now.number, was.number) AS number, coalesce(now.name, was.name) AS name,
         coalesce(now.country, was.country) AS country, was.number AS was_number,
         now.result AS now_result, now.agency_name AS now_agency, now.label AS now_label,
         was.result AS was_result, was.agency_name AS was_agency, was.label AS was_label
  FROM now FULL JOIN was USING (fingerprint)
)
{asked}
"""
_COUNT = "SELECT change, count(*) FROM joined GROUP BY 1"
_PAGE = """
SELECT change, number, name, country, now_result, now_agency, now_label, was_result, was_agency, was_label
FROM joined WHERE change = ANY(%(wanted)s) AND (number, change) > (%(after)s, %(after_change)s)
ORDER BY number, change LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Side:
    """What a row came to in one of the two screenings."""

    result: RowResult | None
    agency: str
    standing: str


@dataclass(frozen=True)
class Difference:
    """One question of either list, before and now."""

    change: Change
    number: int
    name: str
    country: str
    now: Side
    was: Side


def _sql(asked: str) -> str:
    tables: Mapping[str, str] = {
        "rows": ScreeningRow._meta.db_table,
        "outcomes": RowOutcome._meta.db_table,
        "facts": ScreeningFact._meta.db_table,
    }
    sides = {side: _SIDE.format(side=side, **tables) for side in ("now", "was")}
    return _JOINED.format(asked=asked, **sides)


def changes_between(now: Screening, was: Screening) -> dict[str, int]:
    """How many questions are new, gone, changed and unchanged."""
    found = dict.fromkeys(Change.values, 0)
    with connection.cursor() as cursor:
        cursor.execute(_sql(_COUNT), _ids(now, was))
        found.update(dict(cursor.fetchall()))
    return found


def differences(
    now: Screening,
    was: Screening,
    change: str = "",
    after: int = 0,
    limit: int = PER_PAGE,
    *,
    after_change: str = PAST_EVERY_CHANGE,
) -> list[Difference]:
    """The questions with this change (all but the unchanged ones without), by row number from one on.

    A number may stand in both lists for different rows: `after_change` tells which of the two was the last one.
    """
    wanted = [change] if change else [Change.NEW, Change.CHANGED, Change.GONE]
    given: dict[str, Any] = {**_ids(now, was), "wanted": [str(one) for one in wanted], "after": after}
    given["after_change"] = after_change
    with connection.cursor() as cursor:
        cursor.execute(_sql(_PAGE), {**given, "limit": limit})
        return [_difference(row) for row in cursor.fetchall()]


def _ids(now: Screening, was: Screening) -> dict[str, UUID]:
    return {"now": now.pk, "was": was.pk}


def _difference(row: tuple[Any, ...]) -> Difference:
    change, number, name, country, *sides = row
    return Difference(Change(change), number, name, country, _side(sides[:3]), _side(sides[3:]))


def _side(parts: list[Any]) -> Side:
    result, agency, label = parts
    return Side(RowResult(result) if result else None, agency or "", label or "")
