"""What there is to know about bars and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, QuerySet

from certification.decisions.models import Bar, Decision
from certification.decisions.states import UNDECIDED_STATES
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
