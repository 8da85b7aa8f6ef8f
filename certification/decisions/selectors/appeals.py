"""Questions about appeals: whether one is possible, who may hear it, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from django.db.models import QuerySet

from certification.decisions.models import Appeal, Decision
from certification.decisions.permissions import speaks_for_agency
from certification.decisions.selectors.offers import subject_of
from certification.decisions.states import OPEN_APPEALS, DecisionState
from iris.core import clocks

if TYPE_CHECKING:
    from iris.accounts.models import User


def is_favourable(decision: Decision) -> bool:
    """Whether it went the agency's way, so that there is nothing to appeal against."""
    return decision.outcome in subject_of(decision).favourable


def appeal_ends_on(decision: Decision) -> date | None:
    """Last day on which the agency may appeal; None while nothing is decided."""
    return clocks.deadline(decision.decided_at, "appeal_days") if decision.decided_at else None


def may_be_appealed(decision: Decision) -> bool:
    """Whether an appeal against it is possible today, by whoever speaks for the agency."""
    last = appeal_ends_on(decision)
    if decision.state != DecisionState.DECIDED or last is None or is_favourable(decision):
        return False
    return clocks.today() <= last and not Appeal.objects.filter(decision=decision).exists()


def appealable(decision: Decision, user: User) -> bool:
    """Whether this person may appeal against it today."""
    return speaks_for_agency(decision, user) and may_be_appealed(decision)


@dataclass(frozen=True)
class AppealCard:
    """What decisions/_appeal.html shows beside a decision: the appeal there is, or until when there can be one."""

    decision: Decision
    appeal: Appeal | None
    last_day: date | None
    may_appeal: bool


def appeal_card(decision: Decision | None, user: User) -> AppealCard | None:
    """The card for one person; None where there is nothing to say (favourable, undecided, over)."""
    if decision is None or decision.decided_at is None:
        return None
    known = appeals_visible_to(user).filter(decision=decision).first()
    possible = may_be_appealed(decision)
    if known is None and not possible:
        return None
    may = possible and speaks_for_agency(decision, user)
    return AppealCard(decision, known, appeal_ends_on(decision) if possible else None, may)


def appeals_visible_to(user: User) -> QuerySet[Appeal]:
    """The scheme reads every appeal, an agency its own."""
    rows = Appeal.objects.select_related("decision", "agency__organisation", "document", "decided_by")
    if user.is_kind("scheme"):
        return rows
    if user.is_kind("agency") and user.organisation is not None:
        return rows.filter(agency__organisation=user.organisation)
    return rows.none()


def open_appeals() -> QuerySet[Appeal]:
    """Appeals somebody still has to answer, the most urgent first."""
    return (
        Appeal.objects.filter(state__in=OPEN_APPEALS)
        .select_related("decision", "agency__organisation")
        .order_by("due_on", "received_at")
    )


def took_part(decision: Decision, person: User) -> Literal["decided", "voted", "opened"] | None:
    """How a person took part in a decision; None when not at all."""
    if decision.decided_by_id == person.pk:
        return "decided"
    if decision.votes.filter(person=person).exists():
        return "voted"
    return "opened" if decision.opened_by_id == person.pk else None
