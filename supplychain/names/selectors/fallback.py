"""While the index is cold: trigrams in PostgreSQL propose, the same rules decide. Nothing is missing, only slower."""

from collections.abc import Sequence

from django.db import connection

from certification.agencies.models import Agency, AgencyName
from iris.matching import Candidate, Outcome, Result, decide, key, normalise

CANDIDATES = 60

_SQL = """
SELECT asked.i, near.agency_id, near.name, near.kind, near.country
FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked(normal, key, i)
CROSS JOIN LATERAL (
  SELECT n.agency_id, n.name, n.kind, a.country
  FROM {names} n JOIN {agencies} a ON a.id = n.agency_id
  WHERE a.enrolled_at IS NOT NULL AND (n.key = asked.key OR n.normal %% asked.normal OR n.normal %%> asked.normal)
  ORDER BY greatest(similarity(n.normal, asked.normal), similarity(n.key, asked.key)) DESC, n.id
  LIMIT %s
) near
"""


def search_slowly(questions: Sequence[tuple[str, str]], limit: int) -> list[Result]:
    """Search (name, country) pairs without the index, in one query."""
    proposed = candidates([text for text, _country in questions])
    return [
        decide(text, rows, country=country, limit=limit) if normalise(text) else Result(Outcome.INVALID)
        for (text, country), rows in zip(questions, proposed, strict=True)
    ]


def candidates(texts: Sequence[str], limit: int = CANDIDATES) -> list[list[Candidate]]:
    """Names worth scoring: the same canonical key, or alike by trigrams of the normalised text."""
    found: list[list[Candidate]] = [[] for _text in texts]
    asked = [(normalise(text), key(text)) for text in texts]
    if not any(normal for normal, _key in asked):
        return found
    sql = _SQL.format(names=AgencyName._meta.db_table, agencies=Agency._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(sql, [[normal for normal, _key in asked], [one for _normal, one in asked], limit])
        for index, agency_id, name, kind, country in cursor.fetchall():
            found[index - 1].append(Candidate(str(agency_id), name, kind, country))
    return found
