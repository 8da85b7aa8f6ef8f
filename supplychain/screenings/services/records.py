"""What a row came to, as it is written: once, with the leaf that proves it."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from iris.core import clocks
from supplychain.lookups.selectors import Found
from supplychain.lookups.states import LookupOutcome
from supplychain.screenings import rules
from supplychain.screenings.models import RowOutcome, Screening, ScreeningFact, ScreeningRow
from supplychain.screenings.services.bulk import copy, without_null
from supplychain.screenings.states import RowResult

OUTCOME = (
    "screening", "number", "same_as", "checked", "outcome", "how", "agency_id", "fact", "score", "why", "similar",
    "checked_at", "leaf", "result", "resolution", "decisions",
)  # fmt: skip
MOST_SIMILAR = 5
PORTION = 5_000
MOST_NOTED = 100_000
_SPACE = uuid.UUID("6f7a2f0e-5f5c-4b8e-9d53-1d6f0a5c4c11")


_KEEP = """
INSERT INTO {facts} (id, screening_id, agency_id, sha256, facts, read_at)
SELECT id, %(screening)s::uuid, agency_id, sha256, facts::jsonb, %(now)s
FROM unnest(%(ids)s::uuid[], %(agencies)s::uuid[], %(hashes)s::text[], %(texts)s::text[])
  AS kept(id, agency_id, sha256, facts)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Fact:
    """The facts of one agency as one screening keeps them; the id follows from them, so that they are kept once."""

    id: UUID
    agency_id: UUID
    sha256: str
    text: str
    valid: bool  # whether the certificate holds


def fact_of(screening_id: UUID, agency_id: UUID, facts: Mapping[str, Any]) -> Fact:
    """The facts with their hash."""
    text = rules.canonical(facts)
    digest = rules.sha256(text)
    own_id = uuid.uuid5(_SPACE, f"{screening_id}{agency_id}{digest}")
    return Fact(own_id, agency_id, digest, text, bool(facts["standing"]["valid"]))


_kept: set[bytes] = set()  # ids of facts that this process has committed; they are never taken away


def keep_facts(screening_id: UUID, facts: Iterable[Fact]) -> None:
    """Keep facts that are not kept yet."""
    # Two workers that keep the same ones wait in the same order.
    kept = sorted((one for one in facts if one.id.bytes not in _kept), key=lambda one: one.id)
    given: dict[str, Any] = {
        "screening": str(screening_id),
        "now": clocks.now(),
        "ids": [str(one.id) for one in kept],
        "agencies": [str(one.agency_id) for one in kept],
        "hashes": [one.sha256 for one in kept],
        "texts": [without_null(one.text) for one in kept],
    }
    if kept:
        with connection.cursor() as cursor:
            cursor.execute(_KEEP.format(facts=ScreeningFact._meta.db_table), given)
        transaction.on_commit(lambda: _note_kept(one.id.bytes for one in kept))


def _note_kept(ids: Iterable[bytes]) -> None:
    if len(_kept) > MOST_NOTED:
        _kept.clear()
    _kept.update(ids)


Asked = tuple[int, str, str, str, int | None]  # number, name, country, identifier, same_as


def keep_outcomes(
    screening_id: UUID,
    at: datetime,
    checked: Iterable[tuple[Asked, Found]],
    facts: Mapping[UUID, Fact],
    column: str = "",
) -> Counter[str]:
    """Write what these rows came to; how many came to each result. `column` is what sentences call the name's."""
    counts: Counter[str] = Counter()
    at = at.replace(microsecond=0)

    def lines() -> Iterator[Sequence[Any]]:
        own_id = str(screening_id)
        for asked, hit in checked:
            line = _line(own_id, at, asked, hit, facts, column)
            counts[line[3]] += 1
            yield line

    copy(RowOutcome, OUTCOME, lines())
    return counts


def _line(
    screening_id: str, at: datetime, asked: Asked, hit: Found, facts: Mapping[UUID, Fact], column: str
) -> Sequence[Any]:
    number, name, country, identifier, same_as = asked
    fact = facts.get(hit.agency_id) if hit.agency_id and hit.settles(country) else None
    own_id = str(fact.agency_id) if fact else ""
    alike = [
        {
            "agency_id": own_id or str(one.agency_id),  # with facts only the agency itself stands there
            "name": one.name,
            "country": one.country,
            "score": one.score,
            "why": one.why,
        }
        for one in hit.similar[: 1 if fact else MOST_SIMILAR]
    ]
    result = result_of(hit, fact)
    score, why = (hit.similar[0].score, hit.similar[0].why) if hit.similar else (0.0, "")
    if result == RowResult.PROBLEM:
        why = rules.problem_sentence(hit.problem, number, column, name)
    how = str(hit.how or "")
    text = rules.record(
        screening=screening_id,
        row=number,
        asked=(name, country, identifier),
        at=at,
        result=result,
        outcome=str(hit.outcome),
        how=how,
        agency=own_id,
        facts=fact.sha256 if fact else "",
        score=score,
        why=why,
        alike=alike,
        same_as=same_as,
    )
    return (
        screening_id, number, same_as, result, str(hit.outcome), how, own_id or None,
        fact.id if fact else None, score, why, alike, at, rules.merkle.leaf(text), result, "", [],
    )  # fmt: skip


def result_of(hit: Found, fact: Fact | None) -> str:
    """The result of a search. `fact` is the standing of an agency that the match settles by itself.

    Everything less waits for a person, however alike it is: nobody is told “certified” by a likeness (R67).
    """
    if fact is not None:
        return str(RowResult.CERTIFIED if fact.valid else RowResult.NOT_CERTIFIED)
    if hit.outcome == LookupOutcome.INVALID:
        return str(RowResult.PROBLEM)
    return str(RowResult.TO_RESOLVE if hit.similar else RowResult.NOT_FOUND)


def problem_outcomes(screening: Screening) -> None:
    """Rows that cannot be checked have their result at once; it is part of what is proven."""
    at = clocks.now().replace(microsecond=0)
    rows = ScreeningRow.objects.filter(~Q(problem=""), screening_id=screening.pk).order_by("number")
    lines: list[Sequence[Any]] = []
    for row in rows.iterator(chunk_size=PORTION):
        line = _rejected(screening.pk, at, row)
        lines.append(line)
        if len(lines) >= PORTION:
            copy(RowOutcome, OUTCOME, lines)
            lines = []
    copy(RowOutcome, OUTCOME, lines)


def _rejected(screening_id: UUID, at: datetime, row: ScreeningRow) -> Sequence[Any]:
    result, outcome = str(RowResult.PROBLEM), str(LookupOutcome.INVALID)
    text = rules.record(
        screening=str(screening_id), row=row.number, asked=(row.name, row.country, row.identifier), at=at,
        result=result, outcome=outcome, how="", agency="", facts="", score=0.0, why=row.problem, alike=[],
        same_as=None,
    )  # fmt: skip
    return (
        screening_id, row.number, None, result, outcome, "", None, None, 0.0, row.problem, [], at,
        rules.merkle.leaf(text), result, "", [],
    )  # fmt: skip
