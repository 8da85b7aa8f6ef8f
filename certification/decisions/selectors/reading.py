"""Questions about bars and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, QuerySet

from certification.decisions.models import Bar, Decision
from certification.decisions.states import UNDECIDED_STATES, DecisionState
from iris.accounts.selectors import people_with_role
from iris.accounts.states import Role
from iris.core import clocks

if TYPE_CHECKING:
    from certification.agencies.models import Agency
    from iris.accounts.models import User


def bars_on(agency: Agency, on: date | None = None) -> QuerySet[Bar]:
    """Everyone who may not decide on this agency on that day (today), with the reason."""
    day = on or clocks.today()
    covering = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
    return (
        Bar.objects.filter(covering, agency=agency)
        .select_related("person")
        .order_by("person__full_name", "since")
    )


def bars_ever_on(agency: Agency) -> QuerySet[Bar]:
    """Every bar ever written for this agency, those that hold longest first."""
    return (
        Bar.objects.filter(agency=agency)
        .select_related("person")
        .order_by(F("until").desc(nulls_first=True), "since")
    )


def deciders() -> QuerySet[User]:
    """Everybody who may be asked to decide."""
    return people_with_role(Role.DECIDER).order_by("full_name")


def barred(agency: Agency, person: User, on: date | None = None) -> list[Bar]:
    """Why this person may not decide on this agency on that day; an empty list means that they may."""
    return list(bars_on(agency, on).filter(person=person))


def agencies_barred_for(agencies: Iterable[Agency], person: User, on: date | None = None) -> set[UUID]:
    """Of these agencies, the ones this person may not decide on (one query, for lists)."""
    day = on or clocks.today()
    covering = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
    return set(
        Bar.objects.filter(covering, agency__in=agencies, person=person).values_list("agency_id", flat=True)
    )


def decisions_on(agency: Agency) -> QuerySet[Decision]:
    """Every decision about an agency, newest first."""
    return Decision.objects.filter(agency=agency).select_related("decided_by")


def decision_for(subject_label: str, subject_id: UUID) -> Decision | None:
    """The latest decision about a subject, taken or still open."""
    return (
        Decision.objects.filter(subject_label=subject_label, subject_id=subject_id)
        .select_related("decided_by", "agency")
        .order_by("-created_at")
        .first()
    )


def open_decision_for(subject_label: str, subject_id: UUID) -> Decision | None:
    """The decision about a subject that nobody has taken yet."""
    return Decision.objects.filter(
        subject_label=subject_label, subject_id=subject_id, state__in=UNDECIDED_STATES
    ).first()


def open_decisions() -> QuerySet[Decision]:
    """Every question nobody has answered yet, the most urgent first."""
    return (
        Decision.objects.filter(state__in=UNDECIDED_STATES)
        .select_related("agency", "opened_by")
        .order_by(F("due_on").asc(nulls_last=True), "created_at")
    )


def decisions_visible_to(user: User) -> QuerySet[Decision]:
    """The scheme reads every decision, an agency those about it that are taken."""
    rows = Decision.objects.select_related("agency__organisation", "opened_by", "decided_by")
    if user.is_kind("scheme"):
        return rows
    if user.is_kind("agency") and user.organisation is not None:
        return rows.filter(agency__organisation=user.organisation).exclude(state__in=UNDECIDED_STATES)
    return rows.none()


def overturned_by_hand_of(decision: Decision, person: User) -> bool:
    """Whether this person took part in an earlier decision on the same subject that an appeal overturned."""
    return (
        Decision.objects.filter(
            subject_label=decision.subject_label,
            subject_id=decision.subject_id,
            state=DecisionState.OVERTURNED,
        )
        .filter(Q(decided_by=person) | Q(votes__person=person))
        .exists()
    )
