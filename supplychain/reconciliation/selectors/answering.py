"""Who is meant by each question of a batch: the house's own finding, ordered and explained for a client.

`match` is true only where a check by hand would say found and that the entity fits: a number of its own, the very
name, or a choice the organisation made before. Never from a name that is only alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from iris.accounts.models import Organisation
from iris.core.places import country_name
from iris.matching import score
from supplychain.lookups.selectors import AgencyFacts, Found, Similar, facts_for, find_many
from supplychain.lookups.states import IDENTIFIED, How, LookupOutcome
from supplychain.reconciliation.rules import (
    IDENTIFIERS,
    TYPE,
    Evidence,
    Query,
    features_of,
    ranked,
    score_of,
)

Question = tuple[str, str, str]
ANY_NUMBER = "identifier"


@dataclass(frozen=True)
class Candidate:
    """One agency that may be meant, its facts as they are now, its score, and why."""

    facts: AgencyFacts
    matched: Similar
    score: float
    match: bool
    features: Mapping[str, bool | float]


@dataclass(frozen=True)
class Answer:
    """The outcome in the words of a check, and the candidates best first."""

    outcome: LookupOutcome
    how: How | None = None
    problem: str = ""
    candidates: list[Candidate] = field(default_factory=list)


@dataclass(frozen=True)
class _Judged:
    """What was found for a question, whether all of its numbers led there, and whether one speaks against it.

    A number of a kind we keep (a licence number, say) that is not its own speaks against an agency. A column of any
    numbers may hold the client's own, which say nothing.
    """

    found: Found
    number_failed: bool = False
    refuted: bool = False


def answer(queries: Sequence[Query], organisation: Organisation | None) -> list[Answer]:
    """Answers in the order of the questions. The number of queries does not grow with them."""
    asked: list[Question] = []
    for query in queries:
        asked += _questions(query)
    found = iter(find_many(asked, organisation=organisation))
    judged = [_judged(query, [next(found) for _one in _questions(query)]) for query in queries]
    wanted = {
        one.agency_id for query, row in zip(queries, judged, strict=True) for one in _listed(query, row.found)
    }
    facts = facts_for(wanted)
    return [_answer(query, row, facts) for query, row in zip(queries, judged, strict=True)]


def _questions(query: Query) -> list[Question]:
    numbers = query.identifiers or (("", ""),)
    return [(value, query.text, query.country) for _pid, value in numbers]


def _judged(query: Query, found: Sequence[Found]) -> _Judged:
    """One answer of as many as the question has numbers: they must not name different agencies."""
    if not query.identifiers:
        return _Judged(found[0])
    pairs = [(pid, one) for (pid, _value), one in zip(query.identifiers, found, strict=True)]
    hits = [one for pid, one in pairs if one.how in IDENTIFIERS[pid].finds and one.similar]
    missed = [pid for pid, one in pairs if one not in hits]
    refuted = any(pid != ANY_NUMBER for pid in missed)
    if not hits:
        by_name = [one for one in found if one.how not in IDENTIFIED | {How.CONTACT}]
        return _Judged((by_name or list(found))[0], True, refuted or not by_name)
    first = hits[0]
    if len({hit.similar[0].agency_id for hit in hits}) > 1:
        every = {one.agency_id: one for hit in hits for one in hit.similar}
        first = replace(first, outcome=LookupOutcome.AMBIGUOUS, similar=list(every.values()))
    return _Judged(first, bool(missed), refuted)


def _listed(query: Query, found: Found) -> list[Similar]:
    return [] if query.other_type else found.similar[: query.limit]


def _answer(query: Query, judged: _Judged, facts: Mapping[UUID, AgencyFacts]) -> Answer:
    found = judged.found
    rows = []
    for at, one in enumerate(_listed(query, found)):
        known = facts.get(one.agency_id)
        if known is None:
            continue
        evidence = _evidence(query, judged, one, known, first=at == 0)
        rows.append((score_of(evidence), (one, known, evidence, at == 0 and _sure(query, judged))))
    stays = found.outcome is LookupOutcome.FOUND and bool(rows)
    candidates = [
        Candidate(known, one, value, sure, features_of(evidence))
        for value, (one, known, evidence, sure) in ranked(rows, first_stays=stays)
    ]
    return Answer(found.outcome, found.how, found.problem, candidates)


def _evidence(query: Query, judged: _Judged, one: Similar, facts: AgencyFacts, *, first: bool) -> Evidence:
    found = judged.found
    numbered = found.how in IDENTIFIED or found.how == How.CONTACT
    how = found.how or How.NEAR_NAME
    if how in (How.REMEMBERED, How.SAME_NAME) and not first and one.score < 0.98:
        how = How.NEAR_NAME
    if how == How.REMEMBERED and not first:
        how = How.NEAR_NAME
    number = None
    if query.identifiers:
        number = numbered and not judged.number_failed
    elif numbered:
        number = True
    fits = [pair in facts.corridors for pair in query.corridors] if facts.valid else []
    return Evidence(
        how=how,
        name=_name_score(query, judged, one),
        number=number,
        country=one.country == query.country if query.country else None,
        corridor=(bool(fits) and all(fits)) if query.corridors else None,
        ignored=query.ignored,
    )


def _name_score(query: Query, judged: _Judged, one: Similar) -> float | None:
    """How alike the name is: from the search, or measured here where a number found it and a name stood beside."""
    if judged.found.how in IDENTIFIED or judged.found.how == How.CONTACT:
        beside = bool(query.identifiers) and bool(query.text.strip())
        return score(query.text, one.name).score if beside else None
    if judged.found.how == How.REMEMBERED and one.score == 1.0:
        return score(query.text, one.name).score
    return one.score


def _sure(query: Query, judged: _Judged) -> bool:
    """Whether the house would take it without asking a person, and nothing that was said speaks against it."""
    return judged.found.settles(query.country) and not judged.refuted


def as_results(found: Answer) -> list[dict[str, Any]]:
    """The candidates as the protocol writes them."""
    return [
        {
            "id": str(one.facts.agency_id),
            "name": one.facts.legal_name,
            "description": describe(one.facts, one.matched),
            "score": one.score,
            "match": one.match,
            "type": [{"id": TYPE.id, "name": str(TYPE.name)}],
            "features": [{"id": key, "value": value} for key, value in one.features.items()],
        }
        for one in found.candidates
    ]


def describe(facts: AgencyFacts, matched: Similar | None = None) -> str:
    """Country, standing now, and why it was proposed, in one line."""
    parts = [country_name(facts.country), facts.label]
    if facts.ended is not None:
        parts.append(facts.ended.brief)
    if matched is not None and matched.why:
        parts.append(matched.why)
    return " · ".join(parts)
