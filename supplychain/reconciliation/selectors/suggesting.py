"""Agencies by the beginning of a name, for fields that complete what a person types."""

from typing import Any

from django.db import connection

from iris.accounts.models import Organisation
from iris.matching import normalise
from supplychain.lookups.selectors import facts_for, find
from supplychain.reconciliation.rules import TYPE
from supplychain.reconciliation.selectors.answering import describe
from supplychain.reconciliation.selectors.extending import agency_id

PAGE = 10
MOST_SKIPPED = 1_000
SHORTEST = 3  # trigrams find nothing shorter by index

_BEGINS = """
SELECT a.id, min(n.normal) FROM certification_agencies_agencyname n
JOIN certification_agencies_agency a ON a.id = n.agency_id
WHERE n.normal LIKE %s AND a.enrolled_at IS NOT NULL AND n.kind <> 'former'
GROUP BY a.id ORDER BY 2, a.id LIMIT %s OFFSET %s
"""


def suggest_agencies(prefix: str, cursor: int, organisation: Organisation | None) -> list[dict[str, Any]]:
    """One page: names that begin so, and on the first page also what a check of the text would propose."""
    skipped = min(max(0, cursor), MOST_SKIPPED)
    exact = agency_id(prefix.strip())
    wanted = [exact] if exact else []
    typed = normalise(prefix)
    if not exact and len(typed) >= SHORTEST:
        pattern = typed.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
        with connection.cursor() as database:
            database.execute(_BEGINS, [pattern, PAGE, skipped])
            wanted = [row[0] for row in database.fetchall()]
    if not exact and skipped == 0:
        found = find(prefix, organisation=organisation)
        others = [one.agency_id for one in found.similar]
        first = others[:1] if found.agency_id else []
        wanted = list(dict.fromkeys([*first, *wanted, *others]))[:PAGE]
    facts = facts_for(wanted)
    return [
        {
            "id": str(one),
            "name": facts[one].legal_name,
            "description": describe(facts[one]),
            "notable": [{"id": TYPE.id, "name": str(TYPE.name)}],
        }
        for one in wanted
        if one in facts
    ]
