"""The answers of the match API: the same finding as the reconciliation service, as JSON of its own shape."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from iris.accounts.models import Organisation
from iris.core import clocks
from supplychain.lookups.states import LookupOutcome
from supplychain.reconciliation.rules import Query
from supplychain.reconciliation.selectors.answering import Answer, Candidate, answer

MOST = 10
# Acts on an agency that change what everyone may read of it; the others are nobody else's business.
PUBLIC_ACTS = (
    "enrolled", "details_changed", "name_added", "name_changed", "name_removed", "licence_added", "licence_changed",
    "licence_removed", "licence_ended", "licence_register_changed", "licence_lost", "branch_added", "branch_changed",
    "ended", "branch_removed", "sub_agent_added", "sub_agent_changed", "sub_agent_removed",
)  # fmt: skip

_CHANGED = """
SELECT DISTINCT agency_id FROM (
  SELECT e.subject_id AS agency_id FROM iris_core_event e
   WHERE e.subject_type = 'certification_agencies.agency' AND e.subject_id = ANY(%(ids)s) AND e.at >= %(since)s
     AND e.act = ANY(%(acts)s)
  UNION ALL
  SELECT c.agency_id FROM certification_certificates_certificate c JOIN iris_core_event e
    ON e.subject_type = 'certification_certificates.certificate' AND e.subject_id = c.id
   WHERE c.agency_id = ANY(%(ids)s) AND e.at >= %(since)s
) changed
"""


def matched(asked: Mapping[str, Any], organisation: Organisation | None) -> dict[str, Any]:
    """Answers by the ids of the questions, with the moment at which standings were read."""
    excluded = frozenset(asked["exclude"])
    queries = {key: _query(one) for key, one in asked["queries"].items()}
    answers = dict(zip(queries, answer(list(queries.values()), organisation), strict=True))
    since = asked["changed_since"]
    fresh = changed_since(since, _ids(answers.values())) if since else None
    return {
        "responses": {
            key: _response(one, excluded, fresh, asked["threshold"], asked["limit"])
            for key, one in answers.items()
        },
        "as_of": clocks.now().isoformat(),
        "limit": asked["limit"],
        "threshold": asked["threshold"],
        "receipt": False,
    }


def _query(one: Mapping[str, str]) -> Query:
    numbers = (("identifier", one["identifier"].strip()),) if one["identifier"].strip() else ()
    return Query(one["name"], MOST, one["country"], numbers)


def _ids(answers: Iterable[Answer]) -> list[UUID]:
    return sorted({one.facts.agency_id for found in answers for one in found.candidates})


def changed_since(since: datetime, agencies: list[UUID]) -> set[UUID]:
    """Those of these agencies of which something public changed since: names, details, certificates."""
    if not agencies:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"since": since, "ids": agencies, "acts": list(PUBLIC_ACTS)})
        return {row[0] for row in cursor.fetchall()}


def _response(
    found: Answer, excluded: frozenset[UUID], fresh: set[UUID] | None, threshold: float, limit: int
) -> dict[str, Any]:
    rows = [
        one
        for one in found.candidates
        if one.facts.agency_id not in excluded
        and (fresh is None or one.facts.agency_id in fresh)
        and one.score / 100 >= threshold
    ]
    return {
        "status": 422 if found.outcome is LookupOutcome.INVALID else 200,
        "outcome": str(found.outcome),
        "results": [_result(one) for one in rows[:limit]],
        "total": len(rows),
    }


def _result(one: Candidate) -> dict[str, Any]:
    facts = one.facts
    return {
        "id": str(facts.agency_id),
        "caption": facts.legal_name,
        "matched": one.matched.name,
        "country": facts.country,
        "score": round(one.score / 100, 4),
        "match": one.match,
        "standing": {
            "code": facts.standing,
            "label": facts.label,
            "valid": facts.valid,
            "since": facts.since.isoformat() if facts.since else None,
        },
        "ended": facts.ended.as_json() if facts.ended else None,
        "explanations": {
            "why": one.matched.why,
            "features": {key: float(value) for key, value in one.features.items()},
            "words": list(one.matched.parts),
        },
    }
