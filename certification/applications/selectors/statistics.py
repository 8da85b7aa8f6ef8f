"""Figures for the scheme's desk: how many cases in each state, which clocks are over, how long things take."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from certification.applications import states
from certification.applications.models import Application, Deferral
from certification.applications.rules import days_between, days_without, median_days
from certification.applications.states import ApplicationState
from iris.core import clocks
from iris.core.errors import Text
from iris.core.states import facts_of

from .queue import with_risk


@dataclass(frozen=True)
class Stage:
    """One state of the pipeline: how many cases stand there, and how many of them are past their day."""

    state: ApplicationState
    label: Text
    count: int
    overdue: int


@dataclass(frozen=True)
class OverdueClock:
    """A case that is past its day, with whose move it is."""

    application: Application
    owner: Text
    due: date
    days_late: int


@dataclass(frozen=True)
class Medians:
    """Medians in calendar days over the cases counted; None where there is none."""

    cases: int
    to_fee: float | None
    in_review: float | None
    deferred: float | None
    to_outcome: float | None


def pipeline() -> list[Stage]:
    """Every open state but drafts, in the order of the road, in one query."""
    rows = (
        with_risk(Application.objects.filter(state__in=[str(each) for each in states.OPEN]))
        .order_by()
        .values("state")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=clocks.today())))
    )
    found = {row["state"]: (row["n"], row["late"]) for row in rows}
    return [
        Stage(state, facts_of(state).auditor, *found.get(state.value, (0, 0)))
        for state in states.OPEN
        if state != ApplicationState.DRAFT
    ]


def clocks_overdue() -> list[OverdueClock]:
    """Every open case past its day, the latest first."""
    today = clocks.today()
    rows = (
        with_risk(Application.objects.filter(state__in=[str(each) for each in states.OPEN]))
        .filter(due_on__lt=today)
        .select_related("agency", "case_owner")
        .order_by("due_on", "id")
    )
    return [
        OverdueClock(
            row, facts_of(ApplicationState(row.state)).owner.label, row.due, days_between(row.due, today)
        )
        for row in rows
        if row.due is not None
    ]


def medians(since: date | None = None) -> Medians:
    """How long the steps took for the cases sent since a day (a year ago): without drafts and withdrawn ones.

    In review counts from the cleared fee to acceptance or rejection, without the days on which the agency had it.
    """
    first = since or clocks.add_months(clocks.today(), -12)
    rows = list(
        Application.objects.filter(submitted_at__date__gte=first).exclude(state=ApplicationState.WITHDRAWN)
    )
    pauses = _pauses([row.pk for row in rows])
    to_fee, in_review, to_outcome = [], [], []
    for row in rows:
        sent = row.submitted_at.date() if row.submitted_at else first
        began = row.fee_paid_on or row.fee_waived_on
        if began is None:
            continue
        to_fee.append(days_between(sent, began))
        ended = row.accepted_at or (row.closed_at if row.state == ApplicationState.REJECTED else None)
        if ended is not None:
            in_review.append(days_without(began, ended.date(), pauses[row.pk]))
        if row.closed_at is not None and row.state in states.DECIDED:
            to_outcome.append(days_between(sent, row.closed_at.date()))
    deferred = [days_between(*span) for spans in pauses.values() for span in spans]
    return Medians(
        len(rows), median_days(to_fee), median_days(in_review), median_days(deferred), median_days(to_outcome)
    )


def _pauses(keys: list[UUID]) -> dict[UUID, list[tuple[date, date]]]:
    found: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    answered = Deferral.objects.filter(application_id__in=keys, answered_at__isnull=False)
    for case, asked, back in answered.values_list("application_id", "asked_at", "answered_at"):
        if back is not None:
            found[case].append((asked.date(), back.date()))
    return found
