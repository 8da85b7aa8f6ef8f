"""Searching by name. The index only proposes; who is on the register is read from PostgreSQL each time."""

from collections.abc import Sequence

from django.db import connection

from iris.matching import Result
from supplychain.names import index
from supplychain.names.index import NameIndex
from supplychain.names.selectors.fallback import search_slowly

_ENROLLED = """
SELECT id::text FROM certification_agencies_agency WHERE enrolled_at IS NOT NULL AND id = ANY(%s::uuid[])
"""


def current(*, wait: bool = False) -> NameIndex:
    """The index with everything committed until now; not `ready` while it is cold (then PostgreSQL answers)."""
    return index.current(wait)


def warm_up() -> None:
    """Load kernel and base beside the first requests of a process, so that none of them waits for it."""
    index.warm_beside()


def search(text: str, country: str = "", limit: int = 10, *, using: NameIndex | None = None) -> Result:
    """Search one name in any script. `country` lifts a match, it never hides one."""
    return search_many([(text, country)], limit, using=using)[0]


def search_many(
    questions: Sequence[tuple[str, str]], limit: int = 10, *, using: NameIndex | None = None
) -> list[Result]:
    """Search (name, country) pairs, answers in their order. An agency that left the register is in none of them."""
    if not questions:
        return []
    names = using if using is not None else current(wait=len(questions) > 1)
    if not names.ready:
        return search_slowly(questions, limit)
    results = names.search_many(questions, limit)
    there = _enrolled({match.candidate.id for result in results for match in result.matches})
    gone = [
        at
        for at, result in enumerate(results)
        if any(match.candidate.id not in there for match in result.matches)
    ]
    if gone:
        # The index knows somebody whom the register no longer has: PostgreSQL alone answers these questions.
        for at, result in zip(gone, search_slowly([questions[at] for at in gone], limit), strict=True):
            results[at] = result
    return results


def _enrolled(keys: set[str]) -> set[str]:
    if not keys:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_ENROLLED, [list(keys)])
        return {row[0] for row in cursor.fetchall()}
