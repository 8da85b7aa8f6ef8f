"""What the resolve screen asks, and the agencies that may be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from iris.accounts.models import User
from iris.matching import score
from supplychain.lookups.selectors import find
from supplychain.screenings.models import RowOutcome, Screening, ScreeningRow
from supplychain.screenings.selectors.facts import facts_of
from supplychain.screenings.selectors.reading import Line, lines_for
from supplychain.screenings.states import RowResult


@dataclass(frozen=True)
class Proposal:
    """One agency a row may mean: why it is alike, and what the register says of it now."""

    agency_id: UUID
    name: str
    country: str
    score: float
    why: str
    facts: dict[str, Any]

    @property
    def percent(self) -> int:
        """How alike, of 100."""
        return round(self.score * 100)


def question_of(screening: Screening, number: int | None = None) -> Line | None:
    """The row asked for, else the first that waits; those put off come last."""
    if number is not None:
        asked = ScreeningRow.objects.filter(screening=screening, number=number).first()
        if asked is not None and asked.same_as:
            asked = ScreeningRow.objects.filter(screening=screening, number=asked.same_as).first()
        found = lines_for(screening, [asked]) if asked is not None else []
        if found and found[0].outcome is not None and (found[0].open or found[0].outcome.resolution):
            return found[0]
    waiting = (
        RowOutcome.objects.filter(screening_id=screening.pk, result=RowResult.TO_RESOLVE, same_as=None)
        .order_by(F("later_at").asc(nulls_first=True), "number")
        .values_list("number", flat=True)
        .first()
    )
    if waiting is None:
        return None
    return lines_for(screening, [ScreeningRow.objects.get(screening=screening, number=waiting)])[0]


def same_count(line: Line) -> int:
    """How many other rows follow what is said of this one."""
    return ScreeningRow.objects.filter(screening_id=line.row.screening_id, same_as=line.number).count()


def proposals_for(line: Line) -> list[Proposal]:
    """The names alike that were found, best first, with what the register says of each agency now."""
    if line.outcome is None:
        return []
    rows = [(UUID(one["agency_id"]), one) for one in line.outcome.similar]
    facts = facts_of([key for key, _one in rows])
    return [
        Proposal(key, one["name"], one["country"], one["score"], one["why"] or _why(line, one), facts[key])
        for key, one in rows
        if key in facts
    ]


def _why(line: Line, one: dict[str, Any]) -> str:
    """What speaks for a name that a list kept without reasons."""
    return score(line.row.name, one["name"]).sentence


def others_for(words: str) -> list[Proposal]:
    """Agencies of the register by name or number, for a row that means another one than was found."""
    similar = find(words).similar[:5]
    facts = facts_of([one.agency_id for one in similar])
    return [
        Proposal(one.agency_id, one.name, one.country, one.score, one.why, facts[one.agency_id])
        for one in similar
        if one.agency_id in facts
    ]


def last_resolved(screening: Screening, person: User) -> RowOutcome | None:
    """What the person said last here, to take it back."""
    return (
        RowOutcome.objects.filter(
            screening_id=screening.pk, resolved_at__isnull=False, resolved_by=person, same_as=None
        )
        .order_by("-resolved_at", "-number")
        .first()
    )
