"""Base risk of corridors and sectors, today or on a day, and how it came to be."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from certification.agencies.models import AgencyCorridor
from iris.core import clocks
from supplychain.risk import rules
from supplychain.risk.rules import BaseRisk


@dataclass(frozen=True)
class Moment:
    """What the base risk became on a day."""

    on: date
    points: int
    band: str


def corridor_risk(origin: str, destination: str, on: date | None = None) -> BaseRisk:
    """The base risk of a corridor as known on a day (today by default). A country we hold nothing on is unknown."""
    return _corridor(origin, destination, on or clocks.today(), get_language() or "en")


def sector_risk(sector: str, on: date | None = None) -> BaseRisk:
    """The base risk of a sector as known on a day (today by default)."""
    return _sector(sector, on or clocks.today(), get_language() or "en")


# Facts are files and never change while the process runs, so an answer is worked out once for each day and language.
@functools.lru_cache(maxsize=4096)
def _corridor(origin: str, destination: str, on: date, language: str) -> BaseRisk:
    return rules.corridor_base(rules.facts(), rules.method_on(on), origin, destination, on)


@functools.lru_cache(maxsize=512)
def _sector(sector: str, on: date, language: str) -> BaseRisk:
    return rules.sector_base(rules.facts(), rules.method_on(on), sector, on)


def corridor_history(origin: str, destination: str) -> list[Moment]:
    """Each day on which something known of the corridor changed, and the points from then on, oldest first."""
    subjects = [(origin,), (destination,), (origin, destination), (origin, "*"), ("*", destination)]
    days = [day for day in rules.dates_of(rules.facts(), subjects) if day <= clocks.today()]
    return _changes([(day, corridor_risk(origin, destination, day)) for day in days])


def sector_history(sector: str) -> list[Moment]:
    """The same for a sector."""
    days = [day for day in rules.dates_of(rules.facts(), [(sector,)]) if day <= clocks.today()]
    return _changes([(day, sector_risk(sector, day)) for day in days])


def _changes(points: list[tuple[date, BaseRisk]]) -> list[Moment]:
    found: list[Moment] = []
    for day, base in points:
        if not found or found[-1].points != base.points:
            found.append(Moment(day, base.points, base.band))
    return found


def corridors_known() -> list[tuple[str, str]]:
    """Corridors that agencies on the register work in, and those we hold evidence of. One query."""
    held = set(
        AgencyCorridor.objects.filter(agency__enrolled_at__isnull=False)
        .order_by()
        .values_list("origin", "destination")
        .distinct()
    )
    named = {
        fact.subject for fact in rules.facts().rows if len(fact.subject) == 2 and "*" not in fact.subject
    }
    return sorted(held | {(subject[0], subject[1]) for subject in named})
