"""The level of an agency: derived from results of the people who work there now, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from certification.agencies.selectors.offers import Panel
from certification.training.models import Seat
from certification.training.rules import Held, LevelRule, holders, level_from, rules_on
from certification.training.states import CourseState, Level, Result
from iris.accounts.models import Membership
from iris.core import clocks

if TYPE_CHECKING:
    from certification.agencies.models import Agency
    from iris.accounts.models import User


@dataclass(frozen=True)
class LevelLine:
    """One level on an agency's page: what it asks, how many people are there, whether it is reached."""

    rule: LevelRule
    people: list[str]
    reached: bool


@dataclass(frozen=True)
class LevelCard:
    """The level of an agency with what each level asks of it."""

    level: Level | None
    lines: list[LevelLine]
    holds_until: date | None


def passed_seats() -> QuerySet[Seat]:
    """Results that count: passed, in a course that is done."""
    return Seat.objects.filter(result=Result.PASSED, course__state=CourseState.DONE).select_related(
        "course__entry", "person"
    )


def results_of(agency: Agency, on: date) -> list[Held]:
    """The passed results of the people who work for the agency on a day."""
    there = Q(ended_at__isnull=True) | Q(ended_at__date__gt=on)
    people = Membership.objects.filter(there, organisation_id=agency.organisation_id).values("user_id")
    rows = passed_seats().filter(organisation_id=agency.organisation_id, person__in=people)
    return [
        Held(row.person_id, Level(row.course.entry.level), row.course.ends_on, row.expires_on)
        for row in rows
        if row.expires_on is not None
    ]


def level_of(agency: Agency, on: date | None = None) -> Level | None:
    """The level an agency has on a day (today). It is not a certification and says so wherever it is shown."""
    day = on or clocks.today()
    return level_from(results_of(agency, day), day)


def levels_of(agencies: Iterable[Agency], on: date | None = None) -> dict[UUID, Level]:
    """The level of each of these agencies that has one. Two queries, however many there are."""
    day = on or clocks.today()
    organisations = {agency.organisation_id: agency.pk for agency in agencies}
    if not organisations:
        return {}
    there = Q(ended_at__isnull=True) | Q(ended_at__date__gt=day)
    seats = list(passed_seats().filter(organisation_id__in=organisations, expires_on__isnull=False))
    if not seats:
        return {}
    people = set(
        Membership.objects.filter(
            there, organisation_id__in={row.organisation_id for row in seats}
        ).values_list("organisation_id", "user_id")
    )
    held: dict[UUID, list[Held]] = defaultdict(list)
    for row in seats:
        if (row.organisation_id, row.person_id) in people and row.expires_on is not None:
            level = Level(row.course.entry.level)
            held[organisations[row.organisation_id]].append(
                Held(row.person_id, level, row.course.ends_on, row.expires_on)
            )
    levels = {key: level_from(results, day) for key, results in held.items()}
    return {key: level for key, level in levels.items() if level is not None}


def level_card(agency: Agency) -> LevelCard:
    """The level of an agency today, what each level asks, and until when it holds if nobody trains again."""
    today = clocks.today()
    results = results_of(agency, today)
    names = {
        row.person_id: row.person.label
        for row in passed_seats().filter(organisation_id=agency.organisation_id)
    }
    level = level_from(results, today)
    lines = []
    reached = True
    for rule in rules_on(today):
        who = holders(results, rule.level, today)
        reached = reached and len(who) >= rule.people
        lines.append(LevelLine(rule, sorted(names[one] for one in who), reached))
    return LevelCard(level, lines, _holds_until(results, level, today))


def _holds_until(results: list[Held], level: Level | None, today: date) -> date | None:
    if level is None:
        return None
    for last in sorted({row.until for row in results if row.until >= today}):
        if level_from(results, last + timedelta(days=1)) != level:
            return last
    return None


def agency_panel(agency: Agency, user: User) -> Panel | None:
    """The level on the page of an agency, for the scheme and the agency itself."""
    own = user.organisation is not None and user.organisation.pk == agency.organisation_id
    if not own and not user.is_kind("scheme"):
        return None
    return Panel("training/_agency.html", {"card": level_card(agency)})
