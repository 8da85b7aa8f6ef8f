"""The scheme's list of cases by the risk of their deadline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypedDict
from uuid import UUID

from django.db.models import Case, DateField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest
from django_stubs_ext import WithAnnotations

from certification.agencies import selectors as agencies
from certification.agencies.models import Agency
from certification.applications import states
from certification.applications.models import Application
from certification.applications.states import ApplicationState as State
from iris.core import clocks

FAR_AWAY = date(9999, 12, 31)
SCHEMES_MOVE = (State.SUBMITTED, State.IN_REVIEW)
AGENCYS_MOVE = (State.FEE_PENDING, State.DEFERRED)

DUE_ON = Case(
    When(state__in=[State.SUBMITTED.value, State.FEE_PENDING.value], then=F("fee_due")),
    When(state=State.IN_REVIEW.value, then=F("review_due")),
    When(state=State.DEFERRED.value, then=F("deferred_until")),
    default=Value(None),
    output_field=DateField(),
)


class Urgency(TypedDict):
    """What `with_risk` adds to a case."""

    due_on: date | None
    risk: int


def for_queue(
    applications: QuerySet[Application],
    *,
    text: str = "",
    state: str = "",
    country: str = "",
    owner: UUID | None = None,
    unclaimed: bool = False,
    late_on: date | None = None,
) -> QuerySet[Application]:
    """Filtered, by risk: late for the scheme, deferral run out, the scheme's move by days left, then the others."""
    rows = with_risk(_in_state(applications, state)).select_related("agency", "firm", "case_owner")
    if text:
        found = agencies.found_by(Agency.objects.all(), text)
        rows = rows.filter(Q(number__icontains=text.strip()) | Q(agency__in=found))
    if country:
        rows = rows.filter(agency__country=country)
    if owner is not None:
        rows = rows.filter(case_owner_id=owner)
    if unclaimed:
        rows = rows.filter(case_owner=None, state__in=_values(states.SCREENING))
    if late_on is not None:
        rows = rows.filter(due_on__lt=late_on)
    return rows.order_by("risk", Coalesce("due_on", Value(FAR_AWAY)), "submitted_at", "id")


def with_risk(applications: QuerySet[Application]) -> QuerySet[WithAnnotations[Application, Urgency]]:
    """Each with its date `due_on` and its rank `risk`, the most urgent lowest."""
    today = clocks.today()
    return applications.annotate(due_on=DUE_ON).annotate(
        risk=Case(
            When(state__in=_values(SCHEMES_MOVE), due_on__lt=today, then=0),
            When(state=State.DEFERRED.value, due_on__lt=today, then=1),
            When(state__in=_values(SCHEMES_MOVE), then=2),
            When(state__in=_values(AGENCYS_MOVE), then=3),
            When(state__in=_values(states.OPEN), then=4),
            default=5,
            output_field=IntegerField(),
        )
    )


def stale_claims() -> QuerySet[Application]:
    """Claimed cases that wait for the scheme and on which their holder did nothing for the scheme's days."""
    before = clocks.now() - timedelta(days=clocks.number("claim_stale_days"))
    return (
        Application.objects.filter(state__in=_values(SCHEMES_MOVE))
        .exclude(case_owner=None)
        .annotate(
            untouched_since=Greatest("claimed_at", "submitted_at", "information_at", "fee_requested_at")
        )
        .filter(untouched_since__lt=before)
    )


def counts(applications: QuerySet[Application], me: UUID) -> dict[str, int]:
    """How many cases are late, unclaimed, mine, back from a deferral, and held too long; for the top of the list."""
    rows = with_risk(applications).filter(state__in=_values(states.SCREENING))
    found = rows.values_list("risk", "case_owner_id", "state", "information_at")
    kept = list(found)
    return {
        "late": sum(risk in (0, 1) for risk, _owner, _state, _back in kept),
        "unclaimed": sum(owner is None for _risk, owner, _state, _back in kept),
        "mine": sum(owner == me for _risk, owner, _state, _back in kept),
        "returned": sum(state == State.IN_REVIEW and back is not None for _r, _o, state, back in kept),
        "stale": stale_claims().filter(pk__in=applications).count(),
    }


def _in_state(rows: QuerySet[Application], state: str) -> QuerySet[Application]:
    named = {"open": states.OPEN, "screening": states.SCREENING}
    if state in named:
        return rows.filter(state__in=_values(named[state]))
    if state == "returned":
        return rows.filter(state=State.IN_REVIEW.value, information_at__isnull=False)
    if state == "stale":
        return rows.filter(pk__in=stale_claims().values("pk"))
    return rows.filter(state=state) if state in State.values else rows


def _values(wanted: tuple[State, ...]) -> list[str]:
    return [state.value for state in wanted]
